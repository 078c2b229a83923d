"""Interne taken are added, and changed; never removed but with their klantcontact."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

import msgspec
from sqlalchemy import ColumnElement, insert, select, update

from gateway.store.tables import interne_taak_actoren, interne_taken, klantcontacten
from gateway.store.writing.transaction import Transaction, columns_of


class Taak(msgspec.Struct, frozen=True):
    """One as it stands."""

    klantcontact_id: UUID
    gevraagde_handeling: str
    toelichting: str | None
    status: str
    toegewezen_op: datetime
    verwerkt_op: datetime | None
    versie: int


async def add(
    tx: Transaction,
    klantcontact_id: UUID,
    rows: Sequence[Mapping[str, object]],
    assigned: Sequence[tuple[UUID, UUID]],
) -> None:
    """Add some to a klantcontact, which is kept as it is until the end.

    Args:
        tx: takes them.
        klantcontact_id: its key.
        rows: of the taken, which are to be done.
        assigned: the key of a taak, and of an actor, each pair once.
    """
    if not rows:
        return
    moment = select(klantcontacten.c.plaatsgevonden_op).where(
        klantcontacten.c.id == klantcontact_id
    )
    own = {
        "status": "te_verwerken",
        "plaatsgevonden_op": moment.scalar_subquery(),
    }
    taken = [{**row, **own, "klantcontact_id": klantcontact_id} for row in rows]
    await tx.run(insert(interne_taken).values(taken))
    whose = [
        {"interne_taak_id": taak, "actor_id": actor, **own} for taak, actor in assigned
    ]
    await tx.run(insert(interne_taak_actoren).values(whose))


async def lock(tx: Transaction, key: UUID) -> Taak | None:
    """Read one, which nobody else changes before the end."""
    columns = [interne_taken.c[name] for name in Taak.__struct_fields__]
    asked = select(*columns).where(interne_taken.c.id == key).with_for_update()
    rows = await tx.run(asked)
    return Taak(**columns_of(rows[0])) if rows else None


async def change(tx: Transaction, key: UUID, changes: Mapping[str, object]) -> None:
    """Change columns of one, which becomes its next version."""
    await tx.run(
        update(interne_taken)
        .where(interne_taken.c.id == key)
        .values(versie=interne_taken.c.versie + 1, **changes)
    )


async def actoren_of(tx: Transaction, key: UUID) -> set[UUID]:
    """Say to whom one is assigned."""
    columns = interne_taak_actoren.c
    asked = select(columns.actor_id).where(columns.interne_taak_id == key)
    return {each.actor_id for each in await tx.run(asked)}


async def is_vertrouwelijk(tx: Transaction, klantcontact: UUID) -> bool | None:
    """Say whether a klantcontact is, and keep it until the end; None if there is none."""
    return await _is_vertrouwelijk(tx, klantcontacten.c.id == klantcontact)


async def is_vertrouwelijk_of(tx: Transaction, taak: UUID) -> bool | None:
    """Say it of what a taak hangs on, and keep that; None if there is no such taak."""
    hangs_on = select(interne_taken.c.klantcontact_id).where(interne_taken.c.id == taak)
    return await _is_vertrouwelijk(
        tx, klantcontacten.c.id == hangs_on.scalar_subquery()
    )


async def _is_vertrouwelijk(tx: Transaction, which: ColumnElement[bool]) -> bool | None:
    asked = (
        select(klantcontacten.c.vertrouwelijk)
        .where(which)
        .with_for_update(read=True, key_share=True)
    )
    rows = await tx.run(asked)
    return rows[0].vertrouwelijk if rows else None
