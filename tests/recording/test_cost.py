"""What recording a klantcontact says that it cost."""

import logging

import pytest

from tests.costs import ASKED, cost_of
from tests.klantbeeld.conftest import Municipality
from tests.recording.stories import REGISTREER, STATED, an_actor, bekend, contact, taak

pytestmark = pytest.mark.anyio


async def test_a_mutation_tells_what_it_wrote_and_what_it_read(
    office: Municipality, caplog: pytest.LogCaptureFixture
) -> None:
    actor = await an_actor(office)
    who = bekend(contactnaam={"achternaam": "Jansen"})
    known = {"identiteitsvaststelling": STATED, "interneTaken": [taak(actor)]}
    asked = contact(actor, who, **known)
    await office.ask(REGISTREER, invoer=asked, sleutel="the first")
    office.client.headers.update(ASKED)
    caplog.set_level(logging.DEBUG, "gateway.store.statements")
    answer = await office.ask(REGISTREER, invoer=asked, sleutel="another")
    assert (cost_of(answer).counted, len(caplog.messages)) == ((15 + 3, {}, 0), 3)
