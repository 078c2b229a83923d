"""Bulk reads, with the traps that Open Zaak 1.30 was seen to have."""

import json
from pathlib import Path
from shutil import copytree

import pytest

from gateway.demo.standins.records import Json
from gateway.demo.standins.zaken import create_zaken
from tests.demo.standins import (
    ADDRESSES,
    CRS,
    ZGW,
    Client,
    a_rol,
    clock,
    expansion,
    params,
    result,
    uuids,
)
from tests.registers.builders import uuid

pytestmark = pytest.mark.anyio

ALL = [uuid(number) for number in (5, 4, 3, 2, 1)]
ZOEK = "/enkelvoudiginformatieobjecten/_zoek"
BSN = "rol__betrokkeneIdentificatie__natuurlijkPersoon__inpBsn"


async def test_the_order_is_not_that_of_the_question(zaken: Client) -> None:
    asked: Json = [uuid(1), uuid(3), uuid(2)]
    answer = await zaken("POST", "/zaken/_zoek", {"uuid__in": asked})
    assert answer.status == 200
    assert uuids(answer) == [uuid(3), uuid(2), uuid(1)]


async def test_duplicates_collapse_and_the_unknown_are_absent(zaken: Client) -> None:
    asked: Json = [uuid(1), uuid(1), uuid(99)]
    answer = await zaken("POST", "/zaken/_zoek", {"uuid__in": asked})
    assert uuids(answer) == [uuid(1)]
    assert answer.body["count"] == 1


async def test_an_element_is_what_a_single_get_gives(zaken: Client) -> None:
    found = await zaken("POST", "/zaken/_zoek", {"uuid__in": [uuid(1)]})
    single = await zaken("GET", f"/zaken/{uuid(1)}")
    assert result(found) == single.body
    assert single.body["_expand"] == {}
    assert str(single.body["url"]).startswith(ADDRESSES.base("zaken"))


@pytest.mark.parametrize("path", ["/zaken/_zoek", ZOEK])
async def test_an_empty_list_finds_nothing(
    zaken: Client, documenten: Client, path: str
) -> None:
    client = documenten if path == ZOEK else zaken
    answer = await client("POST", path, {"uuid__in": []})
    assert (answer.status, answer.body["count"]) == (200, 0)


async def test_an_empty_body_is_refused(zaken: Client) -> None:
    answer = await zaken("POST", "/zaken/_zoek", {})
    assert answer.status == 400
    assert params(answer) == [("nonFieldErrors", "empty_search_body")]


@pytest.mark.parametrize("body", [{"uuidIn": [uuid(1)]}, {"foo": 1}])
async def test_an_unknown_key_is_ignored_so_all_zaken_come_back(
    zaken: Client, body: dict[str, Json]
) -> None:
    assert uuids(await zaken("POST", "/zaken/_zoek", body)) == ALL


@pytest.mark.parametrize("value", [["x"], [1], "x", None, [f"{{{uuid(1)}}}"]])
async def test_what_is_no_uuid_is_refused(zaken: Client, value: Json) -> None:
    answer = await zaken("POST", "/zaken/_zoek", {"uuid__in": value})
    assert answer.status == 400
    assert params(answer) == [("uuid__in.", "invalid")]


async def test_ten_thousand_uuids_break_it(zaken: Client) -> None:
    asked: Json = [uuid(1)] * 10_000
    answer = await zaken("POST", "/zaken/_zoek", {"uuid__in": asked})
    assert (answer.status, answer.body["code"]) == (500, "error")


async def test_documenten_insists_on_uuids(documenten: Client) -> None:
    answer = await documenten("POST", ZOEK, {"bronorganisatie": "002564440"})
    assert answer.status == 400
    assert params(answer) == [("uuid__in", "required")]


async def test_documenten_needs_no_coordinate_system(documenten: Client) -> None:
    answer = await documenten("POST", ZOEK, {"uuid__in": [uuid(2)]}, ZGW)
    assert uuids(answer) == [uuid(2)]
    assert expansion(result(answer)) == {}


async def test_documenten_expands_the_type_on_demand(documenten: Client) -> None:
    body: Json = {"uuid__in": [uuid(2)], "expand": ["informatieobjecttype"]}
    found = expansion(result(await documenten("POST", ZOEK, body)))
    assert found.keys() == {"informatieobjecttype"}


async def test_the_page_size_is_read_from_the_query_only(zaken: Client) -> None:
    body: Json = {"uuid__in": [*ALL], "pageSize": 1, "page": 9}
    whole = await zaken("POST", "/zaken/_zoek", body)
    cut = await zaken("POST", "/zaken/_zoek?pageSize=2", body)
    assert uuids(whole) == ALL
    assert whole.body["next"] is None
    assert uuids(cut) == ALL[:2]


async def test_the_next_page_is_to_be_posted_again(zaken: Client) -> None:
    body: Json = {"uuid__in": [*ALL]}
    first = await zaken("POST", "/zaken/_zoek?pageSize=2", body)
    assert first.body["next"] == (
        f"{ADDRESSES.base('zaken')}/zaken/_zoek?pageSize=2&page=2"
    )
    second = await zaken("POST", str(first.body["next"]), body)
    assert uuids(second) == ALL[2:4]
    assert second.body["count"] == 5
    assert str(second.body["previous"]).endswith("page=1")


@pytest.mark.parametrize("page", ["2", "0", "-1", "x", ""])
async def test_a_page_that_is_not_there_is_absent(zaken: Client, page: str) -> None:
    answer = await zaken("POST", f"/zaken/_zoek?page={page}", {"uuid__in": [uuid(1)]})
    assert (answer.status, answer.body["detail"]) == (404, "Ongeldige pagina.")


@pytest.mark.parametrize("size", ["x", "0", ""])
async def test_a_page_size_that_is_none_is_ignored(zaken: Client, size: str) -> None:
    path = f"/zaken/_zoek?pageSize={size}"
    assert uuids(await zaken("POST", path, {"uuid__in": [*ALL]})) == ALL


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/zaken/_zoek", {"expand": ["status", "resultaat.resultaattype"]}),
        ("/zaken/_zoek?expand=status,resultaat.resultaattype", {}),
        ("/zaken/_zoek?expand=status", {"expand": ["resultaat.resultaattype"]}),
    ],
)
async def test_expand_is_read_from_the_query_and_the_body(
    zaken: Client, path: str, body: dict[str, Json]
) -> None:
    answer = await zaken("POST", path, {"uuid__in": [uuid(1)], **body})
    found = expansion(result(answer))
    assert found.keys() == {"status", "resultaat"}
    assert isinstance(found["resultaat"], dict)
    assert expansion(found["resultaat"]).keys() == {"resultaattype"}


async def test_what_a_zaak_lacks_is_not_in_its_expansion(zaken: Client) -> None:
    body: Json = {"uuid__in": [uuid(2)], "expand": ["status", "deelzaken", "zaaktype"]}
    answer = await zaken("POST", "/zaken/_zoek", body)
    assert expansion(result(answer)).keys() == {"zaaktype"}


async def test_what_cannot_be_expanded_is_refused(zaken: Client) -> None:
    body: Json = {"uuid__in": [uuid(1)], "expand": ["klant"]}
    answer = await zaken("POST", "/zaken/_zoek", body)
    assert answer.status == 400
    assert params(answer) == [("expand", "invalid_choice")]


async def test_a_bsn_in_the_body_keeps_the_zaken_of_its_rollen(zaken: Client) -> None:
    body: dict[str, Json] = {"uuid__in": [*ALL]}
    assert uuids(await zaken("POST", "/zaken/_zoek", {**body, BSN: "123456782"})) == [
        uuid(1)
    ]
    assert uuids(await zaken("POST", "/zaken/_zoek", {**body, BSN: "999990639"})) == []


async def test_a_vestiging_is_a_betrokkene_of_its_own_type(
    few: Path, tmp_path: Path
) -> None:
    fixtures = copytree(few, tmp_path / "fixtures")
    named = {"vestigingsNummer": "000099990119", "kvkNummer": "99990018"}
    rol = {
        **a_rol(702, 3, ""),
        "betrokkeneType": "vestiging",
        "betrokkeneIdentificatie": named,
    }
    (fixtures / f"zaken/rollen/{uuid(702)}.json").write_text(json.dumps(rol))
    standin = create_zaken(fixtures, ADDRESSES, clock=clock)
    client = Client(standin, ADDRESSES.base("zaken"), {**ZGW, **CRS})
    for kind, found in (("vestiging", [uuid(3)]), ("nietNatuurlijkPersoon", [])):
        for name, value in named.items():
            path = f"rol__betrokkeneIdentificatie__{kind}__{name}"
            body: Json = {"uuid__in": [*ALL], path: value}
            assert uuids(await client("POST", "/zaken/_zoek", body)) == found


async def test_a_misspelt_rol_filter_shows_everything(zaken: Client) -> None:
    body: Json = {"uuid__in": [*ALL], BSN.replace("inp", "Inp"): "999990639"}
    assert uuids(await zaken("POST", "/zaken/_zoek", body)) == ALL


async def test_one_rol_must_satisfy_all_filters_on_rollen(zaken: Client) -> None:
    body: dict[str, Json] = {"uuid__in": [*ALL], BSN: "123456782"}
    behandelaar: Json = {**body, "rol__omschrijvingGeneriek": "behandelaar"}
    initiator: Json = {**body, "rol__omschrijvingGeneriek": "initiator"}
    assert uuids(await zaken("POST", "/zaken/_zoek", behandelaar)) == []
    assert uuids(await zaken("POST", "/zaken/_zoek", initiator)) == [uuid(1)]


@pytest.mark.parametrize(
    ("level", "found"), [("openbaar", []), ("zaakvertrouwelijk", ALL), ("geheim", ALL)]
)
async def test_zaken_above_a_level_are_left_out(
    zaken: Client, level: str, found: list[str]
) -> None:
    body: Json = {"uuid__in": [*ALL], "maximaleVertrouwelijkheidaanduiding": level}
    assert uuids(await zaken("POST", "/zaken/_zoek", body)) == found


async def test_a_level_that_is_none_is_refused(zaken: Client) -> None:
    body: Json = {"uuid__in": [*ALL], "maximaleVertrouwelijkheidaanduiding": "streng"}
    answer = await zaken("POST", "/zaken/_zoek", body)
    assert answer.status == 400
