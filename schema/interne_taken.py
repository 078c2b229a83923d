"""Pages of interne taken: a work list, or what followed for some partijen."""

from typing import Annotated
from uuid import UUID

import strawberry

from gateway.context import RequestContext
from gateway.identity.sight.passed import Reached
from gateway.store import interne_taken
from gateway.store.keyset import Slice, window
from schema.connection import PageOf, given
from schema.enums import InterneTaakOrde, Taakstatus
from schema.klantcontact import nummer_of
from schema.node import key_of


@strawberry.input(description="Welke interne taken; alles wat gegeven is moet gelden.")
class InterneTaakFilter:
    """All of what is given."""

    status: Taakstatus | None = strawberry.field(
        default=strawberry.UNSET, description="Met deze status."
    )
    actor: strawberry.ID | None = strawberry.field(
        default=strawberry.UNSET,
        description="Toegewezen aan deze actor: de werklijst van een medewerker of"
        " afdeling.",
    )
    nummer: str | None = strawberry.field(
        default=strawberry.UNSET, description="Met dit nummer."
    )


_ORDERS = {
    InterneTaakOrde.LANGST_WACHTEND_EERST: interne_taken.LANGST_WACHTEND_EERST,
    InterneTaakOrde.KORTST_WACHTEND_EERST: interne_taken.KORTST_WACHTEND_EERST,
}

TaakFilter = Annotated[
    InterneTaakFilter | None,
    strawberry.argument(description="Welke interne taken; zonder filter alle."),
]
TaakOrde = Annotated[InterneTaakOrde, strawberry.argument(description="De volgorde.")]


async def fetch_taken(
    partijen: tuple[UUID, ...] | None,
    asked: InterneTaakFilter | None,
    orde: InterneTaakOrde,
    part: Slice,
    context: RequestContext,
    *,
    named: tuple[UUID, ...] | None = None,
) -> PageOf[interne_taken.InterneTaak, interne_taken.Question]:
    """A page, of some partijen's klantcontacten or of all there are.

    Args:
        partijen: whose; None for everyone's.
        asked: which taken.
        orde: the order.
        part: which page.
        context: the request's.
        named: what the cursors are bound to; default: the partijen themselves.

    Raises:
        BadInput: the filter, or the part asked, breaks a rule.
    """
    store, order = context.store.interne_taken, _ORDERS[orde]
    narrowed = context.sight.narrowed_taken(filter_of(asked))
    question = interne_taken.Question(partijen, narrowed)
    bound_to = interne_taken.Question(named or partijen, question.filter)
    place = window(part, order, context.limits, question=bound_to)
    page = await store.find(question, order, place)
    everyones = partijen is None
    reached = Reached.INTERACTIE if everyones else Reached.KLANTBEELD
    context.sight.interne_taken(page.nodes, reached, whose_is_known=not everyones)
    return PageOf(page, question, store.count)


def filter_of(asked: InterneTaakFilter | None) -> interne_taken.InterneTaakFilter:
    """Say what the store should look for.

    Raises:
        BadInput: names the field and the rule.
    """
    asked = given(asked) or InterneTaakFilter()
    actor = given(asked.actor)
    return interne_taken.InterneTaakFilter(
        status=given(asked.status),
        actor_id=None if actor is None else key_of(actor, "Actor", "filter.actor"),
        nummer=nummer_of(given(asked.nummer), "filter.nummer"),
    )
