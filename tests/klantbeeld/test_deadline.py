"""Until when an operation waits, and what it says when that was not long enough."""

import time
from collections import Counter
from typing import cast

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from gateway.app import create_app
from gateway.demo.addresses import Addresses, StandinName
from gateway.demo.run import gateway_settings
from tests.klantbeeld.conftest import Municipality, Opened, asked_in_process
from tests.municipality import BENCH_BSN, KLANTBEELD, Network
from tests.registers.builders import Clock
from tests.store.rows import Rows

pytestmark = pytest.mark.anyio

Json = dict[str, object]


async def page(municipality: Municipality) -> Json:
    bsn = {"bsn": BENCH_BSN}
    return await municipality.ask(KLANTBEELD, identificatie=bsn, first=50)


def codes(result: Json) -> Counter[tuple[str, str]]:
    """The code of each error, and the field where it is."""
    errors = cast("list[dict[str, Json]]", result.get("errors", []))
    return Counter(
        (
            str(error["extensions"]["code"]),
            str(cast("list[object]", error["path"])[-1]),
        )
        for error in errors
    )


async def test_at_the_deadline_what_is_there_is_returned(
    opened: Opened, network: Network
) -> None:
    async with opened() as municipality:
        whole = codes(await page(municipality))
    network.standins[StandinName.DOCUMENTEN].delay = 60.0
    async with opened(deadline_seconds=3.0) as municipality:
        begun = time.monotonic()
        part = await page(municipality)
        took = time.monotonic() - begun
    late = codes(part) - whole
    assert late.keys() == {("DEADLINE_EXCEEDED", "document")}
    assert part["extensions"] == {"klantbeeld": {"complete": False}}
    assert 3.0 <= took < 6.0


async def test_a_client_may_say_how_long_it_waits(
    opened: Opened, network: Network
) -> None:
    network.standins[StandinName.DOCUMENTEN].delay = 60.0
    async with opened(deadline_seconds=30.0) as municipality:
        municipality.client.headers["Klantbeeld-Deadline"] = "2000"
        begun = time.monotonic()
        part = await page(municipality)
        took = time.monotonic() - begun
    assert ("DEADLINE_EXCEEDED", "document") in codes(part)
    assert 2.0 <= took < 6.0


async def test_at_the_deadline_what_was_read_before_stands_in(
    opened: Opened, network: Network, clock: Clock
) -> None:
    async with opened(deadline_seconds=3.0) as municipality:
        whole = await page(municipality)
        clock.now += 100
        network.standins[StandinName.ZAKEN].delay = 60.0
        part = await page(municipality)
    assert part["data"] == whole["data"]
    told = {"complete": False, "stale": {"zaken": 100}}
    assert part["extensions"] == {"klantbeeld": told}
    # One zaak was absent, and absence is no record that stands in for anything.
    assert codes(part) - codes(whole) == {("DEADLINE_EXCEEDED", "zaak"): 1}


@pytest.mark.parametrize(
    "asked", ["0", "99", "-1", "1.5", "30001", "snel", "", "1e3", "٣"]
)
async def test_a_deadline_that_is_none_is_refused(
    asked: str, municipality: Municipality
) -> None:
    answer = await municipality.client.post(
        "/graphql",
        json={"query": "{ __typename }"},
        headers={b"Klantbeeld-Deadline": asked.encode()},
    )
    assert answer.status_code == 400
    rule = "must be a whole number of milliseconds, from 100 to 30000"
    assert answer.json()["errors"] == [
        {
            "message": f"Klantbeeld-Deadline: {rule}",
            "extensions": {"code": "BAD_INPUT"},
        }
    ]


async def test_a_store_that_does_not_answer_in_time_costs_its_fields(
    database: AsyncEngine, owner: AsyncEngine, database_url: str, network: Network
) -> None:
    await Rows(database).organisatie("12345678")
    query = """
      query ($k: KVKNummer!) { ik: __typename
        klantbeeld(identificatie: {kvkNummer: $k}) { partij { nummer } } }
    """
    settings = gateway_settings(database_url, Addresses())
    app = create_app(settings.model_copy(update={"deadline_seconds": 0.5}))
    async with asked_in_process(app) as client:
        gateway = Municipality(client, network)
        whole = await gateway.ask(query, k="12345678")
        async with owner.begin() as connection:
            await connection.execute(
                text("LOCK TABLE partijen IN ACCESS EXCLUSIVE MODE")
            )
            part = await gateway.ask(query, k="12345678")
        again = await gateway.ask(query, k="12345678")
    assert part["data"] == {"ik": "Query", "klantbeeld": None}
    assert codes(part) == {("DEADLINE_EXCEEDED", "klantbeeld"): 1}
    assert part["extensions"] == {"klantbeeld": {"complete": False}}
    assert again == whole
    assert "errors" not in whole
