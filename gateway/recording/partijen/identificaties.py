"""What names a partij elsewhere: added, and removed or repaired (R2.4).

Sources: seed uitgangspunten, the three cardinalities and the conditions of registering
who is aangehaakt; R6.6, every persoon and organisatie is named by something.
"""

from collections.abc import Mapping, Sequence
from uuid import UUID

import msgspec

from gateway.recording.contactgegevens.eigen import lock_partij
from gateway.recording.fouten import FoutCode, Fouten, Mistaken
from gateway.recording.partijen.gegevens import SUBJECTEN, check_identificatie
from gateway.recording.partijen.gekend import (
    ANDERE_PARTIJ,
    add_identificatie,
    wait_for_identificaties,
)
from gateway.recording.partijen.namen import check_aangehaakt, check_once, names
from gateway.recording.recorder import Recording, Uitkomst
from gateway.recording.vaststelling import Vastgesteld, demand_vastgesteld
from gateway.recording.waarden.externe_identificaties import (
    NATUURLIJK,
    ExterneIdentificatie,
    check_externe_identificatie,
)
from gateway.recording.waarden.teksten import Tekst, check_tekst
from gateway.store.writing import partijen as stored

PAD = "identificatie"
REDEN = Tekst(1000, verplicht=True)

Row = Mapping[str, object]


class Herstel(msgspec.Struct, frozen=True):
    """Which identificatie was wrong, and why."""

    externe_identificatie: UUID
    reden: str


class Toevoeging(msgspec.Struct, frozen=True):
    """What is asked.

    Attributes:
        herstelt: what goes as this comes.
    """

    partij: UUID
    identificatie: ExterneIdentificatie
    herstelt: Herstel | None
    vastgesteld: Vastgesteld


class Verwijdering(msgspec.Struct, frozen=True):
    """What is asked."""

    externe_identificatie: UUID
    reden: str
    vastgesteld: Vastgesteld


async def voeg_toe(asked: Toevoeging, recording: Recording) -> Uitkomst:
    """Add one, in the place of one that was wrong if that is said.

    Raises:
        Mistaken: with all that is wrong.
    """
    key, tx, fouten = asked.partij, recording.tx, recording.fouten
    demand_vastgesteld(asked.vastgesteld, recording)
    unheard = Fouten()
    named = check_externe_identificatie(asked.identificatie, "", unheard)
    if not any(each.code is FoutCode.ONGELDIG for each in unheard):
        await wait_for_identificaties([named], recording)
    partij = await lock_partij(recording, key, "id")
    if partij is None:
        raise Mistaken(tuple(fouten))
    soort = str(partij["soort_partij"])
    named = check_identificatie(asked.identificatie, PAD, fouten, soort_partij=soort)
    held = await stored.identificaties(tx, key)
    wrong = None if asked.herstelt is None else _wrong(asked.herstelt, held, recording)
    kept = [each for each in held if each is not wrong]
    check_once(named, kept, PAD, fouten)
    check_aangehaakt(named, partij, PAD, fouten)
    fouten.check()
    if await _is_another(named, key, recording):
        fouten.add(FoutCode.BESTAAT_AL, PAD, ANDERE_PARTIJ)
    fouten.check()
    if wrong is not None and asked.herstelt is not None:
        await _remove(wrong, asked.herstelt.reden, recording)
    await add_identificatie(key, named, recording, PAD)
    await stored.change(tx, key, {})
    return Uitkomst({"partij": key})


async def verwijder(asked: Verwijdering, recording: Recording) -> Uitkomst:
    """Remove one that was wrong; never the last of a persoon or organisatie (R6.6).

    Raises:
        Mistaken: with all that is wrong.
    """
    tx, fouten, own = recording.tx, recording.fouten, asked.externe_identificatie
    demand_vastgesteld(asked.vastgesteld, recording)
    reden = check_tekst(asked.reden, "reden", fouten, REDEN)
    key = await stored.partij_of(tx, own)
    partij = None if key is None else await stored.lock(tx, key)
    held = [] if key is None else await stored.identificaties(tx, key)
    found = next((each for each in held if each["id"] == own), None)
    if key is None or partij is None or found is None:
        melding = "Deze externe identificatie is er niet."
        fouten.add(FoutCode.NIET_GEVONDEN, "id", melding)
        raise Mistaken(tuple(fouten))
    soort = str(partij["soort_partij"])
    if soort in SUBJECTEN and len(held) == 1:
        melding = f"Een {soort} houdt minstens één externe identificatie."
        fouten.add(FoutCode.NIET_TOEGESTAAN, "id", melding)
    fouten.check()
    await _remove(found, reden or "", recording)
    await stored.change(tx, key, {})
    return Uitkomst({"partij": key})


async def _remove(row: Row, reden: str, recording: Recording) -> None:
    key = UUID(str(row["id"]))
    await stored.remove_identificatie(recording.tx, key)
    recording.removed("externe_identificatie", key, dict(row), reden)


def _wrong(herstelt: Herstel, held: Sequence[Row], recording: Recording) -> Row | None:
    fouten = recording.fouten
    check_tekst(herstelt.reden, "herstelt.reden", fouten, REDEN)
    for each in held:
        if each["id"] == herstelt.externe_identificatie:
            return each
    melding = "Deze externe identificatie is er niet, of van een andere partij."
    fouten.add(FoutCode.NIET_GEVONDEN, "herstelt.externeIdentificatie", melding)
    return None


async def _is_another(
    named: ExterneIdentificatie, key: UUID, recording: Recording
) -> bool:
    """Say whether a natural person is another partij already (R6.1)."""
    if named.soort_subject != NATUURLIJK:
        return False
    for each in names(named):
        columns = msgspec.structs.asdict(each)
        if await stored.named_elsewhere(recording.tx, columns, key):
            return True
    return False
