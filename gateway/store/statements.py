"""Statements in, rows out: the only place that awaits the database for reads.

Each runs on a connection that commits by itself: those of one request run concurrently,
and a connection carries one at a time. A statement that nobody waits for any more is not
broken off, which would cost its connection: it ends by itself soon.

The log tells each at level debug, as text: values are no part of it.
"""

import asyncio
import logging
from collections.abc import Mapping, Sequence
from typing import cast

import asyncpg

from gateway.deadline import Deadline
from gateway.metering import count_statement
from gateway.store.compiled import Compiled, Rows
from gateway.store.connections import ConnectionLost, Connections
from gateway.store.database import is_bad_value, is_lost

logger = logging.getLogger(__name__)


class Running:
    """A statement under way.

    Attributes:
        task: gives its rows.
    """

    def __init__(
        self, connections: Connections, text: str, arguments: Sequence[object]
    ) -> None:
        """Start it."""
        self._connections = connections
        self._text = text
        self._arguments = arguments
        self._connected = False
        self._left = False
        self.task = asyncio.create_task(self._fetch())

    def leave(self) -> None:
        """Wait for it no longer: out of the queue, which costs nothing; or it ends."""
        self._left = True
        if not self._connected:
            self.task.cancel()

    async def _fetch(self) -> Rows:
        try:
            return await self._fetch_once()
        except ConnectionLost:
            # The server was restarted since: other connections are no better.
            self._connections.lost()
            self._connected = False
            if self._left:
                raise
        return await self._fetch_once()

    async def _fetch_once(self) -> Rows:
        connection = await self._connections.take()
        self._connected = True
        count_statement()
        try:
            rows = await connection.fetch(self._text, *self._arguments)
        except BaseException as error:
            if isinstance(error, Exception) and is_lost(connection, error):
                self._connections.drop(connection)
                raise ConnectionLost from error
            if isinstance(error, asyncpg.PostgresError) or is_bad_value(error):
                self._connections.give_back(connection)
            else:
                self._connections.drop(connection)
            raise
        self._connections.give_back(connection)
        return cast("Rows", rows)


class Statements:
    """Runs them; one for each process."""

    def __init__(self, connections: Connections) -> None:
        """Take what to run them on; they are closed with this."""
        self._connections = connections
        self._running: set[asyncio.Task[Rows]] = set()

    async def rows(
        self, statement: Compiled, values: Mapping[str, object], deadline: Deadline
    ) -> Rows:
        """Run one, and wait for it until the deadline.

        Raises:
            DeadlineExceeded: it did not end in time.
        """
        left = deadline.remaining()
        if left == 0:
            raise deadline.exceeded()
        running = self.start(statement.text, statement.arguments(values))
        try:
            await asyncio.wait([running.task], timeout=left)
        finally:
            running.leave()
        if not running.task.done():
            raise deadline.exceeded()
        return running.task.result()

    def start(self, text: str, arguments: Sequence[object]) -> Running:
        """Start one; whoever does, waits for it or leaves it."""
        logger.debug("%s", text)
        running = Running(self._connections, text, arguments)
        self._running.add(running.task)
        running.task.add_done_callback(self._ended)
        return running

    async def aclose(self) -> None:
        """Break off what nobody waits for any more, and close the connections."""
        running = list(self._running)
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)
        await self._connections.aclose()

    def _ended(self, task: asyncio.Task[Rows]) -> None:
        self._running.discard(task)
        if not task.cancelled():
            task.exception()  # or it is reported when nobody waits
