"""Ordinary resolvers: the path they are told, and relay's ids, which depend on it."""

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import pytest
import strawberry
from graphql.pyutils import Path
from strawberry import relay
from strawberry.scalars import JSON
from strawberry.types import ExecutionResult

from gateway.execution.batch import BatchInfo, batch
from gateway.execution.documents import Execution
from gateway.execution.hook import BreadthFirst
from gateway.execution.loader import Loader

pytestmark = pytest.mark.anyio


@dataclass
class Context:
    """One request.

    Attributes:
        calls: with which values batch functions were called.
    """

    execution: Execution
    loaders: list[Loader] = field(default_factory=list)
    calls: list[object] = field(default_factory=list)


Info = BatchInfo[Context]


def steps(path: Path | None) -> list[str]:
    """Tell a path, and of which type each of its fields is."""
    found: list[str] = []
    while path is not None:
        found.insert(
            0, f"{path.key}" + (f" of {path.typename}" if path.typename else "")
        )
        path = path.prev
    return found


@strawberry.type
class Thing(relay.Node):
    code: relay.NodeID[str]

    @classmethod
    def resolve_nodes(
        cls,
        *,
        info: object,  # noqa: ARG003 - as Strawberry calls it
        node_ids: Iterable[str],
        required: bool = False,  # noqa: ARG003
    ) -> list["Thing"]:
        return [cls(code=code) for code in node_ids]

    @strawberry.field
    def path(self, info: strawberry.Info[Context, None]) -> list[str]:
        return steps(info.path)

    @strawberry.field
    async def waited(self, info: strawberry.Info[Context, None]) -> list[str]:
        await asyncio.sleep(0)
        return steps(info.path)

    @batch("list[list[Thing]]", description="")
    async def below(parents: Sequence["Thing"]) -> list[object]:
        codes = "xy"
        return [[[Thing(code=f"{p.code}{c}")] for c in codes] for p in parents]


@strawberry.input
class Range:
    low: int = 0
    high: int | None = None


@strawberry.type
class Query:
    node: relay.Node | None = relay.node()

    @strawberry.field
    def nodes(self) -> list[Thing]:
        return [Thing(code=code) for code in "ab"]

    @batch(Thing, description="")
    async def one(parents: Sequence[None]) -> list[object]:
        return [Thing(code="one") for _ in parents]

    @batch(str, description="")
    async def json(parents: Sequence[None], info: Info, of: JSON) -> list[str]:
        info.context.calls.append(of)
        return [repr(of)] * len(parents)

    @batch(str, description="")
    async def number(parents: Sequence[None], info: Info, of: float = 1.0) -> list[str]:
        info.context.calls.append(of)
        return [repr(of)] * len(parents)

    @batch(str, description="")
    async def range(parents: Sequence[None], info: Info, of: Range) -> list[str]:
        info.context.calls.append((of.low, of.high))
        return [f"{of.low}-{of.high}"] * len(parents)


SCHEMA = strawberry.Schema(Query, types=[Thing], execution_context_class=BreadthFirst)

both = pytest.mark.parametrize("breadth_first", [True, False])


async def ask(query: str, breadth_first: bool) -> tuple[object, Sequence[object]]:
    context = Context(Execution(breadth_first=breadth_first))
    running = SCHEMA.execute(query, context_value=context)
    result = await asyncio.wait_for(running, 5)
    assert isinstance(result, ExecutionResult)
    assert result.errors is None
    return result.data, context.calls


@both
async def test_a_resolver_is_told_its_path_through_lists_and_aliases(
    breadth_first: bool,
) -> None:
    query = "{ all: nodes { here: path below { waited } } }"
    data, _ = await ask(query, breadth_first)
    assert data == {
        "all": [
            {
                "here": ["all of Query", f"{row}", "here of Thing"],
                "below": [
                    [
                        {
                            "waited": [
                                *("all of Query", f"{row}"),
                                *("below of Thing", f"{column}", "0"),
                                "waited of Thing",
                            ]
                        }
                    ]
                    for column in range(2)
                ],
            }
            for row in range(2)
        ]
    }


@both
async def test_an_id_of_relay_names_the_type_that_it_is_of(breadth_first: bool) -> None:
    query = "{ one { id } nodes { id below { ident: id } } }"
    data, _ = await ask(query, breadth_first)

    def known(code: str) -> str:
        return str(relay.GlobalID("Thing", code))

    assert data == {
        "one": {"id": known("one")},
        "nodes": [
            {
                "id": known(code),
                "below": [[{"ident": known(f"{code}{column}")}] for column in "xy"],
            }
            for code in "ab"
        ],
    }


@both
async def test_what_relay_gave_it_finds_again(breadth_first: bool) -> None:
    ident = relay.GlobalID("Thing", "seven")
    query = f'{{ node(id: "{ident}") {{ id ... on Thing {{ path }} }} }}'
    data, _ = await ask(query, breadth_first)
    path = ["node of Query", "path of Thing"]
    assert data == {"node": {"id": str(ident), "path": path}}


@both
async def test_one_and_true_and_the_text_of_one_are_other_arguments(
    breadth_first: bool,
) -> None:
    query = """{ a: json(of: 1) b: json(of: true) c: json(of: "1") d: json(of: 1.0)
                 e: json(of: [1]) f: json(of: 1) g: json(of: [true]) }"""
    data, calls = await ask(query, breadth_first)
    told = {"a": "1", "b": "True", "c": "'1'", "d": "1.0", "e": "[1]", "f": "1"}
    assert data == {**told, "g": "[True]"}
    assert list(map(repr, calls)) == ["1", "True", "'1'", "1.0", "[1]", "[True]"]


@both
async def test_what_is_the_same_once_it_is_read_is_one_call(
    breadth_first: bool,
) -> None:
    query = """{ a: number b: number(of: 1) c: number(of: 1.0) d: number(of: 2)
      e: range(of: {low: 0}) f: range(of: {}) g: range(of: {high: 3, low: 0})
      h: range(of: {high: null}) i: range(of: {low: 0, high: 3}) }"""
    data, calls = await ask(query, breadth_first)
    assert isinstance(data, dict)
    assert list(data.values()) == [
        *("1.0", "1.0", "1.0", "2.0"),
        *("0-None", "0-None", "0-3", "0-None", "0-3"),
    ]
    assert calls == [1.0, 2.0, (0, None), (0, 3)]
