"""Compares executors for as long as one likes.

    python -m tests.execution.differential --operations 20000 --processes 2 --seed 1

Prints what it came to, and the smallest document for each of the first differences; ends
with 1 where there is any.
"""

import argparse
import asyncio
import secrets
import sys
import warnings
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial

from tests.execution.differential.executors import breadth_first
from tests.execution.differential.hunting import DATA_SETS, Endless, Total, hunt


def main(arguments: Sequence[str]) -> int:
    asked = _parsed(arguments)
    print(f"seed {asked.seed}", flush=True)  # noqa: T201 - known even if this hangs
    documents = -(-asked.operations // DATA_SETS)
    shares = [
        range(asked.seed + first, asked.seed + documents, asked.processes)
        for first in range(asked.processes)
    ]
    total = Total()
    with ProcessPoolExecutor(asked.processes) as processes:
        for each in processes.map(partial(hunted, most=asked.most), shares):
            total.join(each)
    print("\n\n".join((*total.shown, str(total))))  # noqa: T201 - what it is for
    return 1 if total.differences else 0


def hunted(seeds: range, most: int) -> Total:
    """Do one process's share."""
    # graphql-core leaves coroutines behind where a null took their place.
    warnings.simplefilter("ignore", RuntimeWarning)
    sys.unraisablehook = lambda _: None  # nor can it always be warned of
    both = breadth_first()
    try:
        total = asyncio.run(hunt(both, seeds, most=most))
    except Endless as endless:
        total = Total(differences=1, shown=[f"did not end: {endless}"])
    total.fallbacks.update(both.execution.fallbacks)
    return total


def _parsed(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.execution.differential")
    parser.add_argument("--operations", type=int, default=5_000)
    parser.add_argument("--processes", type=int, default=1)
    parser.add_argument("--seed", type=int, default=secrets.randbelow(10**9))
    parser.add_argument("--most", type=int, default=3, help="differences to show")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
