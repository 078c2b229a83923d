"""A partij is registered by itself: found or made, and filled as far as allowed."""

from uuid import UUID

import msgspec

from gateway.identity.rechten import Recht
from gateway.recording.fouten import FoutCode
from gateway.recording.partijen.gegevens import PartijGegevens
from gateway.recording.partijen.gekend import (
    gekende_partij,
    heeft_toestemming,
    vind,
)
from gateway.recording.recorder import Recording, Uitkomst
from gateway.recording.vastlegging import GEEN_TOESTEMMING
from gateway.recording.vaststelling import Vastgesteld, check_vastgesteld
from gateway.recording.waarden.paden import below

PAD = "invoer"


class Registratie(msgspec.Struct, frozen=True):
    """What is asked.

    Attributes:
        toestemming: for reuse, given now.
    """

    gegevens: PartijGegevens
    toestemming: bool
    vastgesteld: Vastgesteld


async def registreer(asked: Registratie, recording: Recording) -> Uitkomst:
    """Register a partij, or find it.

    Raises:
        Mistaken: with all that is wrong.
    """
    check_vastgesteld(asked.vastgesteld, recording)
    if asked.gegevens.interne_notitie is not None:
        check_notitie(recording)
    # Who may not know of a partij, is told nothing that depends on one.
    found = None if recording.fouten else await vind(asked.gegevens, recording)
    await check_toestemming(
        asked.gegevens.contactgegevens(PAD), found, recording, nu=asked.toestemming
    )
    key = await gekende_partij(
        asked.gegevens, recording, PAD, toestemming=asked.toestemming
    )
    recording.fouten.check()
    return Uitkomst({"partij": key})


def check_notitie(recording: Recording) -> None:
    """Refuse an interne notitie of who may not read any (R4.15)."""
    if not recording.caller.may(Recht.NOTITIES):
        melding = f"Een interne notitie vraagt het recht {Recht.NOTITIES}."
        where = below(PAD, "interne_notitie")
        recording.fouten.add(FoutCode.NIET_TOEGESTAAN, where, melding)


async def check_toestemming(
    pads: tuple[str, ...], partij: UUID | None, recording: Recording, *, nu: bool
) -> None:
    """Refuse data that a partij holds by consent only, without it (R1.4, R3.5).

    Args:
        pads: of these.
        partij: which; None of one that is not there yet.
        recording: takes them.
        nu: whether consent is given now.
    """
    if not pads or nu:
        return
    if partij is None or not await heeft_toestemming(recording, partij):
        for where in pads:
            recording.fouten.add(FoutCode.GEEN_TOESTEMMING, where, GEEN_TOESTEMMING)
