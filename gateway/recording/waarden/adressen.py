"""Adressen: what belongs to which form, and how a postcode is written."""

import re
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

import msgspec

from gateway.recording.fouten import FoutCode, Fouten
from gateway.recording.waarden.codes import check_land
from gateway.recording.waarden.paden import below
from gateway.recording.waarden.teksten import Tekst, check_fields, check_one_of

HIGHEST = 99_999
"""A huisnummer (BAG), a postbusnummer or an antwoordnummer: five digits."""


class Adres(msgspec.Struct, frozen=True, kw_only=True):
    """A place, as the klant gave it; the columns of `adressen` but for whose it is."""

    soort: str
    vorm: str
    nummeraanduiding_id: str | None = None
    straatnaam: str | None = None
    huisnummer: int | None = None
    huisnummertoevoeging: str | None = None
    postbusnummer: int | None = None
    antwoordnummer: int | None = None
    postcode: str | None = None
    plaats: str | None = None
    adresregel1: str | None = None
    adresregel2: str | None = None
    adresregel3: str | None = None
    land: str | None = None


class Vorm(msgspec.Struct, frozen=True):
    """What belongs to a form.

    Attributes:
        naam: what it is called, with its article.
        verplicht: all of these.
        een_van: at least one of these.
        nooit: none of these.
        soorten: what it can be.
    """

    naam: str
    verplicht: tuple[str, ...] = ()
    een_van: tuple[str, ...] = ()
    nooit: tuple[str, ...] = ()
    soorten: tuple[str, ...] = ("bezoekadres", "correspondentieadres")


_STREET = ("nummeraanduiding_id", "straatnaam", "huisnummer", "huisnummertoevoeging")
_REGELS = ("adresregel1", "adresregel2", "adresregel3")

VORMEN: Mapping[str, Vorm] = MappingProxyType(
    {
        "straatadres": Vorm(
            "een straatadres",
            een_van=("nummeraanduiding_id", "straatnaam", "adresregel1"),
            nooit=("postbusnummer", "antwoordnummer", "land"),
        ),
        "postbus": Vorm(
            "een postbus",
            verplicht=("postbusnummer",),
            nooit=("antwoordnummer", *_STREET, "land"),
            soorten=("correspondentieadres",),
        ),
        "antwoordnummer": Vorm(
            "een antwoordnummer",
            verplicht=("antwoordnummer",),
            nooit=("postbusnummer", *_STREET, "land"),
            soorten=("correspondentieadres",),
        ),
        "buitenland": Vorm(
            "een adres in het buitenland",
            verplicht=("land", "adresregel1"),
            nooit=(*_STREET, "postbusnummer", "antwoordnummer", "postcode"),
        ),
    }
)

_TEKSTEN: Mapping[str, Tekst] = MappingProxyType(
    {
        "straatnaam": Tekst(255),
        "huisnummertoevoeging": Tekst(20),
        "plaats": Tekst(255),
        **{name: Tekst(80) for name in _REGELS},
    }
)


def check_adressen(
    values: Sequence[Adres], pad: str, fouten: Fouten
) -> tuple[Adres, ...]:
    """Check the adressen of one owner: at most one of each soort."""
    seen: set[str] = set()
    for index, value in enumerate(values):
        if value.soort in seen:
            melding = "Van elke soort is er hooguit één."
            fouten.add(FoutCode.BESTAAT_AL, below(below(pad, index), "soort"), melding)
        seen.add(value.soort)
    return tuple(
        check_adres(value, below(pad, index), fouten)
        for index, value in enumerate(values)
    )


def check_adres(value: Adres, pad: str, fouten: Fouten) -> Adres:
    """Check one; one in the Netherlands is written without its land."""
    check_one_of(value.vorm, VORMEN, below(pad, "vorm"), fouten)
    if value.vorm not in VORMEN:
        return value
    vorm = VORMEN[value.vorm]
    written = _written(value, pad, fouten)
    check_one_of(value.soort, vorm.soorten, below(pad, "soort"), fouten)
    _check_parts(written, vorm, pad, fouten)
    _check_numbers(written, pad, fouten)
    return written


def _written(value: Adres, pad: str, fouten: Fouten) -> Adres:
    land = check_land(value.land, below(pad, "land"), fouten)
    if value.vorm != "buitenland" and land == "NL":
        land = None
    elif value.vorm == "buitenland" and land == "NL":
        melding = "Een adres in het buitenland is niet in Nederland."
        fouten.add(FoutCode.NIET_TOEGESTAAN, below(pad, "land"), melding)
    return msgspec.structs.replace(
        check_fields(value, _TEKSTEN, pad, fouten),
        nummeraanduiding_id=_nummeraanduiding(value, pad, fouten),
        postcode=_postcode(value, pad, fouten),
        land=land,
    )


def _nummeraanduiding(value: Adres, pad: str, fouten: Fouten) -> str | None:
    if value.nummeraanduiding_id is None:
        return None
    digits = value.nummeraanduiding_id.strip()
    if not re.fullmatch("[0-9]{16}", digits):
        melding = "Een nummeraanduiding (BAG) is zestien cijfers."
        fouten.add(FoutCode.ONGELDIG, below(pad, "nummeraanduiding_id"), melding)
    return digits


def _postcode(value: Adres, pad: str, fouten: Fouten) -> str | None:
    if value.postcode is None:
        return None
    found = re.fullmatch(r"([1-9][0-9]{3})\s?([A-Za-z]{2})", value.postcode.strip())
    if found is None:
        melding = "Een postcode is vier cijfers en twee letters, zoals 1234 AB."
        fouten.add(FoutCode.ONGELDIG, below(pad, "postcode"), melding)
        return value.postcode
    return f"{found[1]} {found[2].upper()}"


def _check_parts(value: Adres, vorm: Vorm, pad: str, fouten: Fouten) -> None:
    for name in _given(value, vorm.nooit):
        melding = f"Dit hoort niet bij {vorm.naam}."
        fouten.add(FoutCode.NIET_TOEGESTAAN, below(pad, name), melding)
    for name in vorm.verplicht:
        if getattr(value, name) is None:
            melding = f"Dit is verplicht bij {vorm.naam}."
            fouten.add(FoutCode.VERPLICHT, below(pad, name), melding)
    if vorm.een_van and not _given(value, vorm.een_van):
        melding = "Geef een straatnaam, een nummeraanduiding of een adresregel."
        fouten.add(FoutCode.VERPLICHT, pad, melding)
    if value.nummeraanduiding_id is not None and vorm.een_van:
        # Lines are for what is not in the BAG (A8841, R8.12).
        for name in _given(value, _REGELS):
            melding = "Een adresregel hoort bij een adres dat niet in de BAG staat."
            fouten.add(FoutCode.NIET_TOEGESTAAN, below(pad, name), melding)


def _check_numbers(value: Adres, pad: str, fouten: Fouten) -> None:
    for name in ("huisnummer", "postbusnummer", "antwoordnummer"):
        number: int | None = getattr(value, name)
        if number is not None and not 1 <= number <= HIGHEST:
            melding = f"Dit is een getal van 1 tot en met {HIGHEST}."
            fouten.add(FoutCode.ONGELDIG, below(pad, name), melding)
    if value.huisnummertoevoeging is not None and value.huisnummer is None:
        melding = "Een huisnummertoevoeging hoort bij een huisnummer."
        fouten.add(FoutCode.VERPLICHT, below(pad, "huisnummer"), melding)


def _given(value: Adres, names: Iterable[str]) -> list[str]:
    return [name for name in names if getattr(value, name) is not None]
