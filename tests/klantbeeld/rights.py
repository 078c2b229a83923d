"""Asking one gateway as many callers, and reading off what each was given.

A question is made from the schema: it asks every field of every type below a root
field, each type once, at the first place it is met. What is new is asked by itself.
"""

from collections import Counter, deque
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import cast
from uuid import UUID

import httpx
from graphql import (
    GraphQLNamedType,
    GraphQLObjectType,
    get_named_type,
    is_abstract_type,
    is_leaf_type,
)

from gateway.app import create_app
from gateway.demo.addresses import Addresses
from gateway.demo.run import gateway_settings
from gateway.identity.caller import ANONIEM, Caller
from gateway.settings import LimitSettings
from schema import schema
from schema.node import encode_id
from tests.identity.callers import OneDoor
from tests.klantbeeld.conftest import PATIENT, asked_in_process
from tests.municipality import Network
from tests.registers.builders import Clock

Json = dict[str, object]
Path = tuple[object, ...]
GRAPH = schema._schema  # noqa: SLF001 - Strawberry has no public way to it

WIDE = LimitSettings(
    max_tokens=100_000,
    max_characters=1_000_000,
    max_depth=100,
    max_cost=10_000_000,
    max_aliases=1_000,
    max_same_fields=1_000,
    max_root_fields=100,
    anonymous_per_minute=1_000_000,
    anonymous_at_once=1_000_000,
    requests_per_minute=1_000_000,
    requests_at_once=1_000_000,
    distinct_persons_per_hour=1_000_000,
)
"""So that nothing is refused for being much."""

STATED = {"middel": "controlevragen", "niveau": "laag", "grond": "zelf"}
"""What an employee states about who calls."""


@dataclass(frozen=True)
class Answer:
    """What was answered, and the refusals in it."""

    data: Json
    errors: Sequence[Json]

    @property
    def codes(self) -> dict[str, str]:
        """The code of each error, by its place."""
        return {
            ".".join(map(str, cast("list[object]", each["path"]))): code_of(each)
            for each in self.errors
        }


def code_of(error: Json) -> str:
    return str(cast("Json", error["extensions"])["code"])


@dataclass(frozen=True)
class House:
    """One gateway for all callers: what one may see must not rub off on the next."""

    client: httpx.AsyncClient
    network: Network
    door: OneDoor = field(default_factory=lambda: OneDoor(ANONIEM))

    async def ask(self, caller: Caller, query: str, **variables: object) -> Answer:
        """Ask as somebody; an answer that was not executed fails the test."""
        self.door.lets_in = caller
        body = {"query": query, "variables": variables}
        answer = await self.client.post("/graphql", json=body)
        content = answer.json()
        assert "extensions" in content, content
        return Answer(content["data"] or {}, content.get("errors", []))


@asynccontextmanager
async def a_house(
    url: str, network: Network, clock: Clock | None = None, **changed: object
) -> AsyncIterator[House]:
    """Start one on a database.

    Args:
        url: the runtime role's.
        network: the registers.
        clock: what the age of answers is measured with.
        changed: settings that are not the usual ones.
    """
    settings = gateway_settings(url, Addresses())
    settings = settings.model_copy(update={"limits": WIDE, **PATIENT, **changed})
    door = OneDoor(ANONIEM)
    app = create_app(settings, transport=network, timer=clock or Clock(), door=door)
    async with asked_in_process(app) as client:
        yield House(client, network, door)


def as_id(kind: str, key: str) -> str:
    """An id as the graph gives it."""
    return encode_id(kind, UUID(key))


def at(answer: Answer, *path: str) -> object:
    """What stands at a place in an answer."""
    found: object = answer.data
    for name in path:
        found = cast("Json", found)[name]
    return found


# --- a question about everything

PLACES: Mapping[str, int] = {"OverigObject": 3, "ObjectType": 3, "Identificator": 9}
"""How often a type is asked for, where that is more than once: an object may be refused
as onderwerp and given as inhoud; an identificator is an employee's, or a reference."""

ARGUMENTS: Mapping[str, str] = {"Klantbeeld.klantcontacten": "(first: 100)"}


def everything_below(root: str, arguments: str) -> str:
    """Every field below a root field, each type once, as near to the root as can be."""
    query = GRAPH.query_type
    assert query is not None
    whole = _Field(root + arguments, get_named_type(query.fields[root].type))
    done: Counter[str] = Counter()
    waiting = deque([whole])
    while waiting:
        place = waiting.popleft()
        for kind in _kinds(place.target):
            if done[kind.name] < PLACES.get(kind.name, 1):
                done[kind.name] += 1
                place.below[kind.name] = _fields(kind)
                waiting.extend(place.below[kind.name])
    return whole.text()


@dataclass
class _Field:
    """A field in a question, and what it asks of each type that it leads to."""

    asked: str
    target: GraphQLNamedType
    below: "dict[str, list[_Field]]" = field(default_factory=dict)

    def text(self) -> str:
        if is_leaf_type(self.target):
            return self.asked
        parts = [
            f"... on {kind} {{ {' '.join(each.text() for each in fields)} }}"
            for kind, fields in self.below.items()
        ]
        return f"{self.asked} {{ __typename {' '.join(parts)} }}"


def _fields(kind: GraphQLObjectType) -> list[_Field]:
    """Its fields, each under a name that no other type's has."""
    return [
        _Field(
            f"{kind.name}_{name}: {name}{ARGUMENTS.get(f'{kind.name}.{name}', '')}",
            get_named_type(of.type),
        )
        for name, of in kind.fields.items()
    ]


def _kinds(named: GraphQLNamedType) -> Sequence[GraphQLObjectType]:
    if is_abstract_type(named):
        return list(GRAPH.get_possible_types(named))
    return [named] if isinstance(named, GraphQLObjectType) else []


# --- what was given

_WORDS: Mapping[str, str] = {
    "UNAUTHENTICATED": "A",
    "STEP_UP_REQUIRED": "S",
    "FORBIDDEN": "F",
}


def outcomes(answer: Answer) -> dict[str, str]:
    """What was given of each field that was asked: `.`, or a letter for its refusal.

    Given of any object is given. A refusal that took more than its own place is `!`.
    """
    refused = {
        tuple(cast("list[object]", each["path"])): _WORDS[code_of(each)]
        for each in answer.errors
        if code_of(each) in _WORDS
    }
    found: dict[str, str] = {}
    met: set[Path] = set()
    for path, kind, name in _places(answer.data, ()):
        met.add(path)
        word = refused.get(path, ".")
        full = f"{kind}.{name}"
        found[full] = "." if "." in (word, found.get(full)) else word
    took_more = [path for path in refused if path not in met]
    return found | {f"{_named(path)}": "!" for path in took_more}


def _named(path: Path) -> str:
    return str(path[-1]).replace("_", ".", 1)


def _places(value: object, path: Path) -> Iterator[tuple[Path, str, str]]:
    if isinstance(value, list):
        for nr, each in enumerate(value):
            yield from _places(each, (*path, nr))
    elif isinstance(value, dict) and (not path or "__typename" in value):
        for name, each in value.items():
            if name == "__typename":
                continue
            kind = value["__typename"] if path else "Query"
            yield (*path, name), kind, name.removeprefix(f"{kind}_")
            yield from _places(each, (*path, name))


def at_best(several: Sequence[Mapping[str, str]]) -> dict[str, str]:
    """What was given in any of several answers."""
    found: dict[str, str] = {}
    for each in several:
        for name, word in each.items():
            words = {word, found.get(name, word)}
            found[name] = next((w for w in "!." if w in words), word)
    return found
