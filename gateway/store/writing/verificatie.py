"""Codes that verify a digitaal adres, and how often these were sent and were wrong."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

import msgspec
from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert

from gateway.store.tables import verificatiecodes, verificatietellingen
from gateway.store.writing.transaction import Transaction, columns_of

_V, _T = verificatiecodes, verificatietellingen
AT_ONCE = 100
"""How many rows that expired go with a new one."""


class Telling(msgspec.Struct, frozen=True):
    """Of one address of a partij; a row of `verificatietellingen`.

    Attributes:
        adres: a keyed hash of whose it is, and of itself.
        verloopt_op: until when it counts.
        verzonden: how many codes were sent there.
        pogingen: how many codes were wrong.
    """

    adres: str
    verloopt_op: datetime
    verzonden: int = 0
    pogingen: int = 0


async def lock(tx: Transaction, adres: UUID) -> Mapping[str, object] | None:
    """Read the code of an adres, at which nobody else guesses before the end."""
    asked = select(_V).where(_V.c.digitaal_adres_id == adres).with_for_update()
    rows = await tx.run(asked)
    return columns_of(rows[0]) if rows else None


async def put(tx: Transaction, adres: UUID, code: str, verloopt_op: datetime) -> None:
    """Put a code in the place of the one that was there.

    Args:
        tx: in which.
        adres: that it verifies.
        code: a keyed hash of it.
        verloopt_op: when it is good no longer.
    """
    row = {"code": code, "verloopt_op": verloopt_op}
    added = insert(_V).values(digitaal_adres_id=adres, **row)
    await tx.run(
        added.on_conflict_do_update(index_elements=["digitaal_adres_id"], set_=row)
    )


async def remove(tx: Transaction, adres: UUID) -> None:
    """Remove the code of an adres."""
    await tx.run(delete(_V).where(_V.c.digitaal_adres_id == adres))


async def telling(tx: Transaction, adres: str) -> Telling | None:
    """Read one; who has the partij locked, is the only one to change it."""
    rows = await tx.run(select(_T).where(_T.c.adres == adres))
    return Telling(**columns_of(rows[0])) if rows else None


async def put_telling(tx: Transaction, given: Telling) -> None:
    """Put one in the place of the one that was there."""
    row = msgspec.structs.asdict(given)
    added = insert(_T).values(row)
    await tx.run(added.on_conflict_do_update(index_elements=["adres"], set_=row))


async def forget(tx: Transaction, now: datetime) -> None:
    """Delete some of what has expired; what another has locked, is another's."""
    for table, key in ((_V, _V.c.id), (_T, _T.c.adres)):
        some = select(key).where(table.c.verloopt_op <= now).limit(AT_ONCE)
        expired = some.with_for_update(skip_locked=True)
        await tx.run(delete(table).where(key.in_(expired)))
