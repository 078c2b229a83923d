"""Threads of klantcontacten, and what tells when one is due.

A klantcontact belongs together with what it followed on (an earlier klantcontact, or the
interne taak of one), and with what followed on it.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import TypeVar, cast
from uuid import UUID

import msgspec
from sqlalchemy import (
    CompoundSelect,
    FromClause,
    Row,
    Select,
    any_,
    func,
    literal,
    select,
    union_all,
)
from sqlalchemy.dialects.postgresql import array

from gateway.identificator import Identificator
from gateway.store.reader import uuids
from gateway.store.tables import (
    betrokkenen,
    interne_taken,
    klantcontacten,
    onderwerpen,
)
from gateway.store.writing.transaction import Transaction

T = TypeVar("T")
Rows = Sequence[Row[tuple[object, ...]]]


class Zaakverwijzing(msgspec.Struct, frozen=True):
    """A zaak as onderwerp: by URL, or in four parts."""

    url: str | None
    identificator: Identificator | None


class Klantcontact(msgspec.Struct, frozen=True, kw_only=True):
    """What of a klantcontact tells when it is due.

    Attributes:
        laatst: when it, or the last of its interne taken, was done with.
        betrokkenen: how many took part.
        partijen: of its betrokkenen, one for each that has one.
        open_taken: how many interne taken are still to be done.
        zaken: what it was about.
    """

    id: UUID
    laatst: datetime
    betrokkenen: int
    partijen: tuple[UUID, ...]
    open_taken: int
    zaken: tuple[Zaakverwijzing, ...]

    @property
    def is_aangehaakt(self) -> bool:
        """Whether somebody took part who is known."""
        return bool(self.partijen)


Draad = tuple[Klantcontact, ...]
"""Klantcontacten that belong together, by key."""


async def klantcontacten_after(tx: Transaction, after: UUID, limit: int) -> list[UUID]:
    """Give the next keys."""
    rows = await tx.run(
        select(_K.c.id).where(_K.c.id > after).order_by(_K.c.id).limit(limit)
    )
    return keys(rows)


async def count_klantcontacten(tx: Transaction) -> int:
    """Say how many there are."""
    ((number,),) = await tx.run(select(func.count()).select_from(_K))
    return cast("int", number)


async def klantcontacten_of(tx: Transaction, partij: UUID) -> list[UUID]:
    """Give those in which a partij took part."""
    rows = await tx.run(
        select(_B.c.klantcontact_id)
        .distinct()
        .where(_B.c.partij_id == partij)
        .order_by(_B.c.klantcontact_id)
    )
    return keys(rows)


async def draden(tx: Transaction, ids: Sequence[UUID]) -> list[Draad]:
    """Read the threads of klantcontacten; each once, those that are gone left out."""
    members: dict[UUID, list[UUID]] = defaultdict(list)
    for begin, member in cast("Sequence[tuple[UUID, UUID]]", await _connected(tx, ids)):
        members[begin].append(member)
    distinct = {tuple(sorted(each)) for each in members.values()}
    every = sorted({key for each in distinct for key in each})
    known = {each.id: each for each in await _klantcontacten(tx, every)}
    found = (tuple(known[key] for key in each if key in known) for each in distinct)
    return sorted(filter(None, found), key=lambda draad: draad[0].id)


async def followed(tx: Transaction, ids: Sequence[UUID]) -> list[tuple[UUID, UUID]]:
    """Say what followed on klantcontacten: the earlier and the later one."""
    rows = await tx.run(
        union_all(
            select(_O.c.onderwerp_klantcontact_id, _O.c.klantcontact_id).where(
                _O.c.onderwerp_klantcontact_id == any_(uuids("ids"))
            ),
            select(_T.c.klantcontact_id, _O.c.klantcontact_id)
            .join_from(_T, _O, _O.c.interne_taak_id == _T.c.id)
            .where(_T.c.klantcontact_id == any_(uuids("ids"))),
        ),
        {"ids": list(ids)},
    )
    return list(cast("Sequence[tuple[UUID, UUID]]", rows))


async def lock(tx: Transaction, ids: Sequence[UUID]) -> None:
    """Have nobody add to klantcontacten, or change what tells when they are due."""
    for table, column in (
        (_K, _K.c.id),
        (_T, _T.c.klantcontact_id),
        (_B, _B.c.klantcontact_id),
    ):
        owned = select(table.c.id).where(column == any_(uuids("ids")))
        await tx.run(owned.order_by(table.c.id).with_for_update(), {"ids": list(ids)})


def keys(rows: Rows) -> list[UUID]:
    """Give the first column."""
    return [cast("UUID", row[0]) for row in rows]


_K, _B, _T, _O = klantcontacten, betrokkenen, interne_taken, onderwerpen


def _neighbours(of: FromClause) -> CompoundSelect[tuple[object, ...]]:
    """Select what a klantcontact followed on, and what followed on it."""
    followed = _O.join(_T, _T.c.id == _O.c.interne_taak_id)
    own, its_taak = _O.c.klantcontact_id, _T.c.klantcontact_id
    earlier = _O.c.onderwerp_klantcontact_id
    return union_all(
        select(earlier.label("id")).where(own == of.c.id, earlier.is_not(None)),
        select(its_taak).select_from(followed).where(own == of.c.id),
        select(own).where(earlier == of.c.id),
        select(own).select_from(followed).where(its_taak == of.c.id),
    )


async def _connected(tx: Transaction, ids: Sequence[UUID]) -> Rows:
    begin = select(_K.c.id.label("begin"), _K.c.id).where(_K.c.id == any_(uuids("ids")))
    found = begin.cte("draad", recursive=True)
    beside = _neighbours(found).lateral("beside")
    further = select(found.c.begin, beside.c.id).select_from(
        found.join(beside, literal(value=True))
    )
    every = found.union(further)
    return await tx.run(select(every.c.begin, every.c.id), {"ids": list(ids)})


async def _klantcontacten(tx: Transaction, ids: Sequence[UUID]) -> list[Klantcontact]:
    moments: dict[UUID, list[datetime]] = await _owned(tx, _MOMENTS, ids)
    partijen: dict[UUID, list[UUID | None]] = await _owned(tx, _PARTIJEN, ids)
    taken: dict[UUID, list[datetime | None]] = await _owned(tx, _TAKEN, ids)
    zaken: dict[UUID, list[list[str | None]]] = await _owned(tx, _ZAKEN, ids)
    return [
        Klantcontact(
            id=key,
            laatst=max([*own, *filter(None, taken[key])]),
            betrokkenen=len(partijen[key]),
            partijen=tuple(each for each in partijen[key] if each is not None),
            open_taken=taken[key].count(None),
            zaken=tuple(_zaak(*each) for each in zaken[key]),
        )
        for key, own in list(moments.items())
    ]


async def _owned(
    tx: Transaction, statement: Select[tuple[UUID, T]], ids: Sequence[UUID]
) -> dict[UUID, list[T]]:
    """Run a statement that gives keys of owners and a value for each."""
    found: defaultdict[UUID, list[T]] = defaultdict(list)
    rows = await tx.run(statement, {"ids": list(ids)})
    for key, value in cast("Sequence[tuple[UUID, T]]", rows):
        found[key].append(value)
    return found


def _zaak(url: str | None, *parts: str | None) -> Zaakverwijzing:
    four = [each for each in parts if each is not None]
    return Zaakverwijzing(url, None if url else Identificator(*four))


_MOMENTS = select(
    _K.c.id, func.coalesce(_K.c.beeindigd_op, _K.c.plaatsgevonden_op)
).where(_K.c.id == any_(uuids("ids")))
_PARTIJEN = (
    select(_B.c.klantcontact_id, _B.c.partij_id)
    .where(_B.c.klantcontact_id == any_(uuids("ids")))
    .order_by(_B.c.id)
)
_TAKEN = select(_T.c.klantcontact_id, _T.c.verwerkt_op).where(
    _T.c.klantcontact_id == any_(uuids("ids"))
)
_ZAKEN = (
    select(
        _O.c.klantcontact_id,
        array(
            [
                *(_O.c.url, _O.c.code_register, _O.c.code_objecttype),
                *(_O.c.code_soort_object_id, _O.c.object_id),
            ]
        ),
    )
    .where(_O.c.klantcontact_id == any_(uuids("ids")), _O.c.vorm == "zaak")
    .order_by(_O.c.klantcontact_id, _O.c.volgorde)
)
