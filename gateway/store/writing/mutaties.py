"""Who recorded, changed or removed what; added to, never changed."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from uuid import UUID

import msgspec

from gateway.store.tables import mutaties
from gateway.store.writing.transaction import Transaction


class Handeling(StrEnum):
    """What was done with a record."""

    GEMAAKT = "gemaakt"
    GEWIJZIGD = "gewijzigd"
    VERWIJDERD = "verwijderd"


class Door(msgspec.Struct, frozen=True, kw_only=True):
    """Who did it, when and why; see `gateway.identity.trail.who` for the names."""

    moment: datetime
    trace_id: str
    soort_aanvrager: str
    wie: str
    uitgever: str | None
    namens: str | None
    client: str | None
    verwerking: str
    mutatie: str


class Mutatie(msgspec.Struct, frozen=True):
    """Of one record.

    Attributes:
        soort: what it is: `klantcontact`, `partij` …
        record_id: its key.
        reden: why, of a correction.
        oud: the values that stood there, by column; None of what is new.
    """

    handeling: Handeling
    soort: str
    record_id: UUID
    reden: str | None = None
    oud: dict[str, object] | None = None


async def note(tx: Transaction, door: Door, done: Sequence[Mutatie]) -> None:
    """Add a row for each."""
    common = msgspec.structs.asdict(door)
    # As JSON says them: moments and uuids are texts there.
    rows = [msgspec.to_builtins(each) | {"record_id": each.record_id} for each in done]
    await tx.insert(mutaties, [common | row for row in rows])
