"""The gateway is killed in the midst of it: what was acknowledged is there, once, whole."""

import asyncio
import os
import signal
import sys
from collections.abc import Callable, Iterator
from functools import partial
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
def durable(public_folder: Path) -> Iterator[EmbeddedPostgres]:
    """A server that keeps what was committed, with an empty database."""
    with EmbeddedPostgres(public_folder / "killed") as server:

        async def made() -> None:
            owner = server.url(SUPERUSER, RUNTIME)
            await ensure_database(owner)
            await migrate(owner, server.url(RUNTIME, RUNTIME))

        asyncio.run(made())
        yield server


def crash(server: EmbeddedPostgres) -> None:
    """End a server at once: nothing is put away, and it repairs itself when it starts."""
    assert server.pid is not None
    os.kill(server.pid, signal.SIGQUIT)  # its immediate shutdown
    server.stop()
    server.start()


async def registered(
    database_url: str,
    tmp_path: Path,
    *,
    number: int,
    kills: int,
    crash: Callable[[], None] | None = None,
) -> Clients:
    """Have so many registered, while it is killed so often."""
    async with serving(database_url, tmp_path / "errors") as served:
        clients = Clients(served, number)
        await asyncio.gather(clients.register(), clients.kill(kills, SEED, crash))
    assert served.kills == kills
    return clients


def told(clients: Clients, stored: Stored) -> str:
    """Say how much the kills came to."""
    before = sum(
        stored.moments[key] < clients.asked[number]
        for number, key in clients.acknowledged.items()
    )
    in_vain = clients.unanswered.total() - clients.unanswered["ConnectError"]
    return (
        f"\n{clients.number} registrations, {clients.served.kills} kills,"
        f" {in_vain} attempts in vain: {before} had been written all the same\n"
    )


async def test_fifty_registrations_and_three_kills(
    database_url: str, tmp_path: Path
) -> None:
    clients = await registered(database_url, tmp_path, number=50, kills=3)
    stored = await read(database_url)
    assert stored.found == expected(clients)


@pytest.mark.soak
async def test_a_thousand_registrations_and_forty_kills(
    durable: EmbeddedPostgres, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    url, crashes = durable.url(RUNTIME, RUNTIME), partial(crash, durable)
    clients = await registered(url, tmp_path, number=1_000, kills=40, crash=crashes)
    stored = await read(url)
    with capsys.disabled():
        sys.stdout.write(told(clients, stored))
    assert stored.found == expected(clients)
