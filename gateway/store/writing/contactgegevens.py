"""What belongs to one partij, by its own key."""

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import Table, delete, select

from gateway.store.writing.transaction import Transaction, columns_of

Row = Mapping[str, object]


async def owner_of(tx: Transaction, table: Table, key: UUID) -> UUID | None:
    """Say whose a row is; None where there is none, or it is no partij's."""
    rows = await tx.run(select(table.c.partij_id).where(table.c.id == key))
    return rows[0].partij_id if rows else None


async def lock(tx: Transaction, table: Table, key: UUID) -> Row | None:
    """Read a row, which nobody else changes before the end."""
    rows = await tx.run(select(table).where(table.c.id == key).with_for_update())
    return columns_of(rows[0]) if rows else None


async def remove(tx: Transaction, table: Table, key: UUID) -> None:
    """Remove a row, and what is its own."""
    await tx.run(delete(table).where(table.c.id == key))
