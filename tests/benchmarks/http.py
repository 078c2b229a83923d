"""What the klantbeeld page costs over HTTP: CPU of the gateway's process.

    python -m tests.benchmarks.http

A klant who is logged in asks for 50 klantcontacten; see `serving` for how. Beside the
gateway as it is, on the same store and registers, in turn:

- *core, documents remembered*: the same, with graphql-core as executor;
- *core, as Strawberry comes*: that, with a document nobody asked before in each request,
  so that it is parsed and validated each time, as Strawberry does without extensions.

With one connection and with eight; of each the least of all rounds. Requests per second
are those of one core: a second divided by the CPU of one. All answers are compared.
"""

import asyncio
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import partial
from itertools import count

import orjson

from gateway.store.embedded import EmbeddedPostgres
from tests.benchmarks.measuring import a_folder
from tests.benchmarks.serving import (
    Connection,
    Gateway,
    Municipality,
    for_measuring,
    question,
    served,
)
from tests.benchmarks.standins import Running, running

ROUNDS = 12
AT_ONCE = (1, 8)
OURS, KNOWN, STOCK = (
    "breadth-first",
    "core, documents remembered",
    "core, as Strawberry comes",
)


@dataclass
class Way:
    """A gateway, and how it is asked.

    Attributes:
        ask: gives the body of the next request.
        requests: of a round.
        least: seconds of CPU for each request, by connections at once.
        answers: one of each that differed.
    """

    name: str
    gateway: Gateway
    ask: Callable[[], bytes]
    requests: int
    least: dict[int, float] = field(default_factory=dict)
    answers: set[bytes] = field(default_factory=set)

    async def round(self, headers: Mapping[str, str], at_once: int) -> None:
        """Ask for a while, on connections that were opened before."""
        connections = [
            await Connection.open(self.gateway.port, headers) for _ in range(at_once)
        ]
        asked = [
            [self.ask() for _ in range(self.requests // at_once)] for _ in connections
        ]
        before = self.gateway.cpu()
        await asyncio.gather(
            *(
                connection.ask_all(bodies)
                for connection, bodies in zip(connections, asked, strict=True)
            )
        )
        seconds = (self.gateway.cpu() - before) / sum(map(len, asked))
        self.least[at_once] = min(self.least.get(at_once, seconds), seconds)
        for each in connections:
            self.answers.update(map(comparable, each.bodies))
            await each.aclose()


def comparable(body: bytes) -> bytes:
    """Give an answer as text: errors in one order, without lines of the document."""
    answer = orjson.loads(body)
    errors = [{**each, "locations": None} for each in answer.pop("errors", [])]
    return orjson.dumps([answer, sorted(map(str, errors))])


async def measure(ways: Sequence[Way], municipality: Municipality) -> None:
    """Have them take turns."""
    headers = municipality.headers()
    for round_ in range(ROUNDS + 1):
        for way in ways:
            for at_once in AT_ONCE:
                await way.round(headers, at_once)
            if round_ == 0:  # what is done once
                way.least.clear()
                way.answers.clear()
    told = set[bytes]().union(*(way.answers for way in ways))
    if len(told) != 1:
        raise AssertionError(f"there were {len(told)} different answers")
    (answer,) = told
    if b'"complete":true' not in answer:
        raise AssertionError("the page is not whole")


def table(ways: Sequence[Way]) -> Iterator[str]:
    """Give the lines of a table."""
    heads = " | ".join(f"{each} at once" for each in AT_ONCE)
    what = f"ms of CPU a page, least of {ROUNDS} rounds (a second of one core)"
    yield f"| {what} | {heads} |"
    yield f"|---|{'---|' * len(AT_ONCE)}"
    for way in ways:
        cells = [f"{s * 1000:.2f} ({1 / s:.0f})" for s in way.least.values()]
        yield f"| {way.name} | {' | '.join(cells)} |"
    ours, *others = ways
    for way in others:
        times = [way.least[each] / ours.least[each] for each in AT_ONCE]
        told = [f"**{each:.1f}**" for each in times]
        yield f"| **times less than** {way.name} | {' | '.join(told)} |"


def main(postgres: EmbeddedPostgres, standins: Running, stack: ExitStack) -> None:
    municipality = for_measuring(postgres, standins, stack)
    start = partial(served, municipality)
    ours = stack.enter_context(start("ours"))
    core = stack.enter_context(start("core", graphql_core="true"))
    numbers = count()
    ways = [
        Way(OURS, ours, question, 48),
        Way(KNOWN, core, question, 16),
        Way(STOCK, core, lambda: question(unlike=next(numbers)), 16),
    ]
    asyncio.run(measure(ways, municipality))
    sys.stdout.write("\n".join(table(ways)) + "\n")


if __name__ == "__main__":
    with (
        a_folder() as here,
        EmbeddedPostgres(here / "page", durable=False) as server,
        running() as them,
        ExitStack() as opened,
    ):
        main(server, them, opened)
