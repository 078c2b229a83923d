"""`klantbeeld import open-klant`.

Every run reads everything, as no list there can be asked for what is new: it writes only
what has changed. So one that was stopped is run again, and goes on.
"""

import asyncio
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import NamedTuple

from gateway.errors import GatewayError, InvalidSettings
from gateway.importing.bringing import Counts, Done
from gateway.importing.lines import Line, code
from gateway.importing.source import OpenKlant, Pause
from gateway.importing.stages import Import, Outlets
from gateway.importing.taking import Taker, digest_of
from gateway.importing.verwijzingen import Codes, Verwijzingen
from gateway.progress import Progress
from gateway.registers.directory import Directory
from gateway.registers.wire.http import RegisterClient
from gateway.registers.wire.transport import Transport
from gateway.settings import PREFIX, Settings
from gateway.settings.importing import OpenKlantSettings
from gateway.store.database import create_database
from gateway.store.migrate import head, revision_of
from gateway.store.writing.transaction import Writer


class ImportStopped(Exception):
    """It could not go on; the message says why, and holds nothing of anybody."""


class Outcome(NamedTuple):
    """What a run came to.

    Attributes:
        counts: what became of records.
        as_they_are: how often references with these codes had no alias.
        left_out: how many lines said that something is not here.
    """

    counts: Counts
    as_they_are: Mapping[Codes, int]
    left_out: int

    def summary(self) -> list[str]:
        """Say it, a line for each kind of record."""
        soorten = dict.fromkeys(soort for soort, _ in self.counts)
        lines = []
        for soort in soorten:
            found = [
                f"{self.counts[soort, done]:,} {done}"
                for done in Done
                if self.counts[soort, done]
            ]
            lines.append(f"{soort}: {', '.join(found)}")
        for codes, number in sorted(self.as_they_are.items()):
            kept = (
                f"{number:,} kept as {' / '.join(map(code, codes))}, which has no alias"
            )
            lines.append(f"verwijzing: {kept}")
        left = f"{self.left_out:,} left out; each has a line" if self.left_out else ""
        return [*lines, left or "nothing was left out"]


class Around(NamedTuple):
    """What a run has around it.

    Attributes:
        transport: instead of the network.
        pause: waits for so many seconds.
        clock: says what time it is.
    """

    transport: Transport | None = None
    pause: Pause = asyncio.sleep
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)


async def import_open_klant(
    settings: Settings,
    tell: Callable[[Line], None],
    *,
    since: datetime | None = None,
    show: Callable[[str], None] | None = None,
    around: Around | None = None,
) -> Outcome:
    """Take over what an Open Klant has; what was taken over before is not doubled.

    Args:
        settings: all of them.
        tell: takes a line for whatever is not here as it is there.
        since: leave out older klantcontacten.
        show: writes to a terminal; None where there is none.
        around: instead of the network, and the usual clock.

    Raises:
        InvalidSettings: they do not say of which.
        ImportStopped: one of both stores does not do its part. What was taken over
            stays, and running it again goes on.
        MigrationError: there is no connection to the database.
    """
    open_klant = settings.open_klant
    if open_klant is None:
        problem = f"{PREFIX}OPEN_KLANT: base_url and token are needed to import from it"
        raise InvalidSettings([problem])
    url = settings.database_url.get_secret_value()
    if await revision_of(url) != head():
        raise ImportStopped(f"database: {head()} is needed; run klantbeeld migrate")
    outlets = Outlets(tell, Progress(show))
    try:
        return await _run(settings, open_klant, outlets, since, around or Around())
    except GatewayError as error:
        raise ImportStopped(f"stopped: {error}; run it again to go on") from None


async def _run(
    settings: Settings,
    open_klant: OpenKlantSettings,
    outlets: Outlets,
    since: datetime | None,
    around: Around,
) -> Outcome:
    url = settings.database_url.get_secret_value()
    verwijzingen = Verwijzingen(open_klant.aliases, Directory(settings.registers))
    client = RegisterClient(open_klant.register_settings(), around.transport)
    engine = create_database(url, pool_size=1)
    source = OpenKlant(client, open_klant.page_size, around.pause)
    taker = Taker(Writer(engine), open_klant.base_url, digest_of(url), around.clock)
    run = Import(source, taker, verwijzingen, outlets, since)
    try:
        await _demand_known(taker, open_klant)
        await run.run()
    finally:
        outlets.progress.clear()
        await client.aclose()
        await engine.dispose()
    return Outcome(run.counts, Counter(verwijzingen.as_they_are), run.left_out)


async def _demand_known(taker: Taker, settings: OpenKlantSettings) -> None:
    """Refuse a source that may be one of before by another address: all would double."""
    before = None if settings.another else await taker.other_bron()
    if before is not None:
        setting = f"{PREFIX}OPEN_KLANT__BASE_URL"
        raise ImportStopped(
            f"{setting}: imports before were from {before}; give that,"
            " or another = true when this is another Open Klant"
        )
