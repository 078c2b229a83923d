"""A klantcontact is added to while it lasts: after a transfer to a colleague (A0796)."""

from datetime import datetime
from uuid import UUID

import msgspec

from gateway.recording.fouten import FoutCode
from gateway.recording.klantcontacten.schrijven import write_delen
from gateway.recording.klantcontacten.verwijzingen import (
    Itself,
    check_actoren,
    check_onderwerpen as check_known,
    check_registers,
    each_below,
)
from gateway.recording.klantcontacten.zichtbaar import lock_visible
from gateway.recording.recorder import Recording, Uitkomst
from gateway.recording.waarden.delen import (
    Inhoudsdeel,
    Onderwerp,
    check_inhoud,
    check_onderwerpen,
)
from gateway.recording.waarden.klantcontacten import check_beeindigd_op
from gateway.recording.waarden.paden import below
from gateway.store.writing import klantcontacten as stored


class Aanvulling(msgspec.Struct, frozen=True, kw_only=True):
    """What comes behind what is there already, which stays as it is.

    Attributes:
        beeindigd_op: when the contact ended; nothing is added after that.
    """

    onderwerpen: tuple[Onderwerp, ...] = ()
    inhoud: tuple[Inhoudsdeel, ...] = ()
    actoren: tuple[UUID, ...] = ()
    beeindigd_op: datetime | None = None


async def vul_aan(
    key: UUID, asked: Aanvulling, recording: Recording, pad: str
) -> Uitkomst:
    """Add to a klantcontact.

    Raises:
        Mistaken: with all that is wrong.
    """
    found = await lock_visible(key, recording, "id")
    itself = Itself(key, _moment(found["plaatsgevonden_op"]))
    written = await _checked(itself, asked, recording, pad)
    if found["beeindigd_op"] is not None:
        melding = "Dit klantcontact is beëindigd; alleen een correctie kan nog."
        recording.fouten.add(FoutCode.IS_BEEINDIGD, "id", melding)
    else:
        check_beeindigd_op(
            asked.beeindigd_op,
            below(pad, "beeindigd_op"),
            recording.fouten,
            plaatsgevonden_op=itself.moment,
            now=recording.now,
        )
    recording.fouten.check()
    await _write(key, written, recording)
    return Uitkomst({"klantcontact": key})


async def _checked(
    itself: Itself, asked: Aanvulling, recording: Recording, pad: str
) -> Aanvulling:
    fouten = recording.fouten
    if asked == Aanvulling():
        fouten.add(FoutCode.VERPLICHT, pad, "Er is niets gegeven om aan te vullen.")
    actoren = below(pad, "actoren")
    named = {below(actoren, index): each for index, each in enumerate(asked.actoren)}
    await check_actoren(named, recording)
    onderwerpen, inhoud = below(pad, "onderwerpen"), below(pad, "inhoud")
    written = msgspec.structs.replace(
        asked,
        onderwerpen=check_onderwerpen(asked.onderwerpen, onderwerpen, fouten),
        inhoud=check_inhoud(asked.inhoud, inhoud, fouten),
    )
    pads = each_below(onderwerpen, written.onderwerpen)
    await check_known(written.onderwerpen, pads, recording, itself)
    check_registers(written.inhoud, each_below(inhoud, written.inhoud), recording)
    return written


async def _write(key: UUID, asked: Aanvulling, recording: Recording) -> None:
    behind = await stored.lengths(recording.tx, key)
    about, contained = await write_delen(
        key, asked.onderwerpen, asked.inhoud, recording, behind=behind
    )
    for each in about:
        recording.made("onderwerp", each)
    for each in contained:
        recording.made("inhoudsdeel", each)
    await stored.add_actoren(recording.tx, key, asked.actoren)
    oud: dict[str, object] = {}
    if asked.beeindigd_op is not None:
        oud = {"beeindigd_op": None}
        changes = {"beeindigd_op": asked.beeindigd_op}
        await stored.change(recording.tx, key, changes)
    recording.changed("klantcontact", key, oud)


def _moment(value: object) -> datetime:
    if not isinstance(value, datetime):
        raise TypeError(type(value).__name__)
    return value
