"""What is refused before validation; the rest is in the tests of the edge."""

from dataclasses import dataclass

import pytest
import strawberry

from gateway.checking.checks import CheckOperation
from gateway.checking.limits import OperationLimits
from gateway.settings.limits import LimitSettings

pytestmark = pytest.mark.anyio


@strawberry.type
class Query:
    @strawberry.field
    def said(self, words: str = "") -> str:
        return words

    @strawberry.field
    def counted(self, numbers: list[int], first: int = 0) -> int:
        return sum(numbers) + first


@dataclass
class Carried:
    operation_limits: OperationLimits


schema = strawberry.Schema(Query, extensions=[CheckOperation])


async def told(query: str, **given: object) -> list[str]:
    name = given.pop("name", None)
    assert name is None or isinstance(name, str)
    result = await schema.execute(query, variable_values=given, operation_name=name)
    return [error.message for error in result.errors or []]


async def test_an_operation_that_is_as_it_should_be_runs() -> None:
    assert await told("query A { said } query B { said }", name="B") == []
    assert await told("query ($w: String!) { said(words: $w) }", w="ja") == []


async def test_several_operations_need_a_name() -> None:
    (message,) = await told("query A { said } query B { said }")
    assert message == (
        "operationName: must name one of the 2 operations of the document"
    )


@pytest.mark.parametrize(
    ("query", "given", "message"),
    [
        (
            "query ($w: String!) { said(words: $w) }",
            {},
            "$w: is required",
        ),
        (
            "query ($w: String!) { said(words: $w) }",
            {"w": "a\x00b"},
            "$w: must not hold a NUL character",
        ),
        (
            r'{ said(words: "\u0000") }',
            {},
            "query: must not hold a NUL character",
        ),
    ],
)
async def test_what_breaks_a_rule_is_told(
    query: str, given: dict[str, object], message: str
) -> None:
    assert await told(query, **given) == [message]


MORE = "There are more errors than these 20."


async def test_of_wrong_values_no_more_is_told_than_anybody_mends() -> None:
    query = "query ($n: [Int!]!) { counted(numbers: $n) }"
    for number, more in ((20, []), (21, [MORE]), (1000, [MORE])):
        found = await told(query, n=["x"] * number)
        rule = "must be a whole number of at most 32 bits"
        assert found == [*(f"$n[{index}]: {rule}" for index in range(20)), *more]


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ("field{}", "Cannot query field 'field{}' on type 'Query'."),
        ("n{0}: counted(numbers: $n{0})", "Variable '$n{}' is not defined."),
    ],
)
async def test_of_a_wrong_document_no_more_is_told_than_anybody_mends(
    asked: str, message: str
) -> None:
    for number, more in ((1, []), (20, []), (21, [MORE])):
        fields = " ".join(asked.format(index) for index in range(number))
        limits = OperationLimits.of(
            LimitSettings(max_root_fields=21), has_issuers=False
        )
        result = await schema.execute(f"{{ {fields} }}", context_value=Carried(limits))
        first = [message.format(index) for index in range(min(number, 20))]
        assert [error.message for error in result.errors or []] == [*first, *more]


@pytest.mark.parametrize("number", ["{}", "-{}", "{}.5", "{}e5", "1e{}", "1e-{}"])
@pytest.mark.parametrize(
    "query",
    [
        "{{ counted(numbers: [{}]) }}",
        "{{ counted(numbers: [], first: {}) }}",
        "query ($n: Int = {}) {{ counted(numbers: [], first: $n) }}",
        "{{ said @skip(if: {}) }}",
    ],
)
async def test_a_number_of_any_number_of_digits_is_the_callers_mistake(
    number: str, query: str
) -> None:
    result = await schema.execute(query.format(number.format("9" * 5_000)))
    (error,) = result.errors or []
    assert error.extensions == {"code": "BAD_INPUT", "argument": "query"}
    assert str(error.message) == (
        "query: must not hold a number of more than 100 characters"
    )


async def test_digits_that_are_no_number_may_be_many() -> None:
    digits = "9" * 5_000
    assert await told(f'{{ said(words: "{digits}") }} # {digits}') == []
    assert await told(f"{{ a{digits}: said }}") == []
