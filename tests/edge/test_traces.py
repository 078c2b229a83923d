import httpx
import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from gateway.edge.traces import Traced
from gateway.tracing import current, outgoing

pytestmark = pytest.mark.anyio

TRACE = "0af7651916cd43dd8448eb211c80319c"
GIVEN = f"00-{TRACE}-b7ad6b7169203331-01"


async def said(headers: list[tuple[str, str]]) -> list[str]:
    """What a request to a register would say of the trace."""

    async def answer(_request: Request) -> PlainTextResponse:
        sent = outgoing()
        return PlainTextResponse(
            f"{sent['traceparent'].split('-')[1]} {sent.get('tracestate')}"
        )

    app = Starlette(routes=[Route("/", answer)], middleware=[Middleware(Traced)])
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app), base_url="http://testserver"
    ) as client:
        return (await client.get("/", headers=headers)).text.split()


async def test_a_request_is_answered_in_the_trace_of_who_asks() -> None:
    headers = [("traceparent", GIVEN), ("tracestate", "a=1"), ("tracestate", "b=2")]
    assert await said(headers) == [TRACE, "a=1,b=2"]


async def test_a_request_without_a_trace_begins_one() -> None:
    (one, _), (other, _) = await said([]), await said([])
    assert (len(one), len(other), one == other) == (32, 32, False)
    assert current() is None


async def test_two_traceparents_are_none() -> None:
    trace, _ = await said([("traceparent", GIVEN), ("traceparent", GIVEN)])
    assert trace != TRACE
