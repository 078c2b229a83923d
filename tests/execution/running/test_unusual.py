"""What somebody may do that nobody should: each costs its own place only."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import pytest
import strawberry

from gateway.execution.batch import batch, view
from gateway.execution.documents import Execution
from gateway.execution.hook import BreadthFirst
from gateway.execution.loader import Loader

pytestmark = pytest.mark.anyio


@dataclass
class Context:
    execution: Execution
    loaders: list[Loader] = field(default_factory=list)


class Unspeakable(Exception):
    def __str__(self) -> str:
        raise ValueError("it cannot be said")


class Stop(BaseException):
    pass


@dataclass(frozen=True)
class Streaming:
    name: str

    async def __aiter__(self) -> AsyncIterator[str]:
        yield self.name


class Pair(NamedTuple):
    name: object


@dataclass(frozen=True)
class Record:
    kind: str


def resolve_kind(value: Record, _info: object, _kind: object) -> str:
    return value.kind


@strawberry.type
class Named:
    name: str


@strawberry.interface
class Kind:
    kind: str

    @classmethod
    def resolve_type(cls, value: Record, _info: object, _kind: object) -> str:
        return value.kind


@strawberry.type
@view(Record)
class Open(Kind):
    pass


@strawberry.type
@view(Record)
class Closed(Kind):
    pass


async def later(value: object) -> object:
    await asyncio.sleep(0)
    return value


@strawberry.type
class Query:
    @strawberry.field
    def unspeakable(self) -> str | None:
        raise Unspeakable

    @strawberry.field
    def said(self) -> str:
        return "said"

    @strawberry.field(graphql_type=Named)
    def streaming(self) -> Streaming:
        return Streaming("a record")

    @strawberry.field(graphql_type=Named)
    async def pair(self) -> Pair:
        return Pair("not a list")

    @strawberry.field(graphql_type=list[Kind])
    def kinds(self, first: str) -> list[Record]:
        return [Record(first), Record("Closed"), Record("Open")]

    @strawberry.field
    async def stop(self) -> str:
        raise Stop

    @batch(str | None, description="")
    async def stopped(parents: Sequence[None]) -> list[str]:
        raise Stop


schema = strawberry.Schema(
    Query, types=[Open, Closed], execution_context_class=BreadthFirst
)


@pytest.fixture(params=[True, False], ids=["breadth first", "graphql-core"])
def execution(request: pytest.FixtureRequest) -> Execution:
    return Execution(breadth_first=bool(request.param))


async def ask(query: str, execution: Execution) -> tuple[object, list[object]]:
    running = schema.execute(query, context_value=Context(execution))
    result = await asyncio.wait_for(running, 5)
    return result.data, [error.path for error in result.errors or []]


async def test_an_error_that_cannot_be_said_costs_its_own_field() -> None:
    data, paths = await ask("{ unspeakable said }", Execution())  # core gives nothing
    assert data == {"unspeakable": None, "said": "said"}
    assert paths == [["unspeakable"]]


async def test_a_record_that_could_be_iterated_is_a_record(
    execution: Execution,
) -> None:
    data, paths = await ask("{ streaming { name } pair { name } }", execution)
    assert data == {"streaming": {"name": "a record"}, "pair": {"name": "not a list"}}
    assert paths == []


@pytest.mark.parametrize("first", ["Open", "Closed"])
async def test_who_resolves_types_by_values_is_asked_each_time(
    execution: Execution, first: str
) -> None:
    query = f'{{ kinds(first: "{first}") {{ __typename }} }}'
    for _ in range(2):  # the second time with what was learnt
        data, _ = await ask(query, execution)
        assert data == {"kinds": [{"__typename": n} for n in (first, "Closed", "Open")]}


@pytest.mark.parametrize("name", ["stop", "stopped"])
async def test_what_is_no_error_of_a_field_ends_the_operation(
    execution: Execution, name: str
) -> None:
    with pytest.raises(Stop):
        await ask(f"{{ said {name} }}", execution)
