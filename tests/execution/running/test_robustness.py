"""Values that nobody expects: they cost their own place, and leave nothing behind."""

import gc
import warnings
from collections.abc import Iterator

import pytest
from strawberry.extensions import DisableValidation, ParserCache

from gateway.execution.documents import Execution
from gateway.execution.hook import BreadthFirst
from tests.execution.running.scripted import (
    Answer,
    Context,
    Item,
    ItemView,
    Query,
    Quiet,
    Step,
    asked,
    giving,
    names,
)

pytestmark = pytest.mark.anyio


class Shy(Item):
    """Will not even say whether it can be awaited."""

    def __getattr__(self, name: str) -> object:
        raise RuntimeError(f"not {name}")


class Broken:
    """A list that breaks off."""

    def __iter__(self) -> Iterator[object]:
        yield Item("a")
        raise RuntimeError("broken")


class Ending(BaseException):
    """No error of a field: it ends whatever runs."""


class Fatal(Item):
    """Whose child ends whatever runs."""

    def __getattribute__(self, name: str) -> object:
        if name == "child":
            raise Ending
        return super().__getattribute__(name)


async def quietly(query: str, breadth_first: bool, **script: Step) -> Answer:
    """Ask, and see that nothing is left that should have been awaited."""
    with warnings.catch_warnings(record=True) as seen:
        warnings.simplefilter("always")
        execution = Execution(breadth_first=breadth_first)
        try:
            return await asked(query, Context(script, execution=execution))
        finally:
            gc.collect()
            assert [str(each.message) for each in seen] == []


UNCHECKED = Quiet(
    Query,
    types=[ItemView],
    extensions=[ParserCache, DisableValidation],
    execution_context_class=BreadthFirst,
)
"""Validation refuses what is too deep."""

both = pytest.mark.parametrize("breadth_first", [True, False])


@both
async def test_who_will_not_say_what_it_is_costs_its_own_field(
    breadth_first: bool,
) -> None:
    query = """{ later(of: "names") items(of: "shy") { name }
                 item(of: "one") { name child { name } } }"""
    one, shy = Item("a", child=Shy("b")), [Item("c"), Shy("d")]
    script = {"one": giving(one), "shy": giving(shy), "names": names}
    answer = await quietly(query, breadth_first, **script)
    assert answer.data == {
        "later": [None, None],
        "items": None,
        "item": {"name": "a", "child": None},
    }
    assert sorted(answer.told) == [
        ("not __await__", ["item", "child"]),
        ("not __await__", ["items"]),
    ]


@both
async def test_a_list_that_breaks_off_is_an_error_of_the_list(
    breadth_first: bool,
) -> None:
    query = '{ items(of: "broken") { name } item(of: "one") { name } }'
    script = {"broken": giving(Broken()), "one": giving(Item("b"))}
    answer = await quietly(query, breadth_first, **script)
    assert answer.data == {"items": None, "item": {"name": "b"}}
    assert answer.told == [("broken", ["items"])]


@both
@pytest.mark.parametrize("value", ["text", b"bytes", 7, Item("no list")])
async def test_what_is_no_list_is_told_so(value: object, breadth_first: bool) -> None:
    query = '{ items(of: "given") { name } __typename }'
    answer = await quietly(query, breadth_first, given=giving(value))
    told = "Expected Iterable, but did not find one for field 'Query.items'."
    assert answer.data == {"items": None, "__typename": "Query"}
    assert answer.told == [(told, ["items"])]


@both
async def test_what_is_awaited_in_a_batch_is_awaited(breadth_first: bool) -> None:
    async def late(value: object) -> object:
        return value

    def listed() -> list[object]:
        return [late(Item("a")), Item("b"), late(ValueError("c"))]

    query = '{ items(of: "all") { name word(of: "names") } }'
    answer = await quietly(query, breadth_first, all=giving(listed()), names=names)
    rows = [{"name": name, "word": name} for name in "ab"]
    assert answer.data == {"items": [*rows, None]}
    assert answer.told == [("c", ["items", 2])]


@both
async def test_what_is_too_deep_to_be_planned_costs_its_own_objects(
    breadth_first: bool,
) -> None:
    chain = [f"fragment F{nr} on Item {{ ...F{nr + 1} }}" for nr in range(3_000)]
    end = "fragment F3000 on Item { name }"
    asked = '{ item(of: "one") { name children { ...F0 } } }'
    query = " ".join([asked, *chain, end])
    script = {"one": giving(Item("a", children=[Item("b"), Item("c")]))}
    execution = Execution(breadth_first=breadth_first)
    for _ in range(2):  # nothing is remembered of a type that could not be planned
        result = await UNCHECKED.execute(
            query, context_value=Context(script, execution=execution)
        )
        assert result.data == {"item": {"name": "a", "children": [None, None]}}
        assert [each.path for each in result.errors or []] == [
            ["item", "children", 0],
            ["item", "children", 1],
        ]
    assert execution.fallbacks == ({} if breadth_first else {"switched off": 2})


@both
async def test_what_is_no_field_is_not_answered(breadth_first: bool) -> None:
    context = Context({}, execution=Execution(breadth_first=breadth_first))
    query = "{ nothing __typename }"
    result = await UNCHECKED.execute(query, context_value=context)
    assert (result.data, result.errors) == ({"__typename": "Query"}, None)


async def test_what_breaks_a_sweep_leaves_nothing_that_should_have_been_awaited() -> (
    None
):
    query = '{ items(of: "all") { each(of: "names") child { child { name } } } }'
    some = [Item("a"), Item("b", child=Fatal("c"))]
    with pytest.raises(Ending):
        await quietly(query, True, all=giving(some), names=names)
