"""Registers that do otherwise than the usual ones: what the page then says and costs."""

from collections import Counter
from typing import cast
from uuid import UUID

import pytest

from gateway.demo.addresses import StandinName
from gateway.demo.standins.conduct import Conduct
from tests.klantbeeld.conftest import Municipality, Opened
from tests.klantbeeld.test_page import COLD, DOCUMENTEN, TYPES, ZAKEN, page
from tests.municipality import Network
from tests.registers.builders import Clock

pytestmark = pytest.mark.anyio

ZAAK = "GET /zaken/api/v1/zaken/…"
STATUS = "GET /zaken/api/v1/statussen/…"
RESULTAAT = "GET /zaken/api/v1/resultaten/…"
DOCUMENT = "GET /documenten/api/v1/enkelvoudiginformatieobjecten/…"
STATUSTYPEN = "GET /catalogi/api/v1/statustypen/…"

Json = dict[str, object]


def codes(result: Json) -> Counter[tuple[str, str]]:
    errors = cast("list[dict[str, Json]]", result["errors"])
    return Counter(
        (str(each["extensions"]["code"]), str(cast("list[str]", each["path"])[-1]))
        for each in errors
    )


async def usual(opened: Opened) -> Json:
    async with opened() as municipality:
        return await page(municipality)


def a_zaak_in(municipality: Municipality) -> UUID:
    """One that the page was answered with."""
    asked = municipality.network.standins[StandinName.ZAKEN].asked
    (question,) = (each for each in asked if each.path.endswith("_zoek?pageSize=100"))
    return UUID(cast("dict[str, list[str]]", question.body)["uuid__in"][0])


async def test_a_zaak_that_the_gateway_may_not_see_is_not_found(
    opened: Opened,
) -> None:
    async with opened() as municipality:
        whole = await page(municipality)
        hidden = a_zaak_in(municipality)
    async with opened(conduct=Conduct(hidden=frozenset({hidden}))) as municipality:
        part = await page(municipality)
        assert municipality.network.counted()[ZAKEN] == 1
    more = codes(part) - codes(whole)
    assert set(more) == {("NOT_FOUND", "zaak")}
    assert part["extensions"] == {"klantbeeld": {"complete": True}}


@pytest.mark.parametrize("status", [404, 405])
async def test_registers_without_zoek_are_asked_record_by_record(
    status: int, opened: Opened, clock: Clock
) -> None:
    whole = await usual(opened)
    async with opened(
        conduct=Conduct(no_zoek=404 if status == 404 else 405)
    ) as municipality:
        assert (await page(municipality))["data"] == whole["data"]
        counted = municipality.network.counted()
        zaken, documenten = counted[ZAAK], counted[DOCUMENT]
        assert (counted[ZAKEN], counted[DOCUMENTEN]) == (1, 1)
        assert (zaken, documenten) == (21, 50)  # one zaak is not there
        municipality.network.forget()
        clock.now += 61
        assert (await page(municipality))["data"] == whole["data"]
        # Now it is known; and each is only asked whether it still is what it was.
        counted = municipality.network.counted()
        assert (counted[ZAAK], counted[DOCUMENT]) == (zaken, documenten)
        assert (counted[ZAKEN], counted[DOCUMENTEN]) == (0, 0)


async def test_registers_with_small_pages_are_asked_for_what_is_left(
    opened: Opened,
) -> None:
    whole = await usual(opened)
    async with opened(conduct=Conduct(largest_page=20)) as municipality:
        assert (await page(municipality))["data"] == whole["data"]
        # 50 documenten: 20 of them, then 20 and 10; 21 zaken, one of which is absent.
        assert municipality.network.counted() == {**COLD, **TYPES, DOCUMENTEN: 3}


async def test_what_may_not_be_expanded_is_asked_for_by_itself(
    opened: Opened,
) -> None:
    conduct = Conduct(unreadable=frozenset({"statussen"}))
    async with opened(conduct=conduct) as municipality:
        first = await page(municipality)
        counted = municipality.network.counted()
        assert (counted[ZAKEN], counted[STATUSTYPEN]) == (2, 0)
        statussen, resultaten = counted[STATUS], counted[RESULTAAT]
        municipality.network.forget()
        again = await page(municipality)
        # A refusal is not remembered; the zaken and their resultaten are.
        assert municipality.network.counted() == {STATUS: statussen}
    assert (statussen, resultaten) == (20, 16)
    assert again["data"] == first["data"]
    assert ("REGISTER_REFUSED", "status") in codes(first)


async def test_a_register_that_is_down_is_left_alone_for_a_while(
    opened: Opened, network: Network, clock: Clock
) -> None:
    network.stopped.add(StandinName.DOCUMENTEN)
    tried = []
    async with opened() as municipality:
        for seconds in (0, 0, 0, 0, 5, 0):
            clock.now += seconds
            await page(municipality)
            tried.append(network.refused[StandinName.DOCUMENTEN])
        network.stopped.clear()
        clock.now += 5
        whole = await page(municipality)
    # Once more each time, until five in a row; then once after five seconds.
    assert tried == [2, 4, 5, 5, 6, 6]
    assert whole["extensions"] == {"klantbeeld": {"complete": True}}
