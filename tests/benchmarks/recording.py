"""What recording a klantcontact costs, beside the same rows inserted by hand.

    python -m tests.benchmarks.recording

A klantcontact with all that hangs on it, of somebody who is a partij already: asked of the
gateway over HTTP in this process, and inserted by statements that somebody wrote for just
this, one transaction each. In turn, in one run; the cheapest round of each counts: the rest
is what else this machine does. PostgreSQL is in a process of its own, of which the CPU is
not counted, and does not wait for its disk.
"""

import asyncio
import sys
from collections.abc import Awaitable, Callable
from itertools import count
from pathlib import Path
from typing import NamedTuple

import asyncpg
import httpx

from gateway.app import create_app
from gateway.demo.addresses import Addresses
from gateway.demo.run import gateway_settings
from gateway.settings import Settings
from gateway.store import tables
from gateway.store.embedded import SUPERUSER, EmbeddedPostgres
from gateway.store.migrate import ensure_database, migrate
from tests.benchmarks.measuring import Measured, a_folder
from tests.benchmarks.recording_by_hand import ByHand, asked
from tests.klantbeeld.conftest import asked_in_process
from tests.klantbeeld.rights import WIDE

DATABASE = RUNTIME = "klantbeeld"
ROUNDS = 9
REGISTRATIONS = 100
AT_ONCE = 5
"""As many as write at once by default."""

ACTOR = """
mutation { registreerActor(invoer: {soortActor: medewerker, naam: "KCC"}) {
  actor { id } } }
"""
REGISTREER = """
mutation ($invoer: KlantcontactInput!, $sleutel: String) {
  registreerKlantcontact(invoer: $invoer, idempotentiesleutel: $sleutel) {
    klantcontact { id }
    fouten { code pad }
  }
}
"""
Register = Callable[[], Awaitable[object]]


class Office:
    """The gateway, asked over HTTP."""

    def __init__(self, client: httpx.AsyncClient, actor: str) -> None:
        """Take the client, and the id of who answers the telephone."""
        self._client, self._actor = client, actor
        self._numbers = count()

    async def register(self) -> None:
        """Register one."""
        sleutel = f"graph-{next(self._numbers)}"
        variables = {"invoer": asked(self._actor), "sleutel": sleutel}
        body = {"query": REGISTREER, "variables": variables}
        answer = (await self._client.post("/graphql", json=body)).json()
        payload = answer["data"]["registreerKlantcontact"]
        if payload["fouten"]:
            raise ValueError(payload["fouten"])


class Line(NamedTuple):
    """One way, measured one at a time and several at once."""

    name: str
    register: Register
    alone: Measured
    together: Measured

    async def round(self) -> None:
        """Measure it once more."""
        await self.alone.run(self._one_by_one)
        await self.together.run(self._several)

    async def _one_by_one(self) -> None:
        for _ in range(REGISTRATIONS):
            await self.register()

    async def _several(self) -> None:
        left = iter(range(REGISTRATIONS))

        async def some() -> None:
            for _ in left:
                await self.register()

        await asyncio.gather(*(some() for _ in range(AT_ONCE)))

    def figures(self) -> tuple[float, float, float]:
        """Give milliseconds of wall and of CPU for each, and how many a second."""
        alone, cpu = min(self.alone.wall), min(self.alone.cpu)
        rate = REGISTRATIONS / min(self.together.wall)
        return alone * 1000 / REGISTRATIONS, cpu * 1000 / REGISTRATIONS, rate


async def prepared(server: EmbeddedPostgres) -> Settings:
    """Make a database; how a gateway on it is set up."""
    url = server.url(SUPERUSER, DATABASE)
    await ensure_database(url)
    await migrate(url, server.url(RUNTIME, DATABASE))
    usual = gateway_settings(server.url(RUNTIME, DATABASE), Addresses())
    return usual.model_copy(update={"limits": WIDE, "deadline_seconds": 30.0})


async def rows(pool: asyncpg.Pool) -> dict[str, int]:
    """Count what each table has."""
    return {
        name: await pool.fetchval(f"SELECT count(*) FROM {name}")  # noqa: S608 - our own names
        for name in sorted(tables.metadata.tables)
    }


async def added(pool: asyncpg.Pool, register: Register) -> dict[str, int]:
    """Say how many rows one registration adds, by table."""
    before = await rows(pool)
    await register()
    after = await rows(pool)
    return {
        name: after[name] - before[name]
        for name in after
        if after[name] != before[name]
    }


async def main(server: EmbeddedPostgres) -> None:
    """Measure, and show."""
    settings = await prepared(server)
    async with (
        asked_in_process(create_app(settings)) as client,
        asyncpg.create_pool(
            server.url(RUNTIME, DATABASE), min_size=AT_ONCE, max_size=AT_ONCE
        ) as pool,
    ):
        made = (await client.post("/graphql", json={"query": ACTOR})).json()
        actor = made["data"]["registreerActor"]["actor"]["id"]
        office, by_hand = Office(client, actor), ByHand(pool, actor)
        await office.register()  # the partij is known from now on
        same = [await added(pool, each.register) for each in (office, by_hand)]
        if same[0] != same[1]:
            raise ValueError(same)
        lines = [
            Line(name, register, Measured(), Measured())
            for name, register in (
                ("by hand", by_hand.register),
                ("gateway", office.register),
            )
        ]
        for _ in range(ROUNDS):
            for line in lines:
                await line.round()
    show(lines, same[0])


def show(lines: list[Line], added_rows: dict[str, int]) -> None:
    """Print a table as the README of this folder has it."""
    write = sys.stdout.write
    write(f"{sum(added_rows.values())} rows each: {added_rows}\n\n")
    write(f"| | ms | ms of CPU | a second, {AT_ONCE} at once |\n|---|---|---|---|\n")
    figures = [each.figures() for each in lines]
    for line, (wall, cpu, rate) in zip(lines, figures, strict=True):
        write(f"| {line.name} | {wall:.2f} | {cpu:.2f} | {rate:.0f} |\n")
    by_hand, gateway = figures
    ratios = [gateway[0] / by_hand[0], gateway[1] / by_hand[1], by_hand[2] / gateway[2]]
    write(f"| ratio | {' | '.join(f'{each:.1f}' for each in ratios)} |\n")


def run(folder: Path) -> None:
    """Do it in a folder."""
    with EmbeddedPostgres(folder / "recording", durable=False) as server:
        asyncio.run(main(server))


if __name__ == "__main__":
    with a_folder() as made:
        run(made)
