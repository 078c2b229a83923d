"""What is remembered, for how long, and what is asked all the same."""

import asyncio
from collections.abc import Callable

import httpx
import pytest
import respx

from gateway.deadline import Deadline
from gateway.errors import (
    DeadlineExceeded,
    GatewayError,
    MalformedAnswer,
    Missing,
    RegisterRefused,
    RegisterUnavailable,
)
from gateway.registers.registers import Reads, Registers
from gateway.settings import CacheSettings
from tests.registers.builders import (
    CATALOGI,
    ZAKEN,
    Asked,
    Clock,
    Gate,
    Payload,
    a_register,
    a_resultaat,
    a_status,
    a_statustype,
    a_zaak,
    a_zaaktype,
    asked,
    given,
    page,
    pseudonym,
    uuid,
)

pytestmark = pytest.mark.anyio

ZOEK = f"{ZAKEN}/zaken/_zoek"
ZAAK = f"{ZAKEN}/zaken/{uuid(1)}"
STATUS = f"{ZAKEN}/statussen/{uuid(500)}"
RESULTAAT = f"{ZAKEN}/resultaten/{uuid(600)}"
ZAAKTYPE = f"{CATALOGI}/zaaktypen/{uuid(900)}"
WITH_STATUS = frozenset({"status"})
PLAIN: Payload = {"uuid__in": [uuid(1)]}
EXPANDED: Payload = {"uuid__in": [uuid(1)], "expand": ["status"]}

CACHE = CacheSettings(
    types_seconds=3600,
    zaken_seconds=60,
    absent_seconds=10,
    stale_seconds=600,
)

Ask = Callable[[], Reads]


@pytest.fixture
def registers(transport: httpx.MockTransport, clock: Clock) -> Registers:
    settings = [a_register("zaken"), a_register("catalogi")]
    return Registers(
        settings, transport, pseudonym=pseudonym, cache=CACHE, clock=clock, timer=clock
    )


@pytest.fixture
def ask(registers: Registers) -> Ask:
    """Make what one request reads with."""
    return lambda: registers.reads(Deadline.after(60))


def bodies(router: respx.MockRouter) -> list[object]:
    return [each.body for each in asked(router)]


async def test_what_is_fresh_is_not_asked_again(
    router: respx.MockRouter, ask: Ask, clock: Clock
) -> None:
    router.post(ZOEK).mock(return_value=page([a_zaak(1)]))
    for seconds, requests in ((0, 1), (59, 1), (1, 2), (59, 2)):
        clock.now += seconds
        assert given(await ask().zaken.zaken_by_url([ZAAK])) == [ZAAK]
        assert len(asked(router)) == requests, clock.now


async def test_of_many_only_what_is_not_known_is_asked(
    router: respx.MockRouter, ask: Ask
) -> None:
    other = f"{ZAKEN}/zaken/{uuid(2)}"
    router.post(ZOEK).mock(side_effect=[page([a_zaak(1)]), page([a_zaak(2)])])
    await ask().zaken.zaken_by_url([ZAAK])
    assert given(await ask().zaken.zaken_by_url([other, ZAAK])) == [other, ZAAK]
    assert bodies(router) == [PLAIN, {"uuid__in": [uuid(2)]}]


async def test_types_are_known_for_hours(
    router: respx.MockRouter, ask: Ask, clock: Clock
) -> None:
    router.get(ZAAKTYPE).respond(json=a_zaaktype(900))
    for seconds, requests in ((0, 1), (3599, 1), (1, 2)):
        clock.now += seconds
        await ask().catalogi.zaaktypen_by_url([ZAAKTYPE])
        assert len(asked(router)) == requests


async def test_a_known_version_is_only_asked_whether_it_still_is(
    router: respx.MockRouter, ask: Ask, clock: Clock
) -> None:
    router.get(ZAAKTYPE).mock(
        side_effect=[
            httpx.Response(200, json=a_zaaktype(900), headers={"ETag": '"een"'}),
            httpx.Response(304),
            httpx.Response(200, json=a_zaaktype(900), headers={"ETag": '"twee"'}),
            httpx.Response(304),
        ]
    )
    known = await ask().catalogi.zaaktypen_by_url([ZAAKTYPE])
    for _ in range(3):
        clock.now += 3600
        assert await ask().catalogi.zaaktypen_by_url([ZAAKTYPE]) == known
        assert await ask().catalogi.zaaktypen_by_url([ZAAKTYPE]) == known
    sent = [call.request.headers.get("If-None-Match") for call in router.calls]
    assert sent == [None, '"een"', '"een"', '"twee"']


async def test_a_zaak_without_zoek_is_revalidated_too(
    router: respx.MockRouter, transport: httpx.MockTransport, clock: Clock
) -> None:
    settings = [a_register("zaken", zoek=False)]
    registers = Registers(
        settings, transport, pseudonym=pseudonym, cache=CACHE, clock=clock, timer=clock
    )
    router.get(ZAAK).mock(
        side_effect=[
            httpx.Response(200, json=a_zaak(1), headers={"ETag": '"een"'}),
            httpx.Response(304),
        ]
    )
    for _ in range(2):
        reads = registers.reads(Deadline.after(60))
        assert given(await reads.zaken.zaken_by_url([ZAAK])) == [ZAAK]
        clock.now += 60
    assert asked(router) == [Asked("GET", ZAAK)] * 2


async def test_absence_is_remembered_briefly(
    router: respx.MockRouter, ask: Ask, clock: Clock
) -> None:
    router.post(ZOEK).mock(side_effect=[page([]), page([a_zaak(1)])])
    for seconds, answer, requests in ((0, Missing, 1), (9, Missing, 1), (1, ZAAK, 2)):
        clock.now += seconds
        assert given(await ask().zaken.zaken_by_url([ZAAK])) == [answer]
        assert len(asked(router)) == requests


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (httpx.Response(500), RegisterUnavailable),
        (httpx.Response(403), RegisterRefused),
        (httpx.Response(200, text="<html>"), MalformedAnswer),
    ],
)
async def test_an_error_is_never_remembered(
    answer: httpx.Response,
    error: type[GatewayError],
    router: respx.MockRouter,
    ask: Ask,
) -> None:
    router.post(ZOEK).mock(side_effect=[answer, page([a_zaak(1)])])
    assert given(await ask().zaken.zaken_by_url([ZAAK])) == [error]
    assert given(await ask().zaken.zaken_by_url([ZAAK])) == [ZAAK]


async def test_what_came_along_serves_later_questions(
    router: respx.MockRouter, ask: Ask
) -> None:
    zaak = a_zaak(1, _expand={"status": a_status(500)})
    router.post(ZOEK).mock(return_value=page([zaak]))
    await ask().zaken.zaken_by_url([ZAAK], expand=WITH_STATUS)
    assert given(await ask().zaken.statussen_by_url([STATUS])) == [STATUS]
    await ask().zaken.zaken_by_url([ZAAK], expand=WITH_STATUS)
    await ask().zaken.zaken_by_url([ZAAK])
    assert bodies(router) == [EXPANDED]


async def test_a_zaak_whose_status_is_not_known_is_asked_for_with_it(
    router: respx.MockRouter, ask: Ask
) -> None:
    router.post(ZOEK).mock(return_value=page([a_zaak(1)]))
    await ask().zaken.zaken_by_url([ZAAK])
    await ask().zaken.zaken_by_url([ZAAK], expand=WITH_STATUS)
    assert bodies(router) == [PLAIN, EXPANDED]


async def test_a_zaak_without_a_status_needs_none(
    router: respx.MockRouter, ask: Ask
) -> None:
    router.post(ZOEK).mock(return_value=page([a_zaak(1, status=None)]))
    await ask().zaken.zaken_by_url([ZAAK])
    await ask().zaken.zaken_by_url([ZAAK], expand=WITH_STATUS)
    assert bodies(router) == [PLAIN]


async def test_two_requests_at_once_make_the_register_s_one(
    router: respx.MockRouter, ask: Ask
) -> None:
    gate = Gate()

    async def answer(_: httpx.Request) -> httpx.Response:
        await gate.passed()
        return page([a_zaak(1)])

    router.post(ZOEK).mock(side_effect=answer)
    asking = [asyncio.create_task(ask().zaken.zaken_by_url([ZAAK])) for _ in range(5)]
    await gate.came()
    asking += [asyncio.create_task(ask().zaken.zaken_by_url([ZAAK])) for _ in range(5)]
    await asyncio.sleep(0)
    gate.open()
    assert [given(answers) for answers in await asyncio.gather(*asking)] == [
        [ZAAK]
    ] * 10
    assert bodies(router) == [PLAIN]


@pytest.mark.parametrize(
    "failure",
    [httpx.ReadError, httpx.Response(503), httpx.Response(200, text="<html>")],
)
async def test_a_record_stands_in_for_a_register_that_fails(
    failure: httpx.Response | type[Exception],
    router: respx.MockRouter,
    ask: Ask,
    clock: Clock,
) -> None:
    router.post(ZOEK).mock(side_effect=[page([a_zaak(1)]), failure, failure])
    await ask().zaken.zaken_by_url([ZAAK])
    clock.now += 659
    reads = ask()
    assert given(await reads.zaken.zaken_by_url([ZAAK])) == [ZAAK]
    assert reads.reading.stale == {"zaken": 659}
    clock.now += 1
    reads = ask()
    assert isinstance((await reads.zaken.zaken_by_url([ZAAK]))[0], GatewayError)
    assert reads.reading.stale == {}


async def test_what_is_refused_may_not_be_stood_in_for(
    router: respx.MockRouter, ask: Ask, clock: Clock
) -> None:
    router.post(ZOEK).mock(
        side_effect=[page([a_zaak(1)]), httpx.Response(403), httpx.ReadError]
    )
    await ask().zaken.zaken_by_url([ZAAK])
    clock.now += 60
    assert given(await ask().zaken.zaken_by_url([ZAAK])) == [RegisterRefused]
    assert given(await ask().zaken.zaken_by_url([ZAAK])) == [RegisterUnavailable]


async def test_what_is_gone_may_not_be_stood_in_for(
    router: respx.MockRouter, ask: Ask, clock: Clock
) -> None:
    router.post(ZOEK).mock(side_effect=[page([a_zaak(1)]), page([]), httpx.ReadError])
    await ask().zaken.zaken_by_url([ZAAK])
    clock.now += 60
    assert given(await ask().zaken.zaken_by_url([ZAAK])) == [Missing]
    clock.now += 10
    assert given(await ask().zaken.zaken_by_url([ZAAK])) == [RegisterUnavailable]


async def test_what_is_fresh_is_not_called_old_when_more_was_wanted_along(
    router: respx.MockRouter, ask: Ask, clock: Clock
) -> None:
    router.post(ZOEK).mock(side_effect=[page([a_zaak(1)]), httpx.ReadError])
    await ask().zaken.zaken_by_url([ZAAK])
    clock.now += 5
    reads = ask()
    assert given(await reads.zaken.zaken_by_url([ZAAK], expand=WITH_STATUS)) == [ZAAK]
    assert reads.reading.stale == {}


async def test_the_oldest_age_is_told(
    router: respx.MockRouter, ask: Ask, clock: Clock
) -> None:
    other = f"{ZAKEN}/zaken/{uuid(2)}"
    router.post(ZOEK).mock(
        side_effect=[page([a_zaak(1)]), page([a_zaak(2)]), httpx.ReadError]
    )
    await ask().zaken.zaken_by_url([ZAAK])
    clock.now += 30
    await ask().zaken.zaken_by_url([other])
    clock.now += 60
    reads = ask()
    assert given(await reads.zaken.zaken_by_url([ZAAK, other])) == [ZAAK, other]
    assert reads.reading.stale == {"zaken": 90}


async def test_at_the_deadline_there_is_what_is_known(
    router: respx.MockRouter, registers: Registers, clock: Clock
) -> None:
    async def silent(_: httpx.Request) -> httpx.Response:
        await asyncio.Event().wait()
        raise AssertionError

    other = f"{ZAKEN}/zaken/{uuid(2)}"
    router.post(ZOEK).mock(side_effect=[page([a_zaak(1)])])
    await registers.reads(Deadline.after(60)).zaken.zaken_by_url([ZAAK])
    clock.now += 60
    router.post(ZOEK).mock(side_effect=silent)
    reads = registers.reads(Deadline.after(0.01))
    answers = await reads.zaken.zaken_by_url([ZAAK, other])
    assert given(answers) == [ZAAK, DeadlineExceeded]
    assert reads.reading.stale == {"zaken": 60}


async def test_after_the_deadline_nobody_is_asked(
    router: respx.MockRouter, registers: Registers
) -> None:
    router.post(ZOEK).mock(return_value=page([a_zaak(1)]))
    late = registers.reads(Deadline.after(0))
    assert given(await late.zaken.zaken_by_url([ZAAK])) == [DeadlineExceeded]
    await registers.reads(Deadline.after(60)).zaken.zaken_by_url([ZAAK])
    assert given(await late.zaken.zaken_by_url([ZAAK])) == [ZAAK]
    assert bodies(router) == [PLAIN]


@pytest.mark.parametrize("named", [ZAAK, STATUS, RESULTAAT])
async def test_what_has_changed_is_dropped_and_asked_again(
    named: str, router: respx.MockRouter, registers: Registers, ask: Ask
) -> None:
    expanded: Payload = {"status": a_status(500), "resultaat": a_resultaat(600)}
    zaak = a_zaak(1, resultaat=RESULTAAT, _expand=expanded)
    router.post(ZOEK).mock(return_value=page([zaak]))
    router.get(STATUS).respond(json=a_status(500))
    router.get(RESULTAAT).respond(json=a_resultaat(600))
    both = frozenset({"status", "resultaat"})
    await ask().zaken.zaken_by_url([ZAAK], expand=both)
    registers.drop([named])
    await ask().zaken.statussen_by_url([STATUS])
    await ask().zaken.resultaten_by_url([RESULTAAT])
    again = {
        ZAAK: [STATUS, RESULTAAT],  # what hangs below it goes along
        STATUS: [STATUS],
        RESULTAAT: [RESULTAAT],
    }
    assert [each.url for each in asked(router)[1:]] == again[named]


async def test_a_zaaktype_takes_its_statustypen_along_also_under_way(
    router: respx.MockRouter, registers: Registers, ask: Ask
) -> None:
    url = f"{CATALOGI}/statustypen/{uuid(901)}"
    gate = Gate()

    async def answer(_: httpx.Request) -> httpx.Response:
        await gate.passed()
        return httpx.Response(200, json=a_statustype(901))

    router.get(url).mock(side_effect=answer)
    asking = asyncio.create_task(ask().catalogi.statustypen_by_url([url]))
    await gate.came()
    registers.drop([ZAAKTYPE])
    gate.open()
    assert given(await asking) == [url]
    await ask().catalogi.statustypen_by_url([url])
    assert len(asked(router)) == 2
    await ask().catalogi.statustypen_by_url([url])
    registers.drop([ZAAKTYPE])
    await ask().catalogi.statustypen_by_url([url])
    assert len(asked(router)) == 3


async def test_what_changed_while_it_was_asked_for_is_not_kept(
    router: respx.MockRouter, registers: Registers, ask: Ask
) -> None:
    gate = Gate()

    async def answer(_: httpx.Request) -> httpx.Response:
        await gate.passed()
        return page([a_zaak(1, _expand={"status": a_status(500)})])

    router.post(ZOEK).mock(side_effect=answer)
    first = asyncio.create_task(ask().zaken.zaken_by_url([ZAAK], expand=WITH_STATUS))
    await gate.came()
    registers.drop([ZAAK])
    second = asyncio.create_task(ask().zaken.zaken_by_url([ZAAK]))
    await gate.came()
    registers.flush()
    gate.open()
    assert [given(await first), given(await second)] == [[ZAAK], [ZAAK]]
    assert len(registers.memory) == 0


async def test_a_change_may_be_told_by_another_address_of_the_register(
    router: respx.MockRouter, transport: httpx.MockTransport
) -> None:
    outside = "https://buiten.example/zaken/api/v1"
    registers = Registers(
        [a_register("zaken", other_urls=(outside,))], transport, pseudonym=pseudonym
    )
    router.post(ZOEK).mock(return_value=page([a_zaak(1)]))
    reads = registers.reads(Deadline.after(60))
    assert given(await reads.zaken.zaken_by_url([ZAAK])) == [ZAAK]
    registers.drop([f"{outside}/zaken/{uuid(1)}"])
    await reads.zaken.zaken_by_url([f"{outside}/zaken/{uuid(1)}"])
    assert bodies(router) == [PLAIN, PLAIN]


async def test_names_that_mean_nothing_here_do_no_harm(registers: Registers) -> None:
    registers.drop(
        [
            "",
            "geen-url",
            "https://evil.example/zaken/1",
            ZAKEN,
            f"{ZAKEN}/zaken",
            f"{ZAKEN}/zaken/nope",
            f"{ZAAK}/zaakeigenschappen/{uuid(2)}",
            f"{ZAKEN}/rollen/{uuid(3)}",
        ]
    )
    assert len(registers.memory) == 0
