"""What employees and systems see: who calls, and what is vertrouwelijk."""

from collections.abc import AsyncIterator
from typing import cast

import pytest

from gateway.identificatie import bsn
from gateway.identity.caller import Caller
from gateway.identity.levels import Betrouwbaarheidsniveau
from gateway.identity.rechten import Recht
from gateway.settings.identity import IdentitySettings, VaststellingSettings
from tests.identity.callers import klant, medewerker, systeem
from tests.klantbeeld.conftest import a_network
from tests.klantbeeld.rights import STATED, Answer, House, Json, a_house, as_id, at
from tests.municipality import BENCH_BSN, Network

pytestmark = pytest.mark.anyio

WITHOUT = medewerker(*(set(Recht) - {Recht.VERTROUWELIJK}))


@pytest.fixture(scope="module")
async def house(loaded: str) -> AsyncIterator[House]:
    async with a_house(loaded, a_network()) as made:
        yield made


def nummers(answer: Answer, *path: str) -> list[str]:
    found = cast("list[dict[str, str]]", at(answer, *path, "nodes"))
    return [each["nummer"] for each in found]


# --- candidates

CANDIDATE = """
  nummer soortPartij
  indicatieGeheimhouding voorkeurstaal indicatieActief interneNotitie versie
  externeIdentificaties { waarde } bezoekadres { postcode }
  correspondentieadres { postcode } digitaleAdressen { adres }
  voorkeursDigitaalAdres { adres } rekeningnummers { iban }
  toestemmingHergebruik { gegevenOp } vertegenwoordigden { nummer }
  vertegenwoordigers { nummer } contactpersonen { nummer }
  klantcontacten { totalCount nodes { nummer } }
  ... on Persoon { contactnaam { achternaam } }
"""
BY_ADDRESS = f"""
query ($adres: Identificatienummer!) {{
  partijen(filter: {{digitaalAdres: $adres}}) {{ totalCount nodes {{ {CANDIDATE} }} }}
}}
"""
ANYBODY = IdentitySettings(identiteitsvaststelling=VaststellingSettings(required=False))


@pytest.mark.parametrize("adres", ["0600000101", "sanne.vanderveldt@example.nl"])
@pytest.mark.parametrize(
    ("caller", "settings"),
    [
        (medewerker(), IdentitySettings()),
        (medewerker(), ANYBODY),
        (systeem(), IdentitySettings()),
    ],
    ids=["medewerker", "nothing need be stated", "systeem"],
)
async def test_an_address_or_number_gives_candidates_only(
    loaded: str, network: Network, caller: Caller, settings: object, adres: str
) -> None:
    async with a_house(loaded, network, identity=settings) as house:
        answer = await house.ask(caller, BY_ADDRESS, adres=adres)
    assert at(answer, "partijen", "totalCount") == 1
    (found,) = cast("list[Json]", at(answer, "partijen", "nodes"))
    given = {name: each for name, each in found.items() if each is not None}
    assert given == {"nummer": "1001", "soortPartij": "persoon"}
    assert len(answer.codes) == len(found) - len(given) == 17
    assert set(answer.codes.values()) == {"FORBIDDEN"}


KLANTBEELD = """
query ($who: IdentificatieInput!, $stated: IdentiteitsvaststellingInput) {
  klantbeeld(identificatie: $who, identiteitsvaststelling: $stated) { %s }
}
"""
BY_BSN = f"""
query ($who: IdentificatieInput!, $stated: IdentiteitsvaststellingInput) {{
  klantbeeld(identificatie: $who, identiteitsvaststelling: $stated) {{
    partij {{ {CANDIDATE} }} partijen {{ nummer }} contactpersonen {{ nummer }}
    klantcontacten {{ totalCount }} interneTaken {{ totalCount }}
  }}
}}
"""


async def test_a_klantbeeld_before_anything_is_stated_is_a_candidate(
    house: House,
) -> None:
    answer = await house.ask(medewerker(), BY_BSN, who={"bsn": BENCH_BSN})
    beeld = cast("Json", answer.data["klantbeeld"])
    candidate = cast("Json", beeld.pop("partij"))
    partij = {k: v for k, v in candidate.items() if v is not None}
    assert partij == {"nummer": "1001", "soortPartij": "persoon"}
    assert beeld == {
        "partijen": [{"nummer": "1001"}],
        "contactpersonen": None,
        "klantcontacten": None,
        "interneTaken": None,
    }
    assert {str(each["message"]) for each in answer.errors} == {
        "this field needs identiteitsvaststelling: state to whom it is disclosed"
    }


SANNE = as_id("Partij", "0ea6880b-b832-5af2-86d4-58c5ebd523a8")
TOGETHER = as_id("Klantcontact", "93a99795-76f1-555b-bffe-2479752833be")
# Each leads to partijen of whom nothing was stated.
UNSTATED = {
    "partij": f"partij(id: $partij) {{ {CANDIDATE} }}",
    "node": f"node(id: $partij) {{ ... on Partij {{ {CANDIDATE} }} }}",
    "nummer": f'partijen(filter: {{nummer: "1001"}}) {{ nodes {{ {CANDIDATE} }} }}',
    "identificatie": f"""partijen(filter: {{identificatie: $who}}) {{
        nodes {{ {CANDIDATE} }} }}""",
    "klantcontact": f"""klantcontact(id: $contact) {{
        betrokkenen {{ partij {{ {CANDIDATE} }} }} }}""",
    "search": f"""klantcontacten {{
        nodes {{ betrokkenen {{ partij {{ {CANDIDATE} }} }} }} }}""",
    "work list": f"""interneTaken {{ nodes {{ klantcontact {{
        betrokkenen {{ partij {{ {CANDIDATE} }} }} }} }} }}""",
}
# Each leads from the klantbeeld of one of whom it was, to others.
OTHERS = {
    "whom they represented": (
        "999991723",
        f"partij {{ vertegenwoordigden {{ {CANDIDATE} }} }}",
    ),
    "who represented them": (
        "999992946",
        f"partij {{ vertegenwoordigers {{ {CANDIDATE} }} }}",
    ),
    "who helped them": (
        "999993367",
        f"contactpersonen {{ ... on Partij {{ {CANDIDATE} }} }}",
    ),
    "who acted for them": (
        "999993367",
        f"partij {{ contactpersonen {{ ... on Partij {{ {CANDIDATE} }} }} }}",
    ),
}


def partijen(value: object) -> list[Json]:
    """Every partij anywhere in an answer."""
    if isinstance(value, list):
        return [each for below in value for each in partijen(below)]
    if not isinstance(value, dict):
        return []
    mine = [value] if "soortPartij" in value else []
    return mine + [each for below in value.values() for each in partijen(below)]


def given(partij: Json) -> set[str]:
    return {name for name, each in partij.items() if each is not None}


@pytest.mark.parametrize("name", UNSTATED)
async def test_by_every_way_a_partij_is_a_candidate(house: House, name: str) -> None:
    types = {"partij": "ID!", "contact": "ID!", "who": "IdentificatieInput!"}
    used = [f"${k}: {kind}" for k, kind in types.items() if f"${k}" in UNSTATED[name]]
    head = f"query ({', '.join(used)})" if used else "query"
    sent = {"partij": SANNE, "contact": TOGETHER, "who": {"bsn": BENCH_BSN}}
    answer = await house.ask(
        medewerker(),
        f"{head} {{ {UNSTATED[name]} }}",
        **{key: value for key, value in sent.items() if f"${key}" in head},
    )
    found = partijen(answer.data)
    assert found
    assert [given(each) for each in found] == [{"nummer", "soortPartij"}] * len(found)


@pytest.mark.parametrize("name", OTHERS)
async def test_what_is_stated_for_one_discloses_nobody_else(
    house: House, name: str
) -> None:
    who, asked = OTHERS[name]
    query = KLANTBEELD % asked
    answer = await house.ask(medewerker(), query, who={"bsn": who}, stated=STATED)
    (other,) = partijen(answer.data)
    assert given(other) == {"nummer", "soortPartij"}


async def test_of_two_in_a_klantcontact_one_was_disclosed(house: House) -> None:
    query = KLANTBEELD % (
        "klantcontacten { nodes { nummer betrokkenen { partij {"
        " nummer soortPartij voorkeurstaal } } } }"
    )
    who = {"bsn": "999992946"}
    answer = await house.ask(medewerker(), query, who=who, stated=STATED)
    shown = {
        str(each["nummer"]): each["voorkeurstaal"] for each in partijen(answer.data)
    }
    assert shown == {"1015": "nld", "1007": None}


async def test_a_partij_by_its_id_is_disclosed_once_it_is_stated_to_whom(
    house: House,
) -> None:
    query = f"""query ($id: ID!, $stated: IdentiteitsvaststellingInput) {{
      partij(id: $id, identiteitsvaststelling: $stated) {{ {CANDIDATE} }} }}"""
    answer = await house.ask(medewerker(), query, id=SANNE, stated=STATED)
    assert answer.errors == []
    (found,) = partijen(answer.data)
    assert given(found) == found.keys() - {"interneNotitie"}


@pytest.mark.parametrize(
    "root", ["klantbeeld(identificatie: $who, ", f'partij(id: "{SANNE}", ']
)
async def test_what_is_stated_too_unsurely_gives_nothing_at_all(
    loaded: str, network: Network, root: str
) -> None:
    needed = VaststellingSettings(level=Betrouwbaarheidsniveau.MIDDEN)
    settings = IdentitySettings(identiteitsvaststelling=needed)
    heading = "$stated: IdentiteitsvaststellingInput"
    if "$who" in root:
        heading += ", $who: IdentificatieInput!"
    query = f"""query ({heading}) {{
      found: {root} identiteitsvaststelling: $stated) {{ __typename }} }}"""
    async with a_house(loaded, network, identity=settings) as house:
        answer = await house.ask(
            medewerker(), query, who={"bsn": BENCH_BSN}, stated=STATED
        )
    assert answer.data == {"found": None}
    assert [*answer.codes.values()] == ["STEP_UP_REQUIRED"]


async def test_one_statement_is_about_one_person(house: House) -> None:
    query = """query ($a: IdentificatieInput!, $b: IdentificatieInput!,
                      $stated: IdentiteitsvaststellingInput) {
      a: klantbeeld(identificatie: $a, identiteitsvaststelling: $stated) {
        partij { nummer } }
      b: klantbeeld(identificatie: $b, identiteitsvaststelling: $stated) {
        partij { nummer } }
    }"""
    who = {"a": {"bsn": BENCH_BSN}, "b": {"bsn": "999990019"}}
    answer = await house.ask(medewerker(), query, stated=STATED, **who)
    assert answer.data == {"a": {"partij": {"nummer": "1001"}}, "b": None}
    (error,) = answer.errors
    assert error["message"] == (
        "identiteitsvaststelling: is about one person: give it once in an operation"
    )


async def test_what_was_stated_for_one_says_nothing_of_another(house: House) -> None:
    query = """query ($a: IdentificatieInput!, $b: IdentificatieInput!,
                      $stated: IdentiteitsvaststellingInput) {
      a: klantbeeld(identificatie: $a, identiteitsvaststelling: $stated) {
        partij { digitaleAdressen { adres } } }
      b: klantbeeld(identificatie: $b) { partij { digitaleAdressen { adres } } }
    }"""
    answer = await house.ask(
        medewerker(),
        query,
        a={"bsn": BENCH_BSN},
        b={"bsn": "999990019"},
        stated=STATED,
    )
    assert len(cast("list[Json]", at(answer, "a", "partij", "digitaleAdressen"))) == 4
    assert at(answer, "b", "partij", "digitaleAdressen") is None
    assert answer.codes == {"b.partij.digitaleAdressen": "FORBIDDEN"}


async def test_an_employee_asks_for_a_klantbeeld_not_who_took_part(
    house: House,
) -> None:
    query = """query ($who: IdentificatieInput!) {
      klantcontacten(filter: {identificatie: $who}) { totalCount nodes { nummer } }
    }"""
    answer = await house.ask(medewerker(), query, who={"bsn": BENCH_BSN})
    assert answer.data == {"klantcontacten": None}
    (error,) = answer.errors
    assert error["extensions"] == {
        "code": "FORBIDDEN",
        "needs": "identiteitsvaststelling",
    }


# --- vertrouwelijk

TWO = {
    "vertrouwelijk": "7a09c5eb-e4a5-5616-8f21-764d49659608",
    "its taak": "f8d7e0e1-7da8-59c1-8e6c-17b8d700479f",
    "its vervolg": "2f19d03a-9650-50f2-95db-6bf590e88b53",
}
BY_KEY = """
query ($k: ID!, $t: ID!, $v: ID!) {
  klantcontact(id: $k) { nummer } node(id: $k) { __typename }
  taak: node(id: $t) { __typename ... on InterneTaak { nummer } }
  vervolg: klantcontact(id: $v) { nummer vorige { nummer } }
}
"""
KEYS = {
    "k": as_id("Klantcontact", TWO["vertrouwelijk"]),
    "t": as_id("InterneTaak", TWO["its taak"]),
    "v": as_id("Klantcontact", TWO["its vervolg"]),
}


async def test_what_is_vertrouwelijk_is_not_there_without_the_right(
    house: House,
) -> None:
    answer = await house.ask(WITHOUT, BY_KEY, **KEYS)
    nobody = "5ca1ab1e-0000-4000-8000-000000000000"
    absent = await house.ask(
        WITHOUT,
        BY_KEY,
        k=as_id("Klantcontact", nobody),
        t=as_id("InterneTaak", nobody),
        v=as_id("Klantcontact", nobody),
    )
    assert answer.data == dict.fromkeys(["klantcontact", "node", "taak", "vervolg"])
    assert answer.data == absent.data
    assert answer.codes == absent.codes == dict.fromkeys(answer.data, "NOT_FOUND")
    messages = {str(each["message"]) for each in (*answer.errors, *absent.errors)}
    assert messages == {"no record is known by this"}


async def test_with_the_right_it_is(house: House) -> None:
    answer = await house.ask(medewerker(), BY_KEY, **KEYS)
    assert answer.data == {
        "klantcontact": {"nummer": "5022"},
        "node": {"__typename": "Klantcontact"},
        "taak": {"__typename": "InterneTaak", "nummer": "7007"},
        "vervolg": {"nummer": "5023", "vorige": [{"nummer": "5022"}]},
    }


VERTROUWELIJK = {5022, 5023, 5024, 5040, 5081, 5082, 5086, 5107, 5108, 5123}
LISTS = """
{ klantcontacten(first: 100) { totalCount nodes { nummer } }
  rest: klantcontacten(first: 100, orde: oudste_eerst) { nodes { nummer } }
  interneTaken(first: 100) { totalCount nodes { nummer klantcontact { nummer } } } }
"""


async def test_lists_counts_and_work_lists_leave_it_out(house: House) -> None:
    all_of_it = await house.ask(medewerker(), LISTS)
    some = await house.ask(WITHOUT, LISTS)
    listed = {
        who: {
            int(each)
            for name in ("klantcontacten", "rest")
            for each in nummers(a, name)
        }
        for who, a in (("with", all_of_it), ("without", some))
    }
    assert listed["with"] - listed["without"] == VERTROUWELIJK
    assert listed["with"] == set(range(5001, 5151))
    counts = [at(a, "klantcontacten", "totalCount") for a in (all_of_it, some)]
    assert counts == [150, 140]
    taken = [at(a, "interneTaken", "totalCount") for a in (all_of_it, some)]
    assert taken == [43, 41]
    gone = set(nummers(all_of_it, "interneTaken")) - set(nummers(some, "interneTaken"))
    assert gone == {"7007", "7020"}


async def test_nor_is_it_in_a_klantbeeld(house: House) -> None:
    query = """query ($stated: IdentiteitsvaststellingInput, $who: IdentificatieInput!) {
      klantbeeld(identificatie: $who, identiteitsvaststelling: $stated) {
        klantcontacten { totalCount nodes { nummer } }
        interneTaken { totalCount nodes { nummer } }
        partij { klantcontacten { totalCount nodes { nummer } } }
      } }"""
    found = {}
    for name, caller in (("with", medewerker()), ("without", WITHOUT)):
        answer = await house.ask(caller, query, who={"bsn": "999991310"}, stated=STATED)
        found[name] = (
            nummers(answer, "klantbeeld", "klantcontacten"),
            nummers(answer, "klantbeeld", "partij", "klantcontacten"),
            nummers(answer, "klantbeeld", "interneTaken"),
        )
    contacts = ["5123", "5024", "5023", "5022"]
    assert found == {
        "with": (contacts, contacts, ["7007"]),
        "without": ([], [], []),
    }


async def test_whom_it_is_about_sees_it(house: House) -> None:
    query = "{ mijnKlantbeeld { klantcontacten { nodes { nummer vertrouwelijk } } } }"
    answer = await house.ask(klant(bsn("999991310")), query)
    assert at(answer, "mijnKlantbeeld", "klantcontacten", "nodes") == [
        {"nummer": nummer, "vertrouwelijk": True}
        for nummer in ("5123", "5024", "5023", "5022")
    ]


@pytest.mark.parametrize(
    ("root", "key"),
    [
        ("partij", SANNE),
        ("klantcontact", as_id("Klantcontact", "557d5d8c-aa11-5cb6-bdfc-1264296428c4")),
    ],
)
async def test_a_node_needs_the_level_of_the_root_field_it_stands_for(
    loaded: str, network: Network, root: str, key: str
) -> None:
    settings = IdentitySettings(minimum_levels={root: Betrouwbaarheidsniveau.HOOG})
    query = "query ($id: ID!) { found: node(id: $id) { id } }"
    async with a_house(loaded, network, identity=settings) as house:
        refused = await house.ask(klant(), query, id=key)
        given_it = await house.ask(
            klant(niveau=Betrouwbaarheidsniveau.HOOG), query, id=key
        )
    assert refused.codes == {"found": "STEP_UP_REQUIRED"}
    assert given_it.data == {"found": {"id": key}}
