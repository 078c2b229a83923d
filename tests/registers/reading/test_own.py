"""Whose zaken are: how long that is known, what makes it forgotten, who asks it together."""

import asyncio

import httpx
import pytest
import respx

from gateway.deadline import Deadline
from gateway.errors import DeadlineExceeded, RegisterUnavailable
from gateway.identificatie import Identificatie, bsn, rsin
from gateway.registers.reading.own import Pseudonym
from gateway.registers.registers import Registers
from gateway.settings import CacheSettings
from tests.registers.builders import (
    ZAKEN,
    Clock,
    Gate,
    a_register,
    a_zaak,
    page,
    pseudonym as named,
    uuid,
)
from tests.registers.reading.klanten import (
    SANNE,
    ZOEK,
    Klanten,
    Register,
    bodies,
    question,
    zaak_url,
)

pytestmark = pytest.mark.anyio

DAAN = bsn("999993768")
ROL = f"{ZAKEN}/rollen/{uuid(700)}"
STATUS = f"{ZAKEN}/statussen/{uuid(500)}"


def klanten_at(
    transport: httpx.MockTransport,
    clock: Clock,
    *,
    cache: CacheSettings | None = None,
    pseudonym: Pseudonym = named,
) -> Klanten:
    tweede = a_register(name="tweede", base_url="https://tweede.example/api")
    registers = Registers(
        [a_register("zaken"), tweede],
        transport,
        cache=cache,
        pseudonym=pseudonym,
        clock=clock,
        timer=clock,
    )
    return Klanten(registers, clock)


@pytest.fixture
async def klanten(
    router: respx.MockRouter, transport: httpx.MockTransport, clock: Clock
) -> Klanten:
    """At a register whose filter is proven, and that has one zaak of Sanne's."""
    klanten = klanten_at(transport, clock)
    router.post(ZOEK).mock(side_effect=Register(1))
    await klanten.own(1)
    clock.now += 60
    router.calls.clear()
    return klanten


async def test_a_right_is_known_for_a_minute_and_its_absence_for_ten_seconds(
    router: respx.MockRouter, klanten: Klanten
) -> None:
    for seconds in (0, 9, 1, 9, 41):
        klanten.clock.now += seconds
        assert await klanten.own(1, 2) == [True, False]
    assert bodies(router) == [
        question(1, 2),
        question(2),
        question(1, 2),
    ]


async def test_a_right_is_known_no_longer_than_a_minute_whatever_the_settings(
    router: respx.MockRouter, transport: httpx.MockTransport, clock: Clock
) -> None:
    cache = CacheSettings(zaken_seconds=3600, absent_seconds=3600)
    klanten = klanten_at(transport, clock, cache=cache)
    router.post(ZOEK).mock(side_effect=Register(1))
    await klanten.own(1, 2)
    clock.now += 60
    await klanten.own(1, 2)
    assert bodies(router)[2:] == [question(1, 2)]


async def test_a_right_is_known_no_longer_than_the_zaak(
    router: respx.MockRouter, transport: httpx.MockTransport, clock: Clock
) -> None:
    cache = CacheSettings(zaken_seconds=5, absent_seconds=0)
    klanten = klanten_at(transport, clock, cache=cache)
    router.post(ZOEK).mock(side_effect=Register(1))
    await klanten.own(1, 2)
    await klanten.own(1, 2)
    clock.now += 5
    await klanten.own(1, 2)
    assert bodies(router)[2:] == [question(2), question(1, 2)]


async def test_what_is_known_of_one_klant_is_of_no_other(
    router: respx.MockRouter, klanten: Klanten
) -> None:
    await klanten.own(1)
    router.post(ZOEK).mock(return_value=page([]))
    assert await klanten.own(1, who=DAAN) == [False]
    assert await klanten.own(1, who=rsin(SANNE.waarde)) == [False]
    assert await klanten.own(1) == [True]
    assert len(bodies(router)) == 4  # of the RSIN a proof too


async def test_a_pseudonym_that_is_alike_for_two_soorten_mixes_none(
    router: respx.MockRouter, transport: httpx.MockTransport, clock: Clock
) -> None:
    klanten = klanten_at(transport, clock, pseudonym=lambda _: "dezelfde")
    router.post(ZOEK).mock(side_effect=Register(1))
    assert await klanten.own(1) == [True]
    router.post(ZOEK).mock(return_value=page([]))
    assert await klanten.own(1, who=rsin(SANNE.waarde)) == [False]


async def test_what_is_known_is_kept_by_pseudonym(
    router: respx.MockRouter, transport: httpx.MockTransport, clock: Clock
) -> None:
    asked: list[Identificatie] = []

    def pseudonym(who: Identificatie) -> str:
        asked.append(who)
        return "niemand-weet-wie"

    klanten = klanten_at(transport, clock, pseudonym=pseudonym)
    router.post(ZOEK).mock(side_effect=Register(1))
    await klanten.own(1)
    rights = klanten.registers.own("zaken").rights
    assert rights.get("bsn niemand-weet-wie", zaak_url(1)) is True
    assert asked == [SANNE]


async def test_of_whom_no_rol_can_name_no_pseudonym_is_made(
    transport: httpx.MockTransport, clock: Clock
) -> None:
    made: list[Identificatie] = []

    def pseudonym(who: Identificatie) -> str:
        made.append(who)
        return ""

    klanten = klanten_at(transport, clock, pseudonym=pseudonym)
    assert await klanten.own(1, who=bsn("")) == [False]
    assert made == []


async def test_the_absence_of_a_right_is_no_absence_of_the_zaak(
    router: respx.MockRouter, klanten: Klanten
) -> None:
    router.post(ZOEK).mock(return_value=page([]))
    assert await klanten.own(1) == [False]
    router.post(ZOEK).mock(return_value=page([a_zaak(1)]))
    reads = klanten.registers.reads(Deadline.after(60))
    (zaak,) = await reads.zaken.zaken_by_url([zaak_url(1)])
    assert not isinstance(zaak, Exception)


async def test_zaken_and_whose_they_are_can_be_asked_at_the_same_time(
    router: respx.MockRouter, klanten: Klanten
) -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        if SANNE.waarde.encode() in request.content:
            return Register(1)(request)
        return page([a_zaak(1)])

    router.post(ZOEK).mock(side_effect=answer)
    zaken = klanten.registers.reads(Deadline.after(60)).zaken
    (zaak,), (own,) = await asyncio.gather(
        zaken.zaken_by_url([zaak_url(1)]), zaken.own([zaak_url(1)], SANNE)
    )
    assert (own, getattr(zaak, "url", None)) == (True, zaak_url(1))
    assert len(bodies(router)) == 2


@pytest.mark.parametrize(
    ("told", "asked_again"),
    [
        ([zaak_url(1)], [question(1)]),
        ([zaak_url(1), ROL], [question(1)]),
        ([zaak_url(2), ROL], [question(2)]),
        ([ROL], [question(1, 2)]),
        ([zaak_url(1), zaak_url(2)], [question(1, 2)]),
        ([zaak_url(3)], []),
        ([STATUS, "https://evil.example/zaken/1", ""], []),
        ([f"https://tweede.example/api/rollen/{uuid(1)}"], []),
    ],
)
async def test_a_change_makes_it_forgotten(
    told: list[str],
    asked_again: list[object],
    router: respx.MockRouter,
    klanten: Klanten,
) -> None:
    router.post(ZOEK).mock(side_effect=Register(1, 2))
    await klanten.own(1, 2)
    klanten.registers.drop(told)
    assert await klanten.own(1, 2) == [True, True]
    assert bodies(router)[1:] == asked_again
    assert await klanten.own(1, 2) == [True, True]
    assert len(bodies(router)) == 1 + len(asked_again)


async def test_after_changes_missed_everything_is_forgotten(
    router: respx.MockRouter, klanten: Klanten
) -> None:
    await klanten.own(1)
    klanten.registers.flush()
    await klanten.own(1)
    assert bodies(router) == [question(1), question(1)]


@pytest.mark.parametrize("told", [[zaak_url(1)], [ROL], None])
async def test_what_was_under_way_when_it_changed_is_not_kept(
    told: list[str] | None, router: respx.MockRouter, klanten: Klanten
) -> None:
    gate = Gate()

    async def answer(request: httpx.Request) -> httpx.Response:
        await gate.passed()
        return Register(1)(request)

    router.post(ZOEK).mock(side_effect=answer)
    asking = asyncio.create_task(klanten.own(1))
    await gate.came()
    if told is None:
        klanten.registers.flush()
    else:
        klanten.registers.drop(told)
    gate.open()
    assert await asking == [True]
    assert await klanten.own(1) == [True]
    assert bodies(router) == [question(1), question(1)]


async def test_who_asks_the_same_at_once_asks_once(
    router: respx.MockRouter, klanten: Klanten
) -> None:
    answers = await asyncio.gather(*(klanten.own(1, 2) for _ in range(10)))
    assert answers == [[True, False]] * 10
    assert bodies(router) == [question(1, 2)]


async def test_what_one_klant_asks_at_once_goes_together(
    router: respx.MockRouter, klanten: Klanten
) -> None:
    answers = await asyncio.gather(klanten.own(1), klanten.own(2), klanten.own(3))
    assert [*answers] == [[True], [False], [False]]
    assert bodies(router) == [question(1, 2, 3)]


async def test_klanten_are_never_asked_for_together(
    router: respx.MockRouter, klanten: Klanten
) -> None:
    await asyncio.gather(klanten.own(1), klanten.own(1, who=DAAN))
    assert bodies(router) == [question(1), question(1, waarde=DAAN.waarde)]


async def test_a_deadline_that_has_passed_asks_nothing_but_gives_what_is_known(
    router: respx.MockRouter, klanten: Klanten
) -> None:
    await klanten.own(1)
    late = klanten.registers.reads(Deadline.after(-1)).zaken
    known, unknown = await late.own([zaak_url(1), zaak_url(2)], SANNE)
    assert known is True
    assert isinstance(unknown, DeadlineExceeded)
    assert bodies(router) == [question(1)]


async def test_who_waits_no_longer_gives_the_question_up(
    router: respx.MockRouter, klanten: Klanten
) -> None:
    gate = Gate()
    given_up = asyncio.Event()

    async def answer(_: httpx.Request) -> httpx.Response:
        try:
            await gate.passed()
        except asyncio.CancelledError:
            given_up.set()
            raise
        return page([])

    router.post(ZOEK).mock(side_effect=answer)
    hurried = klanten.registers.reads(Deadline.after(0.05)).zaken
    (right,) = await hurried.own([zaak_url(1)], SANNE)
    assert isinstance(right, DeadlineExceeded)
    async with asyncio.timeout(5):
        await given_up.wait()


async def test_closing_gives_up_what_is_under_way(
    router: respx.MockRouter, klanten: Klanten
) -> None:
    gate = Gate()

    async def answer(_: httpx.Request) -> httpx.Response:
        await gate.passed()
        raise AssertionError

    router.post(ZOEK).mock(side_effect=answer)
    asking = asyncio.create_task(klanten.own(1))
    await gate.came()
    await klanten.registers.aclose()
    assert await asking == [DeadlineExceeded]


async def test_a_register_that_is_left_alone_is_not_asked_this_either(
    router: respx.MockRouter, klanten: Klanten
) -> None:
    router.post(ZOEK).mock(side_effect=httpx.ConnectError("refused"))
    for number in range(1, 9):
        assert await klanten.own(number) == [RegisterUnavailable]
    tried = len(bodies(router))
    assert await klanten.own(9) == [RegisterUnavailable]
    assert len(bodies(router)) == tried
