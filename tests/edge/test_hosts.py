from collections.abc import Mapping
from types import MappingProxyType

import httpx
import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from gateway.app import create_app
from gateway.edge.hosts import LoopbackOnly
from gateway.settings import Settings

pytestmark = pytest.mark.anyio

NONE: Mapping[str, str] = MappingProxyType({})


async def status(
    host: str, client: str = "127.0.0.1", headers: Mapping[str, str] = NONE
) -> int:
    app = Starlette(
        routes=[Route("/", lambda _request: PlainTextResponse("here"))],
        middleware=[Middleware(LoopbackOnly)],
    )
    transport = httpx.ASGITransport(app, client=(client, 1234))
    async with httpx.AsyncClient(transport=transport, base_url="http://x") as asking:
        return (await asking.get("/", headers={"host": host, **headers})).status_code


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


@pytest.mark.parametrize("client", ["192.0.2.2", "2001:db8::1", "testclient"])
async def test_who_comes_from_elsewhere_may_not_call_itself_otherwise(
    client: str,
) -> None:
    assert await status("localhost", client) == 421


@pytest.mark.parametrize(
    "name",
    [
        *("Forwarded", "Via", "X-Forwarded-For", "X-Forwarded-Proto", "X-Real-IP"),
        *("X-Client-IP", "True-Client-IP", "CF-Connecting-IP"),
    ],
)
async def test_a_proxy_on_this_machine_asks_for_others(name: str) -> None:
    assert await status("localhost", headers={name: "192.0.2.2"}) == 421


@pytest.mark.parametrize(
    ("method", "path", "known", "other"),
    [
        ("GET", "/graphql", 400, 421),
        ("POST", "/graphql", 415, 421),
        ("GET", "/graphql/static/page.js", 200, 421),
        # Who tells of changes comes from elsewhere, and knows a secret.
        ("POST", "/notificaties", 401, 401),
    ],
)
async def test_what_asks_nobody_who_they_are_answers_to_these_names_only(
    method: str, path: str, known: int, other: int
) -> None:
    app = create_app(
        Settings.model_validate(
            {
                "database_url": "postgresql://x@/x",
                "identity": {"development": True},
                "notificaties_secret": "Bearer een-geheim-van-genoeg-tekens",
            }
        )
    )
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://x") as client:
        answers = [
            await client.request(method, path, headers={"host": host})
            for host in ("localhost:8000", "klantbeeld.voorbeeldstad.example")
        ]
    assert [answer.status_code for answer in answers] == [known, other]
