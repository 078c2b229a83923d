"""Telling every gateway process which records of registers it must forget.

PostgreSQL's LISTEN and NOTIFY carry it, to who listens at that moment and nobody later.
So a process that was without its connection for a while has missed something, and is
told that once it listens again.

LISTEN belongs to a session: a pooler that lends out connections by the transaction does
not keep it.
"""

import asyncio
import logging
import random
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Sequence
from contextlib import asynccontextmanager, suppress
from typing import NamedTuple

import asyncpg
import msgspec
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from gateway.quiet import report
from gateway.store.database import CONNECT_TIMEOUT, SERVER_SETTINGS, outages_reported

CHANNEL = "klantbeeld_records"

# https://www.postgresql.org/docs/current/sql-notify.html: shorter than 8000 bytes.
LONGEST_PAYLOAD = 7999

_NOTIFY = text(
    "SELECT pg_notify(:channel, payload)"
    " FROM unnest(CAST(:payloads AS text[])) AS payload"
)

_FAREWELL = 1.0
"""Seconds that closing may take; the end of a process waits for it."""

# What a connection ends in; TimeoutError is an OSError.
_LOST = (OSError, asyncpg.PostgresError, asyncpg.InterfaceError)

logger = logging.getLogger(__name__)


def backoff(
    *,
    first: float = 0.1,
    longest: float = 10.0,
    jitter: Callable[[], float] = random.random,
) -> Iterator[float]:
    """Give the seconds to wait before each new attempt, without end.

    They double, and half of each is a matter of chance, so that processes that lost
    their connections together do not come back together.
    """
    delay = first
    while True:
        yield delay * (1 + jitter()) / 2
        delay = min(2 * delay, longest)


class Timing(NamedTuple):
    """How a connection is kept.

    Attributes:
        heartbeat: seconds between two signs of life.
        patience: seconds that one may take.
        delays: starts the waits between attempts anew.
    """

    heartbeat: float = 15.0
    patience: float = 5.0
    delays: Callable[[], Iterator[float]] = backoff


class Announcements:
    """One process's part in it."""

    def __init__(
        self,
        database_url: str,
        engine: AsyncEngine,
        *,
        on_dropped: Callable[[Sequence[str]], object],
        on_missed: Callable[[], object],
        timing: Timing = Timing(),  # noqa: B008 - immutable
    ) -> None:
        """Take what to listen to, and who wants to know.

        Args:
            database_url: for a connection of its own.
            engine: on the same database; announcing goes through its pool.
            on_dropped: called with the URLs of each announcement, our own included.
            on_missed: called whenever it listens anew, the first time too.
            timing: how the connection is kept.
        """
        self._url = database_url
        self._engine = engine
        self._on_dropped = on_dropped
        self._on_missed = on_missed
        self._timing = timing
        self._delays = timing.delays()
        self._told_lost = False

    @asynccontextmanager
    async def listening(self) -> AsyncIterator[None]:
        """Listen until the context ends; the database need not be there yet."""
        task = asyncio.create_task(self._listen(), name="announcements")
        try:
            yield
        finally:
            task.cancel()
            await asyncio.wait([task])

    async def announce(self, urls: Iterable[str]) -> None:
        """Tell all processes to forget these records.

        Args:
            urls: one that is longer than an announcement can be is left out: no record
                has it.

        Raises:
            RegisterUnavailable: the database does not answer, so nobody was told.
        """
        payloads = list(_payloads(urls))
        if not payloads:
            return
        with outages_reported():
            async with (
                asyncio.timeout(self._timing.patience),
                self._engine.connect() as connection,
            ):
                await connection.execute(
                    _NOTIFY, {"channel": CHANNEL, "payloads": payloads}
                )

    async def _listen(self) -> None:
        """Listen until cancelled, on one connection after another."""
        while True:
            try:
                await self._hold()
            except _LOST as error:
                if not self._told_lost:
                    self._told_lost = True
                    logger.warning(
                        "PostgreSQL cannot tell what to forget (%s); trying until it can",
                        type(error).__name__,
                    )
            except Exception as error:  # noqa: BLE001 - in who forgets; all that follows would be hidden
                report(logger, error, "a bug in forgetting; listening anew")
            await asyncio.sleep(next(self._delays))

    async def _hold(self) -> None:
        """Listen on one connection; ends in an error, of `_LOST` or a bug."""
        connection = await asyncpg.connect(
            self._url,
            timeout=CONNECT_TIMEOUT,
            command_timeout=self._timing.patience,
            server_settings=SERVER_SETTINGS,
        )
        try:
            ended = asyncio.Event()
            connection.add_termination_listener(lambda _connection: ended.set())
            await connection.add_listener(CHANNEL, self._hear)
            self._on_missed()
            if self._told_lost:
                self._told_lost = False
                logger.warning(
                    "PostgreSQL tells what to forget again; all was forgotten"
                )
            while True:
                with suppress(TimeoutError):
                    async with asyncio.timeout(self._timing.heartbeat):
                        await ended.wait()
                await connection.execute("SELECT 1")  # fails once it has ended
                self._delays = self._timing.delays()
        finally:
            # What closing fails with may not take the place of being cancelled.
            with suppress(*_LOST):
                await connection.close(timeout=_FAREWELL)

    def _hear(
        self, _connection: object, _pid: int, _channel: str, payload: object
    ) -> None:
        try:
            urls = msgspec.json.decode(str(payload), type=list[str])
        except (ValueError, RecursionError):
            logger.warning("an announcement that cannot be read was ignored")
            return
        try:
            self._on_dropped(urls)
        except Exception as error:  # noqa: BLE001 - asyncpg would log it, with the URLs
            report(logger, error, "a bug in forgetting; all is forgotten")
            self._on_missed()


def _payloads(urls: Iterable[str]) -> Iterator[str]:
    """Write JSON lists, as few as hold them all."""
    taken: list[str] = []
    size = 1  # the brackets, less the comma that the last one does without
    for url in urls:
        item = msgspec.json.encode(url).decode()
        length = len(item.encode()) + 1
        if length + 1 > LONGEST_PAYLOAD:
            continue
        if size + length > LONGEST_PAYLOAD:
            yield f"[{','.join(taken)}]"
            taken, size = [], 1
        taken.append(item)
        size += length
    if taken:
        yield f"[{','.join(taken)}]"
