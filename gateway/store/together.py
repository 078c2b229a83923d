"""Reads that are asked in one turn of the event loop travel as one statement.

A page asks a dozen things by key, in three or four turns. Each statement of its own
would cost more than what it reads: in this process, on the way and in PostgreSQL.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import cast

import msgspec

from gateway.deadline import Deadline
from gateway.errors import DeadlineExceeded
from gateway.store.compiled import Compiled, Rows, joined
from gateway.store.database import is_outage
from gateway.store.statements import Statements


@dataclass(eq=False)
class Read:
    """One statement with its values, and who waits for it."""

    statement: Compiled
    arguments: list[object]
    waiting: list[asyncio.Future[Rows]] = field(default_factory=list)

    def is_same(self, statement: Compiled, arguments: list[object]) -> bool:
        """Whether it asks just this."""
        return self.statement is statement and self.arguments == arguments

    def tell(self, found: Rows | BaseException) -> None:
        """Give it to who still waits."""
        for future in self.waiting:
            if future.done():
                continue
            if isinstance(found, BaseException):
                future.set_exception(found)
            else:
                future.set_result(found)


class Together:
    """Gathers reads; one for each request, whose deadline they have in common."""

    def __init__(self, statements: Statements, deadline: Deadline) -> None:
        self._statements = statements
        self._deadline = deadline
        self._asked: list[Read] = []
        self._running: set[asyncio.Task[None]] = set()

    async def rows(self, statement: Compiled, arguments: list[object]) -> Rows:
        """Read with all that is asked in this turn; what is asked twice, once.

        A mistake in one is that one's only.

        Raises:
            DeadlineExceeded: it did not end in time.
        """
        loop = asyncio.get_running_loop()
        if not self._asked:
            loop.call_soon(self._start)
        future: asyncio.Future[Rows] = loop.create_future()
        for read in self._asked:
            if read.is_same(statement, arguments):
                read.waiting.append(future)
                break
        else:
            self._asked.append(Read(statement, arguments, [future]))
        return await future

    def _start(self) -> None:
        # In one order, so that the same reads are the same statement.
        reads = sorted(self._asked, key=lambda read: read.statement.text)
        self._asked = []
        task = asyncio.create_task(self._run(reads))
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        waiting = {future for read in reads for future in read.waiting}
        for future in tuple(waiting):
            future.add_done_callback(partial(_left, waiting, task))

    async def _run(self, reads: Sequence[Read]) -> None:
        try:
            if len(reads) == 1:
                await self._alone(reads[0])
            else:
                await self._joined(reads)
        except asyncio.CancelledError:
            for future in (each for read in reads for each in read.waiting):
                future.cancel()
            raise

    async def _joined(self, reads: Sequence[Read]) -> None:
        text = joined(tuple(read.statement for read in reads))
        arguments = [value for read in reads for value in read.arguments]
        try:
            (row,) = await self._statements.run(text, arguments, self._deadline)
        except Exception as error:  # noqa: BLE001 - given to who asked
            if isinstance(error, DeadlineExceeded) or is_outage(error):
                for read in reads:
                    read.tell(error)
            else:
                await asyncio.gather(*map(self._alone, reads))
            return
        for read, rows in zip(reads, row, strict=True):
            try:
                read.tell(_decoded(read.statement, rows))
            except msgspec.DecodeError:  # what JSON cannot say: an infinite moment
                await self._alone(read)

    async def _alone(self, read: Read) -> None:
        run = self._statements.run
        try:
            read.tell(await run(read.statement.text, read.arguments, self._deadline))
        except Exception as error:  # noqa: BLE001 - given to who asked
            read.tell(error)


def _decoded(statement: Compiled, rows: object) -> Rows:
    return [] if rows is None else statement.rows.decode(cast("str", rows))


def _left(
    waiting: set[asyncio.Future[Rows]],
    task: asyncio.Task[None],
    future: asyncio.Future[Rows],
) -> None:
    """Break off what nobody waits for any more; that it ended is no matter."""
    waiting.discard(future)
    if not waiting:
        task.cancel()
