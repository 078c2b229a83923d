"""Partijen and what hangs on them: identificaties, adressen, rekeningnummers.

Records are read-only; their attributes are the columns of the tables.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from operator import attrgetter, itemgetter
from uuid import UUID

import msgspec
from sqlalchemy import (
    Select,
    any_,
    exists,
    func,
    literal,
    select,
    union_all,
)

from gateway.identificatie import Identificatie
from gateway.store import tables
from gateway.store.compiled import Compiled, Row, Shape, by_key, compiled, shape
from gateway.store.contactnaam import Contactnaam
from gateway.store.identified import identified_by, identifying, is_identifying
from gateway.store.keyset import Order, Page, Place, Window, bounds, page_of, within
from gateway.store.reader import Reader, by_owner, dealt, given, uuids


class Persoon(Contactnaam, frozen=True):
    """A natural person, known with sufficient certainty."""

    id: UUID
    nummer: int
    interne_notitie: str | None
    indicatie_geheimhouding: bool | None
    voorkeurstaal: str | None
    indicatie_actief: bool
    voorkeurs_digitaal_adres_id: UUID | None
    versie: int


class Organisatie(msgspec.Struct, frozen=True):
    """An organisation, in any register or none."""

    id: UUID
    nummer: int
    interne_notitie: str | None
    indicatie_geheimhouding: bool | None
    voorkeurstaal: str | None
    indicatie_actief: bool
    voorkeurs_digitaal_adres_id: UUID | None
    versie: int
    naam: str | None


class Contactpersoon(Contactnaam, frozen=True):
    """A person who acted for another partij: a past fact, never a mandate."""

    id: UUID
    nummer: int
    interne_notitie: str | None
    indicatie_geheimhouding: bool | None
    voorkeurstaal: str | None
    indicatie_actief: bool
    voorkeurs_digitaal_adres_id: UUID | None
    versie: int
    namens_partij_id: UUID
    hoedanigheid: str | None
    formeel: bool
    vastgesteld_op: datetime


Partij = Persoon | Organisatie | Contactpersoon


class ExterneIdentificatie(msgspec.Struct, frozen=True):
    """What names a partij elsewhere."""

    id: UUID
    partij_id: UUID
    register: str | None
    soort: str | None
    waarde: str | None
    land: str | None
    kvk_nummer: str | None
    subject_url: str | None
    subject_naam: str | None
    subject_geboortedatum: date | None
    subject_plaats: str | None


class Rekeningnummer(msgspec.Struct, frozen=True):
    """A bank account."""

    id: UUID
    partij_id: UUID
    iban: str
    bic: str | None


class Toestemming(msgspec.Struct, frozen=True):
    """Consent for reuse of contact data (seed V6898)."""

    id: UUID
    partij_id: UUID
    gegeven_op: datetime
    ingetrokken_op: datetime | None
    klantcontact_id: UUID | None


class Named(msgspec.Struct, frozen=True):
    """Whom an identificatie names, and who acted for them: whose klantbeeld it is.

    Attributes:
        partijen: those it names, by nummer. A person is one, an organisation may be
            several (seed uitgangspunten).
        contactpersonen: who acted for these.
        is_person: whether it names a natural person.
    """

    partijen: list[Partij]
    contactpersonen: list[Partij]
    is_person: bool = False

    @property
    def partij(self) -> Partij:
        """The one registered first."""
        return self.partijen[0]

    @property
    def named(self) -> tuple[UUID, ...]:
        """Whose klantbeeld it is; contactpersonen come and go."""
        return tuple(each.id for each in self.partijen)

    @property
    def everyone(self) -> tuple[UUID, ...]:
        """Whose klantcontacten are in it."""
        return tuple(each.id for each in (*self.partijen, *self.contactpersonen))

    @property
    def disclosed(self) -> frozenset[UUID]:
        """Whose data are shown in it.

        Who acts for a company gives its data; who helps a person is somebody else.
        """
        return frozenset(self.named if self.is_person else self.everyone)


class PartijFilter(msgspec.Struct, frozen=True):
    """At least one of these; R8.7 wants no search on arbitrary criteria."""

    identificatie: Identificatie | None = None
    nummer: int | None = None
    digitaal_adres: str | None = None
    soort_partij: str | None = None


_P = tables.partijen
_SOORTEN: Mapping[str, type[Partij]] = {
    "persoon": Persoon,
    "organisatie": Organisatie,
    "contactpersoon": Contactpersoon,
}
_FIELDS = tuple(
    dict.fromkeys(name for kind in _SOORTEN.values() for name in kind.__struct_fields__)
)
_VALUES_OF = {
    soort: itemgetter(*(1 + _FIELDS.index(name) for name in kind.__struct_fields__))
    for soort, kind in _SOORTEN.items()
}
_PARTIJEN = select(_P.c.soort_partij, *(_P.c[name] for name in _FIELDS))
_BY_ID = by_key(_PARTIJEN.where(_P.c.id == any_(uuids("ids"))))
_BY_NAMENS = by_key(
    select(_P.c.namens_partij_id, _P.c.soort_partij, *(_P.c[name] for name in _FIELDS))
    .where(_P.c.namens_partij_id == any_(uuids("ids")))
    .order_by(_P.c.nummer)
)
OP_NUMMER = Order("nummer", tuple[int], lambda partij: (partij.nummer,), False)


def _partij(row: Sequence[object]) -> Partij:
    soort = str(row[0])
    return _SOORTEN[soort](*_VALUES_OF[soort](row))


def _owned(row: Row) -> Partij:
    return _partij(row[1:])


class Partijen:
    """Reads partijen and what hangs on them.

    Many at once: `<what>_by_<key>` gives one answer per key, in the keys' order, with
    one statement.
    """

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    async def partijen_by_id(self, ids: Sequence[UUID]) -> list[Partij | None]:
        """One partij per id, None where there is none."""
        rows = await self._reader.rows(_BY_ID, ids=list(dict.fromkeys(ids)))
        found = {partij.id: partij for partij in map(_partij, rows)}
        return [found.get(key) for key in ids]

    async def partijen_by_identificatie(
        self, identificatie: Identificatie
    ) -> list[Partij]:
        """Those it names, by nummer: an organisation may be several partijen."""
        return await self.all_of(PartijFilter(identificatie=identificatie))

    async def all_of(self, asked: PartijFilter) -> list[Partij]:
        """All there are, by nummer."""
        values = _values(asked)
        rows = await self._reader.rows(_all(shape(values)), **values)
        return [_partij(row) for row in rows]

    async def named_by(self, identificatie: Identificatie) -> Named:
        """Read whom an identificatie names, and who acted for them."""
        values = identifying(identificatie)
        rows = await self._reader.rows(_named(shape(values)), **values)
        if not rows:
            return Named([], [])
        named = [_partij(row[1:]) for row in rows if row[0] is None]
        acted = [row for row in rows if row[0] is not None]
        groups = dealt([each.id for each in named], acted, itemgetter(0), _owned)
        contactpersonen = [each for group in groups for each in group]
        as_company = {"rsin", "kvk_nummer", "vestigingsnummer"}
        is_person = identificatie.soort not in as_company and all(
            isinstance(each, Persoon) for each in named
        )
        return Named(named, contactpersonen, is_person)

    async def vestigingen_by_kvk_nummer(self, nummer: str) -> list[str]:
        """The vestigingsnummers that partijen are known by under a KVK-nummer."""
        rows = await self._reader.rows(_VESTIGINGEN, kvk_nummer=nummer)
        return [str(row[0]) for row in rows]

    async def contactpersonen_by_partij(
        self, ids: Sequence[UUID]
    ) -> list[list[Partij]]:
        """Who acted for each partij, by nummer."""
        return await self._reader.owned(_owned, _BY_NAMENS, ids)

    async def find(self, asked: PartijFilter, window: Window) -> Page[Partij]:
        """A page of partijen, by nummer."""
        values = _values(asked)
        statement = _page(shape(values), Place.of(window, OP_NUMMER))
        rows = await self._reader.rows(statement, **values, **bounds(window))
        return page_of([_partij(row) for row in rows], OP_NUMMER, window)

    async def count(self, questions: Sequence[PartijFilter]) -> list[int]:
        """How many there are for each question, on all pages together."""
        return [await self._count(question) for question in questions]

    async def _count(self, asked: PartijFilter) -> int:
        values = _values(asked)
        rows = await self._reader.rows(_counted(shape(values)), **values)
        return int(str(rows[0][0]))

    async def vertegenwoordigden_by_partij(
        self, ids: Sequence[UUID]
    ) -> list[list[Partij]]:
        """Whom each partij represented once, by nummer."""
        return await self._linked(ids, "vertegenwoordigende_partij_id")

    async def vertegenwoordigers_by_partij(
        self, ids: Sequence[UUID]
    ) -> list[list[Partij]]:
        """Who represented each partij once, by nummer."""
        return await self._linked(ids, "vertegenwoordigde_partij_id")

    async def _linked(self, ids: Sequence[UUID], own: str) -> list[list[Partij]]:
        return await self._reader.owned(_owned, _LINKED[own], ids)

    async def externe_identificaties_by_partij(
        self, ids: Sequence[UUID]
    ) -> list[list[ExterneIdentificatie]]:
        """What names each partij elsewhere, by soort."""
        return await self._reader.grouped(
            ExterneIdentificatie, _IDENTIFICATIES, ids, attrgetter("partij_id")
        )

    async def rekeningnummers_by_partij(
        self, ids: Sequence[UUID]
    ) -> list[list[Rekeningnummer]]:
        """The bank accounts of each partij."""
        return await self._reader.grouped(
            Rekeningnummer, _REKENINGNUMMERS, ids, attrgetter("partij_id")
        )

    async def toestemming_by_partij(
        self, ids: Sequence[UUID]
    ) -> list[Toestemming | None]:
        """The consent given last, whether or not withdrawn since."""
        all_given = await self._reader.grouped(
            Toestemming, _TOESTEMMINGEN, ids, attrgetter("partij_id")
        )
        return [given[-1] if given else None for given in all_given]


_E = tables.externe_identificaties
_VESTIGINGEN = by_key(
    select(_E.c.waarde)
    .distinct()
    .where(_E.c.soort == "vestigingsnummer", _E.c.kvk_nummer == given("kvk_nummer"))
    .order_by(_E.c.waarde)
)
_V = tables.vertegenwoordigingen
_LINKED = {
    own: by_key(
        select(_V.c[own], _P.c.soort_partij, *(_P.c[name] for name in _FIELDS))
        .join(_V, _V.c[other] == _P.c.id)
        .where(_V.c[own] == any_(uuids("ids")))
        .order_by(_P.c.nummer)
    )
    for own, other in (
        ("vertegenwoordigende_partij_id", "vertegenwoordigde_partij_id"),
        ("vertegenwoordigde_partij_id", "vertegenwoordigende_partij_id"),
    )
}
_IDENTIFICATIES = by_owner(
    ExterneIdentificatie,
    tables.externe_identificaties,
    "partij_id",
    order=("soort", "waarde"),
)
_REKENINGNUMMERS = by_owner(
    Rekeningnummer, tables.rekeningnummers, "partij_id", order=("iban",)
)
_TOESTEMMINGEN = by_owner(
    Toestemming, tables.toestemmingen, "partij_id", order=("gegeven_op",)
)


@lru_cache(maxsize=64)
def _all(asked: Shape) -> Compiled:
    return compiled(_filtered(_PARTIJEN, asked).order_by(_P.c.nummer))


@lru_cache(maxsize=64)
def _named(asked: Shape) -> Compiled:
    """Select whom an identificatie names; and, owned by them, who acted for them."""
    named = _filtered(_PARTIJEN, asked).cte("named")
    nobody = literal(None, _P.c.id.type)
    acted = select(
        _P.c.namens_partij_id, _P.c.soort_partij, *(_P.c[name] for name in _FIELDS)
    ).join(named, named.c.id == _P.c.namens_partij_id)
    both = union_all(select(nobody.label("owner"), *named.c), acted).subquery()
    return by_key(select(*both.c).order_by(both.c.nummer))


@lru_cache(maxsize=64)
def _page(asked: Shape, place: Place) -> Compiled:
    return compiled(within(_filtered(_PARTIJEN, asked), (_P.c.nummer,), place))


@lru_cache(maxsize=64)
def _counted(asked: Shape) -> Compiled:
    return compiled(_filtered(select(func.count()).select_from(_P), asked))


def _filtered(
    statement: Select[*tuple[object, ...]], asked: Shape
) -> Select[*tuple[object, ...]]:
    if is_identifying(asked):
        statement = statement.where(identified_by(_P.c.id, asked))
    if "nummer" in asked:
        statement = statement.where(_P.c.nummer == given("nummer", _P.c.nummer.type))
    if "digitaal_adres" in asked:
        adressen = tables.digitale_adressen
        statement = statement.where(
            exists(
                select(adressen.c.id).where(
                    adressen.c.partij_id == _P.c.id,
                    adressen.c.adres == given("digitaal_adres"),
                )
            )
        )
    if "soort_partij" in asked:
        statement = statement.where(_P.c.soort_partij == given("soort_partij"))
    return statement


def _values(asked: PartijFilter) -> dict[str, object]:
    """The parameters of `_filtered`."""
    return {
        "nummer": asked.nummer,
        "digitaal_adres": asked.digitaal_adres,
        "soort_partij": asked.soort_partij,
        **identifying(asked.identificatie),
    }
