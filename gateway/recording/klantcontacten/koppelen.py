"""A betrokkene is linked to a partij later, by an employee who found out who it was.

Sources: F3246; B1199 (an e-mail address alone is no ground, R3.8); seed basisterminologie,
Partij (with sufficient certainty). Nothing goes from the betrokkene into the partij (R3.5).
"""

from uuid import UUID

from gateway.identity.policy.seed import Klantsoort
from gateway.identity.vaststelling import Vaststelling
from gateway.recording.fouten import FoutCode
from gateway.recording.recorder import Recording, Uitkomst
from gateway.recording.vastlegging import NIET_VASTGESTELD, may_register
from gateway.store.writing import klantcontacten as stored
from gateway.store.writing.partijen import lock as lock_partij


async def koppel(
    betrokkene: UUID, partij: UUID, stated: Vaststelling, recording: Recording
) -> Uitkomst:
    """Say as whom a betrokkene is gekend.

    Args:
        betrokkene: who is nobody yet.
        partij: who they are.
        stated: how that was established.
        recording: takes it.

    Raises:
        Mistaken: with all that is wrong.
    """
    fouten, needed = recording.fouten, recording.settings.level
    found = await stored.lock_betrokkene(recording.tx, betrokkene)
    if found is None:
        fouten.add(
            FoutCode.NIET_GEVONDEN, "betrokkeneId", "Deze betrokkene is er niet."
        )
    elif found["partij_id"] not in {None, partij}:
        melding = "Deze betrokkene is al als een andere partij gekend."
        fouten.add(FoutCode.BESTAAT_AL, "betrokkeneId", melding)
    if await lock_partij(recording.tx, partij) is None:
        fouten.add(FoutCode.NIET_GEVONDEN, "partijId", "Deze partij is er niet.")
    if not may_register(Klantsoort.AANGEHAAKT, stated.niveau, needed):
        fouten.add(
            FoutCode.IDENTITEIT_NIET_VASTGESTELD,
            "identiteitsvaststelling.niveau",
            NIET_VASTGESTELD,
        )
    fouten.check()
    if found is None:
        raise LookupError("told above")
    klantcontact = UUID(str(found["klantcontact_id"]))
    if found["partij_id"] is None:
        changes = {"partij_id": partij}
        await stored.change_deel(recording.tx, "betrokkenen", betrokkene, changes)
        how = f"{stated.middel}, {stated.niveau}, {stated.grond}"
        recording.changed("betrokkene", betrokkene, {"partij_id": None}, how)
    return Uitkomst({"klantcontact": klantcontact, "betrokkene": betrokkene})
