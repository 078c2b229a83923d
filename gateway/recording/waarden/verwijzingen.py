"""References to what is elsewhere: a URL, or a four-part identificator.

Any may be recorded (R8.4); whether a configured register owns it, and whether it is
there, is not asked here.
"""

import re
from collections.abc import Mapping
from types import MappingProxyType

import msgspec

from gateway.identificator import Identificator
from gateway.recording.fouten import FoutCode, Fouten
from gateway.recording.waarden.paden import below
from gateway.recording.waarden.teksten import Tekst, check_fields

_DELEN: Mapping[str, Tekst] = MappingProxyType(
    {
        name: Tekst(200, verplicht=True)
        for name in (
            "code_register",
            "code_objecttype",
            "code_soort_object_id",
            "object_id",
        )
    }
)
_URL = re.compile(r"https?://[^\s/?#][^\s]*")
LONGEST_URL = 1000


class Verwijzing(msgspec.Struct, frozen=True, kw_only=True):
    """Exactly one of these."""

    url: str | None = None
    identificator: Identificator | None = None

    def columns(self) -> dict[str, object]:
        """Give it as the five columns of a table that has references."""
        found: dict[str, object] = {"url": self.url, **dict.fromkeys(_DELEN)}
        if self.identificator is not None:
            found |= msgspec.structs.asdict(self.identificator)
        return found


def check_verwijzing(value: Verwijzing, pad: str, fouten: Fouten) -> Verwijzing:
    """Check a reference."""
    if (value.url is None) == (value.identificator is None):
        code = FoutCode.VERPLICHT if value.url is None else FoutCode.NIET_TOEGESTAAN
        melding = "Een verwijzing is een webadres of een identificator, een van beide."
        fouten.add(code, pad, melding)
    return Verwijzing(
        url=check_url(value.url, below(pad, "url"), fouten),
        identificator=check_identificator(
            value.identificator, below(pad, "identificator"), fouten
        ),
    )


def check_url(value: str | None, pad: str, fouten: Fouten) -> str | None:
    """Check an address; None is one that was not given."""
    if value is None:
        return None
    url = value.strip()
    if not _URL.fullmatch(url) or not url.isprintable() or len(url) > LONGEST_URL:
        melding = (
            f"Dit is een webadres (http of https) van hooguit {LONGEST_URL} tekens."
        )
        fouten.add(FoutCode.ONGELDIG, pad, melding)
    return url


def check_identificator(
    value: Identificator | None, pad: str, fouten: Fouten
) -> Identificator | None:
    """Check the four parts, which are there together; None is one not given."""
    return value and check_fields(value, _DELEN, pad, fouten)
