"""What is found of the stand-ins: everything holds, nothing is written, nothing is told."""

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

import httpx
import pytest

from gateway.demo.addresses import StandinName
from gateway.demo.standins.conduct import Conduct
from gateway.demo.standins.records import Json
from gateway.settings import RegisterKind, RegisterSettings
from gateway.traps.report import Row, Verdict, probe_all
from tests.demo.standins import RECORDS
from tests.municipality import Network
from tests.registers.builders import Payload, a_register
from tests.traps.conftest import Changed, settings, standins

pytestmark = pytest.mark.anyio


def words(value: Json) -> Iterator[str]:
    """All texts in it that are long enough to be somebody's."""
    if isinstance(value, dict):
        for each in value.values():
            yield from words(each)
    elif isinstance(value, list):
        for each in value:
            yield from words(each)
    elif isinstance(value, str) and len(value) > 7:
        yield value


async def test_all_traps_hold_for_the_standins(network: Network) -> None:
    rows = await probe_all(settings(), network)
    assert [row for row in rows if row.verdict is not Verdict.HOLDS] == []
    assert Counter(row.text.split(":")[0] for row in rows) == {
        "register zaken": 99,
        "register catalogi": 51,
        "register documenten": 83,
        "register objecten": 48,
    }
    assert all(row.good for row in rows)
    assert (
        Row(Verdict.HOLDS, "register zaken: tells its version in API-version (1.5.1)")
        in rows
    )


async def test_no_assumption_is_told_twice_of_one_register(network: Network) -> None:
    rows = await probe_all(settings(), network)
    told = [row.text for row in rows]
    assert len(set(told)) == len(told)


async def test_a_probe_reads_only(network: Network) -> None:
    await probe_all(settings(), network)
    posted = {one.path.partition("?")[0] for one in network.asked() if one.body}
    assert {one.method for one in network.asked()} == {"GET", "HEAD", "POST"}
    assert posted == {
        "/zaken/api/v1/zaken/_zoek",
        "/zaken/api/v1/statussen/_zoek",
        "/zaken/api/v1/resultaten/_zoek",
        "/zaken/api/v1/rollen/_zoek",
        "/catalogi/api/v1/zaaktypen/_zoek",
        "/catalogi/api/v1/statustypen/_zoek",
        "/catalogi/api/v1/resultaattypen/_zoek",
        "/documenten/api/v1/enkelvoudiginformatieobjecten/_zoek",
        "/api/v2/objects/search",
    }
    assert {one.method for one in network.asked() if one.body} == {"POST"}
    assert network.strangers == []


async def test_no_address_holds_what_is_in_a_record(network: Network) -> None:
    await probe_all(settings(), network)
    asked = " ".join(one.path for one in network.asked())
    shown: list[Payload] = [record for each in RECORDS.values() for record in each]
    assert [
        word for record in shown for word in words(record) if f"={word}" in asked
    ] == []
    assert "inpBsn" not in asked


@pytest.mark.parametrize("status", [200, 400, 404])
async def test_nothing_that_a_register_says_is_told(
    network: Network, status: int
) -> None:
    def gossip(_: httpx.Request, answer: httpx.Response) -> httpx.Response:
        read = answer.json() if answer.content[:1] == b"{" else {}
        body = {**read, "code": "S. de Boer", "name": "S. de Boer"}
        return httpx.Response(status, json=body)

    rows = await probe_all(settings(), Changed(network, gossip))
    told = " ".join(row.text for row in rows)
    shown: list[Payload] = [record for each in RECORDS.values() for record in each]
    assert [word for record in shown for word in words(record) if word in told] == []
    assert "Boer" not in told


async def test_what_cannot_be_probed_is_unknown_and_no_fault(tmp_path: Path) -> None:
    for place in RECORDS:
        (tmp_path / place).mkdir(parents=True)
    rows = await probe_all(settings(), standins(tmp_path))
    unknown = [row for row in rows if row.verdict is Verdict.UNKNOWN]
    assert [row for row in rows if row.verdict is Verdict.DIFFERS] == []
    assert all(row.good for row in rows)
    assert (
        "register zaken: an unknown key in _zoek answers all zaken"
        " (no zaken are shown to us)"
    ) in [row.text for row in unknown]


async def test_a_register_that_is_down_is_one_row(network: Network) -> None:
    network.stopped.add(StandinName.OBJECTEN)
    rows = await probe_all(settings("objecten"), network)
    assert rows == [
        Row(Verdict.UNKNOWN, "register objecten: no connection", good=False)
    ]


@pytest.mark.parametrize(
    ("kind", "wrong", "told"),
    [
        ("zaken", {"secret": "x" * 40}, "403 invalid-jwt-signature"),
        ("catalogi", {"client_id": "een-ander"}, "403 invalid-client-identifier"),
        ("documenten", {"secret": "x" * 40}, "403 invalid-jwt-signature"),
        ("objecten", {"token": "x" * 40}, "401 authentication_failed"),
    ],
)
async def test_a_register_that_refuses_our_credentials_is_one_row(
    network: Network, kind: RegisterKind, wrong: Mapping[str, str], told: str
) -> None:
    (register,) = settings(kind).registers
    ours = RegisterSettings.model_validate({**dict(register), **wrong})
    rows = await probe_all(
        settings().model_copy(update={"registers": (ours,)}), network
    )
    text = f"register {kind}: refuses these credentials (status {told})"
    assert rows == [Row(Verdict.UNKNOWN, text, good=False)]
    assert len(network.asked()) == 1


async def test_a_register_that_shows_us_nothing_is_one_row(many: Path) -> None:
    conduct = Conduct(unreadable=frozenset({"zaaktypen"}))
    refused = "refuses these credentials (status 403 permission_denied)"
    assert await probe_all(settings("catalogi"), standins(many, conduct)) == [
        Row(Verdict.UNKNOWN, f"register catalogi: {refused}", good=False)
    ]


async def test_an_answer_that_does_not_come_is_unknown_but_a_fault(
    network: Network,
) -> None:
    def slow(request: httpx.Request, answer: httpx.Response) -> httpx.Response:
        if request.url.params.get("pageSize") == "501":
            raise httpx.ReadTimeout("slow")
        return answer

    rows = await probe_all(settings("catalogi"), Changed(network, slow))
    (lost,) = [row for row in rows if not row.good]
    assert lost.verdict is Verdict.UNKNOWN
    assert lost.text.startswith("register catalogi: a page has no more than 500")


async def test_a_register_that_is_read_by_nobody_is_not_probed(
    network: Network,
) -> None:
    base = "https://notificaties.voorbeeldstad.example/api/v1"
    register = a_register("notificaties", base_url=base)
    alone = settings().model_copy(update={"registers": (register,)})
    assert await probe_all(alone, network) == []
    assert network.strangers == []
