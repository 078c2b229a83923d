"""A klantcontact is recorded with all that hangs on it, or not at all.

Sources: seed basisterminologie, the seven characteristics of a klantcontact; V6898, when
one is recorded (`gateway.recording.vastlegging`).
"""

from datetime import UTC, datetime
from uuid import UUID, uuid4

import msgspec

from gateway.recording.fouten import FoutCode
from gateway.recording.interne_taken import check_taken, voeg_toe
from gateway.recording.klantcontacten.betrokkenen import check_betrokkenen
from gateway.recording.klantcontacten.gegevens import KlantcontactGegevens
from gateway.recording.klantcontacten.kennen import Kennen
from gateway.recording.klantcontacten.minstens import MINSTENS
from gateway.recording.klantcontacten.schrijven import write_betrokkenen, write_delen
from gateway.recording.klantcontacten.verwijzingen import (
    Itself,
    check_actoren,
    check_onderwerpen as check_known,
    check_registers,
    each_below,
)
from gateway.recording.recorder import Recording, Uitkomst
from gateway.recording.waarden.delen import check_inhoud, check_onderwerpen
from gateway.recording.waarden.klantcontacten import (
    Klantcontact,
    check_klantcontact,
    check_vaststelling,
)
from gateway.recording.waarden.paden import below
from gateway.store.writing import klantcontacten as stored

_DELEN = ("onderwerpen", "inhoud")


async def registreer(
    asked: KlantcontactGegevens, recording: Recording, pad: str
) -> Uitkomst:
    """Record a klantcontact.

    Args:
        asked: all of it.
        recording: takes it.
        pad: of the klantcontact in the input.

    Returns:
        The key of the `klantcontact`; or, of a contact that serves no purpose, that it
        was only counted.

    Raises:
        Mistaken: with all that is wrong.
    """
    written = _checked(asked, recording, pad)
    own = _itself(asked, recording, pad)
    kennen = Kennen(written, recording, pad)
    await kennen.wait()
    itself = Itself(None, own.plaatsgevonden_op)
    await _check_references(written, recording, pad, itself)
    warnings = await kennen.decide()
    if kennen.serves_no_purpose:
        return await _only_counted(own, recording)
    recording.fouten.check()
    key = uuid4()
    await _write(key, own, written, kennen, recording)
    await voeg_toe(written.interne_taken, key, recording)
    return Uitkomst({"klantcontact": key}, waarschuwingen=warnings)


def _checked(
    asked: KlantcontactGegevens, recording: Recording, pad: str
) -> KlantcontactGegevens:
    """Look at the forms of all parts, and at how many there must be."""
    fouten = recording.fouten
    _check_numbers(asked, recording, pad)
    vaststelling = asked.identiteitsvaststelling
    if vaststelling is not None:
        where = below(pad, "identiteitsvaststelling")
        vaststelling = check_vaststelling(vaststelling, where, fouten)
    return msgspec.structs.replace(
        asked,
        betrokkenen=check_betrokkenen(asked, below(pad, "betrokkenen"), fouten),
        onderwerpen=check_onderwerpen(
            asked.onderwerpen, below(pad, "onderwerpen"), fouten
        ),
        inhoud=check_inhoud(asked.inhoud, below(pad, "inhoud"), fouten),
        interne_taken=check_taken(
            asked.interne_taken, below(pad, "interne_taken"), fouten
        ),
        identiteitsvaststelling=vaststelling,
    )


def _check_numbers(asked: KlantcontactGegevens, recording: Recording, pad: str) -> None:
    """See that there is one of each; a contact that failed was about nothing."""
    failed = asked.indicatie_contact_gelukt is False
    for name, melding in MINSTENS.items():
        if not getattr(asked, name) and not (failed and name in _DELEN):
            recording.fouten.add(FoutCode.VERPLICHT, below(pad, name), melding)


def _itself(
    asked: KlantcontactGegevens, recording: Recording, pad: str
) -> Klantcontact:
    return check_klantcontact(
        Klantcontact(
            plaatsgevonden_op=asked.plaatsgevonden_op or recording.now,
            beeindigd_op=asked.beeindigd_op,
            kanaal=asked.kanaal,
            taal=asked.taal,
            vertrouwelijk=asked.vertrouwelijk,
            indicatie_contact_gelukt=asked.indicatie_contact_gelukt,
        ),
        pad,
        recording.fouten,
        now=recording.now,
        kanalen=recording.kanalen,
    )


async def _check_references(
    asked: KlantcontactGegevens, recording: Recording, pad: str, itself: Itself
) -> None:
    actoren = {
        below(below(pad, "actoren"), index): key
        for index, key in enumerate(asked.actoren)
    }
    if asked.vastgesteld_door is not None:
        actoren[below(pad, "vastgesteld_door")] = asked.vastgesteld_door
    for number, taak in enumerate(asked.interne_taken):
        where = below(below(below(pad, "interne_taken"), number), "actoren")
        actoren |= {below(where, index): key for index, key in enumerate(taak.actoren)}
    await check_actoren(actoren, recording)
    pads = each_below(below(pad, "onderwerpen"), asked.onderwerpen)
    await check_known(asked.onderwerpen, pads, recording, itself)
    pads = each_below(below(pad, "inhoud"), asked.inhoud)
    check_registers(asked.inhoud, pads, recording)


async def _only_counted(own: Klantcontact, recording: Recording) -> Uitkomst:
    """Count a contact that is nobody's, when nothing else is wrong with it."""
    (told,) = [f for f in recording.fouten if f.code is FoutCode.DIENT_GEEN_DOEL]
    if any(fout is not told for fout in recording.fouten):
        recording.fouten.check()
    recording.fouten.clear()
    dag = own.plaatsgevonden_op.astimezone(UTC).date()
    await stored.count_anonymous(recording.tx, own.kanaal or "onbekend", dag)
    return Uitkomst(fouten=(told,))


async def _write(
    key: UUID,
    own: Klantcontact,
    asked: KlantcontactGegevens,
    kennen: Kennen,
    recording: Recording,
) -> None:
    moment = own.plaatsgevonden_op
    row = {"id": key, **msgspec.structs.asdict(own), **_identity(asked, moment)}
    await stored.add(recording.tx, row, asked.actoren)
    partijen = await kennen.partijen(key)
    recording.fouten.check()
    await write_betrokkenen(key, moment, asked.betrokkenen, partijen, recording)
    await write_delen(key, asked.onderwerpen, asked.inhoud, recording)
    recording.made("klantcontact", key)


def _identity(asked: KlantcontactGegevens, moment: datetime) -> dict[str, object]:
    """Say how the identity was established: all of it, or nothing."""
    stated = asked.identiteitsvaststelling
    if stated is None:
        return {}
    return {
        "identiteit_middel": stated.middel,
        "identiteit_niveau": stated.niveau,
        "identiteit_grond": stated.grond,
        "identiteit_vastgesteld_door_id": asked.vastgesteld_door or asked.actoren[0],
        "identiteit_vastgesteld_op": moment,
    }
