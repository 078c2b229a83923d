"""What the klantbeeld page costs: upstream requests, and time at several latencies.

    python -m tests.benchmarks.page

The gateway is asked in this process, on an embedded PostgreSQL, with the production
transport towards stand-in registers in a process of their own. *First*: nothing is
known. *Cold*: only types are. *Warm*: the same page again.

By two: a klant who is logged in, with a token, rules, audit trail and processing
records; and, bare, who is not asked who they are. They take turns, in one run.
"""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial
from pathlib import Path
from typing import NamedTuple

import httpx

from gateway.app import create_app
from gateway.demo.addresses import Addresses
from gateway.demo.callers import KLANT, identity_settings
from gateway.demo.issuer import Issuer
from gateway.demo.municipality import load
from gateway.demo.run import gateway_settings
from gateway.identity.door import IssuerDoor
from gateway.settings.identity import IdentitySettings
from gateway.settings.limits import LimitSettings
from gateway.settings.traces import TraceSettings
from gateway.store.database import create_owner
from gateway.store.embedded import SUPERUSER, EmbeddedPostgres
from gateway.store.migrate import ensure_database, migrate
from tests.benchmarks.measuring import Measured, Shifted, a_folder
from tests.benchmarks.standins import Running, running
from tests.municipality import BENCH_BSN, FIXTURES, KLANTBEELD, MIJN_KLANTBEELD

RUNS = 15
LATENCIES = (0, 20, 50)
KEY = "a key that is only for measuring"
BY = ("klant", "bare")


class Asking(NamedTuple):
    """Who asks a gateway, and what."""

    client: httpx.AsyncClient
    question: dict[str, object]


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
    url: str, addresses: Addresses, timer: Shifted, by: str, folder: Path
) -> AsyncIterator[Asking]:
    """Start one for this caller; a bare one asks nobody who they are."""
    settings = gateway_settings(url, addresses)
    settings = settings.model_copy(update={"deadline_seconds": 30.0})
    variables: dict[str, object] = {"first": 50}
    question: dict[str, object] = {"query": MIJN_KLANTBEELD, "variables": variables}
    headers, door = {}, None
    if by == "klant":
        issuer = Issuer()
        identity = IdentitySettings.model_validate(identity_settings(issuer.url, KEY))
        traces = TraceSettings(file=folder / "records.jsonl")
        limits = LimitSettings(requests_per_minute=10**6, requests_at_once=10**6)
        changed = {"identity": identity, "traces": traces, "limits": limits}
        settings = settings.model_copy(update=changed)
        door = IssuerDoor(identity, transport=httpx.ASGITransport(issuer.standin))
        headers = {"Authorization": f"Bearer {issuer.mint(KLANT.claims)}"}
    else:
        variables["identificatie"] = {"bsn": BENCH_BSN}
        question["query"] = KLANTBEELD
    app = create_app(settings, timer=timer, door=door)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(
            transport=httpx.ASGITransport(app),
            base_url="http://localhost",
            headers=headers,
        ) as client,
    ):
        yield Asking(client, question)


async def page(asking: Asking) -> None:
    answer = await asking.client.post("/graphql", json=asking.question)
    told = answer.json()["extensions"]["klantbeeld"]
    if told != {"complete": True}:
        raise RuntimeError(f"the page is not whole: {told}")


async def measure(
    url: str, registers: Running, latency: int, folder: Path
) -> dict[tuple[str, str], tuple[int, Measured]]:
    timers, delay = {by: Shifted() for by in BY}, latency / 1000
    ahead = {"first": 24 * 3600.0, "cold": 61.0, "warm": 0.0}
    shown = {(by, name): Measured() for by in BY for name in ahead}
    requests = dict.fromkeys(shown, 0)
    async with AsyncExitStack() as stack:
        asking = {
            by: await stack.enter_async_context(
                gateway(url, registers.addresses, timers[by], by, folder)
            )
            for by in BY
        }
        for each in asking.values():
            await page(each)  # connections, and what Python does once
        registers.requests(delay=delay)
        for _ in range(RUNS):
            for (by, name), measured in shown.items():
                timers[by].by += ahead[name]
                await measured.run(partial(page, asking[by]))
                requests[by, name] = registers.requests(delay=delay)
    return {key: (requests[key], each) for key, each in shown.items()}


async def main(postgres: EmbeddedPostgres, registers: Running, folder: Path) -> None:
    url = await fill(postgres, registers.addresses)
    say = sys.stdout.write
    say(f"median of {RUNS} runs; ms, CPU of the gateway's process between brackets\n")
    say("| latency | by | first | cold, types known | warm |\n|---|---|---|---|---|\n")
    for latency in LATENCIES:
        measured = await measure(url, registers, latency, folder)
        for by in BY:
            cells = [
                f"{requests} requests, {each.wall_ms():.0f} ({each.cpu_ms():.0f})"
                for (whose, _), (requests, each) in measured.items()
                if whose == by
            ]
            say(f"| {latency} ms | {by} | {' | '.join(cells)} |\n")
        sys.stdout.flush()


if __name__ == "__main__":
    with (
        a_folder() as folder,
        EmbeddedPostgres(folder / "page", durable=False) as server,
        running() as them,
    ):
        asyncio.run(main(server, them, folder))
