"""Where a partij, or a betrokkene for one klantcontact, can be reached."""

from collections.abc import Sequence
from datetime import date
from operator import attrgetter
from uuid import UUID

import msgspec
from sqlalchemy import any_, select

from gateway.store import tables
from gateway.store.compiled import by_key
from gateway.store.reader import Reader, by_owner, columns, uuids


class DigitaalAdres(msgspec.Struct, frozen=True):
    """An address bound to no place: e-mail, telephone, social media."""

    id: UUID
    partij_id: UUID | None
    betrokkene_id: UUID | None
    soort: str
    adres: str
    omschrijving: str | None
    platform: str | None
    verificatie_datum: date | None
    standaard: bool
    versie: int


class Adres(msgspec.Struct, frozen=True):
    """A place: bezoekadres or correspondentieadres."""

    id: UUID
    partij_id: UUID | None
    betrokkene_id: UUID | None
    soort: str
    vorm: str
    nummeraanduiding_id: str | None
    straatnaam: str | None
    huisnummer: int | None
    huisnummertoevoeging: str | None
    postbusnummer: int | None
    antwoordnummer: int | None
    postcode: str | None
    plaats: str | None
    adresregel1: str | None
    adresregel2: str | None
    adresregel3: str | None
    land: str | None


class Adressen:
    """Reads addresses of both owners; `<what>_by_<owner>`, in the owners' order."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    async def digitale_adressen_by_id(
        self, ids: Sequence[UUID]
    ) -> list[DigitaalAdres | None]:
        """One per id, None where there is none."""
        found = await self._reader.records(
            DigitaalAdres, _DIGITAAL_BY_ID, ids=list(dict.fromkeys(ids))
        )
        by_id = {adres.id: adres for adres in found}
        return [by_id.get(key) for key in ids]

    async def digitale_adressen_by_partij(
        self, ids: Sequence[UUID]
    ) -> list[list[DigitaalAdres]]:
        """The standard address of a soort first."""
        return await self._reader.grouped(
            DigitaalAdres, _DIGITAAL["partij_id"], ids, attrgetter("partij_id")
        )

    async def digitale_adressen_by_betrokkene(
        self, ids: Sequence[UUID]
    ) -> list[list[DigitaalAdres]]:
        """Given for one klantcontact only."""
        return await self._reader.grouped(
            DigitaalAdres, _DIGITAAL["betrokkene_id"], ids, attrgetter("betrokkene_id")
        )

    async def adressen_by_partij(self, ids: Sequence[UUID]) -> list[list[Adres]]:
        """At most one of each soort."""
        return await self._reader.grouped(
            Adres, _ADRESSEN["partij_id"], ids, attrgetter("partij_id")
        )

    async def adressen_by_betrokkene(self, ids: Sequence[UUID]) -> list[list[Adres]]:
        """At most one of each soort."""
        return await self._reader.grouped(
            Adres, _ADRESSEN["betrokkene_id"], ids, attrgetter("betrokkene_id")
        )


_D = tables.digitale_adressen
_DIGITAAL_BY_ID = by_key(
    select(*columns(DigitaalAdres, _D)).where(_D.c.id == any_(uuids("ids")))
)
_DIGITAAL = {
    owner: by_owner(
        DigitaalAdres, _D, owner, order=("soort", "-standaard", "adres", "id")
    )
    for owner in ("partij_id", "betrokkene_id")
}
_ADRESSEN = {
    owner: by_owner(Adres, tables.adressen, owner, order=("soort",))
    for owner in ("partij_id", "betrokkene_id")
}
