"""Who took part in a klantcontact: their names and contact data for it."""

import msgspec

from gateway.recording.fouten import FoutCode, Fouten
from gateway.recording.klantcontacten.gegevens import (
    BetrokkeneGegevens,
    KlantcontactGegevens,
)
from gateway.recording.waarden.adressen import check_adressen
from gateway.recording.waarden.digitale_adressen import (
    Eigenaar,
    check_digitale_adressen,
)
from gateway.recording.waarden.namen import (
    check_contactnaam,
    check_organisatienaam,
)
from gateway.recording.waarden.paden import below


def check_betrokkenen(
    asked: KlantcontactGegevens, pad: str, fouten: Fouten
) -> tuple[BetrokkeneGegevens, ...]:
    """Check all of them, beside whether there is follow-up."""
    return tuple(
        _checked(each, below(pad, index), fouten, follow_up=bool(asked.interne_taken))
        for index, each in enumerate(asked.betrokkenen)
    )


def _checked(
    value: BetrokkeneGegevens, pad: str, fouten: Fouten, *, follow_up: bool
) -> BetrokkeneGegevens:
    if value.partij is not None and value.partij_id is not None:
        melding = (
            "Een betrokkene is hooguit één partij: geef de sleutel of de gegevens."
        )
        fouten.add(FoutCode.NIET_TOEGESTAAN, below(pad, "partij"), melding)
    if value.is_gekend and value.is_bereikbaar and not follow_up:
        # R3.2: the default contact data do, and nothing is to be followed up.
        melding = (
            "Contactgegevens bij een gekende betrokkene zijn er alleen voor opvolging:"
            " geef ook een interne taak."
        )
        fouten.add(FoutCode.NIET_TOEGESTAAN, pad, melding)
    name = value.contactnaam
    return msgspec.structs.replace(
        value,
        contactnaam=name and check_contactnaam(name, below(pad, "contactnaam"), fouten),
        organisatienaam=check_organisatienaam(
            value.organisatienaam, below(pad, "organisatienaam"), fouten
        ),
        adressen=check_adressen(value.adressen, below(pad, "adressen"), fouten),
        digitale_adressen=check_digitale_adressen(
            value.digitale_adressen,
            below(pad, "digitale_adressen"),
            fouten,
            eigenaar=Eigenaar.BETROKKENE,
        ),
    )
