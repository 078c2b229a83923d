from datetime import UTC, datetime
from uuid import UUID

import msgspec
import pytest

from gateway.errors import BadInput, LimitExceeded
from gateway.store.keyset import Limits, Order, Page, Slice, Window, page_of, window
from tests.store.rows import limits


class Row(msgspec.Struct, frozen=True):
    at: datetime
    id: UUID


def row(number: int) -> Row:
    return Row(datetime(2026, 1, number, 12, 30, 1, 7, tzinfo=UTC), UUID(int=number))


ORDER = Order("op_dag", tuple[datetime, UUID], lambda it: (it.at, it.id), True)
WHOLE = Slice()
OTHER = Order("anders", tuple[datetime, UUID], lambda it: (it.at, it.id), True)


def asked(part: Slice, question: object = "q", order: Order = ORDER) -> Window:
    return window(part, order, limits(50), question=question)


def cursor(question: object = "q", order: Order = ORDER) -> str:
    page: Page[Row] = page_of([row(3)], order, asked(WHOLE, question, order))
    return page.cursors[0]


def test_a_cursor_gives_back_the_key_it_was_made_of() -> None:
    there = row(3)
    assert asked(Slice(after=cursor())).key == (there.at, there.id)
    assert asked(Slice(last=5, before=cursor())) == Window(
        limit=5, backward=True, key=(there.at, there.id), binding=asked(WHOLE).binding
    )


def test_without_a_size_a_page_has_twenty_rows_or_the_maximum() -> None:
    assert asked(WHOLE).limit == 20
    assert window(Slice(), ORDER, limits(7), question=None).limit == 7


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"first": 0}, "first: must be at least 1"),
        ({"last": -1}, "last: must be at least 1"),
        ({"first": 1, "last": 1}, "last: cannot be combined with first"),
        ({"after": "x", "before": "y"}, "before: cannot be combined with after"),
        ({"last": 1, "after": "x"}, "after: goes with first; use before with last"),
        ({"before": "x"}, "before: goes with last; use after with first"),
        ({"after": ""}, "after: is not a cursor of this list"),
        ({"after": "999993653"}, "after: is not a cursor of this list"),
        ({"after": "é"}, "after: is not a cursor of this list"),
        ({"after": "e30="}, "after: is not a cursor of this list"),
        ({"last": 1, "before": "bnVsbA=="}, "before: is not a cursor of this list"),
    ],
)
def test_a_part_that_cannot_be_is_refused(
    given: dict[str, object], message: str
) -> None:
    with pytest.raises(BadInput) as refused:
        asked(msgspec.convert(given, Slice))
    assert str(refused.value) == message
    assert refused.value.extensions["argument"] == message.partition(":")[0]


@pytest.mark.parametrize("name", ["first", "last"])
def test_more_than_a_page_is_refused_naming_limit_and_value(name: str) -> None:
    with pytest.raises(LimitExceeded) as refused:
        asked(msgspec.convert({name: 100_000}, Slice))
    assert str(refused.value) == f"{name}: must be at most 50"


@pytest.mark.parametrize("elsewhere", [cursor("other filter"), cursor(order=OTHER)])
def test_a_cursor_of_another_filter_or_order_is_refused(elsewhere: str) -> None:
    with pytest.raises(BadInput, match="after: is a cursor of another list, filter"):
        asked(Slice(after=elsewhere))


def test_a_cursor_does_not_tell_what_was_asked_without_the_secret() -> None:
    asked_for = {"bsn": "999993653"}
    bindings = {
        window(WHOLE, ORDER, Limits(50, secret), question=asked_for).binding
        for secret in (b"one", b"two", b"three")
    }
    assert len(bindings) == 3
    assert {len(binding) for binding in bindings} == {4}


@pytest.mark.parametrize(
    ("given", "found", "before", "after"),
    [
        ({"first": 2}, 3, False, True),
        ({"first": 2}, 2, False, False),
        ({"first": 2, "after": cursor()}, 1, True, False),
        ({"last": 2}, 3, True, False),
        ({"last": 2, "before": cursor()}, 2, False, True),
    ],
)
def test_a_page_tells_whether_there_is_more(
    given: dict[str, object], found: int, before: bool, after: bool
) -> None:
    rows = [row(number) for number in range(1, found + 1)]
    page: Page[Row] = page_of(rows, ORDER, asked(msgspec.convert(given, Slice)))
    assert (page.has_previous_page, page.has_next_page) == (before, after)
    assert len(page.nodes) == min(found, 2)


def test_a_page_from_the_end_is_in_the_lists_own_order() -> None:
    page: Page[Row] = page_of([row(1), row(2), row(3)], ORDER, asked(Slice(last=2)))
    assert page.nodes == [row(2), row(1)]
    assert (page.start_cursor, page.end_cursor) == tuple(page.cursors)


def test_an_empty_page_has_no_cursors() -> None:
    page: Page[Row] = page_of([], ORDER, asked(WHOLE))
    assert (page.start_cursor, page.end_cursor) == (None, None)
