"""Betrokkenen: who took part in a klantcontact, other than the municipality."""

from collections.abc import Sequence
from operator import attrgetter
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import any_, select

from gateway.store import tables
from gateway.store.compiled import by_key
from gateway.store.contactnaam import Contactnaam
from gateway.store.reader import Reader, by_owner, uuids


class Betrokkene(Contactnaam, frozen=True):
    """One who took part, with contact data for this klantcontact only."""

    id: UUID
    klantcontact_id: UUID
    partij_id: UUID | None
    rol: str
    initiator: bool
    organisatienaam: str | None


class TookPart(NamedTuple):
    """One who took part in a klantcontact, by keys; `partij` None for who is not known."""

    klantcontact: UUID
    betrokkene: UUID
    partij: UUID | None


_B = tables.betrokkenen
_TOOK_PART = by_key(
    select(_B.c.klantcontact_id)
    .distinct()
    .where(
        _B.c.klantcontact_id == any_(uuids("ids")),
        _B.c.partij_id == any_(uuids("partijen")),
    )
)
_WHO = by_key(
    select(_B.c.klantcontact_id, _B.c.id, _B.c.partij_id).where(
        _B.c.klantcontact_id == any_(uuids("ids"))
    )
)
_BY_KLANTCONTACT = by_owner(
    Betrokkene, tables.betrokkenen, "klantcontact_id", order=("-initiator", "rol", "id")
)


class Betrokkenen:
    """Reads betrokkenen."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    async def betrokkenen_by_klantcontact(
        self, ids: Sequence[UUID]
    ) -> list[list[Betrokkene]]:
        """Of each klantcontact, the one who took the initiative first."""
        return await self._reader.grouped(
            Betrokkene, _BY_KLANTCONTACT, ids, attrgetter("klantcontact_id")
        )

    async def klantcontacten_of(
        self, ids: Sequence[UUID], partijen: Sequence[UUID]
    ) -> set[UUID]:
        """Say in which of these klantcontacten any of these partijen took part."""
        if not ids or not partijen:
            return set()
        rows = await self._reader.rows(
            _TOOK_PART, ids=list(ids), partijen=list(partijen)
        )
        return {UUID(str(row[0])) for row in rows}

    async def who_took_part(self, ids: Sequence[UUID]) -> list[TookPart]:
        """Name the betrokkenen of these klantcontacten, and the partij of each."""
        rows = await self._reader.rows(_WHO, ids=list(ids))
        return [
            TookPart(
                UUID(str(klantcontact)),
                UUID(str(betrokkene)),
                None if partij is None else UUID(str(partij)),
            )
            for klantcontact, betrokkene, partij in rows
        ]
