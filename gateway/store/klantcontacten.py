"""Klantcontacten: finding them, by page, and following their thread."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import lru_cache
from uuid import UUID

import msgspec
from sqlalchemy import (
    ARRAY,
    Boolean,
    Integer,
    TableValuedAlias,
    Uuid,
    any_,
    bindparam,
    func,
    select,
    true,
    union,
)

from gateway.identificatie import Identificatie
from gateway.store import tables
from gateway.store.compiled import Compiled, Row, Shape, by_key, compiled, shape
from gateway.store.identified import identifying
from gateway.store.keyset import Order, Page, Place, Window, bounds, page_of, within
from gateway.store.klantcontact_conditions import conditions_of
from gateway.store.reader import Reader, columns, uuids


class Klantcontact(msgspec.Struct, frozen=True):
    """One contact; its other parts are read by its id."""

    id: UUID
    nummer: int
    kanaal: str | None
    plaatsgevonden_op: datetime
    beeindigd_op: datetime | None
    taal: str | None
    vertrouwelijk: bool
    indicatie_contact_gelukt: bool | None
    identiteit_middel: str | None
    identiteit_niveau: str | None
    identiteit_grond: str | None
    identiteit_vastgesteld_door_id: UUID | None
    identiteit_vastgesteld_op: datetime | None


class KlantcontactFilter(msgspec.Struct, frozen=True):
    """All of what is given.

    Attributes:
        van: from this moment on.
        tot: before this moment.
        richting: `inkomend` or `uitgaand`.
        tekst: Dutch full text, in onderwerpen and inhoud.
        onderwerp_url: one of the onderwerpen refers to it.
        onderwerp_codes: values of codeRegister, in lower case, that mean the register
            which owns `onderwerp_url`.
        onderwerp_uuid: the key in `onderwerp_url`: with one of these codes it is the
            same reference in four parts.
        identificatie: of a partij behind a betrokkene, matched on one row.
        zonder_vertrouwelijk: leave out what the one who asks has no right to.
    """

    van: datetime | None = None
    tot: datetime | None = None
    kanalen: tuple[str, ...] = ()
    richting: str | None = None
    tekst: str | None = None
    vertrouwelijk: bool | None = None
    onderwerp_url: str | None = None
    onderwerp_codes: tuple[str, ...] = ()
    onderwerp_uuid: str | None = None
    identificatie: Identificatie | None = None
    nummer: int | None = None
    zonder_vertrouwelijk: bool = False


class Question(msgspec.Struct, frozen=True):
    """Whose klantcontacten, and which.

    Attributes:
        partijen: of these together, each klantcontact once; None for all there are.
    """

    partijen: tuple[UUID, ...] | None
    filter: KlantcontactFilter


def _key(klantcontact: Klantcontact) -> tuple[datetime, UUID]:
    return klantcontact.plaatsgevonden_op, klantcontact.id


NIEUWSTE_EERST = Order("nieuwste_eerst", tuple[datetime, UUID], _key, True)
OUDSTE_EERST = Order("oudste_eerst", tuple[datetime, UUID], _key, False)

_K = tables.klantcontacten
_B = tables.betrokkenen
_O = tables.onderwerpen
_I = tables.inhoudsdelen
_T = tables.interne_taken
_COLUMNS = columns(Klantcontact, _K)
_BY_ID = by_key(select(*_COLUMNS).where(_K.c.id == any_(uuids("ids"))))


def _owned(row: Row) -> Klantcontact:
    make: Callable[..., Klantcontact] = Klantcontact
    return make(*row[1:])


class Klantcontacten:
    """Reads klantcontacten; `<what>_by_<key>` answers in the order of the keys."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    async def klantcontacten_by_id(
        self, ids: Sequence[UUID]
    ) -> list[Klantcontact | None]:
        """One per id, None where there is none."""
        records = await self._reader.records(
            Klantcontact, _BY_ID, ids=list(dict.fromkeys(ids))
        )
        found = {record.id: record for record in records}
        return [found.get(key) for key in ids]

    async def find(
        self, asked: KlantcontactFilter, order: Order, window: Window
    ) -> Page[Klantcontact]:
        """A page of all klantcontacten."""
        values = _values(asked)
        statement = _of_all(shape(values), Place.of(window, order))
        records = await self._reader.records(
            Klantcontact, statement, **values, **bounds(window)
        )
        return page_of(records, order, window)

    async def find_by_partijen(
        self,
        owners: Sequence[Sequence[UUID]],
        asked: KlantcontactFilter,
        order: Order,
        windows: Sequence[Window],
    ) -> list[Page[Klantcontact]]:
        """A page for each owner: the klantcontacten of its partijen together.

        The windows may differ in their binding only: one field has one `first`.
        """
        values, place = _values(asked), Place.of(windows[0], order)
        statement = _by_partijen(shape(values), place)
        pairs = [(nr, key) for nr, keys in enumerate(owners) for key in keys]
        rows = await self._reader.rows(
            statement, **values, **_arrays(pairs), **bounds(windows[0])
        )
        found: list[dict[UUID, Klantcontact]] = [{} for _ in owners]
        for row in rows:
            record = _owned(row)
            found[int(str(row[0]))].setdefault(record.id, record)
        return [
            page_of(list(mine.values())[: window.limit + 1], order, window)
            for mine, window in zip(found, windows, strict=True)
        ]

    async def count(self, questions: Sequence[Question]) -> list[int]:
        """How many there are for each question, on all pages together.

        One statement for all questions with the same filter.
        """
        counts: dict[Question, int] = {}
        for asked in {question.filter for question in questions}:
            same = [each for each in dict.fromkeys(questions) if each.filter == asked]
            counts |= await self._count(asked, same)
        return [counts[question] for question in questions]

    async def _count(
        self, asked: KlantcontactFilter, questions: Sequence[Question]
    ) -> dict[Question, int]:
        counts, values = dict.fromkeys(questions, 0), _values(asked)
        everyone = Question(None, asked)
        if everyone in counts:
            rows = await self._reader.rows(_number(shape(values)), **values)
            counts[everyone] = int(str(rows[0][0]))
        owners = [each for each in questions if each.partijen is not None]
        if not owners:
            return counts
        pairs = [
            (nr, key) for nr, each in enumerate(owners) for key in each.partijen or ()
        ]
        statement = _number_of_each(shape(values))
        rows = await self._reader.rows(statement, **values, **_arrays(pairs))
        return counts | {owners[int(str(nr))]: int(str(number)) for nr, number in rows}

    async def vorige_by_klantcontact(
        self, ids: Sequence[UUID]
    ) -> list[list[Klantcontact]]:
        """What each was a follow-up of, oldest first."""
        return await self._thread(_VORIGE, ids)

    async def vervolg_by_klantcontact(
        self, ids: Sequence[UUID]
    ) -> list[list[Klantcontact]]:
        """What followed on each, oldest first."""
        return await self._thread(_VERVOLG, ids)

    async def _thread(
        self, statement: Compiled, ids: Sequence[UUID]
    ) -> list[list[Klantcontact]]:
        return await self._reader.owned(_owned, statement, ids)

    async def richting_by_klantcontact(self, ids: Sequence[UUID]) -> list[str | None]:
        """`inkomend` if a betrokkene took the initiative, else `uitgaand`.

        None without betrokkenen (A8908).
        """
        rows = await self._reader.rows(_RICHTING, ids=list(dict.fromkeys(ids)))
        found = {row[0]: "inkomend" if row[1] else "uitgaand" for row in rows}
        return [found.get(key) for key in ids]


_RICHTING = by_key(
    select(_B.c.klantcontact_id, func.bool_or(_B.c.initiator, type_=Boolean))
    .where(_B.c.klantcontact_id == any_(uuids("ids")))
    .group_by(_B.c.klantcontact_id)
)

# A follow-up has the earlier klantcontact as onderwerp, or the interne taak to which
# that one led (seed basisterminologie, Opvolging).
_BY_KLANTCONTACT = select(
    _O.c.klantcontact_id.label("vervolg"),
    _O.c.onderwerp_klantcontact_id.label("vorige"),
)
_BY_TAAK = select(_O.c.klantcontact_id, _T.c.klantcontact_id).join(
    _T, _T.c.id == _O.c.interne_taak_id
)


def _thread_of(own: str) -> Compiled:
    """Klantcontacten at the other end of the thread of many (parameter `ids`).

    Either kind of link has an index of its own, which one condition for both would not
    use.
    """
    wanted = any_(uuids("ids"))
    if own == "vorige":
        by_klantcontact = by_taak = _O.c.klantcontact_id == wanted
    else:
        by_klantcontact = _O.c.onderwerp_klantcontact_id == wanted
        by_taak = _T.c.klantcontact_id == wanted
    links = union(
        _BY_KLANTCONTACT.where(by_klantcontact), _BY_TAAK.where(by_taak)
    ).subquery()
    owner = links.c.vervolg if own == "vorige" else links.c.vorige
    return by_key(
        select(owner, *_COLUMNS)
        .join(links, links.c[own] == _K.c.id)
        .where(owner != _K.c.id)
        .order_by(_K.c.plaatsgevonden_op, _K.c.id)
    )


_VORIGE = _thread_of("vorige")
_VERVOLG = _thread_of("vervolg")


def _arrays(pairs: Sequence[tuple[int, UUID]]) -> dict[str, object]:
    """The parameters of `_owners`."""
    return {"owners": [nr for nr, _ in pairs], "partijen": [key for _, key in pairs]}


def _owners() -> TableValuedAlias:
    """Pairs of an owner's number and one of its partijen, as a table."""
    return (
        func.unnest(
            bindparam("owners", type_=ARRAY(Integer)),
            bindparam("partijen", type_=ARRAY(Uuid)),
        )
        .table_valued("owner", "partij_id")
        .render_derived()
    )


@lru_cache(maxsize=256)
def _of_all(asked: Shape, place: Place) -> Compiled:
    key = (_K.c.plaatsgevonden_op, _K.c.id)
    statement = select(*_COLUMNS).where(*conditions_of(asked))
    return compiled(within(statement, key, place), quick=_is_quick(asked))


@lru_cache(maxsize=256)
def _number(asked: Shape) -> Compiled:
    return compiled(select(func.count()).select_from(_K).where(*conditions_of(asked)))


@lru_cache(maxsize=256)
def _number_of_each(asked: Shape) -> Compiled:
    owners = _owners()
    statement = (
        select(owners.c.owner, func.count(_B.c.klantcontact_id.distinct()))
        .join_from(owners, _B, _B.c.partij_id == owners.c.partij_id)
        .group_by(owners.c.owner)
    )
    conditions = conditions_of(asked, few=True)
    if conditions:
        statement = statement.join(_K, _K.c.id == _B.c.klantcontact_id)
    return compiled(statement.where(*conditions))


@lru_cache(maxsize=256)
def _by_partijen(asked: Shape, place: Place) -> Compiled:
    """Per partij one index scan that stops at the page's end, then put together."""
    owners = _owners()
    key = (_B.c.plaatsgevonden_op, _B.c.klantcontact_id)
    conditions = conditions_of(asked, few=True)
    mine = (
        select(*key)
        .distinct()
        .where(_B.c.partij_id == owners.c.partij_id)
        .correlate(owners)
    )
    if conditions:
        mine = mine.join(_K, _K.c.id == _B.c.klantcontact_id).where(*conditions)
    page = within(mine, key, place).lateral("page")
    here = (page.c.plaatsgevonden_op, page.c.klantcontact_id)
    return compiled(
        select(owners.c.owner, *_COLUMNS)
        .select_from(owners)
        .join(page, true())
        .join(_K, _K.c.id == page.c.klantcontact_id)
        .order_by(*(each.desc() if place.descending else each for each in here)),
        quick=_is_quick(asked),
    )


def _is_quick(asked: Shape) -> bool:
    """Whether the first rows of an index are the page, or nearly all of them are."""
    return not conditions_of(asked - {"zonder_vertrouwelijk"})


def _values(asked: KlantcontactFilter) -> dict[str, object]:
    """The parameters of `conditions_of`, and what they depend on."""
    return {
        **msgspec.structs.asdict(asked),
        **({} if asked.richting is None else {str(asked.richting): True}),
        "zonder_vertrouwelijk": asked.zonder_vertrouwelijk or None,
        **identifying(asked.identificatie),
    }
