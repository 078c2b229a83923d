"""What reading registers costs in CPU: HTTP, decoding and memory, without a graph.

    python -m tests.benchmarks.registers

Reads what the klantbeeld page reads, at the same moments: 20 zaken with status and
resultaat, 50 documenten, 25 objecten, then their types.
"""

import asyncio
import json
import sys
from functools import partial

from gateway.deadline import Deadline
from gateway.demo.run import gateway_settings
from gateway.registers.records import Record
from gateway.registers.registers import Reads, Registers
from gateway.registers.zaken import Zaak
from tests.benchmarks.measuring import Measured, Shifted
from tests.benchmarks.standins import Running, running
from tests.municipality import FIXTURES
from tests.registers.builders import pseudonym

RUNS = 40


def urls(registers: Running, folder: str, number: int) -> list[str]:
    files = sorted((FIXTURES / folder).glob("*.json"))[:number]
    rewrite = registers.addresses.rewrite
    return [json.loads(rewrite(file.read_text()))["url"] for file in files]


class Page:
    def __init__(self, registers: Running) -> None:
        self.zaken = urls(registers, "zaken/zaken", 20)
        self.documenten = urls(
            registers, "documenten/enkelvoudiginformatieobjecten", 50
        )
        self.objecten = urls(registers, "objecten/objects", 25)

    async def read(self, registers: Registers) -> None:
        reads = registers.reads(Deadline.after(30))
        await asyncio.gather(
            self._zaken(reads),
            reads.documenten.documenten_by_url(self.documenten),
            self._objecten(reads),
        )

    async def _zaken(self, reads: Reads) -> None:
        both = frozenset({"status", "resultaat"})
        found = await reads.zaken.zaken_by_url(self.zaken, expand=both)
        zaken = [zaak for zaak in found if isinstance(zaak, Zaak)]
        if len(zaken) != len(self.zaken):
            raise RuntimeError("not all zaken were there")
        statussen = await reads.zaken.statussen_by_url(
            [zaak.status for zaak in zaken if zaak.status]
        )
        resultaten = await reads.zaken.resultaten_by_url(
            [zaak.resultaat for zaak in zaken if zaak.resultaat]
        )
        of = reads.catalogi
        await asyncio.gather(
            of.zaaktypen_by_url([zaak.zaaktype for zaak in zaken]),
            of.statustypen_by_url(
                [each.statustype for each in statussen if isinstance(each, Record)]
            ),
            of.resultaattypen_by_url(
                [each.resultaattype for each in resultaten if isinstance(each, Record)]
            ),
        )

    async def _objecten(self, reads: Reads) -> None:
        found = await reads.objecten.objecten_by_url(self.objecten)
        objects = [each for each in found if isinstance(each, Record)]
        await reads.objecten.objecttypen_by_object(objects)


async def main(standins: Running) -> None:
    timer = Shifted()
    settings = gateway_settings("postgresql://unused/unused", standins.addresses)
    registers = Registers(settings.registers, pseudonym=pseudonym, timer=timer)
    page = Page(standins)
    ahead = {"first": 24 * 3600.0, "cold, types known": 61.0, "warm": 0.0}
    shown = {name: Measured() for name in ahead}
    await page.read(registers)
    for _ in range(RUNS):
        for name, measured in shown.items():
            timer.by += ahead[name]
            await measured.run(partial(page.read, registers))
    await registers.aclose()
    for name, measured in shown.items():
        best = min(measured.cpu) * 1000
        sys.stdout.write(
            f"{name:20} CPU median {measured.cpu_ms():6.2f} ms, best {best:6.2f} ms\n"
        )


if __name__ == "__main__":
    with running() as them:
        asyncio.run(main(them))
