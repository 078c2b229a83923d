"""Over the whole path: what is shown is written down before, of whom and why; no more."""

import json
from collections.abc import AsyncIterator, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import cast
from uuid import UUID

import pytest
from msgspec.structs import replace
from sqlalchemy.ext.asyncio import AsyncEngine

from gateway import identificatie
from gateway.identity.caller import ANONIEM, Caller
from gateway.identity.pseudonyms import Pseudonym
from gateway.settings import IdentitySettings
from schema.node import encode_id
from tests.identity.callers import klant, medewerker, vertegenwoordiger
from tests.keys import KEY
from tests.klantbeeld.trails import (
    ACTIVITY,
    PARENT,
    PSEUDONYMS,
    STATED,
    SUBJECT,
    SUBJECT_TYPE,
    Json,
    Open,
    Trailed,
    a_trail,
    betrokkene,
    partij,
    shown,
)
from tests.municipality import BENCH_BSN, FIXTURES, MIJN_KLANTBEELD, Network
from tests.store.rows import Rows

pytestmark = pytest.mark.anyio

SANNE = "0ea6880b-b832-5af2-86d4-58c5ebd523a8"
RIA, RIA_BSN = "cb488592-3937-5fcb-83ee-ba5ade3f0d4f", "999993367"
JOKE = "3c7bb458-b5d4-51b9-a2fe-f10319043b72"  # acted for Ria
OTTO = "10e24c89-af23-5bb4-868d-d2d980cc987b"  # acted for Ria's bewindvoerder
BEWINDVOERDER = "786dfb94-5d3d-5ff4-80e9-a83affef37ed"
TAAK = "288f45fb-6841-5397-851b-f5d05d89d4f1"
WITH_A_STRANGER = "30e9aa48-a668-5ef5-a4f8-9b10c6e0de5d"  # Sanne, and one not known

EMPLOYEE = medewerker()
OF_RIA = "(identificatie: {bsn: $bsn}, identiteitsvaststelling: $stated)"
GIVEN = "$bsn: BSN!, $stated: IdentiteitsvaststellingInput"


def as_id(kind: str, key: str) -> str:
    return encode_id(kind, UUID(key))


@pytest.fixture
def open_(loaded: str, network: Network, tmp_path: Path) -> Open:
    """Start a gateway on the demo's data, for a caller."""
    return partial(a_trail, loaded, network, tmp_path / "verwerkingen.jsonl")


@pytest.fixture
async def desk(open_: Open) -> AsyncIterator[Trailed]:
    """Asked by an employee."""
    async with open_(EMPLOYEE) as trailed:
        yield trailed


@pytest.fixture
def open_empty(database_url: str, network: Network, tmp_path: Path) -> Open:
    """Start a gateway on a database of this test's own, for a caller."""
    return partial(a_trail, database_url, network, tmp_path / "verwerkingen.jsonl")


# Whose klantcontacten are in the fixtures.


def klantcontacten() -> Iterator[Json]:
    for path in sorted((FIXTURES / "klantbeeld" / "klantcontacten").glob("*.json")):
        yield from json.loads(path.read_text())["klantcontacten"]


def took_part(contact: Json) -> list[Pseudonym]:
    """Who took part: as the partij they are gekend as, else as nothing but that."""
    return [
        partij(each["partij_id"]) if each.get("partij_id") else betrokkene(each["id"])
        for each in cast("list[dict[str, str]]", contact["betrokkenen"])
    ]


def everybody(contacts: Sequence[Json]) -> list[tuple[str | None, str | None]]:
    return shown({each for contact in contacts for each in took_part(contact)})


def by_key(key: str) -> Json:
    return next(each for each in klantcontacten() if each["id"] == key)


# What is written, of whom.


async def test_of_a_klants_own_page_the_klant_is_written_down(open_: Open) -> None:
    async with open_(klant()) as portal:
        left = await portal.ask(MIJN_KLANTBEELD, first=50)
    sanne = partij(SANNE)
    assert left.rows == [
        {
            "trace_id": left.records[0]["trace_id"],
            "soort_aanvrager": "klant",
            "wie": PSEUDONYMS.identificatie(identificatie.bsn(BENCH_BSN)).value,
            "uitgever": None,
            "namens": None,
            "client": "portaal",
            "betrokkene": sanne.value,
            "soort_betrokkene": sanne.soort,
            "wat": ["mijnKlantbeeld"],
            "operatie": None,
            "verwerking": "inzage",
            "verwerking_uri": "https://voorbeeldstad.example/verwerkingen/inzage/1",
            "identiteit_middel": None,
            "identiteit_niveau": None,
            "identiteit_grond": None,
        }
    ]
    assert left.whom == [sanne]


async def test_records_are_children_of_the_operations_in_the_trace_of_who_asks(
    desk: Trailed,
) -> None:
    query = f"query ({GIVEN}) {{ klantbeeld{OF_RIA} {{ contactpersonen {{ id }} }} }}"
    left = await desk.ask(query, bsn=RIA_BSN, stated=STATED)
    own, *persons = left.records
    assert (own["parent_span_id"], own["name"]) == (PARENT, "klantbeeld")
    assert [each["parent_span_id"] for each in persons] == [own["span_id"]] * 2
    assert len({each["span_id"] for each in left.records}) == 3
    activity = {ACTIVITY: "https://voorbeeldstad.example/verwerkingen/klantcontact/1"}
    assert [each["attributes"] for each in left.records] == [
        activity,
        *(
            activity | {SUBJECT: each.value, SUBJECT_TYPE: each.soort}
            for each in (partij(JOKE), partij(RIA))
        ),
    ]


async def test_no_employee_is_in_the_processing_records(desk: Trailed) -> None:
    query = f"query ({GIVEN}) {{ klantbeeld{OF_RIA} {{ partij {{ nummer }} }} }}"
    left = await desk.ask(query, bsn=RIA_BSN, stated=STATED)
    names = [(each["wie"], each["uitgever"]) for each in left.rows]
    assert names == [(EMPLOYEE.subject, EMPLOYEE.issuer)]
    written = desk.file.read_text()
    assert EMPLOYEE.subject not in written
    assert EMPLOYEE.client not in written


async def test_what_an_employee_stated_stands_in_the_row(desk: Trailed) -> None:
    query = f"query Balie ({GIVEN}) {{ klantbeeld{OF_RIA} {{ partij {{ nummer }} }} }}"
    left = await desk.ask(query, bsn=RIA_BSN, stated=STATED)
    (row,) = left.rows
    stated = {name: row[f"identiteit_{name}"] for name in STATED}
    assert (stated, row["soort_aanvrager"]) == (STATED, "medewerker")
    assert (row["client"], row["verwerking"]) == ("kcc-werkplek", "klantcontact")


async def test_an_operation_states_one_vaststelling(desk: Trailed) -> None:
    query = f"""query ({GIVEN}, $sanne: BSN!, $other: IdentiteitsvaststellingInput) {{
      klantbeeld{OF_RIA} {{ partij {{ nummer }} }}
      sanne: klantbeeld(identificatie: {{bsn: $sanne}}, identiteitsvaststelling: $other) {{
        partij {{ nummer }} }} }}"""
    other = STATED | {"grond": "gemachtigd_persoon"}
    left = await desk.ask(
        query, bsn=RIA_BSN, stated=STATED, sanne=BENCH_BSN, other=other
    )
    assert (left.codes, left.whom) == (["BAD_INPUT"], [partij(RIA)])
    assert [each["identiteit_grond"] for each in left.rows] == ["zelf"]


async def test_a_vertegenwoordiger_is_written_down_with_whom_they_act_for(
    open_: Open,
) -> None:
    caller = vertegenwoordiger(identificatie.bsn(RIA_BSN))
    async with open_(caller) as portal:
        left = await portal.ask("{ mijnKlantbeeld { partij { nummer } } }")
    (row,) = left.rows
    assert caller.vertegenwoordiger is not None
    acting = PSEUDONYMS.subject(caller.vertegenwoordiger).value
    named = PSEUDONYMS.identificatie(identificatie.bsn(RIA_BSN)).value
    assert (row["soort_aanvrager"], row["wie"], row["namens"]) == (
        "vertegenwoordiger",
        acting,
        named,
    )
    assert left.whom == [partij(RIA)]


CONTACTS = "klantcontacten { nodes { kanaal betrokkenen%s { rol } } }"


@pytest.mark.parametrize(
    ("selection", "whom"),
    [
        ("partij { nummer }", [RIA]),
        ("klantcontacten { totalCount }", [RIA]),
        ("contactpersonen { nummer }", [RIA, JOKE]),
        ("contactpersonen @skip(if: true) { nummer } __typename", [RIA]),
        (CONTACTS % "", [RIA, JOKE, OTTO, BEWINDVOERDER]),
        (CONTACTS % " @include(if: false)", [RIA]),
    ],
)
async def test_of_a_klantbeeld_everybody_who_is_shown_is_written_down_and_nobody_else(
    desk: Trailed, selection: str, whom: list[str]
) -> None:
    query = f"query ({GIVEN}) {{ klantbeeld{OF_RIA} {{ {selection} }} }}"
    left = await desk.ask(query, bsn=RIA_BSN, stated=STATED)
    assert left.data
    assert left.whom == shown(map(partij, whom))


async def test_what_is_refused_was_not_shown(desk: Trailed) -> None:
    query = """query ($bsn: BSN!) { klantbeeld(identificatie: {bsn: $bsn}) {
      partij { nummer } contactpersonen { nummer }
      klantcontacten { nodes { betrokkenen { rol } } } } }"""
    left = await desk.ask(query, bsn=RIA_BSN)
    assert (left.codes, left.whom) == (["FORBIDDEN"] * 2, [partij(RIA)])


async def test_of_a_work_list_everybody_is_written_down_once(desk: Trailed) -> None:
    query = "{ interneTaken(first: 100) { nodes { klantcontact { betrokkenen { rol } } } } }"
    left = await desk.ask(query)
    expected = everybody([each for each in klantcontacten() if each["interne_taken"]])
    assert left.data
    assert left.whom == expected
    kinds = {kind for _, kind in left.whom}
    assert kinds == {partij(RIA).soort, betrokkene(RIA).soort}


@pytest.mark.parametrize(
    "query",
    [
        "{ klantcontacten(first: 100) { nodes { nummer } } }",
        "{ klantcontacten(first: 100) { nodes { nummer betrokkenen { rol } } } }",
    ],
)
async def test_of_a_search_who_took_part_is_written_down(
    desk: Trailed, query: str
) -> None:
    left = await desk.ask(query)
    page = cast("dict[str, list[Json]]", left.data["klantcontacten"])
    numbers = {int(str(each["nummer"])) for each in page["nodes"]}
    found = [each for each in klantcontacten() if each["nummer"] in numbers]
    assert (len(found), left.whom) == (100, everybody(found))


async def test_candidates_are_written_down(desk: Trailed) -> None:
    query = """query ($adres: Identificatienummer!) {
      partijen(filter: {digitaalAdres: $adres}) { nodes { nummer } } }"""
    left = await desk.ask(query, adres="sanne.vanderveldt@example.nl")
    assert (left.whom, left.rows[0]["wat"]) == ([partij(SANNE)], ["partijen"])


KLANTCONTACT = everybody([by_key(WITH_A_STRANGER)])
OF_TAAK = everybody(
    [each for each in klantcontacten() if TAAK in str(each["interne_taken"])]
)


@pytest.mark.parametrize(
    ("field", "kind", "key", "whom"),
    [
        ("partij", "Partij", RIA, [partij(RIA)]),
        ("node", "Partij", RIA, [partij(RIA)]),
        ("klantcontact", "Klantcontact", WITH_A_STRANGER, KLANTCONTACT),
        ("node", "Klantcontact", WITH_A_STRANGER, KLANTCONTACT),
        ("node", "InterneTaak", TAAK, OF_TAAK),
    ],
)
async def test_what_is_asked_by_its_id_is_written_down(
    desk: Trailed, field: str, kind: str, key: str, whom: list[tuple[str, str]]
) -> None:
    query = f"query ($id: ID!) {{ {field}(id: $id) {{ __typename }} }}"
    left = await desk.ask(query, id=as_id(kind, key))
    assert list(left.data) == [field]
    assert (left.whom, left.rows[0]["wat"]) == (whom, [field])


async def test_a_klant_who_asks_one_klantcontact_is_the_one_it_shows(
    open_: Open,
) -> None:
    query = "query ($id: ID!) { klantcontact(id: $id) { kanaal } }"
    async with open_(klant()) as portal:
        left = await portal.ask(query, id=as_id("Klantcontact", WITH_A_STRANGER))
    assert left.data
    assert left.whom == [partij(SANNE)]


# What hangs on somebody else, or on nobody.

VERVOLG = """query ($bsn: BSN!, $stated: IdentiteitsvaststellingInput) {
  klantbeeld(identificatie: {bsn: $bsn}, identiteitsvaststelling: $stated) {
    klantcontacten(last: 1) { nodes { vervolg { kanaal } } } } }"""


async def test_a_thread_that_leads_to_another_person_shows_them_too(
    open_empty: Open, database: AsyncEngine
) -> None:
    rows = Rows(database)
    one, other = await rows.persoon(RIA_BSN), await rows.persoon(BENCH_BSN)
    asked = await rows.klantcontact(1, one)
    taak = await rows.interne_taak(asked)
    answered = await rows.klantcontact(2, other)
    await rows.onderwerp(answered, "interne_taak", interne_taak_id=taak)
    async with open_empty(EMPLOYEE) as desk:
        left = await desk.ask(VERVOLG, bsn=RIA_BSN, stated=STATED)
        alone = await desk.ask(
            VERVOLG.replace("{ kanaal }", "@skip(if: true) { kanaal } nummer"),
            bsn=RIA_BSN,
            stated=STATED,
        )
    assert left.whom == shown(map(PSEUDONYMS.partij, (one, other)))
    assert alone.whom == [PSEUDONYMS.partij(one)]


async def test_what_hangs_on_a_klantbeelds_klantcontact_is_of_nobody_else(
    open_empty: Open, database: AsyncEngine
) -> None:
    rows = Rows(database)
    one, other = await rows.persoon(RIA_BSN), await rows.persoon(BENCH_BSN)
    await rows.interne_taak(await rows.klantcontact(1, one, other))
    taken = "interneTaken { nodes { status } }"
    below = f"{taken} klantcontacten {{ nodes {{ interneTaken {{ status }} }} }}"
    query = f"query ({GIVEN}) {{ klantbeeld{OF_RIA} {{ {below} }} }}"
    async with open_empty(EMPLOYEE) as desk:
        left = await desk.ask(query, bsn=RIA_BSN, stated=STATED)
    assert '"te_verwerken"' in json.dumps(left.data)
    assert left.whom == [PSEUDONYMS.partij(one)]


async def test_a_klantcontact_without_betrokkenen_is_of_somebody_unnamed(
    open_empty: Open, database: AsyncEngine
) -> None:
    await Rows(database).klantcontact(1)
    async with open_empty(EMPLOYEE) as desk:
        left = await desk.ask("{ klantcontacten { nodes { kanaal } } }")
    assert left.whom == [(None, None)]
    uri = "https://voorbeeldstad.example/verwerkingen/klantcontact/1"
    assert [each["attributes"] for each in left.records] == [{ACTIVITY: uri}]


# Where nobody was shown.

OF_SANNE = "query ($sanne: ID!) { partij(id: $sanne) { nummer } }"
BY_BSN = """query ($bsn: BSN!) {
  klantbeeld(identificatie: {bsn: $bsn}) { partij { nummer } } }"""


@pytest.mark.parametrize(
    ("caller", "query", "codes"),
    [
        (EMPLOYEE, BY_BSN, ["NOT_FOUND"]),
        (klant(identificatie.bsn(RIA_BSN)), OF_SANNE, ["NOT_FOUND"]),
        (klant(), "{ klantcontacten { nodes { kanaal } } }", ["FORBIDDEN"]),
        (klant(niveau=None), MIJN_KLANTBEELD, ["STEP_UP_REQUIRED"]),
        (replace(EMPLOYEE, verwerking=None), OF_SANNE, ["FORBIDDEN"]),
        (ANONIEM, OF_SANNE, ["UNAUTHENTICATED"]),
        (klant(), "{ ik { soort hoedanigheden { soort } } }", []),
        (klant(), "{ __schema { queryType { name } } }", []),
        (klant(), "{ _service { sdl } }", []),
        (EMPLOYEE, "{ actoren(first: 100) { nodes { id } } }", []),
        (EMPLOYEE, "{ partijen(filter: {}) { nodes { id } } }", ["BAD_INPUT"]),
        (EMPLOYEE, "{ nonsense }", ["BAD_INPUT"]),
    ],
)
async def test_where_nobody_was_shown_nothing_is_written(
    open_: Open, caller: Caller, query: str, codes: list[str]
) -> None:
    async with open_(caller) as asked:
        left = await asked.ask(
            query, bsn="111222333", sanne=as_id("Partij", SANNE), first=1
        )
        assert (left.codes, left.records, left.rows) == (codes, [], [])
        assert not asked.file.exists()


async def test_too_low_a_vaststelling_shows_nobody(open_: Open) -> None:
    identity = {"pseudonym_key": KEY, "identiteitsvaststelling": {"level": "hoog"}}
    settings = IdentitySettings.model_validate(identity)
    async with open_(EMPLOYEE, identity=settings) as desk:
        query = f"query ({GIVEN}) {{ klantbeeld{OF_RIA} {{ partij {{ nummer }} }} }}"
        left = await desk.ask(query, bsn=RIA_BSN, stated=STATED)
    assert (left.codes, left.whom) == (["STEP_UP_REQUIRED"], [])
