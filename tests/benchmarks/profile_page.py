"""Where the time goes of a warm klantbeeld page over HTTP.

    python -m tests.benchmarks.profile_page

The gateway is served as in `http`, by `sampled`: every few milliseconds of its CPU it is
noted which function runs, and a sample belongs to the innermost function that is of one
of the layers below; what traces ask of the store is traces. Shares are of all samples.
"""

import asyncio
import json
import os
import signal
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path

from gateway.store.embedded import EmbeddedPostgres
from tests.benchmarks.measuring import a_folder
from tests.benchmarks.serving import (
    SERVE,
    Connection,
    Gateway,
    for_measuring,
    question,
    served,
)
from tests.benchmarks.standins import Running, running

PAGES = 1_000
SPOTS = 25

TRACES = "traces: processing record, audit"
LOOP = "event loop, sockets"
ENCODING = "encoding, errors told"

# By the layer, which paths and functions are its own; the first that fits.
LAYERS: Mapping[str, Sequence[str]] = {
    "garbage collection": (
        "tests/benchmarks/sampled.py:collected",
        "_weakrefset.py:_remove",  # what collected tasks call, in the midst of it
    ),
    TRACES: ("gateway/identity/trail/", "opentelemetry/"),
    "token": (
        "gateway/identity/tokens/",
        "gateway/identity/door.py",
        "gateway/identity/caller.py",
        "gateway/edge/asking/identify.py",
        "joserfc/",
        "cryptography/",
    ),
    "policy, rights": ("gateway/identity/",),
    ENCODING: (
        "gateway/edge/graphql.py:encoded",
        "gateway/edge/graphql.py:_answer",
        "gateway/edge/errors.py",
        "json/encoder.py",
    ),
    "the run: what batch functions do themselves": ("schema/",),
    "the run: errors of fields": (
        "graphql/error/",
        "gateway/execution/running/faults.py",
        "gateway/execution/running/located.py",
    ),
    "the run: leaves": (
        "gateway/execution/planning/leaves.py",
        "<string>:read",
        "<string>:complete",
    ),
    "the run: columns, frames, calls": (
        "gateway/execution/running/",
        "gateway/execution/planning/",
        "gateway/execution/calling.py",
    ),
    "document, plan, variables": (
        "gateway/execution/",
        "strawberry/",
        "graphql/",
    ),
    "store, client side": ("gateway/store/", "asyncpg/"),
    "registers (remembered)": ("gateway/registers/", "cachetools/"),
    "HTTP": ("uvicorn/", "starlette/", "h11/", "gateway/edge/", "anyio/"),
    "making the context": ("gateway/process.py", "gateway/context.py"),
    LOOP: ("asyncio/", "selectors.py"),
}

Frames = Sequence[tuple[str, str]]


def short(frame: tuple[str, str]) -> str:
    """Name a function, with its file without what is before the package."""
    path, name = frame
    for root in (f"{Path(__file__).parents[2]}/", "site-packages/", "python3.11/"):
        path = path.rpartition(root)[2]
    return f"{path}:{name}"


def layer_of(frames: Frames) -> str:
    """Say whose a sample is."""
    names = [*map(short, frames)]
    if any(name.startswith("gateway/identity/trail/") for name in names):
        return TRACES
    for name in names:
        for layer, own in LAYERS.items():
            if any(
                name == each if ":" in each else name.startswith(each) for each in own
            ):
                return layer
    return LOOP


def read(file: Path) -> Iterator[tuple[int, Frames]]:
    """Read what was noted: how often, and the frames."""
    for line in file.read_text().splitlines():
        times, frames = json.loads(line)
        yield times, [(path, name) for path, name in frames]


async def ask(gateway: Gateway, headers: Mapping[str, str]) -> float:
    """Ask for the pages; gives the seconds of CPU of each."""
    connection = await Connection.open(gateway.port, headers)
    for _ in range(50):
        await connection.ask(question())
    os.kill(gateway.pid, signal.SIGUSR1)
    await connection.ask(question())  # by then it has begun anew
    before = gateway.cpu()
    for _ in range(PAGES):
        answer = await connection.ask(question())
        if b'"complete":true' not in answer:
            raise AssertionError("the page is not whole")
    taken = (gateway.cpu() - before) / PAGES
    await connection.aclose()
    return taken


def tables(file: Path, seconds: float) -> Iterator[str]:
    """Give the lines of both: by layer, and the functions that take most."""
    layers: Counter[str] = Counter()
    spots: Counter[str] = Counter()
    for times, frames in read(file):
        layers[layer_of(frames)] += times
        spots[short(frames[0])] += times
    total = layers.total()
    yield f"{PAGES} pages, {seconds * 1000:.2f} ms of CPU each, {total} samples"
    yield "\n| layer | share | ms a page |\n|---|---|---|"
    for layer, times in layers.most_common():
        share = times / total
        yield f"| {layer} | {share:.1%} | {share * seconds * 1000:.2f} |"
    yield "\n| function itself | share |\n|---|---|"
    for spot, times in spots.most_common(SPOTS):
        yield f"| {spot} | {times / total:.1%} |"


def main(postgres: EmbeddedPostgres, standins: Running, stack: ExitStack) -> None:
    municipality = for_measuring(postgres, standins, stack)
    file = municipality.folder / "samples.jsonl"
    command = ("tests.benchmarks.sampled", str(file), *SERVE[1:])
    with served(municipality, "sampled", command=command) as gateway:
        seconds = asyncio.run(ask(gateway, municipality.headers()))
    sys.stdout.write("\n".join(tables(file, seconds)) + "\n")


if __name__ == "__main__":
    with (
        a_folder() as here,
        EmbeddedPostgres(here / "page", durable=False) as server,
        running() as them,
        ExitStack() as opened,
    ):
        main(server, them, opened)
