"""Klantcontacten: when they took place, and how the identity was established."""

import re
from collections.abc import Set as AbstractSet
from datetime import datetime, timedelta

import msgspec

from gateway.identity.vaststelling import Vaststelling
from gateway.recording.fouten import FoutCode, Fouten
from gateway.recording.waarden.codes import check_kanaal, check_taal
from gateway.recording.waarden.paden import below
from gateway.recording.waarden.teksten import Tekst, check_fields

CLOCKS_DIFFER = timedelta(minutes=1)

EERST = 1900
"""Contacts of before are mistakes in a date."""

_ANYBODYS = re.compile(r"@|\d{5}")
_MIDDEL = {"middel": Tekst(40, verplicht=True)}


class Klantcontact(msgspec.Struct, frozen=True, kw_only=True):
    """What a klantcontact says of itself; columns of `klantcontacten`.

    Attributes:
        plaatsgevonden_op: when it began, with its time zone; as all moments here.
        beeindigd_op: None of one that goes on, or whose end is not known.
    """

    plaatsgevonden_op: datetime
    beeindigd_op: datetime | None = None
    kanaal: str | None = None
    taal: str | None = None
    vertrouwelijk: bool = False
    indicatie_contact_gelukt: bool | None = None


def check_klantcontact(
    value: Klantcontact,
    pad: str,
    fouten: Fouten,
    *,
    now: datetime,
    kanalen: AbstractSet[str],
) -> Klantcontact:
    """Check one that is recorded now.

    Args:
        value: what it says.
        pad: of it.
        fouten: where mistakes go.
        now: the moment.
        kanalen: codes of these; without any, any text is one.
    """
    check_plaatsgevonden_op(
        value.plaatsgevonden_op, below(pad, "plaatsgevonden_op"), fouten, now=now
    )
    check_beeindigd_op(
        value.beeindigd_op,
        below(pad, "beeindigd_op"),
        fouten,
        plaatsgevonden_op=value.plaatsgevonden_op,
        now=now,
    )
    return msgspec.structs.replace(
        value,
        kanaal=check_kanaal(
            value.kanaal, below(pad, "kanaal"), fouten, kanalen=kanalen
        ),
        taal=check_taal(value.taal, below(pad, "taal"), fouten),
    )


def check_plaatsgevonden_op(
    value: datetime, pad: str, fouten: Fouten, *, now: datetime
) -> None:
    """Refuse a planned klantcontact (seed basisterminologie, kenmerk 5; R1.6)."""
    if value.year < EERST:
        fouten.add(FoutCode.ONGELDIG, pad, f"Dit is een moment vanaf het jaar {EERST}.")
    if value > now + CLOCKS_DIFFER:
        melding = "Een klantcontact heeft al plaatsgevonden; gepland bestaat het niet."
        fouten.add(FoutCode.IN_DE_TOEKOMST, pad, melding)


def check_beeindigd_op(
    value: datetime | None,
    pad: str,
    fouten: Fouten,
    *,
    plaatsgevonden_op: datetime,
    now: datetime,
) -> None:
    """Refuse an end before the beginning, and one that is still to come (kenmerk 6)."""
    if value is None:
        return
    if value < plaatsgevonden_op:
        melding = "Een klantcontact eindigt niet voordat het begint."
        fouten.add(FoutCode.ONGELDIG, pad, melding)
    if value > now + CLOCKS_DIFFER:
        melding = "Een klantcontact dat nog duurt, heeft nog geen einde."
        fouten.add(FoutCode.IN_DE_TOEKOMST, pad, melding)


def check_vaststelling(value: Vaststelling, pad: str, fouten: Fouten) -> Vaststelling:
    """Check how an identity was established; it names nobody."""
    if _ANYBODYS.search(value.middel):
        melding = "Een middel is geen nummer of adres van iemand, zoals `digid`."
        fouten.add(FoutCode.ONGELDIG, below(pad, "middel"), melding)
    return check_fields(value, _MIDDEL, pad, fouten)
