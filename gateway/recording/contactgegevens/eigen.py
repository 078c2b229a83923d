"""Contact data of a partij: whose they are, and whether they may be kept.

A klant gives, changes and removes their own (KLUIT01). What a partij keeps is for reuse,
outside the contact it was given in: that takes consent (seed V6898, R3.5), now or
earlier. Removing does not.
"""

from collections.abc import Mapping
from uuid import UUID

from gateway.recording.fouten import FoutCode, Fouten
from gateway.recording.partijen.gekend import heeft_toestemming
from gateway.recording.recorder import Recording
from gateway.store.writing import partijen

Row = Mapping[str, object]

TOESTEMMING = "toestemmingHergebruik"
"""The argument that says consent is given now."""


def is_own(recording: Recording, partij: UUID | None) -> bool:
    """Whether who asks may change what is this partij's; of None there is nothing."""
    own = recording.own
    return partij is not None and (own is None or partij in own)


async def lock_partij(recording: Recording, key: UUID, pad: str) -> Row | None:
    """Read a partij, whose data nobody else changes before the end.

    Another's is told to a klant as one that is not there.
    """
    found = await partijen.lock(recording.tx, key) if is_own(recording, key) else None
    if found is None:
        melding = "Deze partij is er niet."
        recording.fouten.add(FoutCode.NIET_GEVONDEN, pad, melding)
    return found


async def check_toestemming(
    recording: Recording, partij: UUID, fouten: Fouten, *, nu: bool
) -> None:
    """Note a mistake where consent is not given now, and was not earlier."""
    if not nu and not await heeft_toestemming(recording, partij):
        melding = (
            "Deze gegevens worden bewaard om te hergebruiken; daarvoor heeft de klant"
            " geen toestemming gegeven."
        )
        fouten.add(FoutCode.GEEN_TOESTEMMING, TOESTEMMING, melding)
