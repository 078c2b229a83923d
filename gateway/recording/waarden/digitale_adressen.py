"""Digitale adressen: e-mail, telephone, social media, and whatever else."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from enum import Enum
from types import MappingProxyType

import msgspec

from gateway.recording.fouten import FoutCode, Fouten
from gateway.recording.waarden.paden import below
from gateway.recording.waarden.teksten import Tekst, check_fields, check_one_of
from gateway.referentielijsten.soorten import USUAL

SOORTEN = tuple(USUAL)

_TEKSTEN: Mapping[str, Tekst] = MappingProxyType(
    {
        "adres": Tekst(254, verplicht=True),
        "omschrijving": Tekst(40),
        "platform": Tekst(40),
    }
)

# GW `E-mailadres`: an @, not at either end, and a dot; a domain has no empty label.
_EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(?:\.[^@\s.]+)+")
# Open Klant 2.18; numbers of services are nobody's, in whatever spelling.
_TELEFOONNUMMER = re.compile(r"0[1-9][0-9]{8}|\+[0-9]{9,15}|00[0-9]{7,13}")
_SERVICE = re.compile(r"(?:0|\+31|0031)[89]00")
_TRUNK_ZERO = re.compile(r"\(0\)")
_PUNCTUATION = re.compile(r"[\s().\-/\u00ad\u2010-\u2015]")
TELEFOONNUMMER = (
    "Een telefoonnummer is tien cijfers en begint met een 0, of het begint met + of 00"
    " en een landnummer."
)


class Eigenaar(Enum):
    """Whose an address is: for good, or for one klantcontact."""

    PARTIJ = "partij"
    BETROKKENE = "betrokkene"


class DigitaalAdres(msgspec.Struct, frozen=True, kw_only=True):
    """An address bound to no place; columns of `digitale_adressen`.

    Attributes:
        standaard: whether it is the first of its soort to use; of a partij only.
    """

    soort: str
    adres: str
    omschrijving: str | None = None
    platform: str | None = None
    standaard: bool = False


def check_digitale_adressen(
    values: Sequence[DigitaalAdres], pad: str, fouten: Fouten, *, eigenaar: Eigenaar
) -> tuple[DigitaalAdres, ...]:
    """Check those of one owner, who has one standard address of each soort at most."""
    standard: set[str] = set()
    checked: list[DigitaalAdres] = []
    for index, value in enumerate(values):
        here = below(pad, index)
        checked.append(check_digitaal_adres(value, here, fouten, eigenaar=eigenaar))
        if value.standaard and value.soort in standard:
            melding = "Van elke soort is er hooguit één het standaardadres."
            fouten.add(FoutCode.BESTAAT_AL, below(here, "standaard"), melding)
        if value.standaard:
            standard.add(value.soort)
    return tuple(checked)


def check_digitaal_adres(
    value: DigitaalAdres, pad: str, fouten: Fouten, *, eigenaar: Eigenaar
) -> DigitaalAdres:
    """Check one; the domain of an e-mail address is written in small letters."""
    check_one_of(value.soort, SOORTEN, below(pad, "soort"), fouten)
    spelled = msgspec.structs.replace(value, adres=_spelled(value.soort, value.adres))
    written = check_fields(spelled, _TEKSTEN, pad, fouten)
    if written.adres:
        _check_form(written, below(pad, "adres"), fouten)
    _check_platform(written, below(pad, "platform"), fouten)
    if value.standaard and eigenaar is Eigenaar.BETROKKENE:
        melding = "Alleen een partij heeft een standaardadres."
        fouten.add(FoutCode.NIET_TOEGESTAAN, below(pad, "standaard"), melding)
    return written


def _spelled(soort: str, adres: str) -> str:
    if soort == "telefoonnummer":
        # The zero in +31 (0)6 is for callers within the country only.
        if adres.strip().startswith(("+", "00")):
            adres = _TRUNK_ZERO.sub("", adres)
        return _PUNCTUATION.sub("", adres)
    if soort == "email":
        name, at, domain = adres.strip().rpartition("@")
        return f"{name}{at}{domain.lower()}"
    return adres


def _check_form(value: DigitaalAdres, pad: str, fouten: Fouten) -> None:
    if value.soort == "email" and not _is_email(value.adres):
        melding = "Dit is geen e-mailadres; geef er een zoals naam@example.nl."
        fouten.add(FoutCode.ONGELDIG, pad, melding)
    if value.soort == "telefoonnummer":
        if not _TELEFOONNUMMER.fullmatch(value.adres):
            fouten.add(FoutCode.ONGELDIG, pad, TELEFOONNUMMER)
        elif _SERVICE.match(value.adres):
            melding = "Een 0800- of 0900-nummer is van een dienst, niet van een klant."
            fouten.add(FoutCode.ONGELDIG, pad, melding)


def _is_email(adres: str) -> bool:
    # What prints nothing has no place in one, and databases differ on what is a space.
    return _EMAIL.fullmatch(adres) is not None and not any(
        unicodedata.category(each)[0] in "CZ" for each in adres
    )


def _check_platform(value: DigitaalAdres, pad: str, fouten: Fouten) -> None:
    if value.soort == "social_media" and value.platform is None:
        melding = "Bij sociale media hoort het platform."
        fouten.add(FoutCode.VERPLICHT, pad, melding)
    if value.soort != "social_media" and value.platform is not None:
        melding = "Een platform hoort alleen bij sociale media."
        fouten.add(FoutCode.NIET_TOEGESTAAN, pad, melding)
