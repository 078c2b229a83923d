"""Interne taken: what an actor must do to follow up a klantcontact."""

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from operator import attrgetter
from uuid import UUID

import msgspec
from sqlalchemy import Select, any_, func, not_, select

from gateway.store import tables
from gateway.store.compiled import Compiled, Shape, by_key, compiled, shape
from gateway.store.keyset import Order, Page, Place, Window, bounds, page_of, within
from gateway.store.reader import Reader, given, uuids


class InterneTaak(msgspec.Struct, frozen=True):
    """One taak.

    Attributes:
        klantcontact_plaatsgevonden_op: from when its waiting time counts (B8694).
        klantcontact_vertrouwelijk: whether the klantcontact needs a right of its own.
    """

    id: UUID
    nummer: int
    klantcontact_id: UUID
    gevraagde_handeling: str
    toelichting: str | None
    status: str
    toegewezen_op: datetime
    verwerkt_op: datetime | None
    versie: int
    klantcontact_plaatsgevonden_op: datetime
    klantcontact_vertrouwelijk: bool

    @property
    def wacht_sinds(self) -> datetime | None:
        """The moment of the klantcontact, while the taak is te_verwerken."""
        return None if self.verwerkt_op else self.klantcontact_plaatsgevonden_op


class InterneTaakFilter(msgspec.Struct, frozen=True):
    """All of what is given.

    Attributes:
        zonder_vertrouwelijk: leave out what came of a vertrouwelijk klantcontact.
    """

    status: str | None = None
    actor_id: UUID | None = None
    nummer: int | None = None
    zonder_vertrouwelijk: bool = False


def _key(taak: InterneTaak) -> tuple[datetime, UUID]:
    return taak.klantcontact_plaatsgevonden_op, taak.id


LANGST_WACHTEND_EERST = Order(
    "langst_wachtend_eerst", tuple[datetime, UUID], _key, False
)
KORTST_WACHTEND_EERST = Order(
    "kortst_wachtend_eerst", tuple[datetime, UUID], _key, True
)

_T = tables.interne_taken
_K = tables.klantcontacten
_A = tables.interne_taak_actoren
_B = tables.betrokkenen
_COLUMNS = [
    *(_T.c[name] for name in InterneTaak.__struct_fields__[:-2]),
    _K.c.plaatsgevonden_op,
    _K.c.vertrouwelijk,
]
_TAKEN = select(*_COLUMNS).join(_K, _K.c.id == _T.c.klantcontact_id)
_BY_ID = by_key(_TAKEN.where(_T.c.id == any_(uuids("ids"))))
_BY_KLANTCONTACT = by_key(
    _TAKEN.where(_T.c.klantcontact_id == any_(uuids("ids"))).order_by(
        _T.c.toegewezen_op, _T.c.id
    )
)


class Question(msgspec.Struct, frozen=True):
    """Whose interne taken, and which.

    Attributes:
        partijen: that these partijen's klantcontacten led to; None for all.
    """

    partijen: tuple[UUID, ...] | None
    filter: InterneTaakFilter


class InterneTaken:
    """Reads interne taken; `<what>_by_<key>` answers in the order of the keys."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    async def interne_taken_by_id(
        self, ids: Sequence[UUID]
    ) -> list[InterneTaak | None]:
        """One per id, None where there is none."""
        records = await self._reader.records(
            InterneTaak, _BY_ID, ids=list(dict.fromkeys(ids))
        )
        found = {record.id: record for record in records}
        return [found.get(key) for key in ids]

    async def interne_taken_by_klantcontact(
        self, ids: Sequence[UUID]
    ) -> list[list[InterneTaak]]:
        """What each klantcontact led to, in the order of assignment."""
        return await self._reader.grouped(
            InterneTaak, _BY_KLANTCONTACT, ids, attrgetter("klantcontact_id")
        )

    async def find(
        self, question: Question, order: Order, window: Window
    ) -> Page[InterneTaak]:
        """A page, by waiting time."""
        values = _values(question)
        statement = _page(shape(values), Place.of(window, order))
        records = await self._reader.records(
            InterneTaak, statement, **values, **bounds(window)
        )
        return page_of(records, order, window)

    async def count(self, questions: Sequence[Question]) -> list[int]:
        """How many there are for each question, on all pages together."""
        return [await self._count(question) for question in questions]

    async def _count(self, question: Question) -> int:
        values = _values(question)
        rows = await self._reader.rows(_counted(shape(values)), **values)
        return int(str(rows[0][0]))


@lru_cache(maxsize=64)
def _page(asked: Shape, place: Place) -> Compiled:
    key = (
        (_A.c.plaatsgevonden_op, _A.c.interne_taak_id)
        if "actor_id" in asked
        else (_K.c.plaatsgevonden_op, _T.c.id)
    )
    return compiled(within(_narrowed(_TAKEN, asked), key, place))


@lru_cache(maxsize=64)
def _counted(asked: Shape) -> Compiled:
    return compiled(_narrowed(select(func.count()).select_from(_T), asked))


def _narrowed(
    statement: Select[*tuple[object, ...]], asked: Shape
) -> Select[*tuple[object, ...]]:
    if "partijen" in asked:
        theirs = select(_B.c.klantcontact_id).where(
            _B.c.partij_id == any_(uuids("partijen"))
        )
        statement = statement.where(_T.c.klantcontact_id.in_(theirs))
    if "zonder_vertrouwelijk" in asked:
        open_ones = select(_K.c.id).where(not_(_K.c.vertrouwelijk))
        statement = statement.where(_T.c.klantcontact_id.in_(open_ones))
    assigned = "actor_id" in asked
    if assigned:
        statement = statement.join(_A, _A.c.interne_taak_id == _T.c.id).where(
            _A.c.actor_id == given("actor_id", _A.c.actor_id.type)
        )
    if "status" in asked:
        status = _A.c.status if assigned else _T.c.status
        statement = statement.where(status == given("status"))
    if "nummer" in asked:
        statement = statement.where(_T.c.nummer == given("nummer", _T.c.nummer.type))
    return statement


def _values(question: Question) -> dict[str, object]:
    """The parameters of `_narrowed`, and what it depends on.

    Of no partijen at all there is nothing; that is not the same as of everybody.
    """
    partijen = None if question.partijen is None else list(question.partijen)
    without = question.filter.zonder_vertrouwelijk or None
    return {
        **msgspec.structs.asdict(question.filter),
        "partijen": partijen,
        "zonder_vertrouwelijk": without,
    }
