"""Whose zaken are, by the rollen of each, where no filter tells."""

from collections.abc import Callable

import httpx
import msgspec
import pytest
import respx

from gateway.errors import MalformedAnswer, RegisterRefused, RegisterUnavailable
from gateway.identificatie import Identificatie, bsn, kvk_nummer, rsin, vestiging
from gateway.registers.records import Json
from gateway.registers.registers import Registers
from gateway.registers.rollen import BetrokkeneIdentificatie, rol_in
from tests.registers.builders import (
    ZAKEN,
    Asked,
    Clock,
    Payload,
    a_register,
    asked,
    encoded,
    page,
    pseudonym,
)
from tests.registers.reading.klanten import SANNE, Klanten, a_rol, zaak_url

pytestmark = pytest.mark.anyio

ROLLEN = f"{ZAKEN}/rollen"
BEYOND = "https://evil.example/rollen?page=2"
DIGITS = "999993653"
WINKEL = vestiging("000099990119", "99990018")
NNP = "niet_natuurlijk_persoon"


@pytest.fixture
def klanten(transport: httpx.MockTransport, clock: Clock) -> Klanten:
    """At a register without `_zoek`."""
    settings = [a_register("zaken", zoek=False)]
    return Klanten(
        Registers(settings, transport, pseudonym=pseudonym, clock=clock, timer=clock),
        clock,
    )


def of_sanne(zaak: int = 1) -> Payload:
    return a_rol(zaak, "natuurlijk_persoon", inpBsn=SANNE.waarde)


def of_another(zaak: int = 1) -> Payload:
    return a_rol(zaak, "medewerker", identificatie="igro01")


def address(zaak: int, number: int = 1) -> str:
    params = {"zaak": zaak_url(zaak), **({"page": str(number)} if number > 1 else {})}
    return str(httpx.URL(ROLLEN, params=params))


def whole(asking: str) -> str:
    """An address in the one form in which httpx writes it."""
    return str(httpx.URL(asking.partition("?")[0], params=httpx.URL(asking).params))


NAMED: list[tuple[Identificatie, Payload, bool]] = [
    (bsn(DIGITS), a_rol(1, "natuurlijk_persoon", inpBsn=DIGITS), True),
    (bsn(DIGITS), a_rol(1, NNP, innNnpId=DIGITS), False),
    (bsn(DIGITS), a_rol(1, "natuurlijk_persoon", anpIdentificatie=DIGITS), False),
    (bsn(DIGITS), a_rol(1, NNP, inpBsn=DIGITS), False),
    (bsn(DIGITS), a_rol(1, "natuurlijk_persoon", inpBsn="999993768"), False),
    (bsn(DIGITS), a_rol(1, "medewerker", identificatie=DIGITS), False),
    (bsn(DIGITS), a_rol(1, "van_later", inpBsn=DIGITS), False),
    (bsn(DIGITS), a_rol(1, "natuurlijk_persoon", inpBsn=""), False),
    (bsn(DIGITS), a_rol(1, "natuurlijk_persoon", inpBsn=None), False),
    (rsin(DIGITS), a_rol(1, NNP, innNnpId=DIGITS), True),
    (rsin(DIGITS), a_rol(1, "natuurlijk_persoon", inpBsn=DIGITS), False),
    (kvk_nummer("99990018"), a_rol(1, NNP, kvkNummer="99990018"), True),
    (
        kvk_nummer("99990018"),
        a_rol(1, NNP, kvkNummer="99990018", vestigingsNummer="000099990119"),
        True,
    ),
    (kvk_nummer("99990018"), a_rol(1, NNP, kvkNummer="99990021"), False),
    (WINKEL, a_rol(1, NNP, vestigingsNummer="000099990119"), True),
    (
        WINKEL,
        a_rol(1, NNP, kvkNummer="99990018", vestigingsNummer="000099990119"),
        True,
    ),
    (WINKEL, a_rol(1, "vestiging", vestigingsNummer="000099990119"), True),
    (
        WINKEL,
        a_rol(1, "vestiging", kvkNummer="", vestigingsNummer="000099990119"),
        True,
    ),
    (
        WINKEL,
        a_rol(1, "vestiging", kvkNummer="99990021", vestigingsNummer="000099990119"),
        False,
    ),
    (WINKEL, a_rol(1, NNP, kvkNummer="99990018"), False),
    (WINKEL, a_rol(1, NNP, kvkNummer="99990018", vestigingsNummer=""), False),
]


@pytest.mark.parametrize(("who", "rol", "theirs"), NAMED)
async def test_a_rol_names_by_kind_and_value(
    who: Identificatie,
    rol: Payload,
    theirs: bool,
    router: respx.MockRouter,
    klanten: Klanten,
) -> None:
    router.get(ROLLEN).mock(return_value=page([rol]))
    assert await klanten.own(1, who=who) == [theirs]


@pytest.mark.parametrize("nothing", [None, {}])
async def test_a_rol_may_name_nobody(
    nothing: Json, router: respx.MockRouter, klanten: Klanten
) -> None:
    rol = {**of_sanne(), "betrokkeneIdentificatie": nothing}
    router.get(ROLLEN).mock(return_value=page([rol]))
    assert await klanten.own(1) == [False]


async def test_each_zaak_is_asked_for_by_itself_and_without_who_asks(
    router: respx.MockRouter, klanten: Klanten
) -> None:
    router.get(ROLLEN, params={"zaak": zaak_url(1)}).mock(
        return_value=page([of_another(), of_sanne()])
    )
    router.get(ROLLEN, params={"zaak": zaak_url(2)}).mock(return_value=page([]))
    assert await klanten.own(1, 2) == [True, False]
    given = [Asked(each.method, whole(each.url)) for each in asked(router)]
    assert given == [Asked("GET", address(1)), Asked("GET", address(2))]


async def test_other_pages_are_asked_for_by_number_until_one_tells(
    router: respx.MockRouter, klanten: Klanten
) -> None:
    router.get(ROLLEN).mock(
        side_effect=[
            page([of_another()], BEYOND),
            page([of_another(), of_sanne()], BEYOND),
        ]
    )
    assert await klanten.own(1) == [True]
    given = [whole(each.url) for each in asked(router)]
    assert given == [address(1), address(1, 2)]


async def test_there_is_an_end_to_pages(
    router: respx.MockRouter, klanten: Klanten
) -> None:
    router.get(ROLLEN).mock(side_effect=lambda _: page([of_another()], BEYOND))
    assert await klanten.own(1) == [MalformedAnswer]
    assert len(asked(router)) == 20


def refusing(status: int, body: Json = None) -> Callable[[], httpx.Response]:
    return lambda: httpx.Response(status, json=body if body is not None else {})


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (refusing(400), RegisterRefused),
        (refusing(403), RegisterRefused),
        (refusing(404, {"code": "not_found"}), MalformedAnswer),
        (refusing(404), MalformedAnswer),
        (refusing(500), RegisterUnavailable),
        (refusing(200, []), MalformedAnswer),
        (refusing(200, {"results": [{}]}), MalformedAnswer),
        (
            refusing(200, {"results": [{**of_sanne(), "betrokkeneIdentificatie": 1}]}),
            MalformedAnswer,
        ),
    ],
)
async def test_an_error_is_never_a_no(
    answer: Callable[[], httpx.Response],
    error: type[Exception],
    router: respx.MockRouter,
    klanten: Klanten,
) -> None:
    router.get(ROLLEN).mock(return_value=answer())
    assert await klanten.own(1) == [error]


async def test_a_list_that_is_not_narrowed_gives_no_right(
    router: respx.MockRouter, klanten: Klanten
) -> None:
    router.get(ROLLEN).mock(return_value=page([of_sanne(1), of_sanne(2)]))
    assert await klanten.own(1, 2) == [MalformedAnswer] * 2


async def test_an_error_of_one_zaak_costs_no_other(
    router: respx.MockRouter, klanten: Klanten
) -> None:
    router.get(ROLLEN, params={"zaak": zaak_url(1)}).respond(500, json={})
    router.get(ROLLEN, params={"zaak": zaak_url(2)}).mock(
        return_value=page([of_sanne(2)])
    )
    assert await klanten.own(1, 2) == [RegisterUnavailable, True]


def test_nothing_of_a_rol_is_shown_by_itself_or_told_when_it_is_malformed() -> None:
    rol = rol_in(msgspec.Raw(encoded(of_sanne())), "zaken")
    assert repr(rol.betrokkene_identificatie) == "BetrokkeneIdentificatie(…)"
    assert SANNE.waarde not in repr(rol)
    assert str(BetrokkeneIdentificatie(inp_bsn=DIGITS)) == "BetrokkeneIdentificatie(…)"
    with pytest.raises(MalformedAnswer) as caught:
        rol_in(msgspec.Raw(b'{"zaak":"999993653"}'), "zaken")
    assert str(caught.value) == (
        "register zaken: a record of rollen is outside its contract"
    )
    assert caught.value.__cause__ is None
