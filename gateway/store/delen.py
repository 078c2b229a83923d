"""What a klantcontact was about and what it contained: its ordered parts.

Every part has one form, and a record class for each form. A part that refers keeps
the reference as it was given; what it refers to is read elsewhere.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, cast
from uuid import UUID

import msgspec
from sqlalchemy import Table, any_, select

from gateway.identificator import Identificator
from gateway.store import tables
from gateway.store.compiled import Compiled, Row, by_key
from gateway.store.reader import Reader, uuids


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
_VERWIJZENDE: Mapping[object, Callable[..., Onderwerp]] = {
    "zaak": ZaakOnderwerp,
    "klanttaak": KlanttaakOnderwerp,
    "object": ObjectOnderwerp,
}
_VERWIJZENDE_INHOUD: Mapping[object, Callable[..., Inhoudsdeel]] = {
    "informatieobject": DocumentInhoud,
    "object": ObjectInhoud,
}


def _onderwerp(row: Row) -> Onderwerp:
    _, key, vorm, tekst, taak, klantcontact, url, *codes = cast("Any", row)
    if vorm == "tekst":
        return TekstOnderwerp(key, tekst)
    if vorm == "interne_taak":
        return InterneTaakOnderwerp(key, taak)
    if vorm == "klantcontact":
        return KlantcontactOnderwerp(key, klantcontact)
    return _VERWIJZENDE[vorm](key, url, _identificator(codes))


def _inhoudsdeel(row: Row) -> Inhoudsdeel:
    _, key, vorm, onderdeel, tekst, url, *codes = cast("Any", row)
    if vorm == "tekst":
        return TekstInhoud(key, onderdeel, tekst)
    return _VERWIJZENDE_INHOUD[vorm](key, onderdeel, url, _identificator(codes))


def _identificator(codes: Sequence[str | None]) -> Identificator | None:
    return None if codes[0] is None else Identificator(*map(str, codes))


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
        return await self._reader.owned(_onderwerp, _ONDERWERPEN, ids)

    async def inhoud_by_klantcontact(
        self, ids: Sequence[UUID]
    ) -> list[list[Inhoudsdeel]]:
        """What each klantcontact contained."""
        return await self._reader.owned(_inhoudsdeel, _INHOUD, ids)
