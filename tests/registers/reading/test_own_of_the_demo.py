"""Whose zaken are in the demo municipality, at servers that know all filters, some or none."""

import json
from collections.abc import Sequence
from uuid import UUID

import pytest

from gateway.deadline import Deadline
from gateway.demo.addresses import Addresses, StandinName
from gateway.demo.run import gateway_settings
from gateway.demo.standins.conduct import USUAL, Conduct
from gateway.demo.standins.zaken import create_zaken
from gateway.errors import GatewayError, RegisterUnavailable
from gateway.identificatie import Identificatie, bsn, kvk_nummer, rsin, vestiging
from gateway.registers.registers import Registers
from gateway.registers.rollen import NAMINGS
from tests.municipality import FIXTURES, Network
from tests.registers.builders import Payload, pseudonym

pytestmark = pytest.mark.anyio

SANNE = bsn("999993653")
WINKEL = vestiging("000099990119", "99990018")
ALL_FILTERS = frozenset(naming.filter for naming in NAMINGS)
# What the standard's own Zaken API 1.7.0 does not have.
BEYOND_THE_STANDARD = frozenset(
    name for name in ALL_FILTERS if "nietNatuurlijkPersoon" in name
) - {"rol__betrokkeneIdentificatie__nietNatuurlijkPersoon__innNnpId"}

ROLLEN: Sequence[Payload] = [
    json.loads(file.read_text()) for file in (FIXTURES / "zaken" / "rollen").iterdir()
]
ZAKEN = sorted({str(rol["zaak"]) for rol in ROLLEN})

WHO: list[tuple[Identificatie, str, int]] = [
    (SANNE, "inpBsn", 20),
    (bsn("999990093"), "inpBsn", 1),
    (rsin("009990215"), "innNnpId", 3),
    (kvk_nummer("99990018"), "kvkNummer", 3),
    (WINKEL, "vestigingsNummer", 1),
    (rsin("999993653"), "innNnpId", 0),
    (bsn("009990215"), "inpBsn", 0),
]


def network(conduct: Conduct = USUAL) -> Network:
    zaken = create_zaken(FIXTURES, Addresses(), conduct=conduct)
    return Network({StandinName.ZAKEN: zaken})


def registers_at(municipality: Network) -> Registers:
    settings = gateway_settings("postgresql://x@127.0.0.1:1/x", Addresses())
    return Registers(settings.registers, municipality, pseudonym=pseudonym)


async def own(registers: Registers, who: Identificatie) -> list[bool | GatewayError]:
    return await registers.reads(Deadline.after(60)).zaken.own(ZAKEN, who)


def by_fixtures(who: Identificatie, name: str) -> list[bool]:
    theirs = {
        str(rol["zaak"])
        for rol in ROLLEN
        if isinstance(named := rol["betrokkeneIdentificatie"], dict)
        and named.get(name) == who.waarde
    }
    return [zaak in theirs for zaak in ZAKEN]


@pytest.mark.parametrize(
    "conduct",
    [
        USUAL,
        Conduct(unknown_filters=BEYOND_THE_STANDARD),
        Conduct(unknown_filters=ALL_FILTERS),
        Conduct(no_zoek=404),
        Conduct(no_zoek=405),
        Conduct(largest_page=2),
    ],
    ids=["all filters", "the standard's", "none", "404", "405", "small pages"],
)
@pytest.mark.parametrize(("who", "name", "number"), WHO)
async def test_they_are_theirs_whatever_the_server_can(
    who: Identificatie, name: str, number: int, conduct: Conduct
) -> None:
    expected = by_fixtures(who, name)
    assert sum(expected) == number
    assert await own(registers_at(network(conduct)), who) == expected


@pytest.mark.parametrize(
    ("who", "first", "later"), [(SANNE, 2, 1), (kvk_nummer("99990018"), 2, 1)]
)
async def test_it_costs_two_requests_then_one_then_none(
    who: Identificatie, first: int, later: int
) -> None:
    municipality = network()
    registers = registers_at(municipality)
    await own(registers, who)
    zoek = "POST /zaken/api/v1/zaken/_zoek"
    assert municipality.counted() == {zoek: first}
    await own(registers, who)
    assert municipality.counted() == {zoek: first}
    registers.flush()
    municipality.forget()
    await own(registers, who)
    assert municipality.counted() == {zoek: later}


async def test_a_vestiging_is_named_in_two_ways_of_which_one_has_nothing_to_prove() -> (
    None
):
    municipality = network()
    registers = registers_at(municipality)
    await own(registers, WINKEL)
    assert len(municipality.asked()) == 3
    registers.flush()
    municipality.forget()
    await own(registers, WINKEL)
    assert len(municipality.asked()) == 2


async def test_without_filters_the_first_costs_two_requests_more_than_the_rollen() -> (
    None
):
    municipality = network(Conduct(unknown_filters=ALL_FILTERS))
    registers = registers_at(municipality)
    await own(registers, SANNE)
    asked = municipality.counted()
    assert asked == {
        "POST /zaken/api/v1/zaken/_zoek": 2,
        "GET /zaken/api/v1/…": len(ZAKEN),
    }
    registers.flush()
    municipality.forget()
    await own(registers, SANNE)
    assert municipality.counted() == {"GET /zaken/api/v1/…": len(ZAKEN)}


async def test_no_address_holds_who_it_is() -> None:
    for conduct in (USUAL, Conduct(unknown_filters=ALL_FILTERS), Conduct(no_zoek=404)):
        municipality = network(conduct)
        for who, *_ in WHO:
            await own(registers_at(municipality), who)
        paths = " ".join(each.path for each in municipality.asked())
        assert [who for who, *_ in WHO if who.waarde in paths] == []


async def test_a_zaak_that_is_hidden_from_us_is_nobody_s() -> None:
    hidden = frozenset(UUID(zaak.rpartition("/")[2]) for zaak in ZAKEN)
    municipality = network(Conduct(hidden=hidden))
    assert await own(registers_at(municipality), SANNE) == [False] * len(ZAKEN)


async def test_a_register_that_is_down_says_nothing_of_whose_they_are() -> None:
    municipality = network()
    municipality.stopped.add(StandinName.ZAKEN)
    answers = await own(registers_at(municipality), SANNE)
    assert {type(answer) for answer in answers} == {RegisterUnavailable}
