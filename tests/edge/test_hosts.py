import httpx
import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from gateway.edge.hosts import LoopbackHosts

pytestmark = pytest.mark.anyio


async def status(host: str) -> int:
    app = Starlette(
        routes=[Route("/", lambda _request: PlainTextResponse("here"))],
        middleware=[Middleware(LoopbackHosts)],
    )
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://x") as client:
        return (await client.get("/", headers={"host": host})).status_code


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "127.0.0.1:8000", "localhost", "localhost:1", "[::1]", "[::1]:8000"],
)
async def test_this_machines_own_names_are_answered(host: str) -> None:
    assert await status(host) == 200


@pytest.mark.parametrize(
    "host",
    ["evil.example", "evil.example:8000", "localhost.evil.example", "", "[::2]:8000"],
)
async def test_other_names_are_not(host: str) -> None:
    assert await status(host) == 421
