"""A server that differs in one thing makes one row say so."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple, TypeAlias

import httpx
import orjson
import pytest

from gateway.demo.addresses import Addresses, StandinName
from gateway.demo.standins.conduct import Conduct
from gateway.demo.standins.objecten import create_objecten
from gateway.demo.standins.records import Json
from gateway.settings import RegisterKind, RegisterSettings
from gateway.traps.report import Row, Verdict, probe_all
from tests.municipality import Network
from tests.traps.conftest import Change, Changed, settings, standins

pytestmark = pytest.mark.anyio

When: TypeAlias = Callable[[httpx.Request, httpx.Response], bool]

BSN = "rol__betrokkeneIdentificatie__natuurlijkPersoon__inpBsn"


def body_of(request: httpx.Request) -> dict[str, Json]:
    try:
        read = orjson.loads(request.content or b"{}")
    except ValueError:
        return {}
    return read if isinstance(read, dict) else {}


def answering(when: When, status: int, body: Json = None) -> Change:
    """Answer something else now and then."""

    def change(request: httpx.Request, answer: httpx.Response) -> httpx.Response:
        if not when(request, answer):
            return answer
        return httpx.Response(status, json={} if body is None else body)

    return change


def saying(old: bytes, new: bytes) -> Change:
    """Use other words in every answer."""

    def change(_: httpx.Request, answer: httpx.Response) -> httpx.Response:
        headers = {**answer.headers}
        headers.pop("content-length", None)
        content = answer.content.replace(old, new)
        return httpx.Response(answer.status_code, headers=headers, content=content)

    return change


def with_headers(when: When, **headers: str) -> Change:
    """Add headers, or drop those that are empty, now and then."""

    def change(request: httpx.Request, answer: httpx.Response) -> httpx.Response:
        if when(request, answer):
            for name, value in headers.items():
                answer.headers.pop(name, None)
                if value:
                    answer.headers[name] = value
        return answer

    return change


def as_asked(request: httpx.Request, answer: httpx.Response) -> httpx.Response:
    """Give the results of a `_zoek` in the order of the question."""
    asked = body_of(request).get("uuid__in")
    if answer.status_code != 200 or not isinstance(asked, list) or not asked:
        return answer
    page = answer.json()
    page["results"].sort(key=lambda each: asked.index(each["url"][-36:]))
    return httpx.Response(200, json=page)


def with_less(request: httpx.Request, answer: httpx.Response) -> httpx.Response:
    """Leave something out of what a `_zoek` gives."""
    if answer.status_code != 200 or not body_of(request).get("uuid__in"):
        return answer
    page = answer.json()
    for each in page["results"]:
        del each["_expand"]
    return httpx.Response(200, json=page)


def asks(key: str) -> When:
    return lambda request, _: key in body_of(request)


def at(text: str, status: int | None = None) -> When:
    return lambda request, answer: (
        text in str(request.url) and status in (None, answer.status_code)
    )


def says(code: str) -> When:
    return lambda _, answer: f'"{code}"' in answer.text


def knows(etag: str) -> When:
    return lambda request, _: request.headers.get("If-None-Match") == etag


def named(host: str) -> When:
    return lambda request, _: request.headers["Host"] == host


def page(count: int) -> dict[str, Json]:
    return {"count": count, "results": [], "next": None, "previous": None}


class Case(NamedTuple):
    kind: RegisterKind
    assumption: str
    why: str
    change: Change


CASES = [
    Case(
        "zaken",
        "an unknown key in _zoek answers all zaken",
        "status 400",
        answering(asks("klantbeeld"), 400),
    ),
    Case(
        "zaken",
        "an unknown key in _zoek answers all zaken",
        "found: 0, not 506",
        answering(asks("klantbeeld"), 200, page(0)),
    ),
    Case(
        "zaken",
        "an unknown key in _zoek answers all zaken",
        "the answer is no page of results",
        answering(asks("klantbeeld"), 200, []),
    ),
    Case(
        "zaken",
        "_zoek expands status, told so in the query",
        "its status is not there",
        answering(at("_zoek?expand=status"), 200, {**page(1), "results": [{}]}),
    ),
    Case(
        "zaken",
        "a zaak has an empty _expand when nothing is expanded",
        "it is absent, or holds something",
        saying(b',"_expand":{}', b""),
    ),
    Case(
        "zaken",
        "_zoek has an order of its own, not the question's",
        "the order is that of the question",
        as_asked,
    ),
    Case(
        "zaken",
        "_zoek filters by the BSN of a rol",
        "found: 10, not 0",
        answering(asks(BSN), 200, page(10)),
    ),
    Case(
        "zaken",
        "_zoek ignores a filter that is misspelt",
        "status 400",
        answering(asks(BSN.replace("inp", "Inp")), 400),
    ),
    Case(
        "zaken",
        "a token older than an hour is 403 jwt-expired",
        "status 404 not_found",
        answering(says("jwt-expired"), 404, {"code": "not_found"}),
    ),
    Case(
        "zaken",
        "what is no token is 403 jwt-decode-error",
        "status 401 jwt-decode-error",
        answering(says("jwt-decode-error"), 401, {"code": "jwt-decode-error"}),
    ),
    Case(
        "zaken",
        "an id that is no uuid is 500",
        "status 404",
        answering(at("/zaken/klantbeeld"), 404),
    ),
    Case(
        "zaken",
        "_zoek refuses what is no uuid, as uuid__in.",
        "status 400, without blaming what was expected",
        saying(b'"uuid__in."', b'"uuid__in.0"'),
    ),
    Case(
        "zaken",
        "rollen need no Accept-Crs",
        "status 412",
        answering(at("/rollen"), 412),
    ),
    Case(
        "zaken",
        "a zaak has one ETag, expanded or not",
        "it has another",
        with_headers(at("expand=status"), ETag='"another"'),
    ),
    Case(
        "zaken",
        "a status has an ETag, and is 304 by it",
        "there is no ETag",
        with_headers(at("/statussen/", 200), ETag=""),
    ),
    Case(
        "zaken",
        "zaakinformatieobjecten is a plain list",
        "it is no plain list",
        answering(at("/zaakinformatieobjecten"), 200, page(0)),
    ),
    Case(
        "zaken",
        "its URLs begin with base_url",
        "they begin otherwise: the gateway would not know them",
        saying(b"//zaken.voorbeeldstad.example/zaken", b"//10.0.0.1/zaken"),
    ),
    Case(
        "zaken",
        "its URLs follow the header Host",
        "another name stands in its URLs",
        saying(b"//ZAKEN.VOORBEELDSTAD.EXAMPLE/", b"//10.0.0.1/"),
    ),
    Case(
        "catalogi",
        "its URLs follow the header Host",
        "status 400",
        answering(named("ZAKEN.VOORBEELDSTAD.EXAMPLE"), 400),
    ),
    Case(
        "catalogi",
        "an unknown path is 404 with a page in HTML",
        "its media type: application/json, not text/html",
        answering(at("/klantbeeld", 404), 404),
    ),
    Case(
        "catalogi",
        "tells its version in API-version",
        "there is none",
        with_headers(at("", 404), **{"API-version": ""}),
    ),
    Case(
        "catalogi",
        "a 304 has no API-version",
        "there is a header API-version",
        with_headers(at("", 304), **{"API-version": "1.3.1"}),
    ),
    Case(
        "documenten",
        "_zoek refuses a body without uuid__in (required)",
        "status 200",
        answering(asks("klantbeeld"), 200, page(5)),
    ),
    Case(
        "documenten",
        "all versions of a document have one ETag",
        "they have more",
        with_headers(at("versie=1", 200), ETag='"another"'),
    ),
    Case(
        "documenten",
        "a document has no property uuid",
        "it has one",
        saying(b'"identificatie":', b'"uuid":"x","identificatie":'),
    ),
    Case(
        "documenten",
        "an error on a download is the words application/octet-stream",
        "the body is another",
        answering(at("/download", 404), 404, {"code": "not_found"}),
    ),
    Case(
        "documenten",
        "_zoek gives a record as its GET does",
        "the two are not alike",
        with_less,
    ),
    Case(
        "documenten",
        "_zoek takes pageSize from the query, and its next is asked anew",
        "there is no next page",
        answering(at("_zoek?pageSize=1"), 200, {**page(2), "results": [{}]}),
    ),
    Case(
        "documenten",
        "_zoek takes pageSize from the query, and its next is asked anew",
        "a record's URL does not end in a uuid",
        answering(
            at("_zoek?pageSize=1"),
            200,
            {**page(2), "results": [{}], "next": "x?page=2"},
        ),
    ),
    Case(
        "documenten",
        "_zoek takes pageSize from the query, and its next is asked anew",
        "the next page is not the rest",
        answering(at("_zoek?pageSize=1&page=2"), 200, page(2)),
    ),
    Case(
        "documenten",
        "a page has no more than 500, silently",
        "there is no next page",
        answering(at("pageSize=501"), 200, {**page(501), "results": [{}] * 500}),
    ),
    Case(
        "objecten",
        "an object has no ETag, and is never 304",
        "status 304",
        answering(knows("*"), 304),
    ),
    Case(
        "objecten",
        "an unknown objecttype is refused, in invalid_params",
        "status 400, without blaming what was expected",
        saying(b'"invalid_params"', b'"invalidParams"'),
    ),
    Case(
        "objecten",
        "of an objecttype's URL only the uuid counts",
        "status 400",
        answering(at("klantbeeld.invalid"), 400),
    ),
    Case(
        "objecten",
        "a wrong token is 401 authentication_failed",
        "status 403",
        answering(says("authentication_failed"), 403),
    ),
    Case(
        "objecten",
        "a wrong token is 401 authentication_failed",
        "WWW-Authenticate does not say Token",
        with_headers(says("authentication_failed"), **{"WWW-Authenticate": "Bearer"}),
    ),
    Case(
        "objecten",
        "fields chooses the parts of an object",
        "it shows something else",
        answering(at("fields=uuid"), 200, {"url": "x"}),
    ),
    Case(
        "objecten",
        "fields chooses the parts of an object",
        "the answer is no record",
        answering(at("fields=uuid"), 200, []),
    ),
    Case(
        "objecten",
        "a search with data_attr in its body is 500",
        "status 200",
        answering(asks("data_attr"), 200, page(0)),
    ),
    Case(
        "objecten",
        "a list filters by data_attr",
        "found: 503, not 0",
        answering(at("/objects?pageSize=1&data_attr"), 200, page(503)),
    ),
]


@pytest.mark.parametrize(
    "case", CASES, ids=[f"{case.kind} {case.assumption}" for case in CASES]
)
async def test_one_difference_is_one_row(network: Network, case: Case) -> None:
    rows = await probe_all(settings(case.kind), Changed(network, case.change))
    others = [row for row in rows if row.verdict is not Verdict.HOLDS]
    text = f"register {case.kind}: {case.assumption} ({case.why})"
    assert others == [Row(Verdict.DIFFERS, text, good=False)]


@pytest.mark.parametrize(
    ("largest", "told"),
    [
        (1000, ["a page has no more than 500, silently (on a page: 501, not 500)"]),
        (
            50,
            [
                "a page has 100 records unless told (on a page: 50, not 100)",
                "a page has as many records as page_size says (on a page: 50, not 100)",
                "a page has no more than 500, silently (on a page: 50, not 500)",
            ],
        ),
    ],
)
async def test_another_largest_page_is_told(
    many: Path, largest: int, told: list[str]
) -> None:
    network = standins(many, Conduct(largest_page=largest))
    rows = await probe_all(settings("objecten"), network)
    differing = [row.text for row in rows if row.verdict is Verdict.DIFFERS]
    assert differing == [f"register objecten: {text}" for text in told]


@pytest.mark.parametrize("configured", [True, False])
async def test_without_zoek_that_row_differs_unless_configured(
    many: Path, *, configured: bool
) -> None:
    (register,) = settings("zaken").registers
    told = RegisterSettings.model_validate({**dict(register), "zoek": configured})
    alone = settings().model_copy(update={"registers": (told,)})
    rows = await probe_all(alone, standins(many, Conduct(no_zoek=405)))
    about = "register zaken: has _zoek as configured"
    assert [row.text for row in rows if row.verdict is Verdict.DIFFERS] == (
        [f"{about} (status 405 method_not_allowed)"] if configured else []
    )
    assert len([row for row in rows if row.text.endswith("(it has no _zoek)")]) == 20


@pytest.mark.parametrize(
    ("kind", "name", "reason", "count"),
    [
        ("zaken", b'"status":', "zaken that are shown to us none has a status", 4),
        (
            "documenten",
            b'"inhoud":',
            "documents that are shown to us none has content",
            2,
        ),
    ],
)
async def test_records_that_lack_what_is_probed_are_nothing_to_probe_with(
    network: Network, kind: RegisterKind, name: bytes, reason: str, count: int
) -> None:
    lacking = saying(name, b'"anders":')
    rows = await probe_all(settings(kind), Changed(network, lacking))
    others = [row for row in rows if row.verdict is not Verdict.HOLDS]
    assert {row.verdict for row in others} == {Verdict.UNKNOWN}
    assert [row.text.endswith(f"(of the {reason})") for row in others] == [True] * count


async def test_a_name_that_is_a_number_cannot_be_written_otherwise(many: Path) -> None:
    addresses = Addresses({StandinName.OBJECTEN: "http://127.0.0.1:8103"})
    transport = httpx.ASGITransport(create_objecten(many, addresses))
    (register,) = settings("objecten").registers
    base = {"base_url": addresses.base("objecten")}
    alone = settings().model_copy(
        update={"registers": (register.model_copy(update=base),)}
    )
    rows = await probe_all(alone, transport)
    text = "register objecten: its URLs follow the header Host"
    assert [row for row in rows if row.verdict is not Verdict.HOLDS] == [
        Row(Verdict.UNKNOWN, f"{text} (its name has no letters to write otherwise)")
    ]


async def test_a_name_that_was_changed_on_the_way_is_unknown(network: Network) -> None:
    change = saying(b"ZAKEN.VOORBEELDSTAD.EXAMPLE", b"zaken.voorbeeldstad.example")
    rows = await probe_all(settings("zaken"), Changed(network, change))
    text = "register zaken: its URLs follow the header Host"
    assert [row for row in rows if row.verdict is not Verdict.HOLDS] == [
        Row(
            Verdict.UNKNOWN, f"{text} (what stands before it may have changed the name)"
        )
    ]
