"""What is remembered of a document, and what is looked at each time."""

from collections import Counter
from dataclasses import dataclass, field, replace

import pytest
import strawberry
from graphql import (
    ASTValidationRule,
    DocumentNode,
    OperationDefinitionNode,
    ValidationContext,
)
from strawberry.extensions import AddValidationRules

from gateway.checking.checks import CheckOperation
from gateway.checking.limits import USUAL, OperationLimits
from gateway.execution.documents import (
    MOST_CHARACTERS,
    OWN_CHARACTERS,
    Documents,
    Execution,
)
from gateway.execution.hook import BreadthFirst

pytestmark = pytest.mark.anyio


@dataclass
class Context:
    """One request.

    Attributes:
        operations: those that ran, as they were parsed.
    """

    operation_limits: OperationLimits
    execution: Execution
    operations: list[OperationDefinitionNode]


@strawberry.type
class Row:
    name: str = "row"
    rows: list["Row"] = strawberry.field(default_factory=list)


@strawberry.type
class Query:
    @strawberry.field
    def rows(self, info: strawberry.Info[Context, None], first: int = 1) -> list[Row]:
        info.context.operations.append(info.operation)
        return [Row() for _ in range(min(first, 2))]


@dataclass
class Asking:
    """Asks, and counts what is done about it.

    Attributes:
        execution: what is remembered.
        seen: how many documents were validated, and operations weighed.
        operations: those that ran.
    """

    execution: Execution = field(default_factory=Execution)
    seen: Counter[str] = field(default_factory=Counter)
    operations: list[OperationDefinitionNode] = field(default_factory=list)

    def __post_init__(self) -> None:
        rules = AddValidationRules([validating(self.seen)])
        self._schema = strawberry.Schema(
            Query,
            extensions=[CheckOperation, lambda: rules],
            execution_context_class=BreadthFirst,
        )
        self.limits = weighing(self.seen)

    async def __call__(
        self, query: str, name: str | None = None, **variables: object
    ) -> list[str]:
        """Give the messages of the errors."""
        result = await self._schema.execute(
            query,
            variable_values=variables,
            operation_name=name,
            context_value=Context(self.limits, self.execution, self.operations),
        )
        return [error.message for error in result.errors or []]

    def is_known(self, query: str) -> bool:
        return self.execution.documents.find(query, self.limits) is not None


def validating(seen: Counter[str]) -> type[ASTValidationRule]:
    class Counting(ASTValidationRule):
        def __init__(self, context: ValidationContext) -> None:
            super().__init__(context)
            seen["validated"] += 1

    return Counting


def weighing(seen: Counter[str]) -> OperationLimits:
    class Most(int):
        """A limit that counts how often something is compared with it."""

        def __lt__(self, found: int) -> bool:
            seen["weighed"] += 1
            return super().__lt__(found)

    return OperationLimits(
        max_characters=200,
        max_tokens=100,
        max_depth=3,
        max_cost=Most(20),
        max_aliases=5,
        max_same_fields=5,
        max_root_fields=5,
        introspection=True,
    )


ROWS = "query ($n: Int) { rows(first: $n) { name } }"


@pytest.fixture
def ask() -> Asking:
    return Asking()


async def test_what_is_asked_again_is_not_parsed_validated_or_weighed(
    ask: Asking,
) -> None:
    for _ in range(3):
        assert await ask(ROWS, n=2) == []
    assert ask.seen == {"validated": 1, "weighed": 1}
    first, *others = ask.operations
    assert [each is first for each in others] == [True, True]


async def test_pages_of_another_size_are_weighed(ask: Asking) -> None:
    refused = ["query: cost: at most 20, found 21"]
    for size, told in ((20, []), (21, refused), (21, refused), (20, []), (19, [])):
        assert await ask(ROWS, n=size) == told
    assert ask.seen == {"validated": 1, "weighed": 4}


async def test_what_asks_too_much_is_refused_each_time(ask: Asking) -> None:
    query = "{ rows(first: 21) { name } }"
    for _ in range(3):
        assert await ask(query) == ["query: cost: at most 20, found 21"]
    assert ask.seen["weighed"] == 3
    assert not ask.is_known(query)


async def test_of_one_document_sixteen_sizes_are_remembered(ask: Asking) -> None:
    for size in (*range(16), *range(16)):
        assert await ask(ROWS, n=size) == []
    assert ask.seen["weighed"] == 16
    for size in (16, 1, 0):
        assert await ask(ROWS, n=size) == []
    assert ask.seen == {"validated": 1, "weighed": 18}


async def test_under_other_limits_a_document_is_measured_anew(ask: Asking) -> None:
    query = "{ __typename rows(first: 10) { name } }"
    usual = ask.limits
    assert await ask(query) == []
    ask.limits = replace(usual, max_cost=9)
    assert await ask(query) == ["query: cost: at most 9, found 10"]
    ask.limits = replace(usual, max_characters=10)
    assert await ask(query) == ["query: characters: at most 10, found 39"]
    ask.limits = usual
    assert await ask(query) == []
    assert ask.seen["validated"] == 1


async def test_what_introspects_is_refused_where_that_is_off_though_it_is_known(
    ask: Asking,
) -> None:
    query = "{ __schema { description } }"
    assert await ask(query) == []
    ask.limits = replace(ask.limits, introspection=False)
    assert await ask(query) == ["__schema: introspection is switched off here"]


async def test_another_operation_of_the_same_document_is_weighed(ask: Asking) -> None:
    query = """
      query Small { rows(first: 1) { name } }
      query Large { rows(first: 99) { name } }
    """
    refused = ["query: cost: at most 20, found 99"]
    unnamed = ["operationName: must name one of the 2 operations of the document"]
    for name, told in (("Small", []), ("Large", refused), (None, unnamed)):
        for _ in range(2):
            assert await ask(query, name) == told
    assert ask.seen == {"validated": 1, "weighed": 3}


async def test_wrong_variables_are_told_each_time(ask: Asking) -> None:
    assert await ask(ROWS, n=1) == []
    for _ in range(2):
        assert await ask(ROWS, n="x") == [
            "$n: must be a whole number of at most 32 bits"
        ]
    assert ask.seen["validated"] == 1


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("{ nothing }", "Cannot query field 'nothing' on type 'Query'."),
        ("{ rows(first: $n) { name } }", "Variable '$n' is not defined."),
        ("{ rows { name }", "Syntax Error: Expected Name, found <EOF>."),
        ("{ rows(first: %s) { name } }" % ("1" * 101), "query: must not hold a number of more than 100 characters"),
    ],
)  # fmt: skip
async def test_a_document_that_is_not_valid_is_not_kept(
    ask: Asking, query: str, told: str
) -> None:
    ask.limits = replace(ask.limits, max_cost=10**9)
    for _ in range(2):
        assert await ask(query) == [told]
    assert not ask.is_known(query)


NODE = DocumentNode(definitions=())


def test_the_least_recent_goes_when_there_are_too_many_characters() -> None:
    documents = Documents()
    lengths = (200_000, 200_000, 100_000 - 3 * OWN_CHARACTERS, 1)
    texts = [letter * length for letter, length in zip("abcd", lengths, strict=True)]
    for text in texts[:3]:
        documents.keep(text, NODE, limits=USUAL, sizes=[])
    assert documents.find(texts[0], USUAL) is not None  # then the second is
    documents.keep(texts[3], NODE, limits=USUAL, sizes=[])
    found = [documents.find(text, USUAL) is not None for text in texts]
    assert found == [True, False, True, True]


def test_what_is_longer_than_all_may_be_is_not_kept_and_takes_nothing_along() -> None:
    documents = Documents()
    documents.keep("short", NODE, limits=USUAL, sizes=[])
    text = "a" * (MOST_CHARACTERS - OWN_CHARACTERS + 1)
    assert documents.keep(text, NODE, limits=USUAL, sizes=[]).node is NODE
    assert documents.find(text, USUAL) is None
    assert documents.find("short", USUAL) is not None


def test_a_document_is_known_by_a_hash_of_every_character() -> None:
    documents = Documents()
    texts = ["{ a }", "{ a } ", "{ \ud800 }", "{ \ud801 }", ""]
    for text in texts:
        assert documents.find(text, USUAL) is None
        documents.keep(text, NODE, limits=USUAL, sizes=[])
    known = list(documents._known)  # noqa: SLF001 - what it is known by
    assert [(type(key), len(key)) for key in known] == [(bytes, 16)] * 5
    assert not any(
        text and text.encode(errors="replace") in b"".join(known) for text in texts
    )
