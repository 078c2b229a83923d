"""What a register shows it cannot do is known for a while, and then tried again."""

import json
from typing import NamedTuple, cast

import httpx
import pytest
import respx

from gateway.deadline import Deadline
from gateway.registers.registers import Registers
from tests.registers.builders import (
    ZAKEN,
    Answers,
    Clock,
    Payload,
    a_register,
    a_zaak,
    asked,
    given,
    page,
    pseudonym,
    uuid,
)

pytestmark = pytest.mark.anyio


class Ageing(NamedTuple):
    """A register of zaken, and the time that passes."""

    registers: Registers
    clock: Clock

    async def read(self, *numbers: int, expand: bool = False) -> Answers:
        self.clock.now += 60  # nothing is fresh any more
        parts = frozenset({"status"}) if expand else frozenset[str]()
        zaken = self.registers.reads(Deadline.after(60)).zaken
        urls = [f"{ZAKEN}/zaken/{uuid(number)}" for number in numbers]
        return await zaken.zaken_by_url(urls, expand=parts)


@pytest.fixture
def ageing(transport: httpx.MockTransport, clock: Clock) -> Ageing:
    settings = [a_register("zaken", page_size=3)]
    return Ageing(
        Registers(settings, transport, pseudonym=pseudonym, clock=clock, timer=clock),
        clock,
    )


def sizes(router: respx.MockRouter) -> list[int]:
    """How many uuids each question was about; 0 for a GET."""
    bodies = [cast("dict[str, list[str]] | None", each.body) for each in asked(router)]
    return [len(body["uuid__in"]) if body else 0 for body in bodies]


async def test_a_register_with_small_pages_is_tried_with_larger_ones_again(
    router: respx.MockRouter, ageing: Ageing
) -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        wanted = json.loads(request.content)["uuid__in"]
        found = [a_zaak(number) for number in (1, 2, 3) if uuid(number) in wanted]
        return page(found[:1], "https://x.example/_zoek?page=2" if found[1:] else None)

    router.post().mock(side_effect=answer)
    await ageing.read(1, 2, 3)
    ageing.clock.now += 480
    await ageing.read(1, 2, 3)
    await ageing.read(1, 2, 3)
    assert sizes(router) == [3, 1, 1, *(1, 1, 1), *(3, 1, 1)]


async def test_a_register_without_zoek_is_asked_whether_it_has_it_now(
    router: respx.MockRouter, ageing: Ageing
) -> None:
    router.post().mock(
        side_effect=[httpx.Response(404), page([a_zaak(n) for n in (1, 2)])]
    )
    for number in (1, 2):
        url = f"{ZAKEN}/zaken/{uuid(number)}"
        router.get(url).respond(json=a_zaak(number), headers={"ETag": '"een"'})
    await ageing.read(1, 2)
    ageing.clock.now += 480
    await ageing.read(1, 2)
    await ageing.read(1, 2)
    assert sizes(router) == [2, 0, 0, *(0, 0), 2]


async def test_one_zaak_with_an_etag_is_only_asked_whether_it_still_is(
    router: respx.MockRouter, ageing: Ageing
) -> None:
    url = f"{ZAKEN}/zaken/{uuid(1)}"
    router.post().respond(404)
    router.get(url).mock(
        side_effect=[
            httpx.Response(200, json=a_zaak(1), headers={"ETag": '"een"'}),
            httpx.Response(304),
        ]
    )
    await ageing.read(1)
    ageing.clock.now += 600
    assert given(await ageing.read(1)) == [url]
    assert sizes(router) == [1, 0, 0]
    assert router.calls.last.request.headers["If-None-Match"] == '"een"'


async def test_a_register_that_may_not_expand_is_not_asked_to_for_a_while(
    router: respx.MockRouter, ageing: Ageing
) -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        expands = "expand" in json.loads(request.content)
        return httpx.Response(403, json={}) if expands else page([a_zaak(1)])

    router.post().mock(side_effect=answer)
    url = f"{ZAKEN}/zaken/{uuid(1)}"
    for _ in range(3):
        assert given(await ageing.read(1, expand=True)) == [url]
    ageing.clock.now += 480
    await ageing.read(1, expand=True)
    bodies = [cast("Payload", each.body) for each in asked(router)]
    assert ["expand" in body for body in bodies] == [True, *[False] * 3, True, False]


async def test_a_zaak_whose_status_may_not_be_seen_is_remembered_all_the_same(
    router: respx.MockRouter, ageing: Ageing
) -> None:
    router.post().mock(side_effect=[httpx.Response(403, json={}), page([a_zaak(1)])])
    await ageing.read(1, expand=True)
    ageing.clock.now -= 60
    await ageing.read(1, expand=True)
    assert sizes(router) == [1, 1]


async def test_a_refusal_that_has_nothing_to_do_with_expand_teaches_nothing(
    router: respx.MockRouter, ageing: Ageing
) -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        poisoned = uuid(2) in json.loads(request.content)["uuid__in"]
        return httpx.Response(400, json={}) if poisoned else page([a_zaak(1)])

    router.post().mock(side_effect=answer)
    await ageing.read(2, expand=True)
    await ageing.read(1, expand=True)
    bodies = [cast("Payload", each.body) for each in asked(router)]
    assert ["expand" in body for body in bodies] == [True, False, True]
