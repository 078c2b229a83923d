"""Zaken, and their statussen and resultaten: the Zaken API.

Source: Zaken API 1.5.1 (Open Zaak 1.30); the schema is named like the record.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Self
from uuid import UUID

import msgspec
from msgspec.structs import replace

from gateway.errors import GatewayError
from gateway.identificatie import Identificatie
from gateway.registers.reading.by_url import ByUrl
from gateway.registers.records import (
    Beside,
    DateTime,
    Record,
    Resource,
    parse_uuid,
    sibling,
)
from gateway.vertrouwelijkheid import Vertrouwelijkheidaanduiding

# Without them 412, with another value 406; other resources of this API need neither.
_CRS: Mapping[str, str] = MappingProxyType(
    {"Accept-Crs": "EPSG:4326", "Content-Crs": "EPSG:4326"}
)


class Betalingsindicatie(StrEnum):
    """Whether the costs were paid.

    Source: BetalingsindicatieEnum; Open Zaak has three more than the standard.
    """

    NVT = "nvt"
    NOG_NIET = "nog_niet"
    GEDEELTELIJK = "gedeeltelijk"
    GEHEEL = "geheel"
    GEFACTUREERD = "gefactureerd"
    GECREDITEERD = "gecrediteerd"
    BETAALD = "betaald"


class Archiefnominatie(StrEnum):
    """What becomes of a dossier on its archiefactiedatum.

    Source: ArchiefnominatieEnum.
    """

    BLIJVEND_BEWAREN = "blijvend_bewaren"
    VERNIETIGEN = "vernietigen"


class Status(Record, frozen=True, kw_only=True):
    """A step a zaak has reached."""

    uuid: UUID
    zaak: str
    statustype: str
    datum_status_gezet: DateTime
    statustoelichting: str | None = None
    indicatie_laatst_gezette_status: bool


class Resultaat(Record, frozen=True, kw_only=True):
    """What came out of a zaak."""

    uuid: UUID
    zaak: str
    resultaattype: str
    toelichting: str | None = None


class ZaakExpand(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """What was asked for with `expand`.

    Source: ExpandZaak.
    """

    status: Status | None = None
    resultaat: Resultaat | None = None


class Zaak(Record, frozen=True, kw_only=True):
    """A coherent amount of work with a defined start and end."""

    uuid: UUID
    identificatie: str | None = None
    bronorganisatie: str
    omschrijving: str | None = None
    toelichting: str | None = None
    zaaktype: str
    registratiedatum: date | None = None
    startdatum: date
    einddatum: date | None
    einddatum_gepland: date | None = None
    uiterlijke_einddatum_afdoening: date | None = None
    vertrouwelijkheidaanduiding: Vertrouwelijkheidaanduiding | None = None
    betalingsindicatie: Betalingsindicatie | None = None
    archiefnominatie: Archiefnominatie | None = None
    archiefactiedatum: date | None = None
    hoofdzaak: str | None = None
    deelzaken: tuple[str, ...]
    status: str | None
    resultaat: str | None
    expand: ZaakExpand | None = msgspec.field(name="_expand", default=None)

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.expand is not None:
            self._check_own(self.expand.status, self.status)
            self._check_own(self.expand.resultaat, self.resultaat)

    def _check_own(self, expanded: Status | Resultaat | None, url: str | None) -> None:
        """Refuse an expanded record that is not the zaak's own."""
        if expanded is None:
            return
        named = parse_uuid((url or "").rpartition("/")[2])
        owner = parse_uuid(expanded.zaak.rpartition("/")[2])
        if named != expanded.uuid or owner != self.uuid:
            raise ValueError("an expanded record is not the zaak's own")

    def apart(self) -> tuple[Self, tuple[Beside, ...]]:
        """Take off what came along: it is kept, and read, as records of their own."""
        expand = self.expand or ZaakExpand()
        status = _own(self.status, self, STATUSSEN.path)
        resultaat = _own(self.resultaat, self, RESULTATEN.path)
        beside: list[Beside] = []
        if expand.status is not None and status is not None:
            beside.append(Beside(STATUSSEN, replace(expand.status, url=status)))
        if expand.resultaat is not None and resultaat is not None:
            beside.append(Beside(RESULTATEN, replace(expand.resultaat, url=resultaat)))
        plain = replace(self, status=status, resultaat=resultaat, expand=None)
        return plain, tuple(beside)


def _own(url: str | None, zaak: Zaak, path: str) -> str | None:
    """Name what is always at the zaak's own register as the zaak itself is named."""
    uuid = None if url is None else parse_uuid(url.rpartition("/")[2])
    return url if uuid is None else sibling(zaak.url, path, uuid)


STATUSSEN = Resource(
    kind="zaken",
    path="statussen",
    record=Status,
    lifetime="zaken",
    parent=("zaak", "zaken"),
)
RESULTATEN = Resource(
    kind="zaken",
    path="resultaten",
    record=Resultaat,
    lifetime="zaken",
    parent=("zaak", "zaken"),
)
ZAKEN = Resource(
    kind="zaken",
    path="zaken",
    record=Zaak,
    lifetime="zaken",
    zoek=True,
    headers=_CRS,
)
RESOURCES = (ZAKEN, STATUSSEN, RESULTATEN)


class Zaken:
    """All registers of kind `zaken`, for one request.

    Every method gives one answer per URL, in the URLs' order; errors are returned.
    """

    def __init__(self, by_url: ByUrl) -> None:
        self._by_url = by_url

    async def zaken_by_url(
        self, urls: Sequence[str], *, expand: frozenset[str] = frozenset()
    ) -> list[Zaak | GatewayError]:
        """Read zaken; costs one request per register and page.

        Missing says absent or not shown to this gateway: `_zoek` does not tell.

        Args:
            urls: of zaken.
            expand: `status` and `resultaat`, no others: zaaktypen are records of
                their own, and expanding them costs a register forty times the work.
                What comes along is read by its own URL, from memory.
        """
        return await self._by_url.read(ZAKEN, urls, expand)

    async def own(
        self, urls: Sequence[str], who: Identificatie
    ) -> list[bool | GatewayError]:
        """Say of zaken whether they have a rol of this person or organisation.

        Costs one request per register and page, one more for a vestiging, one more
        until its filter is proven; none for what is remembered. Where it does not
        filter, one for each zaak. False says nothing of whether there is such a zaak.

        Args:
            urls: of zaken.
            who: by BSN, RSIN, KVK-nummer or vestigingsnummer; of others none are.
        """
        return await self._by_url.own(ZAKEN, urls, who)

    async def statussen_by_url(
        self, urls: Sequence[str]
    ) -> list[Status | GatewayError]:
        """Read statussen; costs one request each, side by side."""
        return await self._by_url.read(STATUSSEN, urls)

    async def resultaten_by_url(
        self, urls: Sequence[str]
    ) -> list[Resultaat | GatewayError]:
        """Read resultaten; costs one request each, side by side."""
        return await self._by_url.read(RESULTATEN, urls)
