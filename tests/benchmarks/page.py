"""What the klantbeeld page costs: upstream requests, and time at several latencies.

    python -m tests.benchmarks.page

The gateway is asked in this process, on an embedded PostgreSQL, with the production
transport towards stand-in registers in a process of their own. *First*: nothing is
known. *Cold*: only types are. *Warm*: the same page again.
"""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

import httpx

from gateway.app import create_app
from gateway.demo.addresses import Addresses
from gateway.demo.municipality import load
from gateway.demo.run import gateway_settings
from gateway.store.database import create_owner
from gateway.store.embedded import SUPERUSER, EmbeddedPostgres
from gateway.store.migrate import ensure_database, migrate
from tests.benchmarks.measuring import Measured, Shifted, a_folder
from tests.benchmarks.standins import Running, running
from tests.municipality import BENCH_BSN, FIXTURES, KLANTBEELD

RUNS = 15
LATENCIES = (0, 20, 50)
QUESTION = {
    "query": KLANTBEELD,
    "variables": {"identificatie": {"bsn": BENCH_BSN}, "first": 50},
}


async def fill(postgres: EmbeddedPostgres, addresses: Addresses) -> str:
    owner, runtime = postgres.url(SUPERUSER, "page"), postgres.url("klantbeeld", "page")
    await ensure_database(owner)
    await migrate(owner, runtime_url=runtime)
    engine = create_owner(owner)
    async with engine.begin() as connection:
        await load(connection, FIXTURES, addresses.rewrite)
    await engine.dispose()
    return runtime


@asynccontextmanager
async def gateway(
    url: str, addresses: Addresses, timer: Shifted
) -> AsyncIterator[httpx.AsyncClient]:
    settings = gateway_settings(url, addresses)
    app = create_app(
        settings.model_copy(update={"deadline_seconds": 30.0}), timer=timer
    )
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(
            transport=httpx.ASGITransport(app), base_url="http://localhost"
        ) as client,
    ):
        yield client


async def page(client: httpx.AsyncClient) -> None:
    answer = await client.post("/graphql", json=QUESTION)
    told = answer.json()["extensions"]["klantbeeld"]
    if told != {"complete": True}:
        raise RuntimeError(f"the page is not whole: {told}")


async def measure(
    url: str, registers: Running, latency: int
) -> dict[str, tuple[int, Measured]]:
    timer, delay = Shifted(), latency / 1000
    shown = {name: Measured() for name in ("first", "cold", "warm")}
    requests = dict.fromkeys(shown, 0)
    ahead = {"first": 24 * 3600.0, "cold": 61.0, "warm": 0.0}
    async with gateway(url, registers.addresses, timer) as client:
        await page(client)  # connections, and what Python does once
        registers.requests(delay=delay)
        for _ in range(RUNS):
            for name, measured in shown.items():
                timer.by += ahead[name]
                await measured.run(partial(page, client))
                requests[name] = registers.requests(delay=delay)
    return {name: (requests[name], each) for name, each in shown.items()}


async def main(postgres: EmbeddedPostgres, registers: Running) -> None:
    url = await fill(postgres, registers.addresses)
    say = sys.stdout.write
    say(f"median of {RUNS} runs; ms, CPU of the gateway's process between brackets\n")
    say("| latency | first | cold, types known | warm |\n|---|---|---|---|\n")
    for latency in LATENCIES:
        measured = await measure(url, registers, latency)
        cells = [
            f"{requests} requests, {each.wall_ms():.0f} ({each.cpu_ms():.0f})"
            for requests, each in measured.values()
        ]
        say(f"| {latency} ms | {' | '.join(cells)} |\n")
        sys.stdout.flush()


if __name__ == "__main__":
    with (
        a_folder() as folder,
        EmbeddedPostgres(folder / "page", durable=False) as server,
        running() as them,
    ):
        asyncio.run(main(server, them))
