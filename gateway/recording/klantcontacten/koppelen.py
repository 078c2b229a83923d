"""A betrokkene is linked to a partij later, by an employee who found out who it was.

Sources: F3246; B1199 (an e-mail address alone is no ground, R3.8); seed basisterminologie,
Partij (with sufficient certainty). Nothing goes from the betrokkene into the partij (R3.5).
"""

from uuid import UUID

from gateway.identity.policy.seed import Klantsoort
from gateway.identity.vaststelling import Vaststelling
from gateway.recording.fouten import FoutCode
from gateway.recording.klantcontacten.zichtbaar import lock_visible
from gateway.recording.recorder import Recording, Uitkomst
from gateway.recording.vastlegging import NIET_VASTGESTELD, may_register
from gateway.recording.waarden.klantcontacten import check_vaststelling
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
    check_vaststelling(stated, "identiteitsvaststelling", fouten)
    if not may_register(Klantsoort.AANGEHAAKT, stated.niveau, needed):
        code, where = FoutCode.IDENTITEIT_NIET_VASTGESTELD, "identiteitsvaststelling"
        fouten.add(code, f"{where}.niveau", NIET_VASTGESTELD)
    fouten.check()  # before anything is looked at
    if await lock_partij(recording.tx, partij) is None:
        fouten.add(FoutCode.NIET_GEVONDEN, "partijId", "Deze partij is er niet.")
    found = await _lock_betrokkene(betrokkene, recording)
    if found["partij_id"] not in {None, partij}:
        melding = (
            "Deze betrokkene is al als een andere partij gekend; was dat een fout,"
            " corrigeer het klantcontact dan eerst."
        )
        fouten.add(FoutCode.BESTAAT_AL, "betrokkeneId", melding)
    fouten.check()
    klantcontact = UUID(str(found["klantcontact_id"]))
    if found["partij_id"] is None:
        changes = {"partij_id": partij}
        await stored.change_deel(recording.tx, "betrokkenen", betrokkene, changes)
        how = f"{stated.middel}, {stated.niveau}, {stated.grond}"
        recording.changed("betrokkene", betrokkene, {"partij_id": None}, how)
    return Uitkomst({"klantcontact": klantcontact, "betrokkene": betrokkene})


async def _lock_betrokkene(key: UUID, recording: Recording) -> dict[str, object]:
    """Read one who took part in a klantcontact that may be seen.

    Raises:
        Mistaken: they are not there, for who asks.
    """
    found = await stored.lock_betrokkene(recording.tx, key)
    if found is None:
        melding = "Deze betrokkene is er niet."
        recording.fouten.add(FoutCode.NIET_GEVONDEN, "betrokkeneId", melding)
        recording.fouten.check()
        raise LookupError("betrokkeneId")
    klantcontact = UUID(str(found["klantcontact_id"]))
    await lock_visible(klantcontact, recording, "betrokkeneId")
    return found
