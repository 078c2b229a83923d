"""The explorer in the demo: with a token of everybody at hand."""

from collections.abc import Mapping
from types import MappingProxyType

from gateway.demo.callers import (
    BEDRIJF,
    CALLERS,
    KLANT,
    MEDEWERKER,
    SYSTEEM,
    VERTEGENWOORDIGER,
)
from gateway.demo.issuer import Issuer
from gateway.edge.page import Bearer, Page

_WHO: Mapping[str, str] = MappingProxyType(
    {
        KLANT.name: "Sanne van der Veldt, met DigiD",
        BEDRIJF.name: "Stichting Stadsfeest Voorbeeldstad, met eHerkenning",
        VERTEGENWOORDIGER.name: "de bewindvoerder van Ria Kuipers, met eHerkenning",
        MEDEWERKER.name: "iemand van het klantcontactcentrum",
        SYSTEEM.name: "een applicatie van de gemeente zelf",
    }
)


def explorer(issuer: Issuer) -> Page:
    """Make the page; each time it is loaded, its tokens are new.

    Args:
        issuer: makes the tokens.
    """

    def callers() -> list[Bearer]:
        return [
            Bearer(each.name, _WHO[each.name], issuer.mint(each.claims), each.purpose)
            for each in CALLERS
        ]

    return Page(callers)
