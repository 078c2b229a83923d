"""The store at size: what a million klantcontacten cost, beside a thousand.

    python -m tests.benchmarks.size --folder /tmp/klantbeeld-size

Makes two municipalities on one PostgreSQL, once for a folder (six minutes, 3 GB), and
asks both the same through a gateway in this process: what each question takes, in turn;
how PostgreSQL plans its statements; and what disk, memory and CPU it comes to.
"""

import argparse
import asyncio
from collections.abc import Sequence
from contextlib import AsyncExitStack
from functools import partial
from pathlib import Path

import httpx

from gateway.store.embedded import EmbeddedPostgres
from tests.benchmarks.measuring import Measured
from tests.benchmarks.size_costs import (
    backends,
    cpu_seconds,
    private_kb,
    resident_kb,
    served,
    serving,
    tables,
)
from tests.benchmarks.size_questions import (
    COMPANY,
    INZAGEN,
    OWN_PAGE,
    PAGE,
    QUESTIONS,
    WORK_LIST,
    body_of,
    gateway,
)
from tests.benchmarks.size_rows import Size
from tests.benchmarks.size_stores import Planned, Store, say

ROUNDS, PAGES = 60, 400
SMALL = Size(1_000, 200)
TIMED = (PAGE, OWN_PAGE, WORK_LIST)


async def disk(store: Store) -> None:
    """Say what it takes on disk."""
    async with store.owned() as connection:
        found = await tables(connection)
    say(f"\n{store.name}\n\n| table | rows | data MB | indexes MB |\n|---|---|---|---|")
    for each in found:
        mb = f"{each.data / 1e6:.1f} | {each.indexes / 1e6:.1f}"
        say(f"| {each.name} | {each.rows} | {mb} |")
    total = sum(each.size for each in found)
    each_one = total / store.size.klantcontacten
    say(f"\n{total / 1e6:.0f} MB, {each_one:.0f} bytes for each klantcontact")


async def times(stores: Sequence[Store], folder: Path) -> None:
    """Ask both the same, in turn, and say what that takes on the wall."""
    shown = {(name, each.name): Measured() for name in TIMED for each in stores}
    async with AsyncExitStack() as stack:
        asked = {
            each.name: await stack.enter_async_context(gateway(each.url, folder))
            for each in stores
        }
        for round_ in range(-5, ROUNDS):
            for name in TIMED:
                for store in stores:
                    number = store.size.busy_personen[
                        round_ % len(store.size.busy_personen)
                    ]
                    run = partial(asked[store.name].ask, name, number)
                    measured = shown[name, store.name] if round_ >= 0 else Measured()
                    await measured.run(run)
    say(
        "\n| ms, median and (minimum) of a question | "
        + " | ".join(each.name for each in stores)
        + " |\n|---|"
        + "---|" * len(stores)
    )
    for name in TIMED:
        cells = [
            f"{each.wall_ms():.1f} ({min(each.wall) * 1000:.1f})"
            for (what, _), each in shown.items()
            if what == name
        ]
        say(f"| {name} | {' | '.join(cells)} |")


def _summed(planned: Sequence[Planned]) -> str:
    ms = sum(each.usual.ms for each in planned)
    rows = sum(each.usual.rows_read for each in planned)
    return f"{ms:.2f} | {rows}"


async def plans(stores: Sequence[Store], folder: Path) -> None:
    """Say how each question's statements are planned, and what they take.

    A company with a thousand klantcontacten may have so many interne taken that reading
    all there are is as cheap.

    Raises:
        SystemExit: one of them reads a table from end to end.
    """
    say(f"\n| question | statements |{' ms | rows read |' * len(stores)} scanned |")
    say(f"|---|---|{'---|---|' * len(stores)}---|")
    heard = [
        await each.statements(
            [*QUESTIONS, INZAGEN], each.size.busy_personen[:1], folder
        )
        for each in stores
    ]
    every: set[str] = set()
    for name in (*QUESTIONS, INZAGEN):
        planned = [
            await store.planned(mine[name][0])
            for store, mine in zip(stores, heard, strict=True)
        ]
        large = planned[-1]
        scanned = ", ".join(sorted(set().union(*(each.scanned for each in large))))
        cells = " | ".join(map(_summed, planned))
        say(f"| {name} | {len(large)} | {cells} | {scanned or 'nothing'} |")
        if name != COMPANY:
            every.update(*(each.scanned for each in large))
    if every:
        raise SystemExit(f"read from end to end: {', '.join(sorted(every))}")


async def costs(store: Store, folder: Path) -> None:
    """Say what pages take of PostgreSQL: their statements only, over and over."""
    heard = await store.statements(TIMED, store.size.busy_personen[:60], folder)
    for name, pages in heard.items():
        found = await served(store.url, pages, connections=2, seconds=10.0)
        say(
            f"\n{name}: {1000 * found.cpu / found.pages:.2f} ms CPU of PostgreSQL"
            f" ({found.pages / found.seconds:.0f} a second); a connection has"
            f" {found.resting / 1024:.1f} MB of its own, {found.used / 1024:.1f} in use"
        )


async def memory(store: Store) -> None:
    """Say what a gateway has of memory, and what its pages take of PostgreSQL."""
    numbers = store.size.busy_personen
    with serving(store.url) as process:
        resting = resident_kb(process.pid)
        async with store.owned() as owner, httpx.AsyncClient(timeout=30) as client:
            for number in numbers[:PAGES]:
                await client.post(process.url, json=body_of(PAGE, number))
            pids = await backends(owner)
            gateway_cpu, cpu = cpu_seconds(process.pid), sum(map(cpu_seconds, pids))
            for number in numbers[:PAGES]:
                answer = await client.post(process.url, json=body_of(PAGE, number))
                answer.raise_for_status()
            cpu = sum(map(cpu_seconds, pids)) - cpu
            gateway_cpu = cpu_seconds(process.pid) - gateway_cpu
            used = max(map(private_kb, pids)) / 1024
        say(
            f"\na gateway has {resting / 1024:.0f} MB at rest, after {2 * PAGES} pages"
            f" {resident_kb(process.pid) / 1024:.0f}; a page ({PAGE}) took"
            f" {1000 * gateway_cpu / PAGES:.1f} ms CPU of it and"
            f" {1000 * cpu / PAGES:.2f} of PostgreSQL, whose {len(pids)} connections"
            f" have {used:.1f} MB of their own"
        )


async def main(server: EmbeddedPostgres, large: Size, folder: Path) -> None:
    stores = [
        Store(server, size, f"size_{size.klantcontacten}") for size in (SMALL, large)
    ]
    for store in stores:
        await store.make()
    for store in stores:
        await disk(store)
    await times(stores, folder)
    await costs(stores[-1], folder)
    await memory(stores[-1])
    await plans(stores, folder)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--klantcontacten", type=int, default=1_000_000)
    asked = parser.parse_args()
    asked.folder.mkdir(mode=0o711, exist_ok=True)
    size = Size(asked.klantcontacten, asked.klantcontacten // 5)
    with EmbeddedPostgres(asked.folder / "pg", durable=False) as postgres:
        asyncio.run(main(postgres, size, asked.folder))
