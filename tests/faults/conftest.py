"""Servers that misbehave on request, on a loop and thread of their own."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractContextManager, asynccontextmanager

import pytest
from anyio.from_thread import BlockingPortal, start_blocking_portal

from gateway.registers.wire.http import RegisterClient
from gateway.store.embedded import EmbeddedPostgres
from tests.conftest import RUNTIME
from tests.faults.arrangements import Arrangements
from tests.faults.scene import Scene, on_stage
from tests.faults.scripts import answer
from tests.faults.server import FaultServer
from tests.registers.builders import a_register

LIMITS: dict[str, object] = {
    "connect_timeout": 0.3,
    "read_timeout": 0.5,
    "max_answer_bytes": 1_000_000,
    "breaker_failures": 1000,
}
"""Settings that keep these tests short, and the breaker out of them."""


@pytest.fixture(scope="session")
def portal() -> Iterator[BlockingPortal]:
    """The thread that the servers run on."""
    with start_blocking_portal() as portal:
        yield portal


@pytest.fixture
def server(portal: BlockingPortal) -> Iterator[FaultServer]:
    """A register; it answers `{}` until it is told otherwise."""
    with portal.wrap_async_context_manager(FaultServer(answer(200))) as server:
        yield server


@pytest.fixture
def stranger(portal: BlockingPortal) -> Iterator[FaultServer]:
    """A server that is nobody's register, and would answer."""
    with portal.wrap_async_context_manager(FaultServer(answer(200))) as server:
        yield server


async def until_open(portal: BlockingPortal, server: FaultServer, number: int) -> None:
    """Wait until a server has so many connections; it does not come to be: TimeoutError."""
    await asyncio.wrap_future(portal.start_task_soon(server.until_open, number))


@asynccontextmanager
async def client_at(origin: str, **more: object) -> AsyncIterator[RegisterClient]:
    """A register's client, over the transport that is used in production."""
    settings = a_register(
        "zaken", name=None, base_url=f"{origin}/api", **{**LIMITS, **more}
    )
    client = RegisterClient(settings)
    try:
        yield client
    finally:
        await client.aclose()


@pytest.fixture
async def client(server: FaultServer) -> AsyncIterator[RegisterClient]:
    """The client of the server."""
    async with client_at(server.origin) as client:
        yield client


@pytest.fixture(scope="module")
def scene(portal: BlockingPortal) -> Iterator[Scene]:
    with on_stage(portal) as scene:
        yield scene


@pytest.fixture(scope="module")
def arrangements(
    scene: Scene, portal: BlockingPortal, tmp_path_factory: pytest.TempPathFactory
) -> Arrangements:
    return Arrangements(scene, portal, tmp_path_factory.mktemp("certificates"))


@pytest.fixture(scope="module")
def store_url(
    postgres: EmbeddedPostgres, a_copy: Callable[[], AbstractContextManager[str]]
) -> Iterator[str]:
    """An empty store; every test puts its own klantcontact in it."""
    with a_copy() as name:
        yield postgres.url(RUNTIME, name)
