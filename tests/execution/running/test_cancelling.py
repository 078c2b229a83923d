"""An operation that is broken off, and calls that others break off."""

import asyncio
import gc
import warnings
from collections.abc import Sequence

import pytest

from gateway.execution.calling import Interrupted
from gateway.execution.documents import Execution
from tests.execution.running.scripted import (
    Context,
    Item,
    Parents,
    ask,
    asked,
    giving,
    names,
)

pytestmark = pytest.mark.anyio

A, B = Item("a"), Item("b")


@pytest.mark.parametrize(
    "query",
    [
        '{ word(of: "waits") }',
        '{ each(of: "waits") }',
        '{ later(of: "waits") }',
        '{ items(of: "all") { word(of: "waits") each(of: "waits") } }',
        '{ items(of: "all") { later(of: "waits") mustWord(of: "waits") } }',
        '{ item(of: "one") { item(of: "one") { items(of: "waits") { name } } } }',
        'mutation { one: each(of: "waits") two: word(of: "waits") }',
        'mutation { items(of: "all") { each(of: "waits") } word(of: "waits") }',
    ],
)
async def test_an_operation_that_is_broken_off_leaves_nothing_behind(
    query: str,
) -> None:
    before, reached, ended = asyncio.all_tasks(), asyncio.Event(), list[object]()
    forever = asyncio.Event()  # kept, and so is whoever still waits for it

    async def waits(parents: Parents) -> Sequence[object]:
        reached.set()
        try:
            await forever.wait()
        finally:
            ended.append(parents)
        return []

    context = Context({"waits": waits, "all": giving([A, B]), "one": giving(A)})
    with warnings.catch_warnings(record=True) as seen:
        warnings.simplefilter("always")
        running = asyncio.create_task(asked(query, context))
        await reached.wait()
        await asyncio.sleep(0)
        running.cancel()
        with pytest.raises(asyncio.CancelledError):
            await running
        del running
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        assert asyncio.all_tasks() == before
        gc.collect()
    assert [str(each.message) for each in seen] == []
    assert len(ended) == [name for name, _ in context.calls].count("waits")


@pytest.mark.parametrize("turns", range(8))
@pytest.mark.parametrize(
    "query",
    [
        '{ each(of: "waits") }',
        '{ word(of: "waits") each(of: "waits") }',
        '{ items(of: "all") { word(of: "waits") each(of: "waits") } }',
        'mutation { one: each(of: "waits") two: word(of: "waits") }',
    ],
)
async def test_whenever_it_is_broken_off_nothing_is_left_that_should_be_awaited(
    query: str, turns: int
) -> None:
    before, forever = asyncio.all_tasks(), asyncio.Event()

    async def waits(_parents: Parents) -> Sequence[object]:
        await forever.wait()
        return []

    context = Context({"waits": waits, "all": giving([A, B])})
    with warnings.catch_warnings(record=True) as seen:
        warnings.simplefilter("always")
        running = asyncio.create_task(asked(query, context))
        for _ in range(turns):
            await asyncio.sleep(0)
        running.cancel()
        with pytest.raises(asyncio.CancelledError):
            await running
        del running
        gc.collect()
    assert [str(each.message) for each in seen] == []
    assert asyncio.all_tasks() == before


async def broken_off(_parents: Parents) -> Sequence[object]:
    raise asyncio.CancelledError


both = pytest.mark.parametrize("breadth_first", [True, False])


@both
async def test_a_call_that_somebody_else_broke_off_is_an_error_of_its_field(
    breadth_first: bool,
) -> None:
    query = """{ items(of: "all") { word(of: "broken_off") other: word(of: "names") }
                 word(of: "names") }"""
    script = {"all": giving([A, B]), "broken_off": broken_off, "names": names}
    execution = Execution(breadth_first=breadth_first)
    answer = await asked(query, Context(script, execution=execution))
    rows = [{"word": None, "other": name} for name in "ab"]
    assert answer.data == {"items": rows, "word": None}
    assert [each.path for each in answer.errors] == [
        ["items", 0, "word"],
        ["items", 1, "word"],
    ]
    kinds = {type(each.original_error) for each in answer.errors}
    assert kinds == {Interrupted}


@both
async def test_so_is_a_flight_that_it_shared(breadth_first: bool) -> None:
    flight: asyncio.Future[Sequence[object]]
    flight = asyncio.get_running_loop().create_future()

    async def shares(_parents: Parents) -> Sequence[object]:
        asyncio.get_running_loop().call_soon(flight.cancel)
        return await flight

    execution = Execution(breadth_first=breadth_first)
    context = Context({"shares": shares}, execution=execution)
    answer = await asked('{ word(of: "shares") __typename }', context)
    assert answer.data == {"word": None, "__typename": "Query"}
    assert [type(each.original_error) for each in answer.errors] == [Interrupted]


async def test_a_resolver_that_somebody_else_broke_off_costs_its_own_object() -> None:
    before = asyncio.all_tasks()

    async def some(parents: Parents) -> Sequence[object]:
        if parents == [A]:
            raise asyncio.CancelledError
        await asyncio.sleep(0)
        return ["there"]

    query = '{ items(of: "all") { each(of: "some") } }'
    answer = await ask(query, all=giving([A, B]), some=some)
    assert answer.data == {"items": [{"each": None}, {"each": "there"}]}
    assert [each.path for each in answer.errors] == [["items", 0, "each"]]
    assert [type(each.original_error) for each in answer.errors] == [Interrupted]
    assert asyncio.all_tasks() == before


async def test_so_does_one_in_a_list_that_is_awaited() -> None:
    before, calls = asyncio.all_tasks(), list[object]()

    async def some(parents: Parents) -> Sequence[object]:
        calls.append(parents)
        if len(calls) == 1:
            raise asyncio.CancelledError
        for _ in range(3):
            await asyncio.sleep(0)
        return ["there"]

    answer = await ask('{ later(of: "some") }', some=some)
    assert answer.data == {"later": [None, "there"]}
    assert [each.path for each in answer.errors] == [["later", 0]]
    assert asyncio.all_tasks() == before
