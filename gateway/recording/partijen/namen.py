"""What names a partij elsewhere: a value of a register, and an address in one or data of it.

One identificatie may be both, and each of these names the partij by itself.
"""

from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from gateway.recording.fouten import FoutCode, Fouten
from gateway.recording.vastlegging import NOOIT_AANGEHAAKT
from gateway.recording.waarden.externe_identificaties import (
    SOORTEN,
    ExterneIdentificatie,
)

Row = Mapping[str, object]

_VALUE = ("register", "soort", "waarde", "land", "kvk_nummer")
_COPIED = ("subject_naam", "subject_geboortedatum", "subject_plaats")
_SUBJECT = ("subject_url", *_COPIED)


def parts(of: ExterneIdentificatie) -> list[ExterneIdentificatie]:
    """Give what names somebody, each by itself."""
    found = []
    if of.waarde is not None:
        found.append(replace(of, **dict.fromkeys(_SUBJECT)))
    if of.subject_url is not None or of.subject_naam is not None:
        found.append(replace(of, **dict.fromkeys(_VALUE)))
    return found


def names(of: ExterneIdentificatie) -> list[ExterneIdentificatie]:
    """Give the parts that say surely enough who somebody is: no copied name does."""
    found = (replace(each, **dict.fromkeys(_COPIED)) for each in parts(of))
    return [each for each in found if each.waarde or each.subject_url]


def missing(
    named: ExterneIdentificatie, held: Sequence[Row]
) -> list[ExterneIdentificatie]:
    """Give the parts that a partij has not; data are copied where there are none."""
    return [
        each for each in parts(named) if not any(_is_held(each, row) for row in held)
    ]


def _is_held(part: ExterneIdentificatie, row: Row) -> bool:
    if part.waarde is not None:
        given = [name for name in _VALUE if getattr(part, name) is not None]
        return all(getattr(part, name) == row[name] for name in given)
    if part.subject_url is not None:
        return part.subject_url == row["subject_url"]
    return row["subject_url"] is not None or row["subject_naam"] is not None


def check_once(
    named: ExterneIdentificatie, kept: Sequence[Row], pad: str, fouten: Fouten
) -> None:
    """Refuse a second one of a kind: a partij is one subject (R6.3).

    Args:
        named: that comes.
        kept: rows of those that the partij has, and keeps.
        pad: of what comes.
        fouten: where mistakes go.
    """
    values = ("register", "soort", "waarde", "land")
    for each in kept:
        same = named.waarde is not None and all(
            getattr(named, name) == each[name] for name in values
        )
        kind = named.soort in SOORTEN and named.soort == each["soort"]
        subject = (named.subject_url or named.subject_naam) and (
            each["subject_url"] or each["subject_naam"]
        )
        if same or kind or subject:
            melding = "Een partij heeft hooguit één identificatie van deze soort."
            fouten.add(FoutCode.BESTAAT_AL, pad, melding)
            return


def check_aangehaakt(
    named: ExterneIdentificatie, partij: Row, pad: str, fouten: Fouten
) -> None:
    """Refuse to link who was never linked: data are asked anew then (R5.4)."""
    if named.soort_subject is not None and partij["soort_subject"] is None:
        fouten.add(FoutCode.NIET_TOEGESTAAN, pad, NOOIT_AANGEHAAKT)
