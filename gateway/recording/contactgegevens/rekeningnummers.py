"""Rekeningnummers of a partij: added, and removed."""

from uuid import UUID, uuid4

import msgspec

from gateway.recording.contactgegevens.eigen import (
    check_toestemming,
    is_own,
    lock_partij,
)
from gateway.recording.fouten import FoutCode
from gateway.recording.partijen.gekend import geef_toestemming
from gateway.recording.recorder import Recording, Uitkomst
from gateway.recording.waarden.rekeningnummers import (
    Rekeningnummer,
    check_rekeningnummer,
)
from gateway.store.writing import partijen, rekeningnummers as stored
from gateway.store.writing.transaction import Violated


async def voeg_toe(
    partij: UUID, asked: Rekeningnummer, recording: Recording, *, toestemming: bool
) -> Uitkomst:
    """Add one.

    Raises:
        Mistaken: with all that is wrong.
    """
    fouten, key = recording.fouten, uuid4()
    value = check_rekeningnummer(asked, "invoer", fouten)
    if await lock_partij(recording, partij, "partij") is not None:
        await check_toestemming(recording, partij, fouten, nu=toestemming)
    fouten.check()
    if toestemming:
        await geef_toestemming(recording, partij)
    row = msgspec.structs.asdict(value) | {"id": key, "partij_id": partij}
    try:
        await stored.add(recording.tx, row)
    except Violated as violated:
        if violated.constraint != "uq_rekeningnummers_partij_id_iban":
            raise
        melding = "De partij heeft dit rekeningnummer al."
        fouten.add(FoutCode.BESTAAT_AL, "invoer.iban", melding)
        fouten.check()
    recording.made("rekeningnummer", key)
    await partijen.change(recording.tx, partij, {})
    return Uitkomst({"rekeningnummer": key, "partij": partij})


async def verwijder(key: UUID, recording: Recording) -> Uitkomst:
    """Remove one.

    Raises:
        Mistaken: there is none, or it is another klant's.
    """
    tx = recording.tx
    partij = await stored.owner_of(tx, key)
    if partij is not None and is_own(recording, partij):
        await partijen.lock(tx, partij)
        found = await stored.lock(tx, key)
        if found is not None:
            await stored.remove(tx, key)
            recording.removed("rekeningnummer", key, dict(found))
            await partijen.change(tx, partij, {})
            return Uitkomst({"partij": partij})
    melding = "Dit rekeningnummer is er niet."
    recording.fouten.add(FoutCode.NIET_GEVONDEN, "id", melding)
    return Uitkomst()
