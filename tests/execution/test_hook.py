"""What is left to graphql-core, and counted; and that rules hold whoever executes."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, field

import pytest
import strawberry
from graphql import GraphQLObjectType, is_introspection_type
from strawberry.directive import DirectiveLocation, DirectiveValue
from strawberry.extensions import DisableValidation, SchemaExtension
from strawberry.types import ExecutionResult

from gateway.execution.batch import batch
from gateway.execution.documents import Execution
from gateway.execution.guarding import Guarding
from gateway.execution.hook import BreadthFirst
from gateway.execution.loader import Loader

pytestmark = pytest.mark.anyio


class Refused(Exception):
    """What a guard says."""


@dataclass
class Guard:
    """Refuses by the name of the field.

    Attributes:
        refused: names of fields.
        asked: of which fields, by the rule.
    """

    refused: frozenset[str] = frozenset()
    asked: set[str] = field(default_factory=set)

    def refusal(self, rule: str, _parent: object) -> Exception | None:
        self.asked.add(rule)
        return Refused(rule) if rule in self.refused else None

    def refusals(
        self, rule: str, parents: Sequence[object]
    ) -> Sequence[Exception | None] | None:
        found = [self.refusal(rule, parent) for parent in parents]
        return found if any(found) else None


class Loaders(list[Loader]):
    """Of one request; each leaves again when it starts.

    Attributes:
        joined: how many ever did: graphql-core has them, breadth-first none.
    """

    joined = 0

    def append(self, loader: Loader) -> None:
        self.joined += 1
        super().append(loader)


@dataclass
class Context:
    """One request."""

    execution: Execution = field(default_factory=Execution)
    loaders: Loaders = field(default_factory=Loaders)
    guard: Guard = field(default_factory=Guard)


@strawberry.type
class Thing:
    name: str
    within: "Thing | None" = None

    @batch(str | None, description="")
    async def waited(parents: Sequence["Thing"]) -> list[str]:
        return [f"waited {parent.name}" for parent in parents]

    @batch(str | None, description="")
    def computed(parents: Sequence["Thing"]) -> list[str]:
        return [f"computed {parent.name}" for parent in parents]

    @strawberry.field
    def resolved(self) -> str | None:
        return f"resolved {self.name}"

    @strawberry.field
    async def failing(self) -> str:
        raise ValueError("failing")


@strawberry.type
class Query:
    @strawberry.field
    def things(self) -> list[Thing | None] | None:
        return [Thing(name="a", within=Thing(name="b"))]

    @strawberry.field
    def plain(self) -> str:
        return "plain"


@strawberry.type
class Subscription:
    @strawberry.subscription
    async def ticks(self) -> AsyncIterator[Thing]:
        for name in "ab":
            yield Thing(name=name)


@strawberry.directive(locations=[DirectiveLocation.FIELD])
def loud(value: DirectiveValue[str]) -> str:
    return value.upper()


class Resolving(SchemaExtension):
    """Takes part in each field."""

    async def resolve(
        self,
        _next: Callable[[object, object], object],
        root: object,
        info: object,
        *_args: str,
        **_kwargs: object,
    ) -> object:
        value = _next(root, info)
        value = await value if asyncio.iscoroutine(value) else value
        return f"<{value}>" if isinstance(value, str) else value


def made(
    *extensions: type[SchemaExtension], directives: Sequence[object] = ()
) -> strawberry.Schema:
    return strawberry.Schema(
        Query,
        subscription=Subscription,
        directives=directives,  # type: ignore[arg-type]
        extensions=extensions,
        execution_context_class=BreadthFirst,
    )


async def ask(
    query: str, context: Context, schema: strawberry.Schema | None = None
) -> tuple[object, list[str]]:
    running = (schema or made()).execute(query, context_value=context)
    result = await asyncio.wait_for(running, 5)
    assert isinstance(result, ExecutionResult)
    return result.data, [error.message for error in result.errors or []]


THINGS = "{ things { name waited computed resolved within { name } } }"
ANSWER = {
    "things": [
        {
            "name": "a",
            "waited": "waited a",
            "computed": "computed a",
            "resolved": "resolved a",
            "within": {"name": "b"},
        }
    ]
}


async def test_what_runs_breadth_first_is_not_counted() -> None:
    context = Context()
    assert await ask(THINGS, context) == (ANSWER, [])
    assert await ask("{ __typename }", context) == ({"__typename": "Query"}, [])
    assert (context.execution.fallbacks, context.loaders.joined) == ({}, 0)


async def test_where_it_is_switched_off_graphql_core_runs_everything() -> None:
    context = Context(Execution(breadth_first=False))
    for _ in range(2):
        assert await ask(THINGS, context) == (ANSWER, [])
    assert context.execution.fallbacks == {"switched off": 2}
    assert context.loaders.joined == 2


@pytest.mark.parametrize(
    "asked", ["__schema { description }", '__type(name: "") { kind }']
)
async def test_who_asks_for_the_schema_too_is_answered_by_graphql_core(
    asked: str,
) -> None:
    context = Context()
    data, errors = await ask(f"{{ plain {asked} }}", context)
    assert isinstance(data, dict)
    assert (data["plain"], errors) == ("plain", [])
    assert context.execution.fallbacks == {"introspection": 1}


async def test_what_is_asked_of_the_schema_within_a_fragment_is_seen() -> None:
    context = Context()
    query = "{ ...More } fragment More on Query { ... { a: __schema { description } } }"
    assert await ask(query, context) == ({"a": {"description": None}}, [])
    assert context.execution.fallbacks == {"introspection": 1}


async def test_what_is_skipped_is_not_asked_of_the_schema() -> None:
    context = Context()
    query = "{ plain __schema @skip(if: true) { description } }"
    assert await ask(query, context) == ({"plain": "plain"}, [])
    assert context.execution.fallbacks == {}


async def test_events_are_answered_by_graphql_core() -> None:
    context = Context()
    query = "subscription { ticks { waited within { name } } }"
    events = await made().subscribe(query, context_value=context)
    assert not isinstance(events, ExecutionResult)
    assert [event.data async for event in events] == [
        {"ticks": {"waited": f"waited {name}", "within": None}} for name in "ab"
    ]
    assert context.execution.fallbacks == {"subscription": 2}


async def test_an_extension_that_takes_part_in_each_field_does() -> None:
    context = Context()
    data, errors = await ask("{ plain things { waited } }", context, made(Resolving))
    assert data == {"plain": "<plain>", "things": [{"waited": "<waited a>"}]}
    assert (errors, context.execution.fallbacks) == ([], {"resolve extension": 1})


async def test_a_directive_of_an_operation_does_what_it_says() -> None:
    context, schema = Context(), made(directives=[loud])
    data, errors = await ask("{ plain @loud things { name } }", context, schema)
    assert data == {"plain": "PLAIN", "things": [{"name": "a"}]}
    assert (errors, context.execution.fallbacks) == ([], {"resolve extension": 1})


async def test_where_errors_are_not_to_propagate_they_do_not() -> None:
    context, schema = Context(), made(DisableValidation)
    query = "query @experimental_disableErrorPropagation { things { failing } }"
    answer = await ask(query, context, schema)
    assert answer == ({"things": [{"failing": None}]}, ["failing"])
    assert context.execution.fallbacks == {"no error propagation": 1}


async def test_what_has_no_root_is_refused_by_graphql_core() -> None:
    context, told = Context(), "Schema is not configured to execute mutation operation."
    answer = await ask("mutation { plain }", context, made(DisableValidation))
    assert answer == (None, [told])
    assert context.execution.fallbacks == {"cannot be planned": 1}


def test_who_does_not_wait_is_answered_by_graphql_core() -> None:
    context = Context()
    query = "{ things { name computed within { name } } }"
    result = made().execute_sync(query, context_value=context)
    answer = {"name": "a", "computed": "computed a", "within": {"name": "b"}}
    assert (result.data, result.errors) == ({"things": [answer]}, None)
    assert context.execution.fallbacks == {"synchronous": 1}


@pytest.mark.parametrize("breadth_first", [True, False])
async def test_a_rule_is_asked_of_each_field_whoever_executes(
    breadth_first: bool,
) -> None:
    schema, context = guarded(), Context(Execution(breadth_first=breadth_first))
    assert await ask(THINGS, context, schema) == (ANSWER, [])
    assert context.guard.asked == {
        "Query.things",
        "Thing.name",
        "Thing.waited",
        "Thing.computed",
        "Thing.resolved",
        "Thing.within",
    }


@pytest.mark.parametrize("breadth_first", [True, False])
@pytest.mark.parametrize("name", ["waited", "computed", "resolved", "within"])
async def test_what_a_rule_refuses_is_not_given_whoever_executes(
    name: str, breadth_first: bool
) -> None:
    guard = Guard(frozenset({f"Thing.{name}"}))
    context = Context(Execution(breadth_first=breadth_first), guard=guard)
    answer = {"things": [ANSWER["things"][0] | {name: None}]}
    assert await ask(THINGS, context, guarded()) == (answer, [f"Thing.{name}"])


@pytest.mark.parametrize("breadth_first", [True, False])
@pytest.mark.parametrize(
    ("name", "data"),
    [("Thing.name", {"things": [None]}), ("Query.things", {"things": None})],
)
async def test_what_is_refused_and_may_not_be_null_takes_more_along(
    name: str, data: object, breadth_first: bool
) -> None:
    execution = Execution(breadth_first=breadth_first)
    context = Context(execution, guard=Guard(frozenset({name})))
    assert await ask("{ things { name } }", context, guarded()) == (data, [name])


def guarded() -> strawberry.Schema:
    schema = made()
    kinds = schema._schema.type_map.values()  # noqa: SLF001 - not public
    rules = {
        kind.name: {name: f"{kind.name}.{name}" for name in kind.fields}
        for kind in kinds
        if isinstance(kind, GraphQLObjectType) and not is_introspection_type(kind)
    }
    Guarding(rules).apply(schema._schema)  # noqa: SLF001 - as above
    return schema


class Forgetful(Guard):
    """Says nothing of the last of things."""

    def refusals(
        self, rule: str, parents: Sequence[object]
    ) -> Sequence[Exception | None] | None:
        return None if rule == "Query.things" else [None] * (len(parents) - 1)


@pytest.mark.parametrize(
    "asked", ["name", "waited", "computed", "within { __typename }"]
)
async def test_a_guard_that_does_not_speak_of_each_lets_nothing_pass(
    asked: str,
) -> None:
    context, schema = Context(guard=Forgetful()), guarded()
    data, errors = await ask(f"{{ things {{ {asked} }} }}", context, schema)
    name, _, _ = asked.partition(" ")
    assert data == {"things": [None if name == "name" else {name: None}]}
    assert errors == ["the guard must say something of each of 1 objects, got 0"]


class Broken(Guard):
    """Does not know about things."""

    def refusal(self, rule: str, _parent: object) -> Exception | None:
        if rule.startswith("Thing."):
            raise RuntimeError("broken")
        return None


@pytest.mark.parametrize("breadth_first", [True, False])
@pytest.mark.parametrize(
    "asked", ["name", "waited", "computed", "resolved", "within { __typename }"]
)
async def test_a_guard_that_breaks_lets_nothing_pass(
    asked: str, breadth_first: bool
) -> None:
    context = Context(Execution(breadth_first=breadth_first), guard=Broken())
    data, errors = await ask(f"{{ things {{ {asked} }} }}", context, guarded())
    name, _, _ = asked.partition(" ")
    nothing = {"things": [None if name == "name" else {name: None}]}
    assert (data, errors) == (nothing, ["broken"])
