"""One mutation, one transaction: what happens when two are in each other's way."""

import asyncio
from collections.abc import AsyncIterator
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from gateway.deadline import Deadline
from gateway.errors import DeadlineExceeded, RegisterUnavailable
from gateway.identity.pseudonyms import Pseudonyms
from gateway.recording.recorder import (
    Desk,
    Question,
    Recorder,
    Recording,
    Uitkomst,
)
from gateway.settings.recording import RecordingSettings
from gateway.store.database import create_database
from gateway.store.writing.transaction import Collided, Transaction, Writer
from tests.identity.callers import medewerker
from tests.recording.conftest import Counted

pytestmark = pytest.mark.anyio

QUESTION = Question("registreerActor", "k", {"naam": "Balie"})


@pytest.fixture
async def writer(database_url: str) -> AsyncIterator[Writer]:
    engine = create_database(database_url, pool_size=3)
    yield Writer(engine)
    await engine.dispose()


def a_recorder(writer: Writer, seconds: float = 30) -> Recorder:
    pseudonyms = Pseudonyms(b"a key of the tests")
    desk = Desk(writer, pseudonyms, RecordingSettings(), owns=lambda _: True)
    return Recorder(desk, medewerker(), Deadline.after(seconds))


async def count(tx: Transaction, key: int) -> None:
    await tx.run(
        text("UPDATE anonieme_contacten SET aantal = aantal + 1 WHERE kanaal = :k"),
        {"k": str(key)},
    )


async def test_of_two_that_wait_for_each_other_one_gives_way(
    writer: Writer, database: AsyncEngine
) -> None:
    async with database.begin() as connection:
        for kanaal in ("1", "2"):
            await connection.execute(
                text("INSERT INTO anonieme_contacten VALUES (:k, now(), 1)"),
                {"k": kanaal},
            )
    both = asyncio.Barrier(2)

    async def change(first: int, second: int) -> None:
        async with writer.transaction(Deadline.after(30)) as tx:
            await count(tx, first)
            await both.wait()
            await count(tx, second)

    done = await asyncio.gather(change(1, 2), change(2, 1), return_exceptions=True)
    assert sorted(map(type, filter(None, done)), key=str) == [Collided]


@pytest.mark.parametrize("collisions", [0, 1, 2])
async def test_what_gave_way_is_tried_again_and_recorded_once(
    writer: Writer, rows_now: Counted, collisions: int
) -> None:
    tried: list[UUID] = []

    async def work(recording: Recording) -> Uitkomst:
        key = uuid4()
        tried.append(key)
        recording.made("actor", key)
        if len(tried) <= collisions:
            raise Collided
        return Uitkomst({"actor": key})

    found = await a_recorder(writer).record(QUESTION, work)
    assert found.sleutels == {"actor": tried[-1]}
    assert len(tried) == collisions + 1
    assert await rows_now() == {"idempotentiesleutels": 1, "mutaties": 1}


async def test_what_gives_way_each_time_can_be_asked_again_later(
    writer: Writer, rows_now: Counted
) -> None:
    async def work(_recording: Recording) -> Uitkomst:
        raise Collided

    with pytest.raises(RegisterUnavailable):
        await a_recorder(writer).record(QUESTION, work)
    assert await rows_now() == {}


async def test_after_the_deadline_nothing_is_written(
    writer: Writer, rows_now: Counted
) -> None:
    async def work(recording: Recording) -> Uitkomst:
        recording.made("actor", uuid4())
        await recording.tx.run(text("SELECT pg_sleep(5)"))
        return Uitkomst()

    with pytest.raises(DeadlineExceeded):
        await a_recorder(writer, seconds=0.3).record(QUESTION, work)
    assert await rows_now() == {}


async def test_who_is_broken_off_has_written_nothing(
    writer: Writer, rows_now: Counted
) -> None:
    begun = asyncio.Event()

    async def work(recording: Recording) -> Uitkomst:
        recording.made("actor", uuid4())
        await recording.tx.run(text("SELECT 1"))
        begun.set()
        await asyncio.sleep(30)
        return Uitkomst()

    task = asyncio.create_task(a_recorder(writer).record(QUESTION, work))
    await begun.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert await rows_now() == {}
