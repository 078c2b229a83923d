"""Which executor runs an operation of the gateway, and that both answer the same."""

import json
import logging
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from random import Random
from types import MappingProxyType
from typing import cast

import pytest
from graphql import get_named_type

from gateway.demo.addresses import StandinName
from gateway.identity.caller import ANONIEM, Caller
from tests.identity.callers import klant, medewerker, systeem, vertegenwoordiger
from tests.klantbeeld.conftest import Opened, a_network
from tests.klantbeeld.marked import GOOD, ROOTS, Question, document, good
from tests.klantbeeld.rights import GRAPH, WIDE, House, Json, a_house
from tests.klantbeeld.selecting import Draw
from tests.municipality import BENCH_BSN, KLANTBEELD, MIJN_KLANTBEELD

pytestmark = pytest.mark.anyio

INTROSPECTION = "{ __schema { queryType { name } } ik { soort } }"

WIDER = WIDE.model_copy(update={"max_aliases": 10_000, "max_same_fields": 10_000})
DRAWN, DEEP = 5, 4
"""How many selections of each root field, for each caller, and of how many levels."""

_ANYONES = {"_service", "ik", "referentielijsten"}
_MINE = {"mijnKlantbeeld", "mijnInzage"}
_OWN = _ANYONES | _MINE | {"partij", "klantcontact", "node"}
_OF_ALL = set(ROOTS) - _MINE
ANSWERED = {
    "klant": _OWN,
    "vertegenwoordiger": _OWN,
    "medewerker": _OF_ALL,
    "systeem": _OF_ALL,
    "anoniem": _ANYONES,
}
"""Root fields that are not null, of all that are asked."""

CALLERS: Mapping[str, Caller] = MappingProxyType(
    {
        "klant": klant(),
        "vertegenwoordiger": vertegenwoordiger(),
        "medewerker": medewerker(),
        "systeem": systeem(),
        "anoniem": ANONIEM,
    }
)


def written() -> Iterator[Question]:
    """The pages, and everything below each root field."""
    yield Question(KLANTBEELD, {"identificatie": {"bsn": BENCH_BSN}, "first": 50})
    yield Question(MIJN_KLANTBEELD, {"first": 50})
    yield from map(good, ROOTS)


def drawn(name: str) -> Iterator[Question]:
    """What nobody wrote."""
    assert GRAPH.query_type is not None
    for root, arguments in ROOTS.items():
        kind = get_named_type(GRAPH.query_type.fields[root].type)
        for seed in range(DRAWN):
            random = Random(f"{name} {root} {seed}")  # noqa: S311 - a test's own
            selection = Draw(random).below(kind, DEEP).text(named=bool(seed % 2))
            asked = f"{root}{arguments} {selection}"
            # The first of each says everything twice, and is merged.
            yield Question(document(asked if seed else f"{asked} {asked}"), GOOD)


@dataclass(frozen=True)
class Both:
    """A gateway that runs breadth-first, and one that has graphql-core run everything.

    Attributes:
        answered: root fields that were not null in an answer of the first.
    """

    houses: Sequence[House]
    caller: Caller
    answered: set[str] = field(default_factory=set)

    async def differing(self, questions: Iterable[Question]) -> list[str]:
        """Ask both; give the questions that they answer differently."""
        return [each.query for each in questions if not await self._alike(each)]

    async def _alike(self, question: Question) -> bool:
        ours, theirs = [await self._answer(each, question) for each in self.houses]
        data = cast("Json", ours["data"] or {})
        self.answered.update(name for name, value in data.items() if value is not None)
        # As text, in which keys have an order.
        return json.dumps(ours) == json.dumps(theirs)

    async def _answer(self, house: House, question: Question) -> Json:
        """Give an answer with its errors in an order of their own."""
        house.door.lets_in = self.caller
        answer = await house.client.post("/graphql", json=question.body())
        content: Json = answer.json()
        errors = cast("list[Json]", content.get("errors", []))
        for each in errors:
            _without_chance(each)
        told = sorted(json.dumps(each, sort_keys=True) for each in errors)
        return {**content, "errors": told, "status": answer.status_code}


def _without_chance(error: Json) -> None:
    """Leave out the request's id, and which of many calls was the first to fail."""
    extensions = cast("Json", error["extensions"])
    extensions.pop("requestId", None)
    if extensions["code"] == "REGISTER_UNAVAILABLE":
        error.pop("message")


@asynccontextmanager
async def both(url: str, name: str, *stopped: StandinName) -> AsyncIterator[Both]:
    """Start them on one database and the same registers."""
    network = a_network()
    network.stopped |= set(stopped)
    async with (
        a_house(url, network, limits=WIDER) as breadth_first,
        a_house(url, network, limits=WIDER, graphql_core=True) as core,
    ):
        yield Both([breadth_first, core], CALLERS[name])


@pytest.mark.parametrize("name", CALLERS)
async def test_whoever_asks_whatever_is_answered_the_same(
    name: str, loaded: str, caplog: pytest.LogCaptureFixture
) -> None:
    asked = [*written(), *drawn(name)]
    with caplog.at_level(logging.INFO, logger="gateway.process"):
        async with both(loaded, name) as executors:
            assert await executors.differing(asked) == []
        said = [each for each in caplog.records if each.name == "gateway.process"]
    assert executors.answered == ANSWERED[name]
    told = f"graphql-core ran {len(asked)} operations: switched off"
    assert [each.getMessage() for each in said] == [told]
    assert len(asked) == 2 + len(ROOTS) * (1 + DRAWN)


@pytest.mark.parametrize("name", ["klant", "systeem"])
async def test_while_registers_are_down_too(name: str, loaded: str) -> None:
    down = (StandinName.ZAKEN, StandinName.DOCUMENTEN)
    async with both(loaded, name, *down) as executors:
        assert await executors.differing(written()) == []
    assert executors.answered == ANSWERED[name]


@pytest.mark.parametrize(
    ("graphql_core", "told"),
    [
        (False, ["graphql-core ran 1 operations: introspection"]),
        (True, ["graphql-core ran 2 operations: switched off"]),
    ],
)
async def test_what_graphql_core_ran_is_told_when_the_process_ends(
    opened: Opened,
    caplog: pytest.LogCaptureFixture,
    graphql_core: bool,
    told: list[str],
) -> None:
    with caplog.at_level(logging.INFO, logger="gateway.process"):
        async with opened(graphql_core=graphql_core) as municipality:
            await municipality.ask("{ ik { soort } }")
            await municipality.ask(INTROSPECTION)
        said = [each for each in caplog.records if each.name == "gateway.process"]
    assert [each.getMessage() for each in said] == told
