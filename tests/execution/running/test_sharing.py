"""What is done once, for many places that ask it."""

import json

import pytest

from tests.execution.running.scripted import (
    Item,
    again,
    giving,
    names,
    same,
)

pytestmark = pytest.mark.anyio

A, B = Item("a"), Item("b")


def at(data: object, *path: str | int) -> object:
    """Give what stands somewhere in an answer."""
    for step in path:
        assert isinstance(data, dict | list)
        data = data[step]  # type: ignore[index]
    return data


async def test_a_record_of_many_is_made_into_one_dict() -> None:
    some = [Item(number, child=A if number % 2 else B) for number in range(8)]
    query = '{ items(of: "all") { name child { name } } }'
    answer = await again(query, all=giving(some))
    found = [at(answer.data, "items", nr, "child") for nr in range(8)]
    assert found == [{"name": "b"}, {"name": "a"}] * 4
    assert [found[nr] is found[nr % 2] for nr in range(8)] == [True] * 8
    assert found[0] is not found[1]


async def test_what_another_selection_makes_of_it_is_another_dict() -> None:
    some = [Item(number, child=A) for number in range(8)]
    query = '{ items(of: "all") { child { name } again: child { number } } }'
    answer = await again(query, all=giving(some))
    assert at(answer.data, "items", 7) == {
        "child": {"name": "a"},
        "again": {"number": 0},
    }


async def test_records_that_only_look_the_same_are_each_their_own() -> None:
    some = [Item(number, child=Item("a")) for number in range(8)]
    query = '{ items(of: "all") { child { name word(of: "names") } } }'
    answer = await again(query, all=giving(some), names=names)
    found = [at(answer.data, "items", nr, "child") for nr in range(8)]
    assert len(set(map(id, found))) == 8
    assert answer.calls[1:] == [("names", ["a"] * 8)]


async def test_a_null_within_what_is_shared_is_null_in_each_place() -> None:
    shared = Item("shared", child=Item("wrong", number="x"))
    some = [Item(number, child=shared) for number in range(8)]
    query = '{ items(of: "all") { child { name child { number } } } }'
    answer = await again(query, all=giving(some))
    row = {"child": {"name": "shared", "child": None}}
    assert json.loads(json.dumps(answer.data)) == {"items": [row] * 8}
    assert [each.path for each in answer.errors] == [
        ["items", nr, "child", "child", "number"] for nr in range(8)
    ]


async def test_a_parent_is_handed_over_once_and_answered_everywhere() -> None:
    query = (
        '{ items(of: "all") { name word(of: "names") child { word(of: "names") } } }'
    )
    some = [Item("x", child=A), A, Item("y", child=B), A, B]
    answer = await again(query, all=giving(some), names=names)
    assert answer.calls[1:] == [("names", ["x", "a", "y", "b"])]
    assert [at(answer.data, "items", nr, "word") for nr in range(5)] == list("xayab")
    assert at(answer.data, "items", 2, "child") == {"word": "b"}


async def test_calls_are_grouped_over_types_aliases_and_paths() -> None:
    query = """{
      word(of: "names")
      other: word(of: "names")
      ... on Query { third: word(of: "names") fourth: mustWord(of: "same") }
      fifth: mustWord(of: "same")
    }"""
    answer = await again(query, names=names, same=same("same"))
    assert answer.calls == [("names", [None]), ("same", [None])]
    assert answer.data == {
        "word": None,
        "other": None,
        "third": None,
        "fourth": "same",
        "fifth": "same",
    }


async def test_what_is_found_in_one_sweep_goes_together_over_all_paths() -> None:
    query = """{
      one: item(of: "a") { word(of: "names") child { word(of: "names") } }
      two: items(of: "all") { again: word(of: "names") children { word(of: "names") } }
    }"""
    some = [Item("c", children=[Item("d"), A])]
    steps = {"a": giving(A), "all": giving(some), "names": names}
    answer = await again(query, **steps)
    assert answer.calls == [
        ("a", [None]),
        ("all", [None]),
        ("names", ["a", "c", "d"]),
    ]
    assert at(answer.data, "two", 0, "children") == [{"word": "d"}, {"word": "a"}]


async def test_what_is_asked_otherwise_is_another_call() -> None:
    query = """query ($of: String = "names") {
      word(of: "names") same: word(of: $of) other: word(of: "others")
    }"""
    answer = await again(query, names=giving("one"), others=giving("two"))
    assert answer.data == {"word": "one", "same": "one", "other": "two"}
    assert answer.calls == [("names", [None]), ("others", [None])]


async def test_nobody_is_asked_for_what_is_null_already() -> None:
    shared = Item("shared", number="wrong")
    some = [Item(number, child=shared) for number in range(4)]
    query = """{ items(of: "all") {
      name child { word(of: "names") itself { number } } } }"""
    answer = await again(query, all=giving(some), names=names)
    rows = [{"name": str(number), "child": None} for number in range(4)]
    assert answer.data == {"items": rows}
    assert answer.calls == [("all", [None])]
