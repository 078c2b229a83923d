"""Pages of klantcontacten: of everyone, or of some partijen together."""

from collections.abc import Sequence
from typing import Annotated
from uuid import UUID

import msgspec
import strawberry

from gateway.context import RequestContext
from gateway.errors import GatewayError
from gateway.identity.sight.passed import Reached
from gateway.registers.directory import Directory
from gateway.store import klantcontacten
from gateway.store.keyset import Order, Slice, Window, window
from schema.connection import PageOf, slice_of
from schema.enums import KlantcontactOrde
from schema.klantcontact import KlantcontactFilter, filter_of

_ORDERS = {
    KlantcontactOrde.NIEUWSTE_EERST: klantcontacten.NIEUWSTE_EERST,
    KlantcontactOrde.OUDSTE_EERST: klantcontacten.OUDSTE_EERST,
}

Filter = Annotated[
    KlantcontactFilter | None,
    strawberry.argument(description="Welke klantcontacten; zonder filter alle."),
]
Orde = Annotated[KlantcontactOrde, strawberry.argument(description="De volgorde.")]


class Asked(msgspec.Struct, frozen=True):
    """The arguments of a field that gives a page of klantcontacten."""

    filter: klantcontacten.KlantcontactFilter
    order: Order
    slice: Slice


PageOfKlantcontacten = PageOf[klantcontacten.Klantcontact, klantcontacten.Question]


def asked_of(
    filter: KlantcontactFilter | None,  # noqa: A002 - the graph's own word
    orde: KlantcontactOrde,
    first: int | None,
    after: str | None,
    last: int | None,
    before: str | None,
    *,
    context: RequestContext,
) -> Asked:
    """Put the arguments together.

    Raises:
        BadInput: the filter breaks a rule.
        Forbidden: it asks for what is not for who asks.
    """
    narrowed = context.sight.narrowed(filter_of(filter))
    asked = with_onderwerp_in_parts(narrowed, context.registers.directory)
    return Asked(asked, _ORDERS[orde], slice_of(first, after, last, before))


def with_onderwerp_in_parts(
    asked: klantcontacten.KlantcontactFilter, directory: Directory
) -> klantcontacten.KlantcontactFilter:
    """Look for a URL in the form of four parts too, as its register is called there."""
    url = asked.onderwerp_url
    owner = None if url is None else directory.owner_of_asked(url)
    if url is None or owner is None:
        return asked
    return msgspec.structs.replace(
        asked,
        onderwerp_codes=tuple(alias.lower() for alias in owner.aliases),
        onderwerp_uuid=url.rpartition("/")[2].lower(),
    )


async def fetch_page(asked: Asked, context: RequestContext) -> PageOfKlantcontacten:
    """A page of all there are.

    Raises:
        BadInput: the part asked breaks a rule.
    """
    question = klantcontacten.Question(None, asked.filter)
    store = context.store.klantcontacten
    page = await store.find(
        asked.filter, asked.order, _window(asked, question, context)
    )
    context.sight.page(page.nodes, Reached.GEZOCHT)
    return PageOf(page, question, store.count)


async def fetch_pages(
    owners: Sequence[tuple[UUID, ...]],
    asked: Asked,
    context: RequestContext,
    *,
    named: Sequence[tuple[UUID, ...]] | None = None,
) -> list[PageOfKlantcontacten | GatewayError]:
    """A page for each owner, of its partijen together.

    A cursor of another owner is that owner's error.

    Args:
        owners: whose klantcontacten.
        asked: the arguments of the field.
        context: the request's.
        named: what the cursors are bound to, where partijen may join the owner while
            somebody turns the pages; default: the owners themselves.
    """
    store = context.store.klantcontacten
    questions = [klantcontacten.Question(owner, asked.filter) for owner in owners]
    windows = [
        _window_or_error(asked, klantcontacten.Question(names, asked.filter), context)
        for names in named or owners
    ]
    good = [
        (question, found)
        for question, found in zip(questions, windows, strict=True)
        if isinstance(found, Window)
    ]
    found_pages = (
        await store.find_by_partijen(
            [question.partijen or () for question, _ in good],
            asked.filter,
            asked.order,
            [found for _, found in good],
        )
        if good
        else []
    )
    for page in found_pages:
        context.sight.page(page.nodes, Reached.KLANTBEELD)
    pages = iter(found_pages)
    return [
        PageOf(next(pages), question, store.count)
        if isinstance(found, Window)
        else found
        for question, found in zip(questions, windows, strict=True)
    ]


def _window(
    asked: Asked, question: klantcontacten.Question, context: RequestContext
) -> Window:
    return window(asked.slice, asked.order, context.limits, question=question)


def _window_or_error(
    asked: Asked, question: klantcontacten.Question, context: RequestContext
) -> Window | GatewayError:
    try:
        return _window(asked, question, context)
    except GatewayError as error:
        return error
