"""What a klantcontact was about and what it contained: its ordered parts.

Every part has one form, and a record class for each form. A part that refers keeps
the reference as it was given; what it refers to is read elsewhere.
"""

from collections.abc import Callable, Mapping, Sequence
from uuid import UUID

import msgspec
from sqlalchemy import Table, any_, select

from gateway.identificator import Identificator
from gateway.store import tables
from gateway.store.compiled import Compiled, by_key
from gateway.store.reader import Reader, dealt, uuids


class TekstOnderwerp(msgspec.Struct, frozen=True):
    """Told in words."""

    id: UUID
    tekst: str


class ZaakOnderwerp(msgspec.Struct, frozen=True):
    """A zaak, by URL or identificator."""

    id: UUID
    url: str | None
    identificator: Identificator | None


class KlanttaakOnderwerp(msgspec.Struct, frozen=True):
    """A klanttaak, by URL or identificator."""

    id: UUID
    url: str | None
    identificator: Identificator | None


class ObjectOnderwerp(msgspec.Struct, frozen=True):
    """Any other object, by URL or identificator."""

    id: UUID
    url: str | None
    identificator: Identificator | None


class InterneTaakOnderwerp(msgspec.Struct, frozen=True):
    """The interne taak that led to the klantcontact."""

    id: UUID
    interne_taak_id: UUID


class KlantcontactOnderwerp(msgspec.Struct, frozen=True):
    """An earlier klantcontact."""

    id: UUID
    onderwerp_klantcontact_id: UUID


class TekstInhoud(msgspec.Struct, frozen=True):
    """Told in words."""

    id: UUID
    onderdeel: str | None
    tekst: str


class DocumentInhoud(msgspec.Struct, frozen=True):
    """An informatieobject, by URL or identificator."""

    id: UUID
    onderdeel: str | None
    url: str | None
    identificator: Identificator | None


class ObjectInhoud(msgspec.Struct, frozen=True):
    """An object, by URL or identificator."""

    id: UUID
    onderdeel: str | None
    url: str | None
    identificator: Identificator | None


Onderwerp = (
    TekstOnderwerp
    | ZaakOnderwerp
    | KlanttaakOnderwerp
    | ObjectOnderwerp
    | InterneTaakOnderwerp
    | KlantcontactOnderwerp
)
Inhoudsdeel = TekstInhoud | DocumentInhoud | ObjectInhoud

_VERWIJZING = (
    "url",
    "code_register",
    "code_objecttype",
    "code_soort_object_id",
    "object_id",
)
_ONDERWERPEN_MAKEN: Mapping[str, Callable[..., Onderwerp]] = {
    "tekst": TekstOnderwerp,
    "zaak": ZaakOnderwerp,
    "klanttaak": KlanttaakOnderwerp,
    "object": ObjectOnderwerp,
    "interne_taak": InterneTaakOnderwerp,
    "klantcontact": KlantcontactOnderwerp,
}
_INHOUD_MAKEN: Mapping[str, Callable[..., Inhoudsdeel]] = {
    "tekst": TekstInhoud,
    "informatieobject": DocumentInhoud,
    "object": ObjectInhoud,
}


def _onderwerp(row: Sequence[object]) -> Onderwerp:
    key, vorm, tekst, taak, klantcontact, *verwijzing = row
    make = _ONDERWERPEN_MAKEN[str(vorm)]
    for value in (tekst, taak, klantcontact):  # one of them, or a reference
        if value is not None:
            return make(key, value)
    return make(key, *_verwijzing(verwijzing))


def _inhoudsdeel(row: Sequence[object]) -> Inhoudsdeel:
    key, vorm, onderdeel, tekst, *verwijzing = row
    make = _INHOUD_MAKEN[str(vorm)]
    if tekst is not None:
        return make(key, onderdeel, tekst)
    return make(key, onderdeel, *_verwijzing(verwijzing))


def _verwijzing(values: Sequence[object]) -> list[object]:
    url, *parts = values
    return [url, None if parts[0] is None else Identificator(*map(str, parts))]


def _delen(table: Table, *own: str) -> Compiled:
    return by_key(
        select(*(table.c[name] for name in ("klantcontact_id", "id", "vorm", *own)))
        .where(table.c.klantcontact_id == any_(uuids("ids")))
        .order_by(table.c.klantcontact_id, table.c.volgorde)
    )


_ONDERWERPEN = _delen(
    tables.onderwerpen,
    "tekst",
    "interne_taak_id",
    "onderwerp_klantcontact_id",
    *_VERWIJZING,
)
_INHOUD = _delen(tables.inhoudsdelen, "onderdeel", "tekst", *_VERWIJZING)


class Delen:
    """Reads the parts of klantcontacten, each list in its own order."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    async def onderwerpen_by_klantcontact(
        self, ids: Sequence[UUID]
    ) -> list[list[Onderwerp]]:
        """What each klantcontact was about."""
        rows = await self._reader.rows(_ONDERWERPEN, ids=list(set(ids)))
        return dealt(ids, ((owner, _onderwerp(row)) for owner, *row in rows))

    async def inhoud_by_klantcontact(
        self, ids: Sequence[UUID]
    ) -> list[list[Inhoudsdeel]]:
        """What each klantcontact contained."""
        rows = await self._reader.rows(_INHOUD, ids=list(set(ids)))
        return dealt(ids, ((owner, _inhoudsdeel(row)) for owner, *row in rows))
