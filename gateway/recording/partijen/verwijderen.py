"""A partij is removed on request, as far as retention allows (seed uitgangspunten)."""

from uuid import UUID

import msgspec

from gateway.recording.contactgegevens.eigen import lock_partij
from gateway.recording.fouten import FoutCode
from gateway.recording.recorder import Recording, Uitkomst
from gateway.recording.vaststelling import Vastgesteld, demand_vastgesteld
from gateway.retention.archief import ReadArchief
from gateway.retention.verwijderen import verwijder_partij


class Gevraagd(msgspec.Struct, frozen=True):
    """What is asked."""

    partij: UUID
    vastgesteld: Vastgesteld


async def verwijder(
    asked: Gevraagd, recording: Recording, archief: ReadArchief
) -> Uitkomst:
    """Remove it with what is its own, or say what keeps it.

    Raises:
        Mistaken: with all that is wrong.
    """
    fouten = recording.fouten
    demand_vastgesteld(asked.vastgesteld, recording)
    await lock_partij(recording, asked.partij, "id")
    fouten.check()
    kept = await verwijder_partij(recording.tx, asked.partij, archief, recording.now)
    for reden in kept:
        fouten.add(FoutCode.BEWAARTERMIJN, "id", f"Dit houdt de partij: {reden}.")
    fouten.check()
    # What stood there is gone for good; the record of destruction says that it was.
    recording.removed("partij", asked.partij, {})
    return Uitkomst()
