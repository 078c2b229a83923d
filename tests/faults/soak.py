"""Many small questions at once while a register flaps, and what the answers were worth.

Each asks one klantcontact with its zaak and document. Whether an answer is right is
known: it was asked before, when all was well; and how old it is can be read off it.
"""

import asyncio
import copy
import gc
import math
import resource
import stat
import sys
import time
from array import array
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from statistics import fmean, quantiles
from typing import cast

import httpx

from gateway.demo.addresses import Addresses
from gateway.demo.run import gateway_settings
from gateway.settings import CacheSettings, RegisterSettings, Settings
from gateway.store import tables
from gateway.store.database import create_database
from schema.node import encode_id
from tests.faults.question import Json, Place, told, without
from tests.municipality import FIXTURES
from tests.store.rows import Rows

QUERY = """
  query ($id: ID!) { klantcontact(id: $id) {
    nummer
    onderwerpen { ... on ZaakOnderwerp { uuid zaak {
      identificatie
      omschrijving
      zaaktype { omschrijving }
      status { datumStatusGezet statustype { omschrijving } }
    } } }
    inhoud { ... on DocumentInhoud { uuid document { titel } } }
  } }
"""
STAMP: Place = ("klantcontact", "onderwerpen", 0, "zaak", "omschrijving")

DEADLINE = 1.0
LIFETIME = 0.1
TRANSIT = 1.0
"""Seconds in which what a register sent can be used; only a machine that stands still
needs so long."""

# What a caller may be told while a register flaps.
CODES = frozenset({"REGISTER_UNAVAILABLE", "DEADLINE_EXCEEDED"})
SAMPLES = 40


def soaked(database_url: str, addresses: Addresses) -> Settings:
    """Configure a gateway that remembers so briefly that registers are really asked."""
    usual = gateway_settings(database_url, addresses)
    return usual.model_copy(
        update={
            "registers": tuple(
                RegisterSettings.model_validate({**dict(each), "breaker_seconds": 0.5})
                for each in usual.registers
            ),
            "cache": CacheSettings(
                zaken_seconds=LIFETIME,
                documenten_seconds=LIFETIME,
                stale_seconds=2.0,
            ),
        }
    )


async def klantcontacten(
    database_url: str, addresses: Addresses, number: int
) -> list[str]:
    """Put klantcontacten of one partij in a store, with a zaak and a document each.

    Returns:
        Their ids.
    """
    engine = create_database(database_url, pool_size=1)
    rows = Rows(engine)
    zaken = sorted((FIXTURES / "zaken" / "zaken").glob("*.json"))
    folder = FIXTURES / "documenten" / "enkelvoudiginformatieobjecten"
    documenten = sorted(folder.glob("*.json"))
    ids, partij = [], await rows.persoon()
    for each in range(number):
        key = await rows.klantcontact(1, partij)
        zaak = zaken[each % len(zaken)].stem
        url = f"{addresses.base('zaken')}/zaken/{zaak}"
        await rows.onderwerp(key, "zaak", url=url)
        document = documenten[each % len(documenten)].stem
        await rows.insert(
            tables.inhoudsdelen,
            klantcontact_id=key,
            volgorde=1,
            vorm="informatieobject",
            url=f"{addresses.base('documenten')}/{folder.name}/{document}",
        )
        ids.append(encode_id("Klantcontact", key))
    await engine.dispose()
    return ids


@dataclass
class Report:
    """What came of it.

    Attributes:
        outcomes: how many answers were what: `right`, `stale`, or its codes.
        wrong: the answers that may not be, and why.
        seconds: what each took.
        blocks: of memory that Python's allocator had given out more than at the
            beginning, garbage collected, sampled as it went. To the object: what one
            question leaves behind shows after ten thousand.
        resident: MiB of the whole process, at the same moments. Mostly libraries.
    """

    outcomes: Counter[str] = field(default_factory=Counter)
    wrong: list[tuple[str, Json]] = field(default_factory=list)
    # An array: its numbers are no objects, which would count as memory that is kept.
    seconds: "array[float]" = field(default_factory=lambda: array("d"))
    blocks: "array[float]" = field(default_factory=lambda: array("d"))
    resident: "array[float]" = field(default_factory=lambda: array("d"))

    def sample(self, beginning: int) -> None:
        """Take note of the memory in use."""
        gc.collect()
        self.blocks.append(sys.getallocatedblocks() - beginning)
        pages = int(Path("/proc/self/statm").read_text().split()[1])
        self.resident.append(pages * resource.getpagesize() / 2**20)

    def overrun(self) -> Mapping[str, float]:
        """By how many milliseconds deadlines were overrun, of all answers."""
        late = sorted(max(0.0, each - DEADLINE) * 1000 for each in self.seconds)
        cuts = quantiles(late, n=100)
        return {"p50": cuts[49], "p99": cuts[98], "max": late[-1]}

    def __str__(self) -> str:
        """Tell it in a few lines."""
        late = " ".join(f"{name} {ms:.1f}" for name, ms in self.overrun().items())
        memory = "".join(
            f"{name}: {samples[0]:.0f} to {samples[-1]:.0f}, second half"
            f" {growth(samples):.3f} of the first\n"
            for name, samples in (("blocks", self.blocks), ("MiB", self.resident))
        )
        return (
            f"answers: {dict(self.outcomes.most_common())}\n"
            f"deadline of {DEADLINE:.0f} s overrun by, in ms: {late}\n{memory}"
        )


def growth(samples: Sequence[float]) -> float:
    """The mean of the second half, as a share of that of the first."""
    half = len(samples) // 2
    return fmean(samples[half:]) / fmean(samples[:half])


class Soak:
    """One run."""

    def __init__(
        self, client: httpx.AsyncClient, ids: Sequence[str], *, beginning: int = 0
    ) -> None:
        """Take what to ask.

        Args:
            client: of a gateway.
            ids: of klantcontacten with a zaak and a document.
            beginning: blocks of memory in use before there was a gateway.
        """
        self._client = client
        self._ids = ids
        self._beginning = beginning
        self._right: dict[str, Json] = {}
        self._report = Report()

    async def learn(self) -> None:
        """Ask each once, while all registers are well."""
        for each in self._ids:
            answer = await self._ask(each)
            assert told(answer) == {}, answer
            self._right[each] = cast("Json", answer["data"])

    async def run(self, operations: int, concurrency: int) -> Report:
        """Ask so many, so many at a time."""
        numbers = iter(range(operations))

        async def work() -> None:
            for number in numbers:
                await self._once(self._ids[number * 7 % len(self._ids)])
                if number % (operations // SAMPLES) == 0:
                    self._report.sample(self._beginning)

        async with asyncio.TaskGroup() as group:
            for _ in range(concurrency):
                group.create_task(work())
        return self._report

    async def _once(self, klantcontact: str) -> None:
        begin = time.monotonic()
        answer = await self._ask(klantcontact)
        took = time.monotonic() - begin
        self._report.seconds.append(took)
        outcome, problem = judged(answer, self._right[klantcontact], begin, took)
        self._report.outcomes[outcome] += 1
        if problem:
            self._report.wrong.append((problem, answer))

    async def _ask(self, klantcontact: str) -> Json:
        answer = await self._client.post(
            "/graphql",
            json={"query": QUERY, "variables": {"id": klantcontact}},
            headers={"Klantbeeld-Deadline": str(int(DEADLINE * 1000))},
        )
        assert answer.status_code == 200, answer.text
        return cast("Json", answer.json())


def judged(answer: Json, right: Json, begin: float, took: float) -> tuple[str, str]:
    """Say what an answer is, and what is wrong with it, if anything.

    Args:
        answer: the whole of it.
        right: the data it would have if all were well, whenever that was.
        begin: when it was asked; monotonic seconds.
        took: seconds until it was there.
    """
    errors = told(answer)
    codes = {str(each["code"]) for each in errors.values()}
    extensions = cast("dict[str, Json]", answer["extensions"])["klantbeeld"]
    stale = cast("dict[str, int]", extensions.get("stale", {}))
    data = copy.deepcopy(cast("Json", answer["data"]))
    sent = _taken(data)
    expected = without(right, list(errors))
    _taken(expected)
    outcome = "+".join(sorted(codes)) or ("stale" if stale else "right")
    problems = {
        "data": data != expected,
        "code": not codes <= CODES,
        "complete": extensions["complete"] is not (not codes),
        "age": sent is not None
        and _told_wrongly(begin - sent, took, stale.get("zaken")),
    }
    return outcome, " ".join(name for name, wrong in problems.items() if wrong)


def _taken(data: Json) -> float | None:
    """Take out when the zaak was sent; None where it is not there."""
    *path, last = STAMP
    here: object = data
    for step in path:
        here = cast("dict[str | int, object]", here)[step]
        if here is None:
            return None
    return float(cast("dict[str | int, str]", here).pop(last))


def _told_wrongly(age: float, took: float, told_age: int | None) -> bool:
    """Whether old data came unmarked, or marked with another age.

    Args:
        age: seconds since it was sent, when the question began.
        took: how long that lasted.
        told_age: what was said; None for nothing.
    """
    if told_age is None:
        return age > LIFETIME + TRANSIT
    return not age - TRANSIT <= told_age <= math.ceil(age + took)


def open_sockets() -> int:
    """How many this process has."""
    number = 0
    for each in Path("/dev/fd").iterdir():
        with suppress(OSError):  # the listing's own
            number += stat.S_ISSOCK(each.stat().st_mode)
    return number
