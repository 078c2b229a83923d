"""The contract of batch fields, breadth-first and under graphql-core's own run."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Protocol

import pytest
import strawberry

from gateway.execution.batch import BatchInfo, batch, view
from gateway.execution.documents import Execution
from gateway.execution.hook import BreadthFirst
from gateway.execution.loader import Loader

pytestmark = pytest.mark.anyio


@dataclass
class Context:
    calls: list[tuple[str, object, frozenset[str]]] = field(default_factory=list)
    loaders: list[Loader] = field(default_factory=list)
    execution: Execution = field(default_factory=Execution)


@dataclass(frozen=True)
class Leaf:
    name: str


@dataclass(frozen=True)
class Node:
    name: str


Info = BatchInfo[Context]
NOTHING: frozenset[str] = frozenset()


@strawberry.interface
class Named:
    name: str

    @batch(str, description="")
    async def shared(parents: Sequence[Node | Leaf], info: Info) -> list[str]:
        info.context.calls.append(("shared", len(parents), info.selected))
        return [f"shared {parent.name}" for parent in parents]

    @strawberry.field
    async def itself(self) -> "Named":
        return self

    @strawberry.field
    async def other(self) -> str:
        return f"other {self.name}"


@strawberry.type(name="Leaf")
@view(Leaf)
class LeafView(Named):
    pass


@strawberry.type(name="Node")
@view(Node)
class NodeView(Named):
    @batch(list[LeafView], description="")
    async def leaves(
        parents: Sequence[Node], info: Info, count: int = 1
    ) -> list[list[Leaf]]:
        info.context.calls.append(("leaves", len(parents), info.selected))
        return [[Leaf(f"{p.name}.{i}") for i in range(count)] for p in parents]

    @batch(str | None, description="")
    async def fickle(parents: Sequence[Node]) -> list[str | Exception]:
        return [
            ValueError("no") if parent.name == "b" else parent.name
            for parent in parents
        ]

    @batch(str | None, description="")
    async def broken(parents: Sequence[Node]) -> list[str]:
        raise ValueError("all broken")

    @batch(str | None, description="")
    async def short(parents: Sequence[Node]) -> list[str]:
        return ["only one"]

    @batch(str | None, description="")
    async def not_a_list(parents: Sequence[Node]) -> list[str]:
        return {"a": "b"}  # type: ignore[return-value]

    @batch(str, description="", name="class")
    def computed(parents: Sequence[Node], info: Info) -> list[str]:
        info.context.calls.append(("computed", len(parents), info.selected))
        return [parent.name.upper() for parent in parents]

    @batch(str | None, description="")
    def computed_error(parents: Sequence[Node], info: Info) -> list[Exception]:
        info.context.calls.append(("computed error", len(parents), info.selected))
        return [KeyError(parent.name) for parent in parents]

    @batch(str, description="")
    async def required(parents: Sequence[Node]) -> list[str | Exception]:
        await asyncio.sleep(0)
        return [ValueError("gone") for _ in parents]


@strawberry.type
class Query:
    @strawberry.field
    def nodes(self) -> list[NodeView]:
        return [Node(name) for name in "abc"]  # type: ignore[misc]

    @strawberry.field
    def twice(self) -> list[NodeView]:
        return [Node("same")] * 2  # type: ignore[list-item]

    @strawberry.field
    def mixed(self) -> list[Named]:
        return [Node("n"), Leaf("l")]  # type: ignore[list-item]

    @strawberry.field
    def maybe(self) -> NodeView | None:
        return Node("m")  # type: ignore[return-value]

    @strawberry.field
    def timed(self, info: strawberry.Info[Context, None]) -> NodeView:
        """Give a node, and have it written down that a turn of the loop has passed."""
        turn = ("a turn", 0, NOTHING)
        asyncio.get_running_loop().call_soon(info.context.calls.append, turn)
        return Node("t")  # type: ignore[return-value]


schema = strawberry.Schema(
    Query, types=[NodeView, LeafView], execution_context_class=BreadthFirst
)


Asked = tuple[object, list[str], Context]


class Ask(Protocol):
    async def __call__(self, query: str, **variables: object) -> Asked: ...


@pytest.fixture(params=[True, False], ids=["breadth first", "graphql-core"])
def ask(request: pytest.FixtureRequest) -> Ask:
    return partial(asked, bool(request.param))


async def asked(breadth_first: bool, query: str, **variables: object) -> Asked:
    context = Context(execution=Execution(breadth_first=breadth_first))
    running = schema.execute(query, context_value=context, variable_values=variables)
    result = await asyncio.wait_for(running, 5)
    return result.data, [error.message for error in result.errors or []], context


async def test_all_parents_of_a_level_make_one_call(ask: Ask) -> None:
    data, errors, context = await ask("{ nodes { leaves { name shared } } }")
    assert errors == []
    assert context.calls == [
        ("leaves", 3, frozenset({"name", "shared"})),
        ("shared", 3, frozenset()),
    ]
    assert data == {
        "nodes": [
            {"leaves": [{"name": f"{name}.0", "shared": f"shared {name}.0"}]}
            for name in "abc"
        ]
    }


async def test_types_that_share_a_batch_field_share_the_call(ask: Ask) -> None:
    query = "{ mixed { __typename ... on Node { shared } ... on Leaf { shared } } }"
    data, _, context = await ask(query)
    assert context.calls == [("shared", 2, frozenset())]
    assert data == {
        "mixed": [
            {"__typename": "Node", "shared": "shared n"},
            {"__typename": "Leaf", "shared": "shared l"},
        ]
    }


async def test_who_comes_a_turn_later_for_its_siblings_joins_in(ask: Ask) -> None:
    query = """{ mixed {
      ... on Node { itself { shared } }
      ... on Leaf { itself { shared other } other }
    } }"""
    data, errors, context = await ask(query)
    node = {"itself": {"shared": "shared n"}}
    leaf = {"itself": {"shared": "shared l", "other": "other l"}, "other": "other l"}
    assert (data, errors) == ({"mixed": [node, leaf]}, [])
    assert context.calls == [("shared", 2, NOTHING)]


async def test_a_parent_that_occurs_twice_is_asked_once(ask: Ask) -> None:
    _, _, context = await ask("{ twice { shared } }")
    assert context.calls == [("shared", 1, frozenset())]


async def test_other_arguments_are_another_call(ask: Ask) -> None:
    query = "{ nodes { one: leaves { name } two: leaves(count: 2) { name } } }"
    _, _, context = await ask(query)
    assert len(context.calls) == 2


async def test_aliases_with_the_same_arguments_are_one_call_for_all_they_select(
    ask: Ask,
) -> None:
    query = "{ nodes { one: leaves { name } two: leaves { shared } } }"
    _, _, context = await ask(query)
    assert context.calls[0] == ("leaves", 3, frozenset({"name", "shared"}))
    assert [name for name, _, _ in context.calls] == ["leaves", "shared"]


async def test_selected_sees_through_fragments_and_directives(ask: Ask) -> None:
    query = """
      query { nodes { leaves { ... on Leaf { name } ...More
        shared @skip(if: true) } } }
      fragment More on Leaf { __typename @include(if: false) }
    """
    _, errors, context = await ask(query)
    assert errors == []
    assert context.calls == [("leaves", 3, frozenset({"name"}))]


@pytest.mark.parametrize(
    ("values", "selected"),
    [
        ({"s": True, "i": True}, {"name"}),
        ({"s": False, "i": True}, {"name", "shared"}),
        ({"s": False, "i": False}, {"shared"}),
        ({"i": False}, set()),  # s is true by default
    ],
)
async def test_selected_looks_at_variables(
    ask: Ask, values: dict[str, object], selected: set[str]
) -> None:
    query = """
      query ($s: Boolean = true, $i: Boolean!) { nodes { leaves {
        name @include(if: $i) ...More @skip(if: $s) __typename @skip(if: true) } } }
      fragment More on Leaf { shared @include(if: true) @skip(if: $s) }
    """
    _, errors, context = await ask(query, **values)
    assert errors == []
    assert context.calls[0] == ("leaves", 3, frozenset(selected))


async def test_an_error_costs_its_own_parent_only(ask: Ask) -> None:
    data, errors, _ = await ask("{ nodes { fickle } }")
    assert data == {"nodes": [{"fickle": "a"}, {"fickle": None}, {"fickle": "c"}]}
    assert errors == ["no"]


async def test_what_is_raised_costs_all_parents(ask: Ask) -> None:
    data, errors, _ = await ask("{ nodes { name broken } }")
    assert data == {"nodes": [{"name": name, "broken": None} for name in "abc"]}
    assert errors == ["all broken"] * 3


@pytest.mark.parametrize(
    ("name", "got"), [("short", "got 1"), ("notAList", "got dict")]
)
async def test_the_wrong_number_of_values_is_told_as_what_it_is(
    ask: Ask, name: str, got: str
) -> None:
    _, errors, _ = await ask(f"{{ nodes {{ {name} }} }}")
    assert len(errors) == 3
    assert errors[0].endswith(f"must return a list of 3 values, {got}")


async def test_a_function_that_waits_for_nothing_is_called_at_once(ask: Ask) -> None:
    query = "{ timed { shared leaves { name } class computedError } }"
    data, errors, context = await ask(query)
    leaves = [{"name": "t.0"}]
    node = {"shared": "shared t", "leaves": leaves, "class": "T", "computedError": None}
    assert (data, errors) == ({"timed": node}, ["'t'"])
    assert context.calls == [
        ("computed", 1, NOTHING),
        ("computed error", 1, NOTHING),
        ("a turn", 0, NOTHING),
        ("shared", 1, NOTHING),
        ("leaves", 1, frozenset({"name"})),
    ]


async def test_a_null_that_propagates_leaves_no_one_waiting(ask: Ask) -> None:
    query = "{ maybe { required leaves { name } } nodes { leaves { shared } } }"
    data, errors, _ = await ask(query)
    assert isinstance(data, dict)
    assert data["maybe"] is None
    assert [node["leaves"][0]["shared"] for node in data["nodes"]] == [
        "shared a.0",
        "shared b.0",
        "shared c.0",
    ]
    assert errors == ["gone"]
