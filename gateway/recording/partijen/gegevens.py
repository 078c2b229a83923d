"""What a partij is registered with, and what of it is a mistake."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from uuid import UUID

import msgspec

from gateway.recording.fouten import FoutCode, Fouten
from gateway.recording.waarden.adressen import Adres, check_adressen
from gateway.recording.waarden.digitale_adressen import (
    DigitaalAdres,
    Eigenaar,
    check_digitale_adressen,
)
from gateway.recording.waarden.externe_identificaties import (
    NATUURLIJK,
    NIET_NATUURLIJK,
    SOORTEN,
    ExterneIdentificatie,
    check_externe_identificatie,
)
from gateway.recording.waarden.namen import Contactnaam
from gateway.recording.waarden.paden import below
from gateway.recording.waarden.partijen import (
    Namens,
    Partij,
    check_namens,
    check_partij,
)
from gateway.recording.waarden.teksten import normalised

CONTACTGEGEVENS = (
    "contactnaam",
    "naam",
    "interne_notitie",
    "voorkeurstaal",
    "adressen",
    "digitale_adressen",
)
"""What a partij holds by consent only (seed V6898, the third case and the fourth)."""

SUBJECTEN: Mapping[str, str] = MappingProxyType(
    {"persoon": NATUURLIJK, "organisatie": NIET_NATUURLIJK}
)
"""Whom an identificatie names, by the soort of the partij; a contactpersoon: nobody."""

# Where the graph has what a value of a register says.
_PLACES: Mapping[str, str] = MappingProxyType(
    {
        **{name: f"overig.{name}" for name in ("register", "soort", "waarde", "land")},
        "kvkNummer": "vestiging.kvkNummer",
    }
)


class NamensGegevens(msgspec.Struct, frozen=True, kw_only=True):
    """For whom a contactpersoon acted, and how."""

    partij_id: UUID
    formeel: bool
    vastgesteld_op: datetime
    hoedanigheid: str | None = None

    @property
    def namens(self) -> Namens:
        """How."""
        return Namens(
            formeel=self.formeel,
            vastgesteld_op=self.vastgesteld_op,
            hoedanigheid=self.hoedanigheid,
        )


class PartijGegevens(msgspec.Struct, frozen=True, kw_only=True):
    """All of it.

    Attributes:
        identificatie: by which it is found, if it is there already.
        namens: of a contactpersoon only.
    """

    soort_partij: str
    identificatie: ExterneIdentificatie | None = None
    contactnaam: Contactnaam | None = None
    naam: str | None = None
    interne_notitie: str | None = None
    indicatie_geheimhouding: bool | None = None
    voorkeurstaal: str | None = None
    adressen: tuple[Adres, ...] = ()
    digitale_adressen: tuple[DigitaalAdres, ...] = ()
    namens: NamensGegevens | None = None

    @property
    def partij(self) -> Partij:
        """What it says of itself."""
        names = Partij.__struct_fields__
        return Partij(**{name: getattr(self, name) for name in names})

    def contactgegevens(self, pad: str) -> tuple[str, ...]:
        """Give the pad of each part that takes consent.

        Args:
            pad: of all of it.
        """
        given = (name for name in CONTACTGEGEVENS if getattr(self, name))
        return tuple(below(pad, name) for name in given)

    def leeg(self) -> "PartijGegevens":
        """Give it without what takes consent."""
        return PartijGegevens(
            soort_partij=self.soort_partij,
            identificatie=self.identificatie,
            indicatie_geheimhouding=self.indicatie_geheimhouding,
            namens=self.namens,
        )


def check_gegevens(
    asked: PartijGegevens, pad: str, fouten: Fouten, *, now: datetime
) -> PartijGegevens:
    """Check what is given, and give it as it is to be written.

    Args:
        asked: what a partij is registered with.
        pad: of it.
        fouten: where mistakes go.
        now: the moment.
    """
    partij = check_partij(asked.partij, pad, fouten)
    names = Partij.__struct_fields__
    if asked.namens is not None:
        where = below(pad, "namens")
        check_namens(asked.namens.namens, where, fouten, now=now)
    return msgspec.structs.replace(
        asked,
        **{name: getattr(partij, name) for name in names},
        identificatie=_identificatie(asked, pad, fouten),
        adressen=check_adressen(asked.adressen, below(pad, "adressen"), fouten),
        digitale_adressen=check_digitale_adressen(
            asked.digitale_adressen,
            below(pad, "digitale_adressen"),
            fouten,
            eigenaar=Eigenaar.PARTIJ,
        ),
    )


def _identificatie(
    asked: PartijGegevens, pad: str, fouten: Fouten
) -> ExterneIdentificatie | None:
    where = below(pad, "identificatie")
    if asked.identificatie is not None:
        return check_identificatie(
            asked.identificatie, where, fouten, soort_partij=asked.soort_partij
        )
    # R6.6; a contactpersoon normally has none (R6.5).
    if asked.soort_partij in SUBJECTEN:
        melding = f"Een {asked.soort_partij} heeft minstens één externe identificatie."
        fouten.add(FoutCode.VERPLICHT, where, melding)
    return None


def check_identificatie(
    value: ExterneIdentificatie, pad: str, fouten: Fouten, *, soort_partij: str
) -> ExterneIdentificatie:
    """Check what names a partij elsewhere; of a persoon that is a natural person (R6.3).

    Args:
        value: where its soort says not whom it names, the soort of the partij does.
        pad: of it.
        fouten: where mistakes go.
        soort_partij: of the partij.
    """
    own = SUBJECTEN.get(soort_partij)
    known = SOORTEN.get(normalised(value.soort or ""))
    if known is None:
        value = msgspec.structs.replace(value, soort_subject=own)
    found = Fouten()
    written = check_externe_identificatie(value, "", found)
    for each in found:
        # Whom it names is no field of the graph: the soort of the partij says it.
        if each.pad != "soortSubject":
            where = _PLACES.get(each.pad, each.pad)
            fouten.add(each.code, f"{pad}.{where}" if where else pad, each.melding)
    has_subject = written.subject_url is not None or written.subject_naam is not None
    if written.soort_subject != own or (has_subject and own is None):
        melding = f"Zo'n identificatie is niet van een {soort_partij}."
        fouten.add(FoutCode.NIET_TOEGESTAAN, pad, melding)
    return written
