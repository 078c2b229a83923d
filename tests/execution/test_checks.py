"""What is refused before validation; the rest is in the tests of the edge."""

import pytest
import strawberry

from gateway.execution.checks import CheckOperation

pytestmark = pytest.mark.anyio


@strawberry.type
class Query:
    @strawberry.field
    def said(self, words: str = "") -> str:
        return words


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
