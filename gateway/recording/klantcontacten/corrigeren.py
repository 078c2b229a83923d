"""Errors in a klantcontact are repaired, with a reason; what stood there is kept.

Sources: seed basisterminologie, kenmerk 7 (a klantcontact is not changed, but to repair
errors); A0796; B8694 (the audit trail). `id` and `nummer` are never changed (R2.3).
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import TypeVar
from uuid import UUID

import msgspec
from msgspec import UNSET, UnsetType

from gateway.recording.fouten import FoutCode, Fouten
from gateway.recording.klantcontacten.minstens import MINSTENS
from gateway.recording.klantcontacten.verwijzingen import (
    Itself,
    check_onderwerpen as check_known,
    check_registers,
)
from gateway.recording.klantcontacten.zichtbaar import lock_visible
from gateway.recording.recorder import Recording, Uitkomst
from gateway.recording.waarden.delen import (
    Inhoudsdeel,
    Onderwerp,
    check_inhoudsdeel,
    check_onderwerp,
)
from gateway.recording.waarden.klantcontacten import Klantcontact, check_klantcontact
from gateway.recording.waarden.paden import below
from gateway.recording.waarden.teksten import Tekst, check_tekst
from gateway.store.writing import klantcontacten as stored

_REDEN = Tekst(1000, verplicht=True, regels=True)
_PARTS = ("onderwerpen", "inhoud")
_CODES = ("kanaal", "taal")
"""What stands there may be of another list than today's: it is not checked again."""

D = TypeVar("D", Onderwerp, Inhoudsdeel)
Row = dict[str, object]
Parts = Mapping[str, Mapping[UUID, Row]]


class OnderwerpCorrectie(msgspec.Struct, frozen=True):
    """What an onderwerp should have been."""

    id: UUID
    wordt: Onderwerp


class InhoudCorrectie(msgspec.Struct, frozen=True):
    """What an inhoudsdeel should have been."""

    id: UUID
    wordt: Inhoudsdeel


class BetrokkeneCorrectie(msgspec.Struct, frozen=True, kw_only=True):
    """What should have been said of a betrokkene.

    Attributes:
        ontkoppel: whether they are not the partij that they are linked to; who it was
            is said by linking anew.
    """

    id: UUID
    rol: str | UnsetType = UNSET
    initiator: bool | UnsetType = UNSET
    ontkoppel: bool = False


class Correctie(msgspec.Struct, frozen=True, kw_only=True):
    """What is repaired, and why; what is not given stays."""

    reden: str
    kanaal: str | UnsetType | None = UNSET
    plaatsgevonden_op: datetime | UnsetType = UNSET
    beeindigd_op: datetime | UnsetType | None = UNSET
    taal: str | UnsetType | None = UNSET
    vertrouwelijk: bool | UnsetType = UNSET
    indicatie_contact_gelukt: bool | UnsetType | None = UNSET
    onderwerpen: tuple[OnderwerpCorrectie, ...] = ()
    inhoud: tuple[InhoudCorrectie, ...] = ()
    betrokkenen: tuple[BetrokkeneCorrectie, ...] = ()


async def corrigeer(
    key: UUID, asked: Correctie, recording: Recording, pad: str
) -> Uitkomst:
    """Repair a klantcontact.

    Raises:
        Mistaken: with all that is wrong.
    """
    before = await lock_visible(key, recording, "id")
    reden = check_tekst(asked.reden, below(pad, "reden"), recording.fouten, _REDEN)
    changes = _changes(asked, before, recording, pad)
    if changes.get("indicatie_contact_gelukt", False) is not False:
        await _check_established(key, recording, pad)
    moment = (before | changes)["plaatsgevonden_op"]
    itself = msgspec.convert([key, moment], Itself)
    known = await stored.delen(recording.tx, key)
    delen = await _delen(itself, known, asked, recording, pad)
    if not changes and not any(delen.values()):
        melding = "Er verandert niets: er is niets gegeven, of het stond er al zo."
        recording.fouten.add(FoutCode.VERPLICHT, pad, melding)
    recording.fouten.check()
    if changes:
        await stored.change(recording.tx, key, changes)
        recording.changed("klantcontact", key, _of(before, changes), reden)
    await _write(known, delen, reden, recording)
    return Uitkomst({"klantcontact": key})


def _changes(asked: Correctie, before: Row, recording: Recording, pad: str) -> Row:
    names = Klantcontact.__struct_fields__
    given = {
        name: value
        for name in names
        if (value := getattr(asked, name)) is not UNSET and value != before[name]
    }
    stays = {name: before[name] for name in names if name not in _CODES}
    merged = msgspec.convert(stays | given, Klantcontact)
    written = check_klantcontact(
        merged, pad, recording.fouten, now=recording.now, kanalen=recording.kanalen
    )
    return {
        name: getattr(written, name)
        for name in given
        if getattr(written, name) != before[name]
    }


async def _check_established(key: UUID, recording: Recording, pad: str) -> None:
    """Refuse that a contact was established that has no onderwerp or inhoud (kenmerk 3)."""
    both = zip(_PARTS, await stored.lengths(recording.tx, key), strict=True)
    for name, length in both:
        if not length:
            where = below(pad, "indicatie_contact_gelukt")
            recording.fouten.add(FoutCode.VERPLICHT, where, MINSTENS[name])


async def _delen(
    itself: Itself, known: Parts, asked: Correctie, recording: Recording, pad: str
) -> dict[str, dict[UUID, Row]]:
    """Give the changes of parts, by table and key."""
    fouten = recording.fouten
    onderwerpen, inhoud = (below(pad, name) for name in _PARTS)
    about = [(each.id, each.wordt) for each in asked.onderwerpen]
    contained = [(each.id, each.wordt) for each in asked.inhoud]
    _check_known(known["onderwerpen"], [k for k, _ in about], onderwerpen, fouten)
    _check_known(known["inhoudsdelen"], [k for k, _ in contained], inhoud, fouten)
    named = [each.id for each in asked.betrokkenen]
    _check_known(known["betrokkenen"], named, below(pad, "betrokkenen"), fouten)
    found = _checked(about, check_onderwerp, onderwerpen, fouten)
    places = [below(below(onderwerpen, i), "wordt") for i in range(len(found))]
    await check_known([each for _, each in found], places, recording, itself)
    parts = _checked(contained, check_inhoudsdeel, inhoud, fouten)
    places = [below(below(inhoud, i), "wordt") for i in range(len(parts))]
    check_registers([each for _, each in parts], places, recording)
    return {
        "onderwerpen": _differing(
            known["onderwerpen"], {part: each.columns() for part, each in found}
        ),
        "inhoudsdelen": _differing(
            known["inhoudsdelen"], {part: each.columns() for part, each in parts}
        ),
        "betrokkenen": _differing(
            known["betrokkenen"], {each.id: _given(each) for each in asked.betrokkenen}
        ),
    }


def _differing(known: Mapping[UUID, Row], asked: Mapping[UUID, Row]) -> dict[UUID, Row]:
    """Leave out what stands there already, and what is not there at all."""
    found = {
        key: {name: each for name, each in row.items() if known[key][name] != each}
        for key, row in asked.items()
        if key in known
    }
    return {key: row for key, row in found.items() if row}


def _checked(
    given: Sequence[tuple[UUID, D]],
    check: Callable[[D, str, Fouten], D],
    pad: str,
    fouten: Fouten,
) -> list[tuple[UUID, D]]:
    return [
        (key, check(value, below(below(pad, index), "wordt"), fouten))
        for index, (key, value) in enumerate(given)
    ]


def _check_known(
    known: Mapping[UUID, object], keys: Sequence[UUID], pad: str, fouten: Fouten
) -> None:
    for index, key in enumerate(keys):
        where = below(below(pad, index), "id")
        if key not in known:
            fouten.add(
                FoutCode.NIET_GEVONDEN, where, "Dit hoort niet bij dit klantcontact."
            )
        elif key in keys[:index]:
            fouten.add(FoutCode.NIET_TOEGESTAAN, where, "Dit staat er al eerder.")


def _given(correctie: BetrokkeneCorrectie) -> Row:
    both = {"rol": correctie.rol, "initiator": correctie.initiator}
    unlinked: Row = {"partij_id": None} if correctie.ontkoppel else {}
    given = {name: value for name, value in both.items() if value is not UNSET}
    return given | unlinked


async def _write(
    known: Parts,
    delen: Parts,
    reden: str | None,
    recording: Recording,
) -> None:
    for table, parts in delen.items():
        for key, changes in parts.items():
            await stored.change_deel(recording.tx, table, key, changes)
            oud = _of(known[table][key], changes)
            recording.changed(_SOORTEN[table], key, oud, reden)


_SOORTEN: Mapping[str, str] = {
    "onderwerpen": "onderwerp",
    "inhoudsdelen": "inhoudsdeel",
    "betrokkenen": "betrokkene",
}


def _of(before: Row, changes: Row) -> Row:
    return {name: before[name] for name in changes}
