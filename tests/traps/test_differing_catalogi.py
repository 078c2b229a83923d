"""A Catalogi API that differs in one thing makes one row say so.

Also for what all registers have in common: answers and tokens.
"""

import time
from collections.abc import Callable, Mapping

import pytest

from gateway.demo.standins.records import Json
from tests.municipality import Network
from tests.traps.changes import (
    NOBODY,
    Case,
    When,
    answering,
    at,
    at_end,
    both,
    claims,
    differs,
    is_head,
    others,
    page,
    saying,
    says,
    sends,
    with_headers,
)

pytestmark = pytest.mark.anyio

IN_CAPITALS = sends("Host", "ZAKEN.VOORBEELDSTAD.EXAMPLE")
ANOTHER = sends("Host", "klantbeeld.invalid")


def token(says: Callable[[Mapping[str, Json]], bool]) -> When:
    return lambda request, _: bool(known := claims(request)) and says(known)


def is_from_tomorrow(claimed: Mapping[str, Json]) -> bool:
    issued_at = claimed.get("iat")
    return isinstance(issued_at, int) and issued_at > time.time() + 3600


ANSWERS = [
    Case(
        "tells its version in API-version",
        "there is no API-version",
        with_headers(at("", 404), **{"API-version": ""}),
    ),
    Case(
        "its URLs follow the header Host, and its ETags do not",
        "status 400",
        answering(IN_CAPITALS, 400),
    ),
    Case(
        "its URLs follow the header Host, and its ETags do not",
        "its ETag does, too",
        with_headers(IN_CAPITALS, ETag='"another"'),
    ),
    Case(
        "a name that is not its own is 400 with a page in HTML",
        "it answers by any name",
        answering(ANOTHER, 403, {"type": "https://klantbeeld.invalid/ref/fouten/X/"}),
    ),
    Case(
        "a problem is application/json, in all its parts",
        "its media type: application/problem+json, not application/json",
        with_headers(
            at_end(NOBODY, 404), **{"Content-Type": "application/problem+json"}
        ),
    ),
    Case(
        "a problem is application/json, in all its parts",
        "there is no instance",
        saying(b'"instance":', b'"id":'),
    ),
    Case(
        "an unknown path is 404 with a page in HTML",
        "its media type: application/json, not text/html",
        answering(at("/klantbeeld", 404), 404),
    ),
    Case(
        "an answer is not compressed, also where that is accepted",
        "there is a header Content-Encoding",
        with_headers(
            sends("Accept-Encoding", "gzip"), **{"Content-Encoding": "identity"}
        ),
    ),
    Case(
        "an answer does not say how long it is good for",
        "there is a header Cache-Control",
        with_headers(at("", 200), **{"Cache-Control": "no-cache"}),
    ),
    Case(
        "an answer does not say how long it is good for",
        "there is a header Last-Modified",
        with_headers(at("", 200), **{"Last-Modified": "x"}),
    ),
    Case("HEAD has the headers of GET", "status 405", answering(is_head, 405)),
    Case(
        "HEAD has the headers of GET",
        "its ETag is another",
        with_headers(is_head, ETag='"another"'),
    ),
    Case(
        "a 304 has no API-version",
        "there is a header API-version",
        with_headers(at("", 304), **{"API-version": "1.3.1"}),
    ),
]

TOKENS = [
    Case(
        "no token at all is 403 permission_denied",
        "status 401",
        answering(both(sends("Authorization", " "), says("permission_denied")), 401),
    ),
    Case(
        "what is no token is 403 jwt-decode-error",
        "status 401 jwt-decode-error",
        answering(says("jwt-decode-error"), 401, {"code": "jwt-decode-error"}),
    ),
    Case(
        "a token older than an hour is 403 jwt-expired",
        "status 404 not_found",
        answering(
            both(says("jwt-expired"), token(lambda claimed: "exp" not in claimed)),
            404,
            {"code": "not_found"},
        ),
    ),
    Case(
        "a token older than an hour, with an exp to come, is 403 jwt-expired",
        "status 404 not_found",
        answering(
            both(says("jwt-expired"), token(lambda claimed: "exp" in claimed)),
            404,
            {"code": "not_found"},
        ),
    ),
    Case(
        "a token from a day in the future is taken",
        "status 403 jwt-immaturesignatureerror",
        answering(token(is_from_tomorrow), 403, {"code": "jwt-immaturesignatureerror"}),
    ),
    Case(
        "a token without iss is taken",
        "status 403 permission_denied",
        answering(
            token(lambda claimed: "iss" not in claimed),
            403,
            {"code": "permission_denied"},
        ),
    ),
    Case(
        "a token with another iss is taken",
        "status 403",
        answering(token(lambda it: it.get("iss") == "klantbeeld-onbekend"), 403),
    ),
    Case(
        "a token whose iat is a fraction is taken",
        "status 403",
        answering(token(lambda it: isinstance(it.get("iat"), float)), 403),
    ),
    Case(
        "a token whose iat is a text is taken",
        "status 403",
        answering(token(lambda it: isinstance(it.get("iat"), str)), 403),
    ),
]

BESIDE = [
    Case(
        "each of statustypen has an ETag, and is 304 by it",
        "there is no ETag",
        with_headers(at("/statustypen/", 200), ETag=""),
    ),
    Case(
        "each of resultaattypen has an ETag, and is 304 by it",
        "status 200",
        answering(at("/resultaattypen/", 304), 200),
    ),
    Case(
        "zaaktypen have no _zoek",
        "status 200",
        answering(at("/zaaktypen/_zoek"), 200, page(0)),
    ),
    Case(
        "statustypen have no _zoek",
        "status 400",
        answering(at("/statustypen/_zoek"), 400),
    ),
]

CASES = [*ANSWERS, *TOKENS, *BESIDE]


@pytest.mark.parametrize("case", CASES, ids=[case.assumption for case in CASES])
async def test_one_difference_is_one_row(network: Network, case: Case) -> None:
    found = await others(network, "catalogi", case.change)
    assert found == [differs("catalogi", case)]


@pytest.mark.parametrize("path", ["statustypen", "resultaattypen"])
async def test_a_list_that_has_no_pages_differs_wherever_it_is_read(
    network: Network, path: str
) -> None:
    plain = answering(at(f"/{path}?"), 200, [])
    why = "the answer is no page of results"
    assert await others(network, "catalogi", plain) == [
        differs("catalogi", Case(assumption, why, plain))
        for assumption in (
            f"{path} come in pages, and need no Accept-Crs",
            f"each of {path} has an ETag, and is 304 by it",
        )
    ]
