"""What an operation costs, for who asks to be told.

Who wants to know has a meter, which tasks inherit. Without one nothing is counted, and
asking whether there is one is all that it costs. A request to a register that several
operations wait for is in the meter of the one that asked first; the others have none.
"""

import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from contextvars import ContextVar

from gateway.deadline import Timer


class _Asked:
    """What one register was asked.

    Attributes:
        number: of requests, each time that one was sent.
    """

    __slots__ = ("_seconds", "_since", "_under_way", "number")

    def __init__(self) -> None:
        self.number = 0
        self._under_way = 0
        self._since = 0.0
        self._seconds = 0.0

    def sent(self, now: float) -> None:
        """Note that a request leaves."""
        if not self._under_way:
            self._since = now
        self._under_way += 1
        self.number += 1

    def ended(self, now: float) -> None:
        """Note that one was answered, or given up."""
        self._under_way -= 1
        if not self._under_way:
            self._seconds += now - self._since

    def seconds(self, now: float) -> float:
        """Give the time in which at least one was under way."""
        return self._seconds + (now - self._since if self._under_way else 0.0)


class Meter:
    """Of one operation; runs from when it is made."""

    __slots__ = (
        "_asked",
        "_began",
        "_cpu",
        "_cpu_before",
        "_remembered",
        "_statements",
        "_wall",
    )

    def __init__(
        self, wall: Timer = time.perf_counter, cpu: Timer = time.process_time
    ) -> None:
        """Begin with nothing.

        Args:
            wall: monotonic seconds.
            cpu: seconds of CPU that this process has taken.
        """
        self._wall = wall
        self._cpu = cpu
        self._began = wall()
        self._cpu_before = cpu()
        self._statements = 0
        self._remembered = 0
        self._asked: dict[str, _Asked] = {}

    def statement(self) -> None:
        """Count one that is sent to the database."""
        self._statements += 1

    def remembered(self, number: int) -> None:
        """Count records that were read before it began."""
        self._remembered += number

    @contextmanager
    def asking(self, register: str) -> Iterator[None]:
        """Count a request, which is under way until the context ends."""
        asked = self._asked.setdefault(register, _Asked())
        asked.sent(self._wall())
        try:
            yield
        finally:
            asked.ended(self._wall())

    def cost(self) -> dict[str, object]:
        """Give all of it until now, as it is told: milliseconds, and numbers."""
        now = self._wall()
        return {
            "milliseconds": _milliseconds(now - self._began),
            "cpuMilliseconds": _milliseconds(self._cpu() - self._cpu_before),
            "statements": self._statements,
            "requests": {
                register: {
                    "number": asked.number,
                    "milliseconds": _milliseconds(asked.seconds(now)),
                }
                for register, asked in self._asked.items()
            },
            "remembered": self._remembered,
        }


def current() -> Meter | None:
    """Give the meter of the operation that this is done for."""
    return _current.get()


@contextmanager
def within(meter: Meter) -> Iterator[None]:
    """Count what is done until the context ends, also by tasks begun in it."""
    token = _current.set(meter)
    try:
        yield
    finally:
        _current.reset(token)


def count_statement() -> None:
    """Count a statement that is sent now."""
    meter = _current.get()
    if meter is not None:
        meter.statement()


def count_remembered(number: int) -> None:
    """Count records that were read before the operation began."""
    meter = _current.get()
    if meter is not None:
        meter.remembered(number)


def asking(register: str) -> AbstractContextManager[None]:
    """Count a request, which is under way until the context ends."""
    meter = _current.get()
    return _UNCOUNTED if meter is None else meter.asking(register)


def _milliseconds(seconds: float) -> float:
    return round(1000 * seconds, 1)


_UNCOUNTED = nullcontext()
_current: ContextVar[Meter | None] = ContextVar("meter", default=None)
