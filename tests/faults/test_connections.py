"""What we rely on in the library that carries the requests."""

import asyncio
from collections.abc import AsyncGenerator

import pytest
from anyio.from_thread import BlockingPortal

from gateway.errors import Missing, RegisterUnavailable
from gateway.registers.wire.http import RegisterClient
from gateway.registers.wire.messages import Answer, Ask
from tests.faults.conftest import client_at, until_open
from tests.faults.scripts import (
    answer,
    head,
    in_turn,
    late,
    raw,
    raw_then_closed,
)
from tests.faults.server import FaultServer, Received, Script

pytestmark = pytest.mark.anyio

ONE = b'{"een": 1}'
GONE = raw_then_closed()


def in_parts(*parts: bytes) -> Script:
    """These bytes, with a pause between."""

    async def play(_: Received) -> AsyncGenerator[bytes, None]:
        for part in parts:
            yield part
            await asyncio.sleep(0.05)

    return play


def chunked(*parts: bytes) -> bytes:
    return b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n" + b"".join(
        (b"Transfer-Encoding: chunked\r\n\r\n", *parts)
    )


async def test_requests_say_what_is_needed_and_no_more(
    server: FaultServer, client: RegisterClient
) -> None:
    await client.get("/x", headers={"Accept-Crs": "EPSG:4326"})
    await client.post("/x", {}, params={"pageSize": "100"})
    common = {
        "host": f"127.0.0.1:{server.port}",
        "accept": "application/json",
        "accept-encoding": "identity",
    }
    for each in server.received:
        sent = dict(each.headers)
        assert sent.pop("authorization").startswith("Bearer ey")
        assert sent.pop("user-agent") == "klantbeeld"
        body = {"content-type": "application/json", "content-length": "2"}
        crs = {"accept-crs": "EPSG:4326"}
        assert sent == common | (body if each.method == "POST" else crs)
    assert [each.path for each in server.received] == ["/api/x", "/api/x?pageSize=100"]


async def test_a_connection_serves_one_request_after_another(
    server: FaultServer, client: RegisterClient
) -> None:
    for _ in range(5):
        await client.get("/x")
        await client.post("/x", {})
    assert (len(server.received), server.connections) == (10, 1)


async def test_no_more_connections_than_the_register_is_given(
    server: FaultServer,
) -> None:
    server.script = late(0.02, answer(200))
    async with client_at(server.origin, concurrency=3) as client:
        await asyncio.gather(*(client.get("/x") for _ in range(10)))
    assert (len(server.received), server.connections) == (10, 3)


@pytest.mark.parametrize("method", ["GET", "POST"])
async def test_a_connection_that_ended_while_idle_costs_no_answer(
    method: str, server: FaultServer, client: RegisterClient
) -> None:
    server.script = in_turn(answer(200), GONE, answer(200, ONE))
    await client.get("/x")
    got = await client.get("/x") if method == "GET" else await client.post("/x", {})
    assert ONE in (got, getattr(got, "body", None))
    assert [each.method for each in server.received] == ["GET", method, method]


@pytest.mark.parametrize("method", ["GET", "PUT", "POST"])
async def test_the_library_itself_repeats_what_changes_nothing_by_it(
    method: str, server: FaultServer, client: RegisterClient
) -> None:
    server.script = in_turn(GONE, answer(200))
    asked = client.exchange(Ask(method, "/x", content=b"{}"))
    (outcome,) = await asyncio.gather(asked, return_exceptions=True)
    repeated = method != "POST"
    assert isinstance(outcome, RegisterUnavailable) is not repeated
    assert len(server.received) == (2 if repeated else 1)


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize(
    ("case", "script"),
    [
        ("204, its body at once", raw(head(204, 2) + b"{}")),
        ("204, its body later", in_parts(head(204, 2), b"{}")),
        ("204, a body of no length", in_parts(head(204, 0), b"{}")),
        ("more than was announced", raw(head(200, 2) + b"{}{}")),
        ("more than was announced, later", in_parts(head(200, 2) + b"{}", b"{}")),
        ("two answers", raw((head(200, 2) + b"{}") * 2)),
        ("a body that is not read", answer(500, b" " * 300_000, "text/html")),
        ("chunks that are none", raw(chunked(b"xyz\r\n"))),
    ],
)
async def test_bytes_nobody_asked_for_are_no_part_of_the_next_answer(
    case: str,
    script: Script,
    method: str,
    server: FaultServer,
    client: RegisterClient,
) -> None:
    server.script = in_turn(script, answer(200, ONE), answer(200, ONE))
    asked = client.get("/x") if method == "GET" else client.post("/x", {})
    await asyncio.gather(asked, return_exceptions=True)
    await asyncio.sleep(0.1)
    for _ in range(2):
        assert await client.get("/y") == Answer(ONE, ""), case
    assert len(server.received) == 3


async def test_an_answer_may_come_in_chunks(
    server: FaultServer, client: RegisterClient
) -> None:
    server.script = in_parts(
        chunked(b'3\r\n{"e\r\n'), b'7\r\nen": 1}\r\n', b"0\r\n\r\n"
    )
    assert await client.get("/x") == Answer(ONE, "")


async def test_headers_without_end_are_not_taken(
    server: FaultServer, client: RegisterClient
) -> None:
    server.script = answer(200, more={"X-Lang": "x" * 20_000})
    with pytest.raises(RegisterUnavailable, match="broke the protocol"):
        await client.get("/x")


async def test_cookies_are_not_sent_back(
    server: FaultServer, client: RegisterClient
) -> None:
    server.script = answer(200, more={"Set-Cookie": "sessie=1; Path=/"})
    await client.get("/x")
    await client.get("/x")
    assert [each.headers.get("cookie") for each in server.received] == [None, None]


async def test_what_is_given_up_leaves_no_connection(
    server: FaultServer, client: RegisterClient, portal: BlockingPortal
) -> None:
    server.script = late(60, answer(200))
    asked = [asyncio.create_task(client.get("/x")) for _ in range(5)]
    await until_open(portal, server, 5)
    for task in asked:
        task.cancel()
    await asyncio.wait(asked)
    await until_open(portal, server, 0)
    server.script = answer(200, ONE)
    assert await client.get("/x") == Answer(ONE, "")


async def test_absence_is_told_without_losing_the_connection(
    server: FaultServer, client: RegisterClient
) -> None:
    server.script = answer(404, b'{"code": "not_found"}')
    assert isinstance(await client.get("/x"), Missing)
    server.script = answer(200, ONE)
    assert await client.get("/x") == Answer(ONE, "")
    assert server.connections == 1
