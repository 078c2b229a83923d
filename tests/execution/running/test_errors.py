"""Which errors are told, where, and in which order."""

import asyncio
from collections.abc import Iterator, Sequence
from typing import cast

import pytest
from graphql import GraphQLError, SourceLocation

from gateway.execution.documents import Execution
from tests.execution.running import scripted
from tests.execution.running.scripted import (
    Ask,
    Context,
    Item,
    Parents,
    Step,
    again,
    asked,
    giving,
    names,
    same,
)

pytestmark = pytest.mark.anyio


@pytest.fixture(params=[scripted.ask, again], ids=["first", "again"])
def ask(request: pytest.FixtureRequest) -> Ask:
    """Ask for the first time, or where each record's type is known already."""
    return cast("Ask", request.param)


A, B = Item("a"), Item("b")


def failing(message: str = "no", turns: int = 0) -> Step:
    async def step(parents: Parents) -> Sequence[object]:
        for _ in range(turns):
            await asyncio.sleep(0)
        return [ValueError(message)] * len(parents)

    return step


async def test_errors_stand_in_the_order_of_their_places(ask: Ask) -> None:
    query = """{
      last: word(of: "slow")
      items(of: "all") { number slow: word(of: "slow") fast: word(of: "fast") }
      first: word(of: "fast")
    }"""
    some = [Item("a", number="x"), Item("b"), Item("c", number=None)]
    steps = {"slow": failing("slow", 5), "fast": failing("fast")}
    answer = await ask(query, all=giving(some), **steps)
    assert [each.path for each in answer.errors] == [
        ["last"],
        ["items", 0, "number"],
        ["items", 1, "slow"],
        ["items", 1, "fast"],
        ["items", 2, "number"],
        ["first"],
    ]


async def test_ten_items_stand_in_the_order_of_their_numbers(ask: Ask) -> None:
    query = '{ items(of: "all") { word(of: "fails") } }'
    some = [Item(number) for number in range(12)]
    answer = await ask(query, all=giving(some), fails=failing())
    assert answer.told == [("no", ["items", nr, "word"]) for nr in range(12)]


async def test_a_record_that_stands_in_many_places_is_told_of_at_each(ask: Ask) -> None:
    shared = Item("shared", number="x")
    some = [Item("a", child=shared, children=[shared, B])] * 3
    query = '{ items(of: "all") { child { word(of: "fails") } children { number } } }'
    answer = await ask(query, all=giving(some), fails=failing())
    row = {"child": {"word": None}, "children": [None, {"number": 0}]}
    wrong = "Int cannot represent non-integer value: 'x'"
    assert answer.data == {"items": [row, row, row]}
    assert answer.told == [
        told
        for nr in range(3)
        for told in (
            ("no", ["items", nr, "child", "word"]),
            (wrong, ["items", nr, "children", 0, "number"]),
        )
    ]
    assert answer.calls[1:] == [("fails", ["shared"])]


async def test_of_what_is_null_already_nothing_more_is_told(ask: Ask) -> None:
    query = """{ items(of: "all") {
      must: mustWord(of: "fast") late: word(of: "slow") each(of: "slow")
      item(of: "b") { word(of: "slow") mustWord(of: "slow") } } }"""
    steps = {"fast": failing("fast"), "slow": failing("slow", 4), "b": same(B)}
    answer = await ask(query, all=giving([A, A]), **steps)
    assert answer.data == {"items": [None, None]}
    assert answer.told == [("fast", ["items", nr, "must"]) for nr in range(2)]


async def test_of_what_is_shared_it_is_told_where_it_still_stands(ask: Ask) -> None:
    async def of_first(parents: Parents) -> Sequence[object]:
        return [ValueError("no"), *([""] * (len(parents) - 1))]

    some = [Item(number, child=A) for number in range(4)]
    query = """{ items(of: "all") {
      mustWord(of: "of_first") child { word(of: "slow") } } }"""
    steps = {"of_first": of_first, "slow": failing("slow", 5)}
    answer = await ask(query, all=giving(some), **steps)
    row = {"mustWord": "", "child": {"word": None}}
    assert answer.data == {"items": [None, row, row, row]}
    assert answer.told == [
        ("no", ["items", 0, "mustWord"]),
        *(("slow", ["items", nr, "child", "word"]) for nr in (1, 2, 3)),
    ]


async def test_a_null_that_climbs_past_the_root_is_told_once(ask: Ask) -> None:
    query = """{ one: mustItem(of: "a") { mustItem(of: "a") { mustWord(of: "fails") } }
                 two: word(of: "slow") }"""
    answer = await ask(query, a=giving(A), fails=failing(), slow=failing("slow", 9))
    assert answer.data is None
    assert answer.told == [("no", ["one", "mustItem", "mustWord"])]


class Elsewhere(Exception):
    """Says more of itself than a message."""

    message = "what it says"
    extensions = {"code": "ELSEWHERE"}  # noqa: RUF012 - as graphql-core looks for it


ODD = {
    "plain": ValueError("plain"),
    "silent": ValueError(),
    "a key": KeyError("key"),
    "extensions": Elsewhere("its argument"),
    "graphql": GraphQLError("graphql", extensions={"a": 1}),
    "path": GraphQLError("path", path=["else", "where"]),
    "original": GraphQLError("o", original_error=Elsewhere("inner")),
    "no extensions": type("Odd", (Exception,), {"extensions": "none"})("odd"),
}

Told = list[tuple[str, object, object, object]]


async def told(query: str, breadth_first: bool, script: dict[str, Step]) -> Told:
    execution = Execution(breadth_first=breadth_first)
    answer = await asked(query, Context(script, execution=execution))
    assert execution.fallbacks == ({} if breadth_first else {"switched off": 1})
    found = [(e.message, e.path, e.locations, e.extensions) for e in answer.errors]
    return sorted(found, key=repr)


PLACES = """
query Q {
  items(of: "all") { ...One
    name number
    word(of: "fails")
  }
  later(of: "fails")
}

fragment One on Item { again: number
  number ... { word(of:
    "fails") each(of: "fails") }
}
"""


@pytest.mark.parametrize("error", ODD.values(), ids=ODD.keys())
async def test_an_error_is_told_as_graphql_core_tells_it(error: Exception) -> None:
    async def fails(parents: Parents) -> Sequence[object]:
        return [error] * len(parents)

    some = [Item("a"), Item("b", number=error), Item(error)]
    script = {"all": giving(some), "fails": fails}
    query = '{ items(of: "all") { name word(of: "fails") } }'
    found = await told(query, breadth_first=True, script=script)
    assert found == await told(query, breadth_first=False, script=script)
    assert len(found) == 3


async def test_lines_and_columns_are_those_of_every_place_in_the_document() -> None:
    script = {"all": giving([A, B]), "fails": failing()}
    found = await told(PLACES, breadth_first=True, script=script)
    assert [each[1:3] for each in found if each[1] == ["items", 1, "word"]] == [
        (["items", 1, "word"], [SourceLocation(11, 16), SourceLocation(5, 5)])
    ]
    assert len(found) == 6
    assert found == await told(PLACES, breadth_first=False, script=script)


class Counted:
    """Has a length, and is no list."""

    def __len__(self) -> int:
        return 2


def generated() -> Iterator[object]:
    yield from ("a", "b")


@pytest.mark.parametrize(
    ("given", "got"),
    [
        (["one"], "1"),
        (["one", "two", "three"], "3"),
        ([], "0"),
        ({"a": 1, "b": 2}, "dict"),
        ({"a", "b"}, "set"),
        ("ab", "str"),
        (None, "NoneType"),
        (generated(), "generator"),
        (Counted(), "Counted"),
    ],
)
async def test_what_is_not_a_value_for_each_is_a_programming_error(
    ask: Ask, given: Sequence[object], got: str
) -> None:
    async def step(_parents: Parents) -> Sequence[object]:
        return given

    query = '{ items(of: "all") { word(of: "step") name other: word(of: "names") } }'
    answer = await ask(query, all=giving([A, B]), step=step, names=names)
    rows = [{"word": None, "name": name, "other": name} for name in "ab"]
    message = f"batch field Holder.word must return a list of 2 values, got {got}"
    assert answer.data == {"items": rows}
    assert answer.told == [(message, ["items", nr, "word"]) for nr in range(2)]


async def test_a_tuple_of_values_is_as_good_as_a_list(ask: Ask) -> None:
    answer = await ask('{ word(of: "step") }', step=giving("one"))
    assert (answer.data, answer.told) == ({"word": "one"}, [])
