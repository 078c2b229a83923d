"""How far it is, on one line that is written over and over."""

from collections.abc import Callable

WIDTH = 24
_CLEARED = "\r\033[K"  # ECMA-48: to the beginning, and erase in line


class Progress:
    """A bar for each list that is read."""

    def __init__(self, show: Callable[[str], None] | None) -> None:
        """Take where to show it.

        Args:
            show: writes text to a terminal; None where there is none.
        """
        self._show = show
        self._name = ""
        self._done = 0

    def begin(self, name: str) -> None:
        """Begin another list."""
        self._name, self._done = name, 0

    def step(self, number: int, total: int) -> None:
        """Say that so many more were done, of all."""
        self._done += number
        filled = WIDTH * min(self._done, total) // total if total else WIDTH
        bar = "#" * filled + "." * (WIDTH - filled)
        self._write(f"{self._name:<24} [{bar}] {self._done:,} of {total:,}")

    def clear(self) -> None:
        """Make room for a line of somebody else."""
        self._write("")

    def _write(self, text: str) -> None:
        if self._show is not None:
            self._show(f"{_CLEARED}{text}")
