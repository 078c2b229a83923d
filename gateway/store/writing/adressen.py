"""Adressen and digitale adressen of a partij, which is locked meanwhile."""

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import select, update

from gateway.store.tables import adressen, digitale_adressen
from gateway.store.writing import contactgegevens
from gateway.store.writing.transaction import Transaction, columns_of

Row = Mapping[str, object]


async def owner_of_digitaal_adres(tx: Transaction, key: UUID) -> UUID | None:
    """Say which partij's one is; None where there is none, or it is no partij's."""
    return await contactgegevens.owner_of(tx, digitale_adressen, key)


async def digitale_adressen_of(tx: Transaction, partij: UUID) -> dict[UUID, Row]:
    """Read those of a partij, by key."""
    found = await tx.run(
        select(digitale_adressen)
        .where(digitale_adressen.c.partij_id == partij)
        .order_by(digitale_adressen.c.id)
        .with_for_update()
    )
    return {each.id: columns_of(each) for each in found}


async def add_digitaal_adres(tx: Transaction, row: Row) -> None:
    """Add one."""
    await tx.insert(digitale_adressen, [row])


async def change_digitaal_adres(tx: Transaction, key: UUID, changes: Row) -> None:
    """Change columns of one, and raise its version."""
    await tx.run(
        update(digitale_adressen)
        .where(digitale_adressen.c.id == key)
        .values(versie=digitale_adressen.c.versie + 1, **changes)
    )


async def remove_digitaal_adres(tx: Transaction, key: UUID) -> None:
    """Remove one, with the code that would verify it."""
    await contactgegevens.remove(tx, digitale_adressen, key)


async def adres_of(tx: Transaction, partij: UUID, soort: str) -> Row | None:
    """Read the adres of a soort that a partij has."""
    rows = await tx.run(
        select(adressen)
        .where(adressen.c.partij_id == partij, adressen.c.soort == soort)
        .with_for_update()
    )
    return columns_of(rows[0]) if rows else None


async def add_adres(tx: Transaction, row: Row) -> None:
    """Add one."""
    await tx.insert(adressen, [row])


async def change_adres(tx: Transaction, key: UUID, changes: Row) -> None:
    """Change columns of one."""
    await tx.run(update(adressen).where(adressen.c.id == key).values(**changes))


async def remove_adres(tx: Transaction, key: UUID) -> None:
    """Remove one."""
    await contactgegevens.remove(tx, adressen, key)
