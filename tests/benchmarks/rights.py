"""What the rules cost of a warm page, measured apart from all else.

    python -m tests.benchmarks.rights

A klant's page is asked once with a Sight that remembers what it was asked: which fields
of which records, and which records were to pass. Those same questions are then put to a
new Sight, many times. The page itself is measured in turn with them, in one run.
"""

import asyncio
import sys
import time
from collections.abc import Iterable, Sequence
from typing import TypeVar

from msgspec.structs import replace

from gateway.context import RequestContext
from gateway.deadline import Deadline
from gateway.demo.run import gateway_settings
from gateway.execution.documents import Execution
from gateway.identificatie import bsn
from gateway.identity.caller import Caller, SoortAanvrager, Verwerking
from gateway.identity.levels import Betrouwbaarheidsniveau
from gateway.identity.policy.fields import FieldRule
from gateway.identity.policy.policy import Policy
from gateway.identity.rechten import Grant, Recht
from gateway.identity.sight.elsewhere import Elsewhere
from gateway.identity.sight.passed import Reached
from gateway.identity.sight.sight import Sight
from gateway.registers.registers import Registers
from gateway.settings import IdentitySettings
from gateway.store.database import create_connections
from gateway.store.embedded import EmbeddedPostgres
from gateway.store.keyset import Limits
from gateway.store.statements import Statements
from gateway.store.store import Store
from schema import schema
from tests.benchmarks.measuring import Measured, a_folder
from tests.benchmarks.page import fill
from tests.benchmarks.standins import Running, running
from tests.municipality import BENCH_BSN, MIJN_KLANTBEELD
from tests.registers.builders import pseudonym

T = TypeVar("T")
RUNS = 15
REPEATED = 20
POLICY = Policy(IdentitySettings())
WHO = bsn(BENCH_BSN)
KLANT = Caller(
    soort=SoortAanvrager.KLANT,
    niveau=Betrouwbaarheidsniveau.SUBSTANTIEEL,
    klanten=(WHO,),
    klant=WHO,
    grants=(Grant(frozenset({Recht.ZAKEN, Recht.DOCUMENTEN, Recht.OBJECTEN})),),
    verwerking=Verwerking("inzage", "urn:inzage"),
)


class Remembering(Sight):
    """Remembers what it was asked."""

    def __init__(self, store: Store) -> None:
        super().__init__(KLANT, POLICY, store, lambda _: None)
        self.passing: list[tuple[list[object], Reached]] = []
        self.fields: list[tuple[FieldRule, list[object]]] = []

    def let_pass(self, records: Iterable[T], reached: Reached = Reached.MEE) -> list[T]:
        passed = super().let_pass(records, reached)
        self.passing.append(([*passed], reached))
        return passed

    def refusals(
        self, field: FieldRule, parents: Sequence[object]
    ) -> list[Exception | None] | None:
        self.fields.append((field, [*parents]))
        return super().refusals(field, parents)


class Pages:
    """Asks for the page in this process."""

    def __init__(self, url: str, standins: Running) -> None:
        settings = gateway_settings(url, standins.addresses)
        self.statements = Statements(create_connections(url, pool_size=10))
        self.registers = Registers(settings.registers, pseudonym=pseudonym)
        self.execution = Execution()

    async def ask(self, *, remembering: bool = False) -> Sight:
        deadline = Deadline.after(30)
        store = Store(self.statements, deadline)
        reads = self.registers.reads(deadline)
        sight = (
            Remembering(store)
            if remembering
            else Sight(KLANT, POLICY, store, lambda _: None)
        )
        context = RequestContext(
            store,
            reads,
            sight,
            Elsewhere(sight, POLICY, reads),
            Limits(100, b"k" * 32),
            execution=self.execution,
        )
        result = await schema.execute(
            MIJN_KLANTBEELD, variable_values={"first": 50}, context_value=context
        )
        if result.data is None:
            raise RuntimeError("there is no page")
        return sight

    def again(self, asked: Remembering) -> float:
        """Put the same questions to a new one; seconds of CPU."""
        store = Store(self.statements, Deadline.after(30))
        begin = time.process_time()
        for _ in range(REPEATED):
            sight = Sight(replace(KLANT), POLICY, store, lambda _: None)
            for records, reached in asked.passing:
                sight.let_pass(records, reached)
            for field, parents in asked.fields:
                sight.refusals(field, parents)
        return (time.process_time() - begin) / REPEATED


async def main(postgres: EmbeddedPostgres, standins: Running) -> None:
    pages = Pages(await fill(postgres, standins.addresses), standins)
    asked = await pages.ask(remembering=True)
    if not isinstance(asked, Remembering):
        raise TypeError
    page, rules = Measured(), Measured()
    for _ in range(RUNS):
        await page.run(pages.ask)
        rules.cpu.append(pages.again(asked))
    await pages.registers.aclose()
    await pages.statements.aclose()
    records = sum(len(some) for some, _ in asked.passing)
    share = 100 * rules.cpu_ms() / page.cpu_ms()
    sys.stdout.write(
        f"{len(asked.fields)} times a rule for {sum(len(p) for _, p in asked.fields)}"
        f" records, {records} records passed:"
        f" {rules.cpu_ms():.2f} ms of CPU, {share:.1f} % of a warm page of"
        f" {page.cpu_ms():.1f} ms (median of {RUNS})\n"
    )


if __name__ == "__main__":
    with (
        a_folder() as folder,
        EmbeddedPostgres(folder / "page", durable=False) as server,
        running() as them,
    ):
        asyncio.run(main(server, them))
