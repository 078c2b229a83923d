"""The bezoekadres and the correspondentieadres of a partij: put, and removed."""

from uuid import UUID, uuid4

import msgspec

from gateway.recording.contactgegevens.eigen import check_toestemming, lock_partij
from gateway.recording.fouten import FoutCode
from gateway.recording.partijen.gekend import geef_toestemming
from gateway.recording.recorder import Recording, Uitkomst
from gateway.recording.waarden.adressen import Adres, check_adres
from gateway.store.writing import adressen as stored, partijen


async def zet(
    partij: UUID, asked: Adres, recording: Recording, *, toestemming: bool
) -> Uitkomst:
    """Put an adres in the place of the one of its soort, if there is one.

    Raises:
        Mistaken: with all that is wrong.
    """
    fouten = recording.fouten
    adres = check_adres(asked, "invoer", fouten)
    if await lock_partij(recording, partij, "partij") is not None:
        await check_toestemming(recording, partij, fouten, nu=toestemming)
    fouten.check()
    if toestemming:
        await geef_toestemming(recording, partij)
    await _write(partij, adres, recording)
    return Uitkomst({"partij": partij})


async def verwijder(partij: UUID, soort: str, recording: Recording) -> Uitkomst:
    """Remove the adres of a soort.

    Raises:
        Mistaken: the partij is not there, or has none.
    """
    tx = recording.tx
    await lock_partij(recording, partij, "partij")
    recording.fouten.check()
    found = await stored.adres_of(tx, partij, soort)
    if found is None:
        melding = f"Deze partij heeft geen {soort}."
        recording.fouten.add(FoutCode.NIET_GEVONDEN, "soort", melding)
    recording.fouten.check()
    if found is not None:
        key = UUID(str(found["id"]))
        await stored.remove_adres(tx, key)
        recording.removed("adres", key, dict(found))
        await partijen.change(tx, partij, {})
    return Uitkomst({"partij": partij})


async def _write(partij: UUID, adres: Adres, recording: Recording) -> None:
    tx, values = recording.tx, msgspec.structs.asdict(adres)
    before = await stored.adres_of(tx, partij, adres.soort)
    if before is None:
        key = uuid4()
        await stored.add_adres(tx, values | {"id": key, "partij_id": partij})
        recording.made("adres", key)
    else:
        key = UUID(str(before["id"]))
        changes = {name: each for name, each in values.items() if each != before[name]}
        if not changes:
            return
        await stored.change_adres(tx, key, changes)
        recording.changed("adres", key, {name: before[name] for name in changes})
    await partijen.change(tx, partij, {})
