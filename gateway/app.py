"""Puts the gateway together; nothing is opened before it starts."""

import time
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from hashlib import blake2b

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Route

from gateway.context import RequestContext
from gateway.deadline import Deadline, Timer
from gateway.edge.deadlines import Deadlines
from gateway.edge.graphql import GraphQLEndpoint
from gateway.edge.headers import SecurityHeaders
from gateway.edge.hosts import LoopbackHosts
from gateway.edge.notificaties import NotificatiesEndpoint
from gateway.edge.page import asset
from gateway.identity.caller import Caller
from gateway.identity.door import Door
from gateway.identity.elsewhere import Elsewhere
from gateway.identity.policy.policy import Policy
from gateway.identity.sight import Sight
from gateway.registers.registers import Registers
from gateway.registers.wire.transport import Transport
from gateway.settings import Settings, load_settings
from gateway.store.announcements import Announcements
from gateway.store.database import create_database
from gateway.store.keyset import Limits
from gateway.store.statements import Statements
from gateway.store.store import Store
from schema import schema


class _Process:
    """What lasts as long as the process, and makes what one request carries."""

    def __init__(
        self, settings: Settings, transport: Transport | None, timer: Timer
    ) -> None:
        url = settings.database_url.get_secret_value()
        self._engine = create_database(url, pool_size=settings.database_pool_size)
        self._statements = Statements(self._engine)
        self._limits = Limits(settings.max_page_size, cursor_key(settings))
        self._policy = Policy(settings.identity)
        self.door = Door(settings.identity, transport=transport, timer=timer)
        self._listens = settings.notificaties_secret is not None
        self.registers = Registers(
            settings.registers, transport, cache=settings.cache, timer=timer
        )
        self.announcements = Announcements(
            url,
            self._engine,
            on_dropped=self.registers.drop,
            on_missed=self.registers.flush,
        )

    def context(self, deadline: Deadline, caller: Caller) -> RequestContext:
        store, registers = (
            Store(self._statements, deadline),
            self.registers.reads(deadline),
        )
        sight = Sight(caller, self._policy, store, lambda _: None)
        return RequestContext(
            store,
            registers,
            sight,
            Elsewhere(sight, self._policy, registers),
            self._limits,
        )

    @asynccontextmanager
    async def lifespan(self, _app: Starlette) -> AsyncIterator[None]:
        async with AsyncExitStack() as stack:
            stack.push_async_callback(self._engine.dispose)
            stack.push_async_callback(self._statements.aclose)
            stack.push_async_callback(self.registers.aclose)
            stack.push_async_callback(self.door.aclose)
            if self._listens:
                await stack.enter_async_context(self.announcements.listening())
            yield


def create_app(
    settings: Settings,
    *,
    transport: Transport | None = None,
    timer: Timer = time.monotonic,
) -> Starlette:
    """Build the application; no I/O until it is started.

    Args:
        settings: all of them.
        transport: instead of the network, for all registers.
        timer: monotonic seconds, for what is remembered of registers.

    Raises:
        InvalidSettings: the registers' addresses contradict each other, or a
            certificate cannot be used.
    """
    process = _Process(settings, transport, timer)
    endpoint = GraphQLEndpoint(
        schema,
        process.context,
        door=process.door,
        deadlines=Deadlines(settings.deadline_seconds, settings.max_deadline_seconds),
        max_body_bytes=settings.max_body_bytes,
    )
    return Starlette(
        routes=[*_graphql(endpoint, settings), *_notificaties(settings, process)],
        middleware=[Middleware(SecurityHeaders)],
        lifespan=process.lifespan,
    )


def _graphql(endpoint: GraphQLEndpoint, settings: Settings) -> Iterator[Route]:
    """As long as nobody is asked who they are, to this machine only."""
    only_here = [] if settings.identity.issuers else [Middleware(LoopbackHosts)]
    methods = ["GET", "POST"]
    yield Route("/graphql", endpoint.answer, methods=methods, middleware=only_here)
    yield Route("/graphql/static/{name}", asset, middleware=only_here)


def _notificaties(settings: Settings, process: _Process) -> Iterator[Route]:
    """Only where it is known who may tell: it answers to every name."""
    registers = process.registers
    if settings.notificaties_secret is not None:
        endpoint = NotificatiesEndpoint(
            settings.notificaties_secret.get_secret_value(),
            is_owned=lambda url: registers.directory.owner(url) is not None,
            drop=registers.drop,
            announce=process.announcements.announce,
        )
        yield Route("/notificaties", endpoint.answer, methods=["POST"])


def cursor_key(settings: Settings) -> bytes:
    """Derive a secret that all processes of this installation share, and no other."""
    address = settings.database_url.get_secret_value().encode()
    return blake2b(address, digest_size=32, person=b"klant-cursor").digest()


def from_environment() -> Starlette:
    """Build the application from the environment; for worker processes.

    Raises:
        InvalidSettings: with every problem found.
    """
    return create_app(load_settings())
