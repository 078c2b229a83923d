"""Another way to the same field is the same field: aliases, fragments, unions, cursors."""

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import cast

import pytest

from gateway.identificatie import Identificatie, bsn, kvk_nummer
from gateway.identity.rechten import Recht
from tests.identity.callers import klant, medewerker
from tests.klantbeeld.conftest import a_network
from tests.klantbeeld.rights import (
    Answer,
    House,
    Json,
    a_house,
    as_id,
    at,
    everything_below as everything,
)
from tests.municipality import FIXTURES

pytestmark = pytest.mark.anyio

LOTTE = klant(bsn("999990093"))
NOTE = "mijnKlantbeeld.partij.interneNotitie"


@pytest.fixture(scope="module")
async def house(loaded: str) -> AsyncIterator[House]:
    async with a_house(loaded, a_network()) as made:
        yield made


def values(value: object) -> list[object]:
    """Everything in an answer that is no list or object, null left out."""
    if isinstance(value, dict):
        return [each for below in value.values() for each in values(below)]
    if isinstance(value, list):
        return [each for below in value for each in values(below)]
    return [] if value is None else [value]


WAYS = {
    "plain": "{ mijnKlantbeeld { partij { interneNotitie } } }",
    "alias": "{ a: mijnKlantbeeld { b: partij { id: interneNotitie } } }",
    "type": "{ mijnKlantbeeld { partij { ... on Persoon { interneNotitie } } } }",
    "interfaces": """{ mijnKlantbeeld { partij { ... on Node { ... on Partij {
        ... on Persoon { interneNotitie } } } } } }""",
    "fragment": """{ mijnKlantbeeld { partij { ...A } } }
        fragment A on Partij { ...B } fragment B on Node { ... on Partij {
        interneNotitie } }""",
    "twice": """{ mijnKlantbeeld { partij { interneNotitie }
        partij { ... on Partij { interneNotitie } } } }""",
    "list": "{ mijnKlantbeeld { partijen { interneNotitie } } }",
    "directive": """query ($yes: Boolean = true) { mijnKlantbeeld { partij {
        interneNotitie @include(if: $yes) } } }""",
    "betrokkene": """{ mijnKlantbeeld { klantcontacten { nodes { betrokkenen {
        partij { interneNotitie } } } } } }""",
    "edge": """{ mijnKlantbeeld { klantcontacten { edges { node { betrokkenen {
        partij { interneNotitie } } } } } } }""",
    "back again": """{ mijnKlantbeeld { partij { klantcontacten { nodes { vervolg {
        vorige { betrokkenen { partij { interneNotitie } } } } } } } } }""",
}


@pytest.mark.parametrize("name", WAYS)
async def test_an_interne_notitie_is_given_by_no_way(house: House, name: str) -> None:
    answer = await house.ask(LOTTE, WAYS[name])
    assert values(answer.data) == []
    assert set(answer.codes.values()) == {"FORBIDDEN"}


async def test_nor_by_the_id_of_the_partij(house: House) -> None:
    query = """query ($id: ID!) {
      partij(id: $id) { interneNotitie }
      node(id: $id) { ... on Partij { interneNotitie } }
    }"""
    me = as_id("Partij", "9dc41eb5-4f95-5d92-90bd-36d3cf5ace34")
    answer = await house.ask(LOTTE, query, id=me)
    assert answer.data == {
        "partij": {"interneNotitie": None},
        "node": {"interneNotitie": None},
    }
    assert set(answer.codes.values()) == {"FORBIDDEN"}


ACTOREN = {
    "interface": "naam",
    "type": "... on Medewerker { naam }",
    "alias": "id: naam",
    "all of it": """... on Medewerker { naam functie emailadres telefoonnummer
        indicatieActief identificator { objectId } }""",
    "node": "... on Node { ... on Actor { ... on Medewerker { emailadres } } }",
}


@pytest.mark.parametrize("name", ACTOREN)
async def test_an_employee_is_somebody_to_a_klant_never_who(
    house: House, name: str
) -> None:
    query = f"""{{ mijnKlantbeeld {{ klantcontacten(first: 100) {{ nodes {{
      actoren {{ __typename soortActor {ACTOREN[name]} }}
    }} }} }} }}"""
    answer = await house.ask(klant(), query)
    data = cast("dict[str, dict[str, dict[str, list[Json]]]]", answer.data)
    nodes = data["mijnKlantbeeld"]["klantcontacten"]["nodes"]
    employees = [
        actor
        for node in nodes
        for actor in cast("list[Json]", node["actoren"])
        if actor["__typename"] == "Medewerker"
    ]
    assert len(employees) == 33
    for each in employees:
        assert values(each) == ["Medewerker", "medewerker"]


def employees() -> list[str]:
    """All that names an employee, in the data of the demo."""
    found = []
    for path in sorted((Path(FIXTURES) / "klantbeeld" / "actoren").glob("*.json")):
        actor = json.loads(path.read_text())
        if actor["soort_actor"] == "medewerker":
            names = ("naam", "emailadres", "telefoonnummer", "object_id")
            found += [actor[name] for name in names if actor.get(name)]
    return found


@pytest.mark.parametrize("who", [bsn("999993653"), kvk_nummer("99990021")])
async def test_in_all_that_a_klant_is_given_no_employee_is_named(
    house: House, who: Identificatie
) -> None:
    caller = klant(who)
    answer = await house.ask(caller, f"{{ {everything('mijnKlantbeeld', '')} }}")
    given = [str(each) for _, each in named_values(answer.data)]
    names = employees()
    assert len(names) == 20
    assert [name for name in names if any(name in each for each in given)] == []


def named_values(value: object, name: str = "") -> list[tuple[str, object]]:
    if isinstance(value, dict):
        return [pair for k, below in value.items() for pair in named_values(below, k)]
    if isinstance(value, list):
        return [pair for below in value for pair in named_values(below, name)]
    return [] if value is None else [(name, value)]


TAKEN = {
    "klantbeeld": "interneTaken { totalCount nodes { nummer } edges { cursor } }",
    "klantcontact": "klantcontacten { nodes { interneTaken { nummer } } }",
    "onderwerp": """klantcontacten(first: 100) { nodes { onderwerpen {
        ... on InterneTaakOnderwerp { interneTaak { nummer status } } } } }""",
    "only what it is": """klantcontacten { nodes { interneTaken { __typename } } }""",
}


@pytest.mark.parametrize("name", TAKEN)
async def test_interne_taken_are_given_by_no_way(house: House, name: str) -> None:
    answer = await house.ask(klant(), f"{{ mijnKlantbeeld {{ {TAKEN[name]} }} }}")
    assert values(answer.data) == []
    assert set(answer.codes.values()) == {"FORBIDDEN"}


PAGE = """
query ($after: String, $filter: KlantcontactFilter) {
  klantcontacten(first: 2, after: $after, filter: $filter) {
    totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    edges { cursor node { nummer vertrouwelijk } }
  }
}
"""
WITHOUT = medewerker(*(set(Recht) - {Recht.VERTROUWELIJK}))


def listed(answer: Answer) -> Json:
    return cast("Json", answer.data["klantcontacten"])


async def test_counts_and_pages_are_of_what_is_given(house: House) -> None:
    some = {"periode": {"van": "2026-01-01T00:00:00Z"}}
    with_right = listed(await house.ask(medewerker(), PAGE, filter=some))
    without = listed(await house.ask(WITHOUT, PAGE, filter=some))
    assert (with_right["totalCount"], without["totalCount"]) == (77, 71)
    only = {"vertrouwelijk": True}
    assert listed(await house.ask(WITHOUT, PAGE, filter=only)) == {
        "totalCount": 0,
        "pageInfo": {
            "hasNextPage": False,
            "hasPreviousPage": False,
            "startCursor": None,
            "endCursor": None,
        },
        "edges": [],
    }


async def test_a_cursor_of_one_who_may_see_more_is_of_another_list(
    house: House,
) -> None:
    only = {"vertrouwelijk": True}
    first = listed(await house.ask(medewerker(), PAGE, filter=only))
    cursor = cast("Json", first["pageInfo"])["endCursor"]
    answer = await house.ask(WITHOUT, PAGE, after=cursor, filter=only)
    assert answer.data == {"klantcontacten": None}
    assert answer.codes == {"klantcontacten": "BAD_INPUT"}


async def test_a_cursor_of_another_klant_is_of_another_list(house: House) -> None:
    query = """query ($after: String) { mijnKlantbeeld {
      klantcontacten(first: 1, after: $after) {
        totalCount pageInfo { endCursor } nodes { nummer }
      } } }"""
    first = await house.ask(LOTTE, query)
    place = ("mijnKlantbeeld", "klantcontacten", "pageInfo", "endCursor")
    cursor = at(first, *place)
    answer = await house.ask(klant(), query, after=cursor)
    assert answer.data == {"mijnKlantbeeld": {"klantcontacten": None}}
    assert answer.codes == {"mijnKlantbeeld.klantcontacten": "BAD_INPUT"}
