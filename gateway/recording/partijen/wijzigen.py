"""A partij is changed: what it says of itself, not what hangs on it."""

from collections.abc import Mapping
from uuid import UUID

import msgspec
from msgspec import UNSET, UnsetType

from gateway.recording.contactgegevens.eigen import lock_partij
from gateway.recording.fouten import FoutCode, Fouten, Mistaken
from gateway.recording.partijen.gegevens import CONTACTGEGEVENS
from gateway.recording.partijen.gekend import geef_toestemming
from gateway.recording.partijen.registreren import (
    PAD,
    check_notitie,
    check_toestemming,
)
from gateway.recording.recorder import Recording, Uitkomst
from gateway.recording.vaststelling import Vastgesteld, demand_vastgesteld
from gateway.recording.waarden.namen import Contactnaam
from gateway.recording.waarden.paden import below
from gateway.recording.waarden.partijen import Partij, check_partij
from gateway.store.writing import partijen as stored

Row = Mapping[str, object]


class PartijWijziging(msgspec.Struct, frozen=True, kw_only=True):
    """What changes; what is not given stays, and None empties.

    Attributes:
        contactnaam: in the place of all of it.
    """

    contactnaam: Contactnaam | UnsetType | None = UNSET
    naam: str | UnsetType | None = UNSET
    interne_notitie: str | UnsetType | None = UNSET
    indicatie_geheimhouding: bool | UnsetType | None = UNSET
    voorkeurstaal: str | UnsetType | None = UNSET
    indicatie_actief: bool | UnsetType | None = UNSET

    def given(self) -> dict[str, object]:
        """Give what is given."""
        names = self.__struct_fields__
        found = {name: getattr(self, name) for name in names}
        return {name: each for name, each in found.items() if each is not UNSET}


class Wijziging(msgspec.Struct, frozen=True):
    """What is asked.

    Attributes:
        versie: that was seen.
        toestemming: for reuse, given now.
    """

    partij: UUID
    versie: int
    gegevens: PartijWijziging
    toestemming: bool
    vastgesteld: Vastgesteld


async def wijzig(asked: Wijziging, recording: Recording) -> Uitkomst:
    """Change a partij.

    Raises:
        Mistaken: with all that is wrong.
    """
    key, given, fouten = asked.partij, asked.gegevens.given(), recording.fouten
    demand_vastgesteld(asked.vastgesteld, recording)
    if "interne_notitie" in given:
        check_notitie(recording)
    before = await lock_partij(recording, key, "id")
    if before is None:
        raise Mistaken(tuple(fouten))
    if before["versie"] != asked.versie:
        melding = "De partij is intussen gewijzigd."
        fouten.add(FoutCode.VEROUDERD, "versie", melding)
    changes = _checked(given, before, fouten)
    kept = tuple(below(PAD, each) for each in CONTACTGEGEVENS if given.get(each))
    await check_toestemming(kept, key, recording, nu=asked.toestemming)
    fouten.check()
    gave = asked.toestemming and await geef_toestemming(recording, key)
    oud = {name: before[name] for name in changes if before[name] != changes[name]}
    if oud or gave:
        await stored.change(recording.tx, key, {name: changes[name] for name in oud})
        recording.changed("partij", key, oud)
    return Uitkomst({"partij": key})


def _checked(given: Row, before: Row, fouten: Fouten) -> dict[str, object]:
    """Check what changes, and give it as columns."""
    if given.get("voorkeurstaal") == before["voorkeurstaal"]:
        # Imported as it was, and sent back: the lists of today say nothing of it.
        given = {name: given[name] for name in given if name != "voorkeurstaal"}
    names = [name for name in Partij.__struct_fields__ if name in given]
    asked = msgspec.structs.replace(
        Partij(soort_partij=str(before["soort_partij"])),
        **{name: given[name] for name in names},
    )
    columns = check_partij(asked, PAD, fouten).columns()
    wanted = {name for name in names if name != "contactnaam"}
    if "contactnaam" in given:
        wanted |= set(Contactnaam.__struct_fields__)
        if before["soort_partij"] == "organisatie":
            wanted -= set(Contactnaam.__struct_fields__)
    changes = {name: each for name, each in columns.items() if name in wanted}
    if "indicatie_actief" in given:
        changes["indicatie_actief"] = given["indicatie_actief"]
        if given["indicatie_actief"] is None:
            where = below(PAD, "indicatie_actief")
            fouten.add(FoutCode.VERPLICHT, where, "Dit is waar of onwaar.")
    return changes
