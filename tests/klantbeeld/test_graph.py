"""The graph on the demo municipality: whose klantbeeld, threads, work lists, ids."""

import json
from collections.abc import Iterator
from typing import cast

import pytest

from tests.klantbeeld.conftest import Municipality
from tests.municipality import BENCH_BSN, FIXTURES

pytestmark = pytest.mark.anyio

Json = dict[str, object]


def partijen() -> Iterator[Json]:
    for path in sorted((FIXTURES / "klantbeeld" / "partijen").glob("*.json")):
        yield json.loads(path.read_text())


def identificaties(soort: str) -> Iterator[tuple[Json, str]]:
    """Each partij with an identificatie of this soort, and its value."""
    for partij in partijen():
        for each in cast("list[Json]", partij["externe_identificaties"]):
            if each.get("soort") == soort:
                yield partij, str(each["waarde"])


async def ask(municipality: Municipality, query: str, **variables: object) -> Json:
    """Ask what should go without error; gives the data."""
    result = await municipality.ask(query, **variables)
    assert "errors" not in result, result["errors"]
    return cast("Json", result["data"])


async def test_every_person_with_a_bsn_has_a_klantbeeld_of_one_partij(
    municipality: Municipality,
) -> None:
    query = """
      query ($b: BSN!) { klantbeeld(identificatie: {bsn: $b}) {
        partijen { nummer } partij { nummer __typename } } }
    """
    people = list(identificaties("bsn"))
    assert len(people) >= 8
    for partij, bsn in people:
        data = await ask(municipality, query, b=bsn)
        nummer = str(partij["nummer"])
        assert data["klantbeeld"] == {
            "partijen": [{"nummer": nummer}],
            "partij": {"nummer": nummer, "__typename": "Persoon"},
        }


async def test_the_klantbeeld_of_a_company_joins_its_partijen_and_who_acted_for_them(
    municipality: Municipality,
) -> None:
    by_kvk: dict[str, list[Json]] = {}
    for partij, kvk in identificaties("kvk_nummer"):
        by_kvk.setdefault(kvk, []).append(partij)
    kvk, named = next((kvk, each) for kvk, each in by_kvk.items() if len(each) == 2)
    keys = {each["id"] for each in named}
    acted = [each for each in partijen() if each.get("namens_partij_id") in keys]
    assert acted
    query = """
      query ($k: KVKNummer!) { klantbeeld(identificatie: {kvkNummer: $k}) {
        partijen { nummer } contactpersonen { nummer __typename
          ... on Contactpersoon { hoedanigheid formeel namens { nummer } } }
        klantcontacten { totalCount nodes { betrokkenen { partij { nummer } } } }
      } }
    """
    data = await ask(municipality, query, k=kvk)
    klantbeeld = cast("dict[str, list[Json]]", data["klantbeeld"])
    numbers = {str(each["nummer"]) for each in named}
    assert {each["nummer"] for each in klantbeeld["partijen"]} == numbers
    assert {each["nummer"] for each in klantbeeld["contactpersonen"]} == {
        str(each["nummer"]) for each in acted
    }
    contacts = cast("Json", klantbeeld["klantcontacten"])
    nodes = cast("list[dict[str, list[dict[str, Json | None]]]]", contacts["nodes"])
    everyone = numbers | {str(each["nummer"]) for each in acted}
    assert nodes
    for node in nodes:
        seen = {b["partij"]["nummer"] for b in node["betrokkenen"] if b["partij"]}
        assert seen & everyone
    assert contacts["totalCount"] == len(nodes)


async def test_private_and_business_capacity_stay_apart(
    municipality: Municipality,
) -> None:
    """An eenmanszaak is a persoon with a KVK-nummer, another partij than the human."""
    partij, kvk = next(
        (partij, kvk)
        for partij, kvk in identificaties("kvk_nummer")
        if partij["soort_partij"] == "persoon"
    )
    query = """
      query ($k: KVKNummer!) { klantbeeld(identificatie: {kvkNummer: $k}) {
        partij { __typename nummer externeIdentificaties { soort } } } }
    """
    data = await ask(municipality, query, k=kvk)
    found = cast("dict[str, Json]", data["klantbeeld"])["partij"]
    assert found["__typename"] == "Persoon"
    assert found["nummer"] == str(partij["nummer"])
    soorten = {
        each["soort"] for each in cast("list[Json]", found["externeIdentificaties"])
    }
    assert "kvk_nummer" in soorten
    assert "bsn" not in soorten


async def test_a_vestiging_is_found_under_its_own_kvk_nummer_only(
    municipality: Municipality,
) -> None:
    partij, vestiging = next(identificaties("vestigingsnummer"))
    (kvk,) = [
        str(each["kvk_nummer"])
        for each in cast("list[Json]", partij["externe_identificaties"])
        if each.get("soort") == "vestigingsnummer"
    ]
    query = """
      query ($v: VestigingInput!) { klantbeeld(identificatie: {vestiging: $v}) {
        partij { nummer } } }
    """
    asked = {"kvkNummer": kvk, "vestigingsnummer": vestiging}
    data = await ask(municipality, query, v=asked)
    assert data["klantbeeld"] == {"partij": {"nummer": str(partij["nummer"])}}
    wrong = asked | {"kvkNummer": "00000000"}
    result = await municipality.ask(query, v=wrong)
    assert result["data"] == {"klantbeeld": None}


async def test_walking_all_pages_gives_every_contact_once(
    municipality: Municipality,
) -> None:
    query = """
      query ($b: BSN!, $a: String) { klantbeeld(identificatie: {bsn: $b}) {
        klantcontacten(first: 7, after: $a) { totalCount
          edges { cursor node { id plaatsgevondenOp } }
          pageInfo { hasNextPage endCursor } } } }
    """
    seen: list[tuple[str, str]] = []
    after: object = None
    more = True
    while more:
        data = await ask(municipality, query, b=BENCH_BSN, a=after)
        page = cast("dict[str, dict[str, object]]", data["klantbeeld"])[
            "klantcontacten"
        ]
        edges = cast("list[dict[str, dict[str, str]]]", page["edges"])
        seen += [(e["node"]["plaatsgevondenOp"], e["node"]["id"]) for e in edges]
        info = cast("Json", page["pageInfo"])
        after, more = info["endCursor"], bool(info["hasNextPage"])
        assert page["totalCount"] == 60
    assert len(seen) == len(set(seen)) == 60
    assert [moment for moment, _ in seen] == sorted((m for m, _ in seen), reverse=True)


async def test_a_thread_is_followed_both_ways(municipality: Municipality) -> None:
    query = """{ klantcontacten(first: 100, orde: oudste_eerst) { nodes {
      id vorige { id } vervolg { id } onderwerpen { __typename } } } }"""
    data = await ask(municipality, query)
    page = cast("dict[str, list[dict[str, object]]]", data["klantcontacten"])
    nodes = {str(node["id"]): node for node in page["nodes"]}
    links = 0
    for key, node in nodes.items():
        for later in cast("list[Json]", node["vervolg"]):
            if later["id"] in nodes:
                other = nodes[str(later["id"])]
                assert {"id": key} in cast("list[Json]", other["vorige"])
                links += 1
    assert links >= 5


async def test_a_departments_work_list_is_in_order_of_waiting(
    municipality: Municipality,
) -> None:
    query = """
      query ($f: InterneTaakFilter) { interneTaken(filter: $f, first: 100) {
        totalCount nodes { id status wachtSinds actoren { id naam }
          klantcontact { plaatsgevondenOp } } } }
    """
    data = await ask(municipality, query, f={"status": "te_verwerken"})
    page = cast("Json", data["interneTaken"])
    nodes = cast("list[dict[str, object]]", page["nodes"])
    assert page["totalCount"] == len(nodes) > 5
    waiting = [str(node["wachtSinds"]) for node in nodes]
    assert waiting == sorted(waiting)
    moments = [cast("Json", node["klantcontact"])["plaatsgevondenOp"] for node in nodes]
    assert moments == waiting
    actor = cast("list[dict[str, str]]", nodes[0]["actoren"])[0]
    data = await ask(municipality, query, f={"actor": actor["id"]})
    mine = cast("dict[str, list[dict[str, list[Json]]]]", data["interneTaken"])["nodes"]
    assert mine
    assert all(actor["id"] in {a["id"] for a in node["actoren"]} for node in mine)


@pytest.mark.parametrize(
    ("field", "kind"),
    [
        ('partijen(filter: {nummer: "1001"})', "Persoon"),
        ("klantcontacten(first: 1)", "Klantcontact"),
        ("interneTaken(first: 1)", "InterneTaak"),
        ("actoren(first: 1)", "Actor"),
    ],
)
async def test_what_has_an_id_is_found_again_by_it(
    municipality: Municipality, field: str, kind: str
) -> None:
    data = await ask(municipality, f"{{ found: {field} {{ nodes {{ id }} }} }}")
    (node,) = cast("dict[str, list[dict[str, str]]]", data["found"])["nodes"]
    again = (
        f"query ($id: ID!) {{ node(id: $id) {{ id ... on {kind} {{ __typename }} }} }}"
    )
    data = await ask(municipality, again, id=node["id"])
    assert cast("Json", data["node"])["id"] == node["id"]


async def test_everything_of_a_partij_is_there(municipality: Municipality) -> None:
    query = """
      query ($b: BSN!) { klantbeeld(identificatie: {bsn: $b}) { partij {
        id nummer soortPartij indicatieActief indicatieGeheimhouding voorkeurstaal
        interneNotitie bezoekadres { vorm plaats } correspondentieadres { vorm }
        voorkeursDigitaalAdres { adres } rekeningnummers { iban }
        toestemmingHergebruik { gegevenOp ingetrokkenOp klantcontact { nummer } }
        vertegenwoordigden { nummer } vertegenwoordigers { nummer }
        contactpersonen { nummer }
        klantcontacten(last: 1) { totalCount nodes { identiteitsvaststelling {
          middel niveau grond vastgesteldOp vastgesteldDoor { naam } } } }
      } } }
    """
    wanted = {"toestemmingHergebruik", "voorkeursDigitaalAdres", "rekeningnummers"}
    seen: set[str] = set()
    for _, bsn in identificaties("bsn"):
        data = await ask(municipality, query, b=bsn)
        partij = cast("dict[str, Json]", data["klantbeeld"])["partij"]
        seen |= {name for name in wanted if partij[name]}
    assert seen == wanted


async def test_the_subgraph_gives_its_sdl_to_a_router(
    municipality: Municipality,
) -> None:
    data = await ask(municipality, "{ _service { sdl } }")
    sdl = cast("dict[str, str]", data["_service"])["sdl"]
    assert sdl.startswith("extend schema @link(")
    assert "type Klantcontact" in sdl
