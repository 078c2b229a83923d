"""Inputs that several mutations share: names, adressen, references.

Attributes are named as the structs of `gateway.recording.waarden`, so that
`reading.struct_of` makes these of them.
"""

import strawberry

from schema.enums import SoortDigitaalAdres, VormAdres
from schema.mutation.enums import SoortAdres
from schema.scalars import URL, Identificatienummer


@strawberry.input(description="Een identificator: alle vier de delen samen.")
class IdentificatorInput:
    """`gateway.identificator.Identificator`."""

    code_register: str = strawberry.field(description="Het register.")
    code_objecttype: str = strawberry.field(description="Het soort object.")
    code_soort_object_id: str = strawberry.field(
        description="Welk kenmerk het object aanduidt."
    )
    object_id: str = strawberry.field(description="De waarde van dat kenmerk.")


@strawberry.input(
    one_of=True,
    description="Een verwijzing naar iets in een ander register. Of het er is, wordt pas"
    " bij het lezen nagegaan.",
)
class VerwijzingInput:
    """`waarden.verwijzingen.Verwijzing`: exactly one of these."""

    url: URL | None = strawberry.field(
        default=strawberry.UNSET, description="Het webadres."
    )
    identificator: IdentificatorInput | None = strawberry.field(
        default=strawberry.UNSET, description="Of een identificator."
    )


@strawberry.input(description="Hoe iemand genoemd wil worden; minstens één deel.")
class ContactnaamInput:
    """`waarden.namen.Contactnaam`."""

    voorletters: str | None = strawberry.field(
        default=strawberry.UNSET, description="De voorletters."
    )
    voornaam: str | None = strawberry.field(
        default=strawberry.UNSET, description="De voornaam."
    )
    voorvoegsel_achternaam: str | None = strawberry.field(
        default=strawberry.UNSET, description="Zoals `van der`."
    )
    achternaam: str | None = strawberry.field(
        default=strawberry.UNSET, description="De achternaam."
    )


@strawberry.input(description="Een adres, naar zijn vorm.")
class AdresInput:
    """`waarden.adressen.Adres`."""

    soort: SoortAdres = strawberry.field(description="Waar het voor is.")
    vorm: VormAdres = strawberry.field(description="De vorm.")
    nummeraanduiding_id: str | None = strawberry.field(
        default=strawberry.UNSET, description="De BAG-nummeraanduiding: 16 cijfers."
    )
    straatnaam: str | None = strawberry.field(
        default=strawberry.UNSET, description="De straat."
    )
    huisnummer: int | None = strawberry.field(
        default=strawberry.UNSET, description="Het huisnummer."
    )
    huisnummertoevoeging: str | None = strawberry.field(
        default=strawberry.UNSET, description="Wat achter het huisnummer staat."
    )
    postbusnummer: int | None = strawberry.field(
        default=strawberry.UNSET, description="Het nummer van de postbus."
    )
    antwoordnummer: int | None = strawberry.field(
        default=strawberry.UNSET, description="Het antwoordnummer."
    )
    postcode: str | None = strawberry.field(
        default=strawberry.UNSET, description="De postcode, zoals 1234 AB."
    )
    plaats: str | None = strawberry.field(
        default=strawberry.UNSET, description="De plaats."
    )
    adresregel1: str | None = strawberry.field(
        default=strawberry.UNSET,
        description="De eerste regel van een adres dat niet in de BAG staat.",
    )
    adresregel2: str | None = strawberry.field(
        default=strawberry.UNSET, description="De tweede regel."
    )
    adresregel3: str | None = strawberry.field(
        default=strawberry.UNSET, description="De derde regel."
    )
    land: str | None = strawberry.field(
        default=strawberry.UNSET,
        description="Het land (ISO 3166-1, twee letters) van een adres daarbuiten.",
    )


@strawberry.input(description="Een adres dat niet aan een plaats gebonden is.")
class DigitaalAdresInput:
    """`waarden.digitale_adressen.DigitaalAdres`."""

    soort: SoortDigitaalAdres = strawberry.field(description="Wat voor adres.")
    adres: Identificatienummer = strawberry.field(
        description="Het e-mailadres, telefoonnummer, of de naam op een platform."
    )
    omschrijving: str | None = strawberry.field(
        default=strawberry.UNSET, description="Zoals `werk` of `mobiel`."
    )
    platform: str | None = strawberry.field(
        default=strawberry.UNSET, description="Bij sociale media: welk."
    )
    standaard: bool = strawberry.field(
        default=False,
        description="Of dit het eerste van zijn soort is; alleen bij een partij.",
    )
