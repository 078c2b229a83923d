"""That one partij represented another, as was established then: no mandate (R4.21)."""

from uuid import UUID

import msgspec

from gateway.recording.fouten import FoutCode
from gateway.recording.recorder import Recording, Uitkomst
from gateway.recording.vaststelling import Vastgesteld, demand_vastgesteld
from gateway.store.writing import partijen as stored

SOORT = "vertegenwoordiging"


class Gevraagd(msgspec.Struct, frozen=True):
    """Who represented whom."""

    vertegenwoordiger: UUID
    vertegenwoordigde: UUID
    vastgesteld: Vastgesteld


async def voeg_toe(asked: Gevraagd, recording: Recording) -> Uitkomst:
    """Add it.

    Raises:
        Mistaken: with all that is wrong.
    """
    fouten, own = recording.fouten, asked.vertegenwoordiger
    if await _checked(asked, recording):
        melding = "Deze vertegenwoordiging is al vastgelegd."
        fouten.add(FoutCode.BESTAAT_AL, "vertegenwoordigde", melding)
    fouten.check()
    await stored.add_vertegenwoordiging(recording.tx, own, asked.vertegenwoordigde)
    for key in (own, asked.vertegenwoordigde):
        recording.made(SOORT, key)
    await _raise_versions(asked, recording)
    return Uitkomst({"partij": own})


async def verwijder(asked: Gevraagd, recording: Recording) -> Uitkomst:
    """Remove it.

    Raises:
        Mistaken: with all that is wrong.
    """
    fouten, own, van = (
        recording.fouten,
        asked.vertegenwoordiger,
        asked.vertegenwoordigde,
    )
    known = await _checked(asked, recording)
    if not known and not fouten:
        melding = "Deze vertegenwoordiging is niet vastgelegd."
        fouten.add(FoutCode.NIET_GEVONDEN, "vertegenwoordigde", melding)
    fouten.check()
    await stored.remove_vertegenwoordiging(recording.tx, own, van)
    oud: dict[str, object] = {
        "partij_id": van,
        "vertegenwoordigende_partij_id": own,
        "vertegenwoordigde_partij_id": van,
    }
    recording.removed(SOORT, own, oud)
    await _raise_versions(asked, recording)
    return Uitkomst({"partij": own})


async def _raise_versions(asked: Gevraagd, recording: Recording) -> None:
    """Have who saw either before, see that it changed."""
    for key in (asked.vertegenwoordiger, asked.vertegenwoordigde):
        await stored.change(recording.tx, key, {})


async def _checked(asked: Gevraagd, recording: Recording) -> bool:
    """Look at both, and say whether it is known already."""
    fouten, tx = recording.fouten, recording.tx
    demand_vastgesteld(asked.vastgesteld, recording)
    both = {
        "vertegenwoordiger": asked.vertegenwoordiger,
        "vertegenwoordigde": asked.vertegenwoordigde,
    }
    # In one order, so that nobody who locks both waits for another who does.
    locked = {key: await stored.lock(tx, key) for key in sorted(set(both.values()))}
    for pad, key in both.items():
        if locked[key] is None:
            fouten.add(FoutCode.NIET_GEVONDEN, pad, "Deze partij is er niet.")
    if asked.vertegenwoordiger == asked.vertegenwoordigde:
        melding = "Niemand vertegenwoordigt zichzelf."
        fouten.add(FoutCode.NIET_TOEGESTAAN, "vertegenwoordigde", melding)
        return False
    return await stored.has_vertegenwoordiging(tx, *both.values())
