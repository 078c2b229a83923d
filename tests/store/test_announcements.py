import asyncio
import json
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from gateway.errors import RegisterUnavailable
from gateway.store.announcements import Announcements, Timing, backoff
from gateway.store.database import create_database
from tests.store.relay import Relay

pytestmark = pytest.mark.anyio

MISSED = "missed"
ZAAK = "https://zaken.voorbeeldstad.example/zaken/api/v1/zaken/1"
LISTENERS = (
    "FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN%'"
)
NOTIFY = text("SELECT pg_notify('klantbeeld_records', :payload)")


def at_once() -> Iterator[float]:
    while True:
        yield 0.0


QUICK = Timing(delays=at_once)


class Process:
    """One gateway process; what it was told comes in order."""

    def __init__(self, url: str, engine: AsyncEngine, timing: Timing = QUICK) -> None:
        self._told: asyncio.Queue[object] = asyncio.Queue()
        self.announcements = Announcements(
            url,
            engine,
            on_dropped=self._told.put_nowait,
            on_missed=lambda: self._told.put_nowait(MISSED),
            timing=timing,
        )

    async def told(self) -> object:
        async with asyncio.timeout(10):
            return await self._told.get()


@asynccontextmanager
async def listening(
    url: str, engine: AsyncEngine, timing: Timing = QUICK
) -> AsyncIterator[Process]:
    process = Process(url, engine, timing)
    async with process.announcements.listening():
        assert await process.told() == MISSED
        yield process


async def notify(engine: AsyncEngine, payload: str) -> None:
    async with engine.connect() as connection:
        await connection.execute(NOTIFY, {"payload": payload})


async def ask(engine: AsyncEngine, statement: str) -> object:
    async with engine.connect() as connection:
        return await connection.scalar(text(statement))


def bugs(caplog: pytest.LogCaptureFixture) -> list[str]:
    """What was logged, without where it went wrong."""
    return [message.splitlines()[0] for message in caplog.messages]


async def test_every_process_hears_what_one_announces(
    database_url: str, database: AsyncEngine
) -> None:
    async with (
        listening(database_url, database) as one,
        listening(database_url, database) as other,
    ):
        await one.announcements.announce([ZAAK, "é"])
        assert [await one.told(), await other.told()] == [[ZAAK, "é"]] * 2


async def test_nothing_to_tell_is_not_told(
    database_url: str, database: AsyncEngine
) -> None:
    async with listening(database_url, database) as process:
        await process.announcements.announce([])
        await process.announcements.announce([ZAAK])
        assert await process.told() == [ZAAK]


async def test_a_long_list_comes_in_parts(
    database_url: str, database: AsyncEngine
) -> None:
    urls = [f"{ZAAK}{number:04}" for number in range(1000)]
    async with listening(database_url, database) as process:
        await process.announcements.announce(urls)
        heard: list[str] = []
        parts = 0
        while len(heard) < len(urls):
            part = await process.told()
            assert isinstance(part, list)
            heard += part
            parts += 1
    assert (heard, parts) == (urls, 8)


@pytest.mark.parametrize("length", [7995, 7996])
async def test_the_longest_announcement_just_fits(
    database_url: str, database: AsyncEngine, length: int
) -> None:
    url = "x" * length
    async with listening(database_url, database) as process:
        await process.announcements.announce([url, ZAAK])
        heard = await process.told()
    assert heard == ([url] if length == 7995 else [ZAAK])


@pytest.mark.parametrize(
    "payload", ["", "x", "null", "{}", "[1]", '["\\ud800"]', "[" * 7000]
)
async def test_what_cannot_be_read_does_no_harm(
    database_url: str, database: AsyncEngine, payload: str
) -> None:
    async with listening(database_url, database) as process:
        await notify(database, payload)
        await notify(database, json.dumps([ZAAK]))
        assert await process.told() == [ZAAK]


async def test_a_lost_connection_is_made_anew_and_told_of(
    database_url: str, database: AsyncEngine, owner: AsyncEngine
) -> None:
    async with listening(database_url, database) as process:
        await ask(owner, f"SELECT pg_terminate_backend(pid) {LISTENERS}")
        assert await process.told() == MISSED
        await process.announcements.announce([ZAAK])
        assert await process.told() == [ZAAK]


async def test_a_connection_that_fell_silent_is_noticed(
    relay: Relay, database_name: str, database: AsyncEngine
) -> None:
    await relay.start()
    timing = Timing(heartbeat=0.01, patience=0.2, delays=at_once)
    async with listening(relay.url(database_name), database, timing) as process:
        relay.hush()
        assert await process.told() == MISSED
        await process.announcements.announce([ZAAK])
        assert await process.told() == [ZAAK]


async def test_a_connection_that_answers_is_kept(
    database_url: str, database: AsyncEngine
) -> None:
    timing = Timing(heartbeat=0.001, delays=at_once)
    async with listening(database_url, database, timing) as process:
        beating = LISTENERS.replace("LISTEN%", "SELECT 1")
        async with asyncio.timeout(10):
            while await ask(database, f"SELECT count(*) {beating}") != 1:
                pass
        await process.announcements.announce([ZAAK])
        assert await process.told() == [ZAAK]


async def test_it_starts_before_the_database_and_says_so_once(
    relay: Relay,
    database_name: str,
    database: AsyncEngine,
    caplog: pytest.LogCaptureFixture,
) -> None:
    tries: asyncio.Queue[None] = asyncio.Queue()

    def delays() -> Iterator[float]:
        while True:
            tries.put_nowait(None)
            yield 0.0

    process = Process(relay.url(database_name), database, Timing(delays=delays))
    async with process.announcements.listening(), asyncio.timeout(10):
        for _ in range(3):
            await tries.get()
        await relay.start()
        assert await process.told() == MISSED
    assert caplog.messages == [
        "PostgreSQL cannot tell what to forget (FileNotFoundError); trying until it can",
        "PostgreSQL tells what to forget again; all was forgotten",
    ]


async def test_a_bug_in_forgetting_is_logged_and_does_not_end_it(
    database_url: str, database: AsyncEngine, caplog: pytest.LogCaptureFixture
) -> None:
    attempts: list[str] = []
    well = asyncio.Event()

    def flush() -> None:
        attempts.append(MISSED)
        if len(attempts) == 1:
            raise KeyError
        well.set()

    announcements = Announcements(
        database_url, database, on_dropped=list, on_missed=flush, timing=QUICK
    )
    async with announcements.listening(), asyncio.timeout(10):
        await well.wait()
    assert bugs(caplog) == ["a bug in forgetting; listening anew"]


async def test_a_bug_in_forgetting_some_makes_it_forget_all(
    database_url: str, database: AsyncEngine, caplog: pytest.LogCaptureFixture
) -> None:
    flushed: asyncio.Queue[str] = asyncio.Queue()

    def drop(_urls: Sequence[str]) -> None:
        raise KeyError

    announcements = Announcements(
        database_url,
        database,
        on_dropped=drop,
        on_missed=lambda: flushed.put_nowait(MISSED),
    )
    async with announcements.listening(), asyncio.timeout(10):
        await flushed.get()
        await announcements.announce([ZAAK])
        await flushed.get()
    assert bugs(caplog) == ["a bug in forgetting; all is forgotten"]
    assert ZAAK not in caplog.text


async def test_it_ends_although_the_database_has_fallen_silent(
    relay: Relay, database_name: str, database: AsyncEngine
) -> None:
    await relay.start()
    async with asyncio.timeout(10):
        async with listening(relay.url(database_name), database, Timing()):
            relay.hush()
            relay.silent = True


async def test_nothing_is_left_when_it_ends(
    database_url: str, database: AsyncEngine
) -> None:
    before = asyncio.all_tasks()
    async with listening(database_url, database):
        assert await ask(database, f"SELECT count(*) {LISTENERS}") == 1
    assert asyncio.all_tasks() == before
    async with asyncio.timeout(10):
        while await ask(database, f"SELECT count(*) {LISTENERS}") != 0:
            pass


async def test_it_ends_while_it_waits_for_a_database_that_says_nothing(
    relay: Relay, database_name: str, database: AsyncEngine
) -> None:
    await relay.start()
    relay.silent = True
    before = asyncio.all_tasks()
    process = Process(relay.url(database_name), database)
    async with process.announcements.listening(), asyncio.timeout(10):
        await relay.reached.wait()
    await relay.stop()
    assert asyncio.all_tasks() == before


async def test_announcing_to_a_database_that_is_not_there_is_an_outage(
    tmp_path: Path,
) -> None:
    url = f"postgresql://x@/x?host={tmp_path}"
    engine = create_database(url, pool_size=1)
    with pytest.raises(RegisterUnavailable, match="the store does not answer"):
        await Process(url, engine).announcements.announce([ZAAK])


async def test_announcing_to_a_database_that_says_nothing_is_an_outage(
    relay: Relay, database_name: str
) -> None:
    await relay.start()
    relay.silent = True
    url = relay.url(database_name)
    engine = create_database(url, pool_size=1)
    process = Process(url, engine, Timing(patience=0.05))
    with pytest.raises(RegisterUnavailable, match="the store does not answer"):
        await process.announcements.announce([ZAAK])


@pytest.mark.parametrize(
    ("chance", "waits"),
    [
        (0.0, [0.05, 0.1, 0.2, 0.4, 0.8, 1.6, 3.2, 5.0, 5.0]),
        (1.0, [0.1, 0.2, 0.4, 0.8, 1.6, 3.2, 6.4, 10.0, 10.0]),
    ],
)
def test_the_waits_between_attempts_double_up_to_a_bound(
    chance: float, waits: Sequence[float]
) -> None:
    waiting = backoff(jitter=lambda: chance)
    assert [next(waiting) for _ in waits] == waits
