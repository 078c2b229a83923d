"""What must be waited for: batch calls and awaitables, started together.

Calls of one batch function with the same arguments are one call, wherever in the
operation they were found: the fields of all types that share an interface's function,
and aliases. Its parents are each handed over once.
"""

import asyncio
import inspect
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field as attribute

from gateway.execution.calling import (
    BatchFunction,
    BatchInfo,
    Interrupted,
    call,
    check_number,
    is_ending,
    same,
)
from gateway.execution.planning.fields import Field
from gateway.execution.running.frame import Answer, Frame, Part
from gateway.execution.running.operation import Operation
from gateway.execution.running.settling import settled

GRACE = 0.05
"""Seconds after the deadline: batch functions know it themselves, and answer in part."""

TURNS = 2
"""Of the loop, after the deadline: what is in memory is given after it, too. One is for
the function, one to be told that it ended."""


@dataclass(slots=True, eq=False)
class _Call:
    """A batch function, its arguments, and all that ask it."""

    function: BatchFunction
    arguments: Mapping[str, object]
    parts: list[Part] = attribute(default_factory=list)

    async def answers(self, context: object) -> list[Answer]:
        parents = [each for part in self.parts for each in part.parents]
        values = await self._values(parents, context)
        answers, begin = [], 0
        for part in self.parts:
            end = begin + len(part.rows)
            answers.append((part.frame, part.field, part.rows, values[begin:end]))
            begin = end
        return answers

    async def _values(
        self, parents: Sequence[object], context: object
    ) -> Sequence[object]:
        once = dict(zip(map(id, parents), parents, strict=True))
        distinct = list(once.values())
        try:
            result = call(self.function, distinct, self._info(context), self.arguments)
            if inspect.isawaitable(result):
                result = await result
            checked = check_number(self.function, distinct, result)
        except Exception as error:  # noqa: BLE001 - an error of each parent
            return [error] * len(parents)
        if len(distinct) == len(parents):
            return checked
        values = dict(zip(once, checked, strict=True))
        return [values[id(parent)] for parent in parents]

    def _info(self, context: object) -> BatchInfo[object]:
        selected = self.parts[0].field.selected
        for part in self.parts[1:]:
            selected |= part.field.selected
        return BatchInfo(context, selected)


@dataclass(slots=True, eq=False)
class _Awaited:
    """A value of one object's field that is, or holds, an awaitable."""

    part: Part
    value: object

    @property
    def parts(self) -> list[Part]:
        return [self.part]

    async def answers(self, _context: object) -> list[Answer]:
        value = await settled(self.value, self.part.field.depth)
        return [(self.part.frame, self.part.field, self.part.rows, [value])]

    def close(self) -> None:
        if inspect.iscoroutine(self.value):
            self.value.close()


_Answered = tuple[_Call | _Awaited, list[Answer]]


class Calls:
    """Of one operation: found in a sweep, and started at its end."""

    def __init__(self, operation: Operation) -> None:
        """Begin with nothing found."""
        self._operation = operation
        self._found: list[_Call | _Awaited] = []
        self._running: dict[_Call | _Awaited, asyncio.Task[None]] = {}
        self._done: list[_Answered] = []
        self._waiter: asyncio.Future[None] | None = None
        self._late = False
        self._end: BaseException | None = None
        self._broken: list[asyncio.Task[None]] = []

    def ask(
        self, function: BatchFunction, arguments: Mapping[str, object], part: Part
    ) -> None:
        """Ask a batch function of these objects, with all others who ask the same."""
        for each in self._found:
            if (
                isinstance(each, _Call)
                and each.function is function
                and same(each.arguments, arguments)
            ):
                each.parts.append(part)
                return
        self._found.append(_Call(function, arguments, [part]))

    def wait(self, frame: Frame, field: Field, row: int, value: object) -> None:
        """Wait for a value, or for what it lists."""
        self._found.append(_Awaited(Part(frame, field, [row]), value))

    async def drain(
        self, place: Callable[..., None], sweep: Callable[[], None]
    ) -> None:
        """Sweep until nothing is waited for; what returns first is swept on first.

        Args:
            place: puts the values of a field in place.
            sweep: goes into all that was placed, and may find more calls.
        """
        timer = self._alarm()
        try:
            sweep()
            while self._found or self._running:
                self._start()
                for what, answers in await self._first():
                    for answer in answers:
                        # Lists that a batch function gave may still hold awaitables.
                        field = answer[1]
                        final = isinstance(what, _Awaited) or not field.depth
                        place(*answer, final=final)
                sweep()
                if self._operation.faults.harmed:
                    self._abandon_dead()
        finally:
            if timer is not None:
                timer.cancel()
            self._break_off()
            await self._ended()

    def _alarm(self) -> asyncio.TimerHandle | None:
        """Have the waiting ended at the deadline."""
        deadline = self._operation.deadline
        if deadline is None:
            return None
        loop = asyncio.get_running_loop()
        return loop.call_later(deadline.remaining() + GRACE, self._time_is_up)

    def _time_is_up(self) -> None:
        self._late = True
        self._wake()

    async def _ended(self) -> None:
        """Wait for what was broken off, once, but not for what will not be."""
        broken, self._broken = self._broken, []
        if broken:
            await asyncio.wait(broken, timeout=GRACE)

    def _abandon_dead(self) -> None:
        """Wait no longer for what nobody lives to be told."""
        self._cancel(
            each
            for each in list(self._running)
            if not any(p.frame.lives(row) for p in each.parts for row in p.rows)
        )

    def _cancel(self, those: Iterable[_Call | _Awaited]) -> None:
        for each in list(those):
            task = self._running.pop(each)
            task.cancel()
            self._broken.append(task)

    def _break_off(self) -> None:
        self._cancel(self._running)
        for each in self._found:
            if isinstance(each, _Awaited):
                each.close()
        self._found.clear()

    def _start(self) -> None:
        found, self._found = self._found, []
        for each in found:
            if isinstance(each, _Call) and self._operation.faults.harmed:
                for part in each.parts:
                    part.rows = [r for r in part.rows if part.frame.lives(r)]
                if not any(part.rows for part in each.parts):
                    continue
            self._running[each] = asyncio.create_task(self._answer(each))

    async def _answer(self, what: _Call | _Awaited) -> None:
        """Have it answered, and tell so."""
        try:
            answers = await what.answers(self._operation.context)
        except asyncio.CancelledError:
            if is_ending():
                raise
            # Something that it waited for was cancelled, such as a flight it shared.
            answers = [part.failed(Interrupted()) for part in what.parts]
        except BaseException as error:  # noqa: BLE001 - not of a field: it ends the run
            self._end, answers = error, []
        self._done.append((what, answers))
        self._wake()

    def _wake(self) -> None:
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)

    async def _first(self) -> list[_Answered]:
        """Wait for whatever comes first; from the deadline on, for nothing any more."""
        if self._running and not self._done:
            if self._late:
                for _ in range(TURNS):
                    await asyncio.sleep(0)
            else:
                self._waiter = asyncio.get_running_loop().create_future()
                await self._waiter
        if self._end is not None:
            raise self._end
        done, self._done = self._done, []
        found = [each for each in done if self._running.pop(each[0], None) is not None]
        if self._late:
            found += self._given_up()
        return found

    def _given_up(self) -> list[_Answered]:
        """Say of all that still runs that there was no time for it."""
        deadline = self._operation.deadline
        if deadline is None:
            return []
        error = deadline.exceeded()
        late: list[_Answered] = [
            (each, [part.failed(error) for part in each.parts])
            for each in self._running
        ]
        self._cancel(self._running)
        return late
