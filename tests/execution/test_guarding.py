"""A rule before every resolver, of any schema; what a rule says is not known here."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Protocol

import pytest
import strawberry
from graphql import GraphQLObjectType
from strawberry.types import ExecutionResult

from gateway.execution.documents import Execution
from gateway.execution.guarding import RULE, Guarding, RulesDoNotFit
from gateway.execution.hook import BreadthFirst

pytestmark = pytest.mark.anyio

Rules = Mapping[str, Mapping[str, str]]
Asked = list[tuple[str, object]]


class Secret(Exception):
    """What a refusal is here."""


class Broken(Exception):
    """A guard that does not know."""


@strawberry.interface
class Named:
    name: str


@strawberry.type
class Person(Named):
    bsn: str | None
    resolved: strawberry.Private[list[str]]

    @strawberry.field
    def said(self, words: str = "") -> str | None:
        self.resolved.append(words)
        return words


@strawberry.type
class Query:
    @strawberry.field
    def me(self) -> Person | None:
        return ME

    @strawberry.field
    def somebody(self) -> Named | None:
        return ME

    @strawberry.field
    def all(self) -> list[Person | None]:
        return [ME, ME]


ME = Person(name="Jo", bsn="the number", resolved=[])
RULES: Rules = {
    "Query": {"me": "free", "somebody": "free", "all": "free"},
    "Person": {"name": "free", "bsn": "secret", "said": "free"},
}


@dataclass
class Watch:
    """Refuses what is secret; the request's context, and its guard."""

    asked: Asked = field(default_factory=list)
    execution: Execution = field(default_factory=Execution)

    @property
    def guard(self) -> "Watch":
        return self

    def refusal(self, rule: str, parent: object) -> Exception | None:
        self.asked.append((rule, parent))
        if rule == "broken":
            raise Broken
        return Secret("not for you") if rule == "secret" else None

    def refusals(
        self, rule: str, parents: Sequence[object]
    ) -> Sequence[Exception | None] | None:
        found = [self.refusal(rule, parent) for parent in parents]
        return found if any(found) else None


def guarded(rules: Rules = RULES) -> strawberry.Schema:
    schema = strawberry.Schema(
        Query, types=[Person], execution_context_class=BreadthFirst
    )
    Guarding(rules).apply(schema._schema)  # noqa: SLF001 - it has no public way to it
    return schema


def changed(kind: str, **rules: str) -> Rules:
    return {**RULES, kind: {**RULES[kind], **rules}}


def without(kind: str, name: str) -> Rules:
    return {**RULES, kind: {k: v for k, v in RULES[kind].items() if k != name}}


Answer = tuple[object, list[tuple[object, type]]]


class Ask(Protocol):
    async def __call__(
        self, query: str, rules: Rules = RULES, watch: Watch | None = None
    ) -> Answer:
        """Give the data, and the place and type of each error."""


@pytest.fixture(params=[True, False], ids=["breadth first", "graphql-core"])
def ask(request: pytest.FixtureRequest) -> Ask:
    return partial(asked, bool(request.param))


async def asked(
    breadth_first: bool, query: str, rules: Rules = RULES, watch: Watch | None = None
) -> Answer:
    watch = watch or Watch()
    watch.execution.breadth_first = breadth_first
    running = guarded(rules).execute(query, context_value=watch)
    result = await asyncio.wait_for(running, 5)
    assert isinstance(result, ExecutionResult)
    errors = result.errors or []
    return result.data, [(each.path, type(each.original_error)) for each in errors]


async def test_what_is_refused_takes_its_own_place(ask: Ask) -> None:
    assert await ask("{ me { name bsn } }") == (
        {"me": {"name": "Jo", "bsn": None}},
        [(["me", "bsn"], Secret)],
    )


async def test_each_object_of_a_list_is_asked_about(ask: Ask) -> None:
    watch = Watch()
    data, errors = await ask("{ all { name bsn } }", watch=watch)
    assert data == {"all": [{"name": "Jo", "bsn": None}] * 2}
    assert errors == [(["all", nr, "bsn"], Secret) for nr in (0, 1)]
    rules = [rule for rule, parent in watch.asked if parent is ME]
    assert sorted(rules) == ["free", "free", "secret", "secret"]


async def test_what_is_refused_is_not_resolved_and_what_is_not_gets_its_arguments(
    ask: Ask,
) -> None:
    ME.resolved.clear()
    assert await ask('{ me { said(words: "a") } }') == ({"me": {"said": "a"}}, [])
    refused = changed("Person", said="secret")
    assert await ask('{ me { said(words: "b") } }', refused) == (
        {"me": {"said": None}},
        [(["me", "said"], Secret)],
    )
    assert ME.resolved == ["a"]


@pytest.mark.parametrize(
    "query",
    [
        "{ somebody { ... on Person { bsn } } }",
        "{ somebody { ...P } } fragment P on Named { ... on Person { bsn } }",
        "{ somebody { ... on Named { ... on Person { x: bsn } } } }",
        "{ me { bsn @include(if: true) } }",
    ],
)
async def test_by_whatever_way_it_is_the_same_field(ask: Ask, query: str) -> None:
    data, errors = await ask(query)
    assert "the number" not in str(data)
    assert [kind for _, kind in errors] == [Secret]


async def test_a_field_of_an_interface_has_the_rule_of_the_object_it_is_read_of(
    ask: Ask,
) -> None:
    rules = changed("Person", name="secret")
    assert await ask("{ somebody { name } }", rules) == (
        {"somebody": None},
        [(["somebody", "name"], Secret)],
    )


async def test_a_root_field_is_guarded_too(ask: Ask) -> None:
    watch = Watch()
    assert await ask("{ me { name } }", changed("Query", me="secret"), watch) == (
        {"me": None},
        [(["me"], Secret)],
    )
    assert watch.asked == [("secret", None)]


async def test_a_guard_that_breaks_gives_nothing(ask: Ask) -> None:
    rules = changed("Person", bsn="broken")
    assert await ask("{ me { bsn } }", rules) == (
        {"me": {"bsn": None}},
        [(["me", "bsn"], Broken)],
    )


async def test_a_schema_says_what_it_is_without_asking_anybody(ask: Ask) -> None:
    watch = Watch()
    data, errors = await ask(
        "{ __typename __schema { queryType { name } } }", watch=watch
    )
    assert data == {
        "__typename": "Query",
        "__schema": {"queryType": {"name": "Query"}},
    }
    assert (errors, watch.asked) == ([], [])


async def test_the_rule_of_a_field_stands_in_its_extensions() -> None:
    kind = guarded()._schema.type_map["Person"]  # noqa: SLF001 - as above
    assert isinstance(kind, GraphQLObjectType)
    assert {name: of.extensions[RULE] for name, of in kind.fields.items()} == dict(
        RULES["Person"]
    )


@pytest.mark.parametrize(
    ("rules", "message"),
    [
        (
            without("Person", "bsn"),
            "fields without a rule: Person.bsn; rules without a field: none",
        ),
        (
            {"Query": RULES["Query"]},
            (
                "fields without a rule: Person.bsn, Person.name, Person.said;"
                " rules without a field: none"
            ),
        ),
        (
            changed("Person", age="free"),
            "fields without a rule: none; rules without a field: Person.age",
        ),
        (
            {**RULES, "Named": {"name": "free"}},
            "fields without a rule: none; rules without a field: Named.name",
        ),
        (
            {**without("Person", "bsn"), "Dog": {"bsn": "free"}},
            "fields without a rule: Person.bsn; rules without a field: Dog.bsn",
        ),
    ],
)
def test_fields_and_rules_are_exactly_each_others(rules: Rules, message: str) -> None:
    with pytest.raises(RulesDoNotFit) as raised:
        guarded(rules)
    assert str(raised.value) == message


def test_a_field_that_nothing_resolves_cannot_be_guarded() -> None:
    schema = strawberry.Schema(Query, types=[Person])._schema  # noqa: SLF001 - as above
    kind = schema.type_map["Person"]
    assert isinstance(kind, GraphQLObjectType)
    kind.fields["bsn"].resolve = None
    with pytest.raises(RulesDoNotFit) as raised:
        Guarding(RULES).apply(schema)
    assert str(raised.value) == "Person.bsn has no resolver to guard"
