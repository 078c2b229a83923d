"""What a klantcontact contained: one type for each form."""

from collections.abc import Sequence
from typing import Annotated

import strawberry

from gateway.errors import GatewayError
from gateway.execution.batch import batch, view
from gateway.registers import documenten, objecten
from gateway.store import delen
from schema.document import Document, fetch_referred_documenten
from schema.node import id_field
from schema.object import OverigObject, fetch_referred_objecten
from schema.verwijzing import DOCUMENT, OBJECT, Info

ONDERDEEL = (
    "Delen met hetzelfde onderdeel geven dezelfde inhoud weer, in een andere vorm;"
    " leeg als er geen andere vorm is."
)


@strawberry.type(description="Inhoud in woorden.")
@view(delen.TekstInhoud)
class TekstInhoud:
    """A view of `gateway.store.delen.TekstInhoud`."""

    id = id_field("Inhoudsdeel")
    onderdeel: str | None = strawberry.field(description=ONDERDEEL)
    tekst: str = strawberry.field(description="Wat er is uitgewisseld.")


@strawberry.type(description="Een document (informatieobject) als inhoud.")
@view(delen.DocumentInhoud)
class DocumentInhoud:
    """A view of `gateway.store.delen.DocumentInhoud`."""

    id = id_field("Inhoudsdeel")
    onderdeel: str | None = strawberry.field(description=ONDERDEEL)
    url = DOCUMENT.url()
    uuid = DOCUMENT.uuid()
    bron = DOCUMENT.bron()
    identificator = DOCUMENT.identificator()

    @batch(
        Document | None,
        description="Het document zelf. Staat in het documentenregister.",
    )
    async def document(
        parents: Sequence[delen.DocumentInhoud], info: Info
    ) -> list[documenten.EnkelvoudigInformatieObject | GatewayError]:
        return await fetch_referred_documenten(parents, info)


@strawberry.type(description="Een object als inhoud, zoals een ingevuld formulier.")
@view(delen.ObjectInhoud)
class ObjectInhoud:
    """A view of `gateway.store.delen.ObjectInhoud`."""

    id = id_field("Inhoudsdeel")
    onderdeel: str | None = strawberry.field(description=ONDERDEEL)
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
        parents: Sequence[delen.ObjectInhoud], info: Info
    ) -> list[objecten.Object | GatewayError]:
        found = await fetch_referred_objecten(parents, info)
        return info.context.elsewhere.as_inhoud(found)


Inhoudsdeel = Annotated[
    TekstInhoud | DocumentInhoud | ObjectInhoud,
    strawberry.union(
        "Inhoudsdeel",
        description="(Een deel van) wat tijdens een klantcontact is uitgewisseld, in een"
        " van drie vormen.",
    ),
]
