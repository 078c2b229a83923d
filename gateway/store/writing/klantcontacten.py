"""Klantcontacten are added with all their parts; later only parts, and corrections."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Row as Found, func, select, update
from sqlalchemy.dialects.postgresql import insert

from gateway.store.tables import (
    adressen,
    anonieme_contacten,
    betrokkenen,
    digitale_adressen,
    inhoudsdelen,
    interne_taken,
    klantcontact_actoren,
    klantcontacten,
    onderwerpen,
)
from gateway.store.writing.transaction import Transaction, columns_of

Row = Mapping[str, object]


async def add(tx: Transaction, row: Row, actoren: Iterable[UUID]) -> None:
    """Add one, and who acted for the municipality in it."""
    await tx.insert(klantcontacten, [row])
    await add_actoren(tx, row["id"], actoren)


async def add_actoren(tx: Transaction, key: object, actoren: Iterable[UUID]) -> None:
    """Add actoren; one that is there already, stays."""
    rows = [
        {"klantcontact_id": key, "actor_id": each} for each in dict.fromkeys(actoren)
    ]
    if rows:
        await tx.run(insert(klantcontact_actoren).values(rows).on_conflict_do_nothing())


async def add_betrokkenen(tx: Transaction, rows: Sequence[Row]) -> None:
    """Add those who took part."""
    await tx.insert(betrokkenen, rows)


async def add_contactgegevens(
    tx: Transaction, places: Sequence[Row], digital: Sequence[Row]
) -> None:
    """Add where betrokkenen can be reached, for this one contact."""
    await tx.insert(adressen, places)
    await tx.insert(digitale_adressen, digital)


async def add_onderwerpen(tx: Transaction, rows: Sequence[Row]) -> None:
    """Add what it was about."""
    await tx.insert(onderwerpen, rows)


async def add_inhoud(tx: Transaction, rows: Sequence[Row]) -> None:
    """Add what it contained."""
    await tx.insert(inhoudsdelen, rows)


async def lock(tx: Transaction, key: UUID) -> dict[str, object] | None:
    """Read one, which nobody else changes before the end."""
    asked = select(klantcontacten).where(klantcontacten.c.id == key).with_for_update()
    rows = await tx.run(asked)
    return columns_of(rows[0]) if rows else None


async def change(tx: Transaction, key: UUID, changes: Row) -> None:
    """Change columns of one; its betrokkenen take over its moment."""
    await tx.run(
        update(klantcontacten).where(klantcontacten.c.id == key).values(**changes)
    )


async def lengths(tx: Transaction, key: UUID) -> tuple[int, int]:
    """Give the last volgorde of its onderwerpen, and of its inhoud."""
    found = [
        await tx.run(
            select(func.coalesce(func.max(table.c.volgorde), 0).label("last")).where(
                table.c.klantcontact_id == key
            )
        )
        for table in (onderwerpen, inhoudsdelen)
    ]
    (about,), (contained,) = found
    return about.last, contained.last


async def delen(tx: Transaction, key: UUID) -> dict[str, dict[UUID, dict[str, object]]]:
    """Read its parts, by table and key."""
    return {
        table.name: {
            each.id: columns_of(each)
            for each in await tx.run(
                select(table).where(table.c.klantcontact_id == key).with_for_update()
            )
        }
        for table in (onderwerpen, inhoudsdelen, betrokkenen)
    }


async def change_deel(tx: Transaction, table: str, key: UUID, changes: Row) -> None:
    """Change columns of one part."""
    named = {each.name: each for each in (onderwerpen, inhoudsdelen, betrokkenen)}
    chosen = named[table]
    await tx.run(update(chosen).where(chosen.c.id == key).values(**changes))


async def lock_betrokkene(tx: Transaction, key: UUID) -> dict[str, object] | None:
    """Read one who took part, which nobody else changes before the end."""
    asked = select(betrokkenen).where(betrokkenen.c.id == key).with_for_update()
    rows = await tx.run(asked)
    return columns_of(rows[0]) if rows else None


class Known(NamedTuple):
    """A klantcontact that is there: what is referred to, or what a taak hangs on."""

    id: UUID
    vertrouwelijk: bool
    plaatsgevonden_op: datetime


async def known_klantcontacten(
    tx: Transaction, keys: Iterable[UUID]
) -> dict[UUID, Known]:
    """Read which of these are there, by key, and keep them until the end."""
    asked = (
        select(*(klantcontacten.c[name] for name in Known._fields))
        .where(klantcontacten.c.id.in_(set(keys)))
        .order_by(klantcontacten.c.id)
        .with_for_update(read=True, key_share=True)
    )
    return {each.id: _known(each) for each in await tx.run(asked)}


async def known_taken(tx: Transaction, keys: Iterable[UUID]) -> dict[UUID, Known]:
    """Read what each of these hangs on, by the taak's key, and keep both."""
    columns = (klantcontacten.c[name] for name in Known._fields)
    asked = (
        select(interne_taken.c.id.label("taak"), *columns)
        .join(klantcontacten, klantcontacten.c.id == interne_taken.c.klantcontact_id)
        .where(interne_taken.c.id.in_(set(keys)))
        .order_by(klantcontacten.c.id)
        .with_for_update(read=True, key_share=True)
    )
    return {each.taak: _known(each) for each in await tx.run(asked)}


def _known(row: Found[Any]) -> Known:
    return Known(row.id, row.vertrouwelijk, row.plaatsgevonden_op)


async def count_anonymous(tx: Transaction, kanaal: str, dag: date) -> None:
    """Count a contact that is no klantcontact."""
    added = insert(anonieme_contacten).values(kanaal=kanaal, dag=dag, aantal=1)
    await tx.run(
        added.on_conflict_do_update(
            index_elements=["kanaal", "dag"],
            set_={"aantal": anonieme_contacten.c.aantal + 1},
        )
    )
