"""What to use to follow up a klantcontact.

What a betrokkene gave for it, else what they gave as the partij they are gekend as: per
kind of data, never mixed within one (seed 001, KLUIT04; Gegevenswoordenboek, Betrokkene).
"""

import asyncio
from collections.abc import Callable, Sequence, Set as AbstractSet
from enum import StrEnum
from typing import TypeVar
from uuid import UUID

import msgspec

from gateway.store.adressen import Adres, Adressen, DigitaalAdres
from gateway.store.betrokkenen import Betrokkene
from gateway.store.contactnaam import Contactnaam
from gateway.store.partijen import Organisatie, Partij, Partijen

T = TypeVar("T")


class Herkomst(StrEnum):
    """Who gave what is used."""

    BETROKKENE = "betrokkene"
    PARTIJ = "partij"


class RedenNietGebruiken(StrEnum):
    """Why what a partij gave is not to be used.

    Not that somebody died: no date of that is kept here, nor read from the BRP.
    """

    GEHEIMHOUDING = "geheimhouding"
    NIET_ACTIEF = "niet_actief"


class Naam(msgspec.Struct, frozen=True):
    """What somebody is called: one kind of data, of which a part may be absent."""

    contactnaam: Contactnaam | None
    organisatienaam: str | None


class Digitaal(msgspec.Struct, frozen=True):
    """Digital addresses, and which of them is preferred to the others."""

    adressen: list[DigitaalAdres]
    voorkeur: DigitaalAdres | None


class Opgave(msgspec.Struct, frozen=True):
    """What was given, by kind of data; None for a kind that was left empty."""

    naam: Naam | None = None
    bezoekadres: Adres | None = None
    correspondentieadres: Adres | None = None
    digitaal: Digitaal | None = None


class Contactgegevens(msgspec.Struct, frozen=True):
    """Of one betrokkene.

    Attributes:
        eenmalig: what they gave for this klantcontact only.
        partij: as whom they are gekend; None when they are not.
        standaard: what they gave as that partij.
        opvolging: whether the klantcontact still has to be followed up, and it was
            established at it who it was.
    """

    betrokkene: Betrokkene
    eenmalig: Opgave
    partij: Partij | None
    standaard: Opgave
    opvolging: bool

    def needs_partij(self, kind: Callable[[Opgave], object]) -> bool:
        """Whether what is used, or that there is nothing, depends on the partij."""
        return self.partij is not None and kind(self.eenmalig) is None

    def used(
        self, kind: Callable[[Opgave], T | None]
    ) -> tuple[T | None, Herkomst | None]:
        """Say what is used of a kind of data and who gave it; None where nobody did."""
        given = kind(self.eenmalig)
        if given is not None:
            return given, Herkomst.BETROKKENE
        kept = kind(self.standaard)
        return kept, None if kept is None else Herkomst.PARTIJ

    @property
    def redenen_niet_gebruiken(self) -> list[RedenNietGebruiken]:
        """Why what the partij gave is not to be used; what is eenmalig may be."""
        if self.partij is None:
            return []
        reasons = {
            RedenNietGebruiken.GEHEIMHOUDING: self.partij.indicatie_geheimhouding,
            RedenNietGebruiken.NIET_ACTIEF: not self.partij.indicatie_actief,
        }
        return [reason for reason, holds in reasons.items() if holds]


async def contactgegevens_of(
    betrokkenen: Sequence[Betrokkene],
    partijen: Partijen,
    adressen: Adressen,
    *,
    opvolging: AbstractSet[UUID],
) -> list[Contactgegevens]:
    """Read what to use for each betrokkene, in their order.

    Args:
        betrokkenen: who took part.
        opvolging: keys of klantcontacten that still have to be followed up, and at
            which it was established who it was.
        partijen: where they may be gekend.
        adressen: of both owners.
    """
    ids = [each.id for each in betrokkenen]
    known = [*{each.partij_id: None for each in betrokkenen if each.partij_id}]
    places, digital, found, kept_places, kept_digital = await asyncio.gather(
        adressen.adressen_by_betrokkene(ids),
        adressen.digitale_adressen_by_betrokkene(ids),
        partijen.partijen_by_id(known),
        adressen.adressen_by_partij(known),
        adressen.digitale_adressen_by_partij(known),
    )
    kept = map(_standaard, found, kept_places, kept_digital)
    gekend: dict[UUID | None, tuple[Partij | None, Opgave]] = {
        key: (partij, opgave)
        for key, partij, opgave in zip(known, found, kept, strict=True)
    }
    gave = map(_eenmalig, betrokkenen, places, digital)
    return [
        Contactgegevens(
            each,
            opgave,
            *gekend.get(each.partij_id, (None, Opgave())),
            each.klantcontact_id in opvolging,
        )
        for each, opgave in zip(betrokkenen, gave, strict=True)
    ]


def _eenmalig(
    betrokkene: Betrokkene, places: list[Adres], digital: list[DigitaalAdres]
) -> Opgave:
    contactnaam = betrokkene if betrokkene.volledige_naam else None
    return _opgave(Naam(contactnaam, betrokkene.organisatienaam), places, digital, None)


def _standaard(
    partij: Partij | None, places: list[Adres], digital: list[DigitaalAdres]
) -> Opgave:
    if partij is None:
        return Opgave()
    if isinstance(partij, Organisatie):
        naam = Naam(None, partij.naam)
    else:
        naam = Naam(partij if partij.volledige_naam else None, None)
    return _opgave(naam, places, digital, partij.voorkeurs_digitaal_adres_id)


def _opgave(
    naam: Naam,
    places: list[Adres],
    digital: list[DigitaalAdres],
    preferred: UUID | None,
) -> Opgave:
    at = {each.soort: each for each in places}
    voorkeur = next((each for each in digital if each.id == preferred), None)
    return Opgave(
        naam if naam.contactnaam or naam.organisatienaam else None,
        at.get("bezoekadres"),
        at.get("correspondentieadres"),
        Digitaal(digital, voorkeur) if digital else None,
    )
