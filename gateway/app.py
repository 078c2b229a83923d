"""Puts the gateway together; nothing is opened before it starts."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from hashlib import blake2b

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Route

from gateway.context import RequestContext
from gateway.edge.graphql import GraphQLEndpoint
from gateway.edge.headers import SecurityHeaders
from gateway.edge.hosts import LoopbackHosts
from gateway.edge.page import asset
from gateway.registers.registers import Registers
from gateway.registers.transport import Transport
from gateway.settings import Settings, load_settings
from gateway.store.database import create_database
from gateway.store.keyset import Limits
from gateway.store.store import Store
from schema import schema


def create_app(settings: Settings, *, transport: Transport | None = None) -> Starlette:
    """Build the application; no I/O until it is started.

    Args:
        settings: all of them.
        transport: instead of the network, for all registers.

    Raises:
        InvalidSettings: the registers' addresses contradict each other.
    """
    engine = create_database(
        settings.database_url.get_secret_value(), pool_size=settings.database_pool_size
    )
    store = Store(engine)
    registers = Registers(settings.registers, transport)

    limits = Limits(settings.max_page_size, cursor_key(settings))

    def context() -> RequestContext:
        return RequestContext(store, registers, limits)

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        async with AsyncExitStack() as stack:
            stack.push_async_callback(engine.dispose)
            stack.push_async_callback(registers.aclose)
            yield

    endpoint = GraphQLEndpoint(schema, context, max_body_bytes=settings.max_body_bytes)
    return Starlette(
        routes=[
            Route("/graphql", endpoint.answer, methods=["GET", "POST"]),
            Route("/graphql/static/{name}", asset),
        ],
        middleware=[Middleware(SecurityHeaders), Middleware(LoopbackHosts)],
        lifespan=lifespan,
    )


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
