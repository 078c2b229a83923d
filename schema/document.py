"""Documents: what is known about them, never their content."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

import strawberry

from gateway.errors import GatewayError
from gateway.execution.batch import batch, view
from gateway.registers import catalogi, documenten
from gateway.vertrouwelijkheid import Vertrouwelijkheidaanduiding
from schema.present import fetch_present
from schema.scalars import URL
from schema.verwijzing import DOCUMENT, Info, Verwijzing, unmapped


@strawberry.type(
    name="InformatieObjectType",
    description="Een versie van een soort document, uit de zaaktypecatalogus.",
)
@view(catalogi.InformatieObjectType)
class InformatieObjectType:
    """A view of `gateway.registers.catalogi.InformatieObjectType`."""

    url: URL = strawberry.field(description="Het adres in het catalogusregister.")
    omschrijving: str = strawberry.field(description="De naam van het soort document.")
    informatieobjectcategorie: str = strawberry.field(
        description="Onder welke categorie het valt."
    )
    vertrouwelijkheidaanduiding: Vertrouwelijkheidaanduiding = strawberry.field(
        description="Hoe vertrouwelijk zulke documenten zijn, als het document niets"
        " zegt."
    )


@strawberry.type(
    description="Een document (enkelvoudig informatieobject) uit een"
    " documentenregister: de gegevens erover, niet de inhoud zelf."
)
@view(documenten.EnkelvoudigInformatieObject)
class Document:
    """A view of `gateway.registers.documenten.EnkelvoudigInformatieObject`."""

    url: URL = strawberry.field(description="Het adres in het documentenregister.")
    uuid: UUID = strawberry.field(description="De sleutel in het documentenregister.")
    identificatie: str | None = strawberry.field(
        description="Het documentnummer, uniek binnen de bronorganisatie."
    )
    bronorganisatie: str = strawberry.field(
        description="Het RSIN van de organisatie die het document heeft vastgelegd."
    )
    titel: str = strawberry.field(description="De titel.")
    beschrijving: str | None = strawberry.field(description="Een beschrijving.")
    auteur: str | None = strawberry.field(
        description="Wie het document heeft gemaakt; voor klanten niet te zien."
    )
    creatiedatum: date = strawberry.field(description="Wanneer het is gemaakt.")
    ontvangstdatum: date | None = strawberry.field(
        description="Wanneer het is ontvangen."
    )
    verzenddatum: date | None = strawberry.field(
        description="Wanneer het is verzonden."
    )
    status: documenten.Documentstatus | None = strawberry.field(
        description="Hoe ver het document is."
    )
    vertrouwelijkheidaanduiding: Vertrouwelijkheidaanduiding | None = strawberry.field(
        description="Hoe vertrouwelijk het document is."
    )
    formaat: str | None = strawberry.field(
        description="Het mediatype, zoals application/pdf."
    )
    taal: str = strawberry.field(description="De taal (ISO 639-2, zoals nld of dut).")

    @batch(str | None, description="Hoe de taal heet; leeg als de code onbekend is.")
    def taal_naam(
        parents: Sequence[documenten.EnkelvoudigInformatieObject], info: Info
    ) -> list[str | None]:
        talen = info.context.lijsten.talen
        return [talen.naam(parent.taal) for parent in parents]

    versie: int = strawberry.field(description="De hoeveelste versie dit is.")
    begin_registratie: datetime = strawberry.field(
        description="Wanneer deze versie is vastgelegd."
    )
    bestandsnaam: str | None = strawberry.field(description="De naam van het bestand.")
    bestandsomvang: float | None = strawberry.field(
        description="De omvang van het bestand, in bytes."
    )
    trefwoorden: list[str] = strawberry.field(description="Trefwoorden.")

    @batch(
        InformatieObjectType | None,
        description="Wat voor document het is. Staat in het catalogusregister.",
    )
    async def informatieobjecttype(
        parents: Sequence[documenten.EnkelvoudigInformatieObject], info: Info
    ) -> list[catalogi.InformatieObjectType | GatewayError]:
        urls = [parent.informatieobjecttype for parent in parents]
        return await info.context.registers.catalogi.informatieobjecttypen_by_url(urls)


async def fetch_referred_documenten(
    parents: Sequence[Verwijzing], info: Info
) -> list[documenten.EnkelvoudigInformatieObject | GatewayError]:
    """Read the documents that these refer to."""
    fetch = info.context.registers.documenten.documenten_by_url
    found = await fetch_present(DOCUMENT.urls(parents, info.context), fetch)
    return info.context.elsewhere.documenten([answer or unmapped() for answer in found])
