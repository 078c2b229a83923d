"""The course of an interne taak: registered, verwerkt, or passed on to others.

Sources: R7.1 to R7.5 (A2120, A6114, A8694). `verwerkt` says nothing about the outcome.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

import msgspec
from msgspec import UNSET, UnsetType

from gateway.recording.fouten import FoutCode, Mistaken
from gateway.recording.interne_taken import TaakGegevens, check_taak, voeg_toe
from gateway.recording.klantcontacten import registreren as klantcontacten
from gateway.recording.klantcontacten.gegevens import KlantcontactGegevens
from gateway.recording.klantcontacten.verwijzingen import check_actoren
from gateway.recording.klantcontacten.zichtbaar import is_visible
from gateway.recording.recorder import Recording, Uitkomst
from gateway.recording.waarden.delen import Onderwerp
from gateway.recording.waarden.interne_taken import check_verwerkt_op
from gateway.recording.waarden.paden import below
from gateway.recording.waarden.teksten import Tekst, check_tekst
from gateway.store.writing import interne_taken as stored

PAD = "invoer"
_REDEN = Tekst(500, verplicht=True, regels=True)


class Verwerking(msgspec.Struct, frozen=True, kw_only=True):
    """A taak was done.

    Attributes:
        versie: that was seen.
        verwerkt_op: None of now.
        klantcontact: in which the klant was answered; the taak is an onderwerp of it.
    """

    versie: int
    verwerkt_op: datetime | None = None
    klantcontact: KlantcontactGegevens | None = None


class Herroutering(msgspec.Struct, frozen=True, kw_only=True):
    """A taak was not for whom it was assigned to.

    Attributes:
        versie: that was seen.
        reden: why; is written below the taak's own toelichting.
        actoren: whose it is now.
        gevraagde_handeling: None of the same.
        toelichting: not given of the same.
    """

    versie: int
    reden: str
    actoren: tuple[UUID, ...]
    gevraagde_handeling: str | None = None
    toelichting: str | UnsetType | None = UNSET


async def registreer(
    klantcontact_id: UUID, asked: TaakGegevens, recording: Recording
) -> Uitkomst:
    """Register a taak for a klantcontact that was recorded before.

    Raises:
        Mistaken: with all that is wrong.
    """
    tx, fouten = recording.tx, recording.fouten
    taak = check_taak(asked, PAD, fouten)
    await _check_actoren(taak.actoren, recording)
    if not is_visible(await stored.is_vertrouwelijk(tx, klantcontact_id), recording):
        melding = "Dit klantcontact is er niet."
        fouten.add(FoutCode.NIET_GEVONDEN, "klantcontactId", melding)
    fouten.check()
    (key,) = await voeg_toe([taak], klantcontact_id, recording)
    return Uitkomst({"interne_taak": key})


async def verwerk(key: UUID, asked: Verwerking, recording: Recording) -> Uitkomst:
    """Have a taak verwerkt, with the klantcontact in which the klant was answered.

    Raises:
        Mistaken: with all that is wrong.
    """
    taak = await _locked(key, asked.versie, recording)
    moment = asked.verwerkt_op or recording.now
    if taak is not None and asked.verwerkt_op is not None:
        check_verwerkt_op(
            moment,
            below(PAD, "verwerkt_op"),
            recording.fouten,
            toegewezen_op=taak.toegewezen_op,
            now=recording.now,
        )
    answered = await _answered(key, asked.klantcontact, recording)
    recording.fouten.check()
    if taak is not None:
        await _done(key, taak, moment, recording, {})
    return Uitkomst(
        {"interne_taak": key, **answered.sleutels},
        waarschuwingen=answered.waarschuwingen,
    )


async def herrouteer(key: UUID, asked: Herroutering, recording: Recording) -> Uitkomst:
    """Have a taak verwerkt with a reason, and make another in its place (R7.3).

    Raises:
        Mistaken: with all that is wrong.
    """
    tx, fouten = recording.tx, recording.fouten
    reden = check_tekst(asked.reden, below(PAD, "reden"), fouten, _REDEN)
    taak = await _locked(key, asked.versie, recording)
    await _check_actoren(asked.actoren, recording)
    if taak is None:
        raise Mistaken(tuple(fouten))
    new = check_taak(_in_its_place(taak, asked), PAD, fouten)
    if set(new.actoren) == await stored.actoren_of(tx, key):
        melding = "Een taak gaat naar een andere actor dan die hem al heeft."
        fouten.add(FoutCode.NIET_TOEGESTAAN, below(PAD, "actoren"), melding)
    toelichting = "\n\n".join(each for each in (taak.toelichting, reden) if each)
    if len(toelichting) > 1000:
        melding = "De toelichting van de taak en deze reden zijn samen te lang."
        fouten.add(FoutCode.ONGELDIG, below(PAD, "reden"), melding)
    fouten.check()
    changed = {"toelichting": toelichting}
    await _done(key, taak, recording.now, recording, changed, reden)
    (made,) = await voeg_toe([new], taak.klantcontact_id, recording)
    return Uitkomst({"interne_taak": key, "nieuwe_taak": made})


async def _locked(key: UUID, versie: int, recording: Recording) -> stored.Taak | None:
    """Read a taak that is still to be done, as its asker saw it; or say why not."""
    tx, fouten = recording.tx, recording.fouten
    # First what it hangs on, as who destroys that does.
    is_there = is_visible(await stored.is_vertrouwelijk_of(tx, key), recording)
    taak = await stored.lock(tx, key) if is_there else None
    if taak is None:
        fouten.add(FoutCode.NIET_GEVONDEN, "id", "Deze interne taak is er niet.")
    elif taak.status == "verwerkt":
        fouten.add(FoutCode.IS_VERWERKT, "id", "Deze interne taak is al verwerkt.")
    elif taak.versie != versie:
        melding = "Deze interne taak is intussen gewijzigd; dit is die nu."
        fouten.add(FoutCode.VEROUDERD, "versie", melding)
    return taak


async def _check_actoren(actoren: Sequence[UUID], recording: Recording) -> None:
    where = below(PAD, "actoren")
    named = {below(where, index): each for index, each in enumerate(actoren)}
    await check_actoren(named, recording)


async def _answered(
    key: UUID, klantcontact: KlantcontactGegevens | None, recording: Recording
) -> Uitkomst:
    if klantcontact is None:
        return Uitkomst()
    about = Onderwerp(vorm="interne_taak", interne_taak_id=key)
    if about not in klantcontact.onderwerpen:
        onderwerpen = (*klantcontact.onderwerpen, about)
        klantcontact = msgspec.structs.replace(klantcontact, onderwerpen=onderwerpen)
    where = below(PAD, "klantcontact")
    return await klantcontacten.registreer(klantcontact, recording, where)


async def _done(
    key: UUID,
    taak: stored.Taak,
    moment: datetime,
    recording: Recording,
    changed: Mapping[str, str],
    reden: str | None = None,
) -> None:
    # R7.4: both, or neither. Another process' clock may have been ahead.
    verwerkt_op = max(moment, taak.toegewezen_op)
    changes = {"status": "verwerkt", "verwerkt_op": verwerkt_op, **changed}
    await stored.change(recording.tx, key, changes)
    oud = {name: getattr(taak, name) for name in changes}
    recording.changed("interne_taak", key, oud, reden)


def _in_its_place(taak: stored.Taak, asked: Herroutering) -> TaakGegevens:
    handeling, toelichting = asked.gevraagde_handeling, asked.toelichting
    return TaakGegevens(
        gevraagde_handeling=taak.gevraagde_handeling
        if handeling is None
        else handeling,
        toelichting=taak.toelichting if toelichting is UNSET else toelichting,
        actoren=asked.actoren,
    )
