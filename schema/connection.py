"""Relay connections over the store's pages."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Annotated, Generic, TypeVar

import msgspec
import strawberry

from gateway.execution.batch import batch
from gateway.store.keyset import Page, Slice

T = TypeVar("T")
R = TypeVar("R")
Q = TypeVar("Q")

First = Annotated[
    int | None,
    strawberry.argument(
        description="Hoeveel vanaf het begin, of na `after`: ten minste 1, ten hoogste"
        " het maximum van deze gateway (standaard 100). Zonder `first` en `last`: 20."
    ),
]
After = Annotated[
    str | None,
    strawberry.argument(description="Na welke cursor; hoort bij `first`."),
]
Last = Annotated[
    int | None,
    strawberry.argument(description="Hoeveel vanaf het eind, of voor `before`."),
]
Before = Annotated[
    str | None,
    strawberry.argument(description="Voor welke cursor; hoort bij `last`."),
]


class PageOf(msgspec.Struct, Generic[R, Q], frozen=True):
    """A page of records, and how to count the list it is a part of.

    Attributes:
        page: from the store.
        question: what was asked of the store.
        count: answers questions with the number of rows on all pages together.
    """

    page: Page[R]
    question: Q
    count: Callable[[Sequence[Q]], Awaitable[list[int]]]


class EdgeOf(msgspec.Struct, Generic[R], frozen=True):
    """A record and its cursor."""

    node: R
    cursor: str


@strawberry.type(description="Waar een pagina ligt in de hele lijst.")
class PageInfo:
    """A view of `Page`."""

    has_next_page: bool = strawberry.field(
        description="Of er na deze pagina nog meer is."
    )
    has_previous_page: bool = strawberry.field(
        description="Of er voor deze pagina nog iets is."
    )
    start_cursor: str | None = strawberry.field(
        description="De cursor van het eerste op deze pagina."
    )
    end_cursor: str | None = strawberry.field(
        description="De cursor van het laatste op deze pagina."
    )


@strawberry.type(description="Een plaats in een lijst.")
class Edge(Generic[T]):
    """A view of `EdgeOf`."""

    node: T = strawberry.field(description="Wat op deze plaats staat.")
    cursor: str = strawberry.field(
        description="De plaats zelf, voor `after` en `before`; hoort bij deze lijst,"
        " dit filter en deze volgorde."
    )


@strawberry.type(description="Een pagina van een lijst.")
class Connection(Generic[T]):
    """A view of `PageOf`."""

    @batch(list[Edge[T]], description="Wat op de pagina staat, met cursors.")
    def edges(parents: Sequence[PageOf[R, Q]]) -> list[list[EdgeOf[R]]]:
        return [
            [
                EdgeOf(node, cursor)
                for node, cursor in zip(
                    parent.page.nodes, parent.page.cursors, strict=True
                )
            ]
            for parent in parents
        ]

    @batch(list[T], description="Wat op de pagina staat, zonder cursors.")
    def nodes(parents: Sequence[PageOf[R, Q]]) -> list[list[R]]:
        return [parent.page.nodes for parent in parents]

    @batch(PageInfo, description="Waar de pagina ligt in de hele lijst.")
    def page_info(parents: Sequence[PageOf[R, Q]]) -> list[Page[R]]:
        return [parent.page for parent in parents]

    @batch(
        int | None,
        description="Hoeveel er op alle pagina's samen staan. Wordt alleen geteld als"
        " het gevraagd is; bij lange lijsten kost dat tijd.",
    )
    async def total_count(parents: Sequence[PageOf[R, Q]]) -> list[int]:
        kinds = {parent.count for parent in parents}
        counted = await asyncio.gather(
            *(
                count([each.question for each in parents if each.count == count])
                for count in kinds
            )
        )
        numbers = {
            count: iter(found) for count, found in zip(kinds, counted, strict=True)
        }
        return [next(numbers[parent.count]) for parent in parents]


def slice_of(
    first: int | None, after: str | None, last: int | None, before: str | None
) -> Slice:
    """Keep the four arguments together."""
    return Slice(given(first), given(after), given(last), given(before))


def given(value: T | None) -> T | None:
    """The value of an argument or input field; None when it was left out."""
    return None if value is strawberry.UNSET else value
