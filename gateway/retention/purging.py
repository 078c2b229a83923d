"""Destroying what is due.

It goes through all klantcontacten, then all partijen, by key, a batch at a time. A batch is
read and judged; if it is to be done, what is due is destroyed in one transaction, in which
it is locked and read again: what changed meanwhile is left for the next run, and so is a
batch that collides with who is writing. So it can be stopped anywhere, and run again.
"""

from collections import Counter
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, suppress
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from msgspec.structs import replace

from gateway.deadline import Deadline
from gateway.retention.archief import ReadArchief
from gateway.retention.termijnen import (
    Reden,
    Termijn,
    judge,
    judge_partij,
    zaken_that_decide,
)
from gateway.settings.retention import RetentionSettings
from gateway.store.retention.destroying import (
    Run,
    Vervallen,
    count_retries,
    delete_retries,
    destroy,
)
from gateway.store.retention.draden import (
    Draad,
    count_klantcontacten,
    draden,
    klantcontacten_after,
    lock,
)
from gateway.store.retention.partijen import (
    Partij,
    count_partijen,
    lock_partijen,
    partijen_after,
    read_partijen,
)
from gateway.store.retention.trail import (
    count_older,
    wipe_older,
    wipe_what_was_listed,
)
from gateway.store.writing.transaction import Collided, Transaction, Writer

KLANTCONTACT, PARTIJ = "klantcontact", "partij"

BATCH_SECONDS = 600.0
"""How long one transaction may take; it waits for who is writing."""

MANY = 10_000
"""How many keys of retries, or rows of the trail, go in one transaction."""

BEGIN = UUID(int=0)

Progress = Callable[[int, int], None]
"""Takes how many more were looked at, of how many."""


class Judged(NamedTuple):
    """A record, and since when it was due or what keeps it."""

    soort: str
    id: UUID
    oordeel: Termijn | Reden


class Purge:
    """One run.

    Attributes:
        retries: how many keys of retries went, or are due.
        trail: of how many changes old values and reasons went, or are due.
    """

    def __init__(
        self,
        writer: Writer,
        archief: ReadArchief,
        settings: RetentionSettings,
        *,
        now: datetime,
        apply: bool,
        progress: Progress = lambda _number, _total: None,
    ) -> None:
        """Take what to go through.

        Args:
            writer: of the database's owner.
            archief: reads archive data of zaken.
            settings: the terms.
            now: in UTC.
            apply: destroy; otherwise say what would be.
            progress: is told how far it is.
        """
        self.retries = self.trail = 0
        self._writer = writer
        self._archief = archief
        self._settings = settings
        self._today = now.date()
        self._now = now
        self._apply = apply
        self._run = Run(now)
        self._progress = progress
        self._total = 0
        # Of partijen, where nothing is destroyed: how often what refers to them would be.
        self._betrokken: Counter[UUID] = Counter()
        self._namens: Counter[UUID] = Counter()

    async def run(self) -> AsyncGenerator[Judged, None]:
        """Go through everything; gives each klantcontact and partij once it was done.

        Raises:
            RegisterUnavailable: the database does not answer; what was done, is done.
            DeadlineExceeded: somebody has locked a record for too long; likewise.
        """
        async with self._transaction() as tx:
            self._total = await count_klantcontacten(tx) + await count_partijen(tx)
            if self._apply:
                await wipe_what_was_listed(tx)
        after: UUID | None = BEGIN
        while after is not None:
            judged, after = await self._klantcontacten(after)
            for each in judged:
                yield each
        # Who acted for another keeps that one.
        for contactpersonen in (True, False):
            after = BEGIN
            while after is not None:
                judged, after = await self._partijen(
                    after, contactpersonen=contactpersonen
                )
                for each in judged:
                    yield each
        await self._delete_retries(self._ago(self._settings.retry_days))
        if self._settings.trail_days is not None:
            await self._wipe_trail(self._ago(self._settings.trail_days))

    async def _klantcontacten(
        self, after: UUID
    ) -> tuple[Sequence[Judged], UUID | None]:
        size = self._settings.batch_size
        async with self._transaction() as tx:
            ids = await klantcontacten_after(tx, after, size)
            # Each thread with the first of it.
            own = set(ids)
            found = [each for each in await draden(tx, ids) if each[0].id in own]
        judged = await self._judged(found)
        due = {
            draad: term for draad, term in judged.items() if isinstance(term, Termijn)
        }
        for draad in await self._destroy_threads(due):
            judged[draad] = Reden.GEWIJZIGD
        self._progress(len(ids), self._total)
        return [
            Judged(KLANTCONTACT, each.id, oordeel)
            for draad, oordeel in judged.items()
            for each in draad
        ], (ids[-1] if len(ids) == size else None)

    async def _judged(self, found: Sequence[Draad]) -> dict[Draad, Termijn | Reden]:
        settings, today = self._settings, self._today
        archief = await self._archief(
            zaak for each in found for zaak in zaken_that_decide(each, settings, today)
        )
        return {each: judge(each, archief, settings, today) for each in found}

    async def _destroy_threads(self, due: dict[Draad, Termijn]) -> Sequence[Draad]:
        """Destroy threads, or note that they would be; those that changed are given."""
        if not due:
            return ()
        if not self._apply:
            self._betrokken.update(
                partij for draad in due for each in draad for partij in each.partijen
            )
            return ()
        same: dict[Draad, Termijn] = {}
        with suppress(Collided):
            async with self._transaction() as tx:
                await lock(tx, [each.id for draad in due for each in draad])
                still = set(await draden(tx, [draad[0].id for draad in due]))
                unchanged = {each: term for each, term in due.items() if each in still}
                records = [
                    Vervallen(KLANTCONTACT, each.id, term.grond, term.op)
                    for draad, term in unchanged.items()
                    for each in draad
                ]
                await destroy(tx, self._run, records)
            same = unchanged
        return [draad for draad in due if draad not in same]

    async def _partijen(
        self, after: UUID, *, contactpersonen: bool
    ) -> tuple[Sequence[Judged], UUID | None]:
        size = self._settings.batch_size
        async with self._transaction() as tx:
            ids = await partijen_after(tx, after, size, contactpersonen=contactpersonen)
            found = await read_partijen(tx, ids)
        judged = {
            each: judge_partij(self._later(each), self._settings, self._today)
            for each in found
        }
        due = {each: term for each, term in judged.items() if isinstance(term, Termijn)}
        for each in await self._destroy_partijen(due):
            judged[each] = Reden.GEWIJZIGD
        self._progress(len(ids), self._total)
        return [Judged(PARTIJ, each.id, oordeel) for each, oordeel in judged.items()], (
            ids[-1] if len(ids) == size else None
        )

    def _later(self, partij: Partij) -> Partij:
        """Say how it will be once what is due has gone."""
        return replace(
            partij,
            betrokken=partij.betrokken - self._betrokken[partij.id],
            contactpersonen=partij.contactpersonen - self._namens[partij.id],
        )

    async def _destroy_partijen(self, due: dict[Partij, Termijn]) -> Sequence[Partij]:
        """Destroy partijen, or note that they would be; those that changed are given."""
        if not due:
            return ()
        if not self._apply:
            self._namens.update(each.namens for each in due if each.namens is not None)
            return ()
        ids = [each.id for each in due]
        same: dict[Partij, Termijn] = {}
        with suppress(Collided):
            async with self._transaction() as tx:
                await lock_partijen(tx, ids)
                still = set(await read_partijen(tx, ids))
                unchanged = {each: term for each, term in due.items() if each in still}
                records = [
                    Vervallen(PARTIJ, each.id, term.grond, term.op)
                    for each, term in unchanged.items()
                ]
                await destroy(tx, self._run, records)
            same = unchanged
        return [each for each in due if each not in same]

    def _ago(self, days: int) -> datetime:
        return self._now - timedelta(days=days)

    async def _delete_retries(self, before: datetime) -> None:
        deleted = MANY
        while self._apply and deleted == MANY:
            async with self._transaction() as tx:
                deleted = await delete_retries(tx, before, MANY)
            self.retries += deleted
        if not self._apply:
            async with self._transaction() as tx:
                self.retries = await count_retries(tx, before)

    async def _wipe_trail(self, before: datetime) -> None:
        after: UUID | None = BEGIN
        while self._apply and after is not None:
            async with self._transaction() as tx:
                wiped = await wipe_older(tx, before, after, MANY)
            self.trail += len(wiped)
            after = wiped[-1] if len(wiped) == MANY else None
        if not self._apply:
            async with self._transaction() as tx:
                self.trail = await count_older(tx, before)

    def _transaction(self) -> AbstractAsyncContextManager[Transaction]:
        return self._writer.transaction(Deadline.after(BATCH_SECONDS))
