"""What somebody may do that nobody should: each costs its own place only."""

import asyncio
from collections.abc import AsyncIterator, Generator, Sequence
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


class Endless:
    """Awaited, it gives itself."""

    name = "itself"

    def __await__(self) -> Generator[object, None, "Endless"]:
        yield from asyncio.sleep(0).__await__()
        return self


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


@strawberry.type
class Judging:
    ok: bool

    @classmethod
    def is_type_of(cls, value: "Judging", _info: object) -> bool:
        return value.ok


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

    @strawberry.field(graphql_type=Named)
    def endless(self) -> Endless:
        return Endless()

    @strawberry.field(graphql_type=list[Named])
    def endlesses(self) -> list[Endless]:
        return [Endless(), Endless()]

    @strawberry.field
    def judged(self) -> list[Judging | None]:
        return [Judging(ok=True), Judging(ok=False)]

    @strawberry.field
    async def failing(self) -> str:
        raise ValueError("gone")

    @strawberry.field
    async def endless_wait(self) -> str:
        await asyncio.Event().wait()
        return "never"

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


async def test_what_gives_itself_when_awaited_is_awaited_once(
    execution: Execution,
) -> None:
    data, paths = await ask("{ endless { name } endlesses { name } }", execution)
    one = {"name": "itself"}
    assert (data, paths) == ({"endless": one, "endlesses": [one, one]}, [])


async def test_a_type_that_judges_its_objects_is_asked_of_each(
    execution: Execution,
) -> None:
    for _ in range(2):
        data, paths = await ask("{ judged { ok } }", execution)
        assert (data, paths) == ({"judged": [{"ok": True}, None]}, [["judged", 1]])


async def test_nobody_waits_for_what_nobody_will_be_told(execution: Execution) -> None:
    data, paths = await ask("{ failing endlessWait }", execution)
    assert (data, paths) == (None, [["failing"]])
