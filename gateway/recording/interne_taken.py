"""Interne taken: what an actor is asked to do, and to whom that is assigned.

Added with the klantcontact that leads to them, or to one that was recorded before.
"""

from collections.abc import Sequence
from uuid import UUID, uuid4

import msgspec

from gateway.recording.fouten import FoutCode, Fouten
from gateway.recording.recorder import Recording
from gateway.recording.waarden.interne_taken import InterneTaak, check_interne_taak
from gateway.recording.waarden.paden import below
from gateway.store.writing import interne_taken as stored

MOST = 100
"""Taken of one klantcontact at once, and actoren of one; far more than there are."""


class TaakGegevens(msgspec.Struct, frozen=True, kw_only=True):
    """What is asked, and of whom.

    Attributes:
        actoren: their keys: at least one (R7.1); that they are there, and in use (R7.5),
            `klantcontacten.verwijzingen.check_actoren` sees to.
    """

    gevraagde_handeling: str
    toelichting: str | None = None
    actoren: tuple[UUID, ...]


def check_taken(
    taken: Sequence[TaakGegevens], pad: str, fouten: Fouten
) -> tuple[TaakGegevens, ...]:
    """Check the form of several."""
    _check_number(taken, pad, fouten)
    return tuple(
        check_taak(each, below(pad, index), fouten) for index, each in enumerate(taken)
    )


def check_taak(taak: TaakGegevens, pad: str, fouten: Fouten) -> TaakGegevens:
    """Check the form of one; gives it as it is to be written."""
    asked = InterneTaak(
        gevraagde_handeling=taak.gevraagde_handeling, toelichting=taak.toelichting
    )
    checked = check_interne_taak(asked, pad, fouten)
    actoren = below(pad, "actoren")
    if not taak.actoren:
        melding = "Een interne taak is altijd aan een actor toegewezen."
        fouten.add(FoutCode.VERPLICHT, actoren, melding)
    _check_number(taak.actoren, actoren, fouten)
    return TaakGegevens(
        gevraagde_handeling=checked.gevraagde_handeling,
        toelichting=checked.toelichting,
        actoren=tuple(dict.fromkeys(taak.actoren)),
    )


async def voeg_toe(
    taken: Sequence[TaakGegevens], klantcontact_id: UUID, recording: Recording
) -> list[UUID]:
    """Add taken that were checked to a klantcontact; gives their keys, in order."""
    keys = [uuid4() for _ in taken]
    rows = [
        {
            "id": key,
            "gevraagde_handeling": each.gevraagde_handeling,
            "toelichting": each.toelichting,
            "toegewezen_op": recording.now,
        }
        for key, each in zip(keys, taken, strict=True)
    ]
    both = [*zip(keys, taken, strict=True)]
    assigned = [(key, actor) for key, each in both for actor in each.actoren]
    await stored.add(recording.tx, klantcontact_id, rows, assigned)
    for key in keys:
        recording.made("interne_taak", key)
    return keys


def _check_number(values: Sequence[object], pad: str, fouten: Fouten) -> None:
    if len(values) > MOST:
        fouten.add(FoutCode.ONGELDIG, pad, f"Dit zijn er hooguit {MOST}.")
