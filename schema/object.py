"""Objects of any kind, with their types."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

import strawberry

from gateway.errors import GatewayError
from gateway.execution.batch import batch, view
from gateway.registers import objecten
from gateway.registers.records import Json
from schema.present import fetch_present
from schema.scalars import JSON, URL
from schema.verwijzing import OBJECT, Info, Verwijzing, unmapped


@strawberry.type(name="ObjectType", description="Een soort object (objecttype).")
@view(objecten.ObjectType)
class ObjectType:
    """A view of `gateway.registers.objecten.ObjectType`."""

    url: URL = strawberry.field(description="Het adres in het objectenregister.")
    uuid: UUID = strawberry.field(
        description="De sleutel; vergelijk hierop, niet op url."
    )
    name: str = strawberry.field(description="De naam, in enkelvoud.")
    name_plural: str = strawberry.field(description="De naam, in meervoud.")
    description: str | None = strawberry.field(description="Een omschrijving.")


@strawberry.type(
    description="Een object uit een objectenregister, van welke soort dan ook."
)
@view(objecten.Object)
class OverigObject:
    """A view of `gateway.registers.objecten.Object`."""

    url: URL = strawberry.field(description="Het adres in het objectenregister.")
    uuid: UUID = strawberry.field(description="De sleutel in het objectenregister.")

    @batch(
        ObjectType | None,
        name="type",
        description="Wat voor object het is.",
    )
    async def objecttype(
        parents: Sequence[objecten.Object], info: Info
    ) -> list[objecten.ObjectType | GatewayError]:
        return await info.context.registers.objecten.objecttypen_by_object(parents)

    @batch(
        JSON,
        description="De gegevens van het object, in de vorm die het objecttype"
        " voorschrijft.",
    )
    def data(parents: Sequence[objecten.Object]) -> list[dict[str, Json]]:
        return [parent.record.data for parent in parents]

    @batch(date, description="Vanaf wanneer deze gegevens gelden.")
    def start_at(parents: Sequence[objecten.Object]) -> list[date]:
        return [parent.record.start_at for parent in parents]

    @batch(date | None, description="Tot wanneer deze gegevens gelden.")
    def end_at(parents: Sequence[objecten.Object]) -> list[date | None]:
        return [parent.record.end_at for parent in parents]

    @batch(date | None, description="Wanneer deze gegevens zijn vastgelegd.")
    def registration_at(parents: Sequence[objecten.Object]) -> list[date | None]:
        return [parent.record.registration_at for parent in parents]


async def fetch_referred_objecten(
    parents: Sequence[Verwijzing], info: Info
) -> list[objecten.Object | GatewayError]:
    """Read the objects that these refer to."""
    fetch = info.context.registers.objecten.objecten_by_url
    found = await fetch_present(OBJECT.urls(parents, info.context), fetch)
    return [answer or unmapped() for answer in found]
