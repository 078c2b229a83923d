"""Who took part in a klantcontact, other than the municipality."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import strawberry

from gateway.errors import Missing
from gateway.execution.batch import batch
from gateway.store import adressen, betrokkenen, partijen
from schema.adres import Adres, of_soort
from schema.contactnaam import contactnaam_field
from schema.digitaal_adres import DigitaalAdres
from schema.enums import Rol
from schema.node import id_field
from schema.present import fetch_present, present
from schema.verwijzing import Info

if TYPE_CHECKING:
    from schema.partij import Partij

LazyPartij = Annotated["Partij", strawberry.lazy("schema.partij")]


@strawberry.type(
    description="Een persoon of organisatie die bij een klantcontact betrokken was, met"
    " contactgegevens die alleen voor de opvolging van dat contact gelden."
)
class Betrokkene:
    """A view of `gateway.store.betrokkenen.Betrokkene`."""

    id = id_field("Betrokkene")
    rol: Rol = strawberry.field(description="De rol bij dit contact.")
    initiator: bool = strawberry.field(
        description="Of het initiatief tot het contact van deze betrokkene kwam."
    )
    contactnaam = contactnaam_field(
        "Met welke naam deze betrokkene voor dit contact wil worden aangesproken."
    )
    organisatienaam: str | None = strawberry.field(
        description="De organisatie waarmee de betrokkene een relatie had."
    )

    @batch(Adres | None, description="Bezoekadres, alleen voor dit contact.")
    async def bezoekadres(
        parents: Sequence[betrokkenen.Betrokkene], info: Info
    ) -> list[adressen.Adres | None]:
        return await _adres(parents, info, "bezoekadres")

    @batch(Adres | None, description="Correspondentieadres, alleen voor dit contact.")
    async def correspondentieadres(
        parents: Sequence[betrokkenen.Betrokkene], info: Info
    ) -> list[adressen.Adres | None]:
        return await _adres(parents, info, "correspondentieadres")

    @batch(
        list[DigitaalAdres] | None,
        description="Digitale adressen, alleen voor dit contact.",
    )
    async def digitale_adressen(
        parents: Sequence[betrokkenen.Betrokkene], info: Info
    ) -> list[list[adressen.DigitaalAdres]]:
        ids = [parent.id for parent in parents]
        return await info.context.store.adressen.digitale_adressen_by_betrokkene(ids)

    @batch(
        LazyPartij | None,
        description="De partij als wie de betrokkene gekend is (in de standaard:"
        " wasPartij); leeg als die niet gekend is.",
    )
    async def partij(
        parents: Sequence[betrokkenen.Betrokkene], info: Info
    ) -> list[partijen.Partij | Missing | None]:
        keys = [parent.partij_id for parent in parents]
        found = await fetch_present(keys, info.context.store.partijen.partijen_by_id)
        seen = await info.context.sight.partijen_of(parents, found)
        return present(keys, seen)


async def _adres(
    parents: Sequence[betrokkenen.Betrokkene], info: Info, soort: str
) -> list[adressen.Adres | None]:
    ids = [parent.id for parent in parents]
    found = await info.context.store.adressen.adressen_by_betrokkene(ids)
    return [of_soort(mine, soort) for mine in found]
