"""What a klantcontact refers to within the store: it is there, and in use."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from gateway.recording.fouten import FoutCode
from gateway.recording.recorder import Recording
from gateway.recording.waarden.delen import Inhoudsdeel, Onderwerp
from gateway.recording.waarden.paden import below
from gateway.store.writing import klantcontacten as stored
from gateway.store.writing.actoren import active


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


async def check_onderwerpen(
    onderwerpen: Sequence[Onderwerp],
    pad: str,
    recording: Recording,
    *,
    of: UUID | None = None,
) -> None:
    """Refuse what the store does not have, and what no register may be asked for.

    Args:
        onderwerpen: what is referred to.
        pad: of them.
        recording: reads it, and keeps it as it is.
        of: the klantcontact that they are of; None of one that is not there yet.
    """
    taken = {each.interne_taak_id for each in onderwerpen} - {None}
    contacten = {each.onderwerp_klantcontact_id for each in onderwerpen} - {None}
    tx = recording.tx
    known: set[UUID | None] = {
        *(await stored.known_taken(tx, _keys(taken)) if taken else ()),
        *(await stored.known_klantcontacten(tx, _keys(contacten)) if contacten else ()),
    }
    for index, each in enumerate(onderwerpen):
        where = below(pad, index)
        key = each.interne_taak_id or each.onderwerp_klantcontact_id
        if key is not None and key not in known:
            melding = "Dit onderwerp is er niet."
            recording.fouten.add(
                FoutCode.NIET_GEVONDEN, below(where, each.vorm), melding
            )
        elif key is not None and key == of:
            melding = "Een klantcontact is geen vervolg op zichzelf."
            recording.fouten.add(
                FoutCode.NIET_TOEGESTAAN, below(where, each.vorm), melding
            )
    check_registers(onderwerpen, pad, recording)


def check_registers(
    delen: Sequence[Onderwerp | Inhoudsdeel], pad: str, recording: Recording
) -> None:
    """Refuse a URL that no configured register owns, where the settings say so."""
    if recording.settings.unknown_registers:
        return
    for index, each in enumerate(delen):
        url = None if each.verwijzing is None else each.verwijzing.url
        if url is not None and not recording.owns(url):
            where = below(below(below(pad, index), each.vorm), "url")
            melding = "Geen ingesteld register beheert dit webadres."
            recording.fouten.add(FoutCode.ONBEKEND_REGISTER, where, melding)


def _keys(found: set[UUID | None]) -> list[UUID]:
    return [each for each in found if each is not None]
