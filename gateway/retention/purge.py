"""`klantbeeld purge`: what it says while it destroys what is due, or lists that.

Technical keys, grounds and days only: the listing is kept with the decision to destroy.
"""

from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from datetime import UTC, datetime

from gateway.deadline import Deadline
from gateway.errors import GatewayError
from gateway.progress import Progress
from gateway.registers.registers import Registers
from gateway.registers.wire.transport import Transport
from gateway.retention.archief import ReadArchief, read_archief
from gateway.retention.purging import Judged, Purge
from gateway.retention.termijnen import ORDINARY, Archief, Termijn
from gateway.settings import PREFIX, Settings
from gateway.store.database import COMMAND_TIMEOUT, create_owner
from gateway.store.migrate import head, revision_of
from gateway.store.retention.draden import Zaakverwijzing
from gateway.store.retention.trail import may_wipe
from gateway.store.writing.transaction import Writer

COLUMNS = "wat soort id vervallen grond"
"""What a line says, with tabs in between."""

REGISTER_SECONDS = 60.0
"""How long the registers have for the zaken of a batch."""

Say = Callable[[str], None]


class CannotPurge(Exception):
    """It stopped; what was done is done, and it can be run again."""


async def purge(
    settings: Settings,
    say: Say,
    *,
    apply: bool,
    show: Callable[[str], None] | None = None,
    transport: Transport | None = None,
    now: datetime | None = None,
) -> list[str]:
    """Destroy what is due, or list it.

    Args:
        settings: all of them.
        say: takes a line of the listing; see `COLUMNS`.
        apply: destroy; otherwise nothing changes.
        show: writes to a terminal how far it is; None where there is none.
        transport: instead of the network, for all registers.
        now: another moment than this one, in UTC.

    Returns:
        A summary, a line each.

    Raises:
        CannotPurge: the database does not answer, or is another version's.
        MigrationError: there is no connection to it.
        InvalidSettings: by these settings not every URL has one owner.
    """
    url = (settings.migration_url or settings.database_url).get_secret_value()
    if await revision_of(url) != head():
        raise CannotPurge(f"database: {head()} is needed; run klantbeeld migrate")
    engine = create_owner(url)
    writer = Writer(engine)
    counted: Counter[str] = Counter()
    bar = Progress(show)
    bar.begin("looked at")
    try:
        if apply:
            await _check_rights(writer)
        async with _archief(settings, transport) as archief:
            run = Purge(
                writer,
                archief,
                settings.retention,
                now=now or datetime.now(UTC),
                apply=apply,
                progress=bar.step,
            )
            async for each in run.run():
                counted[_counted(each, apply=apply)] += 1
                if each.oordeel not in ORDINARY:
                    bar.clear()
                    say(line(each, apply=apply))
    except GatewayError as error:
        raise CannotPurge(f"{error}; what was done is done: run it again") from None
    finally:
        bar.clear()
        await engine.dispose()
    counted[f"{_due(apply=apply)} idempotentiesleutel"] += run.retries
    if settings.retention.trail_days is not None:
        counted[f"{_due(apply=apply)} oude waarden van mutatie"] += run.trail
    return [f"{number} {what}" for what, number in sorted(counted.items())]


def line(judged: Judged, *, apply: bool) -> str:
    """Say what became, or would become, of a record; see `COLUMNS`."""
    soort, key, oordeel = judged
    if isinstance(oordeel, Termijn):
        said = (_due(apply=apply), soort, str(key), str(oordeel.op), oordeel.grond)
    else:
        said = ("bewaard", soort, str(key), "-", oordeel)
    return "\t".join(said)


def _counted(judged: Judged, *, apply: bool) -> str:
    if isinstance(judged.oordeel, Termijn):
        return f"{_due(apply=apply)} {judged.soort}"
    return f"bewaard {judged.soort}: {judged.oordeel}"


def _due(*, apply: bool) -> str:
    return "vernietigd" if apply else "te vernietigen"


async def _check_rights(writer: Writer) -> None:
    async with writer.transaction(Deadline.after(COMMAND_TIMEOUT)) as tx:
        if not await may_wipe(tx):
            raise CannotPurge(
                f"{PREFIX}MIGRATION_URL: must be of the role that owns the tables, since"
                " the trail of changes is wiped too"
            )


@asynccontextmanager
async def _archief(
    settings: Settings, transport: Transport | None
) -> AsyncIterator[ReadArchief]:
    # What is remembered of a register that fails now must not stand in.
    cache = settings.cache.model_copy(update={"stale_seconds": 0.0})
    registers = Registers(
        settings.registers,
        transport,
        cache=cache,
        pseudonym=lambda _who: "",  # nobody's own zaken are asked for
    )

    async def read(asked: Iterable[Zaakverwijzing]) -> Archief:
        reads = registers.reads(Deadline.after(REGISTER_SECONDS))
        return await read_archief(reads, asked)

    try:
        yield read
    finally:
        await registers.aclose()
