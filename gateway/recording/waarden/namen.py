"""How a partij, or a betrokkene, wants to be called."""

from collections.abc import Mapping
from types import MappingProxyType

import msgspec

from gateway.recording.fouten import FoutCode, Fouten
from gateway.recording.waarden.paden import below
from gateway.recording.waarden.teksten import Tekst, check_fields, check_tekst

ORGANISATIENAAM = Tekst(200)

_TEKSTEN: Mapping[str, Tekst] = MappingProxyType(
    {
        "voorletters": Tekst(10),
        "voornaam": Tekst(200),
        "voorvoegsel_achternaam": Tekst(10),
        "achternaam": Tekst(200),
    }
)


class Contactnaam(msgspec.Struct, frozen=True):
    """GW `Contactnaam`; at least one of its parts is known."""

    voorletters: str | None = None
    voornaam: str | None = None
    voorvoegsel_achternaam: str | None = None
    achternaam: str | None = None


def check_contactnaam(value: Contactnaam, pad: str, fouten: Fouten) -> Contactnaam:
    """Check how someone wants to be called."""
    if value == Contactnaam():
        melding = "Een contactnaam heeft minstens één deel."
        fouten.add(FoutCode.VERPLICHT, pad, melding)
    return check_fields(value, _TEKSTEN, pad, fouten)


def check_organisatienaam(value: str | None, pad: str, fouten: Fouten) -> str | None:
    """Check the name of an organisation; None is one that was not given."""
    return check_tekst(value, pad, fouten, ORGANISATIENAAM)


def check_naam_naar_soort(
    contactnaam: Contactnaam | None,
    naam: str | None,
    pad: str,
    fouten: Fouten,
    *,
    soort_partij: str,
) -> None:
    """Refuse a name that partijen of this soort do not have (B1304, R4.18)."""
    if soort_partij == "organisatie" and contactnaam is not None:
        melding = "Een organisatie heeft een naam, geen contactnaam."
        fouten.add(FoutCode.NIET_TOEGESTAAN, below(pad, "contactnaam"), melding)
    if soort_partij != "organisatie" and naam is not None:
        melding = "Alleen een organisatie heeft een naam; een mens een contactnaam."
        fouten.add(FoutCode.NIET_TOEGESTAAN, below(pad, "naam"), melding)
