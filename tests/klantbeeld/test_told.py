"""Told, not polled: a notification to one gateway process is heeded by all."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack
from typing import cast
from uuid import UUID

import asyncpg
import httpx
import pytest

from gateway.app import create_app
from gateway.demo.addresses import Addresses, StandinName
from gateway.demo.run import gateway_settings
from gateway.demo.standins.zaken import create_zaken
from gateway.settings import Settings
from tests.klantbeeld.conftest import Municipality, asked_in_process
from tests.municipality import BENCH_BSN, FIXTURES, Network

pytestmark = pytest.mark.anyio

SECRET = "Token een-geheim-van-genoeg-tekens"
ZAKEN = Addresses().base("zaken")
ONE_ZOEK = Counter({"POST /zaken/api/v1/zaken/_zoek": 1})
CHANGED = b'"omschrijving":"Gewijzigd'
QUERY = """
  query ($bsn: BSN!) {
    klantbeeld(identificatie: {bsn: $bsn}) {
      klantcontacten(first: 50) {
        nodes { onderwerpen { ... on ZaakOnderwerp { zaak { url omschrijving } } } }
      }
    }
  }
"""
LISTENERS = (
    "FROM pg_stat_activity WHERE datname = current_database() AND state = 'idle'"
    " AND query LIKE 'LISTEN%'"
)
Json = dict[str, object]


def settings_on(database_url: str) -> Settings:
    plain = gateway_settings(database_url, Addresses()).model_dump()
    return Settings.model_validate({**plain, "notificaties_secret": SECRET})


class Process:
    """One gateway process, with registers of its own to see what it asks."""

    def __init__(self, client: httpx.AsyncClient, network: Network) -> None:
        self.client = client
        self.network = network

    async def zaken(self) -> tuple[dict[str, str], Counter[str]]:
        """The omschrijving of every zaak on the page, and what that asked."""
        self.network.forget()
        result = await Municipality(self.client, self.network).ask(QUERY, bsn=BENCH_BSN)
        shown = {zaak["url"]: zaak["omschrijving"] for zaak in zaken_in(result)}
        return shown, self.network.counted()

    def change(self) -> None:
        """Have the registers say something else from now on."""
        self.network.rewrite = lambda body: body.replace(b'"omschrijving":"', CHANGED)

    async def tell(self, url: str, kanaal: str = "zaken") -> int:
        message = {
            "kanaal": kanaal,
            "hoofdObject": url,
            "resource": "zaak",
            "resourceUrl": url,
            "actie": "partial_update",
            "aanmaakdatum": "2026-03-02T09:30:00Z",
        }
        answer = await self.client.post(
            "/notificaties", json=message, headers={"Authorization": SECRET}
        )
        return answer.status_code


def zaken_in(result: Json) -> Iterator[dict[str, str]]:
    data = cast("dict[str, dict[str, dict[str, list[Json]]]]", result["data"])
    for contact in data["klantbeeld"]["klantcontacten"]["nodes"]:
        for onderwerp in cast(
            "list[dict[str, dict[str, str]]]", contact["onderwerpen"]
        ):
            if onderwerp.get("zaak"):  # one of them does not exist any more
                yield onderwerp["zaak"]


async def a_process(stack: AsyncExitStack, database_url: str) -> Process:
    standin = create_zaken(FIXTURES, Addresses())
    network = Network({StandinName.ZAKEN: standin})
    app = create_app(settings_on(database_url), transport=network)
    client = await stack.enter_async_context(asked_in_process(app))
    return Process(client, network)


async def all_listen(connection: asyncpg.Connection, *, number: int) -> None:
    async with asyncio.timeout(10):
        while await connection.fetchval(f"SELECT count(*) {LISTENERS}") != number:
            pass
    # What they were answered was there before what this is answered.
    await connection.execute("SELECT 1")


@pytest.fixture
async def processes(loaded: str) -> AsyncIterator[tuple[Process, Process]]:
    """Two that know the same page, whose registers then change."""
    async with AsyncExitStack() as stack:
        one, other = await a_process(stack, loaded), await a_process(stack, loaded)
        connection = await asyncpg.connect(loaded)
        await all_listen(connection, number=2)
        await connection.close()
        for each in (one, other):
            await each.zaken()
            each.change()
        yield one, other


async def asks_again(process: Process) -> tuple[dict[str, str], Counter[str]]:
    """Ask until it no longer knows everything."""
    async with asyncio.timeout(10):
        while True:
            shown, asked = await process.zaken()
            if asked:
                return shown, asked


def changed(shown: dict[str, str]) -> list[str]:
    return [url for url, text in shown.items() if text.startswith("Gewijzigd")]


async def test_what_one_process_is_told_all_forget_and_no_more_than_that(
    processes: tuple[Process, Process],
) -> None:
    known, asked = await processes[0].zaken()
    assert asked == {}
    one, other, *_ = known
    assert [
        await processes[0].tell("https://elders.example/zaken/1"),
        await processes[0].tell(other, kanaal="besluiten"),
        await processes[0].tell(one),
    ] == [204, 204, 204]
    for process in processes:
        shown, asked = await asks_again(process)
        assert (changed(shown), asked) == ([one], ONE_ZOEK)


async def test_who_may_have_missed_something_forgets_everything(
    processes: tuple[Process, Process], loaded: str
) -> None:
    known, _ = await processes[0].zaken()
    connection = await asyncpg.connect(loaded)
    await connection.execute(f"SELECT pg_terminate_backend(pid) {LISTENERS}")
    for process in processes:
        shown, asked = await asks_again(process)
        assert (changed(shown), asked) == ([*known], ONE_ZOEK)
    await all_listen(connection, number=2)
    await connection.close()
    assert await processes[1].tell(next(iter(known))) == 204
    assert (await asks_again(processes[0]))[1] == ONE_ZOEK


async def test_a_process_that_ends_leaves_nothing(loaded: str) -> None:
    connection = await asyncpg.connect(loaded)
    before = asyncio.all_tasks()
    async with AsyncExitStack() as stack:
        await a_process(stack, loaded)
        await all_listen(connection, number=1)
    assert asyncio.all_tasks() == before
    await all_listen(connection, number=0)
    await connection.close()


async def test_without_the_database_it_must_be_sent_again() -> None:
    async with AsyncExitStack() as stack:
        nowhere = "postgresql://klantbeeld@/klantbeeld?host=/nowhere"
        process = await a_process(stack, nowhere)
        assert await process.tell(f"{ZAKEN}/zaken/{UUID(int=1)}") == 503
        assert await process.tell("https://elders.example/zaken/1") == 204


async def test_without_a_secret_nobody_can_tell_anything(
    municipality: Municipality,
) -> None:
    process = Process(municipality.client, municipality.network)
    assert await process.tell(f"{ZAKEN}/zaken/{UUID(int=1)}") == 404
