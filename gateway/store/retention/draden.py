"""Threads of klantcontacten, and what tells when one is due.

A klantcontact belongs together with what it followed on (an earlier klantcontact, or the
interne taak of one), and with what followed on it.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import TypeVar, cast
from uuid import UUID

import msgspec
from sqlalchemy import (
    Executable,
    Row,
    Select,
    any_,
    func,
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
    """An onderwerp elsewhere that may be a zaak: by URL, or in four parts.

    Attributes:
        is_zaak: whether it was recorded as one; what was recorded as another may be one
            all the same, as its register says.
    """

    url: str | None
    identificator: Identificator | None
    is_zaak: bool = True


class Klantcontact(msgspec.Struct, frozen=True, kw_only=True):
    """What of a klantcontact tells when it is due.

    Attributes:
        laatst: when it, or the last of its interne taken, was done with.
        betrokkenen: how many took part.
        partijen: of its betrokkenen, one for each that has one.
        open_taken: how many interne taken are still to be done.
        zaken: what it was about that may be a zaak.
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
    """Read the threads of klantcontacten; each once, those that are gone left out.

    Costs a statement for each step from one klantcontact to the next.
    """
    beside: defaultdict[UUID, set[UUID]] = defaultdict(set)
    seen: set[UUID] = set()
    new = set(ids)
    while new:
        seen |= new
        for earlier, later in await _pairs(tx, _LINKED, list(new)):
            beside[earlier].add(later)
            beside[later].add(earlier)
        new = set(beside) - seen
    known = {each.id: each for each in await _klantcontacten(tx, sorted(seen))}
    return [
        tuple(known[key] for key in sorted(each))
        for each in _connected(sorted(known), beside)
    ]


def _connected(
    every: Iterable[UUID], beside: Mapping[UUID, set[UUID]]
) -> Iterator[set[UUID]]:
    """Part keys into those that lead to one another, by their first."""
    left = dict.fromkeys(every)
    while left:
        found: set[UUID] = set()
        new = {next(iter(left))}
        while new:
            found |= new
            new = {key for each in new for key in beside.get(each, ())} - found
            new &= left.keys()
        for key in found:
            del left[key]
        yield found


async def followed(tx: Transaction, ids: Sequence[UUID]) -> list[tuple[UUID, UUID]]:
    """Say what followed on klantcontacten: the earlier and the later one."""
    return await _pairs(tx, _FOLLOWED, ids)


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


_PAIR = select(_O.c.onderwerp_klantcontact_id, _O.c.klantcontact_id)
_BY_TAAK = select(_T.c.klantcontact_id, _O.c.klantcontact_id).join_from(
    _O, _T, _T.c.id == _O.c.interne_taak_id
)
_FOLLOWED = union_all(
    _PAIR.where(_O.c.onderwerp_klantcontact_id == any_(uuids("ids"))),
    _BY_TAAK.where(_T.c.klantcontact_id == any_(uuids("ids"))),
)
_LINKED: Executable = union_all(
    _PAIR.where(
        _O.c.klantcontact_id == any_(uuids("ids")),
        _O.c.onderwerp_klantcontact_id.is_not(None),
    ),
    _BY_TAAK.where(_O.c.klantcontact_id == any_(uuids("ids"))),
    *_FOLLOWED.selects,
)


async def _pairs(
    tx: Transaction, statement: Executable, ids: Sequence[UUID]
) -> list[tuple[UUID, UUID]]:
    rows = await tx.run(statement, {"ids": list(ids)})
    return list(cast("Sequence[tuple[UUID, UUID]]", rows))


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


def _zaak(vorm: str | None, url: str | None, *parts: str | None) -> Zaakverwijzing:
    four = [each for each in parts if each is not None]
    identificator = None if url else Identificator(*four)
    return Zaakverwijzing(url, identificator, is_zaak=vorm == "zaak")


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
                *(_O.c.vorm, _O.c.url, _O.c.code_register, _O.c.code_objecttype),
                *(_O.c.code_soort_object_id, _O.c.object_id),
            ]
        ),
    )
    .where(
        _O.c.klantcontact_id == any_(uuids("ids")),
        func.num_nonnulls(_O.c.url, _O.c.object_id) > 0,
    )
    .order_by(_O.c.klantcontact_id, _O.c.volgorde)
)
