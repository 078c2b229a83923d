"""What writing down one page costs: processing records, audit trail, trace context.

    python -m tests.benchmarks.traces

A page of 50 klantcontacten shows one person to a klant, and may show tens to an
employee. Each part is measured apart and in turn, in one run: CPU of this process (the
database's own is not in it) and the time that an answer waits.
"""

import asyncio
import sys
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from uuid import UUID

from gateway.deadline import Deadline
from gateway.identity.caller import Caller, SoortAanvrager, Verwerking
from gateway.identity.pseudonyms import Pseudonyms
from gateway.identity.trail.processing import ProcessingLog, Verwerkt, create_log
from gateway.identity.trail.trail import Seen, Trail
from gateway.settings import TraceSettings
from gateway.store.audit import Audit, Inzage
from gateway.store.database import create_connections
from gateway.store.embedded import SUPERUSER, EmbeddedPostgres
from gateway.store.migrate import ensure_database, migrate
from gateway.store.statements import Statements
from gateway.tracing import begun, outgoing, within
from tests.benchmarks.measuring import Measured, a_folder
from tests.keys import KEY

PERSONS = (1, 10, 50)
PAGES = 50
ROUNDS = 15
ROLE = "klantbeeld"
REQUESTS = 100_000

Page = Callable[[Seen], Awaitable[None]]


class Parts:
    """The parts of writing down a page, each by itself."""

    def __init__(self, log: ProcessingLog, audit: Audit) -> None:
        self._log = log
        self._audit = audit
        self._pseudonyms = Pseudonyms(KEY.encode())
        self._trail = Trail(log, audit, self._pseudonyms)

    def seen(self, persons: int) -> Seen:
        """Make the pseudonyms, as a page has to."""
        return Seen(
            caller=Caller(
                soort=SoortAanvrager.MEDEWERKER,
                issuer="https://inloggen.example",
                client="kcc",
                subject="m.jansen",
                verwerking=Verwerking("klantcontact", "https://verwerkingen.example/1"),
            ),
            trace=begun(["00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"]),
            operation="Balie",
            fields=("klantbeeld",),
            started=time.time(),
            ended=time.time(),
            shown=[self._pseudonyms.partij(UUID(int=each)) for each in range(persons)],
        )

    async def pseudonyms(self, seen: Seen) -> None:
        self.seen(len(seen.shown))

    async def records(self, seen: Seen) -> None:
        verwerkt = Verwerkt(
            trace=seen.trace,
            name="klantbeeld",
            activity="https://verwerkingen.example/1",
            started=seen.started,
            ended=seen.ended,
            betrokkenen=seen.shown,
        )
        await self._log.write(verwerkt, Deadline.after(60))

    async def audit(self, seen: Seen) -> None:
        inzage = Inzage(
            moment=datetime.fromtimestamp(seen.ended, UTC),
            trace_id=seen.trace.trace_id,
            soort_aanvrager="medewerker",
            wie="m.jansen",
            uitgever="https://inloggen.example",
            namens=None,
            client="kcc",
            wat=("klantbeeld",),
            operatie="Balie",
            verwerking="klantcontact",
            verwerking_uri="https://verwerkingen.example/1",
        )
        await self._audit.write(inzage, seen.shown, Deadline.after(60))

    async def both(self, seen: Seen) -> None:
        await self._trail.write(seen, Deadline.after(60))


async def pages(page: Page, seen: Seen) -> None:
    for _ in range(PAGES):
        await page(seen)


async def main(url: str, file: Path) -> None:
    statements = Statements(create_connections(url, pool_size=10))
    log = create_log(TraceSettings(file=file))
    parts = Parts(log, Audit(statements))
    each: dict[str, Page] = {
        "pseudonyms": parts.pseudonyms,
        "records": parts.records,
        "audit": parts.audit,
        "records and audit": parts.both,
    }
    for persons in PERSONS:
        shown = {name: Measured() for name in each}
        seen = parts.seen(persons)
        for round_ in range(ROUNDS + 1):
            for name, page in each.items():
                measured = shown[name] if round_ else Measured()
                await measured.run(partial(pages, page, seen))
        for name, measured in shown.items():
            sys.stdout.write(
                f"{persons:3} persons, {name:18} {measured.cpu_ms(PAGES):.3f} ms CPU,"
                f" {measured.wall_ms() / PAGES:.3f} ms waiting, a page\n"
            )
    log.close()
    await statements.aclose()


def headers() -> None:
    """Measure what trace context costs a request."""
    given = ["00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"]
    for name, state in (("", []), (" and tracestate", ["portaal=1"])):
        with within(begun(given, state)):
            started = time.process_time()
            for _ in range(REQUESTS):
                outgoing()
            taken = (time.process_time() - started) / REQUESTS
        sys.stdout.write(f"traceparent{name}: {taken * 1e6:.2f} µs a request\n")
    started = time.process_time()
    for _ in range(REQUESTS // 10):
        begun(given)
    taken = (time.process_time() - started) / (REQUESTS // 10)
    sys.stdout.write(f"reading traceparent: {taken * 1e6:.2f} µs an operation\n")


if __name__ == "__main__":
    headers()
    with a_folder() as folder, EmbeddedPostgres(folder / "store") as server:
        owner = server.url(SUPERUSER, "traces")
        asyncio.run(ensure_database(owner))
        runtime = server.url(ROLE, "traces")
        asyncio.run(migrate(owner, runtime))
        asyncio.run(main(runtime, folder / "records.jsonl"))
