"""Actoren: who acts for the municipality."""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from operator import itemgetter
from uuid import UUID

import msgspec
from sqlalchemy import Select, any_, func, select

from gateway.identificator import Identificator
from gateway.store import tables
from gateway.store.compiled import Compiled, Row, Shape, by_key, compiled, shape
from gateway.store.keyset import Order, Page, Place, Window, bounds, page_of, within
from gateway.store.reader import Reader, given, uuids


class Medewerker(msgspec.Struct, frozen=True):
    """An employee; a stub, personnel data live elsewhere."""

    id: UUID
    naam: str
    indicatie_actief: bool
    functie: str | None
    emailadres: str | None
    telefoonnummer: str | None
    identificator: Identificator | None


class OrganisatorischeEenheid(msgspec.Struct, frozen=True):
    """A department or team."""

    id: UUID
    naam: str
    indicatie_actief: bool
    omschrijving: str | None
    emailadres: str | None
    telefoonnummer: str | None
    identificator: Identificator | None


class GeautomatiseerdeActor(msgspec.Struct, frozen=True):
    """A system that takes part in contacts, such as a chatbot."""

    id: UUID
    naam: str
    indicatie_actief: bool
    functie: str | None
    omschrijving: str | None
    identificator: Identificator | None


Actor = Medewerker | OrganisatorischeEenheid | GeautomatiseerdeActor


class ActorFilter(msgspec.Struct, frozen=True):
    """All of what is given."""

    soort_actor: str | None = None
    naam: str | None = None
    indicatie_actief: bool | None = None


_A = tables.actoren
_SOORTEN: Mapping[str, type[Actor]] = {
    "medewerker": Medewerker,
    "organisatorische_eenheid": OrganisatorischeEenheid,
    "geautomatiseerde_actor": GeautomatiseerdeActor,
}
_FIELDS = tuple(
    dict.fromkeys(
        name
        for kind in _SOORTEN.values()
        for name in kind.__struct_fields__
        if name != "identificator"
    )
)
_VALUES_OF = {
    soort: itemgetter(
        *(_FIELDS.index(n) for n in kind.__struct_fields__ if n != "identificator")
    )
    for soort, kind in _SOORTEN.items()
}
ACTOR_COLUMNS = (
    _A.c.soort_actor,
    _A.c.code_register,
    _A.c.code_objecttype,
    _A.c.code_soort_object_id,
    _A.c.object_id,
    *(_A.c[name] for name in _FIELDS),
)
_ACTOREN = select(*ACTOR_COLUMNS)
_BY_ID = by_key(_ACTOREN.where(_A.c.id == any_(uuids("ids"))))
_KEY = 1 + ACTOR_COLUMNS.index(_A.c.id)
"""Where the key is, after the owner."""

OP_NAAM = Order("naam", tuple[str, UUID], lambda actor: (actor.naam, actor.id), False)


def actor_of(row: Sequence[object]) -> Actor:
    """Make the record of a row of `ACTOR_COLUMNS`."""
    soort, *codes = row[:5]
    identificator = None if codes[0] is None else Identificator(*map(str, codes))
    kind: Callable[..., Actor] = _SOORTEN[str(soort)]
    return kind(*_VALUES_OF[str(soort)](row[5:]), identificator)


class Actoren:
    """Reads actoren; `actoren_by_<key>` answers in the order of the keys."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    async def actoren_by_id(self, ids: Sequence[UUID]) -> list[Actor | None]:
        """One per id, None where there is none."""
        rows = await self._reader.rows(_BY_ID, ids=list(dict.fromkeys(ids)))
        found = {actor.id: actor for actor in map(actor_of, rows)}
        return [found.get(key) for key in ids]

    async def actoren_by_klantcontact(self, ids: Sequence[UUID]) -> list[list[Actor]]:
        """Who took part in each klantcontact, by name."""
        return await self._linked(_BY_KLANTCONTACT, ids)

    async def actoren_by_interne_taak(self, ids: Sequence[UUID]) -> list[list[Actor]]:
        """To whom each interne taak is assigned, by name."""
        return await self._linked(_BY_INTERNE_TAAK, ids)

    async def _linked(
        self, statement: Compiled, ids: Sequence[UUID]
    ) -> list[list[Actor]]:
        known: dict[object, Actor] = {}

        def actor(row: Row) -> Actor:
            key = row[_KEY]
            if key not in known:
                known[key] = actor_of(row[1:])
            return known[key]

        return await self._reader.owned(actor, statement, ids)

    async def find(self, asked: ActorFilter, window: Window) -> Page[Actor]:
        """A page of actoren, by name."""
        values = _values(asked)
        statement = _page(shape(values), Place.of(window, OP_NAAM))
        rows = await self._reader.rows(statement, **values, **bounds(window))
        return page_of([actor_of(row) for row in rows], OP_NAAM, window)

    async def count(self, questions: Sequence[ActorFilter]) -> list[int]:
        """How many there are for each question, on all pages together."""
        return [await self._count(question) for question in questions]

    async def _count(self, asked: ActorFilter) -> int:
        values = _values(asked)
        rows = await self._reader.rows(_counted(shape(values)), **values)
        return int(str(rows[0][0]))


_K = tables.klantcontact_actoren
_BY_KLANTCONTACT = by_key(
    select(_K.c.klantcontact_id, *ACTOR_COLUMNS)
    .join(_A, _A.c.id == _K.c.actor_id)
    .where(_K.c.klantcontact_id == any_(uuids("ids")))
    .order_by(_A.c.naam, _A.c.id)
)
_T = tables.interne_taak_actoren
_BY_INTERNE_TAAK = by_key(
    select(_T.c.interne_taak_id, *ACTOR_COLUMNS)
    .join(_A, _A.c.id == _T.c.actor_id)
    .where(_T.c.interne_taak_id == any_(uuids("ids")))
    .order_by(_A.c.naam, _A.c.id)
)


@lru_cache(maxsize=64)
def _page(asked: Shape, place: Place) -> Compiled:
    return compiled(within(_filtered(_ACTOREN, asked), (_A.c.naam, _A.c.id), place))


@lru_cache(maxsize=64)
def _counted(asked: Shape) -> Compiled:
    return compiled(_filtered(select(func.count()).select_from(_A), asked))


def _filtered(
    statement: Select[*tuple[object, ...]], asked: Shape
) -> Select[*tuple[object, ...]]:
    if "soort_actor" in asked:
        statement = statement.where(_A.c.soort_actor == given("soort_actor"))
    if "naam" in asked:
        statement = statement.where(_A.c.naam.ilike(given("naam"), escape="/"))
    if "indicatie_actief" in asked:
        active = given("indicatie_actief", _A.c.indicatie_actief.type)
        statement = statement.where(_A.c.indicatie_actief == active)
    return statement


def _values(asked: ActorFilter) -> dict[str, object]:
    """The parameters of `_filtered`."""
    values = msgspec.structs.asdict(asked)
    if asked.naam is not None:
        escaped = re.sub("([/%_])", r"/\1", asked.naam)
        values["naam"] = f"%{escaped}%"
    return values
