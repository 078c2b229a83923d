"""What is sent once more, and which register is left alone."""

import asyncio
from typing import Protocol

import httpx
import pytest
import respx

from gateway.errors import RegisterError, RegisterRefused, RegisterUnavailable
from gateway.registers.wire.http import RegisterClient
from gateway.registers.wire.messages import Answer
from gateway.registers.wire.retries import Retries
from gateway.settings import RegisterKind
from tests.registers.builders import BASES, ZAKEN, a_register

pytestmark = pytest.mark.anyio

AT_ONCE = {"Retry-After": "0"}
ANSWERED = httpx.Response(200, json={})
EXPIRED = {"code": "jwt-expired", "title": "Het token is verlopen"}


class ClientOf(Protocol):
    """A client whose retries come at once and whose tokens are all different."""

    def __call__(
        self, kind: RegisterKind = ..., *, burst: int = ..., **more: object
    ) -> RegisterClient: ...


class Ticking:
    """A clock that is a second later each time it is looked at."""

    def __init__(self) -> None:
        self.now = 1_800_000_000.0

    def __call__(self) -> float:
        self.now += 1
        return self.now


class Timer:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def timer() -> Timer:
    return Timer()


@pytest.fixture
def client_of(transport: httpx.MockTransport, timer: Timer) -> ClientOf:
    def build(
        kind: RegisterKind = "zaken", *, burst: int = 10, **more: object
    ) -> RegisterClient:
        return RegisterClient(
            a_register(kind, name=None, base_url=None, **more),
            transport,
            clock=Ticking(),
            timer=timer,
            retries=Retries(share=0, burst=burst, chance=lambda: 0.0),
        )

    return build


def authorizations(router: respx.MockRouter) -> list[str]:
    return [call.request.headers["Authorization"] for call in router.calls]


@pytest.mark.parametrize("status", [429, 503])
async def test_one_who_says_when_to_come_back_is_asked_once_more(
    status: int, router: respx.MockRouter, client_of: ClientOf
) -> None:
    router.route().mock(side_effect=[httpx.Response(status, headers=AT_ONCE), ANSWERED])
    assert await client_of().get("/zaken/1") == Answer(b"{}", "")
    assert router.calls.call_count == 2


async def test_a_question_is_repeated_whole(
    router: respx.MockRouter, client_of: ClientOf
) -> None:
    router.post().mock(side_effect=[httpx.Response(503, headers=AT_ONCE), ANSWERED])
    await client_of().post("/zaken/_zoek", {"a": 1}, params={"pageSize": "9"})
    first, second = (call.request for call in router.calls)
    assert first.content == second.content == b'{"a":1}'
    assert first.url == second.url == f"{ZAKEN}/zaken/_zoek?pageSize=9"


@pytest.mark.parametrize(
    ("case", "status", "headers"),
    [
        ("again busy", 503, AT_ONCE),
        ("again too many", 429, AT_ONCE),
    ],
)
async def test_never_more_than_once(
    case: str,
    status: int,
    headers: dict[str, str],
    router: respx.MockRouter,
    client_of: ClientOf,
) -> None:
    router.route().respond(status, headers=headers)
    with pytest.raises(RegisterUnavailable, match=f"status {status}"):
        await client_of().get("/zaken/1")
    assert router.calls.call_count == 2, case


@pytest.mark.parametrize(
    ("case", "status", "headers"),
    [
        ("it does not say when", 503, {}),
        ("it does not say so that it can be read", 503, {"Retry-After": "soon"}),
        ("too many, and not when", 429, {}),
        ("later than anybody waits", 503, {"Retry-After": "3600"}),
        ("another outage", 500, AT_ONCE),
        ("a proxy's outage", 502, AT_ONCE),
        ("a proxy's patience", 504, AT_ONCE),
        ("a connection that was idle", 408, AT_ONCE),
    ],
)
async def test_other_outages_are_not_repeated(
    case: str,
    status: int,
    headers: dict[str, str],
    router: respx.MockRouter,
    client_of: ClientOf,
) -> None:
    router.route().respond(status, headers=headers)
    with pytest.raises(RegisterUnavailable):
        await client_of().get("/zaken/1")
    assert router.calls.call_count == 1, case


async def test_what_would_come_too_late_is_not_asked_again(
    router: respx.MockRouter, client_of: ClientOf
) -> None:
    router.route().respond(503, headers={"Retry-After": "1"})
    with pytest.raises(RegisterUnavailable):
        await client_of().get("/zaken/1", remaining=lambda: 1.0)
    assert router.calls.call_count == 1


@pytest.mark.parametrize(
    ("fault", "times"),
    [
        (httpx.ConnectTimeout, 2),
        (httpx.ConnectError, 2),
        (httpx.ReadTimeout, 1),
        (httpx.ReadError, 1),
    ],
)
async def test_a_connection_that_was_not_made_is_tried_once_more(
    fault: type[httpx.HTTPError],
    times: int,
    router: respx.MockRouter,
    client_of: ClientOf,
) -> None:
    router.route().mock(side_effect=fault)
    with pytest.raises(RegisterUnavailable):
        await client_of().post("/zaken/_zoek", {})
    assert router.calls.call_count == times


async def test_all_questions_share_one_budget(
    router: respx.MockRouter, client_of: ClientOf
) -> None:
    client = client_of(burst=3, breaker_failures=1000)
    router.route().respond(503, headers=AT_ONCE)
    for _ in range(5):
        with pytest.raises(RegisterUnavailable):
            await client.get("/zaken/1")
    assert router.calls.call_count == 5 + 3


async def test_a_token_that_is_blamed_is_made_anew(
    router: respx.MockRouter, client_of: ClientOf
) -> None:
    router.route().mock(side_effect=[httpx.Response(403, json=EXPIRED), ANSWERED])
    assert await client_of().get("/zaken/1") == Answer(b"{}", "")
    first, second = authorizations(router)
    assert first != second


async def test_a_token_is_made_anew_only_once(
    router: respx.MockRouter, client_of: ClientOf
) -> None:
    router.route().respond(403, json=EXPIRED)
    with pytest.raises(RegisterRefused, match="status 403"):
        await client_of().get("/zaken/1")
    assert len(set(authorizations(router))) == router.calls.call_count == 2


@pytest.mark.parametrize(
    ("case", "answer"),
    [
        ("a right is missing", httpx.Response(403, json={"code": "permission_denied"})),
        ("no code", httpx.Response(403, json={})),
        ("a code that is no text", httpx.Response(403, json={"code": 5})),
        ("no object", httpx.Response(403, json=["jwt-expired"])),
        ("JSON that breaks off", httpx.Response(403, json="x", text='{"code":"jwt-')),
        ("a page", httpx.Response(403, html='{"code":"jwt-expired"}')),
        ("another status", httpx.Response(401, json=EXPIRED)),
    ],
)
async def test_other_refusals_leave_the_token_as_it_is(
    case: str, answer: httpx.Response, router: respx.MockRouter, client_of: ClientOf
) -> None:
    client = client_of()
    router.route().mock(return_value=answer)
    for _ in range(2):
        with pytest.raises(RegisterRefused):
            await client.get("/zaken/1")
    assert router.calls.call_count == 2, case
    assert len(set(authorizations(router))) == 1, case


async def test_many_that_are_refused_at_once_make_one_new_token(
    router: respx.MockRouter, client_of: ClientOf
) -> None:
    client = client_of()
    everyone = asyncio.Barrier(10)

    async def first_refused(request: httpx.Request) -> httpx.Response:
        if len(set(authorizations(router)) | {request.headers["Authorization"]}) > 1:
            return httpx.Response(200, json={})
        await everyone.wait()
        return httpx.Response(403, json=EXPIRED)

    router.route().mock(side_effect=first_refused)
    answers = await asyncio.gather(*(client.get("/zaken/1") for _ in range(10)))
    assert answers == [Answer(b"{}", "")] * 10
    sent = authorizations(router)
    assert sorted(map(sent.count, set(sent))) == [10, 10]


async def test_a_fixed_token_is_sent_again_as_it_is(
    router: respx.MockRouter, client_of: ClientOf
) -> None:
    router.route().respond(403, json=EXPIRED)
    with pytest.raises(RegisterRefused):
        await client_of("objecten").get("/objects/1")
    assert set(authorizations(router)) == {"Token een-token-van-veertig-tekens"}


async def test_a_register_that_is_down_is_left_alone_and_tried_again(
    router: respx.MockRouter, client_of: ClientOf, timer: Timer
) -> None:
    client = client_of(breaker_failures=2, breaker_seconds=5)
    router.route().respond(500)
    told: list[str] = []
    for seconds in (0, 0, 0, 4.9, 0.1, 4.9):
        timer.now += seconds
        with pytest.raises(RegisterUnavailable) as failure:
            await client.get("/zaken/1")
        told.append(str(failure.value).removeprefix("register zaken: "))
    alone = "left alone for a while, since it did not answer"
    assert told == ["status 500", "status 500", alone, alone, "status 500", alone]
    assert router.calls.call_count == 3


@pytest.mark.parametrize("status", [401, 403, 404, 412, 204])
async def test_a_refusal_is_no_outage(
    status: int, router: respx.MockRouter, client_of: ClientOf
) -> None:
    client = client_of(breaker_failures=1)
    router.route().respond(status)
    for _ in range(3):
        with pytest.raises(RegisterError):
            await client.get("/zaken/1")
    assert router.calls.call_count == 3


@pytest.mark.parametrize(
    ("case", "seconds", "told"),
    [
        ("at once, it says nothing", 1.9, Answer(b"{}", "")),
        ("after long, it is an outage", 2.0, None),
    ],
)
async def test_what_is_given_up(
    case: str,
    seconds: float,
    told: Answer | None,
    router: respx.MockRouter,
    client_of: ClientOf,
    timer: Timer,
) -> None:
    client = client_of(breaker_failures=1, read_timeout=4.0)
    asked = asyncio.Event()

    async def never(_: httpx.Request) -> None:
        asked.set()
        await asyncio.Event().wait()

    router.get(f"{ZAKEN}/zaken/1").mock(side_effect=never)
    router.get(f"{ZAKEN}/zaken/2").respond(200, json={})
    given_up = asyncio.create_task(client.get("/zaken/1"))
    await asked.wait()
    timer.now += seconds
    given_up.cancel()
    await asyncio.wait([given_up])
    try:
        assert await client.get("/zaken/2") == told, case
    except RegisterUnavailable:
        assert told is None, case


async def test_headers_of_the_configuration_go_with_every_request(
    router: respx.MockRouter, client_of: ClientOf
) -> None:
    client = client_of(headers={"X-Gemeente": "0001", "OIN": "00000001"})
    router.route().respond(200, json={})
    await client.get("/zaken/1", headers={"Accept-Crs": "EPSG:4326"})
    await client.post("/zaken/_zoek", {})
    sent = [call.request.headers for call in router.calls]
    assert [(each["X-Gemeente"], each["OIN"]) for each in sent] == [
        ("0001", "00000001")
    ] * 2


@pytest.mark.parametrize("kind", BASES)
async def test_every_kind_is_asked_with_credentials_of_its_own(
    kind: RegisterKind, router: respx.MockRouter, client_of: ClientOf
) -> None:
    router.route().respond(200, json={})
    await client_of(kind).get("/x")
    (sent,) = authorizations(router)
    assert sent.startswith("Token een-" if kind == "objecten" else "Bearer ey")
