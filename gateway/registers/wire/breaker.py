"""The circuit breaker: a register that is down is left alone for a while.

    closed ── so many outages in a row ──▶ open
    open ── its time is up ──▶ half-open: one request goes out
    half-open ── it was answered ──▶ closed;  ── it was not ──▶ open

Without it every question waits for a dead register anew, and adds to its load just
when it comes back.
"""

from gateway.deadline import Timer


class Breaker:
    """One for each register and process."""

    def __init__(self, *, failures: int, seconds: float, timer: Timer) -> None:
        """Begin closed.

        Args:
            failures: outages in a row that open it.
            seconds: how long it stays open.
            timer: monotonic seconds.
        """
        self._threshold = failures
        self._seconds = seconds
        self._timer = timer
        self._failures = 0
        self._counted = float("-inf")
        self._opened: float | None = None
        self._probing = False

    def admits(self) -> bool:
        """Whether a request may go out; one that does must be reported on.

        With `answered`, `failed` or `unknown`.
        """
        if self._opened is None:
            return True
        if self._probing or self._timer() - self._opened < self._seconds:
            return False
        self._probing = True
        return True

    def answered(self) -> None:
        """Note that the register is there."""
        self._failures = 0
        self._opened = None
        self._probing = False

    def failed(self) -> None:
        """Note an outage."""
        self._failed(self._timer())

    def doubted(self, began: float) -> None:
        """Note what may be an outage: one patient client may have many of these at once.

        Those that go on at the same time count as one.

        Args:
            began: when the request went out, by the timer.
        """
        if began >= self._counted:
            self._failed(self._timer())
        self._probing = False

    def _failed(self, now: float) -> None:
        self._failures += 1
        self._counted = now
        if self._probing or self._failures >= self._threshold:
            self._opened = now
        self._probing = False

    def unknown(self) -> None:
        """Note that the request was given up before anything could be said of it."""
        self._probing = False
