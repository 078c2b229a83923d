"""Connections that are lent out: how many, how long, and what becomes of lost ones."""

import asyncio

import asyncpg
import pytest
from sqlalchemy import Integer, func, literal, select, text
from sqlalchemy.ext.asyncio import AsyncEngine

from gateway.deadline import Deadline
from gateway.errors import BadInput, DeadlineExceeded, RegisterUnavailable
from gateway.store.compiled import compiled
from gateway.store.connections import Connections
from gateway.store.database import COMMAND_TIMEOUT, Connect, create_connections
from gateway.store.reader import Reader, given
from gateway.store.statements import Statements
from tests.store.relay import Relay

pytestmark = pytest.mark.anyio

PID = compiled(select(func.pg_backend_pid(type_=Integer)))
SLOW = compiled(select(literal(1)).select_from(func.pg_sleep(0.5)))
ENDLESS = compiled(select(literal(1)).select_from(func.pg_sleep(60)))
TEXT = compiled(select(given("text")))
OURS = """
SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()
   AND application_name = 'klantbeeld' AND pid <> pg_backend_pid()
"""


class Slowly:
    """Opens connections, each a while after it was asked to.

    Attributes:
        begun: how many it was asked for.
        opened: how many there were.
    """

    def __init__(self, opening: Connect) -> None:
        self.opening = opening
        self.begun = 0
        self.opened = 0

    async def __call__(self) -> asyncpg.Connection:
        self.begun += 1
        await asyncio.sleep(0.3)
        connection = await self.opening()
        self.opened += 1
        return connection


@pytest.fixture
def slowly(database_url: str) -> Slowly:
    return Slowly(Connect(database_url, COMMAND_TIMEOUT))


def reader(statements: Statements) -> Reader:
    return Reader(statements, Deadline.after(60))


async def pid(statements: Statements) -> object:
    return (await reader(statements).rows(PID))[0][0]


def hasty(database_url: str, timeout: float) -> Statements:
    """Run one at a time, each for so long at most."""
    opening = Connect(database_url, timeout)
    return Statements(Connections(opening, 1, patience=60, longest=900))


def under_way() -> int:
    """How many statements run or wait for their turn."""
    return len([task for task in asyncio.all_tasks() if "_fetch" in repr(task)])


async def end_all(owner: AsyncEngine) -> None:
    """Have the server end the gateway's connections."""
    async with owner.connect() as connection:
        await connection.execute(
            text(
                "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
                " WHERE datname = current_database() AND application_name = 'klantbeeld'"
                " AND pid <> pg_backend_pid()"
            )
        )


async def test_no_more_are_open_than_there_may_be(statements: Statements) -> None:
    found = await asyncio.gather(*(pid(statements) for _ in range(20)))
    assert len(set(found)) == 5


async def test_one_that_is_given_back_is_used_again(statements: Statements) -> None:
    assert len({await pid(statements) for _ in range(5)}) == 1


async def test_one_that_the_server_ended_is_not_lent(
    statements: Statements, owner: AsyncEngine
) -> None:
    before = await pid(statements)
    await end_all(owner)
    assert await pid(statements) != before


async def test_a_statement_whose_connection_is_lost_runs_anew(
    statements: Statements, owner: AsyncEngine
) -> None:
    await asyncio.gather(*(pid(statements) for _ in range(5)))
    running = asyncio.create_task(reader(statements).rows(SLOW))
    await asyncio.sleep(0.1)
    await end_all(owner)
    assert [tuple(row) for row in await running] == [(1,)]


async def test_a_statement_that_is_lost_twice_is_an_outage(
    statements: Statements, owner: AsyncEngine
) -> None:
    running = asyncio.create_task(reader(statements).rows(SLOW))
    await asyncio.sleep(0.2)
    await end_all(owner)
    await asyncio.sleep(0.3)
    await end_all(owner)
    with pytest.raises(RegisterUnavailable):
        await running


async def test_a_statement_that_takes_too_long_ends_at_the_server_too(
    database_url: str, owner: AsyncEngine
) -> None:
    statements = hasty(database_url, 0.2)
    before = await pid(statements)
    with pytest.raises(RegisterUnavailable):
        await reader(statements).rows(ENDLESS)
    async with owner.connect() as connection:
        active = await connection.scalar(text(f"{OURS} AND state = 'active'"))
    assert active == 0
    assert await pid(statements) == before
    await statements.aclose()


async def test_a_server_that_falls_silent_is_an_outage(
    relay: Relay, database_name: str
) -> None:
    await relay.start()
    statements = hasty(relay.url(database_name), 0.1)
    await pid(statements)
    relay.hush()
    with pytest.raises(RegisterUnavailable):
        await pid(statements)
    await statements.aclose()


async def test_who_leaves_while_another_connection_is_waited_for_leaves_the_queue(
    database_url: str, owner: AsyncEngine
) -> None:
    statements = hasty(database_url, COMMAND_TIMEOUT)
    lost = asyncio.create_task(reader(statements).rows(ENDLESS))
    await asyncio.sleep(0.1)
    running = asyncio.create_task(reader(statements).rows(SLOW))
    await asyncio.sleep(0.05)
    await end_all(owner)
    await asyncio.sleep(0.1)
    assert under_way() == 2
    lost.cancel()
    await asyncio.wait([lost])
    await asyncio.sleep(0)
    assert under_way() == 1
    await running
    await statements.aclose()


async def test_what_nobody_waits_for_does_not_run_anew(
    database_url: str, owner: AsyncEngine
) -> None:
    statements = hasty(database_url, COMMAND_TIMEOUT)
    with pytest.raises(DeadlineExceeded):
        await Reader(statements, Deadline.after(0.1)).rows(ENDLESS)
    await end_all(owner)
    await asyncio.sleep(0.2)
    async with owner.connect() as connection:
        assert await connection.scalar(text(OURS)) == 0
    await statements.aclose()


async def test_a_mistake_costs_no_connection(statements: Statements) -> None:
    before = await pid(statements)
    with pytest.raises(BadInput):
        await reader(statements).rows(TEXT, text="NUL \0")
    assert await pid(statements) == before


async def test_one_that_was_kept_for_long_is_not_used_again(database_url: str) -> None:
    opening = Connect(database_url, COMMAND_TIMEOUT)
    statements = Statements(Connections(opening, 1, patience=60, longest=0))
    assert await pid(statements) != await pid(statements)
    await statements.aclose()


async def test_who_waits_for_too_long_is_told_of_an_outage(database_url: str) -> None:
    opening = Connect(database_url, COMMAND_TIMEOUT)
    statements = Statements(Connections(opening, 1, patience=0.1, longest=900))
    running = asyncio.create_task(reader(statements).rows(SLOW))
    await asyncio.sleep(0.1)
    with pytest.raises(RegisterUnavailable):
        await pid(statements)
    await running
    await statements.aclose()


async def test_one_that_opens_slowly_is_there_for_who_comes_later(
    slowly: Slowly,
) -> None:
    statements = Statements(Connections(slowly, 2, patience=60, longest=900))
    for _ in range(5):
        with pytest.raises(DeadlineExceeded):
            await Reader(statements, Deadline.after(0.02)).rows(PID)
    await asyncio.sleep(0.6)
    assert slowly.begun == 2
    await asyncio.gather(*(pid(statements) for _ in range(5)))
    assert slowly.begun == 2
    await statements.aclose()


async def test_one_that_does_not_open_costs_no_turn(
    slowly: Slowly, database_url: str
) -> None:
    nowhere = "postgresql://klantbeeld@/klantbeeld?host=/nowhere"
    slowly.opening = Connect(nowhere, COMMAND_TIMEOUT)
    statements = Statements(Connections(slowly, 1, patience=60, longest=900))
    with pytest.raises(DeadlineExceeded):
        await Reader(statements, Deadline.after(0.05)).rows(PID)
    with pytest.raises(RegisterUnavailable):
        await pid(statements)
    slowly.opening = Connect(database_url, COMMAND_TIMEOUT)
    assert await pid(statements)
    await statements.aclose()


async def test_what_is_opening_when_all_is_closed_is_broken_off(
    slowly: Slowly,
) -> None:
    statements = Statements(Connections(slowly, 1, patience=60, longest=900))
    with pytest.raises(DeadlineExceeded):
        await Reader(statements, Deadline.after(0.05)).rows(PID)
    await statements.aclose()
    assert [task for task in asyncio.all_tasks() if "_open" in repr(task)] == []
    assert (slowly.begun, slowly.opened) == (1, 0)


async def test_once_all_is_closed_none_is_opened(slowly: Slowly) -> None:
    statements = Statements(Connections(slowly, 1, patience=60, longest=900))
    await statements.aclose()
    with pytest.raises(RegisterUnavailable):
        await pid(statements)
    assert slowly.begun == 0


async def test_what_runs_when_all_is_closed_is_broken_off(database_url: str) -> None:
    statements = Statements(create_connections(database_url, pool_size=1))
    running = asyncio.create_task(reader(statements).rows(SLOW))
    await asyncio.sleep(0.1)
    await statements.aclose()
    with pytest.raises(asyncio.CancelledError):
        await running
