"""Reads that are asked in one turn of the event loop travel as one statement.

A page asks a dozen things by key, in three or four turns. Each statement of its own
would cost more than what it reads: in this process, on the way and in PostgreSQL.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

import msgspec

from gateway.deadline import Deadline
from gateway.store.compiled import Compiled, Rows, joined
from gateway.store.database import is_cancelled, is_outage
from gateway.store.statements import Running, Statements


@dataclass(eq=False)
class Read:
    """One statement with its values, and who waits for it."""

    statement: Compiled
    arguments: list[object]
    waiting: list[asyncio.Future[Rows]]

    @property
    def is_awaited(self) -> bool:
        """Whether anybody still waits."""
        return not all(future.done() for future in self.waiting)

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

    def end(self) -> None:
        """Tell who still waits that there will be nothing."""
        for future in self.waiting:
            future.cancel()


class Together:
    """Gathers reads; one for each request, whose deadline they have in common."""

    def __init__(self, statements: Statements, deadline: Deadline) -> None:
        self._statements = statements
        self._deadline = deadline
        self._asked: list[Read] = []

    async def rows(self, statement: Compiled, arguments: list[object]) -> Rows:
        """Read with all that is asked in this turn; what is asked twice, once.

        A mistake in one is that one's only.

        Raises:
            DeadlineExceeded: it did not end in time.
        """
        loop = asyncio.get_running_loop()
        if not self._asked:
            loop.call_soon(self._start_all)
        future: asyncio.Future[Rows] = loop.create_future()
        for read in self._asked:
            if read.is_same(statement, arguments):
                read.waiting.append(future)
                break
        else:
            self._asked.append(Read(statement, arguments, [future]))
        return await future

    def _start_all(self) -> None:
        reads = [read for read in self._asked if read.is_awaited]
        self._asked = []
        if reads:
            self._try(reads)

    def _try(self, reads: Sequence[Read]) -> None:
        try:
            self._start(reads)
        except Exception as error:  # noqa: BLE001 - a bug, told to who asked
            for read in reads:
                read.tell(error)

    def _start(self, asked: Sequence[Read]) -> None:
        # In one order, so that the same reads are the same statement.
        reads = sorted(asked, key=lambda read: read.statement.text)
        if self._deadline.remaining() == 0:
            for read in reads:
                read.tell(self._deadline.exceeded())
            return
        if len(reads) == 1:
            text = reads[0].statement.text
        else:
            text = joined(tuple(read.statement for read in reads))
        arguments = [value for read in reads for value in read.arguments]
        _Trip(self, reads, self._statements.start(text, arguments), self._deadline)

    def alone(self, read: Read) -> None:
        """Start anew what could not travel with others, if anybody waits for it."""
        if read.is_awaited:
            self._try([read])


class _Trip:
    """One statement under way for one read or more."""

    def __init__(
        self,
        together: Together,
        reads: Sequence[Read],
        running: Running,
        deadline: Deadline,
    ) -> None:
        self._together = together
        self._reads = reads
        self._running = running
        self._deadline = deadline
        loop = asyncio.get_running_loop()
        self._timer = loop.call_later(deadline.remaining(), self._late)
        running.task.add_done_callback(self._arrived)
        self._waiting = 0
        for read in reads:
            for future in read.waiting:
                self._waiting += 1
                future.add_done_callback(self._left)

    def _left(self, _: asyncio.Future[Rows]) -> None:
        self._waiting -= 1
        if not self._waiting:
            self._running.leave()

    def _late(self) -> None:
        for read in self._reads:
            read.tell(self._deadline.exceeded())

    def _arrived(self, task: asyncio.Task[Rows]) -> None:
        self._timer.cancel()
        if task.cancelled():
            for read in self._reads:
                read.end()
        elif error := task.exception():
            self._failed(error)
        else:
            self._deal(task.result())

    def _failed(self, error: BaseException) -> None:
        # One that takes too long is that one's outage only.
        shared = is_outage(error) and not is_cancelled(error)
        if len(self._reads) == 1 or shared:
            for read in self._reads:
                read.tell(error)
        else:
            for read in self._reads:
                self._together.alone(read)

    def _deal(self, rows: Rows) -> None:
        if len(self._reads) == 1:
            self._reads[0].tell(rows)
            return
        for read, found in zip(self._reads, rows[0], strict=True):
            try:
                read.tell(read.statement.read(cast("str", found)))
            except msgspec.DecodeError:
                self._together.alone(read)
            except Exception as error:  # noqa: BLE001 - a bug, told to who asked
                read.tell(error)
