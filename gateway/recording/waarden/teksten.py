"""Texts: how long, on how many lines, and of what characters."""

import unicodedata
from collections.abc import Collection, Mapping
from typing import TypeVar

import msgspec

from gateway.recording.fouten import FoutCode, Fouten
from gateway.recording.waarden.paden import below

S = TypeVar("S", bound=msgspec.Struct)


class Tekst(msgspec.Struct, frozen=True):
    """What a text may be.

    Attributes:
        longest: in characters.
        verplicht: whether it must be there.
        regels: whether it may be of more than one line.
    """

    longest: int
    verplicht: bool = False
    regels: bool = False


def normalised(value: str) -> str:
    """Give it without space around it; lines end in a newline, a tab is a space."""
    lines = value.replace("\r\n", "\n").replace("\r", "\n")
    return lines.replace("\t", " ").strip()


def check_tekst(
    value: str | None, pad: str, fouten: Fouten, regel: Tekst
) -> str | None:
    """Check a text; None is one that was not given."""
    if value is None:
        if regel.verplicht:
            fouten.add(FoutCode.VERPLICHT, pad, "Dit gegeven is verplicht.")
        return None
    text = normalised(value)
    if _is_blank(text):
        _told_blank(pad, fouten, regel)
    elif not _is_text(text, regel):
        lines = "een tekst" if regel.regels else "één regel tekst"
        fouten.add(FoutCode.ONGELDIG, pad, f"Dit is {lines}, zonder besturingstekens.")
    elif len(text) > regel.longest:
        melding = f"Dit is een tekst van hooguit {regel.longest} tekens."
        fouten.add(FoutCode.ONGELDIG, pad, melding)
    return text


def check_teksten(
    values: Mapping[str, object],
    regels: Mapping[str, Tekst],
    pad: str,
    fouten: Fouten,
) -> dict[str, object]:
    """Check those of these values that are texts; one that is not there is no mistake.

    Args:
        values: by the name of their column.
        regels: by the name of the column of each text.
        pad: of what they are the fields of.
        fouten: where mistakes go.

    Returns:
        All of them, those texts as they are to be written.
    """
    checked = dict(values)
    for name, regel in regels.items():
        found = checked.get(name)
        if name in checked and (found is None or isinstance(found, str)):
            checked[name] = check_tekst(found, below(pad, name), fouten, regel)
    return checked


def check_fields(value: S, regels: Mapping[str, Tekst], pad: str, fouten: Fouten) -> S:
    """Check the texts in a struct."""
    texts: dict[str, object] = {name: getattr(value, name) for name in regels}
    return msgspec.structs.replace(value, **check_teksten(texts, regels, pad, fouten))


def check_one_of(value: str, allowed: Collection[str], pad: str, fouten: Fouten) -> str:
    """Check a value of a closed list."""
    if value not in allowed:
        fouten.add(FoutCode.ONGELDIG, pad, f"Dit is een van: {', '.join(allowed)}.")
    return value


def _is_blank(text: str) -> bool:
    # No mark on paper: spaces, control characters, and what only formats others.
    return all(
        unicodedata.category(each) in {"Zs", "Zl", "Zp", "Cc", "Cf"} for each in text
    )


def _told_blank(pad: str, fouten: Fouten, regel: Tekst) -> None:
    if regel.verplicht:
        fouten.add(FoutCode.VERPLICHT, pad, "Dit gegeven mag niet leeg zijn.")
    else:
        melding = "Dit gegeven mag niet leeg zijn; laat het weg als het onbekend is."
        fouten.add(FoutCode.ONGELDIG, pad, melding)


def _is_text(text: str, regel: Tekst) -> bool:
    # A half of a surrogate pair has no UTF-8.
    return not any(
        unicodedata.category(each) in {"Cc", "Cs"}
        and not (regel.regels and each == "\n")
        for each in text
    )
