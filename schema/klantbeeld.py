"""What belongs together for one resident or company."""

from collections.abc import Sequence

import strawberry

from gateway.errors import GatewayError
from gateway.execution.batch import batch
from gateway.store.interne_taken import (
    InterneTaak as InterneTaakRecord,
    Question as TakenQuestion,
)
from gateway.store.partijen import Named, Partij as PartijRecord
from schema.connection import (
    After,
    Before,
    Connection,
    First,
    Last,
    PageOf,
    slice_of,
)
from schema.enums import InterneTaakOrde, KlantcontactOrde
from schema.interne_taak import InterneTaak
from schema.interne_taken import TaakFilter, TaakOrde, fetch_taken
from schema.klantcontact import Klantcontact
from schema.klantcontacten import (
    Filter,
    Orde,
    PageOfKlantcontacten,
    asked_of,
    fetch_pages,
)
from schema.partij import Contactpersoon, Partij
from schema.verwijzing import Info


@strawberry.type(
    description="Alles wat voor een inwoner of bedrijf bij elkaar hoort. Van wie niet als"
    " partij gekend is, staat hier niets."
)
class Klantbeeld:
    """A view of `gateway.store.partijen.Named`."""

    partij: Partij = strawberry.field(
        description="De partij; zijn er meer, dan de eerst geregistreerde."
    )
    partijen: list[Partij] = strawberry.field(
        description="Alle partijen met deze identificatie: een persoon is er een, een"
        " organisatie kan er meer zijn."
    )

    @batch(
        list[Contactpersoon] | None,
        description="Wie namens deze partijen handelden; hun contacten staan in dit"
        " klantbeeld.",
    )
    def contactpersonen(
        parents: Sequence[Named], info: Info
    ) -> list[list[PartijRecord]]:
        return info.context.sight.contactpersonen(parents)

    @batch(
        Connection[Klantcontact] | None,
        description="De klantcontacten van deze partijen en hun contactpersonen samen.",
    )
    async def klantcontacten(
        parents: Sequence[Named],
        info: Info,
        filter: Filter = strawberry.UNSET,  # noqa: A002 - the graph's own word
        orde: Orde = KlantcontactOrde.NIEUWSTE_EERST,
        first: First = strawberry.UNSET,
        after: After = strawberry.UNSET,
        last: Last = strawberry.UNSET,
        before: Before = strawberry.UNSET,
    ) -> list[PageOfKlantcontacten | GatewayError]:
        asked = asked_of(filter, orde, first, after, last, before, context=info.context)
        return await fetch_pages(
            [parent.everyone for parent in parents],
            asked,
            info.context,
            named=[parent.named for parent in parents],
        )

    @batch(
        Connection[InterneTaak] | None,
        description="Wat er binnen de gemeente naar aanleiding van deze klantcontacten"
        " moest gebeuren.",
    )
    async def interne_taken(
        parents: Sequence[Named],
        info: Info,
        filter: TaakFilter = strawberry.UNSET,  # noqa: A002
        orde: TaakOrde = InterneTaakOrde.LANGST_WACHTEND_EERST,
        first: First = strawberry.UNSET,
        after: After = strawberry.UNSET,
        last: Last = strawberry.UNSET,
        before: Before = strawberry.UNSET,
    ) -> list[PageOf[InterneTaakRecord, TakenQuestion]]:
        part = slice_of(first, after, last, before)
        return [
            await fetch_taken(
                each.everyone, filter, orde, part, info.context, named=each.named
            )
            for each in parents  # a klantbeeld is a root field: there is one
        ]
