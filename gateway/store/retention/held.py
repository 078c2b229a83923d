"""All that is held on a person: rows as they are, table by table.

Of others who took part in the same klantcontact, or who acted for this person, no more
than that they did, and of what this person changed for others no more than when and why:
the right to a copy ends where it would tell of others.

Source: AVG, article 15, first, third and fourth paragraph.
"""

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple
from uuid import UUID

import msgspec
from sqlalchemy import (
    ColumnElement,
    FromClause,
    Select,
    Table,
    Text,
    any_,
    bindparam,
    or_,
    select,
    true,
)
from sqlalchemy.dialects.postgresql import ARRAY

from gateway.store import tables
from gateway.store.reader import uuids
from gateway.store.retention.trail import removed_from, with_what_was_removed
from gateway.store.writing.transaction import Transaction

Held = Mapping[str, Sequence[Mapping[str, object]]]
"""Rows, by table."""

LEFT_OUT: Mapping[str, str] = MappingProxyType(
    {
        "anonieme_contacten": "counts contacts, and knows nobody",
        "vernietigingen": "what is not there any more",
        "te_wissen_mutaties": "keys of rows of `mutaties`, which are given",
        "verificatietellingen": "counts codes, by a hash that names nobody",
    }
)
"""Tables that hold nothing of a person, and why."""


class About(msgspec.Struct, frozen=True):
    """A person, as the trails name them.

    Attributes:
        shown: pseudonyms of whom was shown something.
        asked: pseudonyms of who asked something.
        retried: likewise, in keys of retries.
    """

    shown: Sequence[str]
    asked: Sequence[str]
    retried: Sequence[str]


class _Part(NamedTuple):
    """Rows of a table.

    Attributes:
        where: which, for the partijen `ids`.
        columns: those that are given; none says all.
        is_own: whether the trail of changes of these is this person's.
    """

    table: Table
    where: ColumnElement[bool]
    columns: tuple[str, ...] = ()
    is_own: bool = True

    def statement(self) -> Select[tuple[object, ...]]:
        """Select them, in the order of their keys."""
        names = self.columns or tuple(self.table.c.keys())
        chosen = select(*(self.table.c[name] for name in names))
        return chosen.where(self.where).order_by(*self.table.primary_key)


async def betrokkenen_of(tx: Transaction, partijen: Sequence[UUID]) -> list[UUID]:
    """Give the keys by which partijen took part in klantcontacten."""
    mine = select(_B.c.id).where(_IS_MINE).order_by(_B.c.id)
    rows = await tx.run(mine, {"ids": list(partijen)})
    return [row[0] for row in rows if isinstance(row[0], UUID)]


async def held(tx: Transaction, partijen: Sequence[UUID], about: About) -> Held:
    """Read all that is held on the person who is these partijen.

    Args:
        tx: of which every statement sees the same.
        partijen: their keys.
        about: the same person, in the trails.
    """
    found: dict[str, list[Mapping[str, object]]] = {}
    own: list[UUID] = []
    for part in _PARTS:
        rows = await _rows(tx, part.statement(), {"ids": list(partijen)})
        found.setdefault(part.table.name, []).extend(rows)
        if part.is_own:
            own += [key for row in rows if isinstance(key := row.get("id"), UUID)]
    every = await with_what_was_removed(tx, own)
    values = {"ids": every, **msgspec.structs.asdict(about)}
    for part in _TRAILS:
        rows = await _rows(tx, part.statement(), values)
        found.setdefault(part.table.name, []).extend(map(_without_others, rows))
    return found


def covered() -> frozenset[str]:
    """Name the tables that are read."""
    every: Iterable[FromClause] = (*(part.table for part in (*_PARTS, *_TRAILS)),)
    return frozenset(str(table) for table in every)


async def _rows(
    tx: Transaction, statement: Select[tuple[object, ...]], values: Mapping[str, object]
) -> list[Mapping[str, object]]:
    names = statement.selected_columns.keys()
    wanted = {name: values[name] for name in statement.compile().params}
    rows = await tx.run(statement, wanted)
    return [dict(zip(names, row, strict=True)) for row in rows]


def _without_others(row: Mapping[str, object]) -> Mapping[str, object]:
    """Give a row of a trail; what named the person by mistake, named another."""
    if (row.get("soort"), row.get("handeling")) == _NO_LONGER_NAMES:
        return {**row, "oud": None, "reden": None}
    return row


_NO_LONGER_NAMES = ("externe_identificatie", "verwijderd")
_IDS = any_(uuids("ids"))
_P, _B, _T = tables.partijen, tables.betrokkenen, tables.interne_taken
_IS_MINE = _B.c.partij_id == _IDS
_MINE = select(_B.c.id).where(_IS_MINE)
_CONTACTS = select(_B.c.klantcontact_id).where(_IS_MINE)
_TAKEN = select(_T.c.id).where(_T.c.klantcontact_id.in_(_CONTACTS))
_V = tables.vertegenwoordigingen
_ADDRESSES = tables.digitale_adressen
_IS_MY_ADDRESS = or_(
    _ADDRESSES.c.partij_id == _IDS, _ADDRESSES.c.betrokkene_id.in_(_MINE)
)
_ACTED = select(tables.klantcontact_actoren.c.actor_id).where(
    tables.klantcontact_actoren.c.klantcontact_id.in_(_CONTACTS)
)
_ASSIGNED = select(tables.interne_taak_actoren.c.actor_id).where(
    tables.interne_taak_actoren.c.interne_taak_id.in_(_TAKEN)
)
_ASCERTAINED = select(tables.klantcontacten.c.identiteit_vastgesteld_door_id).where(
    tables.klantcontacten.c.id.in_(_CONTACTS)
)
_ACTOR = ("id", "soort_actor", "naam")
_CONTACTPERSOON = (
    *("id", "nummer", "soort_partij", "namens_partij_id", "hoedanigheid"),
    *("formeel", "vastgesteld_op"),
)
_OTHER = ("id", "klantcontact_id", "rol", "initiator")
_CODE = ("id", "digitaal_adres_id", "verloopt_op")
# What was done to others: neither to what, nor what stood there, nor why.
_DONE = tuple(
    each.name
    for each in tables.mutaties.c
    if each.name not in {"record_id", "oud", "reden"}
)
_OF_A_RETRY = ("id", "mutatie", "moment")
_PARTS = (
    _Part(_P, _P.c.id == _IDS),
    _Part(_P, _P.c.namens_partij_id == _IDS, _CONTACTPERSOON, is_own=False),
    *(
        _Part(table, table.c.partij_id == _IDS)
        for table in (
            *(tables.externe_identificaties, tables.rekeningnummers),
            *(tables.toestemmingen, tables.laatste_contacten),
        )
    ),
    _Part(
        _V,
        or_(
            _V.c.vertegenwoordigende_partij_id == _IDS,
            _V.c.vertegenwoordigde_partij_id == _IDS,
        ),
    ),
    _Part(tables.klantcontacten, tables.klantcontacten.c.id.in_(_CONTACTS)),
    _Part(_B, _IS_MINE),
    _Part(
        _B,
        _B.c.klantcontact_id.in_(_CONTACTS) & _B.c.id.not_in(_MINE),
        _OTHER,
        is_own=False,
    ),
    *(
        _Part(table, table.c.klantcontact_id.in_(_CONTACTS))
        for table in (
            *(tables.klantcontact_actoren, tables.onderwerpen),
            *(tables.inhoudsdelen, _T),
        )
    ),
    _Part(
        tables.interne_taak_actoren,
        tables.interne_taak_actoren.c.interne_taak_id.in_(_TAKEN),
    ),
    _Part(
        tables.adressen,
        or_(
            tables.adressen.c.partij_id == _IDS,
            tables.adressen.c.betrokkene_id.in_(_MINE),
        ),
    ),
    _Part(_ADDRESSES, _IS_MY_ADDRESS),
    _Part(
        tables.verificatiecodes,
        tables.verificatiecodes.c.digitaal_adres_id.in_(
            select(_ADDRESSES.c.id).where(_IS_MY_ADDRESS)
        ),
        _CODE,
    ),
    _Part(
        tables.actoren,
        or_(
            *(tables.actoren.c.id.in_(ids) for ids in (_ACTED, _ASSIGNED, _ASCERTAINED))
        ),
        _ACTOR,
        is_own=False,
    ),
)


def _one_of(column: ColumnElement[object], name: str) -> ColumnElement[bool]:
    return column == any_(bindparam(name, type_=ARRAY(Text)))


_I, _M = tables.inzagen, tables.mutaties
_OWN_CHANGE = or_(_M.c.record_id == _IDS, removed_from())
_ASKED, _CHANGED = (
    or_(*(_one_of(table.c[name], "asked") for name in ("wie", "namens")))
    for table in (_I, _M)
)
_TRAILS = (
    _Part(_I, or_(_one_of(_I.c.betrokkene, "shown"), _ASKED)),
    _Part(_M, _OWN_CHANGE),
    _Part(_M, _CHANGED & _OWN_CHANGE.is_not(true()), _DONE),
    _Part(tables.importsleutels, tables.importsleutels.c.record_id == _IDS),
    _Part(
        tables.idempotentiesleutels,
        _one_of(tables.idempotentiesleutels.c.aanvrager, "retried"),
        _OF_A_RETRY,
    ),
)
