"""The types of zaken, statussen, resultaten and documents: the Catalogi API.

Source: Catalogi API 1.3.1 (Open Zaak 1.30); the schema is named like the record.
"""

from collections.abc import Sequence
from enum import StrEnum

from gateway.errors import GatewayError
from gateway.registers.reading.by_url import ByUrl
from gateway.registers.records import (
    Int32,
    Record,
    Resource,
)
from gateway.vertrouwelijkheid import Vertrouwelijkheidaanduiding


class IndicatieInternOfExtern(StrEnum):
    """Whether a zaak starts inside the organisation or outside.

    Source: IndicatieInternOfExternEnum.
    """

    INTERN = "intern"
    EXTERN = "extern"


class ZaakType(Record, frozen=True, kw_only=True):
    """A version of a kind of zaak; `identificatie` is what versions share."""

    identificatie: str | None = None
    omschrijving: str
    omschrijving_generiek: str | None = None
    vertrouwelijkheidaanduiding: Vertrouwelijkheidaanduiding
    doel: str | None
    toelichting: str | None = None
    indicatie_intern_of_extern: IndicatieInternOfExtern
    onderwerp: str
    doorlooptijd: str
    servicenorm: str | None = None


class StatusType(Record, frozen=True, kw_only=True):
    """A kind of step; `statustekst` is written for the initiator."""

    omschrijving: str
    omschrijving_generiek: str | None = None
    statustekst: str | None = None
    volgnummer: Int32
    is_eindstatus: bool
    informeren: bool | None = None
    doorlooptijd: str | None = None
    toelichting: str | None = None


class ResultaatType(Record, frozen=True, kw_only=True):
    """A kind of outcome."""

    omschrijving: str
    omschrijving_generiek: str | None
    toelichting: str | None = None


class InformatieObjectType(Record, frozen=True, kw_only=True):
    """A version of a kind of document."""

    omschrijving: str
    vertrouwelijkheidaanduiding: Vertrouwelijkheidaanduiding
    informatieobjectcategorie: str


ZAAKTYPEN = Resource(
    kind="catalogi", path="zaaktypen", record=ZaakType, lifetime="types"
)
STATUSTYPEN = Resource(
    kind="catalogi",
    path="statustypen",
    record=StatusType,
    lifetime="types",
    parent=("zaaktype", "zaaktypen"),
)
RESULTAATTYPEN = Resource(
    kind="catalogi",
    path="resultaattypen",
    record=ResultaatType,
    lifetime="types",
    parent=("zaaktype", "zaaktypen"),
)
INFORMATIEOBJECTTYPEN = Resource(
    kind="catalogi",
    path="informatieobjecttypen",
    record=InformatieObjectType,
    lifetime="types",
)
RESOURCES = (ZAAKTYPEN, STATUSTYPEN, RESULTAATTYPEN, INFORMATIEOBJECTTYPEN)


class Catalogi:
    """All registers of kind `catalogi`, for one request.

    Every method gives one answer per URL, in the URLs' order, and costs one request
    per record that is not known, side by side; errors are returned.
    """

    def __init__(self, by_url: ByUrl) -> None:
        self._by_url = by_url

    async def zaaktypen_by_url(
        self, urls: Sequence[str]
    ) -> list[ZaakType | GatewayError]:
        """Read versions of kinds of zaken."""
        return await self._by_url.read(ZAAKTYPEN, urls)

    async def statustypen_by_url(
        self, urls: Sequence[str]
    ) -> list[StatusType | GatewayError]:
        """Read kinds of steps."""
        return await self._by_url.read(STATUSTYPEN, urls)

    async def resultaattypen_by_url(
        self, urls: Sequence[str]
    ) -> list[ResultaatType | GatewayError]:
        """Read kinds of outcomes."""
        return await self._by_url.read(RESULTAATTYPEN, urls)

    async def informatieobjecttypen_by_url(
        self, urls: Sequence[str]
    ) -> list[InformatieObjectType | GatewayError]:
        """Read versions of kinds of documents."""
        return await self._by_url.read(INFORMATIEOBJECTTYPEN, urls)
