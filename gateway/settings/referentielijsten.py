"""Which kanalen there are, and what forms let people choose from."""

from collections import Counter
from collections.abc import Iterable
from typing import Self

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from gateway.referentielijsten import kanalen, landen, soorten, talen

LONGEST_KANAAL = 50
"""In characters: the length of its column."""


class ReferentielijstenSettings(BaseModel):
    """The lists; each that is given comes in the place of the usual one."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    kanalen: dict[str, str] = Field(
        default=dict(kanalen.USUAL),
        description="Names by code. A klantcontact is recorded with one of these; with"
        " any, where there are none.",
    )
    vervallen_kanalen: dict[str, str] = Field(
        default={},
        description="Names by code of what is not recorded any more, but stands in"
        " klantcontacten of before or in what was imported.",
    )
    talen: tuple[str, ...] | None = Field(
        default=None,
        description="ISO 639-2 codes, in the order in which forms show them; what is"
        " recorded may be any taal. Default: those that VNG suggests, by name.",
    )
    landen: tuple[str, ...] | None = Field(
        default=None,
        description="ISO 3166-1 codes, likewise; default: all, by name.",
    )
    soorten_digitaal_adres: dict[str, str] = Field(
        default=dict(soorten.USUAL),
        description="Other names for these; one that is not given keeps its own.",
    )

    @field_validator("kanalen", "vervallen_kanalen")
    @classmethod
    def _usable(cls, given: dict[str, str]) -> dict[str, str]:
        for code in given:
            if not 1 <= len(code) <= LONGEST_KANAAL or not _is_plain(code):
                raise ValueError(
                    f"{code!r} must be a code of 1 to {LONGEST_KANAAL} characters,"
                    " without spaces around it or control characters"
                )
        _refuse_twice(code.casefold() for code in given)
        return _named(given)

    @model_validator(mode="after")
    def _used_or_not(self) -> Self:
        used = {code.casefold() for code in self.kanalen}
        both = [code for code in self.vervallen_kanalen if code.casefold() in used]
        if both:
            raise ValueError(f"vervallen_kanalen: in kanalen too: {', '.join(both)}")
        return self

    @field_validator("talen")
    @classmethod
    def _are_talen(cls, given: tuple[str, ...] | None) -> tuple[str, ...] | None:
        """Take both variants; the terminological one is written."""
        if given is None:
            return None
        found = tuple(talen.BIBLIOGRAPHIC.get(code, code) for code in given)
        _refuse_unknown(found, talen.CODES, "no taal of ISO 639-2")
        _refuse_twice(found)
        return found

    @field_validator("landen")
    @classmethod
    def _are_landen(cls, given: tuple[str, ...] | None) -> tuple[str, ...] | None:
        if given is not None:
            _refuse_unknown(given, landen.CODES, "no land of ISO 3166-1")
            _refuse_twice(given)
        return given

    @field_validator("soorten_digitaal_adres")
    @classmethod
    def _are_soorten(cls, given: dict[str, str]) -> dict[str, str]:
        _refuse_unknown(given, soorten.USUAL, "no soort digitaal adres")
        return {**soorten.USUAL, **_named(given)}


def _is_plain(text: str) -> bool:
    return text == text.strip() and text.isprintable()


def _named(given: dict[str, str]) -> dict[str, str]:
    nameless = [code for code, naam in given.items() if not naam or not _is_plain(naam)]
    if nameless:
        raise ValueError(f"must have a name on one line: {', '.join(nameless)}")
    return given


def _refuse_unknown(given: Iterable[str], known: Iterable[str], what: str) -> None:
    known = set(known)
    if unknown := [code for code in given if code not in known]:
        raise ValueError(f"{what}: {', '.join(unknown)}")


def _refuse_twice(codes: Iterable[str]) -> None:
    twice = [code for code, number in Counter(codes).items() if number > 1]
    if twice:
        raise ValueError(f"given twice: {', '.join(twice)}")
