"""Whether it is certain enough who has a partij recorded, or changed.

Source: seed basisterminologie, Partij: who gives the data is the partij, or is formally
authorised; that holds for registering, for disclosing and for changing.
"""

import msgspec

from gateway.identity.caller import SoortAanvrager
from gateway.identity.policy.seed import Klantsoort
from gateway.identity.vaststelling import Vaststelling
from gateway.recording.fouten import FoutCode
from gateway.recording.recorder import Recording
from gateway.recording.vastlegging import NIET_VASTGESTELD, may_register
from gateway.recording.waarden.paden import below

PAD = "identiteitsvaststelling"


class Vastgesteld(msgspec.Struct, frozen=True):
    """What is known of who gives the data.

    Attributes:
        stated: by a medewerker.
        disclosed: whether the partij may be disclosed to them too.
    """

    stated: Vaststelling | None
    disclosed: bool


def check_vastgesteld(found: Vastgesteld, recording: Recording) -> None:
    """Refuse what is not certain enough.

    Of a klant it is the level of their login, of a medewerker what they state; a systeem
    is trusted with it by its scope.
    """
    caller = recording.caller
    if caller.soort is SoortAanvrager.SYSTEEM:
        return
    stated = None if found.stated is None else found.stated.niveau
    niveau = caller.niveau if caller.is_klant else stated
    needed = recording.settings.level
    if found.disclosed and may_register(Klantsoort.AANGEHAAKT, niveau, needed):
        return
    where = PAD if niveau is None else below(PAD, "niveau")
    recording.fouten.add(FoutCode.IDENTITEIT_NIET_VASTGESTELD, where, NIET_VASTGESTELD)


def demand_vastgesteld(found: Vastgesteld, recording: Recording) -> None:
    """Refuse it before anything is looked at: what is stored is told to nobody else.

    Raises:
        Mistaken: it is not certain enough.
    """
    check_vastgesteld(found, recording)
    recording.fouten.check()
