"""What must be done inside the municipality to follow up a klantcontact."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import strawberry

from gateway.errors import Missing
from gateway.execution.batch import batch, view
from gateway.identity.sight.passed import Reached
from gateway.store import interne_taken
from gateway.store.actoren import Actor as ActorRecord
from gateway.store.klantcontacten import Klantcontact as KlantcontactRecord
from schema.actor import Actor
from schema.enums import Taakstatus
from schema.node import Node, id_field
from schema.verwijzing import Info

if TYPE_CHECKING:
    from schema.klantcontact import Klantcontact

LazyKlantcontact = Annotated["Klantcontact", strawberry.lazy("schema.klantcontact")]


@strawberry.type(
    description="Een verzoek aan een actor om iets te doen naar aanleiding van een"
    " klantcontact."
)
@view(interne_taken.InterneTaak)
class InterneTaak(Node):
    """A view of `gateway.store.interne_taken.InterneTaak`."""

    id = id_field("InterneTaak")
    nummer: str = strawberry.field(
        description="Het nummer waarmee mensen de taak noemen; geen sleutel."
    )
    gevraagde_handeling: str = strawberry.field(description="Wat er moet gebeuren.")
    toelichting: str | None = strawberry.field(description="Uitleg erbij.")
    status: Taakstatus = strawberry.field(description="Hoe ver de taak is.")
    toegewezen_op: datetime = strawberry.field(
        description="Wanneer de taak is toegewezen."
    )
    verwerkt_op: datetime | None = strawberry.field(
        description="Wanneer de taak is verwerkt; gevuld als en alleen als de status"
        " `verwerkt` is."
    )
    wacht_sinds: datetime | None = strawberry.field(
        description="Vanaf wanneer de klant wacht: het moment van het klantcontact."
        " Leeg als de taak is verwerkt."
    )
    versie: int = strawberry.field(
        description="Hoe vaak de taak is gewijzigd, met 1 als begin; wie die wijzigt zegt"
        " welke versie die zag."
    )

    @batch(list[Actor], description="Aan wie de taak is toegewezen.")
    async def actoren(
        parents: Sequence[interne_taken.InterneTaak], info: Info
    ) -> list[list[ActorRecord]]:
        ids = [parent.id for parent in parents]
        found = await info.context.store.actoren.actoren_by_interne_taak(ids)
        return info.context.sight.let_each_pass(found, [Reached.MEE] * len(found))

    @batch(
        LazyKlantcontact | None,
        description="Het klantcontact dat tot de taak leidde.",
    )
    async def klantcontact(
        parents: Sequence[interne_taken.InterneTaak], info: Info
    ) -> list[KlantcontactRecord | Missing]:
        ids = [parent.klantcontact_id for parent in parents]
        found = await info.context.store.klantcontacten.klantcontacten_by_id(ids)
        return await info.context.sight.one_each(parents, found)
