"""Who records the same people at the same moment, waits; never for each other."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from tests.klantbeeld.conftest import Municipality
from tests.recording.conftest import Counted
from tests.recording.partij_vragen import BSN, OTHER_BSN, persoon, registered
from tests.recording.stories import STATED, an_actor, bekend, contact, klant, registreer

pytestmark = pytest.mark.anyio


async def named(_: Municipality) -> list[dict[str, object]]:
    return [bekend(each) for each in (BSN, OTHER_BSN)]


async def there(office: Municipality) -> list[dict[str, object]]:
    made = [await registered(office, persoon(each)) for each in (BSN, OTHER_BSN)]
    return [klant(partijId=each["id"]) for each in made]


@pytest.mark.parametrize("people", [named, there])
async def test_klantcontacten_of_the_same_two_people_in_either_order(
    office: Municipality,
    rows_now: Counted,
    people: Callable[[Municipality], Awaitable[list[dict[str, object]]]],
) -> None:
    actor, both = await an_actor(office), await people(office)
    asked = [
        contact(actor, *order, identiteitsvaststelling=STATED)
        for order in [both, both[::-1]] * 5
    ]
    answers = await asyncio.gather(*(registreer(office, each) for each in asked))
    assert [each["fouten"] for each in answers] == [[]] * 10
    found = await rows_now()
    assert (found["partijen"], found["betrokkenen"]) == (2, 20)
