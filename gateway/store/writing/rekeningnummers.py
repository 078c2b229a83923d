"""Rekeningnummers of a partij, which is locked meanwhile."""

from collections.abc import Mapping
from uuid import UUID

from gateway.store.tables import rekeningnummers
from gateway.store.writing import contactgegevens
from gateway.store.writing.transaction import Transaction

Row = Mapping[str, object]


async def owner_of(tx: Transaction, key: UUID) -> UUID | None:
    """Say which partij's one is; None where there is none."""
    return await contactgegevens.owner_of(tx, rekeningnummers, key)


async def lock(tx: Transaction, key: UUID) -> Row | None:
    """Read one, which nobody else changes before the end."""
    return await contactgegevens.lock(tx, rekeningnummers, key)


async def add(tx: Transaction, row: Row) -> None:
    """Add one.

    Raises:
        Violated: the partij has it (`uq_rekeningnummers_partij_id_iban`).
    """
    await tx.insert(rekeningnummers, [row])


async def remove(tx: Transaction, key: UUID) -> None:
    """Remove one."""
    await contactgegevens.remove(tx, rekeningnummers, key)
