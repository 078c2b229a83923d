"""Ending when asked to: by Ctrl-C, SIGTERM, or a terminal that closes."""

import signal
from collections.abc import Callable
from types import FrameType

_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Stopped(Exception):
    """Somebody asked to end; nothing is wrong."""


class Stopping:
    """Remembers a signal until it suits; a second one does not wait.

    A server that is being started is not interrupted halfway: nobody would know that
    it runs.

    Attributes:
        asked: whether there was a signal.
    """

    def __init__(self) -> None:
        self.asked = False
        self._act: Callable[[], None] | None = None
        self._before = {each: signal.getsignal(each) for each in _SIGNALS}

    def listen(self) -> None:
        """Start to heed signals; on the main thread only."""
        for each in _SIGNALS:
            signal.signal(each, self._heard)

    def check(self) -> None:
        """Go on, unless asked to end.

        Raises:
            Stopped: asked.
        """
        if self.asked:
            raise Stopped

    def from_now(self, act: Callable[[], None]) -> None:
        """Do this as soon as asked to end, which may have been before.

        Args:
            act: may be called at any moment and more than once.
        """
        self._act = act
        if self.asked:
            act()

    def ignore(self) -> None:
        """Let nothing disturb what ends now."""
        for each in _SIGNALS:
            signal.signal(each, signal.SIG_IGN)

    def restore(self) -> None:
        """Leave signals as they were."""
        for each, before in self._before.items():
            signal.signal(each, before)

    def _heard(self, _signal: int, _frame: FrameType | None) -> None:
        again, self.asked = self.asked, True
        if self._act is not None:
            self._act()
        elif again:
            raise Stopped
