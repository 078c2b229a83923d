"""Many at once, and things that change while somebody turns the pages."""

import asyncio
import json
from typing import cast

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from gateway.app import create_app
from gateway.demo.addresses import Addresses
from gateway.demo.run import gateway_settings
from tests.klantbeeld.conftest import Municipality, Opened, asked_in_process
from tests.municipality import BENCH_BSN, KLANTBEELD, Network
from tests.store.rows import Rows

pytestmark = pytest.mark.anyio


def ordered(result: dict[str, object]) -> dict[str, object]:
    """The same answer, whichever field failed first."""
    errors = cast("list[object]", result["errors"])
    return result | {"errors": sorted(json.dumps(error) for error in errors)}


async def page(gateway: Municipality) -> dict[str, object]:
    bsn = {"bsn": BENCH_BSN}
    return ordered(await gateway.ask(KLANTBEELD, identificatie=bsn, first=50))


@pytest.mark.parametrize("times", [10, 30])
async def test_pages_at_once_are_the_same_page_and_cost_the_registers_one(
    times: int, opened: Opened, network: Network
) -> None:
    async with opened() as gateway:
        alone = await page(gateway)
    once = network.counted()
    network.forget()
    async with opened() as gateway:
        together = await asyncio.gather(*(page(gateway) for _ in range(times)))
    assert all(result == alone for result in together)
    assert network.counted() == once


async def test_pages_stay_whole_while_a_contactpersoon_comes_in(
    database: AsyncEngine, database_url: str, network: Network
) -> None:
    rows = Rows(database)
    org = await rows.organisatie("12345678")
    for number in range(4):
        await rows.klantcontact(number, org)
    query = """
      query ($k: KVKNummer!, $a: String) { klantbeeld(identificatie: {kvkNummer: $k}) {
        klantcontacten(first: 2, after: $a) { nodes { plaatsgevondenOp }
          pageInfo { endCursor } } } }
    """
    app = create_app(gateway_settings(database_url, Addresses()), transport=network)
    moments: list[str] = []
    async with asked_in_process(app) as client:
        gateway, after = Municipality(client, network), None
        for _ in range(2):
            result = await gateway.ask(query, k="12345678", a=after)
            assert "errors" not in result
            data = cast("dict[str, dict[str, dict[str, object]]]", result["data"])
            page = data["klantbeeld"]["klantcontacten"]
            nodes = cast("list[dict[str, str]]", page["nodes"])
            moments += [node["plaatsgevondenOp"] for node in nodes]
            after = cast("dict[str, None]", page["pageInfo"])["endCursor"]
            await rows.klantcontact(90, await rows.contactpersoon(org))
    assert len(set(moments)) == 4
    assert moments == sorted(moments, reverse=True)


async def test_a_cursor_of_one_person_is_refused_for_another(
    municipality: Municipality,
) -> None:
    query = """
      query ($f: KlantcontactFilter!, $a: String) {
        klantcontacten(filter: $f, first: 1, after: $a) { pageInfo { endCursor } } }
    """
    mine = {"identificatie": {"bsn": BENCH_BSN}}
    result = await municipality.ask(query, f=mine)
    data = cast("dict[str, dict[str, dict[str, str]]]", result["data"])
    cursor = data["klantcontacten"]["pageInfo"]["endCursor"]
    other = {"identificatie": {"bsn": "111222333"}}
    result = await municipality.ask(query, f=other, a=cursor)
    assert "is a cursor of another list" in str(result["errors"])


async def test_a_restarted_postgresql_costs_no_answer(
    database: AsyncEngine, owner: AsyncEngine, database_url: str, network: Network
) -> None:
    await Rows(database).organisatie("12345678")
    query = """
      query ($k: KVKNummer!) { klantbeeld(identificatie: {kvkNummer: $k}) {
        partij { nummer } } }
    """
    app = create_app(gateway_settings(database_url, Addresses()), transport=network)
    async with asked_in_process(app) as client:
        gateway = Municipality(client, network)
        before = await gateway.ask(query, k="12345678")
        async with owner.begin() as connection:
            await connection.execute(
                text(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )
            )
        assert await gateway.ask(query, k="12345678") == before
    assert "errors" not in before
