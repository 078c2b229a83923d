"""How the cost of a page grows with it: 50, 500 and 5,000 klantcontacten in one query.

    python -m tests.benchmarks.scaling

The klantbeeld page with limits lifted, breadth-first, records at hand (see `executor`).
The municipality is made larger by copies of what hangs on the first 50 klantcontacten:
each has records of its own, in the store and in the registers; types and the partij
stay one. CPU is the least of some rounds, without the garbage collector; memory, in runs
of their own, what was allocated at the most while it ran (tracemalloc), and what the
answer itself holds. The slope is what one more klantcontact costs.
"""

import asyncio
import gc
import sys
import time
import tracemalloc
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import NamedTuple

from gateway.execution.documents import Execution
from gateway.store.embedded import EmbeddedPostgres
from schema import schema
from tests.benchmarks.executor import PAGED, recorded
from tests.benchmarks.measuring import a_folder
from tests.benchmarks.page import fill
from tests.benchmarks.replayed import Municipality, municipality
from tests.benchmarks.standins import Running, running
from tests.identity.callers import klant
from tests.municipality import MIJN_KLANTBEELD

FIRST = 50
SIZES = {FIRST: 60, 500: 10, 5_000: 4}
"""How many rounds, by how many klantcontacten."""


class Cost(NamedTuple):
    """Of one page.

    Attributes:
        cpu: seconds.
        peak: bytes, beyond what was there before.
        kept: bytes that the answer holds.
    """

    cpu: float
    peak: int
    kept: int


class Page:
    """Asks for a page of one size."""

    def __init__(self, whole: Municipality, size: int, errors: int) -> None:
        """Take what to ask.

        Args:
            whole: of that size.
            size: of the page.
            errors: how many there must be.
        """
        self.execution = Execution()
        self._whole = whole
        self._size = size
        self._errors = errors

    async def answered(self) -> tuple[float, object]:
        """Ask once; gives seconds of CPU, and the data.

        Raises:
            AssertionError: the answer is not of that size.
        """
        context = self._whole.context(klant(), self.execution)
        begin = time.process_time()
        result = await schema.execute(
            MIJN_KLANTBEELD,
            variable_values={"first": self._size},
            context_value=context,
        )
        taken = time.process_time() - begin
        data = result.data
        if data is None:
            raise AssertionError(f"there is no page: {result.errors}")
        nodes = len(data["mijnKlantbeeld"]["klantcontacten"]["nodes"])
        if (nodes, len(result.errors or ())) != (self._size, self._errors):
            raise AssertionError(f"not a page of {self._size}: {nodes}")
        return taken, data


async def cost(page: Page, rounds: int) -> Cost:
    """Measure a page."""
    await page.answered()
    await page.answered()
    gc.collect()
    gc.freeze()
    gc.disable()
    least = float("inf")
    for _ in range(rounds):
        taken, _ = await page.answered()
        least = min(least, taken)
        gc.collect()
    gc.enable()
    gc.unfreeze()
    tracemalloc.start()
    before, _ = tracemalloc.get_traced_memory()
    _, data = await page.answered()
    _, peak = tracemalloc.get_traced_memory()
    gc.collect()
    after, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    if page.execution.fallbacks or data is None:
        raise AssertionError(f"not breadth-first: {page.execution.fallbacks}")
    return Cost(least, peak - before, after - before)


async def main(postgres: EmbeddedPostgres, standins: Running) -> None:
    url = await fill(postgres, standins.addresses)
    costs: dict[int, Cost] = {}
    async with municipality(url, standins) as whole:
        first = await recorded(whole, MIJN_KLANTBEELD, {"first": FIRST}, klant())
        for size, rounds in SIZES.items():
            errors = len(first.errors) * size // FIRST
            page = Page(whole.of_size(size, PAGED), size, errors)
            costs[size] = await cost(page, rounds)
    sys.stdout.write("\n".join(table(costs)) + "\n")


def table(costs: Mapping[int, Cost]) -> Iterator[str]:
    """Give the lines of a table, and the slopes."""
    yield "| klantcontacten | CPU ms | µs each | peak MB | kB each | answer MB |"
    yield "|---|---|---|---|---|---|"
    for size, one in costs.items():
        cpu = f"{one.cpu * 1e3:.1f} | {one.cpu * 1e6 / size:.0f}"
        memory = f"{one.peak / 1e6:.2f} | {one.peak / 1e3 / size:.1f}"
        yield f"| {size} | {cpu} | {memory} | {one.kept / 1e6:.2f} |"
    for few, many in pairwise(costs):
        more = many - few
        micros = (costs[many].cpu - costs[few].cpu) * 1e6 / more
        kilos = (costs[many].peak - costs[few].peak) / 1e3 / more
        yield f"\nfrom {few} to {many}: {micros:.1f} µs and {kilos:.2f} kB for one more"


if __name__ == "__main__":
    with (
        a_folder() as folder,
        EmbeddedPostgres(folder / "page", durable=False) as server,
        running() as them,
    ):
        asyncio.run(main(server, them))
