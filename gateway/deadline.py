"""Until when an operation waits for others.

Enforced at the two doors where the gateway waits: the store's statements and the
registers' answers. What is in memory is given after it, too.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass

from gateway.errors import DeadlineExceeded

Timer = Callable[[], float]
"""Gives monotonic seconds."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """A moment.

    Attributes:
        at: monotonic seconds, which is the event loop's own time.
    """

    at: float

    @classmethod
    def after(cls, seconds: float) -> "Deadline":
        """So many seconds from now."""
        return cls(time.monotonic() + seconds)

    def remaining(self) -> float:
        """Seconds left; 0 once it has passed."""
        return max(0.0, self.at - time.monotonic())

    def exceeded(self) -> DeadlineExceeded:
        """What a field is told that is still open then."""
        return DeadlineExceeded("not there before the deadline of this operation")
