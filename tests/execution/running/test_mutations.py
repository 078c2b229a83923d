"""Root fields of a mutation: one after the other, and none after data is null."""

import asyncio
from collections.abc import Sequence

import pytest
import strawberry

from gateway.execution.documents import Execution
from gateway.execution.hook import BreadthFirst
from tests.execution.running.scripted import (
    Context,
    Item,
    Parents,
    Step,
    ask,
    giving,
    names,
)

pytestmark = pytest.mark.anyio

A = Item("a")


def noting(order: list[str], name: str, value: object, turns: int = 3) -> Step:
    """Note that it begins and ends."""

    async def step(parents: Parents) -> Sequence[object]:
        order.append(f"{name} begins")
        for _ in range(turns):
            await asyncio.sleep(0)
        order.append(f"{name} ends")
        return [value] * len(parents)

    return step


async def test_each_ends_with_all_below_it_before_the_next_begins() -> None:
    order: list[str] = []
    query = """mutation {
      one: item(of: "change") { word(of: "look") each(of: "see") }
      __typename
      two: each(of: "other")
      three: item(of: "change") { name }
    }"""
    answer = await ask(
        query,
        change=noting(order, "change", A),
        look=noting(order, "look", "looked", 2),
        see=noting(order, "see", "seen", 4),
        other=noting(order, "other", "done", 0),
    )
    assert answer.data == {
        "one": {"word": "looked", "each": "seen"},
        "__typename": "Mutation",
        "two": "done",
        "three": {"name": "a"},
    }
    assert order == [
        *("change begins", "change ends"),
        *("see begins", "look begins", "look ends", "see ends"),
        *("other begins", "other ends"),
        *("change begins", "change ends"),
    ]


async def test_the_same_change_asked_twice_is_made_twice() -> None:
    query = 'mutation { one: word(of: "change") two: word(of: "change") }'
    answer = await ask(query, change=giving("changed"))
    assert answer.data == {"one": "changed", "two": "changed"}
    assert answer.calls == [("change", [None])] * 2


async def test_a_failure_that_may_be_null_does_not_stop_the_next() -> None:
    query = 'mutation { one: word(of: "fails") two: word(of: "next") }'
    answer = await ask(query, fails=giving(ValueError("no")), next=giving("done"))
    assert answer.data == {"one": None, "two": "done"}
    assert answer.told == [("no", ["one"])]


@pytest.mark.parametrize("field", ["mustWord", "mustItem"])
async def test_after_data_is_null_the_rest_is_not_run(field: str) -> None:
    within = " { name }" if field == "mustItem" else ""
    query = f"""mutation {{ one: word(of: "first") two: {field}(of: "fails"){within}
                           three: word(of: "never") }}"""
    answer = await ask(query, first=giving("done"), fails=giving(ValueError("no")))
    assert answer.data is None
    assert answer.told == [("no", ["two"])]
    assert answer.calls == [("first", [None]), ("fails", [None])]


async def test_nor_is_it_after_a_null_came_from_further_down() -> None:
    query = """mutation { one: mustItem(of: "change") { mustWord(of: "fails") }
                          two: word(of: "never") }"""
    answer = await ask(query, change=giving(A), fails=giving(None))
    assert answer.data is None
    (told,) = answer.told
    assert told == (
        "Cannot return null for non-nullable field Item.mustWord.",
        ["one", "mustWord"],
    )
    assert answer.calls == [("change", [None]), ("fails", ["a"])]


async def test_of_a_query_the_rest_runs_side_by_side() -> None:
    order: list[str] = []
    query = '{ one: word(of: "slow") two: word(of: "names") }'
    answer = await ask(query, slow=noting(order, "slow", "slow"), names=names)
    assert answer.data == {"one": "slow", "two": None}
    assert answer.calls == [("slow", [None]), ("names", [None])]


class Passing:
    """A deadline that has passed when it is asked for the second time."""

    def __init__(self) -> None:
        self.left = [10.0, 10.0]

    def remaining(self) -> float:
        return self.left.pop() if self.left else 0.0

    def exceeded(self) -> Exception:
        return TimeoutError("too late")


async def test_none_is_begun_after_the_deadline() -> None:
    order: list[str] = []
    query = """mutation {
      one: word(of: "change") two: word(of: "change") __typename
    }"""
    step = noting(order, "change", "changed")
    answer = await ask(query, Passing(), change=step)
    assert answer.data == {"one": "changed", "two": None, "__typename": "Mutation"}
    assert [(each.message, each.path) for each in answer.errors or ()] == [
        ("too late", ["two"])
    ]
    assert order == ["change begins", "change ends"]


class Root:
    """A root value that notes when it is read."""

    def __init__(self, order: list[str]) -> None:
        self.order = order

    @property
    def counter(self) -> int:
        self.order.append("read")
        return len(self.order)


@strawberry.type
class Empty:
    nothing: str | None = None


@strawberry.type
class Counting:
    counter: int

    @strawberry.mutation
    def change(self, info: strawberry.Info[Context, Root]) -> bool:
        info.root_value.order.append("change")
        return True


counting = strawberry.Schema(Empty, Counting, execution_context_class=BreadthFirst)


@pytest.mark.parametrize("breadth_first", [True, False])
async def test_what_the_root_holds_is_read_when_it_is_its_turn(
    breadth_first: bool,
) -> None:
    order: list[str] = []
    result = await counting.execute(
        "mutation { one: change counter two: change again: counter }",
        root_value=Root(order),
        context_value=Context({}, execution=Execution(breadth_first=breadth_first)),
    )
    assert result.data == {"one": True, "counter": 2, "two": True, "again": 4}
    assert order == ["change", "read", "change", "read"]
