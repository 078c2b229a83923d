"""Reads that are asked at once: one statement, and each its own answer."""

import asyncio
import logging
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any
from uuid import UUID, uuid4

import msgspec
import pytest
from sqlalchemy import (
    BigInteger,
    Boolean,
    Date,
    DateTime,
    Integer,
    SmallInteger,
    Text,
    Uuid,
    bindparam,
    cast,
    func,
    literal,
    select,
)
from sqlalchemy.types import TypeEngine

from gateway.deadline import Deadline
from gateway.errors import BadInput, DeadlineExceeded, RegisterUnavailable
from gateway.store.compiled import Compiled, Rows, by_key, compiled
from gateway.store.connections import Connections
from gateway.store.database import Connect, create_connections
from gateway.store.reader import Reader
from gateway.store.statements import Statements
from gateway.store.store import Store
from gateway.store.tables import metadata
from tests.store.rows import Rows as Inserted

pytestmark = pytest.mark.anyio

KINDS: dict[str, TypeEngine[Any]] = {
    "uuid": Uuid(),
    "text": Text(),
    "truth": Boolean(),
    "small": SmallInteger(),
    "whole": Integer(),
    "big": BigInteger(),
    "moment": DateTime(timezone=True),
    "day": Date(),
}
VALUES = select(*(bindparam(name, type_=kind) for name, kind in KINDS.items()))
AWKWARD = "'\"\\ \\u0041 \t\n\r\x01\x7f é 👋🏽 \u2028 </script> {} null"
SUMMER = timezone(timedelta(hours=2))
GIVEN: list[dict[str, object]] = [
    {
        "uuid": UUID("0ea6880b-b832-5af2-86d4-58c5ebd523a8"),
        "text": AWKWARD,
        "truth": True,
        "small": -(2**15),
        "whole": 2**31 - 1,
        "big": 2**63 - 1,
        "moment": datetime(2026, 7, 1, 0, 30, 1, 7, tzinfo=SUMMER),
        "day": date(2024, 2, 29),
    },
    {
        "uuid": UUID(int=0),
        "text": "",
        "truth": False,
        "small": 0,
        "whole": -(2**31),
        "big": -(2**63),
        "moment": datetime(1900, 1, 1, 0, 0, 0, 999999, UTC),
        "day": date(9999, 12, 31),
    },
    dict.fromkeys(KINDS),
]

Count = Callable[[], int]


@pytest.fixture
def reader(statements: Statements) -> Reader:
    return Reader(statements, Deadline.after(60))


@pytest.fixture
def run(caplog: pytest.LogCaptureFixture) -> Count:
    """How many statements were run."""
    caplog.set_level(logging.DEBUG, "gateway.store.statements")
    return lambda: len(caplog.messages)


def one(value: str) -> Compiled:
    """A statement that gives this text."""
    return by_key(select(literal(value)))


def plain(rows: Rows) -> list[tuple[object, ...]]:
    return [tuple(row) for row in rows]


def test_the_tables_have_columns_of_these_kinds_only() -> None:
    kinds = {type(c.type) for table in metadata.sorted_tables for c in table.columns}
    # Of the trails, and of what a mutation came to: never read with others.
    alone = {kind for kind in kinds if kind.__name__ in {"ARRAY", "JSONB"}}
    assert kinds - alone <= {type(kind) for kind in KINDS.values()}


@pytest.mark.parametrize("given", GIVEN, ids=["usual", "least", "none"])
async def test_a_value_is_the_same_alone_and_together(
    reader: Reader, given: dict[str, object]
) -> None:
    (alone,) = await reader.rows(compiled(VALUES), **given)
    ((together,), _) = await asyncio.gather(
        reader.rows(by_key(VALUES), **given), reader.rows(one("other"))
    )
    assert list(together) == list(alone) == list(given.values())
    assert list(map(type, together)) == list(map(type, alone))


async def test_a_moment_is_in_utc(reader: Reader) -> None:
    statement = by_key(select(bindparam("moment", type_=KINDS["moment"])))
    moment = datetime(2026, 7, 1, 0, 30, tzinfo=SUMMER)
    ((row,), _) = await asyncio.gather(
        reader.rows(statement, moment=moment), reader.rows(one("other"))
    )
    assert getattr(row[0], "tzinfo", None) is UTC


async def test_reads_of_one_turn_are_one_statement(reader: Reader, run: Count) -> None:
    many = [one(name) for name in "cab"]
    found = await asyncio.gather(*map(reader.rows, many))
    assert [plain(rows) for rows in found] == [[("c",)], [("a",)], [("b",)]]
    assert run() == 1
    await reader.rows(many[0])
    assert run() == 2


async def test_what_is_asked_twice_is_asked_once(
    rows: Inserted, store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    jan, piet = await rows.persoon(), await rows.persoon()
    caplog.set_level(logging.DEBUG, "gateway.store.statements")
    asked = ([jan], [jan], [piet])
    await asyncio.gather(*map(store.adressen.adressen_by_partij, asked))
    (statement,) = caplog.messages
    assert statement.count("FROM adressen") == 2


async def test_rows_keep_their_order_and_none_are_none(reader: Reader) -> None:
    number = func.generate_series(1, 200, type_=Integer).column_valued("number")
    down = select(number).order_by(number.desc())
    nobody = by_key(select(literal(1)).where(literal(1) == literal(2)))
    first, second = await asyncio.gather(reader.rows(by_key(down)), reader.rows(nobody))
    assert [row[0] for row in first] == list(range(200, 0, -1))
    assert plain(second) == []


async def test_what_may_be_slow_goes_alone(reader: Reader, run: Count) -> None:
    slow = compiled(select(literal("slow")))
    await asyncio.gather(*map(reader.rows, (one("a"), slow, one("b"))))
    assert run() == 2


async def test_different_requests_share_nothing(
    statements: Statements, run: Count
) -> None:
    readers = [Reader(statements, Deadline.after(60)) for _ in range(2)]
    await asyncio.gather(*(each.rows(one("a")) for each in readers))
    assert run() == 2


async def test_a_mistake_in_one_is_that_ones_only(reader: Reader) -> None:
    text = by_key(select(bindparam("text", type_=Text)))
    number = by_key(select(bindparam("number", type_=BigInteger)))
    found = await asyncio.gather(
        reader.rows(text, text="a"),
        reader.rows(text, text="NUL \0"),
        reader.rows(number, number=2**70),
        return_exceptions=True,
    )
    assert [type(each) for each in found[1:]] == [BadInput, BadInput]
    assert plain(found[0] if isinstance(found[0], list) else []) == [("a",)]


async def test_what_json_cannot_say_is_told_all_the_same(reader: Reader) -> None:
    always = cast(literal("infinity"), DateTime(timezone=True))
    moments = by_key(select(always.label("moment")))
    first, second = await asyncio.gather(
        reader.rows(moments), reader.rows(one("other"))
    )
    assert str(first[0][0]) == "9999-12-31 23:59:59.999999"  # as asyncpg says it
    assert plain(second) == [("other",)]


async def test_a_bug_in_reading_is_told_to_who_asked(reader: Reader) -> None:
    wrong = msgspec.structs.replace(one("a"), columns=(UUID,))
    found = await asyncio.gather(
        reader.rows(wrong), reader.rows(one("b")), return_exceptions=True
    )
    assert [type(each) for each in found] == [ValueError, list]


async def test_a_bug_in_starting_is_told_to_who_asked(reader: Reader) -> None:
    wrong = msgspec.structs.replace(one("a"), text=None)
    async with asyncio.timeout(5):
        found = await asyncio.gather(
            reader.rows(wrong), reader.rows(one("b")), return_exceptions=True
        )
    assert [type(each) for each in found] == [TypeError, TypeError]


async def test_what_takes_too_long_takes_nobody_along(database_url: str) -> None:
    opening = Connect(database_url, 0.2)
    statements = Statements(Connections(opening, 2, patience=60, longest=900))
    reader = Reader(statements, Deadline.after(60))
    endless = by_key(select(literal(1)).select_from(func.pg_sleep(60)))
    found = await asyncio.gather(
        reader.rows(endless), reader.rows(one("a")), return_exceptions=True
    )
    assert type(found[0]) is RegisterUnavailable
    assert plain(found[1] if isinstance(found[1], list) else []) == [("a",)]
    await statements.aclose()


async def test_who_has_gone_is_not_run_alone(database_url: str, run: Count) -> None:
    opening = Connect(database_url, 0.3)
    statements = Statements(Connections(opening, 1, patience=60, longest=900))
    reader = Reader(statements, Deadline.after(60))
    endless = by_key(select(literal(1)).select_from(func.pg_sleep(60)))
    gone, stays = (
        asyncio.create_task(reader.rows(each)) for each in (endless, one("a"))
    )
    await asyncio.sleep(0.1)
    gone.cancel()
    assert plain(await stays) == [("a",)]
    assert run() == 2
    await statements.aclose()


async def test_the_deadline_holds_for_all(statements: Statements) -> None:
    reader = Reader(statements, Deadline.after(0.1))
    slow = by_key(select(literal(1)).select_from(func.pg_sleep(0.4)))
    found = await asyncio.gather(
        reader.rows(slow), reader.rows(one("a")), return_exceptions=True
    )
    assert [type(each) for each in found] == [DeadlineExceeded] * 2


async def test_who_has_gone_takes_nobody_along(reader: Reader) -> None:
    slow = by_key(select(literal(1)).select_from(func.pg_sleep(0.2)))
    gone, stays = (asyncio.create_task(reader.rows(each)) for each in (slow, one("a")))
    await asyncio.sleep(0.05)
    gone.cancel()
    assert plain(await stays) == [("a",)]
    assert gone.cancelled()


async def test_when_all_have_gone_their_place_in_the_queue_is_left(
    database_url: str, run: Count
) -> None:
    statements = Statements(create_connections(database_url, pool_size=1))
    slow = compiled(select(literal(1)).select_from(func.pg_sleep(0.3)))
    running = asyncio.create_task(Reader(statements, Deadline.after(60)).rows(slow))
    await asyncio.sleep(0.05)
    reader = Reader(statements, Deadline.after(60))
    waiting = [asyncio.create_task(reader.rows(one(name))) for name in "ab"]
    await asyncio.sleep(0.05)
    for each in waiting:
        each.cancel()
    await asyncio.wait(waiting)
    await asyncio.sleep(0)
    left = [task for task in asyncio.all_tasks() if "_fetch" in repr(task)]
    assert len(left) == 1  # the slow one
    await running
    await statements.aclose()


async def test_the_same_reads_are_the_same_statement_in_any_order(
    store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, "gateway.store.statements")
    partijen = store.partijen
    reads = [
        partijen.externe_identificaties_by_partij,
        partijen.rekeningnummers_by_partij,
    ]
    for order in (reads, reads[::-1]):
        await asyncio.gather(*(read([uuid4()]) for read in order))
    first, second = caplog.messages
    assert first == second
