"""What was shown and changed of partijen, for whom they are: never who did it."""

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from uuid import UUID

import msgspec
from sqlalchemy import ARRAY, Select, Text, any_, bindparam, func, select, union

from gateway.store import tables
from gateway.store.compiled import Compiled, compiled
from gateway.store.keyset import Order, Page, Place, Window, bounds, page_of, within
from gateway.store.reader import Reader, columns, uuids
from gateway.store.retention.trail import removed_from


class Inzage(msgspec.Struct, frozen=True):
    """That something of a partij was shown.

    Attributes:
        soort_aanvrager: what kind of caller it was shown to.
        wat: what was asked: root fields of the graph.
        verwerking: why: a processing activity.
        verwerking_uri: of its entry in the register of these.
    """

    id: UUID
    moment: datetime
    soort_aanvrager: str
    wat: list[str]
    verwerking: str
    verwerking_uri: str


class Mutatie(msgspec.Struct, frozen=True):
    """That a record of a partij was made, changed or removed.

    Attributes:
        soort_aanvrager: what kind of caller did it.
        verwerking: why: a processing activity.
        handeling: what was done.
        soort: what the record is.
    """

    id: UUID
    moment: datetime
    soort_aanvrager: str
    verwerking: str
    handeling: str
    soort: str


def _key(record: Inzage | Mutatie) -> tuple[datetime, UUID]:
    return record.moment, record.id


NIEUWSTE_EERST = Order("nieuwste_eerst", tuple[datetime, UUID], _key, True)

_I, _M = tables.inzagen, tables.mutaties


class Sporen:
    """Reads both trails, newest first."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    async def inzagen(self, of: Sequence[str], window: Window) -> Page[Inzage]:
        """A page of what was shown of these pseudonyms."""
        statement = _inzagen(Place.of(window, NIEUWSTE_EERST))
        found = await self._reader.records(
            Inzage, statement, betrokkenen=list(of), **bounds(window)
        )
        return page_of(found, NIEUWSTE_EERST, window)

    async def mutaties(self, of: Sequence[UUID], window: Window) -> Page[Mutatie]:
        """A page of what was changed of these partijen and what hangs on them.

        That are their contact data, what names them, their consent, and the
        klantcontacten in which they took part; also what was removed since.
        """
        statement = _mutaties(Place.of(window, NIEUWSTE_EERST))
        found = await self._reader.records(
            Mutatie, statement, ids=list(of), **bounds(window)
        )
        return page_of(found, NIEUWSTE_EERST, window)

    async def count_inzagen(self, questions: Sequence[Sequence[str]]) -> list[int]:
        """How many there are for each question, on all pages together."""
        return [
            await self._count(_COUNT_INZAGEN, betrokkenen=list(each))
            for each in questions
        ]

    async def count_mutaties(self, questions: Sequence[Sequence[UUID]]) -> list[int]:
        """How many there are for each question, on all pages together."""
        return [
            await self._count(_COUNT_MUTATIES, ids=list(each)) for each in questions
        ]

    async def _count(self, statement: Compiled, **values: object) -> int:
        rows = await self._reader.rows(statement, **values)
        return int(str(rows[0][0]))


_SHOWN = _I.c.betrokkene == any_(bindparam("betrokkenen", type_=ARRAY(Text)))


def _records() -> Select[tuple[object, ...]]:
    """Select the keys of all that is, or was, a partij's (parameter `ids`)."""
    ids, took_part = any_(uuids("ids")), tables.betrokkenen
    owned = (
        tables.externe_identificaties,
        tables.toestemmingen,
        tables.adressen,
        tables.digitale_adressen,
        tables.rekeningnummers,
        took_part,
    )
    contacts = select(took_part.c.klantcontact_id).where(took_part.c.partij_id == ids)
    parts = (tables.onderwerpen, tables.inhoudsdelen)
    every = union(
        select(tables.partijen.c.id).where(tables.partijen.c.id == ids),
        *(select(table.c.id).where(table.c.partij_id == ids) for table in owned),
        contacts,
        *(
            select(table.c.id).where(table.c.klantcontact_id.in_(contacts))
            for table in parts
        ),
        select(_M.c.record_id).where(removed_from()),
    )
    return select(every.subquery().c[0])


_CHANGED = _M.c.record_id.in_(_records())
_COUNT_INZAGEN = compiled(select(func.count()).select_from(_I).where(_SHOWN))
_COUNT_MUTATIES = compiled(select(func.count()).select_from(_M).where(_CHANGED))


@lru_cache(maxsize=8)
def _inzagen(place: Place) -> Compiled:
    chosen = select(*columns(Inzage, _I)).where(_SHOWN)
    return compiled(within(chosen, (_I.c.moment, _I.c.id), place))


@lru_cache(maxsize=8)
def _mutaties(place: Place) -> Compiled:
    chosen = select(*columns(Mutatie, _M)).where(_CHANGED)
    return compiled(within(chosen, (_M.c.moment, _M.c.id), place))
