"""Actoren are added, and changed."""

from collections.abc import Iterable, Mapping
from uuid import UUID

import msgspec
from sqlalchemy import select, update

from gateway.identificator import Identificator
from gateway.store.tables import actoren
from gateway.store.writing.transaction import Transaction, columns_of


async def add(
    tx: Transaction, row: Mapping[str, object], identificator: Identificator | None
) -> None:
    """Add one.

    Raises:
        Violated: another has the same identificator (`uq_actoren_identificator`).
    """
    named = {} if identificator is None else msgspec.structs.asdict(identificator)
    await tx.insert(actoren, [{**row, **named}])


async def lock(tx: Transaction, key: UUID) -> Mapping[str, object] | None:
    """Read one, which nobody else changes before the end."""
    rows = await tx.run(select(actoren).where(actoren.c.id == key).with_for_update())
    return columns_of(rows[0]) if rows else None


async def change(tx: Transaction, key: UUID, changes: Mapping[str, object]) -> None:
    """Change columns of one."""
    await tx.run(update(actoren).where(actoren.c.id == key).values(**changes))


async def active(tx: Transaction, keys: Iterable[UUID]) -> dict[UUID, bool]:
    """Say of those that are there whether they are active, and keep them so."""
    asked = (
        select(actoren.c.id, actoren.c.indicatie_actief)
        .where(actoren.c.id.in_(set(keys)))
        .with_for_update(read=True)
    )
    return {each.id: each.indicatie_actief for each in await tx.run(asked)}
