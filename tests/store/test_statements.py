"""Until when a statement is waited for, and what becomes of it then."""

import asyncio
import time

import pytest
from sqlalchemy import Integer, cast, func, literal, select, text
from sqlalchemy.ext.asyncio import AsyncEngine

from gateway.deadline import Deadline
from gateway.errors import DeadlineExceeded
from gateway.store.compiled import Compiled, compiled
from gateway.store.database import create_connections
from gateway.store.reader import Reader
from gateway.store.statements import Statements
from tests.store.relay import Relay

pytestmark = pytest.mark.anyio

ONE = compiled(select(literal(1)))


def asleep(seconds: float) -> Compiled:
    """A statement that takes so long."""
    return compiled(select(literal(1)).select_from(func.pg_sleep(seconds)))


async def test_what_ends_in_time_gives_its_rows(statements: Statements) -> None:
    reader = Reader(statements, Deadline.after(10))
    assert [tuple(row) for row in await reader.rows(ONE)] == [(1,)]


async def test_after_the_deadline_nothing_is_run(
    statements: Statements, database: AsyncEngine
) -> None:
    reader = Reader(statements, Deadline.after(0))
    with pytest.raises(DeadlineExceeded):
        await reader.rows(ONE)
    ours = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
    async with database.connect() as connection:
        assert await connection.scalar(text(ours)) == 1  # which is this one


async def test_what_is_given_up_keeps_its_connection(
    database_url: str,
) -> None:
    statements = Statements(create_connections(database_url, pool_size=1))
    pid = compiled(select(func.pg_backend_pid(type_=Integer)))
    (before,) = await Reader(statements, Deadline.after(60)).rows(pid)
    slow = asleep(0.2)
    for _ in range(3):
        with pytest.raises(DeadlineExceeded):
            await Reader(statements, Deadline.after(0.05)).rows(slow)
    (after,) = await Reader(statements, Deadline.after(60)).rows(pid)
    assert after == before
    await statements.aclose()


async def test_what_waits_for_a_connection_when_it_is_given_up_leaves_the_queue(
    database_url: str,
) -> None:
    statements = Statements(create_connections(database_url, pool_size=1))
    slow = asleep(0.5)
    running = asyncio.create_task(Reader(statements, Deadline.after(60)).rows(slow))
    await asyncio.sleep(0.1)
    waiting = [
        asyncio.create_task(Reader(statements, Deadline.after(0.1)).rows(slow))
        for _ in range(10)
    ]
    await asyncio.wait(waiting)
    assert [type(each.exception()) for each in waiting] == [DeadlineExceeded] * 10
    begun = time.monotonic()
    await Reader(statements, Deadline.after(60)).rows(ONE)
    assert time.monotonic() - begun < 1.0  # not ten times as long
    await running
    await statements.aclose()


async def test_who_has_gone_waits_in_no_queue(database_url: str) -> None:
    statements = Statements(create_connections(database_url, pool_size=1))
    slow = asleep(0.3)
    asking = [
        asyncio.create_task(Reader(statements, Deadline.after(60)).rows(slow))
        for _ in range(10)
    ]
    await asyncio.sleep(0.1)
    for each in asking:
        each.cancel()
    await asyncio.wait(asking)
    begun = time.monotonic()
    await Reader(statements, Deadline.after(60)).rows(ONE)
    assert time.monotonic() - begun < 1.0
    await statements.aclose()


async def test_a_database_that_fell_silent_is_not_waited_for_longer(
    relay: Relay, database_name: str
) -> None:
    await relay.start()
    statements = Statements(create_connections(relay.url(database_name), pool_size=2))
    await Reader(statements, Deadline.after(60)).rows(ONE)
    relay.hush()
    relay.silent = True
    begun = time.monotonic()
    with pytest.raises(DeadlineExceeded):
        await Reader(statements, Deadline.after(0.2)).rows(ONE)
    assert time.monotonic() - begun < 1.0
    await statements.aclose()
    assert [task for task in asyncio.all_tasks() if "_fetch" in repr(task)] == []
    await statements.aclose()


async def test_an_error_that_nobody_waits_for_is_no_news(
    statements: Statements, caplog: pytest.LogCaptureFixture
) -> None:
    nought = cast(func.random() * 0, Integer)
    failing = compiled(select(1 / nought, literal(1)).select_from(func.pg_sleep(0.2)))
    with pytest.raises(DeadlineExceeded):
        await Reader(statements, Deadline.after(0.05)).rows(failing)
    await asyncio.sleep(0.5)
    assert caplog.messages == []
