"""Partijen: what is known of one itself, and for whom a contactpersoon acted."""

from datetime import datetime

import msgspec

from gateway.recording.fouten import FoutCode, Fouten
from gateway.recording.waarden.codes import check_taal
from gateway.recording.waarden.klantcontacten import CLOCKS_DIFFER
from gateway.recording.waarden.namen import (
    Contactnaam,
    check_contactnaam,
    check_naam_naar_soort,
    check_organisatienaam,
)
from gateway.recording.waarden.paden import below
from gateway.recording.waarden.teksten import Tekst, check_one_of, check_tekst

SOORTEN = ("persoon", "organisatie", "contactpersoon")
HOEDANIGHEDEN = ("werknemer", "eigenaar", "gemachtigde", "anders")
INTERNE_NOTITIE = Tekst(1000, regels=True)


class Partij(msgspec.Struct, frozen=True, kw_only=True):
    """What a partij says of itself."""

    soort_partij: str
    contactnaam: Contactnaam | None = None
    naam: str | None = None
    interne_notitie: str | None = None
    indicatie_geheimhouding: bool | None = None
    voorkeurstaal: str | None = None

    def columns(self) -> dict[str, object]:
        """Give it as columns of `partijen`."""
        found = msgspec.structs.asdict(self)
        del found["contactnaam"]
        return found | msgspec.structs.asdict(self.contactnaam or Contactnaam())


class Namens(msgspec.Struct, frozen=True, kw_only=True):
    """That a contactpersoon acted for another, as was established then (R4.21).

    Attributes:
        formeel: whether there was a mandate.
    """

    formeel: bool
    vastgesteld_op: datetime
    hoedanigheid: str | None = None


def check_partij(value: Partij, pad: str, fouten: Fouten) -> Partij:
    """Check what a partij says of itself, by its soort."""
    check_one_of(value.soort_partij, SOORTEN, below(pad, "soort_partij"), fouten)
    check_naam_naar_soort(
        value.contactnaam, value.naam, pad, fouten, soort_partij=value.soort_partij
    )
    notitie, contactnaam = below(pad, "interne_notitie"), value.contactnaam
    if contactnaam is not None:
        where = below(pad, "contactnaam")
        contactnaam = check_contactnaam(contactnaam, where, fouten)
    return msgspec.structs.replace(
        value,
        contactnaam=contactnaam,
        naam=check_organisatienaam(value.naam, below(pad, "naam"), fouten),
        interne_notitie=check_tekst(
            value.interne_notitie, notitie, fouten, INTERNE_NOTITIE
        ),
        voorkeurstaal=check_taal(
            value.voorkeurstaal, below(pad, "voorkeurstaal"), fouten
        ),
    )


def check_namens(value: Namens, pad: str, fouten: Fouten, *, now: datetime) -> Namens:
    """Check how someone acted for another; that is always in the past."""
    if value.hoedanigheid is not None:
        where = below(pad, "hoedanigheid")
        check_one_of(value.hoedanigheid, HOEDANIGHEDEN, where, fouten)
    if value.vastgesteld_op > now + CLOCKS_DIFFER:
        melding = "Namens wie iemand optrad, is al vastgesteld."
        where = below(pad, "vastgesteld_op")
        fouten.add(FoutCode.IN_DE_TOEKOMST, where, melding)
    return value
