"""Every field of what the registers hold, as the fixtures have it."""

import json
from collections.abc import Iterator
from typing import cast

import pytest

from gateway.app import create_app
from gateway.demo.addresses import Addresses, StandinName
from gateway.demo.run import gateway_settings
from tests.klantbeeld.conftest import Municipality, asked_in_process
from tests.municipality import BENCH_BSN, FIXTURES, Network

pytestmark = pytest.mark.anyio

Json = dict[str, object]


def payload(register: str, resource: str, url: object) -> Json:
    uuid = str(url).rpartition("/")[2]
    path = FIXTURES / register / resource / f"{uuid}.json"
    read: Json = json.loads(path.read_text())
    return read


async def parts(municipality: Municipality, field: str, selection: str) -> list[Json]:
    """What is selected of every onderwerp or inhoudsdeel of the page, in order."""
    query = f"""
      query ($b: BSN!) {{ klantbeeld(identificatie: {{bsn: $b}}) {{
        klantcontacten(first: 60) {{ nodes {{ {field} {{ {selection} }} }} }} }} }}
    """
    result = await municipality.ask(query, b=BENCH_BSN)
    data = cast("dict[str, dict[str, dict[str, list[Json]]]]", result["data"])
    nodes = data["klantbeeld"]["klantcontacten"]["nodes"]
    return [part for node in nodes for part in cast("list[Json]", node[field]) if part]


def found(parts: list[Json], name: str) -> Iterator[Json]:
    return (cast("Json", part[name]) for part in parts if part.get(name))


async def test_klanttaken_of_both_forms_are_read(municipality: Municipality) -> None:
    selection = """
      ... on KlanttaakOnderwerp { klanttaak {
        titel status soort verloopdatum eigenaar url formulier { soort value }
        ogonebetaling { bedrag betaalkenmerk } zaak { url }
        object { url uuid data startAt endAt registrationAt type { name namePlural } }
      } }
    """
    taken = list(
        found(await parts(municipality, "onderwerpen", selection), "klanttaak")
    )
    assert len(taken) >= 8
    seen: set[str] = set()
    for taak in taken:
        kept = cast("Json", taak["object"])
        stored = payload("objecten", "objects", kept["url"])
        record = cast("dict[str, Json]", stored["record"])
        data = record["data"]
        assert kept["data"] == data
        assert kept["uuid"] == stored["uuid"]
        assert kept["startAt"] == record["startAt"]
        assert kept["endAt"] == record["endAt"]
        assert kept["registrationAt"] == record["registrationAt"]
        assert taak["titel"] == data.get("titel", data.get("title"))
        assert taak["status"] == data["status"]
        seen |= {
            name for name in ("zaak", "url", "formulier", "ogonebetaling") if taak[name]
        }
        seen.add("v2" if "titel" in data else "v1")
    assert seen >= {"zaak", "formulier", "v1", "v2"}


KOPPELING = "... on KlanttaakOnderwerp { klanttaak { titel zaak { identificatie } } }"


async def test_the_zaak_of_a_klanttaak_is_found_by_its_uuid_in_the_only_register(
    municipality: Municipality,
) -> None:
    taken = list(
        found(await parts(municipality, "onderwerpen", KOPPELING), "klanttaak")
    )
    assert len([taak for taak in taken if taak["zaak"]]) == 11


async def test_a_uuid_does_not_say_in_which_of_two_registers_a_zaak_is(
    loaded: str, network: Network
) -> None:
    settings = gateway_settings(loaded, Addresses())
    zaken = next(each for each in settings.registers if each.kind == "zaken")
    other = zaken.model_copy(
        update={"name": "sociaal", "base_url": "https://sociaal.example", "aliases": ()}
    )
    two = settings.model_copy(update={"registers": (*settings.registers, other)})
    async with asked_in_process(create_app(two, transport=network)) as client:
        query = """
          query ($b: BSN!) { klantbeeld(identificatie: {bsn: $b}) {
            klantcontacten(first: 60) { nodes { onderwerpen {
              ... on KlanttaakOnderwerp { klanttaak { zaak { url } } } } } } } }
        """
        result = await Municipality(client, network).ask(query, b=BENCH_BSN)
    codes = [
        cast("dict[str, Json]", error)["extensions"]["code"]
        for error in cast("list[object]", result["errors"])
    ]
    assert set(codes) == {"UNKNOWN_REGISTER"}
    assert network.strangers == []


async def test_documents_are_as_their_register_has_them(
    municipality: Municipality,
) -> None:
    same = (
        "identificatie bronorganisatie titel auteur creatiedatum formaat taal versie"
        " bestandsnaam bestandsomvang vertrouwelijkheidaanduiding status"
    )
    selection = f"""
      ... on DocumentInhoud {{ document {{ {same} url uuid beginRegistratie
        beschrijving ontvangstdatum verzenddatum trefwoorden
        informatieobjecttype {{ url omschrijving informatieobjectcategorie
          vertrouwelijkheidaanduiding }} }} }}
    """
    documents = list(found(await parts(municipality, "inhoud", selection), "document"))
    assert len(documents) >= 50
    for document in documents:
        stored = payload("documenten", "enkelvoudiginformatieobjecten", document["url"])
        for name in same.split():
            assert document[name] == stored[name], name
        kind = cast("Json", document["informatieobjecttype"])
        assert kind["url"] == stored["informatieobjecttype"]
        type_ = payload("catalogi", "informatieobjecttypen", kind["url"])
        assert kind["omschrijving"] == type_["omschrijving"]


async def test_zaken_are_as_their_register_has_them(
    municipality: Municipality,
) -> None:
    same = (
        "url uuid identificatie bronorganisatie omschrijving startdatum einddatum"
        " registratiedatum vertrouwelijkheidaanduiding"
    )
    selection = f"""
      ... on ZaakOnderwerp {{ zaak {{ {same} toelichting einddatumGepland
        uiterlijkeEinddatumAfdoening betalingsindicatie
        zaaktype {{ url identificatie omschrijving onderwerp doel doorlooptijd
          indicatieInternOfExtern }}
        status {{ url uuid statustoelichting statustype {{ url volgnummer informeren
          statustekst }} }}
        resultaat {{ url uuid toelichting resultaattype {{ url omschrijving }} }}
        hoofdzaak {{ url }} deelzaken {{ url }} }} }}
    """
    zaken = list(found(await parts(municipality, "onderwerpen", selection), "zaak"))
    assert len(zaken) >= 20
    for zaak in zaken:
        stored = payload("zaken", "zaken", zaak["url"])
        for name in same.split():
            assert zaak[name] == stored[name], name
        for name in ("zaaktype", "status", "resultaat", "hoofdzaak"):
            other = cast("Json | None", zaak[name])
            assert (other and other["url"]) == stored[name], name
        deelzaken = cast("list[Json]", zaak["deelzaken"])
        assert [deel["url"] for deel in deelzaken] == stored["deelzaken"]


async def test_a_hoofdzaak_and_its_deelzaken_know_each_other(
    municipality: Municipality,
) -> None:
    hoofdzaak = next(
        stored
        for path in (FIXTURES / "zaken" / "zaken").glob("*.json")
        if len((stored := json.loads(path.read_text()))["deelzaken"]) == 3
    )
    query = """
      query ($u: URL!) { klantcontacten(filter: {onderwerpUrl: $u}, first: 1) { nodes {
        onderwerpen { ... on ZaakOnderwerp { zaak {
          identificatie hoofdzaak { identificatie } deelzaken { identificatie
            hoofdzaak { url } status { datumStatusGezet } } } } } } } }
    """
    family = [hoofdzaak["url"], *hoofdzaak["deelzaken"]]
    seen = []
    for url in family:
        result = await municipality.ask(query, u=url)
        data = cast("dict[str, dict[str, list[dict[str, list[Json]]]]]", result["data"])
        for node in data["klantcontacten"]["nodes"]:
            for zaak in found([part for part in node["onderwerpen"] if part], "zaak"):
                deelzaken = cast("list[dict[str, Json]]", zaak["deelzaken"])
                seen.append((bool(zaak["hoofdzaak"]), len(deelzaken)))
                for deel in deelzaken:
                    assert deel["hoofdzaak"]["url"] == hoofdzaak["url"]
                    assert deel["status"]
    assert (False, 3) in seen
    assert (True, 0) in seen


async def test_betrokkenen_have_addresses_for_their_contact_only(
    municipality: Municipality,
) -> None:
    query = """
      query ($a: String) { klantcontacten(first: 100, after: $a) {
        pageInfo { endCursor hasNextPage }
        nodes { betrokkenen { rol partij { nummer } contactnaam { volledigeNaam }
          bezoekadres { vorm plaats } correspondentieadres { vorm plaats }
          digitaleAdressen { soort adres } } } } }
    """
    seen = {"bezoekadres": 0, "correspondentieadres": 0, "digitaleAdressen": 0}
    unknown, after, more = 0, None, True
    while more:
        result = await municipality.ask(query, a=after)
        page = cast("dict[str, dict[str, object]]", result["data"])["klantcontacten"]
        for node in cast("list[dict[str, list[Json]]]", page["nodes"]):
            for betrokkene in node["betrokkenen"]:
                unknown += betrokkene["partij"] is None
                for name in seen:
                    seen[name] += bool(betrokkene[name])
        info = cast("dict[str, object]", page["pageInfo"])
        after, more = cast("None", info["endCursor"]), bool(info["hasNextPage"])
    assert unknown > 5
    assert seen["correspondentieadres"] >= 1
    assert seen["digitaleAdressen"] >= 5


async def test_a_register_that_does_not_expand_is_asked_for_each_status(
    municipality: Municipality,
) -> None:
    zaken = municipality.network.standins[StandinName.ZAKEN]
    query = """
      query ($b: BSN!) { klantbeeld(identificatie: {bsn: $b}) {
        klantcontacten(first: 50) { nodes { onderwerpen { ... on ZaakOnderwerp {
          zaak { status { url } } } } } } } }
    """
    municipality.network.rewrite = without_expand
    result = await municipality.ask(query, b=BENCH_BSN)
    assert "REGISTER_" not in str(result.get("errors"))
    paths = [asked.path for asked in zaken.asked]
    assert sum("/statussen/" in path for path in paths) == 20


def without_expand(body: bytes) -> bytes:
    answer = json.loads(body)
    for record in answer.get("results", []):
        record.pop("_expand", None)
    return json.dumps(answer).encode()
