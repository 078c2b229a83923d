"""What tells when a partij is due."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from typing import cast
from uuid import UUID

import msgspec
from sqlalchemy import (
    Select,
    Uuid,
    any_,
    cast as sql_cast,
    func,
    select,
    text,
    union_all,
)

from gateway.store.reader import uuids
from gateway.store.retention.draden import keys
from gateway.store.retention.trail import owner_of_removed, removed_from
from gateway.store.tables import (
    betrokkenen,
    laatste_contacten,
    metadata,
    mutaties,
    partijen,
    toestemmingen,
)
from gateway.store.writing.transaction import Transaction


class Partij(msgspec.Struct, frozen=True, kw_only=True):
    """What of a partij tells when it is due.

    Attributes:
        namens: whom it acted for, of a contactpersoon.
        laatst: when it was last in touch; None where nothing tells.
        betrokken: how often it took part in a klantcontact that is still there.
        contactpersonen: how many acted for it.
    """

    id: UUID
    namens: UUID | None
    laatst: date | None
    betrokken: int
    contactpersonen: int


async def count_partijen(tx: Transaction) -> int:
    """Say how many there are."""
    ((number,),) = await tx.run(select(func.count()).select_from(_P))
    return cast("int", number)


async def partijen_after(
    tx: Transaction, after: UUID, limit: int, *, contactpersonen: bool
) -> list[UUID]:
    """Give the next keys: of contactpersonen, or of all others."""
    is_one = _P.c.soort_partij == "contactpersoon"
    rows = await tx.run(
        select(_P.c.id)
        .where(_P.c.id > after, is_one if contactpersonen else ~is_one)
        .order_by(_P.c.id)
        .limit(limit)
    )
    return keys(rows)


async def lock_partijen(tx: Transaction, ids: Sequence[UUID]) -> None:
    """Have nobody refer to them anew, or change them."""
    found = select(_P.c.id).where(_P.c.id == any_(uuids("ids"))).order_by(_P.c.id)
    await tx.run(found.with_for_update(), {"ids": list(ids)})


async def read_partijen(tx: Transaction, ids: Sequence[UUID]) -> list[Partij]:
    """Read partijen, by key; those that are gone are left out."""
    rows = await tx.run(_FACTS, {"ids": list(ids)})
    changed = await tx.run(_CHANGED, {"ids": list(ids)})
    changes = dict(cast("Sequence[tuple[UUID, datetime]]", changed))
    return [
        Partij(
            id=cast("UUID", key),
            namens=cast("UUID | None", namens),
            laatst=_last(
                [
                    *cast("Sequence[date | datetime | None]", moments),
                    changes.get(cast("UUID", key)),
                ]
            ),
            betrokken=cast("int", betrokken),
            contactpersonen=cast("int", contactpersonen),
        )
        for key, namens, betrokken, contactpersonen, *moments in map(tuple, rows)
    ]


def _last(moments: Sequence[date | datetime | None]) -> date | None:
    days = [
        each.astimezone(UTC).date() if isinstance(each, datetime) else each
        for each in moments
        if each is not None
    ]
    return max(days, default=None)


_IDS = any_(uuids("ids"))
_P, _B, _T, _M = partijen, betrokkenen, toestemmingen, mutaties
_ACTED = partijen.alias("acted")
_L = laatste_contacten
_FACTS = (
    select(
        _P.c.id,
        _P.c.namens_partij_id,
        select(func.count()).where(_B.c.partij_id == _P.c.id).scalar_subquery(),
        select(func.count())
        .where(_ACTED.c.namens_partij_id == _P.c.id)
        .scalar_subquery(),
        select(func.max(_B.c.plaatsgevonden_op))
        .where(_B.c.partij_id == _P.c.id)
        .scalar_subquery(),
        select(_L.c.dag).where(_L.c.partij_id == _P.c.id).scalar_subquery(),
        select(func.max(func.greatest(_T.c.gegeven_op, _T.c.ingetrokken_op)))
        .where(_T.c.partij_id == _P.c.id)
        .scalar_subquery(),
        _P.c.vastgesteld_op,
    )
    .where(_P.c.id == _IDS)
    .order_by(_P.c.id)
)


def _its() -> Iterator[Select[tuple[object, ...]]]:
    """Give whose it is, and the key, of partijen and what hangs on them.

    Whatever table comes later is among them when its foreign key cascades.
    """
    yield select(_P.c.id.label("partij"), _P.c.id.label("key")).where(_P.c.id == _IDS)
    for table in metadata.sorted_tables:
        for way in table.foreign_key_constraints:
            owned = way.ondelete == "CASCADE" and way.referred_table is _P
            if owned and "id" in table.c:
                whose = table.c[way.column_keys[0]]
                yield select(whose, table.c.id).where(whose == _IDS)


def _changes() -> Select[tuple[object, ...]]:
    """Say when partijen had own data changed, in no klantcontact: they were in touch.

    What an import changed tells nothing of that. In the graph no name has a space.
    """
    by_them = _M.c.mutatie.not_like(text("'import %'"))
    its = union_all(*_its()).subquery()
    kept = select(its.c.partij, _M.c.moment).join_from(
        its, _M, _M.c.record_id == its.c.key
    )
    removed = select(sql_cast(owner_of_removed(), Uuid), _M.c.moment)
    every = union_all(
        kept.where(by_them), removed.where(removed_from(), by_them)
    ).subquery()
    partij, moment = every.c
    return select(partij, func.max(moment)).group_by(partij)


_CHANGED = _changes()
