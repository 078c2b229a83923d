"""A register's client, fault by fault, over the production transport."""

import asyncio
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from types import MappingProxyType
from typing import NamedTuple

import pytest
from anyio.from_thread import BlockingPortal

from gateway.errors import (
    GatewayError,
    MalformedAnswer,
    Missing,
    RegisterError,
    RegisterRefused,
    RegisterUnavailable,
)
from gateway.registers.wire.http import RegisterClient
from gateway.registers.wire.messages import Answer
from tests.faults.conftest import client_at, until_open
from tests.faults.scripts import SCRIPTS, answer, redirect
from tests.faults.server import HOST, FaultServer, refusing, unanswering

pytestmark = pytest.mark.anyio

Place = Callable[[], AbstractContextManager[int]]

PATIENCE = 3.0
"""Seconds; each timeout twice, the pause between, and a slow machine."""


class Outcome(NamedTuple):
    """What a caller gets, and how many requests it cost."""

    error: type[GatewayError]
    message: str
    requests: int = 1


def down(message: str, requests: int = 1) -> Outcome:
    return Outcome(RegisterUnavailable, message, requests)


def refused(status: int) -> Outcome:
    return Outcome(RegisterRefused, f"status {status}")


def malformed(message: str) -> Outcome:
    return Outcome(MalformedAnswer, message)


ABSENT = Outcome(Missing, "does not exist, or no longer")
SLOW = down("no answer in time")
BROKEN = down("the connection broke the protocol")

# Of a GET and a POST.
OUTCOMES: Mapping[str, tuple[Outcome, Outcome]] = MappingProxyType(
    {
        "slow first byte": (SLOW, SLOW),
        "trickling body": (SLOW, SLOW),
        "500": (down("status 500"), down("status 500")),
        "502": (down("status 502"), down("status 502")),
        "503": (down("status 503"), down("status 503")),
        "503 with Retry-After": (down("status 503", 2), down("status 503", 2)),
        "503 with a long Retry-After": (down("status 503"), down("status 503")),
        "429": (down("status 429"), down("status 429")),
        "429 with Retry-After": (down("status 429", 2), down("status 429", 2)),
        "401": (refused(401), refused(401)),
        "403": (refused(403), refused(403)),
        "404": (ABSENT, refused(404)),
        "404 as a page": (malformed("status 404 without JSON"), refused(404)),
        "404 of a proxy": (
            malformed("status 404 from something else"),
            refused(404),
        ),
        "410": (ABSENT, refused(410)),
        "412": (refused(412), refused(412)),
        "page with 200": (
            malformed("status 200 without JSON"),
            malformed("status 200 without JSON"),
        ),
        "body that breaks off": (
            down("the answer broke off"),
            down("the answer broke off"),
        ),
        "100 MB": (
            malformed("the answer is too large"),
            malformed("the answer is too large"),
        ),
        # The GET is repeated by aiohttp, the POST by ourselves.
        "closed without an answer": (
            down("the connection was lost", 2),
            down("the connection was lost", 2),
        ),
        "closed within the headers": (
            down("the connection was lost", 2),
            down("the connection was lost", 2),
        ),
        "a reason that is no text": (BROKEN, BROKEN),
        "no HTTP": (BROKEN, BROKEN),
        "204 with a body": (BROKEN, BROKEN),
    }
)
# Of the bytes in them, only who reads the record can say something.
WHOLE = {"truncated JSON", "JSON of the wrong shape"}


async def outcome(client: RegisterClient, method: str, server: FaultServer) -> Outcome:
    """Ask once; every request must have been that question."""
    server.received.clear()
    try:
        async with asyncio.timeout(PATIENCE):
            asked = client.get("/x") if method == "GET" else client.post("/x", {})
            got = await asked
            assert isinstance(got, Missing), got
            error: GatewayError = got
    except RegisterError as raised:
        error = raised
    sent = {(each.method, each.path) for each in server.received}
    assert sent <= {(method, "/api/x")}
    message = str(error).removeprefix("register zaken: ")
    return Outcome(type(error), message, len(server.received))


def test_every_fault_has_an_outcome() -> None:
    assert set(SCRIPTS) == set(OUTCOMES) | WHOLE


@pytest.mark.parametrize("fault", OUTCOMES)
async def test_a_fault_has_a_name_and_a_price(
    fault: str, server: FaultServer, client: RegisterClient
) -> None:
    server.script = SCRIPTS[fault]
    found = [await outcome(client, method, server) for method in ("GET", "POST")]
    assert tuple(found) == OUTCOMES[fault]


@pytest.mark.parametrize("fault", OUTCOMES)
async def test_after_a_fault_all_is_as_before(
    fault: str, server: FaultServer, client: RegisterClient, portal: BlockingPortal
) -> None:
    for _ in range(3):
        server.script = SCRIPTS[fault]
        await outcome(client, "POST", server)
        server.script = answer(200, b'{"een": 1}')
        assert await client.get("/y") == Answer(b'{"een": 1}', "")
    await until_open(portal, server, 1)
    await client.aclose()
    await until_open(portal, server, 0)


@pytest.mark.parametrize("fault", sorted(WHOLE))
async def test_what_the_bytes_say_is_not_the_clients_business(
    fault: str, server: FaultServer, client: RegisterClient
) -> None:
    server.script = SCRIPTS[fault]
    got = await client.get("/x")
    assert isinstance(got, Answer)
    assert got == await client.post("/x", {})


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_a_redirect_is_not_followed(
    status: int, server: FaultServer, stranger: FaultServer, client: RegisterClient
) -> None:
    server.script = redirect(f"{stranger.origin}/api/x", status)
    for method in ("GET", "POST"):
        assert await outcome(client, method, server) == refused(status)
    assert (stranger.connections, stranger.received) == (0, [])


@pytest.mark.parametrize(
    ("place", "message"),
    [(refusing, "no connection"), (unanswering, "no connection in time")],
)
async def test_no_connection_is_an_outage(
    place: Place, message: str, server: FaultServer
) -> None:
    with place() as port:
        async with client_at(f"http://{HOST}:{port}") as client:
            found = [await outcome(client, each, server) for each in ("GET", "POST")]
    assert found == [down(message, 0)] * 2


async def test_a_name_that_nobody_has_is_an_outage(server: FaultServer) -> None:
    # Source: RFC 2606. Where no name server answers, that is what takes too long.
    async with client_at("http://zaken.invalid") as client:
        found = {await outcome(client, each, server) for each in ("GET", "POST")}
    assert found <= {down("no connection", 0), down("no connection in time", 0)}


async def test_what_is_too_large_is_not_read_to_its_end(
    server: FaultServer, client: RegisterClient, portal: BlockingPortal
) -> None:
    server.script = SCRIPTS["100 MB"]
    await outcome(client, "GET", server)
    await until_open(portal, server, 0)
    assert server.broken_off == 1
