"""Who may not see a klantcontact does not change it either, nor learns that it is there."""

from uuid import UUID

from gateway.identity.rechten import Recht
from gateway.recording.fouten import FoutCode
from gateway.recording.recorder import Recording
from gateway.store.writing import klantcontacten as stored


def is_visible(vertrouwelijk: bool | None, recording: Recording) -> bool:
    """Whether a klantcontact is there, as far as who asks may know.

    Args:
        vertrouwelijk: whether it is; None of one that is not there.
        recording: of who asks.
    """
    return vertrouwelijk is False or (
        vertrouwelijk is True and recording.caller.may(Recht.VERTROUWELIJK)
    )


async def lock_visible(key: UUID, recording: Recording, pad: str) -> dict[str, object]:
    """Read a klantcontact, which nobody else changes before the end.

    Raises:
        Mistaken: it is not there, for who asks; nothing else is told then.
    """
    found = await stored.lock(recording.tx, key)
    if found is None or not is_visible(bool(found["vertrouwelijk"]), recording):
        recording.fouten.clear()
        melding = "Dit klantcontact is er niet."
        recording.fouten.add(FoutCode.NIET_GEVONDEN, pad, melding)
        recording.fouten.check()
    if found is None:
        raise LookupError(pad)
    return found
