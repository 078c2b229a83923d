"""Anything that has an id, asked for again by it."""

from collections.abc import Awaitable, Callable, Mapping
from types import MappingProxyType
from typing import NamedTuple
from uuid import UUID

from gateway.context import RequestContext
from gateway.errors import BadInput, Forbidden
from gateway.identificatie import partij
from gateway.identity.policy.fields import FIELDS
from gateway.identity.policy.rules import Rule
from gateway.identity.sight.passed import Reached
from gateway.identity.sight.sight import absent
from schema.node import decode_id

Read = Callable[[UUID, RequestContext], Awaitable[object]]


class _Kind(NamedTuple):
    """One kind of node: who may ask for it, and how it is read."""

    rule: Rule
    read: Read


async def _partij(key: UUID, context: RequestContext) -> object:
    context.sight.look_up(partij(key))
    found = await context.store.partijen.partijen_by_id([key])
    disclosed = context.sight.undisclosed(None) is None
    return (await context.sight.partijen(found, disclosed=disclosed))[0]


async def _klantcontact(key: UUID, context: RequestContext) -> object:
    found = await context.store.klantcontacten.klantcontacten_by_id([key])
    return (await context.sight.klantcontacten(found, Reached.INTERACTIE))[0]


async def _interne_taak(key: UUID, context: RequestContext) -> object:
    found = await context.store.interne_taken.interne_taken_by_id([key])
    return context.sight.interne_taken(found)[0]


async def _actor(key: UUID, context: RequestContext) -> object:
    found = await context.store.actoren.actoren_by_id([key])
    return context.sight.let_pass(found)[0] or absent()


# As asked for by their own root fields, at the level that these need.
_ROOTS = FIELDS["Query"].fields
_KINDS: Mapping[str, _Kind] = MappingProxyType(
    {
        "Partij": _Kind(_ROOTS["partij"], _partij),
        "Klantcontact": _Kind(_ROOTS["klantcontact"], _klantcontact),
        "InterneTaak": _Kind(_ROOTS["interneTaken"], _interne_taak),
        "Actor": _Kind(_ROOTS["actoren"], _actor),
    }
)


async def fetch_node(value: str, context: RequestContext) -> object:
    """Read what an id names, if who asks may see it.

    Raises:
        BadInput: it is no id, or one of something that is no node.
    """
    name, key = decode_id(value, "id")
    if name not in _KINDS:
        raise BadInput("id", f"must be the id of one of {', '.join(_KINDS)}")
    kind = _KINDS[name]
    refused = context.sight.decided(kind.rule)
    if refused is None:
        return await kind.read(key, context)
    # To a klant, what is not for klanten is not there.
    hidden = context.sight.caller.is_klant and isinstance(refused, Forbidden)
    return absent() if hidden else refused
