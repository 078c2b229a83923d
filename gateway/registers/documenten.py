"""What is known about documents, never their content: the Documenten API.

Source: Documenten API 1.4.2 (Open Zaak 1.30); the schema is named like the record.
"""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum

from gateway.errors import GatewayError
from gateway.registers.by_url import Clients
from gateway.registers.directory import Directory
from gateway.registers.records import (
    DateTime,
    Int32,
    Record,
    Resource,
    Size,
    Vertrouwelijkheidaanduiding,
)
from gateway.registers.zoek import zoek_by_url


class Documentstatus(StrEnum):
    """How far a document is.

    Source: StatusEnum.
    """

    IN_BEWERKING = "in_bewerking"
    TER_VASTSTELLING = "ter_vaststelling"
    DEFINITIEF = "definitief"
    GEARCHIVEERD = "gearchiveerd"


class EnkelvoudigInformatieObject(Record, frozen=True, kw_only=True):
    """A document's metadata, of its newest version."""

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


ENKELVOUDIGINFORMATIEOBJECTEN = Resource(
    kind="documenten",
    path="enkelvoudiginformatieobjecten",
    record=EnkelvoudigInformatieObject,
)


class Documenten:
    """All registers of kind `documenten`."""

    def __init__(self, clients: Clients, directory: Directory) -> None:
        self._clients = clients
        self._directory = directory

    async def documenten_by_url(
        self, urls: Sequence[str]
    ) -> list[EnkelvoudigInformatieObject | GatewayError]:
        """Read metadata; costs one request per register and page.

        One answer per URL, in the URLs' order; errors are returned. Missing says
        absent or not shown to this gateway: `_zoek` does not tell.
        """
        return await zoek_by_url(
            self._clients, self._directory, ENKELVOUDIGINFORMATIEOBJECTEN, urls
        )
