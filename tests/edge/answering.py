"""An endpoint for a graph of a few fields, asked in process."""

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AbstractContextManager, asynccontextmanager, nullcontext
from dataclasses import dataclass, field

import httpx
import strawberry
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import Response
from starlette.routing import Route

from gateway.deadline import Deadline
from gateway.edge.asking.asked import Reading
from gateway.edge.asking.deadlines import Deadlines
from gateway.edge.asking.trusted import TrustedDocuments
from gateway.edge.graphql import GraphQLEndpoint
from gateway.edge.headers import SecurityHeaders
from gateway.identity.caller import Caller
from gateway.identity.door import Door
from tests.identity.callers import OneDoor, klant

READING = Reading(Deadlines(5.0, 30.0), TrustedDocuments({}), max_body_bytes=1000)


@dataclass
class Carried:
    """What a request carries here: nothing is shown of anybody."""

    deadline: Deadline
    caller: Caller
    stale: Mapping[str, float] = field(default_factory=dict)

    async def write_down(self, operation: str | None) -> None:
        """There is nothing to write down."""


def everybody_enters(_caller: Caller) -> AbstractContextManager[None]:
    return nullcontext()


@asynccontextmanager
async def answering(
    schema: strawberry.Schema,
    *,
    door: Door | None = None,
    reading: Reading = READING,
    entering: Callable[[Caller], AbstractContextManager[None]] = everybody_enters,
    explorer: Callable[[], Response] | None = None,
) -> AsyncIterator[httpx.AsyncClient]:
    """A client of the endpoint; who asks is a klant, unless a door says otherwise."""
    endpoint = GraphQLEndpoint(
        schema,
        Carried,
        door=door or OneDoor(klant()),
        reading=reading,
        entering=entering,
        explorer=explorer,
    )
    app = Starlette(
        routes=[Route("/graphql", endpoint)],
        middleware=[Middleware(SecurityHeaders)],
    )
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://g") as client:
        yield client
