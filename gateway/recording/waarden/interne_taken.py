"""Interne taken: what must be done, and when it was."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType

import msgspec

from gateway.recording.fouten import FoutCode, Fouten
from gateway.recording.waarden.klantcontacten import CLOCKS_DIFFER
from gateway.recording.waarden.teksten import Tekst, check_fields

_TEKSTEN: Mapping[str, Tekst] = MappingProxyType(
    {
        "gevraagde_handeling": Tekst(200, verplicht=True),
        "toelichting": Tekst(1000, regels=True),
    }
)


class InterneTaak(msgspec.Struct, frozen=True, kw_only=True):
    """What an actor is asked to do; columns of `interne_taken`."""

    gevraagde_handeling: str
    toelichting: str | None = None


def check_interne_taak(value: InterneTaak, pad: str, fouten: Fouten) -> InterneTaak:
    """Check what is asked; an internal remark is at home here."""
    return check_fields(value, _TEKSTEN, pad, fouten)


def check_verwerkt_op(
    value: datetime,
    pad: str,
    fouten: Fouten,
    *,
    toegewezen_op: datetime,
    now: datetime,
) -> None:
    """Refuse a moment before the taak was given to anybody, and one still to come."""
    if value < toegewezen_op:
        melding = "Een interne taak wordt niet verwerkt voordat die is toegewezen."
        fouten.add(FoutCode.ONGELDIG, pad, melding)
    if value > now + CLOCKS_DIFFER:
        melding = "Een interne taak is verwerkt of nog niet; later kan niet."
        fouten.add(FoutCode.IN_DE_TOEKOMST, pad, melding)
