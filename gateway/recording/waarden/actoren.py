"""Actoren: which kenmerken belong to which soort."""

from collections.abc import Mapping
from types import MappingProxyType

from gateway.recording.fouten import FoutCode, Fouten
from gateway.recording.waarden.paden import below
from gateway.recording.waarden.teksten import Tekst, check_one_of, check_teksten

# GW `Telefoonnummer` may have words in it (`mobiel`): an actor's is no digitaal adres.
TEKSTEN: Mapping[str, Tekst] = MappingProxyType(
    {
        "naam": Tekst(200, verplicht=True),
        "functie": Tekst(40),
        "omschrijving": Tekst(200),
        "emailadres": Tekst(254),
        "telefoonnummer": Tekst(20),
    }
)
NOT_OF: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "medewerker": ("omschrijving",),
        "organisatorische_eenheid": ("functie",),
        "geautomatiseerde_actor": ("emailadres", "telefoonnummer"),
    }
)
"""What an actor of a soort does not have: the contract's own division."""


def check_actor(
    values: Mapping[str, object], pad: str, fouten: Fouten, *, soort_actor: str
) -> dict[str, object]:
    """Check what an actor is registered or changed with.

    Args:
        values: by the name of their column; what is not there is not changed.
        pad: of what they are the fields of.
        fouten: where mistakes go.
        soort_actor: of the actor.

    Returns:
        All of them, as they are to be written.
    """
    check_one_of(soort_actor, NOT_OF, below(pad, "soort_actor"), fouten)
    for name in NOT_OF.get(soort_actor, ()):
        if values.get(name) is not None:
            melding = "Dit hoort niet bij een actor van deze soort."
            fouten.add(FoutCode.NIET_TOEGESTAAN, below(pad, name), melding)
    return check_teksten(values, TEKSTEN, pad, fouten)
