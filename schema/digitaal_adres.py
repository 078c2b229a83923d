"""Addresses bound to no place."""

from collections.abc import Sequence
from datetime import date

import strawberry

from gateway.execution.batch import batch
from gateway.store import adressen
from schema.enums import SoortDigitaalAdres
from schema.node import id_field
from schema.verwijzing import Info


@strawberry.type(
    description="Een adres dat niet aan een plek is gebonden: e-mail, telefoon, sociale"
    " media."
)
class DigitaalAdres:
    """A view of `gateway.store.adressen.DigitaalAdres`."""

    id = id_field("DigitaalAdres")
    soort: SoortDigitaalAdres = strawberry.field(description="Wat voor adres het is.")

    @batch(str, description="Hoe de soort heet.")
    def soort_naam(parents: Sequence[adressen.DigitaalAdres], info: Info) -> list[str]:
        soorten = info.context.lijsten.soorten_digitaal_adres
        return [soorten.namen[parent.soort] for parent in parents]

    adres: str = strawberry.field(description="Het adres zelf.")
    omschrijving: str | None = strawberry.field(
        description="Waar het voor is, zoals `werk` of `privé`."
    )
    platform: str | None = strawberry.field(
        description="Op welk platform, bij sociale media."
    )
    verificatie_datum: date | None = strawberry.field(
        description="Wanneer is vastgesteld dat het adres van de klant is; leeg als dat"
        " niet is gebeurd."
    )
    standaard: bool = strawberry.field(
        description="Of dit van deze soort het eerste is om te gebruiken."
    )
    versie: int = strawberry.field(
        description="Hoe vaak het is gewijzigd, met 1 als begin; wie het wijzigt zegt"
        " welke versie die zag."
    )
