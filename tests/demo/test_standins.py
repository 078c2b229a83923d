"""Single reads, lists, headers and errors, as the real servers were seen to do."""

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest
from starlette.types import Message

from gateway.demo.standins.server import Asked
from gateway.demo.standins.zaken import create_zaken
from tests.demo.standins import (
    ADDRESSES,
    CRS,
    OBJECTS,
    OBJECTTYPE,
    ZGW,
    Client,
    clock,
    expansion,
    params,
    uuids,
)
from tests.registers.builders import uuid

if TYPE_CHECKING:
    from gateway.demo.standins.records import Json

pytestmark = pytest.mark.anyio

ZAAK = f"/zaken/{uuid(1)}"
CATALOGI = ADDRESSES.base("catalogi")
EIO = f"/enkelvoudiginformatieobjecten/{uuid(1)}"


async def test_every_answer_names_its_version(
    zaken: Client, documenten: Client, objecten: Client
) -> None:
    asked = [
        await zaken("GET", ZAAK),
        await zaken("GET", f"{CATALOGI}/zaaktypen/{uuid(900)}"),
        await documenten("GET", EIO),
        await objecten("GET", f"/objects/{uuid(1)}"),
        await zaken("GET", f"/zaken/{uuid(99)}"),
    ]
    versions = [answer.headers["API-version"] for answer in asked]
    assert versions == ["1.5.1", "1.3.1", "1.4.2", "2.7.0", "1.5.1"]


@pytest.mark.parametrize(
    ("method", "path", "missing"),
    [
        ("GET", ZAAK, "Accept-Crs"),
        ("GET", "/zaken", "Accept-Crs"),
        ("POST", "/zaken/_zoek", "Accept-Crs"),
        ("POST", "/zaken/_zoek", "Content-Crs"),
    ],
)
async def test_zaken_wants_a_coordinate_system(
    zaken: Client, method: str, path: str, missing: str
) -> None:
    body: Json = {"uuid__in": []} if method == "POST" else None
    headers = {**ZGW, **CRS}
    without = {name: headers[name] for name in headers if name != missing}
    answer = await zaken(method, path, body, without)
    assert (answer.status, answer.body["code"]) == (412, "precondition_failed")
    assert answer.body["detail"] == f"'{missing}' header ontbreekt"
    other = await zaken(method, path, body, {**headers, missing: "EPSG:28992"})
    assert (other.status, other.body["code"]) == (406, "not_acceptable")


@pytest.mark.parametrize(
    "path",
    [f"/statussen/{uuid(500)}", "/rollen", f"{CATALOGI}/zaaktypen/{uuid(900)}"],
)
async def test_other_resources_want_none(zaken: Client, path: str) -> None:
    assert (await zaken("GET", path, headers=ZGW)).status == 200


async def test_objecten_wants_one_for_a_search_only(objecten: Client) -> None:
    plain = await objecten("GET", "/objects", headers=OBJECTS)
    search = await objecten("POST", "/objects/search", {}, OBJECTS)
    other = await objecten("GET", "/objects", headers={**OBJECTS, "Accept-Crs": "x"})
    assert [plain.status, search.status, other.status] == [200, 412, 406]
    assert plain.headers["Content-Crs"] == "EPSG:4326"


async def test_what_is_known_is_not_sent_again(zaken: Client) -> None:
    etag = (await zaken("GET", ZAAK)).headers["ETag"]
    for known in (etag, f"W/{etag}", f'"x", {etag}', "*"):
        again = await zaken("GET", ZAAK, headers={**ZGW, **CRS, "If-None-Match": known})
        assert (again.status, again.text) == (304, "")
        assert "API-version" not in again.headers


async def test_what_is_not_known_is_sent(documenten: Client) -> None:
    answer = await documenten("GET", EIO, headers={**ZGW, "If-None-Match": '"x"'})
    assert answer.status == 200


async def test_an_etag_is_of_the_record_whatever_is_expanded(zaken: Client) -> None:
    plain = await zaken("GET", ZAAK)
    expanded = await zaken("GET", f"{ZAAK}?expand=status,status.statustype")
    assert plain.headers["ETag"] == expanded.headers["ETag"]
    assert expansion(plain.body) == {}
    assert expansion(expanded.body).keys() == {"status"}


async def test_objecten_and_lists_have_no_etag(zaken: Client, objecten: Client) -> None:
    headers = {**OBJECTS, "If-None-Match": "*"}
    single = await objecten("GET", f"/objects/{uuid(1)}", headers=headers)
    listed = await zaken("GET", "/rollen")
    assert single.status == 200
    assert "ETag" not in single.headers
    assert "ETag" not in listed.headers


async def test_a_list_is_narrowed_by_its_zaak(zaken: Client) -> None:
    url = f"{zaken.base}/zaken/{uuid(2)}"
    statussen = await zaken("GET", f"/statussen?zaak={url}")
    rollen = await zaken("GET", f"/rollen?zaak={url}")
    assert uuids(statussen) == [uuid(501)]
    assert uuids(rollen) == [uuid(701)]


async def test_zaken_are_found_by_the_same_filters_in_the_query(zaken: Client) -> None:
    name = "rol__betrokkeneIdentificatie__natuurlijkPersoon__inpBsn"
    answer = await zaken("GET", f"/zaken?{name}=111222333&expand=zaaktype")
    assert uuids(answer) == [uuid(2)]


async def test_documenten_are_found_by_identificatie(documenten: Client) -> None:
    path = "/enkelvoudiginformatieobjecten?identificatie=DOCUMENT-2026-0000000002"
    assert uuids(await documenten("GET", path)) == [uuid(2)]


@pytest.mark.parametrize(
    "path", ["/zaken?uuid__in=x", "/statussen?foo=1", "/zaakinformatieobjecten?page=1"]
)
async def test_a_list_refuses_names_it_does_not_know(zaken: Client, path: str) -> None:
    answer = await zaken("GET", path)
    assert answer.status == 400
    assert params(answer) == [("nonFieldErrors", "unknown-parameters")]


async def test_zaakinformatieobjecten_is_a_plain_list(zaken: Client) -> None:
    assert (await zaken("GET", "/zaakinformatieobjecten")).text == "[]"


async def test_objectinformatieobjecten_is_a_plain_list(documenten: Client) -> None:
    assert (await documenten("GET", "/objectinformatieobjecten")).text == "[]"


async def test_objecten_ignores_names_it_does_not_know(objecten: Client) -> None:
    both = [uuid(2), uuid(1)]
    for path in ("/objects?uuid__in=x", f"/objects?uuid={uuid(1)}", "/objects?foo=1"):
        assert uuids(await objecten("GET", path)) == both
    search = await objecten("POST", "/objects/search", {"uuid__in": [uuid(1)]})
    assert uuids(search) == both


async def test_objecten_looks_at_the_uuid_of_a_type_only(objecten: Client) -> None:
    type_ = OBJECTTYPE.replace("127.0.0.1:8103", "elders.example")
    assert len(uuids(await objecten("GET", f"/objects?type={type_}"))) == 2
    found = await objecten("POST", "/objects/search?pageSize=1", {"type": type_})
    assert uuids(found) == [uuid(2)]
    assert found.body["count"] == 2


@pytest.mark.parametrize("type_", [f"https://elders.example/{uuid(99)}", "x"])
async def test_objecten_refuses_a_type_it_does_not_have(
    objecten: Client, type_: str
) -> None:
    answer = await objecten("GET", f"/objects?type={type_}")
    assert answer.status == 400
    assert params(answer, "invalid_params") == [("type", "invalid")]


@pytest.mark.parametrize(
    ("expression", "found"),
    [
        ("boomId__exact__B-1", [uuid(1)]),
        ("boomId__in__B-1|B-2", [uuid(2), uuid(1)]),
        ("boomId__icontains__b-2", [uuid(2)]),
        ("plantjaar__exact__1960", [uuid(1)]),
        ("plantjaar__in__1960|1961", []),
        ("boomId__x__exact__B-1", []),
    ],
)
async def test_objecten_are_found_by_what_they_hold(
    objecten: Client, expression: str, found: list[str]
) -> None:
    listed = await objecten("GET", f"/objects?data_attr={expression}")
    searched = await objecten("POST", "/objects/search", {"data_attrs": expression})
    assert uuids(listed) == uuids(searched) == found


async def test_data_attr_in_the_body_of_a_search_breaks_it(objecten: Client) -> None:
    body: Json = {"data_attr": "boomId__exact__B-1"}
    assert (await objecten("POST", "/objects/search", body)).status == 500


@pytest.mark.parametrize("expression", ["boomId", "boomId__like__B", "exact__B"])
async def test_another_operator_is_refused(objecten: Client, expression: str) -> None:
    answer = await objecten("GET", f"/objects?data_attr={expression}")
    assert answer.status == 400


async def test_objecttypes_are_in_the_same_server(objecten: Client) -> None:
    single = await objecten("GET", f"/objecttypes/{uuid(904)}")
    assert single.body["url"] == OBJECTTYPE
    assert uuids(await objecten("GET", "/objecttypes")) == [uuid(904)]


async def test_what_does_not_exist_is_a_problem_in_json(zaken: Client) -> None:
    answer = await zaken("GET", f"/zaken/{uuid(99)}")
    instance = str(answer.body.pop("instance"))
    assert answer.body == {
        "type": "http://127.0.0.1:8101/ref/fouten/NotFound/",
        "code": "not_found",
        "title": "Niet gevonden.",
        "status": 404,
        "detail": "Niet gevonden.",
    }
    assert answer.status == 404
    assert answer.headers["Content-Type"] == "application/json"
    assert instance.startswith("urn:uuid:")


async def test_objecten_words_it_in_english(objecten: Client) -> None:
    answer = await objecten("GET", f"/objects/{uuid(99)}")
    assert (answer.status, answer.body["detail"]) == (404, "Not found.")


async def test_an_id_that_is_no_uuid_breaks_open_zaak_only(
    zaken: Client, documenten: Client, objecten: Client
) -> None:
    asked = [
        await zaken("GET", "/zaken/nope"),
        await documenten("GET", "/enkelvoudiginformatieobjecten/nope"),
        await objecten("GET", "/objects/nope"),
    ]
    assert [answer.status for answer in asked] == [500, 500, 404]
    assert asked[0].body["code"] == "error"


@pytest.mark.parametrize(
    "path", [f"{ZAAK}/", "/klanten", "/zaken/", "http://127.0.0.1:8101/"]
)
async def test_an_unknown_path_is_a_page(zaken: Client, path: str) -> None:
    answer = await zaken("GET", path, headers={})
    assert answer.status == 404
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"


@pytest.mark.parametrize("method", ["DELETE", "PUT", "POST"])
async def test_nothing_can_be_written(zaken: Client, method: str) -> None:
    answer = await zaken(method, ZAAK)
    assert (answer.status, answer.body["code"]) == (405, "method_not_allowed")


async def test_only_json_is_given(zaken: Client) -> None:
    for accepted, status in (
        ("application/xml", 406),
        ("text/html, application/json;q=0.5", 200),
        ("application/*", 200),
    ):
        headers = {**ZGW, **CRS, "Accept": accepted}
        assert (await zaken("GET", ZAAK, headers=headers)).status == status


@pytest.mark.parametrize(
    ("content", "media_type", "status", "code"),
    [
        (b"{", "application/json", 400, "parse_error"),
        (b"[]", "application/json", 400, "invalid"),
        (b"{}", "text/plain", 415, "unsupported_media_type"),
        (b"{}", "application/json; charset=utf-8", 400, "invalid"),
    ],
)
async def test_only_a_json_object_is_taken(
    zaken: Client, content: bytes, media_type: str, status: int, code: str
) -> None:
    transport = httpx.ASGITransport(zaken.standin)
    async with httpx.AsyncClient(transport=transport) as client:
        answer = await client.post(
            f"{zaken.base}/zaken/_zoek",
            content=content,
            headers={**ZGW, **CRS, "Content-Type": media_type},
        )
    assert (answer.status_code, answer.json()["code"]) == (status, code)


async def test_what_was_asked_is_remembered_also_when_refused(zaken: Client) -> None:
    await zaken("GET", f"{ZAAK}?expand=status")
    await zaken("POST", "/zaken/_zoek", {"uuid__in": [uuid(1)]}, {})
    await zaken("GET", "/niets")
    base = "/zaken/api/v1"
    assert [*zaken.standin.asked] == [
        Asked("GET", f"{base}{ZAAK}?expand=status"),
        Asked("POST", f"{base}/zaken/_zoek", {"uuid__in": [uuid(1)]}),
        Asked("GET", f"{base}/niets"),
    ]


async def test_a_delay_comes_before_every_answer_and_can_be_changed(few: Path) -> None:
    standin = create_zaken(few, ADDRESSES, clock=clock, delay=3600.0)
    slow = Client(standin, ADDRESSES.base("zaken"), {**ZGW, **CRS})
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(slow("GET", ZAAK), 0.05)
    standin.delay = 0.0
    assert (await slow("GET", ZAAK)).status == 200


async def test_a_head_is_a_get_without_its_body(zaken: Client) -> None:
    get, head = await zaken("GET", ZAAK), await zaken("HEAD", ZAAK)
    assert (head.status, head.text) == (200, "")
    assert dict(head.headers) == dict(get.headers)
    assert zaken.standin.asked[-1] == Asked("HEAD", f"/zaken/api/v1{ZAAK}")


async def test_an_address_that_is_too_long_is_refused_with_a_page(
    objecten: Client,
) -> None:
    async def asked(keys: int) -> tuple[int, str]:
        listed = "|".join(f"B-{number:04}" for number in range(keys))
        answer = await objecten("GET", f"/objects?data_attr=boomId__in__{listed}")
        return answer.status, answer.headers["Content-Type"]

    assert await asked(600) == (200, "application/json")
    assert await asked(2000) == (414, "text/html; charset=utf-8")


async def test_a_server_may_tell_it_when_it_starts_and_ends(zaken: Client) -> None:
    told = ["lifespan.shutdown", "lifespan.startup"]
    answered: list[object] = []

    async def receive() -> Message:
        return {"type": told.pop()}

    async def send(message: Message) -> None:
        answered.append(message["type"])

    await zaken.standin({"type": "lifespan", "asgi": {}}, receive, send)
    assert answered == ["lifespan.startup.complete", "lifespan.shutdown.complete"]
    assert not zaken.standin.asked
