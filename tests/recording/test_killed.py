"""The gateway is killed in the midst of it: what was acknowledged is there, once, whole."""

import asyncio
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from gateway.store.embedded import SUPERUSER, EmbeddedPostgres
from gateway.store.migrate import ensure_database, migrate
from tests.conftest import RUNTIME
from tests.recording.killed.found import Stored, expected, read
from tests.recording.killed.registering import Clients
from tests.recording.killed.serving import serving

pytestmark = pytest.mark.anyio

SEED = 6


@pytest.fixture
def durable_url(public_folder: Path) -> Iterator[str]:
    """A database on a server that would survive more than this."""
    with EmbeddedPostgres(public_folder / "killed") as server:
        owner, runtime = server.url(SUPERUSER, RUNTIME), server.url(RUNTIME, RUNTIME)

        async def made() -> None:
            await ensure_database(owner)
            await migrate(owner, runtime)

        asyncio.run(made())
        yield runtime


async def registered(
    database_url: str, tmp_path: Path, *, number: int, kills: int
) -> Clients:
    """Have so many registered, while it is killed so often."""
    async with serving(database_url, tmp_path / "errors") as served:
        clients = Clients(served, number)
        await asyncio.gather(clients.register(), clients.kill(kills, SEED))
    assert served.kills == kills
    return clients


def told(clients: Clients, stored: Stored) -> str:
    """Say how much the kills came to."""
    before = sum(
        stored.moments[f"registratie-{number}"] < asked
        for number, asked in clients.asked.items()
    )
    cut_off = clients.unanswered.total() - clients.unanswered["ConnectError"]
    return (
        f"\n{clients.number} registrations, {clients.served.kills} kills,"
        f" {cut_off} attempts cut off: {before} had been written all the same\n"
    )


async def test_fifty_registrations_and_three_kills(
    database_url: str, tmp_path: Path
) -> None:
    clients = await registered(database_url, tmp_path, number=50, kills=3)
    stored = await read(database_url)
    assert stored.found == expected(clients)


@pytest.mark.soak
async def test_a_thousand_registrations_and_forty_kills(
    durable_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    clients = await registered(durable_url, tmp_path, number=1_000, kills=40)
    stored = await read(durable_url)
    with capsys.disabled():
        sys.stdout.write(told(clients, stored))
    assert stored.found == expected(clients)
