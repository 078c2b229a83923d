"""Codes that verify a digitaal adres: one for each, and only a hash of it."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.dialects.postgresql import insert

from gateway.store.tables import verificatiecodes
from gateway.store.writing.transaction import Transaction

_V = verificatiecodes


async def lock(tx: Transaction, adres: UUID) -> Mapping[str, object] | None:
    """Read the code of an adres, at which nobody else guesses before the end."""
    asked = select(_V).where(_V.c.digitaal_adres_id == adres).with_for_update()
    rows = await tx.run(asked)
    return dict(rows[0]._mapping) if rows else None  # noqa: SLF001 - its public name


async def put(
    tx: Transaction, adres: UUID, code: str, verloopt_op: datetime, *, pogingen: int
) -> None:
    """Put a code in the place of the one that was there.

    Args:
        tx: in which.
        adres: that it verifies.
        code: a keyed hash of it.
        verloopt_op: when it is good no longer.
        pogingen: how often one was wrong before.
    """
    row = {"code": code, "verloopt_op": verloopt_op, "pogingen": pogingen}
    added = insert(_V).values(digitaal_adres_id=adres, **row)
    await tx.run(
        added.on_conflict_do_update(index_elements=["digitaal_adres_id"], set_=row)
    )


async def count_wrong(tx: Transaction, adres: UUID) -> None:
    """Note that one was wrong."""
    await tx.run(
        update(_V)
        .where(_V.c.digitaal_adres_id == adres)
        .values(pogingen=_V.c.pogingen + 1)
    )


async def remove(tx: Transaction, adres: UUID) -> None:
    """Remove the code of an adres."""
    await tx.run(delete(_V).where(_V.c.digitaal_adres_id == adres))
