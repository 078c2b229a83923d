"""What is known about documents, never their content: the Documenten API.

Source: Documenten API 1.4.2 (Open Zaak 1.30); the schema is named like the record. What
only a newer Documenten API has, says so.
"""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum

from gateway.errors import GatewayError
from gateway.registers.reading.by_url import ByUrl
from gateway.registers.records import (
    DateTime,
    Int32,
    Record,
    Resource,
    Size,
)
from gateway.vertrouwelijkheid import Vertrouwelijkheidaanduiding


class Documentstatus(StrEnum):
    """How far a document is.

    Source: StatusEnum.
    """

    IN_BEWERKING = "in_bewerking"
    TER_VASTSTELLING = "ter_vaststelling"
    DEFINITIEF = "definitief"
    GEARCHIVEERD = "gearchiveerd"


class EnkelvoudigInformatieObject(Record, frozen=True, kw_only=True):
    """A document's metadata, of its newest version.

    Attributes:
        tonen_aan_initiator: whether the zaak's initiator may see it; None where the
            register does not say. Source: Documenten API 1.7.1.
    """

    identificatie: str | None = None
    bronorganisatie: str
    creatiedatum: date
    titel: str
    vertrouwelijkheidaanduiding: Vertrouwelijkheidaanduiding | None = None
    auteur: str
    status: Documentstatus | None = None
    formaat: str | None = None
    taal: str
    versie: Int32
    begin_registratie: DateTime
    bestandsnaam: str | None = None
    bestandsomvang: Size | None = None
    beschrijving: str | None = None
    ontvangstdatum: date | None = None
    verzenddatum: date | None = None
    informatieobjecttype: str
    trefwoorden: tuple[str, ...] = ()
    tonen_aan_initiator: bool | None = None


ENKELVOUDIGINFORMATIEOBJECTEN = Resource(
    kind="documenten",
    path="enkelvoudiginformatieobjecten",
    record=EnkelvoudigInformatieObject,
    lifetime="documenten",
    zoek=True,
)
RESOURCES = (ENKELVOUDIGINFORMATIEOBJECTEN,)


class Documenten:
    """All registers of kind `documenten`, for one request."""

    def __init__(self, by_url: ByUrl) -> None:
        self._by_url = by_url

    async def documenten_by_url(
        self, urls: Sequence[str]
    ) -> list[EnkelvoudigInformatieObject | GatewayError]:
        """Read metadata; costs one request per register and page.

        One answer per URL, in the URLs' order; errors are returned. Missing says
        absent or not shown to this gateway: `_zoek` does not tell.
        """
        return await self._by_url.read(ENKELVOUDIGINFORMATIEOBJECTEN, urls)
