"""What rights cost the registers: the page of a klant who is logged in."""

import asyncio
import json
from collections import Counter
from collections.abc import AsyncIterator, Sequence

import pytest

from gateway.identificatie import bsn
from gateway.identity.caller import Caller
from tests.identity.callers import klant, medewerker, systeem, vertegenwoordiger
from tests.klantbeeld.rights import STATED, Answer, House, a_house
from tests.klantbeeld.test_page import COLD, OBJECTTYPEN, TYPES, ZAAKTYPEN, ZAKEN
from tests.municipality import BENCH_BSN, KLANTBEELD, Network
from tests.registers.builders import Clock, Gate

pytestmark = pytest.mark.anyio

MINE = KLANTBEELD.replace(
    "query Klantbeeld($identificatie: IdentificatieInput!, $first: Int!)",
    "query Klantbeeld($first: Int!)",
).replace("klantbeeld(identificatie: $identificatie)", "mijnKlantbeeld")
THEIRS = KLANTBEELD.replace(
    "$first: Int!)", "$first: Int!, $stated: IdentiteitsvaststellingInput)"
).replace("$identificatie)", "$identificatie, identiteitsvaststelling: $stated)")


@pytest.fixture
async def house(loaded: str, network: Network, clock: Clock) -> AsyncIterator[House]:
    async with a_house(loaded, network, clock) as made:
        yield made


async def page(house: House, caller: Caller) -> Answer:
    if caller.is_klant:
        return await house.ask(caller, MINE, first=50)
    who = {"bsn": BENCH_BSN}
    return await house.ask(caller, THEIRS, identificatie=who, first=50, stated=STATED)


RIGHTS = Counter({ZAKEN: 1})
"""Whose they are; while its filter is not proven yet, that is asked once more."""

FIRST = Counter({**COLD, **TYPES}) + RIGHTS + RIGHTS


@pytest.mark.parametrize("caller", [klant(), vertegenwoordiger()])
async def test_what_rights_cost_exactly(
    house: House, clock: Clock, caller: Caller
) -> None:
    first = await page(house, caller)
    assert house.network.counted() == FIRST
    assert house.network.counted().total() == 53  # 51 where nobody is asked
    house.network.forget()
    assert (await page(house, caller)).data == first.data
    assert house.network.asked() == []
    clock.now += 61
    assert (await page(house, caller)).data == first.data
    assert house.network.counted() == Counter(COLD) + RIGHTS
    assert house.network.counted().total() == 28  # 27 where nobody is asked


DECIDING = {ZAAKTYPEN: TYPES[ZAAKTYPEN], OBJECTTYPEN: TYPES[OBJECTTYPEN]}
"""Read before a zaak is shown: whether its type is extern. Objects come as early."""

LATER = {name: number for name, number in TYPES.items() if name not in DECIDING}

ROUNDS: Sequence[Sequence[Counter[str]]] = (
    (Counter(COLD) + RIGHTS + RIGHTS, Counter(DECIDING), Counter(LATER)),
    (Counter(COLD) + RIGHTS,),
)


async def test_rights_are_asked_while_the_zaken_are(house: House, clock: Clock) -> None:
    """One round, as where nobody is asked; the first time one more than there."""
    for rounds in ROUNDS:
        house.network.forget()
        house.network.gate = Gate()
        asking = asyncio.create_task(page(house, klant()))
        for asked in rounds:
            gate = house.network.gate
            await gate.came(asked.total())
            house.network.gate = Gate()
            gate.open()
        house.network.gate.open()
        await asking
        assert house.network.counted() == sum(rounds, Counter())
        clock.now += 61


async def test_what_a_klant_is_given_is_what_the_page_is_for(house: House) -> None:
    answer = await page(house, klant())
    assert Counter(answer.codes.values()) == {
        # Names of 33 employees; interne taken of 50 contacts, and one as onderwerp.
        "FORBIDDEN": 84,
        # A deleted zaak, and two lamp posts that are no klanttaken.
        "NOT_FOUND": 3,
        # A document and an object of registers that are not configured.
        "UNKNOWN_REGISTER": 2,
    }


@pytest.mark.parametrize("caller", [medewerker(), systeem()])
async def test_an_employee_costs_what_nobody_in_particular_does(
    house: House, caller: Caller
) -> None:
    await page(house, caller)
    assert house.network.counted() == {**COLD, **TYPES}


async def test_each_klant_is_asked_about_whoever_was_before(
    house: House, network: Network
) -> None:
    """The types and the proof of the filter are everybody's; rights are not."""
    await page(house, klant())
    network.forget()
    await page(house, klant(bsn("999990093")))
    assert network.counted() == Counter({ZAKEN: 1}) + RIGHTS
    network.forget()
    await page(house, klant())
    assert network.asked() == []


async def test_who_asks_is_told_in_the_body_alone(house: House) -> None:
    await page(house, klant())
    asked = house.network.asked()
    assert [each.path for each in asked if BENCH_BSN in each.path] == []
    bodies = [each for each in asked if BENCH_BSN in json.dumps(each.body)]
    assert [f"{each.method} {each.path.partition('?')[0]}" for each in bodies] == [
        ZAKEN
    ]
