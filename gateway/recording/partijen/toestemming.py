"""Consent for reuse of a partij's data: given, and withdrawn (seed V6898).

Who withdraws it, leaves a partij as one that never gave it: nothing but its number and
what names it (the third case). That somebody asked for secrecy, or that the data are not
to be used, stays: it protects them.
"""

from uuid import UUID

import msgspec

from gateway.recording.contactgegevens.eigen import lock_partij
from gateway.recording.fouten import Mistaken
from gateway.recording.partijen.gekend import geef_toestemming
from gateway.recording.recorder import Recording, Uitkomst
from gateway.recording.vaststelling import Vastgesteld, demand_vastgesteld
from gateway.store.writing import partijen as stored

EMPTIED = (
    "voorletters",
    "voornaam",
    "voorvoegsel_achternaam",
    "achternaam",
    "naam",
    "interne_notitie",
    "voorkeurstaal",
    "voorkeurs_digitaal_adres_id",
)


class Gevraagd(msgspec.Struct, frozen=True):
    """What is asked."""

    partij: UUID
    vastgesteld: Vastgesteld


async def geef(asked: Gevraagd, recording: Recording) -> Uitkomst:
    """Note that consent is given; who gave it before, need not again.

    Raises:
        Mistaken: with all that is wrong.
    """
    demand_vastgesteld(asked.vastgesteld, recording)
    await lock_partij(recording, asked.partij, "id")
    recording.fouten.check()
    if await geef_toestemming(recording, asked.partij):
        await stored.change(recording.tx, asked.partij, {})
    return Uitkomst({"partij": asked.partij})


async def trek_in(asked: Gevraagd, recording: Recording) -> Uitkomst:
    """End consent, and empty the partij; also of data that nobody consented to.

    Raises:
        Mistaken: with all that is wrong.
    """
    key, tx = asked.partij, recording.tx
    demand_vastgesteld(asked.vastgesteld, recording)
    before = await lock_partij(recording, key, "id")
    if before is None:
        raise Mistaken(tuple(recording.fouten))
    recording.fouten.check()
    stands = await stored.toestemming(tx, key)
    if stands is not None:
        given = UUID(str(stands["id"]))
        await stored.withdraw_toestemming(tx, given, recording.now)
        recording.changed("toestemming", given, {"ingetrokken_op": None})
    held = await stored.contactgegevens(tx, key)
    oud = {name: before[name] for name in EMPTIED if before[name] is not None}
    if stands is None and not oud and not any(held.values()):
        return Uitkomst({"partij": key})
    await stored.remove_contactgegevens(tx, key)
    for name, rows in held.items():
        for row in rows:
            recording.removed(name, UUID(str(row["id"])), row)
    await stored.change(tx, key, dict.fromkeys(oud))
    recording.changed("partij", key, oud)
    return Uitkomst({"partij": key})
