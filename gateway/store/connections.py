"""Connections to PostgreSQL, lent out for one statement at a time.

SQLAlchemy's own pool goes through a greenlet, and a task of its own where it waits: for
statements as short as ours that is half of what they cost.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable

import asyncpg

Connect = Callable[[], Awaitable[asyncpg.Connection]]


class ConnectionLost(ConnectionError):
    """The server ended it, perhaps long ago; another one may do."""


class Connections:
    """Opens them when needed, and keeps them."""

    def __init__(
        self, connect: Connect, size: int, *, patience: float, longest: float
    ) -> None:
        """Open nothing yet.

        Args:
            connect: opens one.
            size: how many there may be.
            patience: seconds to wait for one's turn.
            longest: seconds that one is kept.
        """
        self._connect = connect
        self._patience = patience
        self._longest = longest
        self._turns = asyncio.Semaphore(size)
        self._idle: list[asyncpg.Connection] = []
        self._opened: dict[asyncpg.Connection, float] = {}
        self._opening: set[asyncio.Task[asyncpg.Connection]] = set()
        self._closed = False

    async def take(self) -> asyncpg.Connection:
        """Lend one out; whoever takes it, gives it back or drops it.

        One that is being opened when its taker is cancelled, is kept for the next: where
        opening takes longer than anybody waits, none would ever be there.

        Raises:
            TimeoutError: all were in use for too long.
            ConnectionError: all were closed, for good.
        """
        if self._turns.locked():
            async with asyncio.timeout(self._patience):
                await self._turns.acquire()
        else:
            await self._turns.acquire()
        if self._closed:
            self._turns.release()
            raise ConnectionError("closed")
        return self._kept() or await self._opened_now()

    def give_back(self, connection: asyncpg.Connection) -> None:
        """Take one back that can be used again."""
        if self._closed or connection.is_closed():
            self._end(connection)
        else:
            self._idle.append(connection)
        self._turns.release()

    def drop(self, connection: asyncpg.Connection) -> None:
        """Take one back that nobody knows the state of."""
        self._end(connection)
        self._turns.release()

    def lost(self) -> None:
        """Be told that the server ended one: it will have ended all that are idle."""
        while self._idle:
            self._end(self._idle.pop())

    async def aclose(self) -> None:
        """End those that are idle, and those in use when they come back."""
        self._closed = True
        self.lost()
        opening = list(self._opening)
        for task in opening:
            task.cancel()
        await asyncio.gather(*opening, return_exceptions=True)
        await asyncio.sleep(0)  # in which the loop closes their sockets

    def _kept(self) -> asyncpg.Connection | None:
        oldest = time.monotonic() - self._longest
        while self._idle:
            connection = self._idle.pop()
            if not connection.is_closed() and self._opened[connection] > oldest:
                return connection
            self._end(connection)
        return None

    async def _opened_now(self) -> asyncpg.Connection:
        opening = asyncio.create_task(self._open())
        self._opening.add(opening)
        opening.add_done_callback(self._opening.discard)
        try:
            return await asyncio.shield(opening)
        except asyncio.CancelledError:
            opening.add_done_callback(self._opened_for_nobody)
            raise
        except BaseException:
            self._turns.release()
            raise

    def _opened_for_nobody(self, opening: asyncio.Task[asyncpg.Connection]) -> None:
        if opening.cancelled() or opening.exception():
            self._turns.release()
        else:
            self.give_back(opening.result())

    async def _open(self) -> asyncpg.Connection:
        connection = await self._connect()
        self._opened[connection] = time.monotonic()
        return connection

    def _end(self, connection: asyncpg.Connection) -> None:
        del self._opened[connection]
        connection.terminate()
