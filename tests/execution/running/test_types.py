"""Of which type a record is, where that takes more than its class."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Annotated

import pytest
import strawberry
from strawberry.extensions import ParserCache
from strawberry.types import ExecutionResult

from gateway.execution.batch import batch, view
from gateway.execution.documents import Execution
from gateway.execution.hook import BreadthFirst
from gateway.execution.loader import Loader

pytestmark = pytest.mark.anyio


@dataclass(frozen=True)
class Partij:
    """One class for two types."""

    soort: str
    naam: str


@dataclass(frozen=True)
class Ander:
    """One class for one type."""

    naam: str = "ander"


@dataclass
class Context:
    execution: Execution
    loaders: list[Loader] = field(default_factory=list)


@strawberry.interface
class Genoemd:
    naam: str

    @batch(str, description="")
    async def groet(parents: Sequence[Partij | Ander]) -> list[str]:
        return [f"dag {each.naam}, van {len(parents)}" for each in parents]


@strawberry.type
class Persoon(Genoemd):
    @classmethod
    def is_type_of(cls, value: object, _info: object) -> bool:
        return isinstance(value, Partij) and value.soort == "persoon"


@strawberry.type
class Organisatie(Genoemd):
    @classmethod
    def is_type_of(cls, value: object, _info: object) -> bool:
        return isinstance(value, Partij) and value.soort == "organisatie"


@strawberry.type(name="Ander")
@view(Ander)
class AnderView(Genoemd):
    pass


Iets = Annotated[Persoon | Organisatie, strawberry.union("Iets")]
JAN, BV = Partij("persoon", "Jan"), Partij("organisatie", "BV")
MIXED = [JAN, BV, Ander(), Partij("persoon", "Piet"), Partij("organisatie", "NV")]
"""Both kinds, and another way round each time that it is asked."""


@strawberry.type
class Query:
    @batch(list[Genoemd | None], description="")
    async def genoemd(parents: Sequence[None], back: bool = False) -> list[object]:
        return [MIXED[::-1] if back else MIXED for _ in parents]

    @batch(Iets | None, description="")
    async def iets(parents: Sequence[None], soort: str = "") -> list[object]:
        return [Partij(soort, soort) for _ in parents]

    @batch(list[Persoon | None], description="")
    async def personen(parents: Sequence[None]) -> list[object]:
        return [[JAN, BV, JAN, Ander(), None, "Jan"] for _ in parents]


SCHEMA = strawberry.Schema(
    Query,
    types=[Persoon, Organisatie, AnderView],
    extensions=[ParserCache],
    execution_context_class=BreadthFirst,
)


async def ask(query: str, execution: Execution, **variables: object) -> ExecutionResult:
    running = SCHEMA.execute(
        query, variable_values=variables, context_value=Context(execution)
    )
    result = await asyncio.wait_for(running, 5)
    assert isinstance(result, ExecutionResult)
    return result


both = pytest.mark.parametrize("breadth_first", [True, False])

GENOEMD = """query ($back: Boolean!) { genoemd(back: $back) {
  __typename
  ... on Persoon { naam }
  ... on Organisatie { naam groet }
  ... on Ander { groet naam }
} }"""


@both
async def test_a_record_is_of_the_type_that_its_value_says_each_time(
    breadth_first: bool,
) -> None:
    execution = Execution(breadth_first=breadth_first)
    rows = [
        {"__typename": "Persoon", "naam": "Jan"},
        {"__typename": "Organisatie", "naam": "BV", "groet": "dag BV, van 3"},
        {"__typename": "Ander", "groet": "dag ander, van 3", "naam": "ander"},
        {"__typename": "Persoon", "naam": "Piet"},
        {"__typename": "Organisatie", "naam": "NV", "groet": "dag NV, van 3"},
    ]
    for back in (False, True, True, False):
        result = await ask(GENOEMD, execution, back=back)
        wanted = rows[::-1] if back else rows
        assert (result.data, result.errors) == ({"genoemd": wanted}, None)


@both
async def test_so_is_one_in_a_union_and_what_is_neither_is_an_error(
    breadth_first: bool,
) -> None:
    execution = Execution(breadth_first=breadth_first)
    query = "query ($of: String!) { iets(soort: $of) { __typename } }"
    for soort, name in (("persoon", "Persoon"), ("organisatie", "Organisatie")):
        result = await ask(query, execution, of=soort)
        assert (result.data, result.errors) == ({"iets": {"__typename": name}}, None)
    result = await ask(query, execution, of="samenwerking")
    assert result.data == {"iets": None}
    assert [error.path for error in result.errors or []] == [["iets"]]


@both
async def test_a_record_that_is_not_of_the_fields_own_type_is_an_error(
    breadth_first: bool,
) -> None:
    execution = Execution(breadth_first=breadth_first)
    for _ in range(2):
        result = await ask("{ personen { naam } }", execution)
        jan = {"naam": "Jan"}
        assert result.data == {"personen": [jan, None, jan, None, None, None]}
        assert [(each.path, each.message) for each in result.errors or []] == [
            (["personen", nr], f"Expected value of type 'Persoon' but got: {what}.")
            for nr, what in (
                (1, "<Partij instance>"),
                (3, "<Ander instance>"),
                (5, "'Jan'"),
            )
        ]
