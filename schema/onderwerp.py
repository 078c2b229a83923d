"""What a klantcontact was about: one type for each form."""

from collections.abc import Sequence
from typing import Annotated

import strawberry

from gateway.errors import GatewayError, Missing
from gateway.execution.batch import batch, view
from gateway.registers import objecten, zaken
from gateway.store import delen, interne_taken, klantcontacten
from schema.interne_taak import InterneTaak, LazyKlantcontact
from schema.klanttaak import Klanttaak, KlanttaakObject, fetch_referred_klanttaken
from schema.node import id_field
from schema.object import OverigObject, fetch_referred_objecten
from schema.verwijzing import OBJECT, ZAAK, Info
from schema.zaak import Zaak, fetch_referred_zaken


@strawberry.type(description="Een onderwerp in woorden.")
@view(delen.TekstOnderwerp)
class TekstOnderwerp:
    """A view of `gateway.store.delen.TekstOnderwerp`."""

    id = id_field("Onderwerp")
    tekst: str = strawberry.field(description="Waar het contact over ging.")


@strawberry.type(description="Een zaak als onderwerp.")
@view(delen.ZaakOnderwerp)
class ZaakOnderwerp:
    """A view of `gateway.store.delen.ZaakOnderwerp`."""

    id = id_field("Onderwerp")
    url = ZAAK.url()
    uuid = ZAAK.uuid()
    bron = ZAAK.bron()
    identificator = ZAAK.identificator()

    @batch(Zaak | None, description="De zaak zelf. Staat in het zakenregister.")
    async def zaak(
        parents: Sequence[delen.ZaakOnderwerp], info: Info
    ) -> list[zaken.Zaak | GatewayError | None]:
        return await fetch_referred_zaken(parents, info)


@strawberry.type(description="Een klanttaak als onderwerp.")
@view(delen.KlanttaakOnderwerp)
class KlanttaakOnderwerp:
    """A view of `gateway.store.delen.KlanttaakOnderwerp`."""

    id = id_field("Onderwerp")
    url = OBJECT.url()
    uuid = OBJECT.uuid()
    bron = OBJECT.bron()
    identificator = OBJECT.identificator()

    @batch(
        Klanttaak | None,
        description="De klanttaak zelf. Staat in het objectenregister.",
    )
    async def klanttaak(
        parents: Sequence[delen.KlanttaakOnderwerp], info: Info
    ) -> list[KlanttaakObject | GatewayError]:
        return await fetch_referred_klanttaken(parents, info)


@strawberry.type(description="Een ander object als onderwerp.")
@view(delen.ObjectOnderwerp)
class ObjectOnderwerp:
    """A view of `gateway.store.delen.ObjectOnderwerp`."""

    id = id_field("Onderwerp")
    url = OBJECT.url()
    uuid = OBJECT.uuid()
    bron = OBJECT.bron()
    identificator = OBJECT.identificator()

    @batch(
        OverigObject | None,
        name="object",
        description="Het object zelf. Staat in het objectenregister.",
    )
    async def referred(
        parents: Sequence[delen.ObjectOnderwerp], info: Info
    ) -> list[objecten.Object | GatewayError]:
        found = await fetch_referred_objecten(parents, info)
        return info.context.elsewhere.as_onderwerp(found)


@strawberry.type(
    description="De interne taak die aanleiding gaf tot het contact, zoals een"
    " terugbelverzoek."
)
@view(delen.InterneTaakOnderwerp)
class InterneTaakOnderwerp:
    """A view of `gateway.store.delen.InterneTaakOnderwerp`."""

    id = id_field("Onderwerp")

    @batch(InterneTaak | None, description="De interne taak zelf.")
    async def interne_taak(
        parents: Sequence[delen.InterneTaakOnderwerp], info: Info
    ) -> list[interne_taken.InterneTaak | Missing]:
        ids = [parent.interne_taak_id for parent in parents]
        found = await info.context.store.interne_taken.interne_taken_by_id(ids)
        sight = info.context.sight
        return [
            sight.interne_taken([each], sight.reached(parent))[0]
            for parent, each in zip(parents, found, strict=True)
        ]


@strawberry.type(description="Een eerder klantcontact als onderwerp.")
@view(delen.KlantcontactOnderwerp)
class KlantcontactOnderwerp:
    """A view of `gateway.store.delen.KlantcontactOnderwerp`."""

    id = id_field("Onderwerp")

    @batch(LazyKlantcontact | None, description="Het eerdere klantcontact zelf.")
    async def klantcontact(
        parents: Sequence[delen.KlantcontactOnderwerp], info: Info
    ) -> list[klantcontacten.Klantcontact | Missing]:
        ids = [parent.onderwerp_klantcontact_id for parent in parents]
        found = await info.context.store.klantcontacten.klantcontacten_by_id(ids)
        return await info.context.sight.one_each(parents, found)


Onderwerp = Annotated[
    TekstOnderwerp
    | ZaakOnderwerp
    | KlanttaakOnderwerp
    | ObjectOnderwerp
    | InterneTaakOnderwerp
    | KlantcontactOnderwerp,
    strawberry.union(
        "Onderwerp",
        description="Waar (een deel van) een klantcontact over ging, in een van zes"
        " vormen.",
    ),
]
