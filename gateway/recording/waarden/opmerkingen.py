"""Internal remarks do not go into a klantcontact: the klant may read all of it.

Source: GW `Klantcontact` and A0606 (R1.16, R4.15): such a remark is at home in an
interne taak, or in the interne notitie of a partij. This is a safeguard, no proof: it
knows a remark by what people write before it, and one without such a mark passes.
"""

import re

from gateway.recording.fouten import FoutCode, Fouten

_ABOUT = "(?:interne?|niet voor (?:de )?klant|alleen (?:voor )?intern(?: gebruik)?)"
_WHAT = "(?: (?:notitie|opmerking|aantekening|mededeling|bericht|memo))?"
# At the start of a line, and only with brackets around it or a colon after it:
# `Intern verhuisd` says where someone moved.
_MARKED = re.compile(
    rf"^[ *_>#-]*(?:[\[(<{{]\s*{_ABOUT}{_WHAT}\s*:?\s*[\])>}}]|{_ABOUT}{_WHAT}[*_ ]*:)",
    re.IGNORECASE | re.MULTILINE,
)

MELDING = (
    "De klant kan dit lezen; een interne opmerking hoort in een interne taak of in de"
    " interne notitie van de partij."
)


def check_no_interne_opmerking(value: str | None, pad: str, fouten: Fouten) -> None:
    """Refuse a text in which a line is marked as internal (`[intern]`, `Intern: …`)."""
    if value is not None and _MARKED.search(value):
        fouten.add(FoutCode.INTERNE_OPMERKING, pad, MELDING)
