"""What names a partij in another register, and asking for one by it."""

from collections.abc import Sequence
from datetime import date

import strawberry

from gateway import identificatie
from gateway.errors import BadInput
from gateway.execution.batch import batch
from gateway.identificatie import Identificatie
from gateway.store import partijen
from schema.connection import given
from schema.node import id_field
from schema.scalars import (
    BSN,
    RSIN,
    URL,
    Identificatienummer,
    KVKNummer,
    Vestigingsnummer,
)
from schema.verwijzing import Info


@strawberry.type(
    description="Waarmee een partij in een ander register wordt aangeduid: een waarde,"
    " een webadres, of een paar overgenomen gegevens."
)
class ExterneIdentificatie:
    """A view of `gateway.store.partijen.ExterneIdentificatie`."""

    id = id_field("ExterneIdentificatie")
    register: str | None = strawberry.field(
        description="Het register, zoals `brp` of `hr`."
    )
    soort: str | None = strawberry.field(
        description="Wat voor gegeven de waarde is: `bsn`, `rsin`, `kvk_nummer`,"
        " `vestigingsnummer`, of een ander; de lijst is open."
    )
    waarde: str | None = strawberry.field(description="De waarde.")
    land: str | None = strawberry.field(
        description="Het land van het register (ISO 3166-1, twee letters)."
    )

    @batch(str | None, description="Hoe dat land heet; leeg als de code onbekend is.")
    def land_naam(
        parents: Sequence[partijen.ExterneIdentificatie], info: Info
    ) -> list[str | None]:
        landen = info.context.lijsten.landen
        return [landen.naam(parent.land) for parent in parents]

    kvk_nummer: str | None = strawberry.field(
        description="Bij een vestigingsnummer: het KVK-nummer waar het onder valt."
    )
    subject_url: URL | None = strawberry.field(
        description="Het adres van de persoon of organisatie in het register."
    )
    subject_naam: str | None = strawberry.field(
        description="De naam, overgenomen waar verwijzen niet mogelijk is."
    )
    subject_geboortedatum: date | None = strawberry.field(
        description="De geboortedatum, overgenomen waar verwijzen niet mogelijk is."
    )
    subject_plaats: str | None = strawberry.field(
        description="De plaats, overgenomen waar verwijzen niet mogelijk is."
    )


@strawberry.input(description="Een vestiging: altijd onder haar KVK-nummer.")
class VestigingInput:
    """A vestigingsnummer alone is not enough: it must be this KVK-nummer's."""

    kvk_nummer: KVKNummer = strawberry.field(description="Het KVK-nummer.")
    vestigingsnummer: Vestigingsnummer = strawberry.field(
        description="Het vestigingsnummer."
    )


@strawberry.input(description="Een identificatie van een andere soort.")
class OverigeIdentificatieInput:
    """Register, soort and value together; none of them says enough alone."""

    register: str = strawberry.field(description="Het register.")
    soort: str = strawberry.field(description="Wat voor gegeven de waarde is.")
    waarde: Identificatienummer = strawberry.field(description="De waarde.")
    land: str | None = strawberry.field(
        default=strawberry.UNSET,
        description="Het land van het register (ISO 3166-1, twee letters).",
    )


@strawberry.input(
    one_of=True,
    description="Waarmee een partij wordt aangeduid: precies een van deze.",
)
class IdentificatieInput:
    """Exactly one."""

    bsn: BSN | None = strawberry.field(
        default=strawberry.UNSET,
        description="Het burgerservicenummer van een natuurlijk persoon (BRP).",
    )
    rsin: RSIN | None = strawberry.field(
        default=strawberry.UNSET,
        description="Het RSIN van een organisatie (Handelsregister).",
    )
    kvk_nummer: KVKNummer | None = strawberry.field(
        default=strawberry.UNSET,
        description="Het KVK-nummer van een organisatie of eenmanszaak"
        " (Handelsregister).",
    )
    vestiging: VestigingInput | None = strawberry.field(
        default=strawberry.UNSET,
        description="Het nummer van een vestiging, onder haar KVK-nummer.",
    )
    overig: OverigeIdentificatieInput | None = strawberry.field(
        default=strawberry.UNSET,
        description="Een nummer uit een ander register, ook een buitenlands.",
    )


def identificatie_of(asked: IdentificatieInput, argument: str) -> Identificatie:
    """Say what the store should look for: register, soort and value on one row.

    Raises:
        BadInput: `overig` names a soort that has an input of its own.
    """
    if given(asked.bsn):
        return identificatie.bsn(str(asked.bsn))
    if given(asked.rsin):
        return identificatie.rsin(str(asked.rsin))
    if given(asked.kvk_nummer):
        return identificatie.kvk_nummer(str(asked.kvk_nummer))
    vestiging, overig = given(asked.vestiging), given(asked.overig)
    if vestiging is not None:
        return identificatie.vestiging(
            str(vestiging.vestigingsnummer), str(vestiging.kvk_nummer)
        )
    if overig is None or overig.soort in {
        "bsn",
        "rsin",
        "kvk_nummer",
        "vestigingsnummer",
    }:
        raise BadInput(
            f"{argument}.overig.soort", "has an input field of its own; use that"
        )
    # As it is written: registers in small letters.
    register = overig.register.strip().lower()
    return Identificatie(register, overig.soort, overig.waarde, land=given(overig.land))
