"""Places where someone can be visited or written to."""

from collections.abc import Sequence

import strawberry

from gateway.execution.batch import batch
from gateway.store import adressen
from schema.enums import VormAdres
from schema.verwijzing import Info


@strawberry.type(
    description="Een adres in de fysieke wereld, zoals de klant het heeft opgegeven."
    " Het hoeft niet overeen te komen met een basisregistratie."
)
class Adres:
    """A view of `gateway.store.adressen.Adres`."""

    vorm: VormAdres = strawberry.field(
        description="De vorm: straatadres, postbus, antwoordnummer of buitenland."
    )
    nummeraanduiding_id: str | None = strawberry.field(
        description="De sleutel van het adres in de BAG (nummeraanduiding)."
    )
    straatnaam: str | None = strawberry.field(description="De straat.")
    huisnummer: int | None = strawberry.field(description="Het huisnummer.")
    huisnummertoevoeging: str | None = strawberry.field(
        description="Huisletter en toevoeging."
    )
    postbusnummer: int | None = strawberry.field(
        description="Het nummer van de postbus."
    )
    antwoordnummer: int | None = strawberry.field(description="Het antwoordnummer.")
    postcode: str | None = strawberry.field(
        description="De postcode, met een spatie: 1234 AB."
    )
    plaats: str | None = strawberry.field(description="De plaats.")
    adresregel1: str | None = strawberry.field(
        description="Eerste regel van een adres dat niet in de BAG staat."
    )
    adresregel2: str | None = strawberry.field(description="Tweede regel.")
    adresregel3: str | None = strawberry.field(description="Derde regel.")
    land: str | None = strawberry.field(
        description="Het land (ISO 3166-1, twee letters); leeg voor Nederland."
    )

    @batch(
        str | None,
        description="Hoe het land heet; leeg voor Nederland, en als de code onbekend is.",
    )
    def land_naam(parents: Sequence[adressen.Adres], info: Info) -> list[str | None]:
        landen = info.context.lijsten.landen
        return [landen.naam(parent.land) for parent in parents]


def of_soort(found: list[adressen.Adres], soort: str) -> adressen.Adres | None:
    """The one of this soort, if there is one."""
    return next((adres for adres in found if adres.soort == soort), None)
