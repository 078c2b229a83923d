"""Actoren: who acts for the municipality is registered, and changed.

Personnel data live elsewhere: an actor is a stub (BT, Actor). What belongs to which
soort is the contract's own division.
"""

from uuid import UUID, uuid4

import msgspec
from msgspec import UNSET, UnsetType

from gateway.identificator import Identificator
from gateway.recording.fouten import FoutCode, Fouten
from gateway.recording.recorder import Recording, Uitkomst
from gateway.recording.waarden.actoren import TEKSTEN, check_actor
from gateway.recording.waarden.verwijzingen import check_identificator
from gateway.store.writing import actoren as stored
from gateway.store.writing.transaction import Violated

PAD = "invoer"


class ActorGegevens(msgspec.Struct, frozen=True, kw_only=True):
    """What an actor is registered with."""

    soort_actor: str
    naam: str
    functie: str | None = None
    omschrijving: str | None = None
    emailadres: str | None = None
    telefoonnummer: str | None = None
    identificator: Identificator | None = None


class ActorWijziging(msgspec.Struct, frozen=True, kw_only=True):
    """What of an actor is changed; what is not given stays."""

    naam: str | UnsetType | None = UNSET
    indicatie_actief: bool | UnsetType | None = UNSET
    functie: str | UnsetType | None = UNSET
    omschrijving: str | UnsetType | None = UNSET
    emailadres: str | UnsetType | None = UNSET
    telefoonnummer: str | UnsetType | None = UNSET


async def registreer(asked: ActorGegevens, recording: Recording) -> Uitkomst:
    """Register an actor.

    Raises:
        Mistaken: with all that is wrong.
    """
    fouten, soort = recording.fouten, asked.soort_actor
    given = {name: getattr(asked, name) for name in TEKSTEN}
    values = check_actor(given, PAD, fouten, soort_actor=soort)
    named = check_identificator(asked.identificator, f"{PAD}.identificator", fouten)
    fouten.check()
    key = uuid4()
    try:
        await stored.add(
            recording.tx, values | {"id": key, "soort_actor": soort}, named
        )
    except Violated as violated:
        _told(violated, recording.fouten)
    recording.made("actor", key)
    return Uitkomst({"actor": key})


async def wijzig(key: UUID, asked: ActorWijziging, recording: Recording) -> Uitkomst:
    """Change an actor; who is made inactive takes part in nothing new (R7.5).

    Raises:
        Mistaken: with all that is wrong.
    """
    changes = {
        name: value
        for name in asked.__struct_fields__
        if (value := getattr(asked, name)) is not UNSET
    }
    before = await stored.lock(recording.tx, key)
    if before is None:
        melding = "Deze actor is er niet."
        recording.fouten.add(FoutCode.NIET_GEVONDEN, "id", melding)
    else:
        if changes.get("indicatie_actief", True) is None:
            melding = "Of een actor actief is, is altijd bekend."
            recording.fouten.add(FoutCode.VERPLICHT, f"{PAD}.indicatieActief", melding)
        soort = str(before["soort_actor"])
        changes = check_actor(changes, PAD, recording.fouten, soort_actor=soort)
    recording.fouten.check()
    if before is not None and changes:
        await stored.change(recording.tx, key, changes)
        recording.changed("actor", key, {name: before[name] for name in changes})
    return Uitkomst({"actor": key})


def _told(violated: Violated, fouten: Fouten) -> None:
    """Say which rule of the tables it was.

    Raises:
        Mistaken: always, but for a rule that should have been looked at before.
        Violated: that.
    """
    if violated.constraint != "uq_actoren_identificator":
        raise violated
    melding = "Er is al een actor met deze identificator."
    fouten.add(FoutCode.BESTAAT_AL, "invoer.identificator", melding)
    fouten.check()
