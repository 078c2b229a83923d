"""An Objecten API that differs in one thing makes one row say so."""

from pathlib import Path

import httpx
import pytest

from gateway.demo.standins.conduct import Conduct
from gateway.traps.report import Verdict, probe_all
from tests.municipality import Network
from tests.registers.builders import uuid
from tests.traps.changes import (
    Case,
    When,
    answering,
    asks,
    at,
    at_end,
    body_of,
    both,
    differs,
    editing,
    others,
    page,
    saying,
    says,
    sends,
    with_headers,
)
from tests.traps.conftest import settings, standins

pytestmark = pytest.mark.anyio


def in_lower_case(request: httpx.Request, _: httpx.Response) -> bool:
    return request.headers["Authorization"].startswith("token ")


def longer_than(characters: int) -> When:
    return lambda request, _: len(str(request.url)) > characters


def searches(data: str) -> When:
    return lambda request, _: data in str(body_of(request).get("data_attrs"))


OBJECTEN = [
    Case(
        "no token at all is 401 not_authenticated",
        "status 403",
        answering(both(sends("Authorization", " "), at("", 401)), 403),
    ),
    Case(
        "the word token in lower case is 401 not_authenticated",
        "status 404",
        answering(in_lower_case, 404),
    ),
    Case(
        "a wrong token is 401 authentication_failed",
        "status 403",
        answering(says("authentication_failed"), 403),
    ),
    Case(
        "a wrong token is 401 authentication_failed",
        "WWW-Authenticate does not say Token",
        with_headers(says("authentication_failed"), **{"WWW-Authenticate": "Bearer"}),
    ),
    Case(
        "a record tells its coordinate system in Content-Crs",
        "there is no Content-Crs",
        with_headers(at("/objects/", 200), **{"Content-Crs": ""}),
    ),
    Case(
        "an object has no ETag, and is never 304",
        "status 304",
        answering(both(at("/objects/"), sends("If-None-Match", "*")), 304),
    ),
    Case(
        "an objecttype has no ETag, and is never 304",
        "there is a header ETag",
        with_headers(
            both(at("/objecttypes/"), sends("If-None-Match", "*")), ETag='"x"'
        ),
    ),
    Case(
        "an object's type is beside the objects, by its uuid",
        "status 404",
        answering(
            both(at("/objecttypes/"), lambda it, _: "If-None-Match" not in it.headers),
            404,
        ),
    ),
    Case(
        "an object's type is beside the objects, by its uuid",
        "it is another",
        editing(at("/objecttypes/"), lambda it: it.update(url=f"x/{uuid(905)}")),
    ),
    Case(
        "an unknown objecttype is refused, in invalid_params",
        "status 400, without blaming what was expected",
        saying(b'"invalid_params"', b'"invalidParams"'),
    ),
    Case(
        "of an objecttype's URL only the uuid counts",
        "status 400",
        answering(at("2Fklantbeeld.invalid"), 400),
    ),
    Case(
        "fields chooses the parts of an object",
        "it shows something else",
        answering(at("?fields=uuid"), 200, {"url": "x"}),
    ),
    Case(
        "fields chooses the parts of an object",
        "the answer is no record",
        answering(at("?fields=uuid"), 200, []),
    ),
    Case(
        "fields chooses parts inside the record of an object",
        "it shows something else",
        answering(at("?fields=record__startAt"), 200, {"record": {"endAt": None}}),
    ),
    Case(
        "fields chooses the parts of the objects in a list",
        "status 400",
        answering(at("&fields=uuid"), 400),
    ),
    Case(
        "fields chooses the parts of the objects in a list",
        "it shows something else",
        answering(at("&fields=uuid"), 200, page(1, {"uuid": "x", "url": "x"})),
    ),
]

FINDING = [
    Case(
        "a list ignores a name it does not know",
        "status 400 invalid",
        answering(at("&uuid__in="), 400, {"code": "invalid"}),
    ),
    Case(
        "a list ignores the name uuid",
        "found: 0, not 503",
        answering(at("&uuid="), 200, page(0)),
    ),
    Case(
        "a list filters by data_attr",
        "found: 503, not 0",
        answering(at("data_attr=klantbeeld__exact"), 200, page(503)),
    ),
    Case(
        "a list takes a data_attr of 5500 characters",
        "status 414",
        answering(both(longer_than(5_000), at("", 200)), 414),
    ),
    Case(
        "a data_attr of 20000 characters is 414",
        "status 200",
        answering(longer_than(20_000), 200, page(0)),
    ),
    Case(
        "data_attrs finds a text by exact and by in",
        "in does not find it",
        answering(searches("boomId__in__"), 200, page(0)),
    ),
    Case(
        "data_attrs finds a number by exact, and not by in",
        "exact does not find it",
        answering(searches("plantjaar__exact__1960"), 200, page(0)),
    ),
    Case(
        "data_attrs finds a number by exact, and not by in",
        "in finds it",
        answering(searches("plantjaar__in__1960"), 200, page(1)),
    ),
    Case(
        "a search with data_attr in its body is 500",
        "status 200",
        answering(asks("data_attr"), 200, page(0)),
    ),
    Case(
        "a search ignores pageSize in its body",
        "on a page: 1, not 2",
        answering(asks("pageSize"), 200, page(503, {})),
    ),
    Case(
        "a search ignores fields in its body",
        "parts are left out",
        answering(asks("fields"), 200, page(503, {"uuid": "x"})),
    ),
]

CASES = [*OBJECTEN, *FINDING]


@pytest.mark.parametrize("case", CASES, ids=[case.assumption for case in CASES])
async def test_one_difference_is_one_row(network: Network, case: Case) -> None:
    found = await others(network, "objecten", case.change)
    assert found == [differs("objecten", case)]


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


async def test_a_page_that_is_too_large_may_be_refused_instead(
    network: Network,
) -> None:
    case = Case(
        "a page has no more than 500, silently",
        "status 400",
        answering(at("pageSize=501"), 400),
    )
    assert await others(network, "objecten", case.change) == [differs("objecten", case)]


async def test_a_type_without_a_uuid_differs_wherever_it_is_needed(
    network: Network,
) -> None:
    bare = editing(
        at_end("/objects?pageSize=100"), lambda found: found.update(type="x")
    )
    rows = await others(network, "objecten", bare)
    why = "a type does not end in a uuid"
    assert rows == [
        differs("objecten", Case(assumption, why, bare))
        for assumption, why in (
            ("of an objecttype's URL only the uuid counts", "status 400 invalid"),
            ("an object's type is beside the objects, by its uuid", why),
            ("an objecttype has no ETag, and is never 304", why),
        )
    ]
