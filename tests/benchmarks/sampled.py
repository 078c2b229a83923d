"""The gateway as `klantbeeld serve` starts it, and where its CPU goes.

    python -m tests.benchmarks.sampled FILE serve --port 0

Each few milliseconds of this process's CPU it is noted which functions are running; the
file has a line of JSON for each different stack: how often it was seen, and its frames
from the inside outwards. SIGUSR1 begins anew. What the garbage collector takes is seen as
`collected`.
"""

import gc
import json
import signal
import sys
from collections import Counter
from pathlib import Path
from types import FrameType

from gateway.__main__ import app

EVERY = 0.001
"""Seconds of CPU; the kernel's clock makes it more."""

Stack = tuple[tuple[str, str], ...]


class Samples:
    """What was seen."""

    def __init__(self) -> None:
        self._seen: Counter[Stack] = Counter()

    def note(self, _number: int, frame: FrameType | None) -> None:
        """Note what is running."""
        stack = []
        while frame is not None:
            code = frame.f_code
            stack.append((code.co_filename, code.co_name))
            frame = frame.f_back
        self._seen[tuple(stack)] += 1

    def begin_anew(self, _number: int, _frame: FrameType | None) -> None:
        """Forget what was seen."""
        self._seen.clear()

    def write(self, file: Path) -> None:
        """Write it down."""
        lines = (json.dumps([times, stack]) for stack, times in self._seen.items())
        file.write_text("\n".join(lines))


def collected(_phase: str, _told: dict[str, int]) -> None:
    """Be what runs when signals of the time of a collection come in: after it."""


def main(file: Path) -> None:
    samples = Samples()
    signal.signal(signal.SIGPROF, samples.note)
    signal.signal(signal.SIGUSR1, samples.begin_anew)
    gc.callbacks.append(collected)
    signal.setitimer(signal.ITIMER_PROF, EVERY, EVERY)
    try:
        app(standalone_mode=False)
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        samples.write(file)


if __name__ == "__main__":
    path = Path(sys.argv.pop(1))
    main(path)
