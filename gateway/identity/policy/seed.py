"""The two tables of seed 000: what may be recorded and disclosed of whom.

Source: Uitgangspunten bij 'klant' (2022), "Zelfstandige klanten kunnen zonder voorwaarden
worden geregistreerd, aangehaakte klanten niet".
"""

from collections.abc import Mapping
from enum import Enum, StrEnum
from types import MappingProxyType

from gateway.identity.levels import Betrouwbaarheidsniveau, is_enough


class Klantsoort(StrEnum):
    """Whether what is known of a klant hangs on a subject in a base register."""

    AANGEHAAKT = "aangehaakt"
    ZELFSTANDIG = "zelfstandig"


class Authenticatie(StrEnum):
    """Whether it was established, now, who gives or gets the data."""

    NA = "na identificatie/authenticatie"
    ZONDER = "zonder identificatie/authenticatie"


class Uitkomst(Enum):
    """What a cell says."""

    TOEGESTAAN = "toegestaan"
    OP_NIVEAU = "toegestaan, na toepassing van voldoende betrouwbaar middel"
    BINNEN_INTERACTIE = (
        "alleen in de context van de interactie waarvoor gegevens zijn ingewonnen"
    )
    NIET = "niet toegestaan"


Cell = tuple[Klantsoort, Authenticatie]

REGISTREREN: Mapping[Cell, Uitkomst] = MappingProxyType(
    {
        (Klantsoort.AANGEHAAKT, Authenticatie.NA): Uitkomst.OP_NIVEAU,
        (Klantsoort.AANGEHAAKT, Authenticatie.ZONDER): Uitkomst.NIET,
        (Klantsoort.ZELFSTANDIG, Authenticatie.NA): Uitkomst.TOEGESTAAN,
        (Klantsoort.ZELFSTANDIG, Authenticatie.ZONDER): Uitkomst.TOEGESTAAN,
    }
)
VERSTREKKEN: Mapping[Cell, Uitkomst] = MappingProxyType(
    {
        (Klantsoort.AANGEHAAKT, Authenticatie.NA): Uitkomst.OP_NIVEAU,
        (Klantsoort.AANGEHAAKT, Authenticatie.ZONDER): Uitkomst.NIET,
        (Klantsoort.ZELFSTANDIG, Authenticatie.NA): Uitkomst.BINNEN_INTERACTIE,
        (Klantsoort.ZELFSTANDIG, Authenticatie.ZONDER): Uitkomst.BINNEN_INTERACTIE,
    }
)


def allowed(
    table: Mapping[Cell, Uitkomst],
    klantsoort: Klantsoort,
    *,
    authenticated: bool,
    niveau: Betrouwbaarheidsniveau | None,
    needed: Betrouwbaarheidsniveau,
    within_interaction: bool,
) -> bool:
    """Say what a table says.

    Args:
        table: REGISTREREN or VERSTREKKEN.
        klantsoort: whose data.
        authenticated: whether it was established who gives or gets them.
        niveau: how surely.
        needed: what the municipality calls sure enough.
        within_interaction: whether it is about the contact the data were given for.
    """
    heading = Authenticatie.NA if authenticated else Authenticatie.ZONDER
    uitkomst = table[klantsoort, heading]
    if uitkomst is Uitkomst.OP_NIVEAU:
        return is_enough(niveau, needed)
    if uitkomst is Uitkomst.BINNEN_INTERACTIE:
        return within_interaction
    return uitkomst is Uitkomst.TOEGESTAAN
