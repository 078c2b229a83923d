"""Digitale adressen of a partij: added, changed, removed, and one preferred.

Those of a betrokkene are part of a klantcontact, and are not changed.
"""

from collections.abc import Iterator, Mapping
from uuid import UUID, uuid4

import msgspec
from msgspec import UNSET, UnsetType

from gateway.recording.contactgegevens.eigen import (
    check_toestemming,
    is_own,
    lock_partij,
)
from gateway.recording.fouten import Fout, FoutCode, Fouten, Mistaken
from gateway.recording.partijen.gekend import geef_toestemming
from gateway.recording.recorder import Recording, Uitkomst
from gateway.recording.waarden.digitale_adressen import (
    DigitaalAdres,
    Eigenaar,
    check_digitaal_adres,
)
from gateway.store.writing import adressen as stored, partijen, verificatie

Row = Mapping[str, object]

_CHANGED = ("adres", "omschrijving", "platform", "standaard")
_NEVER_EMPTY = ("adres", "standaard")


class DigitaalAdresWijziging(msgspec.Struct, frozen=True, kw_only=True):
    """What is changed; what is not given stays. Of another soort it is another one."""

    adres: str | UnsetType | None = UNSET
    omschrijving: str | UnsetType | None = UNSET
    platform: str | UnsetType | None = UNSET
    standaard: bool | UnsetType | None = UNSET


class Eigen(msgspec.Struct, frozen=True):
    """A digitaal adres that who asks may change.

    Attributes:
        partij: whose it is, locked.
        adres: itself.
        others: all that the partij has besides, by key.
    """

    partij: Row
    adres: Row
    others: Mapping[UUID, Row]

    @property
    def partij_id(self) -> UUID:
        """Whose it is."""
        return _key(self.partij)

    @property
    def sleutels(self) -> dict[str, UUID]:
        """What there is to give: also when nothing was changed."""
        return {"digitaal_adres": _key(self.adres), "partij": self.partij_id}


async def voeg_toe(
    partij: UUID, asked: DigitaalAdres, recording: Recording, *, toestemming: bool
) -> Uitkomst:
    """Add one; a new standard address of its soort takes the place of the one before.

    Raises:
        Mistaken: with all that is wrong.
    """
    fouten, tx = recording.fouten, recording.tx
    adres = check_digitaal_adres(asked, "invoer", fouten, eigenaar=Eigenaar.PARTIJ)
    others: Mapping[UUID, Row] = {}
    if await lock_partij(recording, partij, "partij") is not None:
        await check_toestemming(recording, partij, fouten, nu=toestemming)
        others = await stored.digitale_adressen_of(tx, partij)
        _check_new(adres, others, fouten)
    fouten.check()
    key = uuid4()
    if toestemming:
        await geef_toestemming(recording, partij)
    await _make_way(adres, others, recording)
    row = msgspec.structs.asdict(adres) | {"id": key, "partij_id": partij}
    await stored.add_digitaal_adres(tx, row)
    recording.made("digitaal_adres", key)
    await partijen.change(tx, partij, {})
    return Uitkomst({"digitaal_adres": key, "partij": partij})


async def wijzig(
    key: UUID,
    versie: int,
    asked: DigitaalAdresWijziging,
    recording: Recording,
    *,
    toestemming: bool,
) -> Uitkomst:
    """Change one; another adres than was verified is not verified.

    Returns:
        Also with mistakes, among which a stale version, the keys of what stands there.

    Raises:
        Mistaken: there is none.
    """
    found = await lock_own(key, recording)
    fouten = Fouten()
    if found.adres["versie"] != versie:
        melding = "Dit adres is intussen gewijzigd; dit is het nu."
        fouten.add(FoutCode.VEROUDERD, "versie", melding)
    await check_toestemming(recording, found.partij_id, fouten, nu=toestemming)
    adres = _changed(found.adres, asked, fouten)
    if adres.adres != found.adres["adres"]:
        _check_new(adres, found.others, fouten)
    if fouten:
        return Uitkomst(found.sleutels, tuple(fouten))
    if toestemming:
        await geef_toestemming(recording, found.partij_id)
    await _write(found, adres, recording)
    return Uitkomst(found.sleutels)


async def verwijder(key: UUID, recording: Recording) -> Uitkomst:
    """Remove one; if it was preferred, none is.

    Raises:
        Mistaken: there is none.
    """
    found = await lock_own(key, recording)
    preferred = found.partij["voorkeurs_digitaal_adres_id"]
    if preferred == key:
        await _prefer(found.partij, None, recording)
    else:
        await partijen.change(recording.tx, found.partij_id, {})
    await stored.remove_digitaal_adres(recording.tx, key)
    recording.removed("digitaal_adres", key, dict(found.adres))
    return Uitkomst({"partij": found.partij_id})


async def kies_voorkeur(
    partij: UUID, key: UUID | None, recording: Recording
) -> Uitkomst:
    """Say which of a partij's own is to be used above others; None for none.

    Raises:
        Mistaken: the partij is not there, or has no such adres.
    """
    found = await lock_partij(recording, partij, "partij")
    recording.fouten.check()
    own = await stored.digitale_adressen_of(recording.tx, partij)
    if key is not None and key not in own:
        recording.fouten.add(FoutCode.NIET_GEVONDEN, "digitaalAdres", ER_NIET)
    recording.fouten.check()
    if found is not None and found["voorkeurs_digitaal_adres_id"] != key:
        await _prefer(found, key, recording)
    return Uitkomst({"partij": partij} | ({"digitaal_adres": key} if key else {}))


ER_NIET = "Dit digitale adres is er niet."


async def lock_own(key: UUID, recording: Recording) -> Eigen:
    """Read one with whose it is; nobody else changes them before the end.

    Raises:
        Mistaken: there is none, it is a betrokkene's, or another klant's.
    """
    partij = await stored.owner_of_digitaal_adres(recording.tx, key)
    if partij is not None and is_own(recording, partij):
        found = await partijen.lock(recording.tx, partij)
        own = await stored.digitale_adressen_of(recording.tx, partij)
        if found is not None and key in own:
            others = {each: row for each, row in own.items() if each != key}
            return Eigen(found, own[key], others)
    raise Mistaken((Fout(FoutCode.NIET_GEVONDEN, "id", ER_NIET),))


def _changed(
    before: Row, asked: DigitaalAdresWijziging, fouten: Fouten
) -> DigitaalAdres:
    """Give what it becomes."""
    names = DigitaalAdres.__struct_fields__
    given = dict(_given(asked))
    for name in _NEVER_EMPTY:
        if name in given and given[name] is None:
            melding = "Dit gegeven mag niet leeg zijn."
            fouten.add(FoutCode.VERPLICHT, f"invoer.{name}", melding)
            del given[name]
    values = {name: given.get(name, before[name]) for name in names}
    becomes = msgspec.convert(values, DigitaalAdres)
    return check_digitaal_adres(becomes, "invoer", fouten, eigenaar=Eigenaar.PARTIJ)


def _given(asked: DigitaalAdresWijziging) -> Iterator[tuple[str, object]]:
    both = ((name, getattr(asked, name)) for name in _CHANGED)
    return ((name, value) for name, value in both if value is not UNSET)


def _check_new(
    adres: DigitaalAdres, others: Mapping[UUID, Row], fouten: Fouten
) -> None:
    mine = (adres.soort, adres.adres, adres.platform)
    rows = others.values()
    if mine in [(each["soort"], each["adres"], each["platform"]) for each in rows]:
        melding = "De partij heeft dit digitale adres al."
        fouten.add(FoutCode.BESTAAT_AL, "invoer.adres", melding)


async def _make_way(
    adres: DigitaalAdres, others: Mapping[UUID, Row], recording: Recording
) -> None:
    """Have a new standard address of a soort be the only one."""
    for key, row in others.items() if adres.standaard else ():
        if row["standaard"] and row["soort"] == adres.soort:
            changes = {"standaard": False}
            await stored.change_digitaal_adres(recording.tx, key, changes)
            recording.changed("digitaal_adres", key, {"standaard": True})


async def _write(found: Eigen, adres: DigitaalAdres, recording: Recording) -> None:
    before, key = found.adres, _key(found.adres)
    both = {name: getattr(adres, name) for name in _CHANGED}
    changes = {name: each for name, each in both.items() if each != before[name]}
    if not changes:
        return
    if "adres" in changes:
        changes["verificatie_datum"] = None
        await verificatie.remove(recording.tx, key)
    await _make_way(adres, found.others, recording)
    await stored.change_digitaal_adres(recording.tx, key, changes)
    recording.changed("digitaal_adres", key, {name: before[name] for name in changes})
    await partijen.change(recording.tx, found.partij_id, {})


async def _prefer(partij: Row, key: UUID | None, recording: Recording) -> None:
    name = "voorkeurs_digitaal_adres_id"
    await partijen.change(recording.tx, _key(partij), {name: key})
    recording.changed("partij", _key(partij), {name: partij[name]})


def _key(row: Row) -> UUID:
    key = row["id"]
    if not isinstance(key, UUID):
        raise TypeError
    return key
