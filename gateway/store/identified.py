"""Looking up by an identificatie: one row of externe identificaties."""

from uuid import UUID

import msgspec
from sqlalchemy import ColumnElement, exists, select

from gateway.identificatie import Identificatie
from gateway.store import tables
from gateway.store.compiled import Shape
from gateway.store.reader import given

_IDENTIFYING = "identificatie_"


def identified_by(partij_id: ColumnElement[UUID], asked: Shape) -> ColumnElement[bool]:
    """That register, soort and value match on one and the same identificatie.

    The values are `identifying`'s.
    """
    found = tables.externe_identificaties.alias()
    wanted = [
        found.c[name.removeprefix(_IDENTIFYING)] == given(name)
        for name in sorted(asked)
        if name.startswith(_IDENTIFYING)
    ]
    return exists(select(found.c.id).where(found.c.partij_id == partij_id, *wanted))


def identifying(identificatie: Identificatie | None) -> dict[str, str]:
    """The parameters of `identified_by`; a land or KVK-nummer counts where given."""
    if identificatie is None:
        return {}
    fields = msgspec.structs.asdict(identificatie).items()
    return {
        f"{_IDENTIFYING}{name}": value for name, value in fields if value is not None
    }


def is_identifying(asked: Shape) -> bool:
    """Whether an identificatie is given."""
    return any(name.startswith(_IDENTIFYING) for name in asked)
