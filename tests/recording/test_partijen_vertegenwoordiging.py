"""That one partij represented another, as was established then (R4.21)."""

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from gateway.store.tables import partijen
from tests.identity.callers import klant, medewerker
from tests.klantbeeld.conftest import Municipality
from tests.recording.asking import codes, mutate, refused
from tests.recording.conftest import Counted, Opened
from tests.recording.known import stored
from tests.recording.partij_vragen import (
    OTHER_BSN,
    STATED,
    VERTEGENWOORDIGT,
    VERTEGENWOORDIGT_NIET,
    persoon,
    registered,
)

pytestmark = pytest.mark.anyio

NOBODY = "UGFydGlqOjAwMDAwMDAwLTAwMDAtMDAwMC0wMDAwLTAwMDAwMDAwMDAwMA=="


async def two(office: Municipality) -> dict[str, str]:
    one = await registered(office, persoon())
    other = await registered(office, persoon(OTHER_BSN))
    return {"vertegenwoordiger": one["id"], "vertegenwoordigde": other["id"]}


async def test_it_is_recorded_once_and_removed(
    office: Municipality, rows_now: Counted
) -> None:
    both = await two(office)
    payload = await mutate(office, VERTEGENWOORDIGT, **both)
    assert payload["fouten"] == []
    assert payload["partij"]["vertegenwoordigden"] == [{"nummer": "2"}]
    again = await mutate(office, VERTEGENWOORDIGT, **both)
    assert codes(again) == [("bestaat_al", "vertegenwoordigde")]
    payload = await mutate(office, VERTEGENWOORDIGT_NIET, **both)
    assert payload["partij"]["vertegenwoordigden"] == []
    again = await mutate(office, VERTEGENWOORDIGT_NIET, **both)
    assert codes(again) == [("niet_gevonden", "vertegenwoordigde")]
    assert (await rows_now())["mutaties"] == 7


async def test_both_are_another_version_then(
    office: Municipality, database: AsyncEngine
) -> None:
    both = await two(office)
    seen = []
    for asked in (VERTEGENWOORDIGT, VERTEGENWOORDIGT, VERTEGENWOORDIGT_NIET):
        await mutate(office, asked, **both)
        rows = await stored(database, partijen)
        seen.append([row["versie"] for row in rows])
    assert seen == [[2, 2], [2, 2], [3, 3]]


async def test_nobody_represents_themselves(
    office: Municipality, rows_now: Counted
) -> None:
    both = await two(office)
    before = await rows_now()
    own = {"vertegenwoordigde": both["vertegenwoordiger"]}
    payload = await mutate(office, VERTEGENWOORDIGT, **(both | own))
    assert codes(payload) == [("niet_toegestaan", "vertegenwoordigde")]
    assert await rows_now() == before


async def test_both_are_there(office: Municipality, rows_now: Counted) -> None:
    both = await two(office)
    before = await rows_now()
    for each in both:
        payload = await mutate(office, VERTEGENWOORDIGT, **(both | {each: NOBODY}))
        assert codes(payload) == [("niet_gevonden", each)]
    assert await rows_now() == before


async def test_a_medewerker_states_who_it_is(
    opened: Opened, office: Municipality
) -> None:
    both = await two(office)
    async with opened(medewerker()) as desk:
        payload = await mutate(desk, VERTEGENWOORDIGT, **both)
        pad = "identiteitsvaststelling"
        assert codes(payload) == [("identiteit_niet_vastgesteld", pad)]
        stated = both | {"identiteitsvaststelling": STATED}
        assert (await mutate(desk, VERTEGENWOORDIGT, **stated))["fouten"] == []


async def test_r4_21_a_klant_does_not_say_so_themselves(
    opened: Opened, office: Municipality
) -> None:
    both = await two(office)
    async with opened(klant()) as portal:
        assert await refused(portal, VERTEGENWOORDIGT, **both) == "FORBIDDEN"
