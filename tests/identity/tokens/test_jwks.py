import asyncio
import logging
from pathlib import Path

import httpx
import pytest

from gateway.errors import InvalidSettings
from gateway.identity.tokens.claims import InvalidToken
from gateway.identity.tokens.jwks import (
    FRESH,
    KEPT,
    LONGEST,
    REFETCH,
    RETRY,
    KeysUnavailable,
)
from gateway.identity.tokens.tokens import Tokens
from tests.identity.minting import (
    BSN,
    ISSUER,
    Said,
    Scene,
    a_key,
    an_issuer,
    bearer,
    discovery_of,
    identity_settings,
    jwks_of,
    public,
    signed,
)
from tests.registers.builders import Gate

pytestmark = pytest.mark.anyio

OLD, NEW = a_key("oud"), a_key("nieuw")
NAMELESS = a_key(None)
ONCE = [discovery_of(), jwks_of()]


@pytest.fixture
def scene() -> Scene:
    return Scene(public(OLD))


async def outcome(scene: Scene, token: str) -> str:
    """Say what came of it, in a word."""
    try:
        return await scene.sub(token) or "nobody"
    except InvalidToken:
        return "invalid"
    except KeysUnavailable:
        return "unavailable"


async def settled() -> None:
    """Let what is under way in the background come to its end."""
    for _ in range(20):
        await asyncio.sleep(0)


async def test_keys_are_asked_for_once_in_ten_minutes(scene: Scene) -> None:
    token = signed(OLD)
    for now in (0.0, 1.0, FRESH - 0.001):
        scene.timer.now = 1_000.0 + now
        assert await scene.sub(token) == BSN
    await settled()
    assert scene.issuers.asked == ONCE


async def test_after_ten_minutes_they_are_asked_for_while_nobody_waits(
    scene: Scene,
) -> None:
    await scene.sub(signed(OLD))
    scene.issuers.published[ISSUER] = [public(NEW)]
    scene.timer.now += FRESH
    assert await outcome(scene, signed(OLD)) == BSN
    await settled()
    assert await outcome(scene, signed(OLD)) == "invalid"
    assert await outcome(scene, signed(NEW)) == BSN
    assert scene.issuers.asked == ONCE * 2


async def test_where_the_keys_are_can_be_configured() -> None:
    elsewhere = "https://sleutels.voorbeeldstad.example/jwks"
    scene = Scene(settings=identity_settings(an_issuer(jwks_url=elsewhere)))
    scene.issuers.instead[elsewhere] = httpx.Response(200, json={"keys": [public(OLD)]})
    assert await scene.sub(signed(OLD)) == BSN
    assert scene.issuers.asked == [elsewhere]


async def test_many_at_once_ask_once(scene: Scene) -> None:
    token = signed(OLD)
    found = await asyncio.gather(*(scene.sub(token) for _ in range(50)))
    assert found == [BSN] * 50
    assert scene.issuers.asked == ONCE


async def test_an_unknown_kid_asks_once_not_once_for_each_request(scene: Scene) -> None:
    await scene.sub(signed(OLD))
    scene.timer.now += REFETCH
    stray = [signed(a_key(f"sleutel-{number}")) for number in range(20)]
    at_once = await asyncio.gather(*(outcome(scene, token) for token in stray))
    after = [await outcome(scene, token) for token in stray]
    assert at_once + after == ["invalid"] * 40
    assert scene.issuers.asked == ONCE * 2
    scene.timer.now += REFETCH - 0.001
    await outcome(scene, stray[0])
    assert scene.issuers.asked == ONCE * 2
    scene.timer.now += 0.001
    await outcome(scene, stray[0])
    assert scene.issuers.asked == ONCE * 3


async def test_an_unknown_kid_at_first_asks_no_second_time(scene: Scene) -> None:
    assert await outcome(scene, signed(NEW)) == "invalid"
    assert scene.issuers.asked == ONCE


async def test_a_new_key_is_believed_as_soon_as_it_is_used(scene: Scene) -> None:
    await scene.sub(signed(OLD))
    scene.issuers.published[ISSUER] = [public(OLD), public(NEW)]
    scene.timer.now += REFETCH
    tokens = [signed(NEW), signed(OLD), signed(NEW)]
    found = await asyncio.gather(*(outcome(scene, token) for token in tokens))
    assert found == [BSN] * 3
    assert scene.issuers.asked == ONCE * 2


async def test_a_token_without_kid_works_with_one_key_only() -> None:
    scene = Scene(public(NAMELESS))
    assert await outcome(scene, signed(NAMELESS)) == BSN
    scene = Scene(public(NAMELESS), public(OLD))
    assert await outcome(scene, signed(NAMELESS)) == "invalid"
    assert scene.issuers.asked == ONCE


async def test_without_any_key_it_is_not_known_whether_a_token_is_good(
    scene: Scene,
) -> None:
    scene.issuers.down = True
    token = signed(OLD)
    assert await outcome(scene, token) == "unavailable"
    scene.timer.now += RETRY - 0.001
    assert await outcome(scene, token) == "unavailable"
    assert scene.issuers.asked == [discovery_of()]
    scene.timer.now += 0.001
    scene.issuers.down = False
    assert await outcome(scene, token) == BSN
    assert scene.issuers.asked == [discovery_of(), *ONCE]


async def test_known_keys_outlive_an_outage_of_an_hour(scene: Scene) -> None:
    token = signed(OLD)
    await scene.sub(token)
    scene.issuers.down = True
    scene.timer.now += KEPT - 0.001
    assert await outcome(scene, token) == BSN
    await settled()
    scene.timer.now += 0.001
    assert await outcome(scene, token) == "unavailable"
    assert scene.issuers.asked == [*ONCE, discovery_of()]


async def test_an_issuer_that_is_down_is_asked_every_five_seconds(scene: Scene) -> None:
    token = signed(OLD)
    await scene.sub(token)
    scene.issuers.down = True
    scene.timer.now += FRESH
    for _ in range(20):
        assert await outcome(scene, token) == BSN
        await settled()
        scene.timer.now += 1.0
    assert scene.issuers.asked == [*ONCE, *[discovery_of()] * 4]


async def test_who_stops_waiting_does_not_stop_the_others(scene: Scene) -> None:
    gate = Gate()
    answer = scene.issuers.handle_async_request

    class Slow(httpx.AsyncBaseTransport):
        async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
            await gate.passed()
            return await answer(request)

    tokens = Tokens(identity_settings(), transport=Slow(), clock=scene.clock)
    first, second = (
        asyncio.create_task(tokens.said(bearer(signed(OLD)))) for _ in range(2)
    )
    await gate.came()
    first.cancel()
    gate.open()
    assert await second is not None
    assert scene.issuers.asked == ONCE


class Stalled(httpx.AsyncBaseTransport):
    """Never answers; remembers what became of who asked."""

    def __init__(self) -> None:
        self.came = asyncio.Event()
        self.outcomes: list[str] = []

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self.came.set()
        try:
            await asyncio.sleep(60)
        except asyncio.CancelledError:
            self.outcomes.append("given up")
            raise
        return httpx.Response(200, request=request)

    async def aclose(self) -> None:
        self.outcomes.append("closed")


async def test_what_is_under_way_ends_with_the_gateway() -> None:
    stalled = Stalled()
    tokens = Tokens(identity_settings(), transport=stalled)
    waiting = asyncio.create_task(tokens.said(bearer(signed(OLD))))
    await stalled.came.wait()
    await tokens.aclose()
    await asyncio.wait([waiting])
    assert stalled.outcomes == ["given up", "closed"]
    assert waiting.cancelled()


async def test_an_issuer_that_does_not_answer_is_not_waited_for(
    caplog: pytest.LogCaptureFixture,
) -> None:
    stalled = Stalled()
    tokens = Tokens(identity_settings(), transport=stalled, patience=0.01)
    with pytest.raises(KeysUnavailable) as caught:
        await tokens.said(bearer(signed(OLD)))
    assert str(caught.value) == f"issuer {ISSUER} gives no keys"
    assert stalled.outcomes == ["given up"]
    assert [each.getMessage() for each in caplog.records] == [
        f"issuer {ISSUER}: no keys in time"
    ]


REDIRECT = httpx.Response(302, headers={"Location": "https://evil.example"})
PACKED = {"Content-Encoding": "gzip"}
DISCOVERY: list[tuple[str, httpx.Response | Exception]] = [
    ("status 302", REDIRECT),
    ("status 500", httpx.Response(500)),
    ("an encoding that was not asked for", httpx.Response(200, headers=PACKED)),
    ("the answer is too large", httpx.Response(200, content=b" " * (LONGEST + 1))),
    ("no keys (ReadTimeout)", httpx.ReadTimeout("")),
    ("no keys (ConnectError)", httpx.ConnectError("")),
    ("no keys (OSError)", OSError()),
]


def discovered(issuer: str, jwks_uri: object) -> httpx.Response:
    return httpx.Response(200, json={"issuer": issuer, "jwks_uri": jwks_uri})


SAYS_NOT_WHERE = "its discovery document does not say where"
UNVOUCHED = "its discovery document leads to where nobody vouches for it"


@pytest.mark.parametrize(
    ("message", "answer"),
    [
        *DISCOVERY,
        (SAYS_NOT_WHERE, httpx.Response(200, text="<html>")),
        (SAYS_NOT_WHERE, httpx.Response(200, text='{"a":' * 20_000)),
        (SAYS_NOT_WHERE, discovered(ISSUER, 1)),
        ("its discovery document is another's", discovered(f"{ISSUER}/", "x")),
        (UNVOUCHED, discovered(ISSUER, "http://sleutels.example/jwks")),
        (UNVOUCHED, discovered(ISSUER, "file:///etc/passwd")),
        (UNVOUCHED, discovered(ISSUER, "https://[")),
        (UNVOUCHED, discovered(ISSUER, "")),
        ("no keys (InvalidURL)", discovered(ISSUER, "https://xn--\u00e9/jwks")),
    ],
)
async def test_a_discovery_document_that_is_none_leads_nowhere(
    scene: Scene,
    caplog: pytest.LogCaptureFixture,
    message: str,
    answer: httpx.Response | Exception,
) -> None:
    scene.issuers.instead[discovery_of()] = answer
    assert await outcome(scene, signed(OLD)) == "unavailable"
    assert scene.issuers.asked == [discovery_of()]
    assert caplog.record_tuples == [
        ("gateway.identity.tokens.jwks", logging.WARNING, f"issuer {ISSUER}: {message}")
    ]


@pytest.mark.parametrize(
    ("message", "answer"),
    [
        *DISCOVERY,
        ("what should be its keys, is not", httpx.Response(200, text="<html>")),
        ("what should be its keys, is not", httpx.Response(200, json=[])),
        ("what should be its keys, is not", httpx.Response(200, text="[" * 20_000)),
    ],
)
async def test_keys_that_are_none_leave_those_that_are_known(
    scene: Scene,
    caplog: pytest.LogCaptureFixture,
    message: str,
    answer: httpx.Response | Exception,
) -> None:
    token = signed(OLD)
    await scene.sub(token)
    scene.issuers.instead[jwks_of()] = answer
    scene.timer.now += FRESH
    assert await outcome(scene, token) == BSN
    await settled()
    assert await outcome(scene, token) == BSN
    assert scene.issuers.asked == ONCE * 2
    assert [each.getMessage() for each in caplog.records] == [
        f"issuer {ISSUER}: {message}"
    ]


async def test_an_issuer_that_withdraws_all_its_keys_is_believed(scene: Scene) -> None:
    await scene.sub(signed(OLD))
    scene.issuers.published[ISSUER] = []
    scene.timer.now += FRESH
    await outcome(scene, signed(OLD))
    await settled()
    assert await outcome(scene, signed(OLD)) == "invalid"


@pytest.mark.parametrize("issuer", ["https://x.example", "http://127.0.0.1:8080/a/"])
async def test_the_document_is_below_the_issuer_with_or_without_a_slash(
    issuer: str,
) -> None:
    scene = Scene(settings=identity_settings(an_issuer(issuer=issuer)))
    scene.issuers.published = {issuer: [public(OLD)]}
    said: Said = {"iss": issuer, "exp": 2e9, "aud": "klantbeeld"}
    assert await outcome(scene, signed(OLD, said)) == "invalid"  # of no kind
    assert scene.issuers.asked == [discovery_of(issuer), jwks_of(issuer)]


def test_a_bundle_that_is_none_is_told_at_the_start(tmp_path: Path) -> None:
    bundle = tmp_path / "bundle.pem"
    bundle.write_text("no certificate")
    settings = identity_settings(an_issuer(ca_bundle=bundle))
    with pytest.raises(InvalidSettings) as caught:
        Tokens(settings)
    assert caught.value.problems == (f"issuer {ISSUER}: its ca_bundle cannot be used",)
