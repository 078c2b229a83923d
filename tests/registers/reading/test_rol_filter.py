"""Whose zaken are, by the filters of `_zoek`: believed only once they were seen to filter."""

from collections.abc import Mapping, Sequence

import httpx
import pytest
import respx

from gateway.deadline import Deadline
from gateway.errors import (
    MalformedAnswer,
    RegisterRefused,
    RegisterUnavailable,
    UnknownRegister,
)
from gateway.identificatie import Identificatie, bsn, kvk_nummer, rsin, vestiging
from gateway.registers.registers import Registers
from tests.registers.builders import (
    ZAKEN,
    Asked,
    Clock,
    a_register,
    asked,
    page,
    pseudonym,
    uuid,
)
from tests.registers.reading.klanten import (
    BSN,
    SANNE,
    ZOEK,
    Klanten,
    Register,
    a_rol,
    bodies,
    named,
    proof,
    question,
    zaak_url,
)

pytestmark = pytest.mark.anyio

BEYOND = "https://evil.example/_zoek?page=2"
ROLLEN = f"{ZAKEN}/rollen"
KIND = "rol__betrokkeneIdentificatie__"


@pytest.fixture
def klanten(transport: httpx.MockTransport, clock: Clock) -> Klanten:
    settings = [a_register("zaken", page_size=3), a_register("catalogi")]
    return Klanten(
        Registers(settings, transport, pseudonym=pseudonym, clock=clock, timer=clock),
        clock,
    )


def with_rollen(router: respx.MockRouter, *own: int) -> None:
    """Have rollen say that these are Sanne's, and others another's."""

    def rollen(request: httpx.Request) -> httpx.Response:
        zaak = request.url.params["zaak"]
        (number,) = (n for n in range(1, 9) if zaak_url(n) == zaak)
        waarde = SANNE.waarde if number in own else "111222333"
        return page([a_rol(number, "natuurlijk_persoon", inpBsn=waarde)])

    router.get(ROLLEN).mock(side_effect=rollen)


async def test_the_first_question_is_two_the_next_is_one_and_what_is_known_is_none(
    router: respx.MockRouter, klanten: Klanten
) -> None:
    router.post(ZOEK).mock(side_effect=Register(1, 3))
    assert await klanten.own(1, 2, 3) == [True, False, True]
    assert asked(router) == [
        Asked("POST", f"{ZOEK}?pageSize=3", question(1, 2, 3)),
        Asked("POST", f"{ZOEK}?pageSize=3", proof(1, 2, 3)),
    ]
    assert await klanten.own(3, 2, 1) == [True, False, True]
    assert len(bodies(router)) == 2
    klanten.clock.now += 60
    assert await klanten.own(1, 2) == [True, False]
    assert bodies(router)[2:] == [question(1, 2)]


async def test_the_question_has_the_headers_of_zaken(
    router: respx.MockRouter, klanten: Klanten
) -> None:
    router.post(ZOEK).mock(side_effect=Register(1))
    await klanten.own(1)
    for call in router.calls:
        assert call.request.headers["Accept-Crs"] == "EPSG:4326"
        assert call.request.headers["Content-Crs"] == "EPSG:4326"


@pytest.mark.parametrize(
    ("who", "filters"),
    [
        (bsn("999993653"), ["natuurlijkPersoon__inpBsn"]),
        (rsin("009990215"), ["nietNatuurlijkPersoon__innNnpId"]),
        (kvk_nummer("99990018"), ["nietNatuurlijkPersoon__kvkNummer"]),
        (
            vestiging("000099990119", "99990018"),
            ["nietNatuurlijkPersoon__vestigingsNummer", "vestiging__vestigingsNummer"],
        ),
    ],
)
async def test_each_soort_has_filters_of_its_own_each_in_a_question_of_its_own(
    who: Identificatie,
    filters: Sequence[str],
    router: respx.MockRouter,
    klanten: Klanten,
) -> None:
    router.post(ZOEK).mock(side_effect=Register(1))
    assert await klanten.own(1, who=who) == [True]
    names = [f"{KIND}{each}" for each in filters]
    asked_first = bodies(router)
    assert len(asked_first) == 2 * len(names)
    for name in names:
        assert question(1, name=name, waarde=who.waarde) in asked_first
        assert proof(1, name=name) in asked_first
    klanten.clock.now += 60
    assert await klanten.own(1, who=who) == [True]
    assert bodies(router)[2 * len(names) :] == [
        question(1, name=name, waarde=who.waarde) for name in names
    ]


async def test_what_rollen_seldom_have_is_proven_only_when_it_is_found(
    router: respx.MockRouter, klanten: Klanten
) -> None:
    name = f"{KIND}vestiging__vestigingsNummer"
    waarde = "000099990119"

    def answer(request: httpx.Request) -> httpx.Response:
        known = name.encode() in request.content
        return (register if known else Register())(request)

    router.post(ZOEK).mock(side_effect=answer)
    register = Register()
    who = vestiging(waarde, "99990018")
    for own in ([], [1], [1]):
        register.own = own
        assert await klanten.own(1, 2, who=who) == [1 in own, False]
        klanten.clock.now += 60
    asked_so = [body for body in bodies(router) if name in str(body)]
    about = question(1, 2, name=name, waarde=waarde)
    assert asked_so == [about, about, proof(1, name=name), about]


@pytest.mark.parametrize(
    "who",
    [
        bsn(""),
        bsn("99999365"),
        bsn("9999936530"),
        bsn("99999365x"),
        bsn("٩٩٩٩٩٣٦٥٣"),
        kvk_nummer("999900180"),
        vestiging("99990119", "99990018"),
        Identificatie("brp", "anders", "999993653"),
    ],
)
async def test_what_no_rol_can_name_is_nobody_s_and_is_not_asked(
    who: Identificatie, router: respx.MockRouter, klanten: Klanten
) -> None:
    assert await klanten.own(1, who=who) == [False]
    assert asked(router) == []


async def test_what_nobody_owns_is_not_asked(
    router: respx.MockRouter, klanten: Klanten
) -> None:
    zaken = klanten.registers.reads(Deadline.after(60)).zaken
    (answer,) = await zaken.own([f"https://evil.example/zaken/{uuid(1)}"], SANNE)
    assert isinstance(answer, UnknownRegister)
    assert asked(router) == []


async def test_a_filter_that_does_not_filter_gives_no_right(
    router: respx.MockRouter, klanten: Klanten
) -> None:
    router.post(ZOEK).mock(side_effect=Register(1, 2, nobody=[1, 2]))
    with_rollen(router, 2)
    assert await klanten.own(1, 2) == [False, True]
    assert bodies(router) == [question(1, 2), proof(1, 2), None, None]


async def test_one_zaak_of_nobody_is_enough_to_disbelieve(
    router: respx.MockRouter, klanten: Klanten
) -> None:
    router.post(ZOEK).mock(side_effect=Register(1, 2, nobody=[3]))
    with_rollen(router, 1)
    assert await klanten.own(1, 2, 3) == [True, False, False]


async def test_a_filter_that_does_not_filter_is_left_for_ten_minutes(
    router: respx.MockRouter, klanten: Klanten
) -> None:
    register = Register(1, nobody=[1])
    router.post(ZOEK).mock(side_effect=register)
    with_rollen(router, 1)
    await klanten.own(1)
    klanten.clock.now += 599
    await klanten.own(1)
    assert bodies(router) == [question(1), proof(1), None, None]
    register.nobody = ()
    klanten.clock.now += 60
    assert await klanten.own(1) == [True]
    assert bodies(router)[4:] == [question(1), proof(1)]


async def test_where_nothing_was_found_nothing_is_proven(
    router: respx.MockRouter, klanten: Klanten
) -> None:
    register = Register()
    router.post(ZOEK).mock(side_effect=register)
    assert await klanten.own(1) == [False]
    klanten.clock.now += 60
    register.own = register.nobody = [1]
    with_rollen(router)
    assert await klanten.own(1) == [False]
    assert bodies(router) == [question(1), proof(1), question(1), proof(1), None]


async def test_a_proof_is_good_for_ten_minutes(
    router: respx.MockRouter, klanten: Klanten
) -> None:
    router.post(ZOEK).mock(side_effect=Register(1))
    await klanten.own(1)
    klanten.clock.now += 600 - 1
    await klanten.own(1)
    klanten.clock.now += 60
    await klanten.own(1)
    assert bodies(router) == [
        *(question(1), proof(1)),
        question(1),
        *(question(1), proof(1)),
    ]


async def test_a_proof_is_the_filter_s_own(
    router: respx.MockRouter, klanten: Klanten
) -> None:
    router.post(ZOEK).mock(side_effect=Register(1))
    await klanten.own(1)
    await klanten.own(1, who=rsin(SANNE.waarde))
    name = f"{KIND}nietNatuurlijkPersoon__innNnpId"
    assert bodies(router)[2:] == [question(1, name=name), proof(1, name=name)]


async def test_another_version_is_proven_anew_for_what_was_found(
    router: respx.MockRouter, klanten: Klanten
) -> None:
    register = Register(1)
    router.post(ZOEK).mock(side_effect=register)
    await klanten.own(1, 2)
    klanten.clock.now += 60
    register.version = "1.6.0"
    assert await klanten.own(1, 2) == [True, False]
    assert bodies(router)[2:] == [question(1, 2), proof(1)]
    klanten.clock.now += 60
    assert await klanten.own(1, 2) == [True, False]
    assert bodies(router)[4:] == [question(1, 2)]


async def test_another_version_that_does_not_filter_gives_no_right(
    router: respx.MockRouter, klanten: Klanten
) -> None:
    register = Register(1)
    router.post(ZOEK).mock(side_effect=register)
    with_rollen(router)
    await klanten.own(1)
    klanten.clock.now += 60
    register.version, register.nobody = "1.6.0", [1]
    assert await klanten.own(1) == [False]


async def test_a_proof_of_another_version_than_the_answer_s_proves_nothing(
    router: respx.MockRouter, klanten: Klanten
) -> None:
    register = Register(1)
    register.version_of_nobody = "1.6.0"
    router.post(ZOEK).mock(side_effect=register)
    with_rollen(router)
    assert await klanten.own(1) == [False]
    assert bodies(router) == [question(1), proof(1), None]


@pytest.mark.parametrize("status", [400, 404, 405, 413])
async def test_a_register_that_cannot_be_asked_so_is_asked_for_its_rollen(
    status: int, router: respx.MockRouter, klanten: Klanten
) -> None:
    router.post(ZOEK).respond(status, text="<html>")
    with_rollen(router, 2)
    assert await klanten.own(1, 2) == [False, True]
    klanten.clock.now += 60
    assert await klanten.own(1, 2) == [False, True]
    assert bodies(router) == [question(1, 2), proof(1, 2), *[None] * 4]


async def test_a_register_that_refuses_nobody_is_asked_for_its_rollen(
    router: respx.MockRouter, klanten: Klanten
) -> None:
    register = Register(1, 2)

    def answer(request: httpx.Request) -> httpx.Response:
        if b"000000061" in request.content:
            return httpx.Response(400, json={"code": "invalid"})
        return register(request)

    router.post(ZOEK).mock(side_effect=answer)
    with_rollen(router, 2)
    assert await klanten.own(1, 2, 3) == [False, True, False]
    assert [each.url.count("rollen") for each in asked(router)] == [0, 0, 1, 1]


async def test_a_register_without_zoek_is_asked_for_its_rollen_only(
    router: respx.MockRouter, transport: httpx.MockTransport, clock: Clock
) -> None:
    settings = [a_register("zaken", zoek=False)]
    klanten = Klanten(
        Registers(settings, transport, pseudonym=pseudonym, timer=clock), clock
    )
    with_rollen(router, 1)
    assert await klanten.own(1, 2) == [True, False]
    assert [each.method for each in asked(router)] == ["GET", "GET"]


FAILURES: Mapping[int, type[Exception]] = {
    401: RegisterRefused,
    403: RegisterRefused,
    412: RegisterRefused,
    429: RegisterUnavailable,
    500: RegisterUnavailable,
    503: RegisterUnavailable,
    204: MalformedAnswer,
}


@pytest.mark.parametrize(("status", "error"), FAILURES.items())
async def test_an_error_is_never_a_no(
    status: int, error: type[Exception], router: respx.MockRouter, klanten: Klanten
) -> None:
    router.post(ZOEK).respond(status, json={})
    assert await klanten.own(1, 2) == [error, error]
    assert len(bodies(router)) == 2


async def test_without_connection_all_are_unavailable_and_nothing_is_remembered(
    router: respx.MockRouter, klanten: Klanten
) -> None:
    route = router.post(ZOEK).mock(side_effect=httpx.ReadTimeout("slow"))
    assert await klanten.own(1, 2) == [RegisterUnavailable] * 2
    route.mock(side_effect=Register(1))
    assert await klanten.own(1, 2) == [True, False]


async def test_a_proof_that_does_not_come_costs_only_what_was_found(
    router: respx.MockRouter, klanten: Klanten
) -> None:
    register = Register(1)

    def answer(request: httpx.Request) -> httpx.Response:
        if b"000000061" in request.content:
            return httpx.Response(500, json={})
        return register(request)

    router.post(ZOEK).mock(side_effect=answer)
    assert await klanten.own(1, 2) == [RegisterUnavailable, False]


async def test_more_than_a_page_is_asked_in_pages(
    router: respx.MockRouter, klanten: Klanten
) -> None:
    router.post(ZOEK).mock(side_effect=Register(1, 5))
    assert await klanten.own(*range(1, 6)) == [True, False, False, False, True]
    assert len(bodies(router)) == 4  # each page is proven, the first time
    klanten.clock.now += 60
    assert await klanten.own(*range(1, 6)) == [True, False, False, False, True]
    assert bodies(router)[4:] == [question(1, 2, 3), question(4, 5)]


async def test_what_is_on_a_next_page_is_asked_for_by_uuid_and_no_link_is_followed(
    router: respx.MockRouter, klanten: Klanten
) -> None:
    mine = iter([page([named(2)], BEYOND), page([named(3)])])

    def answer(request: httpx.Request) -> httpx.Response:
        return page([]) if b"000000061" in request.content else next(mine)

    router.post(ZOEK).mock(side_effect=answer)
    assert await klanten.own(1, 2, 3) == [False, True, True]
    assert bodies(router) == [question(1, 2, 3), question(1, 3), proof(1, 2, 3)]


@pytest.mark.parametrize(
    "answer",
    [
        page([named(1), named(7)]),
        page([{"uuid": "geen"}, named(1)]),
        page([], BEYOND),
        httpx.Response(200, json=[]),
    ],
)
async def test_something_else_than_was_asked_is_no_answer(
    answer: httpx.Response, router: respx.MockRouter, klanten: Klanten
) -> None:
    def given(request: httpx.Request) -> httpx.Response:
        return page([]) if b"000000061" in request.content else answer

    router.post(ZOEK).mock(side_effect=given)
    assert await klanten.own(1, 2) == [MalformedAnswer] * 2


async def test_nobody_with_a_next_page_is_somebody(
    router: respx.MockRouter, klanten: Klanten
) -> None:
    router.post(ZOEK).mock(side_effect=[page([named(1)]), page([], BEYOND)])
    with_rollen(router)
    assert await klanten.own(1) == [False]


async def test_one_proven_filter_is_enough_and_the_other_costs_rollen_once(
    router: respx.MockRouter, klanten: Klanten
) -> None:
    known = f"{KIND}vestiging__vestigingsNummer".encode()
    filtering, ignoring = Register(1), Register(1, 2, nobody=[1, 2])

    def answer(request: httpx.Request) -> httpx.Response:
        register = filtering if known in request.content else ignoring
        return register(request)

    router.post(ZOEK).mock(side_effect=answer)
    with_rollen(router)
    who = vestiging("000099990119", "99990018")
    assert await klanten.own(1, 2, who=who) == [True, False]
    assert [each.method for each in asked(router)] == [*["POST"] * 4, "GET"]


async def test_rollen_tell_where_one_filter_fails_and_another_is_refused(
    router: respx.MockRouter, klanten: Klanten
) -> None:
    refused = f"{KIND}vestiging__vestigingsNummer".encode()

    def answer(request: httpx.Request) -> httpx.Response:
        return httpx.Response(400 if refused in request.content else 500, json={})

    router.post(ZOEK).mock(side_effect=answer)
    with_rollen(router)
    who = vestiging("000099990119", "99990018")
    assert await klanten.own(1, who=who) == [False]


async def test_a_way_out_that_is_closed_too_says_nothing_of_the_filter(
    router: respx.MockRouter, klanten: Klanten
) -> None:
    router.post(ZOEK).respond(404, json={})
    router.get(ROLLEN).respond(500, json={})
    assert await klanten.own(1) == [RegisterUnavailable]
    router.post(ZOEK).mock(side_effect=Register(1))
    assert await klanten.own(1) == [True]


async def test_a_next_page_after_the_last_that_was_asked_for_is_not_asked(
    router: respx.MockRouter, klanten: Klanten
) -> None:
    router.post(ZOEK).mock(side_effect=[page([named(1)], BEYOND), page([])])
    assert await klanten.own(1) == [True]


async def test_no_address_holds_who_it_is(
    router: respx.MockRouter, klanten: Klanten
) -> None:
    router.post(ZOEK).mock(side_effect=Register(1, nobody=[1]))
    with_rollen(router, 1)
    await klanten.own(1)
    addresses = " ".join(each.url for each in asked(router))
    assert SANNE.waarde not in addresses
    assert BSN not in addresses
