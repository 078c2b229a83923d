"""The webhook on its own: what it answers, and what it makes forgotten."""

import json
import logging
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple
from uuid import UUID

import httpx
import pytest
from starlette.applications import Starlette
from starlette.routing import Route
from starlette.types import Message

from gateway.edge.notificaties import MAX_BODY_BYTES, NotificatiesEndpoint
from gateway.errors import RegisterUnavailable
from gateway.registers.records import Json
from tests.demo.contracts import CONTRACTS, WITHOUT, faults
from tests.registers.builders import ZAKEN, Payload, uuid

pytestmark = pytest.mark.anyio

SECRET = "Bearer een-geheim-van-genoeg-tekens"
ZAAK = f"{ZAKEN}/zaken/{uuid(1)}"
STATUS = f"{ZAKEN}/statussen/{uuid(2)}"
FOREIGN = "https://elders.example/zaken/1"
MESSAGE: Payload = {
    "kanaal": "zaken",
    "hoofdObject": ZAAK,
    "resource": "status",
    "resourceUrl": STATUS,
    "actie": "create",
    "aanmaakdatum": "2026-03-02T09:30:00Z",
    "kenmerken": {"bronorganisatie": "002564440"},
}
# What Open Notificaties 1.x sends to find out whether the callback works.
TRIAL: Payload = {
    "kanaal": "test",
    "hoofdObject": "http://some.hoofdobject.nl/",
    "resource": "some_resource",
    "resourceUrl": "http://some.resource.nl/",
    "actie": "create",
    "aanmaakdatum": "2019-01-01T12:00:00Z",
    "kenmerken": {},
}


@dataclass
class Gateway:
    """Where messages end up, in order; `down` is the database between processes."""

    done: list[tuple[str, list[str]]] = field(default_factory=list)
    down: bool = False
    broken: bool = False

    def drop(self, urls: Sequence[str]) -> None:
        if self.broken:
            raise KeyError
        self.done.append(("drop", [*urls]))

    async def announce(self, urls: Sequence[str]) -> None:
        if self.down:
            raise RegisterUnavailable("klantbeeld", "the store does not answer")
        self.done.append(("announce", [*urls]))

    def endpoint(self) -> NotificatiesEndpoint:
        return NotificatiesEndpoint(
            SECRET,
            is_owned=lambda url: url.startswith(ZAKEN),
            drop=self.drop,
            announce=self.announce,
        )


class Answer(NamedTuple):
    status: int
    media_type: str
    body: Json
    headers: Mapping[str, str]


class Sender:
    """Sends messages as the Notificaties API does."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self._client = client

    async def __call__(
        self,
        message: Json | bytes,
        *,
        secret: str | bytes | None = SECRET,
        content_type: str = "application/json",
    ) -> Answer:
        headers = {b"Content-Type": content_type.encode()}
        if secret is not None:
            known = secret if isinstance(secret, bytes) else secret.encode()
            headers[b"Authorization"] = known
        body = message if isinstance(message, bytes) else json.dumps(message).encode()
        answer = await self._client.post("/notificaties", content=body, headers=headers)
        return Answer(
            answer.status_code,
            answer.headers.get("content-type", ""),
            answer.json() if answer.content else None,
            answer.headers,
        )


@pytest.fixture
def gateway() -> Gateway:
    return Gateway()


@pytest.fixture
async def send(gateway: Gateway) -> AsyncIterator[Sender]:
    route = Route("/notificaties", gateway.endpoint().answer, methods=["POST"])
    transport = httpx.ASGITransport(Starlette(routes=[route]))
    base = "https://klantbeeld.voorbeeldstad.example"
    async with httpx.AsyncClient(transport=transport, base_url=base) as client:
        yield Sender(client)


def problem(answer: Answer) -> tuple[int, Json, Json]:
    """Its status, code and detail, once it is what every problem is."""
    assert answer.media_type == "application/problem+json"
    assert isinstance(answer.body, dict)
    assert answer.body["status"] == answer.status
    assert answer.body["instance"] == UUID(str(answer.body["instance"])).urn
    return answer.status, answer.body["code"], answer.body["detail"]


async def test_what_a_message_names_is_forgotten_here_and_then_elsewhere(
    gateway: Gateway, send: Sender
) -> None:
    answer = await send(MESSAGE)
    assert (answer.status, answer.media_type, answer.body) == (204, "", None)
    assert gateway.done == [("drop", [ZAAK, STATUS]), ("announce", [ZAAK, STATUS])]


async def test_every_answer_tells_the_version_of_the_contract(send: Sender) -> None:
    answers = [await send(MESSAGE), await send(MESSAGE, secret=None), await send([])]
    assert [answer.status for answer in answers] == [204, 401, 400]
    assert [answer.headers["API-version"] for answer in answers] == ["1.0.0-rc1"] * 3


async def test_a_resource_that_is_its_own_hoofdobject_is_named_once(
    gateway: Gateway, send: Sender
) -> None:
    await send({**MESSAGE, "resourceUrl": ZAAK})
    assert gateway.done == [("drop", [ZAAK]), ("announce", [ZAAK])]


@pytest.mark.parametrize(
    "more",
    [
        {"resource": "iets-nieuws"},
        {"actie": "verwijderen"},
        {"aanmaakdatum": "1999-12-31T23:59:59+01:00"},
        {"extra": {"iets": ["nieuws"]}},
    ],
)
async def test_what_happened_and_when_decides_nothing(
    gateway: Gateway, send: Sender, more: Payload
) -> None:
    assert (await send({**MESSAGE, **more})).status == 204
    assert gateway.done == [("drop", [ZAAK, STATUS]), ("announce", [ZAAK, STATUS])]


async def test_a_message_that_comes_twice_is_taken_twice(
    gateway: Gateway, send: Sender
) -> None:
    assert [(await send(MESSAGE)).status for _ in range(2)] == [204, 204]
    assert (
        gateway.done
        == [
            ("drop", [ZAAK, STATUS]),
            ("announce", [ZAAK, STATUS]),
        ]
        * 2
    )


@pytest.mark.parametrize(
    "message",
    [
        TRIAL,
        {**MESSAGE, "kanaal": "besluiten"},
        {**MESSAGE, "hoofdObject": FOREIGN, "resourceUrl": FOREIGN},
        {**MESSAGE, "hoofdObject": "urn:x", "resourceUrl": "urn:y"},
    ],
)
async def test_what_is_not_about_our_records_is_taken_and_does_nothing(
    gateway: Gateway, send: Sender, message: Payload
) -> None:
    gateway.down = True
    assert (await send(message)).status == 204
    assert gateway.done == []


async def test_what_nobody_owns_is_passed_over(gateway: Gateway, send: Sender) -> None:
    await send({**MESSAGE, "hoofdObject": FOREIGN})
    assert gateway.done == [("drop", [STATUS]), ("announce", [STATUS])]


@pytest.mark.parametrize("secret", [None, ""])
async def test_who_does_not_say_who_it_is_gets_401(
    gateway: Gateway, send: Sender, secret: str | None
) -> None:
    answer = await send(MESSAGE, secret=secret)
    assert problem(answer) == (
        401,
        "not_authenticated",
        "Authorization: must be there",
    )
    assert answer.headers["WWW-Authenticate"] == "Bearer"
    assert gateway.done == []


@pytest.mark.parametrize(
    "secret",
    [
        "x",
        SECRET[:-1],
        f"{SECRET}x",
        SECRET.lower(),
        SECRET.partition(" ")[2],
        "é".encode(),
        b"\xff\xfe",
    ],
)
async def test_who_does_not_know_the_secret_gets_403(
    gateway: Gateway, send: Sender, secret: str | bytes
) -> None:
    answer = await send(b"not even JSON", secret=secret, content_type="text/plain")
    assert problem(answer) == (
        403,
        "permission_denied",
        "Authorization: is not that of the abonnement",
    )
    assert gateway.done == []


async def test_a_message_outside_the_contract_is_told_what_is_wrong(
    gateway: Gateway, send: Sender
) -> None:
    answer = await send({**MESSAGE, "kanaal": "999993653" * 6, "actie": 999993653})
    assert problem(answer) == (400, "invalid", "see invalid-params")
    assert isinstance(answer.body, dict)
    assert answer.body["invalid-params"] == [
        {
            "name": "kanaal",
            "code": "invalid",
            "reason": "Expected `str` of length <= 50",
        },
        {"name": "actie", "code": "invalid", "reason": "Expected `str`, got `int`"},
    ]
    assert "999993653" not in str(answer.body)
    assert gateway.done == []


@pytest.mark.parametrize(
    "content_type", ["", "text/plain", "application/cloudevents+json"]
)
async def test_another_content_type_is_not_read(
    gateway: Gateway, send: Sender, content_type: str
) -> None:
    answer = await send(MESSAGE, content_type=content_type)
    assert problem(answer) == (
        415,
        "unsupported_media_type",
        "content-type: must be application/json",
    )
    assert gateway.done == []


async def test_a_content_type_may_name_its_charset(send: Sender) -> None:
    kind = "Application/JSON; charset=utf-8"
    assert (await send(MESSAGE, content_type=kind)).status == 204


@pytest.mark.parametrize(("size", "status"), [(0, 204), (1, 413)])
async def test_a_message_has_a_bounded_length(
    gateway: Gateway, send: Sender, size: int, status: int
) -> None:
    message = json.dumps(MESSAGE).encode()
    padded = message + b" " * (MAX_BODY_BYTES - len(message) + size)
    assert (await send(padded)).status == status
    assert len(gateway.done) == (2 if status == 204 else 0)


async def test_when_other_processes_cannot_be_told_it_must_be_sent_again(
    gateway: Gateway, send: Sender
) -> None:
    gateway.down = True
    answer = await send(MESSAGE)
    assert problem(answer) == (503, "unavailable", "send it again")
    assert gateway.done == [("drop", [ZAAK, STATUS])]


async def test_a_bug_is_masked_and_logged_under_its_name(
    gateway: Gateway, send: Sender, caplog: pytest.LogCaptureFixture
) -> None:
    gateway.broken = True
    answer = await send(MESSAGE)
    assert problem(answer)[:2] == (500, "error")
    assert isinstance(answer.body, dict)
    (message,) = caplog.messages
    assert message.splitlines()[0] == f"internal error {answer.body['instance']}"


async def test_a_message_that_breaks_off_is_refused(gateway: Gateway) -> None:
    app = Starlette(routes=[Route("/", gateway.endpoint().answer, methods=["POST"])])
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.disconnect"}

    async def collect(message: Message) -> None:
        sent.append(message)

    headers = [
        (b"authorization", SECRET.encode()),
        (b"content-type", b"application/json"),
    ]
    scope = {"type": "http", "method": "POST", "path": "/", "headers": headers}
    await app({**scope, "query_string": b""}, receive, collect)
    assert sent[0]["status"] == 400
    assert gateway.done == []


async def test_the_log_says_what_kind_of_thing_happened_and_no_more(
    send: Sender, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, "gateway"):
        await send({**MESSAGE, "actie": "a\nb"})
    assert caplog.messages == ["notification: 'zaken', 'status', 'a\\nb'"]


@pytest.mark.skipif(not CONTRACTS.is_dir(), reason=WITHOUT)
async def test_every_answer_is_what_the_contract_says(
    gateway: Gateway, send: Sender
) -> None:
    refused = [
        await send({"kanaal": ""}),
        await send(b"{"),
        await send(MESSAGE, secret=None),
        await send(MESSAGE, secret="x"),
    ]
    gateway.down = True
    refused.append(await send(MESSAGE))
    gateway.broken = True
    refused.append(await send(MESSAGE))
    assert [answer.status for answer in refused] == [400, 400, 401, 403, 503, 500]
    for answer in refused:
        status = answer.status
        path = "/{webhooks_path}"
        assert (
            faults("ontvanger", path, answer.body, method="post", status=status) == []
        )


@pytest.mark.skipif(not CONTRACTS.is_dir(), reason=WITHOUT)
def test_the_contract_refuses_what_is_no_problem() -> None:
    wrong = faults("ontvanger", "/{webhooks_path}", {}, method="post", status=400)
    assert len(wrong) == 6
