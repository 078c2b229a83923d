"""The name that a server is asked by stands in the URLs of its answers."""

from pathlib import Path

import httpx
import pytest

from gateway.demo.addresses import Addresses
from gateway.demo.standins.zaken import create_zaken
from tests.demo.standins import CRS, ZGW, Client, clock, result, uuids
from tests.registers.builders import uuid

pytestmark = pytest.mark.anyio

OTHER = "http://localhost:8101/zaken/api/v1"
ZAAK = f"/zaken/{uuid(1)}"


@pytest.mark.parametrize(
    "origin",
    ["http://localhost:8101", "http://LocalHost:8101", "http://127.0.0.1:9999"],
)
async def test_the_urls_in_an_answer_follow_the_host(
    zaken: Client, origin: str
) -> None:
    headers = {**ZGW, **CRS, "Host": origin.removeprefix("http://")}
    answer = await zaken("GET", ZAAK, headers=headers)
    base = f"{origin}/zaken/api/v1"
    assert answer.body["url"] == f"{base}{ZAAK}"
    assert answer.body["status"] == f"{base}/statussen/{uuid(500)}"
    assert answer.body["zaaktype"] == f"{origin}/catalogi/api/v1/zaaktypen/{uuid(900)}"
    assert answer.headers["Content-Length"] == str(len(answer.text))


async def test_what_is_kept_elsewhere_keeps_its_own_name(documenten: Client) -> None:
    path = f"/documenten/api/v1/enkelvoudiginformatieobjecten/{uuid(1)}"
    answer = await documenten("GET", f"http://localhost:8102{path}")
    assert answer.body["url"] == f"http://localhost:8102{path}"
    assert str(answer.body["informatieobjecttype"]).startswith("http://127.0.0.1:8101/")


async def test_a_next_page_and_a_problem_follow_it_too(zaken: Client) -> None:
    page = await zaken("POST", f"{OTHER}/zaken/_zoek?pageSize=1", {"foo": 1})
    assert page.body["next"] == f"{OTHER}/zaken/_zoek?pageSize=1&page=2"
    problem = await zaken("GET", f"{OTHER}/zaken/{uuid(99)}")
    assert problem.body["type"] == "http://localhost:8101/ref/fouten/NotFound/"


async def test_a_url_that_it_gave_can_be_asked_by(zaken: Client) -> None:
    wanted = f"{OTHER}/zaken/{uuid(2)}"
    listed = await zaken("GET", f"{OTHER}/statussen?zaak={wanted}")
    assert uuids(listed) == [uuid(501)]
    assert result(listed)["zaak"] == wanted
    type_ = f"http://localhost:8101/catalogi/api/v1/zaaktypen/{uuid(900)}"
    found = await zaken("POST", f"{OTHER}/zaken/_zoek?pageSize=1", {"zaaktype": type_})
    assert found.body["count"] == 5


async def test_the_etag_is_the_same_by_every_name(zaken: Client) -> None:
    own = await zaken("GET", ZAAK)
    other = await zaken("GET", f"{OTHER}{ZAAK}")
    assert own.headers["ETag"] == other.headers["ETag"]
    assert own.body["url"] != other.body["url"]


@pytest.mark.parametrize("host", ["elders.example", "zaken.voorbeeldstad.example", "["])
async def test_a_name_that_is_not_its_own_is_refused_with_a_page(
    zaken: Client, host: str
) -> None:
    answer = await zaken("GET", ZAAK, headers={**ZGW, **CRS, "Host": host})
    assert answer.status == 400
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    assert len(zaken.standin.asked) == 1


async def test_a_server_with_a_name_answers_to_its_machine_as_well(few: Path) -> None:
    standin = create_zaken(few, Addresses(), clock=clock)
    base = Addresses().base("zaken")
    client = Client(standin, base, {**ZGW, **CRS})
    assert (await client("GET", ZAAK)).body["url"] == f"{base}{ZAAK}"
    by_number = await client("GET", f"http://127.0.0.1:20001/zaken/api/v1{ZAAK}")
    assert str(by_number.body["url"]).startswith("http://127.0.0.1:20001/")


async def test_without_a_name_it_is_its_own(zaken: Client) -> None:
    transport = httpx.ASGITransport(zaken.standin)
    request = httpx.Request("GET", f"{zaken.base}{ZAAK}", headers={**ZGW, **CRS})
    del request.headers["Host"]
    answer = await transport.handle_async_request(request)
    assert answer.status_code == 200
