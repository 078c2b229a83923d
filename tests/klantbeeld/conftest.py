"""The whole path: a question over HTTP, the store on PostgreSQL, stand-in registers."""

import asyncio
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from typing import Protocol

import httpx
import pytest
from starlette.applications import Starlette

from gateway.app import create_app
from gateway.demo.addresses import Addresses, StandinName
from gateway.demo.municipality import load
from gateway.demo.run import gateway_settings
from gateway.demo.standins.conduct import USUAL, Conduct
from gateway.demo.standins.documenten import create_documenten
from gateway.demo.standins.objecten import create_objecten
from gateway.demo.standins.zaken import create_zaken
from gateway.identity.caller import Caller
from gateway.store.database import create_owner
from gateway.store.embedded import SUPERUSER, EmbeddedPostgres
from tests.conftest import RUNTIME, run
from tests.identity.callers import OneDoor
from tests.municipality import FIXTURES, Network
from tests.registers.builders import Clock


@dataclass(frozen=True)
class Municipality:
    """The gateway on the demo's data.

    Attributes:
        client: to ask it over HTTP.
        network: the registers, and what they were asked.
        headers: sent with every question.
    """

    client: httpx.AsyncClient
    network: Network

    headers: Mapping[str, str] = field(default_factory=dict)

    async def ask(self, query: str, **variables: object) -> dict[str, object]:
        """Ask; an answer that is no success fails the test."""
        body = {"query": query, "variables": variables}
        answer = await self.client.post("/graphql", json=body, headers=self.headers)
        assert answer.status_code == 200, answer.text
        result: dict[str, object] = answer.json()
        return result


@pytest.fixture(scope="session")
def loaded(postgres: EmbeddedPostgres, template: str) -> Iterator[str]:
    """A database with the demo municipality, for tests that only read."""
    name = "voorbeeldstad"
    run(postgres, f"CREATE DATABASE {name} TEMPLATE {template}")

    async def fill() -> None:
        engine = create_owner(postgres.url(SUPERUSER, name))
        async with engine.begin() as connection:
            await load(connection, FIXTURES, Addresses().rewrite)
        await engine.dispose()

    asyncio.run(fill())
    yield postgres.url(RUNTIME, name)
    run(postgres, f"DROP DATABASE {name} WITH (FORCE)")


def a_network(conduct: Conduct = USUAL) -> Network:
    """The stand-ins, in this process."""
    addresses = Addresses()
    made = (create_zaken, create_documenten, create_objecten)
    names = (StandinName.ZAKEN, StandinName.DOCUMENTEN, StandinName.OBJECTEN)
    return Network(
        {
            name: create(FIXTURES, addresses, conduct=conduct)
            for name, create in zip(names, made, strict=True)
        }
    )


@pytest.fixture
def network() -> Network:
    """Registers that do as those that were measured."""
    return a_network()


@asynccontextmanager
async def asked_in_process(app: Starlette) -> AsyncIterator[httpx.AsyncClient]:
    """Start a gateway; a client that asks it without a socket."""
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(
            transport=httpx.ASGITransport(app), base_url="http://localhost"
        ) as client,
    ):
        yield client


PATIENT = {"deadline_seconds": 30.0}
"""So that a busy machine changes no answer."""


class Opened(Protocol):
    def __call__(
        self,
        *,
        conduct: Conduct | None = None,
        caller: Caller | None = None,
        **changed: object,
    ) -> AbstractAsyncContextManager[Municipality]:
        """Start a gateway with these settings; it ends with the context.

        Args:
            caller: who asks; default: who may all, as long as nobody is asked.
            conduct: of registers of its own; default: those of the test.
            changed: settings that are not the usual ones.
        """


@pytest.fixture
def clock() -> Clock:
    """What the gateway measures the age of answers with, in `opened`."""
    return Clock()


@pytest.fixture
def opened(loaded: str, network: Network, clock: Clock) -> Opened:
    """Start a gateway that knows nothing yet, with some settings of its own."""

    @asynccontextmanager
    async def start(
        *,
        conduct: Conduct | None = None,
        caller: Caller | None = None,
        **changed: object,
    ) -> AsyncIterator[Municipality]:
        registers = network if conduct is None else a_network(conduct)
        settings = gateway_settings(loaded, Addresses())
        settings = settings.model_copy(update={**PATIENT, **changed})
        door = None if caller is None else OneDoor(caller)
        app = create_app(settings, transport=registers, timer=clock, door=door)
        async with asked_in_process(app) as client:
            yield Municipality(client, registers)

    return start


@pytest.fixture
def app(loaded: str, network: Network) -> Starlette:
    """The gateway, configured as the demo does."""
    settings = gateway_settings(loaded, Addresses()).model_copy(update=PATIENT)
    return create_app(settings, transport=network)


@pytest.fixture
async def municipality(app: Starlette, network: Network) -> AsyncIterator[Municipality]:
    """The gateway, asked over HTTP without a socket."""
    async with asked_in_process(app) as client:
        yield Municipality(client, network)
