"""Which plans are remembered, and that they hold nothing of who asked."""

import asyncio
import gc
import weakref
from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest
import strawberry
from graphql import DocumentNode, ExecutionResult, parse

from gateway.execution.batch import batch
from gateway.execution.documents import Execution
from gateway.execution.hook import BreadthFirst
from gateway.execution.planning.plan import Plan
from gateway.execution.planning.plans import (
    MOST_CHARACTERS,
    OWN_CHARACTERS,
    Plans,
)

pytestmark = pytest.mark.anyio


@strawberry.type
class Thing:
    name: str
    size: int | None

    @batch(str | None, description="")
    async def shared(parents: Sequence["Thing"], word: str = "") -> list[object]:
        await asyncio.sleep(0)
        return [ValueError("no"), *(f"{p.name}{word}" for p in parents[1:])]


@strawberry.type
class Query:
    @strawberry.field
    def things(self) -> list[Thing]:
        return [Thing(name=name, size=None) for name in "ab"]

    @strawberry.field
    async def awaited(self) -> list[Thing] | None:
        raise ValueError("not there")


@dataclass(eq=False)
class Context:
    execution: Execution = field(default_factory=Execution)


def made() -> strawberry.Schema:
    return strawberry.Schema(Query, execution_context_class=BreadthFirst)


SCHEMA = made()


def executor(
    document: DocumentNode,
    variables: dict[str, object] | None = None,
    *,
    schema: strawberry.Schema = SCHEMA,
    name: str | None = None,
    context: Context | None = None,
) -> BreadthFirst:
    built = BreadthFirst.build(
        schema._schema,  # noqa: SLF001 - not public
        document,
        context_value=context,
        raw_variable_values=variables or {},
        operation_name=name,
    )
    assert isinstance(built, BreadthFirst)
    return built


def test_an_operation_is_planned_once() -> None:
    plans, document = (
        Plans(),
        parse("query ($w: String) { things { shared(word: $w) } }"),
    )
    first = plans.plan(executor(document, {"w": "x"}))
    assert plans.plan(executor(document, {"w": "y"})) is first
    assert plans.plan(executor(document)) is first


def test_each_operation_of_a_document_has_its_own_plan() -> None:
    plans = Plans()
    document = parse("query A { things { name } } query B { things { name } }")
    (first, second) = (plans.plan(executor(document, name=name)) for name in "AB")
    assert first is not second
    assert plans.plan(executor(document, name="A")) is first


def test_a_document_that_is_parsed_anew_is_planned_anew() -> None:
    plans, text = Plans(), "{ things { name } }"
    document, again = parse(text), parse(text)
    first = plans.plan(executor(document))
    assert plans.plan(executor(again)) is not first
    assert plans.plan(executor(document)) is first


def test_the_same_document_on_another_schema_is_planned_anew() -> None:
    plans, document = Plans(), parse("{ things { name } }")
    first = plans.plan(executor(document))
    assert plans.plan(executor(document, schema=made())) is not first


CONDITIONS = """
  query ($a: Boolean! $b: Boolean = true $word: String) {
    things { name @skip(if: $a) ...More }
  }
  fragment More on Thing { size @include(if: $b) shared(word: $word) }
"""


def test_a_plan_is_of_one_outcome_of_its_conditions() -> None:
    plans, document = Plans(), parse(CONDITIONS)
    outcomes: list[dict[str, object]] = [
        {"a": True, "b": True},
        {"a": True, "b": False},
        {"a": False, "b": True},
        {"a": False, "b": False},
    ]
    found = [plans.plan(executor(document, each)) for each in outcomes]
    assert len(set(map(id, found))) == 4
    assert [
        plans.plan(executor(document, {**each, "word": "x"})) for each in outcomes
    ] == found
    assert (
        plans.plan(executor(document, {"a": True})) is found[0]
    )  # by the default of $b


def test_of_one_operation_sixteen_outcomes_are_remembered() -> None:
    names = "abcde"
    defined = " ".join(f"${name}: Boolean!" for name in names)
    skips = " ".join(f"{name}: __typename @skip(if: ${name})" for name in names)
    plans, document = Plans(), parse(f"query ({defined}) {{ {skips} }}")

    def plan(number: int) -> Plan:
        bits = {name: bool(number >> at & 1) for at, name in enumerate(names)}
        return plans.plan(executor(document, {**bits}))

    first = [plan(number) for number in range(16)]
    assert [plan(number) for number in range(16)] == first
    plan(16)
    assert [plan(number) for number in range(1, 16)] == first[1:]
    assert plan(0) is not first[0]


def padded(count: int) -> DocumentNode:
    """Parse a document that counts for so many characters."""
    text = "{ __typename }"
    return parse(text + " " * (count - OWN_CHARACTERS - len(text)))


def test_the_least_recent_goes_when_there_are_too_many_characters() -> None:
    plans = Plans()
    documents = [padded(MOST_CHARACTERS // 4) for _ in range(5)]
    first = [plans.plan(executor(each)) for each in documents[:4]]
    assert [plans.plan(executor(each)) for each in documents[:4]] == first
    plans.plan(executor(documents[4]))
    assert [plans.plan(executor(each)) for each in documents[1:4]] == first[1:]
    assert plans.plan(executor(documents[0])) is not first[0]


TWO_CONDITIONS = """query ($a: Boolean! $b: Boolean!) {
  a: __typename @skip(if: $a) b: __typename @skip(if: $b) }"""


@pytest.mark.parametrize(("more", "is_kept"), [(0, True), (1, False)])
def test_an_operation_counts_as_often_as_it_may_have_outcomes(
    more: int, is_kept: bool
) -> None:
    plans, other = Plans(), padded(MOST_CHARACTERS // 2)
    known = plans.plan(executor(other))
    length = MOST_CHARACTERS // 8 - OWN_CHARACTERS + more  # with four outcomes
    document = parse(TWO_CONDITIONS + " " * (length - len(TWO_CONDITIONS)))
    plans.plan(executor(document, {"a": False, "b": False}))
    assert (plans.plan(executor(other)) is known) is is_kept


def test_what_counts_for_more_than_all_may_is_planned_each_time() -> None:
    plans, large = Plans(), padded(MOST_CHARACTERS + 1)
    assert plans.plan(executor(large)) is not plans.plan(executor(large))


EVERYTHING = """
  query ($a: Boolean! $word: String) {
    things { name @skip(if: $a) size shared(word: $word) }
    awaited { name }
  }
"""


async def test_nothing_of_a_request_is_kept() -> None:
    execution, document = Execution(), parse(EVERYTHING)
    context = Context(execution)
    built = executor(document, {"a": False, "word": "secret"}, context=context)
    result = await built.execute_operation()  # type: ignore[misc]
    assert isinstance(result, ExecutionResult)
    assert [error.path for error in result.errors or []] == [
        ["things", 0, "shared"],
        ["awaited"],
    ]
    kept = weakref.ref(built), weakref.ref(context)
    plan = execution.plans.plan(executor(document, {"a": False}))
    del built, context, result
    gc.collect()
    assert [each() for each in kept] == [None, None]
    assert execution.plans.plan(executor(document, {"a": False})) is plan
