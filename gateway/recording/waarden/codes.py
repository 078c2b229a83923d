"""Codes of reference lists: of a taal, of a land, of a kanaal."""

from collections.abc import Set as AbstractSet

from gateway.recording.fouten import FoutCode, Fouten
from gateway.recording.waarden.teksten import Tekst, check_tekst
from gateway.referentielijsten import landen, talen

KANAAL = Tekst(50)


def check_taal(value: str | None, pad: str, fouten: Fouten) -> str | None:
    """Check a language: ISO 639-2, either variant (`nld`, `dut`), in any case.

    Returns:
        The terminological code (`nld`); of what is no taal, what was given.
    """
    if value is None:
        return None
    code = value.strip().lower()
    found = talen.terminological(code) if value.isascii() else None
    if found is None:
        melding = (
            "Een taal is een code van drie letters uit ISO 639-2, zoals nld; veel"
            " gebruikte staan in referentielijsten.talen."
        )
        fouten.add(FoutCode.ONGELDIG, pad, melding)
        return code
    return found


def check_land(value: str | None, pad: str, fouten: Fouten) -> str | None:
    """Check a country: ISO 3166-1, two letters; in capitals."""
    if value is None:
        return None
    code = value.strip().upper()
    if code not in landen.CODES or not value.isascii():  # ß in capitals is SS
        melding = (
            "Een land is een code van twee letters uit ISO 3166-1, zoals BE; zie"
            " referentielijsten.landen."
        )
        fouten.add(FoutCode.ONGELDIG, pad, melding)
    return code


def check_kanaal(
    value: str | None, pad: str, fouten: Fouten, *, kanalen: AbstractSet[str]
) -> str | None:
    """Check a kanaal: the municipality's list has one for any form (R1.10).

    Args:
        value: None of one that was not given.
        pad: of it.
        fouten: where mistakes go.
        kanalen: codes of these; without any, any text is one.
    """
    if value is None or not kanalen:
        return check_tekst(value, pad, fouten, KANAAL)
    code = value.strip()
    if code not in kanalen:
        melding = "Een kanaal is een van de codes in referentielijsten.kanalen."
        fouten.add(FoutCode.ONGELDIG, pad, melding)
    return code
