"""How the benchmarks measure: CPU of this process, and the clock on the wall."""

import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory


@dataclass
class Measured:
    """Runs of one thing.

    Attributes:
        cpu: seconds of this process, each run.
        wall: seconds, each run.
    """

    cpu: list[float] = field(default_factory=list)
    wall: list[float] = field(default_factory=list)

    async def run(self, thing: Callable[[], Awaitable[object]]) -> None:
        """Add a run."""
        cpu, wall = time.process_time(), time.perf_counter()
        await thing()
        self.cpu.append(time.process_time() - cpu)
        self.wall.append(time.perf_counter() - wall)

    def cpu_ms(self, per: int = 1) -> float:
        """The median, in milliseconds for each of so many."""
        return median(self.cpu) * 1000 / per

    def wall_ms(self) -> float:
        """The median, in milliseconds."""
        return median(self.wall) * 1000


@contextmanager
def a_folder() -> Iterator[Path]:
    """Make a folder for PostgreSQL, which its own user may enter."""
    with TemporaryDirectory(prefix="klantbeeld-") as name:
        Path(name).chmod(0o711)
        yield Path(name)


class Shifted:
    """A timer that can be put forward.

    Attributes:
        by: seconds.
    """

    def __init__(self) -> None:
        self.by = 0.0

    def __call__(self) -> float:
        """Monotonic seconds."""
        return time.monotonic() + self.by
