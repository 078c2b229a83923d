"""The rules of `_zoek`, for both contracts that have one."""

import json
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

import httpx
import pytest
import respx

from gateway.errors import (
    GatewayError,
    MalformedAnswer,
    Missing,
    RegisterRefused,
    RegisterUnavailable,
    UnknownRegister,
)
from gateway.registers.records import Json
from gateway.registers.registers import Reads
from tests.registers.builders import (
    DOCUMENTEN,
    ZAKEN,
    Answers,
    Asked,
    Builder,
    Payload,
    a_document,
    a_register,
    a_zaak,
    asked,
    given,
    page,
    reads,
    uuid,
)

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

pytestmark = pytest.mark.anyio

TWEEDE = "https://tweede.example/api"


class Bulk(NamedTuple):
    """One contract's bulk read, at two registers with a small page."""

    registers: Reads
    base: str
    path: str
    payload: Builder

    async def read(self, *urls: str) -> Answers:
        by_url: Callable[[Sequence[str]], Awaitable[Answers]] = (
            self.registers.zaken.zaken_by_url
            if self.path == "zaken"
            else self.registers.documenten.documenten_by_url
        )
        return await by_url(urls)

    def url(self, number: int, base: str = "") -> str:
        return f"{base or self.base}/{self.path}/{uuid(number)}"

    def zoek(self, base: str = "") -> str:
        return f"{base or self.base}/{self.path}/_zoek"

    def question(self, *numbers: int, base: str = "") -> Asked:
        body: Json = {"uuid__in": [uuid(number) for number in numbers]}
        return Asked("POST", f"{self.zoek(base)}?pageSize=3", body)


@pytest.fixture(params=["zaken", "documenten"])
def bulk(request: pytest.FixtureRequest, transport: httpx.MockTransport) -> Bulk:
    kind = request.param
    registers = reads(
        transport,
        a_register(kind, page_size=3),
        a_register(kind, name="tweede", base_url=TWEEDE, page_size=3),
        a_register("catalogi"),
    )
    if kind == "zaken":
        return Bulk(registers, ZAKEN, "zaken", a_zaak)
    return Bulk(registers, DOCUMENTEN, "enkelvoudiginformatieobjecten", a_document)


@pytest.fixture
def honest(router: respx.MockRouter, bulk: Bulk) -> None:
    """Both registers have all records, and answer them in their own order."""

    def answer(request: httpx.Request, base: str) -> httpx.Response:
        wanted = json.loads(request.content)["uuid__in"]
        numbers = [number for number in range(20, 0, -1) if uuid(number) in wanted]
        return page([bulk.payload(number, base=base) for number in numbers])

    for base in (bulk.base, TWEEDE):
        router.post(bulk.zoek(base)).mock(
            side_effect=lambda request, base=base: answer(request, base)
        )


async def test_nothing_asked_is_no_request(
    router: respx.MockRouter, bulk: Bulk
) -> None:
    assert await bulk.read() == []
    assert asked(router) == []


@pytest.mark.usefixtures("honest")
async def test_many_records_are_one_request_and_come_in_the_order_asked(
    router: respx.MockRouter, bulk: Bulk
) -> None:
    urls = [bulk.url(2), bulk.url(1), bulk.url(3)]
    assert given(await bulk.read(*urls)) == urls
    assert asked(router) == [bulk.question(2, 1, 3)]


@pytest.mark.usefixtures("honest")
async def test_a_record_is_asked_for_once(router: respx.MockRouter, bulk: Bulk) -> None:
    upper = f"{bulk.base}/{bulk.path}/{uuid(1).upper()}"
    answers = await bulk.read(bulk.url(1), bulk.url(2), bulk.url(1), upper)
    assert given(answers) == [bulk.url(1), bulk.url(2), bulk.url(1), bulk.url(1)]
    assert asked(router) == [bulk.question(1, 2)]


@pytest.mark.usefixtures("honest")
async def test_more_than_a_page_is_asked_in_pages(
    router: respx.MockRouter, bulk: Bulk
) -> None:
    urls = [bulk.url(number) for number in range(1, 8)]
    assert given(await bulk.read(*urls)) == urls
    assert asked(router) == [
        bulk.question(1, 2, 3),
        bulk.question(4, 5, 6),
        bulk.question(7),
    ]


@pytest.mark.usefixtures("honest")
async def test_each_register_is_asked_for_its_own(
    router: respx.MockRouter, bulk: Bulk
) -> None:
    urls = [bulk.url(1), bulk.url(1, TWEEDE), bulk.url(2)]
    assert given(await bulk.read(*urls)) == urls
    assert asked(router) == [bulk.question(1, 2), bulk.question(1, base=TWEEDE)]


async def test_what_nobody_owns_is_not_asked(
    router: respx.MockRouter, bulk: Bulk
) -> None:
    answers = await bulk.read(
        f"https://evil.example/{bulk.path}/{uuid(1)}",
        f"{bulk.base}/{bulk.path}/nope",
        f"{bulk.base}/statussen/{uuid(1)}",
        "",
    )
    assert given(answers) == [UnknownRegister] * 4
    assert asked(router) == []


@pytest.mark.usefixtures("honest")
async def test_what_nobody_owns_costs_the_others_nothing(
    router: respx.MockRouter, bulk: Bulk
) -> None:
    answers = await bulk.read("https://evil.example/x", bulk.url(1))
    assert given(answers) == [UnknownRegister, bulk.url(1)]
    assert asked(router) == [bulk.question(1)]


@pytest.mark.usefixtures("honest")
async def test_what_is_not_in_the_answer_is_missing(bulk: Bulk) -> None:
    assert given(await bulk.read(bulk.url(1), bulk.url(99))) == [bulk.url(1), Missing]


async def test_records_that_were_not_asked_for_are_dropped(
    router: respx.MockRouter, bulk: Bulk
) -> None:
    everything = [bulk.payload(number) for number in (7, 1, 8, 2)]
    router.post(bulk.zoek()).mock(return_value=page(everything, "https://volgende"))
    answers = await bulk.read(bulk.url(1), bulk.url(2))
    assert given(answers) == [bulk.url(1), bulk.url(2)]


async def test_beside_records_not_asked_for_nothing_is_missing(
    router: respx.MockRouter, bulk: Bulk
) -> None:
    router.post(bulk.zoek()).mock(return_value=page([bulk.payload(7), bulk.payload(1)]))
    answers = await bulk.read(bulk.url(1), bulk.url(2))
    assert given(answers) == [bulk.url(1), MalformedAnswer]


async def test_what_is_on_a_next_page_is_asked_for_by_uuid_and_no_link_is_followed(
    router: respx.MockRouter, bulk: Bulk
) -> None:
    elsewhere = "https://evil.example/_zoek?page=2"
    router.post(bulk.zoek()).mock(
        side_effect=[
            page([bulk.payload(2)], elsewhere),
            page([bulk.payload(1)], elsewhere),
            page([bulk.payload(3)]),
            page([bulk.payload(4)]),
            page([bulk.payload(5)]),
        ]
    )
    urls = [bulk.url(number) for number in (1, 2, 3)]
    assert given(await bulk.read(*urls)) == urls
    # It puts one on a page: so that is what it is asked for, for a while.
    more = [bulk.url(number) for number in (4, 5)]
    assert given(await bulk.read(*more)) == more
    assert asked(router) == [
        bulk.question(1, 2, 3),
        *(bulk.question(number) for number in (1, 3, 4, 5)),
    ]


async def test_a_next_page_without_anything_before_it_is_no_answer(
    router: respx.MockRouter, bulk: Bulk
) -> None:
    router.post(bulk.zoek()).mock(return_value=page([], f"{bulk.zoek()}?page=2"))
    assert given(await bulk.read(bulk.url(1))) == [MalformedAnswer]
    assert asked(router) == [bulk.question(1)]


async def test_a_record_that_comes_twice_is_read_once(
    router: respx.MockRouter, bulk: Bulk
) -> None:
    broken = bulk.payload(1) | {"bronorganisatie": 2}
    router.post(bulk.zoek()).mock(
        return_value=page([broken, bulk.payload(1), broken, bulk.payload(1)])
    )
    assert given(await bulk.read(bulk.url(1))) == [bulk.url(1)]


@pytest.mark.parametrize("status", [404, 405])
async def test_a_register_without_zoek_is_asked_for_each_record(
    status: int, router: respx.MockRouter, bulk: Bulk
) -> None:
    router.post(bulk.zoek()).respond(status, text="<html>")
    urls = [bulk.url(number) for number in (1, 2, 3, 4)]
    for number, url in enumerate(urls, start=1):
        router.get(url).respond(json=bulk.payload(number))
    assert given(await bulk.read(*urls[:2])) == urls[:2]
    assert given(await bulk.read(*urls[2:])) == urls[2:]
    assert asked(router) == [
        bulk.question(1, 2),
        *(Asked("GET", url) for url in urls),
    ]


async def test_a_register_configured_without_zoek_is_never_asked_for_it(
    router: respx.MockRouter, transport: httpx.MockTransport
) -> None:
    zaken = reads(transport, a_register("zaken", zoek=False)).zaken
    url = f"{ZAKEN}/zaken/{uuid(1)}"
    router.get(url).respond(json=a_zaak(1))
    status = frozenset({"status"})
    assert given(await zaken.zaken_by_url([url], expand=status)) == [url]
    assert asked(router) == [Asked("GET", url)]
    assert router.calls.last.request.headers["Accept-Crs"] == "EPSG:4326"


@pytest.mark.parametrize("status", [400, 403])
async def test_one_record_that_a_register_chokes_on_costs_that_record(
    status: int, router: respx.MockRouter, bulk: Bulk
) -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        wanted = json.loads(request.content)["uuid__in"]
        if uuid(2) in wanted:
            return httpx.Response(status, json={"code": "invalid"})
        return page([bulk.payload(n) for n in (1, 3) if uuid(n) in wanted])

    router.post(bulk.zoek()).mock(side_effect=answer)
    urls = [bulk.url(number) for number in (1, 2, 3)]
    assert given(await bulk.read(*urls)) == [urls[0], RegisterRefused, urls[2]]
    assert asked(router) == [
        bulk.question(1, 2, 3),
        Asked("POST", bulk.question().url, {"uuid__in": [str(UUID(int=0))]}),
        bulk.question(1),
        bulk.question(2, 3),
        bulk.question(2),
        bulk.question(3),
    ]


async def test_halves_of_a_refused_batch_are_asked_for_so_often_and_no_more(
    router: respx.MockRouter, transport: httpx.MockTransport
) -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        nobody = json.loads(request.content)["uuid__in"] == [str(UUID(int=0))]
        return page([]) if nobody else httpx.Response(400, json={})

    router.post(f"{ZAKEN}/zaken/_zoek").mock(side_effect=answer)
    zaken = reads(transport, a_register("zaken")).zaken
    urls = [f"{ZAKEN}/zaken/{uuid(number)}" for number in range(1, 101)]
    answers = Counter(given(await zaken.zaken_by_url(urls)))
    # The batch, a question about nobody, and two halves of each of 57 splits.
    assert len(asked(router)) == 2 + 2 * 57
    assert answers == {RegisterRefused: 23, MalformedAnswer: 77}


async def test_several_records_that_a_register_chokes_on_cost_those(
    router: respx.MockRouter, transport: httpx.MockTransport
) -> None:
    poison = {uuid(number) for number in (3, 17, 50, 51, 99)}

    def answer(request: httpx.Request) -> httpx.Response:
        wanted = json.loads(request.content)["uuid__in"]
        if poison.intersection(wanted):
            return httpx.Response(400, json={})
        return page([a_zaak(n) for n in range(1, 101) if uuid(n) in wanted])

    router.post(f"{ZAKEN}/zaken/_zoek").mock(side_effect=answer)
    zaken = reads(transport, a_register("zaken")).zaken
    urls = [f"{ZAKEN}/zaken/{uuid(number)}" for number in range(1, 101)]
    answers = given(await zaken.zaken_by_url(urls))
    refused = [n for n, each in enumerate(answers, 1) if each is RegisterRefused]
    assert refused == [3, 17, 50, 51, 99]
    assert sum(isinstance(each, str) for each in answers) == 95


async def test_what_is_not_shown_is_a_refusal_also_when_it_was_not_found_out_which(
    router: respx.MockRouter, transport: httpx.MockTransport
) -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        nobody = json.loads(request.content)["uuid__in"] == [str(UUID(int=0))]
        return page([]) if nobody else httpx.Response(403, json={})

    router.post(f"{ZAKEN}/zaken/_zoek").mock(side_effect=answer)
    zaken = reads(transport, a_register("zaken")).zaken
    urls = [f"{ZAKEN}/zaken/{uuid(number)}" for number in range(1, 101)]
    assert given(await zaken.zaken_by_url(urls)) == [RegisterRefused] * 100


async def test_a_page_of_a_million_results_is_not_built(
    router: respx.MockRouter, bulk: Bulk
) -> None:
    body = b'{"next":null,"results":[' + b"1," * 1_000_001 + b"1]}"
    router.post(bulk.zoek()).respond(
        headers={"Content-Type": "application/json"}, content=body
    )
    (answer,) = await bulk.read(bulk.url(1))
    assert isinstance(answer, MalformedAnswer)
    assert str(answer).endswith("the answer has too many parts")


async def test_whoever_else_answers_is_asked_for_one_record_only(
    router: respx.MockRouter, bulk: Bulk
) -> None:
    router.post(bulk.zoek()).respond(404, text="<html>")
    router.get().respond(404, text="<html>")
    urls = [bulk.url(number) for number in (1, 2, 3)]
    for _ in range(2):
        assert given(await bulk.read(*urls)) == [MalformedAnswer] * 3
    once = [bulk.question(1, 2, 3), Asked("GET", urls[0])]
    assert asked(router) == [*once, *once]


async def test_a_register_that_refuses_every_question_is_asked_twice(
    router: respx.MockRouter, bulk: Bulk
) -> None:
    router.post(bulk.zoek()).respond(400, json={"code": "invalid"})
    answers = await bulk.read(*(bulk.url(number) for number in (1, 2, 3)))
    assert given(answers) == [RegisterRefused] * 3
    assert len(asked(router)) == 2


@pytest.mark.parametrize("status", [400, 403])
async def test_what_may_not_be_expanded_costs_no_zaak(
    status: int, router: respx.MockRouter, transport: httpx.MockTransport
) -> None:
    zaken = reads(transport, a_register("zaken")).zaken
    zoek, url = f"{ZAKEN}/zaken/_zoek", f"{ZAKEN}/zaken/{uuid(1)}"
    router.post(zoek).mock(
        side_effect=[httpx.Response(status, json={}), page([a_zaak(1)])]
    )
    found = await zaken.zaken_by_url([url], expand=frozenset({"status"}))
    assert given(found) == [url]
    bodies: list[Json] = [{"uuid__in": [uuid(1)], "expand": ["status"]}]
    bodies.append({"uuid__in": [uuid(1)]})
    assert [each.body for each in asked(router)] == bodies


@pytest.mark.parametrize(
    ("case", "answer", "error"),
    [
        ("an outage", httpx.Response(503), RegisterUnavailable),
        ("a refusal", httpx.Response(403), RegisterRefused),
        ("a question it does not understand", httpx.Response(415), RegisterRefused),
        ("no JSON", httpx.Response(200, text="<html>"), MalformedAnswer),
        ("no object", httpx.Response(200, json=[]), MalformedAnswer),
        ("no results", httpx.Response(200, json={"count": 0}), MalformedAnswer),
        ("no list", httpx.Response(200, json={"results": {}}), MalformedAnswer),
        (
            "half an answer",
            httpx.Response(
                200,
                headers={"Content-Type": "application/json"},
                content=b'{"results":[{',
            ),
            MalformedAnswer,
        ),
        (
            "a bottomless answer",
            httpx.Response(
                200,
                headers={"Content-Type": "application/json"},
                content=b'{"results":' + b"[" * 100_000,
            ),
            MalformedAnswer,
        ),
    ],
)
@pytest.mark.usefixtures("honest")
async def test_a_register_that_fails_costs_its_own_only(
    case: str,
    answer: httpx.Response,
    error: type[GatewayError],
    router: respx.MockRouter,
    bulk: Bulk,
) -> None:
    router.post(bulk.zoek(TWEEDE)).mock(return_value=answer)
    urls = [bulk.url(1), bulk.url(1, TWEEDE), bulk.url(2), bulk.url(2, TWEEDE)]
    answers = await bulk.read(*urls)
    assert given(answers) == [urls[0], error, urls[2], error], case
    assert isinstance(answers[1], GatewayError)
    assert answers[1].extensions["register"] == "tweede", case


async def test_a_page_that_fails_costs_its_own_only(
    router: respx.MockRouter, bulk: Bulk
) -> None:
    router.post(bulk.zoek()).mock(
        side_effect=[
            page([bulk.payload(number) for number in (1, 2, 3)]),
            httpx.ReadError,
        ]
    )
    urls = [bulk.url(number) for number in range(1, 6)]
    answers = await bulk.read(*urls)
    assert given(answers) == [*urls[:3], RegisterUnavailable, RegisterUnavailable]
    assert asked(router) == [bulk.question(1, 2, 3), bulk.question(4, 5)]


@pytest.mark.parametrize(
    ("case", "broken"),
    [
        ("a required text is no text", {"bronorganisatie": 2}),
        ("a required text is empty", {"bronorganisatie": ""}),
        ("a date is none", {"startdatum": "gisteren", "creatiedatum": "gisteren"}),
        ("an unknown word", {"vertrouwelijkheidaanduiding": "topgeheim"}),
    ],
)
async def test_a_record_outside_its_contract_costs_itself_only(
    case: str, broken: Payload, router: respx.MockRouter, bulk: Bulk
) -> None:
    router.post(bulk.zoek()).mock(
        return_value=page([bulk.payload(1), bulk.payload(2) | broken])
    )
    answers = await bulk.read(bulk.url(1), bulk.url(2), bulk.url(3))
    assert given(answers) == [bulk.url(1), MalformedAnswer, Missing], case


@pytest.mark.parametrize("nameless", ["x", None, {}, {"url": "https://x.example/y"}, 3])
async def test_beside_a_record_without_a_name_nothing_is_missing(
    nameless: Json, router: respx.MockRouter, bulk: Bulk
) -> None:
    router.post(bulk.zoek()).mock(return_value=page([nameless, bulk.payload(1)]))
    answers = await bulk.read(bulk.url(1), bulk.url(2))
    assert given(answers) == [bulk.url(1), MalformedAnswer]


async def test_no_message_holds_what_a_register_or_a_caller_wrote(
    router: respx.MockRouter, bulk: Bulk
) -> None:
    router.post(bulk.zoek()).mock(
        return_value=page(
            [bulk.payload(1) | {"vertrouwelijkheidaanduiding": "999990639"}]
        )
    )
    answers = await bulk.read(bulk.url(1), bulk.url(2), "https://evil.example/x")
    texts = " ".join(str(answer) for answer in answers)
    assert len(answers) == 3
    for secret in ("999990639", uuid(1), uuid(2), "http", "evil"):
        assert secret not in texts
