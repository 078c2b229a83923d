"""Zaken, read by URL, with their types."""

from collections.abc import Sequence
from datetime import date, datetime
from functools import partial
from typing import Annotated
from uuid import UUID

import strawberry

from gateway.errors import GatewayError
from gateway.execution.batch import batch, view
from gateway.registers import catalogi, zaken
from gateway.vertrouwelijkheid import Vertrouwelijkheidaanduiding
from schema.present import fetch_present
from schema.scalars import URL
from schema.verwijzing import ZAAK, Info, Verwijzing, unmapped


@strawberry.type(
    name="ZaakType",
    description="Een versie van een soort zaak, uit de zaaktypecatalogus.",
)
@view(catalogi.ZaakType)
class ZaakType:
    """A view of `gateway.registers.catalogi.ZaakType`."""

    url: URL = strawberry.field(description="Het adres in het catalogusregister.")
    identificatie: str | None = strawberry.field(
        description="De code van het zaaktype, gelijk voor alle versies."
    )
    omschrijving: str = strawberry.field(description="De naam van het zaaktype.")
    omschrijving_generiek: str | None = strawberry.field(
        description="De algemene naam, over gemeenten heen."
    )
    onderwerp: str = strawberry.field(description="Waar zaken van dit type over gaan.")
    doel: str | None = strawberry.field(description="Wat een zaak moet opleveren.")
    toelichting: str | None = strawberry.field(description="Toelichting op het type.")
    doorlooptijd: str = strawberry.field(
        description="Hoe lang een zaak mag duren (ISO 8601-duur, zoals P8W)."
    )
    servicenorm: str | None = strawberry.field(
        description="Hoe lang een zaak hoort te duren (ISO 8601-duur)."
    )
    indicatie_intern_of_extern: catalogi.IndicatieInternOfExtern = strawberry.field(
        description="Of zaken van dit type binnen of buiten de organisatie beginnen."
    )
    vertrouwelijkheidaanduiding: Vertrouwelijkheidaanduiding = strawberry.field(
        description="Hoe vertrouwelijk zaken van dit type zijn, als de zaak niets zegt."
    )


@strawberry.type(name="StatusType", description="Een stap die een zaak kan bereiken.")
class StatusType:
    """A view of `gateway.registers.catalogi.StatusType`."""

    url: URL = strawberry.field(description="Het adres in het catalogusregister.")
    omschrijving: str = strawberry.field(description="De naam van de stap.")
    omschrijving_generiek: str | None = strawberry.field(
        description="De algemene naam, over gemeenten heen."
    )
    statustekst: str | None = strawberry.field(
        description="Tekst over deze stap, geschreven voor de initiator van de zaak."
    )
    volgnummer: int = strawberry.field(
        description="De hoeveelste stap dit is binnen het zaaktype."
    )
    is_eindstatus: bool = strawberry.field(
        description="Of de zaak met deze stap is afgerond."
    )
    informeren: bool | None = strawberry.field(
        description="Of de initiator van deze stap bericht hoort te krijgen."
    )


@strawberry.type(
    name="ResultaatType", description="Een uitkomst die een zaak kan hebben."
)
class ResultaatType:
    """A view of `gateway.registers.catalogi.ResultaatType`."""

    url: URL = strawberry.field(description="Het adres in het catalogusregister.")
    omschrijving: str = strawberry.field(description="De naam van de uitkomst.")
    omschrijving_generiek: str | None = strawberry.field(
        description="De algemene naam, over gemeenten heen."
    )
    toelichting: str | None = strawberry.field(
        description="Toelichting op de uitkomst."
    )


@strawberry.type(description="Een stap die een zaak heeft bereikt.")
class Status:
    """A view of `gateway.registers.zaken.Status`."""

    url: URL = strawberry.field(description="Het adres in het zakenregister.")
    uuid: UUID = strawberry.field(description="De sleutel in het zakenregister.")
    datum_status_gezet: datetime = strawberry.field(
        description="Wanneer de zaak deze stap bereikte."
    )
    statustoelichting: str | None = strawberry.field(
        description="Toelichting, bedoeld voor de initiator van de zaak."
    )

    @batch(
        StatusType | None,
        description="Welke stap het is. Staat in het catalogusregister.",
    )
    async def statustype(
        parents: Sequence[zaken.Status], info: Info
    ) -> list[catalogi.StatusType | GatewayError]:
        urls = [parent.statustype for parent in parents]
        return await info.context.registers.catalogi.statustypen_by_url(urls)


@strawberry.type(description="De uitkomst van een zaak.")
class Resultaat:
    """A view of `gateway.registers.zaken.Resultaat`."""

    url: URL = strawberry.field(description="Het adres in het zakenregister.")
    uuid: UUID = strawberry.field(description="De sleutel in het zakenregister.")
    toelichting: str | None = strawberry.field(
        description="Toelichting op de uitkomst."
    )

    @batch(
        ResultaatType | None,
        description="Welke uitkomst het is. Staat in het catalogusregister.",
    )
    async def resultaattype(
        parents: Sequence[zaken.Resultaat], info: Info
    ) -> list[catalogi.ResultaatType | GatewayError]:
        urls = [parent.resultaattype for parent in parents]
        return await info.context.registers.catalogi.resultaattypen_by_url(urls)


LazyZaak = Annotated["Zaak", strawberry.lazy("schema.zaak")]


@strawberry.type(
    description="Een samenhangende hoeveelheid werk met een begin en een eind, uit een"
    " zakenregister."
)
@view(zaken.Zaak)
class Zaak:
    """A view of `gateway.registers.zaken.Zaak`."""

    url: URL = strawberry.field(description="Het adres in het zakenregister.")
    uuid: UUID = strawberry.field(description="De sleutel in het zakenregister.")
    identificatie: str | None = strawberry.field(
        description="Het zaaknummer, uniek binnen de bronorganisatie."
    )
    bronorganisatie: str = strawberry.field(
        description="Het RSIN van de organisatie die de zaak heeft gemaakt."
    )
    omschrijving: str | None = strawberry.field(description="Korte omschrijving.")
    toelichting: str | None = strawberry.field(description="Toelichting op de zaak.")
    registratiedatum: date | None = strawberry.field(
        description="Wanneer de zaak is vastgelegd."
    )
    startdatum: date = strawberry.field(description="Wanneer de zaak begon.")
    einddatum: date | None = strawberry.field(
        description="Wanneer de zaak is afgerond; leeg zolang de zaak loopt."
    )
    einddatum_gepland: date | None = strawberry.field(
        description="Wanneer de zaak naar planning is afgerond."
    )
    uiterlijke_einddatum_afdoening: date | None = strawberry.field(
        description="Wanneer de zaak uiterlijk moet zijn afgerond."
    )
    vertrouwelijkheidaanduiding: Vertrouwelijkheidaanduiding | None = strawberry.field(
        description="Hoe vertrouwelijk de zaak is."
    )
    betalingsindicatie: zaken.Betalingsindicatie | None = strawberry.field(
        description="Of de kosten zijn betaald."
    )

    @batch(
        ZaakType | None,
        description="Wat voor zaak het is. Staat in het catalogusregister.",
    )
    async def zaaktype(
        parents: Sequence[zaken.Zaak], info: Info
    ) -> list[catalogi.ZaakType | GatewayError]:
        urls = [parent.zaaktype for parent in parents]
        return await info.context.registers.catalogi.zaaktypen_by_url(urls)

    @batch(
        Status | None,
        description="De laatste stap die de zaak bereikte; leeg als die er niet is.",
    )
    async def status(
        parents: Sequence[zaken.Zaak], info: Info
    ) -> list[zaken.Status | GatewayError | None]:
        urls = [parent.status for parent in parents]
        return await fetch_present(urls, info.context.registers.zaken.statussen_by_url)

    @batch(
        Resultaat | None,
        description="De uitkomst van de zaak; leeg zolang die er niet is.",
    )
    async def resultaat(
        parents: Sequence[zaken.Zaak], info: Info
    ) -> list[zaken.Resultaat | GatewayError | None]:
        urls = [parent.resultaat for parent in parents]
        return await fetch_present(urls, info.context.registers.zaken.resultaten_by_url)

    @batch(LazyZaak | None, description="De zaak waarvan deze een deel is.")
    async def hoofdzaak(
        parents: Sequence[zaken.Zaak], info: Info
    ) -> list[zaken.Zaak | GatewayError | None]:
        return await fetch_zaken([parent.hoofdzaak for parent in parents], info)

    @batch(list[LazyZaak | None], description="De zaken die een deel van deze zijn.")
    async def deelzaken(
        parents: Sequence[zaken.Zaak], info: Info
    ) -> list[list[zaken.Zaak | GatewayError | None]]:
        urls = [url for parent in parents for url in parent.deelzaken]
        found = iter(await fetch_zaken(urls, info))
        return [[next(found) for _ in parent.deelzaken] for parent in parents]


async def fetch_zaken(
    urls: Sequence[str | None], info: Info
) -> list[zaken.Zaak | GatewayError | None]:
    """Read zaken, with the status and resultaat that are selected below.

    One answer per url, in order; None for None.
    """
    expand = info.selected & {"status", "resultaat"}
    context = info.context
    read = partial(context.registers.zaken.zaken_by_url, expand=expand)
    return await fetch_present(urls, lambda some: context.elsewhere.zaken(some, read))


async def fetch_referred_zaken(
    parents: Sequence[Verwijzing], info: Info
) -> list[zaken.Zaak | GatewayError | None]:
    """Read the zaken that these refer to."""
    found = await fetch_zaken(ZAAK.urls(parents, info.context), info)
    return [answer or unmapped() for answer in found]
