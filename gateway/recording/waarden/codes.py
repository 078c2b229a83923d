"""Short codes: of a taal, of a land, of a kanaal."""

import re

from gateway.recording.fouten import FoutCode, Fouten
from gateway.recording.waarden.teksten import Tekst, check_tekst

KANAAL = Tekst(50)


def check_taal(value: str | None, pad: str, fouten: Fouten) -> str | None:
    """Check a language: ISO 639-2, either variant (`nld`, `dut`); in small letters.

    Whether there is such a language is not looked up.
    """
    if value is None:
        return None
    code = value.strip()
    if not re.fullmatch("[A-Za-z]{3}", code):
        melding = "Een taal is een code van drie letters (ISO 639-2), zoals nld."
        fouten.add(FoutCode.ONGELDIG, pad, melding)
    return code.lower()


def check_land(value: str | None, pad: str, fouten: Fouten) -> str | None:
    """Check a country: ISO 3166-1, two letters; in capitals."""
    if value is None:
        return None
    code = value.strip()
    if not re.fullmatch("[A-Za-z]{2}", code):
        melding = "Een land is een code van twee letters (ISO 3166-1), zoals BE."
        fouten.add(FoutCode.ONGELDIG, pad, melding)
    return code.upper()


def check_kanaal(value: str | None, pad: str, fouten: Fouten) -> str | None:
    """Check a kanaal: any (R1.10), by the name or code the municipality has for it."""
    return check_tekst(value, pad, fouten, KANAAL)
