import asyncio
import contextlib
import gzip
import socket
from collections.abc import AsyncIterator

import httpx
import pytest
import respx

from gateway.errors import (
    MalformedAnswer,
    Missing,
    RegisterError,
    RegisterRefused,
    RegisterUnavailable,
)
from gateway.registers.wire.http import RegisterClient
from gateway.registers.wire.messages import Answer
from gateway.tracing import begun, within
from tests.registers.builders import ZAKEN, Asked, Clock, a_register, asked

pytestmark = pytest.mark.anyio

JSON = {"Content-Type": "application/json"}


@pytest.fixture
def client(transport: httpx.MockTransport, clock: Clock) -> RegisterClient:
    return RegisterClient(a_register(), transport, clock=clock)


async def both_failures(client: RegisterClient) -> tuple[RegisterError, RegisterError]:
    with pytest.raises(RegisterError) as of_get:
        await client.get("/zaken/1")
    with pytest.raises(RegisterError) as of_post:
        await client.post("/zaken/_zoek", {})
    return of_get.value, of_post.value


async def test_a_get_gives_the_body(
    router: respx.MockRouter, client: RegisterClient
) -> None:
    router.get(f"{ZAKEN}/zaken/1").respond(json={"een": 1})
    assert await client.get("/zaken/1") == Answer(b'{"een":1}', "")
    assert asked(router) == [Asked("GET", f"{ZAKEN}/zaken/1")]


async def test_a_get_sends_what_is_needed_and_no_more(
    router: respx.MockRouter, client: RegisterClient
) -> None:
    router.get(f"{ZAKEN}/zaken/1").respond(json={})
    await client.get("/zaken/1", headers={"Accept-Crs": "EPSG:4326"})
    sent = router.calls.last.request.headers
    assert sent.pop("Authorization").startswith("Bearer ey")
    sent.pop("User-Agent")
    assert dict(sent) == {
        "host": "zaken.voorbeeldstad.example",
        "accept": "application/json",
        "accept-encoding": "identity",
        "accept-crs": "EPSG:4326",
    }


async def test_every_request_says_in_which_trace_it_is_made(
    router: respx.MockRouter, client: RegisterClient
) -> None:
    router.get(f"{ZAKEN}/zaken/1").respond(json={})
    trace = begun(["00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"], ["a=1"])
    with within(trace):
        await client.get("/zaken/1")
        await client.get("/zaken/1")
    sent = [call.request.headers for call in router.calls]
    assert [headers["tracestate"] for headers in sent] == ["a=1", "a=1"]
    said = [headers["traceparent"].split("-") for headers in sent]
    assert [trace_id for _, trace_id, _, _ in said] == [trace.trace_id] * 2
    spans = {f"{trace.span.span_id:016x}", *(span_id for _, _, span_id, _ in said)}
    assert len(spans) == 3


async def test_a_post_sends_json_and_a_query(
    router: respx.MockRouter, client: RegisterClient
) -> None:
    router.post(f"{ZAKEN}/zaken/_zoek").respond(json={"een": 1})
    answer = await client.post(
        "/zaken/_zoek",
        {"uuid__in": ["é"]},
        params={"pageSize": "100"},
        headers={"Content-Crs": "EPSG:4326"},
    )
    assert answer == Answer(b'{"een":1}', "")
    assert asked(router) == [
        Asked("POST", f"{ZAKEN}/zaken/_zoek?pageSize=100", {"uuid__in": ["é"]})
    ]
    sent = router.calls.last.request.headers
    assert (sent["Content-Type"], sent["Content-Crs"]) == (
        "application/json",
        "EPSG:4326",
    )
    assert "Accept-Crs" not in sent


async def test_a_get_has_a_query_and_tells_the_version_that_answered(
    router: respx.MockRouter, client: RegisterClient
) -> None:
    version = {"API-version": "1.5.1"}
    router.get().respond(json=[], headers=version)
    answer = await client.get("/rollen", params={"zaak": "a b"})
    assert answer == Answer(b"[]", "", "1.5.1")
    assert asked(router) == [Asked("GET", f"{ZAKEN}/rollen?zaak=a+b")]
    router.post().respond(json=[], headers=version)
    assert await client.post("/zaken/_zoek", {}) == Answer(b"[]", "", "1.5.1")


async def test_the_token_is_reused_until_the_clock_says_otherwise(
    router: respx.MockRouter, client: RegisterClient, clock: Clock
) -> None:
    router.get(f"{ZAKEN}/zaken/1").respond(json={})
    for seconds in (0, 2999, 1):
        clock.now += seconds
        await client.get("/zaken/1")
    first, second, third = (call.request.headers for call in router.calls)
    assert first["Authorization"] == second["Authorization"] != third["Authorization"]


@pytest.mark.parametrize("status", [404, 410])
async def test_what_is_not_there_is_a_value(
    status: int, router: respx.MockRouter, client: RegisterClient
) -> None:
    problem = {"Content-Type": "application/problem+json"}
    router.get().respond(status, headers=problem, content=b'{"code":"not_found"}')
    assert isinstance(await client.get("/zaken/1"), Missing)


@pytest.mark.parametrize(
    "body", [{"message": "no Route matched with those values"}, {}, [], "weg"]
)
async def test_a_404_that_is_not_the_register_s_is_no_absence(
    body: object, router: respx.MockRouter, client: RegisterClient
) -> None:
    router.get().respond(404, json=body)
    with pytest.raises(MalformedAnswer, match="status 404 from something else"):
        await client.get("/zaken/1")


async def test_a_404_may_have_a_code_of_any_kind(
    router: respx.MockRouter, client: RegisterClient
) -> None:
    router.get().respond(404, json={"code": 404, "detail": ["weg"]})
    assert isinstance(await client.get("/zaken/1"), Missing)


async def test_a_404_may_say_no_more_than_a_detail(
    router: respx.MockRouter, client: RegisterClient
) -> None:
    router.get().respond(404, json={"detail": "Not found."})
    assert isinstance(await client.get("/zaken/1"), Missing)


@pytest.mark.parametrize("etag", [b'"\xe9\xe9n"', b'"een\x7f"'])
async def test_an_etag_that_cannot_be_sent_back_is_none(
    etag: bytes, router: respx.MockRouter, client: RegisterClient
) -> None:
    headers = [(b"ETag", etag), (b"Content-Type", b"application/json")]
    router.get().mock(return_value=httpx.Response(200, headers=headers, content=b"{}"))
    assert await client.get("/zaken/1") == Answer(b"{}", "")


async def test_a_refusal_is_never_unpacked(
    router: respx.MockRouter, client: RegisterClient
) -> None:
    packed = gzip.compress(gzip.compress(b"0" * 10_000_000))
    headers = {"Content-Encoding": "gzip, gzip", **JSON}
    unpacked: list[int] = []

    class Watched(httpx.AsyncByteStream):
        async def __aiter__(self) -> AsyncIterator[bytes]:
            unpacked.append(len(packed))
            yield packed

    router.get().mock(
        side_effect=lambda _: httpx.Response(403, headers=headers, stream=Watched())
    )
    with pytest.raises(RegisterRefused, match="status 403"):
        await client.get("/zaken/1")
    assert unpacked == []


async def test_a_refusal_is_one_also_when_its_words_break_off(
    router: respx.MockRouter, client: RegisterClient
) -> None:
    async def broken() -> AsyncIterator[bytes]:
        yield b'{"code":'
        raise httpx.ReadError("")

    router.get().mock(
        side_effect=lambda _: httpx.Response(403, headers=JSON, content=broken())
    )
    with pytest.raises(RegisterRefused, match="status 403"):
        await client.get("/zaken/1")


@pytest.mark.parametrize("status", [404, 410])
async def test_a_question_that_is_not_there_is_a_refusal(
    status: int, router: respx.MockRouter, client: RegisterClient
) -> None:
    router.post().respond(status, json={})
    with pytest.raises(RegisterRefused):
        await client.post("/zaken/_zoek", {})


@pytest.mark.parametrize(
    ("status", "error"),
    [
        (201, MalformedAnswer),
        (204, MalformedAnswer),
        (206, MalformedAnswer),
        (301, RegisterRefused),
        (302, RegisterRefused),
        (304, RegisterRefused),
        (307, RegisterRefused),
        (308, RegisterRefused),
        (400, RegisterRefused),
        (401, RegisterRefused),
        (403, RegisterRefused),
        (405, RegisterRefused),
        (406, RegisterRefused),
        (409, RegisterRefused),
        (412, RegisterRefused),
        (415, RegisterRefused),
        (408, RegisterUnavailable),
        (429, RegisterUnavailable),
        (500, RegisterUnavailable),
        (502, RegisterUnavailable),
        (503, RegisterUnavailable),
        (504, RegisterUnavailable),
    ],
)
async def test_a_status_says_whose_fault_it_is(
    status: int,
    error: type[RegisterError],
    router: respx.MockRouter,
    client: RegisterClient,
) -> None:
    router.route().respond(status, json={"detail": "999990639"})
    for failure in await both_failures(client):
        assert type(failure) is error
        assert str(failure) == f"register zaken: status {status}"


@pytest.mark.parametrize(
    ("fault", "message"),
    [
        (httpx.ConnectTimeout, "no connection in time"),
        (httpx.PoolTimeout, "no free connection in time"),
        (httpx.WriteTimeout, "it did not take the request in time"),
        (httpx.ReadTimeout, "no answer in time"),
        (httpx.ConnectError, "no connection"),
        (httpx.ReadError, "the connection was lost"),
        (httpx.WriteError, "the connection was lost"),
        (httpx.CloseError, "the connection was lost"),
        (httpx.ProxyError, "the connection was lost"),
        (httpx.RemoteProtocolError, "the connection broke the protocol"),
        (httpx.LocalProtocolError, "the connection broke the protocol"),
    ],
)
async def test_a_fault_of_the_connection_is_an_outage(
    fault: type[httpx.HTTPError],
    message: str,
    router: respx.MockRouter,
    client: RegisterClient,
) -> None:
    router.route().mock(side_effect=fault)
    for failure in await both_failures(client):
        assert type(failure) is RegisterUnavailable
        assert str(failure) == f"register zaken: {message}"
        assert type(failure.__cause__) is fault


async def test_a_fault_halfway_the_answer_is_an_outage(
    router: respx.MockRouter, client: RegisterClient
) -> None:
    async def broken() -> AsyncIterator[bytes]:
        yield b'{"een":'
        raise httpx.ReadTimeout("")

    router.get().mock(
        side_effect=lambda _: httpx.Response(200, headers=JSON, content=broken())
    )
    with pytest.raises(RegisterUnavailable, match="no answer in time"):
        await client.get("/zaken/1")


async def test_a_long_refusal_is_a_refusal(
    router: respx.MockRouter, client: RegisterClient
) -> None:
    router.get().respond(403, json={"detail": "x" * 1_000_000})
    with pytest.raises(RegisterRefused, match="status 403"):
        await client.get("/zaken/1")


async def test_a_redirect_is_not_followed(
    router: respx.MockRouter, client: RegisterClient
) -> None:
    elsewhere = {"Location": "https://evil.example/zaken/1", **JSON}
    router.get(f"{ZAKEN}/zaken/1").respond(302, headers=elsewhere)
    with pytest.raises(RegisterRefused):
        await client.get("/zaken/1")
    assert asked(router) == [Asked("GET", f"{ZAKEN}/zaken/1")]


@pytest.mark.parametrize("status", [200, 404])
@pytest.mark.parametrize(
    "content_type",
    ["text/html", "text/html; charset=utf-8", "application/octet-stream", "json", ""],
)
async def test_what_is_no_json_is_no_answer(
    status: int, content_type: str, router: respx.MockRouter, client: RegisterClient
) -> None:
    headers = {"Content-Type": content_type} if content_type else {}
    router.get().respond(status, headers=headers, content=b"<html>")
    with pytest.raises(MalformedAnswer) as failure:
        await client.get("/zaken/1")
    assert str(failure.value) == f"register zaken: status {status} without JSON"


@pytest.mark.parametrize(
    "content_type",
    ["application/json", "Application/JSON;charset=utf-8", "application/hal+json"],
)
async def test_json_has_several_names(
    content_type: str, router: respx.MockRouter, client: RegisterClient
) -> None:
    router.get().respond(200, headers={"Content-Type": content_type}, content=b"{}")
    assert await client.get("/zaken/1") == Answer(b"{}", "")


async def test_a_compressed_answer_was_not_asked_for(
    router: respx.MockRouter, client: RegisterClient
) -> None:
    headers = {"Content-Encoding": "gzip", **JSON}
    router.get().respond(200, headers=headers, content=gzip.compress(b"{}"))
    with pytest.raises(MalformedAnswer, match="an encoding that was not asked for"):
        await client.get("/zaken/1")


@pytest.mark.parametrize(("length", "accepted"), [(1000, True), (1001, False)])
async def test_an_answer_is_bounded(
    length: int,
    accepted: bool,
    router: respx.MockRouter,
    transport: httpx.MockTransport,
) -> None:
    client = RegisterClient(a_register(max_answer_bytes=1000), transport)
    router.get().respond(200, headers=JSON, content=b"1" * length)
    if accepted:
        assert await client.get("/zaken/1") == Answer(b"1" * length, "")
        return
    with pytest.raises(MalformedAnswer, match="the answer is too large"):
        await client.get("/zaken/1")


async def test_an_endless_answer_is_read_no_further_than_its_bound(
    router: respx.MockRouter, transport: httpx.MockTransport
) -> None:
    client = RegisterClient(a_register(max_answer_bytes=1000), transport)
    given: list[int] = []

    async def endless() -> AsyncIterator[bytes]:
        while True:
            given.append(400)
            yield b"1" * 400

    router.get().mock(
        side_effect=lambda _: httpx.Response(200, headers=JSON, content=endless())
    )
    with pytest.raises(MalformedAnswer):
        await client.get("/zaken/1")
    assert given == [400, 400, 400]


async def test_no_more_requests_at_once_than_the_register_is_given(
    router: respx.MockRouter, transport: httpx.MockTransport
) -> None:
    client = RegisterClient(a_register(concurrency=3), transport)
    under_way: list[int] = [0]
    seen: list[int] = []

    async def answer(_: httpx.Request) -> httpx.Response:
        under_way[0] += 1
        seen.append(under_way[0])
        await asyncio.sleep(0)
        under_way[0] -= 1
        return httpx.Response(200, json={})

    router.get().mock(side_effect=answer)
    async with asyncio.TaskGroup() as group:
        for _ in range(10):
            group.create_task(client.get("/zaken/1"))
    assert (len(seen), max(seen)) == (10, 3)


async def test_a_failure_gives_its_room_back(
    router: respx.MockRouter, transport: httpx.MockTransport
) -> None:
    client = RegisterClient(a_register(concurrency=1), transport)
    router.get().mock(
        side_effect=[
            httpx.ReadError,
            httpx.Response(503, json={}),
            httpx.Response(200, text="geen json"),
            httpx.Response(200, json={}),
        ]
    )
    for _ in range(3):
        with pytest.raises(RegisterError):
            await client.get("/zaken/1")
    assert await client.get("/zaken/1") == Answer(b"{}", "")


@pytest.mark.parametrize("status", [200, 503])
async def test_an_answer_is_closed_also_when_it_is_not_read(
    status: int, router: respx.MockRouter, client: RegisterClient
) -> None:
    class Watched(httpx.AsyncByteStream):
        closed = 0

        async def __aiter__(self) -> AsyncIterator[bytes]:
            yield b"{}"

        async def aclose(self) -> None:
            self.closed += 1

    stream = Watched()
    router.get().mock(
        side_effect=lambda _: httpx.Response(status, headers=JSON, stream=stream)
    )
    with contextlib.suppress(RegisterUnavailable):
        await client.get("/zaken/1")
    assert stream.closed == 1


async def test_cookies_are_not_kept(
    router: respx.MockRouter, client: RegisterClient
) -> None:
    router.get().respond(json={}, headers={"Set-Cookie": "sessie=1; Path=/"})
    await client.get("/zaken/1")
    await client.get("/zaken/1")
    assert [call.request.headers.get("Cookie") for call in router.calls] == [None, None]


async def test_every_phase_has_a_time_limit(
    router: respx.MockRouter, transport: httpx.MockTransport
) -> None:
    settings = a_register(connect_timeout=1.5, read_timeout=4.0)
    router.get().respond(json={})
    await RegisterClient(settings, transport).get("/zaken/1")
    assert router.calls.last.request.extensions["timeout"] == {
        "connect": 1.5,
        "read": 4.0,
        "write": 4.0,
        "pool": 1.5,
    }


async def test_the_environment_names_no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as proxy:
        proxy.setblocking(False)
        host, port = proxy.getsockname()
        monkeypatch.setenv("HTTP_PROXY", f"http://{host}:{port}")
        monkeypatch.setenv("NO_PROXY", "")
        client = RegisterClient(a_register(base_url="http://127.0.0.1:1/zaken"))
        with pytest.raises(RegisterUnavailable, match="no connection"):
            await client.get("/zaken/1")
        await client.aclose()
        with pytest.raises(BlockingIOError):
            proxy.accept()


async def test_closing_closes_the_connections() -> None:
    class Closing(httpx.MockTransport):
        closed = 0

        async def aclose(self) -> None:
            self.closed += 1

    transport = Closing(lambda _: httpx.Response(200))
    await RegisterClient(a_register(), transport).aclose()
    assert transport.closed == 1
