"""Traps that comparing answers does not find; each is planted too (`faults`)."""

import asyncio
import gc
import weakref
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

import pytest
import strawberry
from graphql import (
    FragmentDefinitionNode,
    GraphQLResolveInfo,
    GraphQLSchema,
    OperationDefinitionNode,
    parse,
)
from graphql.execution.collect_fields import FragmentDetails
from graphql.execution.values import VariableValues
from strawberry.extensions import ParserCache, SchemaExtension
from strawberry.types import ExecutionResult

from gateway.execution.batch import BatchInfo, batch, view
from gateway.execution.documents import Execution
from gateway.execution.hook import BreadthFirst
from gateway.execution.loader import Loader
from gateway.execution.planning.plans import Plans
from tests.execution.differential.world.schema import World

pytestmark = pytest.mark.anyio

SECONDS = 2.0


@dataclass(eq=False)
class Context:
    """One request.

    Attributes:
        calls: of batch functions: which, and of whom.
        met: set when a call was made that another waits for.
    """

    execution: Execution = field(default_factory=Execution)
    loaders: list[Loader] = field(default_factory=list)
    calls: list[tuple[str, list[str]]] = field(default_factory=list)
    met: asyncio.Event = field(default_factory=asyncio.Event)


@dataclass(frozen=True)
class Row:
    name: str
    child: "Row | Other | None" = None

    @property
    def must(self) -> "Row":
        return self

    @property
    def missing(self) -> None:
        return None


@dataclass(frozen=True)
class Other:
    name: str


Info = BatchInfo[Context]
Rows = Sequence[Row]


def called(info: Info, name: str, parents: Sequence[Row | Other]) -> None:
    info.context.calls.append((name, [parent.name for parent in parents]))


@strawberry.interface
class Named:
    name: str

    @batch(str | None, description="")
    async def shared(parents: Sequence[Row | Other], info: Info) -> list[str]:
        called(info, "shared", parents)
        return [parent.name for parent in parents]

    @batch(str | None, description="")
    async def late(parents: Rows, info: Info) -> list[object]:
        called(info, "late", parents)
        for _ in range(5):
            await asyncio.sleep(0)
        return [ValueError("late")] * len(parents)

    @batch(str, description="")
    async def required(parents: Rows) -> list[object]:
        return [ValueError("required") if p.name == "a" else "" for p in parents]


@strawberry.type(name="Row")
@view(Row)
class RowView(Named):
    child: Named | None
    must: "RowView"
    missing: int

    @batch(Named | None, description="")
    async def slow(parents: Rows, info: Info) -> list[object]:
        await info.context.met.wait()
        return [parent.child for parent in parents]

    @batch(Named | None, description="")
    async def next(parents: Rows) -> list[object]:
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        return [parent.child for parent in parents]

    @batch(str | None, description="")
    async def meet(parents: Rows, info: Info) -> list[str]:
        info.context.met.set()
        return ["met"] * len(parents)

    @batch(str | None, description="")
    async def broken_off(parents: Rows) -> list[object]:
        raise asyncio.CancelledError


@strawberry.type(name="Other")
@view(Other)
class OtherView(Named):
    pass


SHARED = Row("shared", Other("deep"))


@strawberry.type
class Query:
    @strawberry.field
    def rows(self) -> list[RowView | None]:
        return [Row(name, SHARED) for name in "abcd"]  # type: ignore[misc]

    @strawberry.field
    def mixed(self) -> list[Named]:
        return [Row("r"), Other("o"), Row("s")]  # type: ignore[list-item]


def made(*extensions: type[SchemaExtension]) -> strawberry.Schema:
    return World(
        Query,
        types=[RowView, OtherView],
        execution_context_class=BreadthFirst,
        extensions=extensions,
    )


SCHEMA = made(ParserCache)


async def ask(
    query: str, context: Context, schema: strawberry.Schema = SCHEMA
) -> ExecutionResult:
    running = schema.execute(query, context_value=context)
    result = await asyncio.wait_for(running, SECONDS)
    assert isinstance(result, ExecutionResult)
    return result


async def test_an_error_is_told_only_where_its_object_still_stands() -> None:
    query, execution = "{ rows { required child { late } } }", Execution()
    await ask(query, Context(execution))  # then the type of a child is known
    result = await ask(query, Context(execution))
    child = {"required": "", "child": {"late": None}}
    assert result.data == {"rows": [None, child, child, child]}
    assert [each.path for each in result.errors or []] == [
        ["rows", 0, "required"],
        *(["rows", nr, "child", "late"] for nr in (1, 2, 3)),
    ]


async def test_nobody_is_asked_for_what_is_null_already() -> None:
    context = Context()
    query = "{ rows { name child { ... on Row { shared must { missing } } } } }"
    result = await ask(query, context)
    assert result.data == {"rows": [{"name": name, "child": None} for name in "abcd"]}
    assert context.calls == []


async def test_types_that_share_a_batch_field_share_the_call() -> None:
    context = Context()
    query = "{ mixed { ... on Row { shared } ... on Other { again: shared } } }"
    result = await ask(query, context)
    assert result.data == {"mixed": [{"shared": "r"}, {"again": "o"}, {"shared": "s"}]}
    assert context.calls == [("shared", ["r", "s", "o"])]


async def test_a_parent_is_handed_over_once() -> None:
    context = Context()
    await ask("{ rows { child { shared again: shared } } }", context)
    assert context.calls == [("shared", ["shared"])]


async def test_who_is_answered_does_not_wait_for_others() -> None:
    context = Context()
    query = "{ rows { slow { name } next { ... on Row { meet } } } }"
    result = await ask(query, context)
    row = {"slow": {"name": "shared"}, "next": {"meet": "met"}}
    assert (result.data, result.errors) == ({"rows": [row] * 4}, None)


async def test_an_operation_that_is_broken_off_leaves_nothing_behind() -> None:
    before = asyncio.all_tasks()
    running = asyncio.create_task(ask("{ rows { slow { name } } }", Context()))
    for _ in range(10):
        await asyncio.sleep(0)
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    await asyncio.sleep(0)
    assert asyncio.all_tasks() == before


async def test_a_batch_that_somebody_else_broke_off_is_an_error_there() -> None:
    result = await ask("{ rows { name brokenOff } }", Context())
    assert result.data == {"rows": [{"name": n, "brokenOff": None} for n in "abcd"]}
    assert len(result.errors or []) == 4


class Watching(SchemaExtension):
    """Sees every field that is resolved."""

    seen: Sequence[str] = ()

    def resolve(
        self,
        _next: Callable[..., object],
        root: object,
        info: GraphQLResolveInfo[Context],
        *args: str,
        **kwargs: object,
    ) -> object:
        type(self).seen = (*self.seen, info.field_name)
        return _next(root, info, *args, **kwargs)


async def test_an_extension_that_resolves_has_graphql_core_run_it() -> None:
    context = Context()
    result = await ask("{ mixed { name } }", context, made(Watching))
    assert (result.errors, context.execution.fallbacks) == (
        None,
        {"resolve extension": 1},
    )
    assert Watching.seen == ("mixed", "name", "name", "name")


async def test_nothing_of_a_request_is_kept() -> None:
    execution = Execution()
    context = Context(execution)
    await ask("{ rows { name shared } }", context)
    kept = weakref.ref(context)
    del context
    gc.collect()
    assert kept() is None


@dataclass
class Asked:
    """An operation, as a plan is made of it."""

    schema: GraphQLSchema
    operation: OperationDefinitionNode
    fragments: dict[str, FragmentDetails] = field(default_factory=dict)
    fragment_definitions: dict[str, FragmentDefinitionNode] = field(
        default_factory=dict
    )
    variable_values: VariableValues = field(
        default_factory=lambda: VariableValues({}, {})
    )
    hide_suggestions: bool = False


def test_an_operation_is_planned_for_each_schema() -> None:
    node = parse("{ mixed { name } }").definitions[0]
    assert isinstance(node, OperationDefinitionNode)
    plans, asked = Plans(), Asked(SCHEMA._schema, node)  # noqa: SLF001 - not public
    other = replace(asked, schema=made()._schema)  # noqa: SLF001 - as above
    assert plans.plan(asked) is plans.plan(asked)
    assert plans.plan(asked) is not plans.plan(other)
