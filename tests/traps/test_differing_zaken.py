"""A Zaken API that differs in one thing makes one row say so."""

from pathlib import Path
from typing import Literal

import httpx
import pytest

from gateway.demo.standins.conduct import Conduct
from gateway.registers.rollen import NAMINGS
from gateway.settings import RegisterSettings
from gateway.traps.report import Verdict, probe_all
from tests.demo.standins import a_rol
from tests.municipality import Network
from tests.traps.changes import (
    Case,
    answering,
    asks,
    at,
    at_end,
    both,
    differs,
    editing,
    others,
    page,
    saying,
    with_headers,
)
from tests.traps.conftest import settings, standins

pytestmark = pytest.mark.anyio

BSN = "rol__betrokkeneIdentificatie__natuurlijkPersoon__inpBsn"
LEVEL = "maximaleVertrouwelijkheidaanduiding"


def without_crs(request: httpx.Request, _: httpx.Response) -> bool:
    return "Accept-Crs" not in request.headers


ZAKEN = [
    Case(
        "an unknown key in _zoek answers all zaken",
        "status 400",
        answering(asks("klantbeeld"), 400),
    ),
    Case(
        "an unknown key in _zoek answers all zaken",
        "found: 0, not 506",
        answering(asks("klantbeeld"), 200, page(0)),
    ),
    Case(
        "an unknown key in _zoek answers all zaken",
        "the answer is no page of results",
        answering(asks("klantbeeld"), 200, []),
    ),
    Case(
        "zaken without Accept-Crs are 412",
        "status 200",
        answering(both(without_crs, at_end("/zaken")), 200, page(0)),
    ),
    Case(
        "a record tells its coordinate system in Content-Crs",
        "there is no Content-Crs",
        with_headers(at("/zaken/", 200), **{"Content-Crs": ""}),
    ),
    Case(
        "zaken refuse identificatie__in",
        "status 200",
        answering(at("identificatie__in"), 200, page(0)),
    ),
    *(
        Case(
            f"_zoek filters by {naming.filter}",
            "found: 10, not 0",
            answering(asks(naming.filter, naming.nobody), 200, page(10)),
        )
        for naming in NAMINGS
    ),
    Case(
        "_zoek ignores a filter that is misspelt",
        "status 400",
        answering(asks(BSN.replace("inp", "Inp")), 400),
    ),
    Case(
        "_zoek filters by maximaleVertrouwelijkheidaanduiding",
        "found: 2, not 1",
        answering(asks(LEVEL), 200, page(2)),
    ),
    Case(
        "an id that is no uuid is 500",
        "status 404",
        answering(at("/zaken/klantbeeld"), 404),
    ),
    Case(
        "its URLs begin with base_url",
        "they begin otherwise: the gateway would not know them",
        saying(b"//zaken.voorbeeldstad.example/zaken", b"//10.0.0.1/zaken"),
    ),
    Case(
        "its URLs follow the header Host, and its ETags do not",
        "another name stands in its URLs",
        saying(b"//ZAKEN.VOORBEELDSTAD.EXAMPLE/", b"//10.0.0.1/"),
    ),
]

EXPANDING = [
    Case(
        "a record has an empty _expand when nothing is expanded",
        "it is absent, or holds something",
        saying(b',"_expand":{}', b""),
    ),
    Case(
        "_zoek expands status, told so in the body",
        "found: 0, not 1",
        answering(asks("expand", ["status"]), 200, page(0)),
    ),
    Case(
        "_zoek expands status, told so in the query",
        "its status is not there",
        answering(at("_zoek?expand=status"), 200, page(1, {})),
    ),
    Case(
        "_zoek expands status and resultaat together",
        "its resultaat is not there",
        answering(
            asks("expand", ["status", "resultaat"]),
            200,
            page(1, {"_expand": {"status": {}, "resultaat": {"url": "x"}}}),
        ),
    ),
    Case(
        "a list expands status",
        "its status is not there",
        editing(at("/zaken?"), lambda zaak: zaak.update(_expand={})),
    ),
    Case(
        "what is expanded has its own _expand, for status.statustype",
        "its statustype is not there",
        answering(at("status.statustype"), 200, {"_expand": {"status": {}}}),
    ),
    Case(
        "_zoek refuses to expand what it does not know (invalid_choice)",
        "status 200",
        answering(asks("expand", ["klantbeeld"]), 200, page(0)),
    ),
    Case(
        "a zaak refuses to expand what it does not know (invalid_choice)",
        "status 200",
        answering(at("?expand=klantbeeld"), 200),
    ),
    Case(
        "a zaak has one ETag, expanded or not",
        "it has another",
        with_headers(at_end("?expand=status"), ETag='"another"'),
    ),
]

BESIDE = [
    Case(
        "rollen come in pages, and need no Accept-Crs",
        "status 412",
        answering(at_end("/rollen?pageSize=1"), 412),
    ),
    Case(
        "zaakobjecten come in pages, and need no Accept-Crs",
        "the answer is no page of results",
        answering(at("/zaakobjecten"), 200, []),
    ),
    Case(
        "rollen can be narrowed to those of one zaak",
        "one is of another zaak",
        answering(at("/rollen?zaak="), 200, page(1, a_rol(702, 1, "111222333"))),
    ),
    Case(
        "zaakinformatieobjecten is a plain list, and needs no Accept-Crs",
        "it is no plain list",
        answering(at("/zaakinformatieobjecten"), 200, page(0)),
    ),
    Case(
        "each of statussen has an ETag, and is 304 by it",
        "there is no ETag",
        with_headers(at("/statussen/", 200), ETag=""),
    ),
    Case(
        "each of resultaten has an ETag, and is 304 by it",
        "status 200",
        answering(at("/resultaten/", 304), 200),
    ),
    Case(
        "resultaten have no _zoek",
        "status 200",
        answering(at("/resultaten/_zoek"), 200, page(0)),
    ),
    Case(
        "statussen refuse zaak__in",
        "status 200",
        answering(at("/statussen?zaak__in"), 200, page(0)),
    ),
    Case(
        "rollen refuse zaak__in",
        "status 400, without blaming what was expected",
        answering(at("/rollen?zaak__in"), 400),
    ),
]

CASES = [*ZAKEN, *EXPANDING, *BESIDE]


@pytest.mark.parametrize("case", CASES, ids=[case.assumption for case in CASES])
async def test_one_difference_is_one_row(network: Network, case: Case) -> None:
    found = await others(network, "zaken", case.change)
    assert found == [differs("zaken", case)]


@pytest.mark.parametrize("status", [404, 405])
@pytest.mark.parametrize("configured", [True, False])
async def test_without_zoek_that_row_differs_unless_configured(
    many: Path, status: Literal[404, 405], *, configured: bool
) -> None:
    (register,) = settings("zaken").registers
    told = RegisterSettings.model_validate({**dict(register), "zoek": configured})
    alone = settings().model_copy(update={"registers": (told,)})
    rows = await probe_all(alone, standins(many, Conduct(no_zoek=status)))
    differing = [row.text for row in rows if row.verdict is Verdict.DIFFERS]
    about = "register zaken: has _zoek as configured"
    code = " method_not_allowed" if status == 405 else ""
    assert differing == ([f"{about} (status {status}{code})"] if configured else [])
    without = [row for row in rows if row.text.endswith("(it has no _zoek)")]
    assert (len(without), {row.verdict for row in without}) == (30, {Verdict.UNKNOWN})
