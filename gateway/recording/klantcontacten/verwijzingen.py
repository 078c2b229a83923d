"""What a klantcontact refers to within the store: it is there, and in use."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from gateway.recording.fouten import FoutCode
from gateway.recording.klantcontacten.zichtbaar import is_visible
from gateway.recording.recorder import Recording
from gateway.recording.waarden.delen import NAMEN, Inhoudsdeel, Onderwerp
from gateway.recording.waarden.paden import below
from gateway.store.writing import klantcontacten as stored
from gateway.store.writing.actoren import active
from gateway.store.writing.transaction import Transaction


async def check_actoren(asked: Mapping[str, UUID], recording: Recording) -> None:
    """Refuse actoren that are not there, or take part in nothing new (R7.5).

    Args:
        asked: keys, by their pad.
        recording: reads them, and keeps them as they are.
    """
    known = await active(recording.tx, asked.values()) if asked else {}
    for pad, key in asked.items():
        if key not in known:
            recording.fouten.add(
                FoutCode.NIET_GEVONDEN, pad, "Deze actor is niet geregistreerd."
            )
        elif not known[key]:
            melding = "Deze actor is niet meer actief."
            recording.fouten.add(FoutCode.NIET_ACTIEF, pad, melding)


class Itself(NamedTuple):
    """The klantcontact that refers; its key is None as long as it is not there."""

    key: UUID | None
    moment: datetime


def each_below(pad: str, delen: Sequence[object]) -> list[str]:
    """Give the pad of each member of a list."""
    return [below(pad, index) for index in range(len(delen))]


async def check_onderwerpen(
    onderwerpen: Sequence[Onderwerp],
    pads: Sequence[str],
    recording: Recording,
    itself: Itself,
) -> None:
    """Refuse what the store does not have, and what no register may be asked for.

    A klantcontact follows on what was before it, never on itself: threads end.
    """
    known = await _known(onderwerpen, recording.tx)
    for pad, each in zip(pads, onderwerpen, strict=True):
        key = each.interne_taak_id or each.onderwerp_klantcontact_id
        if key is None:
            continue
        found, where = known.get(key), below(pad, each.vorm)
        if found is None or not is_visible(found.vertrouwelijk, recording):
            melding = "Dit onderwerp is er niet."
            recording.fouten.add(FoutCode.NIET_GEVONDEN, where, melding)
        elif found.id == itself.key or found.plaatsgevonden_op > itself.moment:
            melding = "Een klantcontact is een vervolg op wat er eerder was."
            recording.fouten.add(FoutCode.NIET_TOEGESTAAN, where, melding)
    check_registers(onderwerpen, pads, recording)


async def _known(
    onderwerpen: Sequence[Onderwerp], tx: Transaction
) -> dict[UUID, stored.Known]:
    taken = [each.interne_taak_id for each in onderwerpen if each.interne_taak_id]
    contacten = [
        each.onderwerp_klantcontact_id
        for each in onderwerpen
        if each.onderwerp_klantcontact_id
    ]
    found = await stored.known_klantcontacten(tx, contacten) if contacten else {}
    return found | (await stored.known_taken(tx, taken) if taken else {})


def check_registers(
    delen: Sequence[Onderwerp | Inhoudsdeel],
    pads: Sequence[str],
    recording: Recording,
) -> None:
    """Refuse a URL that no configured register owns, where the settings say so."""
    if recording.settings.unknown_registers:
        return
    for pad, each in zip(pads, delen, strict=True):
        url = None if each.verwijzing is None else each.verwijzing.url
        if url is not None and not recording.owns(url):
            where = below(below(pad, NAMEN[each.vorm]), "url")
            melding = "Geen ingesteld register beheert dit webadres."
            recording.fouten.add(FoutCode.ONBEKEND_REGISTER, where, melding)
