"""Single values: what our tables can keep of what came.

Every function gives the value, or None after a line that says why it is left out.
"""

import re
from datetime import UTC, datetime

import msgspec

from gateway.importing.lines import Notes
from gateway.importing.records import Contactnaam, Text

LARGEST_NUMMER = 8_999_999_999
"""So that numbers of our own, which follow on the largest, still fit in ten digits."""

# As the tables have it: those of Open Klant 2.18, without numbers that are nobody's.
_TELEFOONNUMMER = re.compile(r"(?!0[89]00)(0[1-9][0-9]{8}|\+[0-9]{9,15}|00[0-9]{7,13})")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_IBAN = re.compile(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}")
# How people write one number.
_WRITTEN = re.compile(r"[\s().-]")


def text(notes: Notes, field: str, value: Text, longest: int) -> str | None:
    """Keep a text; what is empty is unknown."""
    if not value:
        return None
    if len(value) > longest:
        notes.left_out(field, f"has more than {longest} characters")
        return None
    if "\0" in value:
        notes.left_out(field, "holds a NUL")
        return None
    return value


def pattern(notes: Notes, field: str, value: Text, form: str, rule: str) -> str | None:
    """Keep what has a form, a regular expression."""
    if not value:
        return None
    if not re.fullmatch(form, value):
        notes.left_out(field, rule)
        return None
    return value


def taal(notes: Notes, field: str, value: Text) -> str | None:
    """Keep an ISO 639-2 code."""
    return pattern(notes, field, value, "[a-z]{3}", "is no ISO 639-2 code")


def nummer(notes: Notes, **given: Text) -> int | None:
    """Keep the first number that is one, by the names of the fields that may hold it."""
    filled = [(name, value) for name, value in given.items() if value]
    for _, value in filled:
        if re.fullmatch("[0-9]{1,10}", value) and 1 <= int(value) <= LARGEST_NUMMER:
            return int(value)
    for name, _ in filled:
        rule = f"is no number up to {LARGEST_NUMMER}: it got one of ours"
        notes.left_out(name, rule)
    return None


def moment(value: datetime) -> datetime:
    """Keep a moment, as the database gives it back."""
    try:
        return value.astimezone(UTC)
    except OverflowError:  # at the end of time; the database refuses that
        return value


def contactnaam(
    notes: Notes, field: str, naam: Contactnaam | None
) -> dict[str, str | None]:
    """Keep a name, as columns."""
    given = naam or Contactnaam()

    def part(name: str, value: Text, longest: int) -> str | None:
        return text(notes, f"{field}.{name}", value, longest)

    return {
        "voorletters": part("voorletters", given.voorletters, 10),
        "voornaam": part("voornaam", given.voornaam, 200),
        "voorvoegsel_achternaam": part(
            "voorvoegselAchternaam", given.voorvoegsel_achternaam, 10
        ),
        "achternaam": part("achternaam", given.achternaam, 200),
    }


def is_filled(value: msgspec.Struct | None) -> bool:
    """Whether anything is in it."""
    return value is not None and any(msgspec.structs.astuple(value))


def telefoonnummer(value: str) -> str | None:
    """Keep a phone number, without what makes it readable; None when it is none."""
    digits = _WRITTEN.sub("", value)
    return digits if _TELEFOONNUMMER.fullmatch(digits) else None


def email(value: str) -> str | None:
    """Keep an e-mail address; None when it is none."""
    return value if _EMAIL.fullmatch(value) else None


def iban(value: str) -> str | None:
    """Keep an IBAN, in one form; None when it is none (ISO 13616: modulo 97)."""
    joined = re.sub(r"\s", "", value).upper()
    if not _IBAN.fullmatch(joined):
        return None
    digits = "".join(str(int(each, 36)) for each in joined[4:] + joined[:4])
    return joined if int(digits) % 97 == 1 else None


def elfproef(value: str) -> bool:
    """Whether nine digits can be a BSN or RSIN (BRP API 2.7.0)."""
    if not re.fullmatch("[0-9]{9}", value) or value == "000000000":
        return False
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    total = sum(
        weight * int(digit) for weight, digit in zip(weights, value, strict=True)
    )
    return total % 11 == 0
