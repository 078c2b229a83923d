"""Who may not see a klantcontact changes nothing of it, nor learns that it is there."""

import pytest

from gateway.identity.rechten import Recht
from tests.identity.callers import medewerker
from tests.klantbeeld.conftest import Municipality
from tests.recording.asking import Payload, codes, mutate, refused
from tests.recording.conftest import Counted, Opened
from tests.recording.graph import CORRIGEER, KOPPEL, VUL_AAN
from tests.recording.stories import (
    BEREIKBAAR,
    REGISTREER,
    STATED,
    an_actor,
    bekend,
    contact,
    klant,
    recorded,
    registreer,
    taak,
)

pytestmark = pytest.mark.anyio

WITHOUT = medewerker(*(set(Recht) - {Recht.VERTROUWELIJK}))


async def a_secret(office: Municipality) -> Payload:
    actor = await an_actor(office)
    who = klant(digitaleAdressen=BEREIKBAAR)
    asked = contact(actor, who, vertrouwelijk=True, interneTaken=[taak(actor)])
    return await recorded(office, asked)


async def test_it_is_not_there_for_who_may_not_see_it(
    opened: Opened, office: Municipality, rows_now: Counted
) -> None:
    secret, actor = await a_secret(office), await an_actor(office)
    known = await recorded(
        office, contact(actor, bekend(), identiteitsvaststelling=STATED)
    )
    partij = known["betrokkenen"][0]["partij"]["id"]
    before = await rows_now()
    key, betrokkene = secret["id"], secret["betrokkenen"][0]["id"]
    async with opened(WITHOUT) as other:
        added = {"inhoud": [{"tekst": "Erbij."}]}
        payload = await mutate(other, VUL_AAN, id=key, invoer=added)
        assert (codes(payload), payload["klantcontact"]) == (
            [("niet_gevonden", "id")],
            None,
        )
        opening = {"reden": "proef", "vertrouwelijk": False}
        payload = await mutate(other, CORRIGEER, id=key, invoer=opening)
        assert (codes(payload), payload["klantcontact"]) == (
            [("niet_gevonden", "id")],
            None,
        )
        payload = await mutate(
            other, KOPPEL, betrokkene=betrokkene, partij=partij, stated=STATED
        )
        assert codes(payload) == [("niet_gevonden", "betrokkeneId")]
    assert await rows_now() == before


@pytest.mark.parametrize("what", ["klantcontact", "interneTaak"])
async def test_nor_can_it_be_referred_to(
    opened: Opened, office: Municipality, what: str
) -> None:
    secret, actor = await a_secret(office), await an_actor(office)
    named = {
        "klantcontact": secret["id"],
        "interneTaak": secret["interneTaken"][0]["id"],
    }
    async with opened(WITHOUT) as other:
        asked = contact(
            actor,
            bekend(),
            identiteitsvaststelling=STATED,
            onderwerpen=[{what: named[what]}],
        )
        payload = await registreer(other, asked)
    assert codes(payload) == [("niet_gevonden", f"invoer.onderwerpen.0.{what}")]


@pytest.mark.parametrize(
    ("missing", "part"),
    [
        (Recht.PARTIJEN_SCHRIJVEN, "partij"),
        (Recht.INTERNE_TAKEN_SCHRIJVEN, "interneTaken"),
    ],
)
async def test_what_hangs_on_it_takes_its_own_right(
    opened: Opened, office: Municipality, rows_now: Counted, missing: Recht, part: str
) -> None:
    actor = await an_actor(office)
    before = await rows_now()
    asked = contact(actor, klant(digitaleAdressen=BEREIKBAAR))
    if part == "partij":
        asked = contact(actor, bekend(), identiteitsvaststelling=STATED)
    else:
        asked["interneTaken"] = [taak(actor)]
    async with opened(medewerker(*(set(Recht) - {missing}))) as other:
        assert await refused(other, REGISTREER, invoer=asked) == "FORBIDDEN"
    assert await rows_now() == before
