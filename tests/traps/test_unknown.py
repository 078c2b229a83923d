"""Where there is nothing to probe with, or what was asked for may have been changed."""

from collections import Counter
from pathlib import Path

import httpx
import pytest

from gateway.demo.addresses import Addresses, StandinName
from gateway.demo.standins.objecten import create_objecten
from gateway.demo.standins.records import Json
from gateway.settings import RegisterKind
from gateway.traps.report import Verdict, probe_all
from tests.municipality import Network
from tests.traps.changes import (
    answering,
    at,
    at_end,
    editing,
    others,
    page,
    saying,
    sends,
    unknown,
)
from tests.traps.conftest import Change, Changed, settings

pytestmark = pytest.mark.anyio

HOST = "its URLs follow the header Host, and its ETags do not"
EIO = "enkelvoudiginformatieobjecten"
WITHOUT = "a download without content is 204, and claims a body that is not sent"


@pytest.mark.parametrize(
    ("kind", "change", "reasons"),
    [
        (
            "zaken",
            editing(at("/zaken?"), lambda zaak: zaak.update(status=None)),
            {"of the zaken that are shown to us none has a status": 5},
        ),
        (
            "zaken",
            saying(b'"resultaat":', b'"anders":'),
            {"of the zaken that are shown to us none has a resultaat": 1},
        ),
        (
            "zaken",
            saying(b'"openbaar"', b'"intern"'),
            {
                "of the zaken that are shown to us"
                " not one is openbaar while another is not": 1
            },
        ),
        (
            "zaken",
            answering(at("status.statustype"), 403, {"code": "permission_denied"}),
            {"it is not shown to us: status 403 permission_denied": 1},
        ),
        (
            "zaken",
            answering(at_end("&expand=status"), 200, page(0)),
            {"the list has changed": 1},
        ),
        (
            "zaken",
            answering(at("/rollen"), 403, {"code": "permission_denied"}),
            {"they are not shown to us: status 403 permission_denied": 4},
        ),
        (
            "documenten",
            saying(b'"inhoud":', b'"anders":'),
            {
                f"of the {EIO} that are shown to us none has content": 3,
                f"of the {EIO} that are shown to us"
                " none has content of another formaat": 1,
                f"of the {EIO} that are shown to us"
                " none has content and a bestandsnaam": 1,
                f"of the {EIO} that are shown to us all have content": 1,
                "none of 1 to 1000000 bytes is shown to us": 7,
                "its first version has no content": 1,
            },
        ),
        (
            "documenten",
            saying(b'"versie":2', b'"versie":1'),
            {f"of the {EIO} that are shown to us none has more versions than one": 4},
        ),
        (
            "documenten",
            saying(b'"bestandsomvang":1800', b'"bestandsomvang":1000001'),
            {"none of 1 to 1000000 bytes is shown to us": 7},
        ),
        (
            "objecten",
            saying(b'"plantjaar":1960', b'"plantjaar":null'),
            {"of the objects that are shown to us none has a number in its data": 1},
        ),
    ],
)
async def test_records_that_lack_what_is_probed_are_nothing_to_probe_with(
    network: Network, kind: RegisterKind, change: Change, reasons: dict[str, int]
) -> None:
    found = await others(network, kind, change)
    assert {row.verdict for row in found} == {Verdict.UNKNOWN}
    assert Counter(row.text.partition(" (")[2][:-1] for row in found) == reasons


async def test_data_that_cannot_stand_in_an_expression_are_not_used(
    network: Network,
) -> None:
    odd: Json = {"a__b": "x", "c": "y,z", "d": True, "e": 1.5, "f": ["x"], "g": ""}
    change = editing(
        at_end("/objects?pageSize=100"),
        lambda found: found.update(record={"data": odd}),
    )
    of = "of the objects that are shown to us none has"
    assert await others(network, "objecten", change) == [
        unknown(
            "objecten",
            "data_attrs finds a text by exact and by in",
            f"{of} a plain text in its data",
        ),
        unknown(
            "objecten",
            "data_attrs finds a number by exact, and not by in",
            f"{of} a number in its data",
        ),
    ]


async def test_a_name_that_is_a_number_cannot_be_written_otherwise(many: Path) -> None:
    addresses = Addresses({StandinName.OBJECTEN: "http://127.0.0.1:8103"})
    transport = httpx.ASGITransport(create_objecten(many, addresses))
    (register,) = settings("objecten").registers
    base = {"base_url": addresses.base("objecten")}
    alone = settings().model_copy(
        update={"registers": (register.model_copy(update=base),)}
    )
    rows = await probe_all(alone, transport)
    assert [row for row in rows if row.verdict is not Verdict.HOLDS] == [
        unknown("objecten", HOST, "its name has no letters to write otherwise")
    ]


async def test_a_name_that_was_changed_on_the_way_is_unknown(network: Network) -> None:
    change = saying(b"ZAKEN.VOORBEELDSTAD.EXAMPLE", b"zaken.voorbeeldstad.example")
    assert await others(network, "zaken", change) == [
        unknown("zaken", HOST, "what stands before it may have changed the name")
    ]


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (404, {}),
        (400, {}),
        (403, {"type": "https://zaken.voorbeeldstad.example/ref/fouten/X/"}),
    ],
)
async def test_a_strange_name_that_did_not_arrive_is_unknown(
    network: Network, status: int, body: Json
) -> None:
    change = answering(sends("Host", "klantbeeld.invalid"), status, body)
    assert await others(network, "catalogi", change) == [
        unknown(
            "catalogi",
            "a name that is not its own is 400 with a page in HTML",
            "what stands before it may have changed or refused the name",
        )
    ]


async def test_a_strange_name_is_asked_for_without_credentials(
    network: Network,
) -> None:
    asked: list[str] = []

    def noting(request: httpx.Request, answer: httpx.Response) -> httpx.Response:
        if request.headers["Host"] == "klantbeeld.invalid":
            asked.append(request.headers["Authorization"].strip())
        return answer

    await probe_all(settings(), Changed(network, noting))
    assert asked == ["", "", "", ""]


async def test_a_body_that_should_not_be_there_breaks_no_other_answer(
    network: Network,
) -> None:
    """As a connection does on which more comes than one answer."""
    downloaded: list[str] = []

    def sent(request: httpx.Request, answer: httpx.Response) -> httpx.Response:
        if downloaded:
            downloaded.clear()
            raise httpx.RemoteProtocolError("what is this?")
        if answer.status_code == 204:
            downloaded.append(str(request.url))
        return answer

    why = "register documenten: the connection broke the protocol"
    assert await others(network, "documenten", sent) == [
        unknown("documenten", WITHOUT, why)._replace(good=False)
    ]
