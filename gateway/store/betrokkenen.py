"""Betrokkenen: who took part in a klantcontact, other than the municipality."""

from collections.abc import Sequence
from operator import attrgetter
from uuid import UUID

from gateway.store import tables
from gateway.store.contactnaam import Contactnaam
from gateway.store.reader import Reader, by_owner


class Betrokkene(Contactnaam, frozen=True):
    """One who took part, with contact data for this klantcontact only."""

    id: UUID
    klantcontact_id: UUID
    partij_id: UUID | None
    rol: str
    initiator: bool
    organisatienaam: str | None


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
