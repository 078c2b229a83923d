"""What an application may not see, and where servers are not all alike."""

import json
from pathlib import Path
from shutil import copytree
from uuid import UUID

import pytest

from gateway.demo.standins.conduct import Conduct
from gateway.demo.standins.documenten import create_documenten
from gateway.demo.standins.records import Json
from tests.demo.standins import (
    ADDRESSES,
    ZGW,
    Client,
    clock,
    expansion,
    result,
    uuids,
)
from tests.registers.builders import a_document, uuid

pytestmark = pytest.mark.anyio

ALL: list[Json] = [uuid(number) for number in (5, 4, 3, 2, 1)]
ZOEK = "/enkelvoudiginformatieobjecten/_zoek"


def behaving(conduct: Conduct) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("conduct", [conduct])


def hiding(*numbers: int) -> pytest.MarkDecorator:
    these = frozenset(UUID(uuid(number)) for number in numbers)
    return behaving(Conduct(hidden=these))


@hiding(2)
async def test_a_hidden_zaak_is_refused_by_itself_and_absent_among_others(
    zaken: Client,
) -> None:
    single = await zaken("GET", f"/zaken/{uuid(2)}")
    assert (single.status, single.body["code"]) == (403, "permission_denied")
    found = await zaken("POST", "/zaken/_zoek", {"uuid__in": ALL})
    assert (found.status, found.body["count"]) == (200, 4)
    assert uuids(found) == [uuid(5), uuid(4), uuid(3), uuid(1)]
    assert uuids(await zaken("GET", "/zaken")) == uuids(found)


@hiding(2)
async def test_what_belongs_to_a_hidden_zaak_is_hidden_too(zaken: Client) -> None:
    assert (await zaken("GET", f"/statussen/{uuid(501)}")).status == 403
    assert uuids(await zaken("GET", "/statussen")) == [uuid(500)]
    assert uuids(await zaken("GET", "/rollen")) == [uuid(700)]


@hiding(2)
async def test_a_hidden_document_is_absent_among_others(documenten: Client) -> None:
    path = f"/enkelvoudiginformatieobjecten/{uuid(2)}"
    assert (await documenten("GET", path)).status == 403
    found = await documenten("POST", ZOEK, {"uuid__in": [uuid(1), uuid(2)]})
    assert uuids(found) == [uuid(1)]


@hiding(2)
async def test_a_hidden_object_is_absent_among_others(objecten: Client) -> None:
    assert (await objecten("GET", f"/objects/{uuid(2)}")).status == 403
    assert uuids(await objecten("GET", "/objects")) == [uuid(1)]
    assert uuids(await objecten("POST", "/objects/search", {})) == [uuid(1)]


@hiding(904)
async def test_a_hidden_objecttype_hides_its_objects_only(objecten: Client) -> None:
    listed = await objecten("GET", "/objects")
    assert (listed.status, listed.body["count"]) == (200, 0)
    assert (await objecten("GET", f"/objects/{uuid(1)}")).status == 403
    assert (await objecten("GET", f"/objecttypes/{uuid(904)}")).status == 200


@behaving(Conduct(unreadable=frozenset({"zaaktypen"})))
@pytest.mark.parametrize("expand", [["zaaktype"], ["status", "hoofdzaak.zaaktype"]])
async def test_expanding_what_may_not_be_read_refuses_the_whole_question(
    zaken: Client, expand: list[Json]
) -> None:
    body: Json = {"uuid__in": [uuid(1)], "expand": expand}
    answer = await zaken("POST", "/zaken/_zoek", body)
    assert (answer.status, answer.body["code"]) == (403, "permission_denied")
    single = await zaken("GET", f"/zaken/{uuid(1)}?expand=zaaktype")
    assert single.status == 403


@behaving(Conduct(unreadable=frozenset({"zaaktypen"})))
async def test_expanding_the_rest_is_as_ever(zaken: Client) -> None:
    body: Json = {"uuid__in": [uuid(1)], "expand": ["status.statustype"]}
    answer = await zaken("POST", "/zaken/_zoek", body)
    assert expansion(result(answer)).keys() == {"status"}


@behaving(Conduct(unreadable=frozenset({"zaaktypen", "zaken"})))
async def test_without_a_scope_a_resource_is_refused_whatever_is_asked(
    zaken: Client,
) -> None:
    type_ = zaken.base.replace("/zaken/", "/catalogi/") + f"/zaaktypen/{uuid(99)}"
    asked = [
        await zaken("GET", f"/zaken/{uuid(99)}"),
        await zaken("GET", "/zaken"),
        await zaken("POST", "/zaken/_zoek", {"uuid__in": []}),
        await zaken("GET", type_),
        await zaken("GET", "/statussen"),
    ]
    assert [answer.status for answer in asked] == [403, 403, 403, 403, 200]


@behaving(Conduct(largest_page=2))
async def test_a_page_is_silently_no_larger_than_the_largest(
    zaken: Client, documenten: Client, objecten: Client
) -> None:
    found = await zaken("POST", "/zaken/_zoek?pageSize=500", {"uuid__in": ALL})
    assert (uuids(found), found.body["count"]) == ([uuid(5), uuid(4)], 5)
    assert str(found.body["next"]).endswith("/_zoek?pageSize=500&page=2")
    asked = [
        await zaken("GET", "/zaken"),
        await zaken("GET", "/statussen?pageSize=9"),
        await documenten("GET", "/enkelvoudiginformatieobjecten?pageSize=9"),
        await objecten("GET", "/objects"),
    ]
    assert [len(uuids(answer)) for answer in asked] == [2, 2, 2, 2]


@behaving(Conduct(no_zoek=405))
async def test_a_server_without_zoek_takes_it_for_an_id(
    zaken: Client, documenten: Client
) -> None:
    for client, path in ((zaken, "/zaken/_zoek"), (documenten, ZOEK)):
        answer = await client("POST", path, {"uuid__in": [uuid(1)]})
        assert (answer.status, answer.body["code"]) == (405, "method_not_allowed")


@behaving(Conduct(no_zoek=404))
async def test_a_server_without_zoek_has_no_such_page(
    zaken: Client, documenten: Client
) -> None:
    for client, path in ((zaken, "/zaken/_zoek"), (documenten, ZOEK)):
        answer = await client("POST", path, {"uuid__in": [uuid(1)]})
        assert answer.status == 404
        assert answer.headers["Content-Type"] == "text/html; charset=utf-8"


BSN = "rol__betrokkeneIdentificatie__natuurlijkPersoon__inpBsn"


@behaving(Conduct(unknown_filters=frozenset({BSN})))
async def test_a_filter_that_is_not_known_is_ignored_in_a_zoek(zaken: Client) -> None:
    body: Json = {"uuid__in": ALL, BSN: "123456782"}
    assert uuids(await zaken("POST", "/zaken/_zoek", body)) == ALL


async def test_a_document_says_what_its_fixture_says_of_its_initiator(
    few: Path, tmp_path: Path
) -> None:
    """As a register of Documenten API 1.7.1 does, and one of 1.4.2 does not."""
    fixtures = copytree(few, tmp_path / "fixtures")
    place = f"documenten/enkelvoudiginformatieobjecten/{uuid(1)}.json"
    newer = a_document(1, tonenAanInitiator=True)
    (fixtures / place).write_text(json.dumps(newer))
    standin = create_documenten(fixtures, ADDRESSES, clock=clock)
    client = Client(standin, ADDRESSES.base("documenten"), ZGW)
    found = await client("POST", ZOEK, {"uuid__in": [uuid(1), uuid(2)]})
    assert [result(found, n).get("tonenAanInitiator") for n in (0, 1)] == [None, True]
