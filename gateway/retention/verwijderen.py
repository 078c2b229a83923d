"""A partij that is removed on request: what keeps it, or how it goes.

Source: seed uitgangspunten, "klantgegevens zijn van de klant": removed as far as the
retention of dossiers allows. Terms of the municipality's own keep nothing here: they say
until when something may stay, not that it must.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from gateway.retention.archief import ReadArchief
from gateway.retention.termijnen import Reden, judge_dossier
from gateway.store.retention.destroying import Run, Vervallen, destroy, unlink
from gateway.store.retention.draden import (
    Draad,
    Klantcontact,
    draden,
    followed,
    klantcontacten_of,
    lock,
)
from gateway.store.retention.partijen import Partij, lock_partijen, read_partijen
from gateway.store.writing.transaction import Transaction

GROND = "op verzoek verwijderd"


async def verwijder_partij(
    tx: Transaction, key: UUID, archief: ReadArchief, now: datetime
) -> tuple[Reden, ...]:
    """Remove a partij with all that is its own, unless something keeps it.

    A klantcontact in which nobody else took part goes too; in others its betrokkene keeps
    the rol, and loses name, addresses and link. What the trail of changes says of all this
    is wiped when `klantbeeld purge` comes by next: the caller's own note of the removal
    needs no old values.

    Args:
        tx: of the gateway's own role.
        key: of the partij; when it is not there, there is nothing to do.
        archief: reads archive data of zaken; registers are asked within the transaction.
        now: the moment, in UTC.

    Returns:
        What keeps it, in the order of `Reden`, and then nothing was done; or nothing.
    """
    await lock_partijen(tx, [key])
    for partij in await read_partijen(tx, [key]):
        contacts = await klantcontacten_of(tx, key)
        await lock(tx, contacts)
        removal = _Removal(partij, await draden(tx, contacts), now)
        keeping = await removal.keeping(tx, archief)
        if keeping:
            return tuple(each for each in Reden if each in keeping)
        await removal.carry_out(tx)
    return ()


class _Removal:
    """Of one partij."""

    def __init__(self, partij: Partij, threads: Sequence[Draad], now: datetime) -> None:
        self._partij = partij
        self._threads = threads
        self._now = now
        own = [each for draad in threads for each in draad if self._took_part(each)]
        self._open = any(each.open_taken for each in own)
        self._alone = [each.id for each in own if self._is_alone(each)]
        self._shared = [each.id for each in own if not self._is_alone(each)]

    def _took_part(self, contact: Klantcontact) -> bool:
        return self._partij.id in contact.partijen

    def _is_alone(self, contact: Klantcontact) -> bool:
        return contact.partijen.count(self._partij.id) == contact.betrokkenen

    async def keeping(self, tx: Transaction, archief: ReadArchief) -> set[Reden]:
        """Say what keeps it; costs what `archief` costs, and a statement."""
        found: set[Reden] = set()
        if self._open:
            found.add(Reden.OPEN_TAAK)
        if self._partij.contactpersonen:
            found.add(Reden.CONTACTPERSOON)
        later = {after for _, after in await followed(tx, self._alone)}
        if not later <= set(self._alone):
            found.add(Reden.VERVOLG)
        dossiers = [
            {zaak for each in draad for zaak in each.zaken} for draad in self._threads
        ]
        read = await archief({zaak for each in dossiers for zaak in each})
        judged = (judge_dossier(each, read, self._now.date()) for each in dossiers)
        return found | {each for each in judged if isinstance(each, Reden)}

    async def carry_out(self, tx: Transaction) -> None:
        """Remove it."""
        run, today = Run(self._now, owns=False), self._now.date()
        await unlink(tx, run, self._partij.id, self._shared)
        due = [("klantcontact", each) for each in self._alone]
        due.append(("partij", self._partij.id))
        await destroy(tx, run, [Vervallen(*each, GROND, today) for each in due])
