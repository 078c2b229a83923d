"""What a zelfstandige klant gave is for its own interaction: the ways to it, tried."""

from collections.abc import AsyncIterator
from typing import cast

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from gateway.identity.caller import Caller
from gateway.store import tables
from tests.identity.callers import medewerker, systeem
from tests.klantbeeld.conftest import a_network
from tests.klantbeeld.rights import STATED, House, Json, a_house, as_id, at
from tests.municipality import BENCH_BSN, Network
from tests.store.rows import BEGIN, Rows

pytestmark = pytest.mark.anyio


@pytest.fixture(scope="module")
async def house(loaded: str) -> AsyncIterator[House]:
    async with a_house(loaded, a_network()) as made:
        yield made


GIVEN = """
  nummer betrokkenen { rol partij { nummer } contactnaam { volledigeNaam }
  organisatienaam digitaleAdressen { adres } bezoekadres { postcode }
  correspondentieadres { postcode } }
"""
# A klantcontact of Sanne, with a neighbour who is not gekend, and the taak it led to.
SHARED = as_id("Klantcontact", "60928b15-4ba4-5671-82ad-5d766b2d5633")
SHARED_TAAK = as_id("InterneTaak", "ffcc25a7-d1cc-539e-add6-81890adf83ff")


def zelfstandigen(contact: object) -> list[Json]:
    found = cast("list[Json]", cast("Json", contact)["betrokkenen"])
    return [each for each in found if each["partij"] is None]


WITHIN = {
    "its klantcontact": (
        "klantcontact",
        f"klantcontact(id: $id) {{ {GIVEN} }}",
        SHARED,
    ),
    "node": (
        "node",
        f"node(id: $id) {{ ... on Klantcontact {{ {GIVEN} }} }}",
        SHARED,
    ),
    "its interne taak": (
        "node",
        f"node(id: $id) {{ ... on InterneTaak {{ klantcontact {{ {GIVEN} }} }} }}",
        SHARED_TAAK,
    ),
}


@pytest.mark.parametrize("name", WITHIN)
@pytest.mark.parametrize("caller", [medewerker(), systeem()])
async def test_what_a_zelfstandige_gave_is_shown_within_its_interaction(
    house: House, caller: Caller, name: str
) -> None:
    root, asked, key = WITHIN[name]
    answer = await house.ask(caller, f"query ($id: ID!) {{ {asked} }}", id=key)
    assert answer.errors == []
    found = cast("Json", answer.data[root])
    (other,) = zelfstandigen(found.get("klantcontact", found))
    assert other["contactnaam"] is not None
    assert len(cast("list[object]", other["digitaleAdressen"])) == 1


async def test_a_work_list_shows_whom_to_call_back(house: House) -> None:
    query = f"{{ interneTaken(first: 100) {{ nodes {{ nummer klantcontact {{ {GIVEN} }} }} }} }}"
    answer = await house.ask(medewerker(), query)
    assert answer.errors == []
    nodes = cast("list[Json]", at(answer, "interneTaken", "nodes"))
    (taak,) = [each for each in nodes if each["nummer"] == "7012"]
    assert len(zelfstandigen(taak["klantcontact"])) == 1


KLANTBEELD = """
query ($who: IdentificatieInput!, $stated: IdentiteitsvaststellingInput) {
  klantbeeld(identificatie: $who, identiteitsvaststelling: $stated) { %s }
}
"""
IN_KLANTBEELD = {
    "plain": f"klantcontacten(first: 100) {{ nodes {{ {GIVEN} }} }}",
    "of the partij": f"partij {{ klantcontacten(first: 100) {{ nodes {{ {GIVEN} }} }} }}",
    "by its taak": f"""klantcontacten(first: 100) {{ nodes {{ interneTaken {{
        klantcontact {{ {GIVEN} }} }} }} }}""",
    "by its taken": f"interneTaken(first: 100) {{ nodes {{ klantcontact {{ {GIVEN} }} }} }}",
    "by a taak as onderwerp": f"""klantcontacten(first: 100) {{ nodes {{ onderwerpen {{
        ... on InterneTaakOnderwerp {{ interneTaak {{ klantcontact {{ {GIVEN} }} }} }}
    }} }} }}""",
    "by the thread": f"""klantcontacten(first: 100) {{ nodes {{
        vorige {{ {GIVEN} }} vervolg {{ {GIVEN} vorige {{ {GIVEN} }} }} }} }}""",
    "by onderwerp": f"""klantcontacten(first: 100) {{ nodes {{ onderwerpen {{
        ... on KlantcontactOnderwerp {{ klantcontact {{ {GIVEN} }} }} }} }} }}""",
    "of a toestemming": f"""partij {{ toestemmingHergebruik {{ klantcontact {{
        {GIVEN} }} }} }}""",
}


def betrokkenen(value: object) -> list[Json]:
    """Every betrokkene anywhere in an answer."""
    if isinstance(value, list):
        return [each for below in value for each in betrokkenen(below)]
    if not isinstance(value, dict):
        return []
    mine = cast("list[Json]", value.get("betrokkenen") or [])
    return mine + [each for below in value.values() for each in betrokkenen(below)]


@pytest.mark.parametrize("caller", [medewerker(), systeem()])
@pytest.mark.parametrize("name", IN_KLANTBEELD)
async def test_who_is_zelfstandig_is_in_nobodys_klantbeeld(
    house: House, name: str, caller: Caller
) -> None:
    query = KLANTBEELD % IN_KLANTBEELD[name]
    for who in (BENCH_BSN, "999993768"):
        answer = await house.ask(caller, query, who={"bsn": who}, stated=STATED)
        found = betrokkenen(answer.data)
        assert [each for each in found if each["partij"] is None] == []


SEARCHES = {
    "plain": f"nodes {{ {GIVEN} }}",
    "edges": f"edges {{ node {{ {GIVEN} }} }}",
    "by its taak": f"nodes {{ interneTaken {{ klantcontact {{ {GIVEN} }} }} }}",
    "by the thread": f"nodes {{ vorige {{ {GIVEN} }} vervolg {{ {GIVEN} }} }}",
    "by a taak as onderwerp": f"""nodes {{ onderwerpen {{ ... on InterneTaakOnderwerp {{
        interneTaak {{ klantcontact {{ {GIVEN} }} }} }} }} }}""",
    "round and round": f"""nodes {{ interneTaken {{ klantcontact {{ vervolg {{ vorige {{
        interneTaken {{ klantcontact {{ {GIVEN} }} }} }} }} }} }} }}""",
}
DATA = (
    "contactnaam",
    "organisatienaam",
    "digitaleAdressen",
    "bezoekadres",
    "correspondentieadres",
)


@pytest.mark.parametrize("name", SEARCHES)
async def test_a_search_shows_nobodys_name_or_address(house: House, name: str) -> None:
    query = f"{{ klantcontacten(first: 100) {{ {SEARCHES[name]} }} }}"
    answer = await house.ask(medewerker(), query)
    found = betrokkenen(answer.data)
    assert any(each["partij"] is None for each in found)
    assert any(each["partij"] is not None for each in found)
    assert {each[name] for each in found for name in DATA} == {None}
    assert set(answer.codes.values()) == {"FORBIDDEN"}
    assert len(answer.codes) == len(found) * len(DATA)


@pytest.mark.parametrize("name", SEARCHES)
async def test_a_systeem_finds_who_is_gekend_and_nobody_else(
    house: House, name: str
) -> None:
    query = f"{{ klantcontacten(first: 100) {{ {SEARCHES[name]} }} }}"
    answer = await house.ask(systeem(), query)
    found = betrokkenen(answer.data)
    others = [each for each in found if each["partij"] is None]
    assert {each[name] for each in others for name in DATA} == {None}
    assert len(answer.codes) == len(others) * len(DATA)


async def test_nor_by_the_toestemming_that_was_given_with_them(
    database: AsyncEngine, database_url: str, network: Network
) -> None:
    rows = Rows(database)
    partij = await rows.persoon(BENCH_BSN)
    contact = await rows.klantcontact(1, partij, None)
    await rows.insert(
        tables.toestemmingen,
        partij_id=partij,
        gegeven_op=BEGIN,
        klantcontact_id=contact,
    )
    query = KLANTBEELD % IN_KLANTBEELD["of a toestemming"]
    async with a_house(database_url, network) as house:
        answer = await house.ask(
            medewerker(), query, who={"bsn": BENCH_BSN}, stated=STATED
        )
    (shown,) = betrokkenen(answer.data)
    assert shown["partij"] is not None
