"""What went wrong elsewhere, tried here by a klant who is logged in: each is refused.

What is another's is answered exactly as what does not exist.
"""

from collections.abc import AsyncIterator
from typing import cast

import pytest

from gateway.identificatie import Identificatie, bsn, kvk_nummer, vestiging
from gateway.identity.caller import Caller
from tests.identity.callers import klant, vertegenwoordiger
from tests.klantbeeld.conftest import a_network
from tests.klantbeeld.rights import (
    Answer,
    House,
    Json,
    a_house,
    as_id,
    at,
)
from tests.municipality import MIJN_KLANTBEELD, Network

pytestmark = pytest.mark.anyio

NOBODY = "5ca1ab1e-0000-4000-8000-000000000000"
CONTACTS = {
    "of another": "c8b9997b-17d2-5554-a651-f2432624eee6",
    "of another, vertrouwelijk": "7a09c5eb-e4a5-5616-8f21-764d49659608",
    "of a zelfstandige": "d08064dd-eec0-5063-a8c8-4c5226347638",
    "of a company": "32bbe37a-5bb5-5eeb-848c-d3ba6927634d",
}
PARTIJEN = {
    "another person": "0f0aa2ae-bf88-5be5-9de1-ce5057c0b86d",
    "a company": "db96acb7-b654-5e00-bcde-151d1577e534",
    "a contactpersoon": "79bcb2e3-b108-55a3-85ad-f4df47486ba8",
}
OTHERS = {
    "an interne taak": as_id("InterneTaak", "ffcc25a7-d1cc-539e-add6-81890adf83ff"),
    "an employee": as_id("Actor", "39b5935e-a093-5658-be4c-9e9ec05529fe"),
    "a department": as_id("Actor", "d248f5f3-51d7-5407-9a4b-8bb7e6354d0b"),
}
ZAAK_OF_ANOTHER = (
    "https://zaken.voorbeeldstad.example/zaken/api/v1/zaken/"
    "cb6ee295-a7b8-573f-84b4-33bc43541ea6"
)

SANNE = klant()
LOTTE = klant(bsn("999990093"))
ATELIER = klant(kvk_nummer("99990010"))
DAAN = klant(bsn("999993768"))


@pytest.fixture(scope="module")
async def house(loaded: str) -> AsyncIterator[House]:
    """One for all klanten: what one may see must not rub off on another."""
    async with a_house(loaded, a_network()) as made:
        yield made


def in_words(answer: Answer) -> list[tuple[str, str]]:
    """Code and message of each error: all that tells one refusal from another."""
    return [
        (str(cast("Json", each["extensions"])["code"]), str(each["message"]))
        for each in answer.errors
    ]


def numbers(answer: Answer, *path: str) -> list[int]:
    """The nummers of what stands at a place."""
    found = cast("list[dict[str, str]]", at(answer, *path))
    return sorted(int(each["nummer"]) for each in found)


# --- by a key

KLANTCONTACT = """
query ($id: ID!) { klantcontact(id: $id) {
  __typename id nummer kanaal onderwerpen { ... on TekstOnderwerp { tekst } }
  betrokkenen { contactnaam { volledigeNaam } } vorige { nummer } vervolg { nummer }
} }
"""
PARTIJ = """
query ($id: ID!) { partij(id: $id) {
  __typename id nummer soortPartij externeIdentificaties { waarde }
  klantcontacten { totalCount nodes { nummer } }
} }
"""
NODE = """
query ($id: ID!) { node(id: $id) {
  __typename id
  ... on Klantcontact { nummer kanaal } ... on Partij { nummer soortPartij }
  ... on InterneTaak { nummer gevraagdeHandeling } ... on Actor { naam }
} }
"""


@pytest.mark.parametrize("caller", [SANNE, vertegenwoordiger()])
@pytest.mark.parametrize("name", CONTACTS)
async def test_a_klantcontact_that_is_not_theirs_is_not_there(
    house: House, caller: Caller, name: str
) -> None:
    for query in (KLANTCONTACT, NODE):
        there = await house.ask(caller, query, id=as_id("Klantcontact", CONTACTS[name]))
        nobody = await house.ask(caller, query, id=as_id("Klantcontact", NOBODY))
        assert (there.data, in_words(there)) == (nobody.data, in_words(nobody))
        assert list(there.codes.values()) == ["NOT_FOUND"]
        assert list(there.data.values()) == [None]


@pytest.mark.parametrize("name", PARTIJEN)
async def test_a_partij_that_is_not_theirs_is_not_there(
    house: House, name: str
) -> None:
    for query in (PARTIJ, NODE):
        there = await house.ask(SANNE, query, id=as_id("Partij", PARTIJEN[name]))
        nobody = await house.ask(SANNE, query, id=as_id("Partij", NOBODY))
        assert (there.data, in_words(there)) == (nobody.data, in_words(nobody))
        assert list(there.codes.values()) == ["NOT_FOUND"]
        assert list(there.data.values()) == [None]


@pytest.mark.parametrize("name", OTHERS)
async def test_what_is_not_for_klanten_is_not_there(house: House, name: str) -> None:
    there = await house.ask(SANNE, NODE, id=OTHERS[name])
    nobody = await house.ask(SANNE, NODE, id=as_id("InterneTaak", NOBODY))
    assert (there.data, in_words(there)) == (nobody.data, in_words(nobody))
    assert there.codes == {"node": "NOT_FOUND"}


async def test_only_its_typename_is_not_there_either(house: House) -> None:
    query = """query ($k: ID!, $p: ID!) {
      a: node(id: $k) { __typename } b: node(id: $p) { __typename }
      c: klantcontact(id: $k) { __typename } d: partij(id: $p) { __typename }
    }"""
    answer = await house.ask(
        SANNE,
        query,
        k=as_id("Klantcontact", CONTACTS["of another"]),
        p=as_id("Partij", PARTIJEN["another person"]),
    )
    assert answer.data == dict.fromkeys("abcd")
    assert answer.codes == dict.fromkeys("abcd", "NOT_FOUND")


# --- by a filter

MINE = """
query ($filter: KlantcontactFilter) { mijnKlantbeeld { klantcontacten(filter: $filter) {
  totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  nodes { nummer }
} } }
"""
NOTHING = {
    "totalCount": 0,
    "pageInfo": {
        "hasNextPage": False,
        "hasPreviousPage": False,
        "startCursor": None,
        "endCursor": None,
    },
    "nodes": [],
}


@pytest.mark.parametrize(
    "asked",
    [
        {"onderwerpUrl": ZAAK_OF_ANOTHER},
        {"nummer": "5124"},
        {"tekst": "kwijtschelding"},
        {"vertrouwelijk": True},
    ],
)
async def test_a_filter_finds_among_their_own_only(house: House, asked: Json) -> None:
    answer = await house.ask(SANNE, MINE, filter=asked)
    assert answer.errors == []
    assert at(answer, "mijnKlantbeeld", "klantcontacten") == NOTHING


@pytest.mark.parametrize("who", ["999990019", "999993653", "123456782"])
async def test_a_klant_cannot_ask_whether_somebody_took_part(
    house: House, who: str
) -> None:
    asked = {"identificatie": {"bsn": who}}
    answer = await house.ask(SANNE, MINE, filter=asked)
    assert answer.data == {"mijnKlantbeeld": {"klantcontacten": None}}
    assert in_words(answer) == [
        ("FORBIDDEN", "filter.identificatie is not for klanten")
    ]


async def test_a_klant_cannot_look_anybody_up_not_even_themselves(house: House) -> None:
    query = """query ($who: IdentificatieInput!) {
      klantbeeld(identificatie: $who) { partij { nummer } }
      partijen(filter: {identificatie: $who}) { totalCount nodes { nummer } }
      klantcontacten { totalCount nodes { nummer } }
      interneTaken { totalCount } actoren { totalCount }
    }"""
    for who in ("999990019", "999993653"):
        answer = await house.ask(SANNE, query, who={"bsn": who})
        roots = ["klantbeeld", "partijen", "klantcontacten", "interneTaken", "actoren"]
        assert answer.data == dict.fromkeys(roots)
        assert answer.codes == dict.fromkeys(roots, "FORBIDDEN")


# --- by a thread

THREADS = """
{ mijnKlantbeeld { klantcontacten(first: 100) { nodes {
  nummer
  vorige { nummer betrokkenen { digitaleAdressen { adres } } }
  vervolg { nummer }
  onderwerpen {
    ... on InterneTaakOnderwerp { interneTaak { nummer klantcontact { nummer } } }
    ... on KlantcontactOnderwerp { klantcontact { nummer } }
  }
} } } }
"""


async def test_a_thread_does_not_lead_to_who_was_not_known(house: House) -> None:
    answer = await house.ask(DAAN, THREADS)
    nodes = cast("list[Json]", at(answer, "mijnKlantbeeld", "klantcontacten", "nodes"))
    (answered,) = [each for each in nodes if each["nummer"] == "5070"]
    # A mail of somebody who was not known, and the taak it led to.
    assert answered == {
        "nummer": "5070",
        "vorige": [],
        "vervolg": [],
        "onderwerpen": [{"interneTaak": None}, {"klantcontact": None}],
    }
    place = f"mijnKlantbeeld.klantcontacten.nodes.{nodes.index(answered)}.onderwerpen"
    assert {k: v for k, v in answer.codes.items() if k.startswith(place)} == {
        f"{place}.0.interneTaak": "FORBIDDEN",
        f"{place}.1.klantcontact": "NOT_FOUND",
    }


async def test_a_thread_is_seen_through_a_taak_that_is_not(house: House) -> None:
    answer = await house.ask(klant(kvk_nummer("99990021")), THREADS)
    nodes = cast("list[Json]", at(answer, "mijnKlantbeeld", "klantcontacten", "nodes"))
    by_nummer = {each["nummer"]: each for each in nodes}
    earlier, later = by_nummer["5147"], by_nummer["5148"]
    assert [each["nummer"] for each in cast("list[Json]", earlier["vervolg"])] == [
        "5148"
    ]
    assert [each["nummer"] for each in cast("list[Json]", later["vorige"])] == ["5147"]
    assert cast("list[Json]", later["onderwerpen"])[0] == {"interneTaak": None}


# --- who was there besides

WHO = """
query ($id: ID!) { klantcontact(id: $id) { betrokkenen {
  rol contactnaam { volledigeNaam } digitaleAdressen { adres }
  partij { nummer ... on Persoon { externeIdentificaties { waarde } } }
} } }
"""


@pytest.mark.parametrize(
    ("who", "nummer"), [("999992946", "1015"), ("999991723", "1007")]
)
async def test_of_a_klantcontact_with_two_each_sees_themselves(
    house: House, who: str, nummer: str
) -> None:
    together = as_id("Klantcontact", "93a99795-76f1-555b-bffe-2479752833be")
    answer = await house.ask(klant(bsn(who)), WHO, id=together)
    assert answer.errors == []
    (seen,) = cast("list[Json]", at(answer, "klantcontact", "betrokkenen"))
    partij = cast("Json", seen["partij"])
    assert partij == {"nummer": nummer, "externeIdentificaties": [{"waarde": who}]}


BEELD = """
{ mijnKlantbeeld {
  partijen { nummer ... on Partij { indicatieGeheimhouding } }
  contactpersonen { nummer contactnaam { volledigeNaam } digitaleAdressen { adres } }
  klantcontacten(first: 100) { totalCount nodes { nummer betrokkenen { rol } } }
} }
"""


async def test_a_person_is_not_shown_the_data_of_who_helped(house: House) -> None:
    answer = await house.ask(klant(bsn("999993367")), BEELD)
    assert at(answer, "mijnKlantbeeld", "contactpersonen") == [
        {"nummer": "1028", "contactnaam": None, "digitaleAdressen": None}
    ]
    place = "mijnKlantbeeld.contactpersonen.0"
    assert answer.codes == {
        f"{place}.contactnaam": "FORBIDDEN",
        f"{place}.digitaleAdressen": "FORBIDDEN",
    }
    nodes = cast("list[Json]", at(answer, "mijnKlantbeeld", "klantcontacten", "nodes"))
    assert {len(cast("list[Json]", each["betrokkenen"])) for each in nodes} == {1}


async def test_a_company_is_shown_who_acted_for_it(house: House) -> None:
    answer = await house.ask(klant(kvk_nummer("99990018")), BEELD)
    assert answer.errors == []
    assert numbers(answer, "mijnKlantbeeld", "partijen") == [1018, 1020]
    assert at(answer, "mijnKlantbeeld", "contactpersonen") == [
        {
            "nummer": "1026",
            "contactnaam": {"volledigeNaam": "Hilde Brouwer"},
            "digitaleAdressen": [
                {"adres": "h.brouwer@goudenkorenaar.example.com"},
                {"adres": "0600000126"},
            ],
        }
    ]


# --- capacities

CAPACITIES: dict[str, tuple[Identificatie, list[int], list[int]]] = {
    "private": (bsn("999990093"), [1003], [5100, 5102, 5103, 5119, 5140]),
    "business": (kvk_nummer("99990010"), [1010], [5096, 5110]),
    "the same business": (
        vestiging("000099990110", "99990010"),
        [1010],
        [5096, 5110],
    ),
    "company": (
        kvk_nummer("99990018"),
        [1018, 1020],
        [5063, 5067, 5079, 5083, 5089],
    ),
    "vestiging": (vestiging("000099990119", "99990018"), [1019], [5060, 5061, 5062]),
    "vestiging of another": (vestiging("000099990119", "99990010"), [], []),
}


@pytest.mark.parametrize("name", CAPACITIES)
async def test_capacities_stay_apart(house: House, name: str) -> None:
    who, partijen, contacts = CAPACITIES[name]
    answer = await house.ask(klant(who), BEELD)
    if not partijen:
        assert answer.data == {"mijnKlantbeeld": None}
        assert answer.codes == {"mijnKlantbeeld": "NOT_FOUND"}
        return
    assert numbers(answer, "mijnKlantbeeld", "partijen") == partijen
    place = ("mijnKlantbeeld", "klantcontacten")
    assert numbers(answer, *place, "nodes") == contacts
    assert at(answer, *place, "totalCount") == len(contacts)


@pytest.mark.parametrize(
    ("caller", "partij", "contact"),
    [
        (
            LOTTE,
            "88bc231c-92e1-59e2-a8c6-ed03beb1d918",
            "3be1173f-e234-560c-a872-b125921f0887",
        ),
        (
            ATELIER,
            "9dc41eb5-4f95-5d92-90bd-36d3cf5ace34",
            "699d99a4-c5da-55da-8bd0-eb781126bc5e",
        ),
    ],
)
async def test_one_human_in_one_capacity_cannot_reach_the_other(
    house: House, caller: Caller, partij: str, contact: str
) -> None:
    query = """query ($p: ID!, $k: ID!) {
      partij(id: $p) { nummer } klantcontact(id: $k) { nummer }
    }"""
    answer = await house.ask(
        caller, query, p=as_id("Partij", partij), k=as_id("Klantcontact", contact)
    )
    assert answer.data == {"partij": None, "klantcontact": None}
    assert answer.codes == {"partij": "NOT_FOUND", "klantcontact": "NOT_FOUND"}


async def test_where_a_reference_leads_that_no_register_owns_nobody_is_asked(
    loaded: str, network: Network
) -> None:
    async with a_house(loaded, network) as house:
        answer = await house.ask(klant(), MIJN_KLANTBEELD, first=100)
    # What is sent along, whoever's it is, goes to the registers' own addresses.
    assert [*answer.codes.values()].count("UNKNOWN_REGISTER") == 2
    assert network.strangers == []
