"""Statements in, rows out: the only place that awaits the database for reads.

One pooled autocommit connection per statement: statements of one request run
concurrently, and a connection carries one at a time. A statement that nobody waits for
any more is not broken off, which would cost its connection: it ends by itself soon.
"""

import asyncio
from collections.abc import Mapping, Sequence

from sqlalchemy import Row, Select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine

from gateway.deadline import Deadline

Rows = Sequence[Row[*tuple[object, ...]]]


class Statements:
    """Runs them on the engine; one for each process."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._running: set[asyncio.Task[Rows]] = set()

    async def rows(
        self,
        statement: Select[*tuple[object, ...]],
        values: Mapping[str, object],
        deadline: Deadline,
    ) -> Rows:
        """Run one, and wait for it until the deadline.

        Raises:
            DeadlineExceeded: it did not end in time.
        """
        left = deadline.remaining()
        if left == 0:
            raise deadline.exceeded()
        connected = asyncio.Event()
        task = asyncio.create_task(self._fetch(statement, values, connected))
        self._running.add(task)
        task.add_done_callback(self._ended)
        try:
            await asyncio.wait([task], timeout=left)
        finally:
            if not connected.is_set():
                task.cancel()  # it leaves the queue, which costs nothing
        if not task.done():
            raise deadline.exceeded()
        return task.result()

    async def aclose(self) -> None:
        """Break off what nobody waits for any more."""
        running = list(self._running)
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)

    def _ended(self, task: asyncio.Task[Rows]) -> None:
        self._running.discard(task)
        if not task.cancelled():
            task.exception()  # or it is reported when nobody waits

    async def _fetch(
        self,
        statement: Select[*tuple[object, ...]],
        values: Mapping[str, object],
        connected: asyncio.Event,
    ) -> Rows:
        try:
            return await self._fetch_once(statement, values, connected)
        except DBAPIError as error:
            # The server was restarted since: the pool now knows, and makes new ones.
            if not error.connection_invalidated:
                raise
        return await self._fetch_once(statement, values, connected)

    async def _fetch_once(
        self,
        statement: Select[*tuple[object, ...]],
        values: Mapping[str, object],
        connected: asyncio.Event,
    ) -> Rows:
        async with self._engine.connect() as connection:
            connected.set()
            return (await connection.execute(statement, values)).all()
