"""What an employee's role or a system's scope allows: the same words for both."""

from enum import StrEnum

import msgspec

from gateway.vertrouwelijkheid import Vertrouwelijkheidaanduiding, within


class Recht(StrEnum):
    """One thing that may be allowed; a system's scope is spelled the same."""

    PARTIJEN = "partijen.lezen"
    IDENTIFICATIES = "identificaties.lezen"
    NOTITIES = "notities.lezen"
    KLANTCONTACTEN = "klantcontacten.lezen"
    VERTROUWELIJK = "vertrouwelijk.lezen"
    INTERNE_TAKEN = "internetaken.lezen"
    ACTOREN = "actoren.lezen"
    ZAKEN = "zaken.lezen"
    DOCUMENTEN = "documenten.lezen"
    OBJECTEN = "objecten.lezen"
    PARTIJEN_SCHRIJVEN = "partijen.schrijven"
    PARTIJEN_VERWIJDEREN = "partijen.verwijderen"
    KLANTCONTACTEN_SCHRIJVEN = "klantcontacten.schrijven"
    KLANTCONTACTEN_CORRIGEREN = "klantcontacten.corrigeren"
    INTERNE_TAKEN_SCHRIJVEN = "internetaken.schrijven"
    ACTOREN_SCHRIJVEN = "actoren.schrijven"


class Grant(msgspec.Struct, frozen=True):
    """What one role or scope allows, all of it together.

    Attributes:
        rechten: what may be done.
        zaaktypen: codes (`identificatie`) of the zaaktypen that may be seen; None for
            all.
        vertrouwelijkheid: the most confidential zaken and documents that may be seen.
    """

    rechten: frozenset[Recht]
    zaaktypen: frozenset[str] | None = None
    vertrouwelijkheid: Vertrouwelijkheidaanduiding = (
        Vertrouwelijkheidaanduiding.ZEER_GEHEIM
    )

    def shows_zaak(
        self, zaaktype: str | None, found: Vertrouwelijkheidaanduiding | None
    ) -> bool:
        """Whether it allows a zaak of this type, as confidential as this."""
        return (
            Recht.ZAKEN in self.rechten
            and (self.zaaktypen is None or zaaktype in self.zaaktypen)
            and within(found, self.vertrouwelijkheid)
        )

    def shows_document(self, found: Vertrouwelijkheidaanduiding | None) -> bool:
        """Whether it allows a document as confidential as this."""
        return Recht.DOCUMENTEN in self.rechten and within(
            found, self.vertrouwelijkheid
        )
