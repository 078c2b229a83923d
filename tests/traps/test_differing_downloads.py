"""A Documenten API with another way of giving content makes one row say so."""

import pytest

from tests.municipality import Network
from tests.traps.changes import (
    NOBODY,
    Case,
    When,
    answering,
    at,
    at_end,
    both,
    differs,
    is_head,
    others,
    sends,
    with_headers,
)

pytestmark = pytest.mark.anyio

WORDS = "in the words application/octet-stream"
AT_DOWNLOAD = both(at("/download"), lambda request, _: request.method == "GET")
HEAD_OF_DOWNLOAD = both(at("/download", 200), is_head)
EMPTY = "a download without content is 204, and claims a body that is not sent"


def refused_as(status: int) -> When:
    return both(AT_DOWNLOAD, at("", status))


CASES = [
    Case(
        "a download is application/octet-stream, whatever its formaat",
        "its media type: application/pdf, not application/octet-stream",
        with_headers(HEAD_OF_DOWNLOAD, **{"Content-Type": "application/pdf"}),
    ),
    Case(
        "a download is an attachment, and not named bestandsnaam",
        "it is no attachment, or has that name",
        with_headers(
            HEAD_OF_DOWNLOAD,
            **{"Content-Disposition": 'attachment; filename="tekening.pdf"'},
        ),
    ),
    Case(
        "a download is an attachment, and not named bestandsnaam",
        "there is no Content-Disposition",
        with_headers(HEAD_OF_DOWNLOAD, **{"Content-Disposition": ""}),
    ),
    Case(
        "a download has what files have: length, date, ETag, ranges",
        "there is no Accept-Ranges",
        with_headers(HEAD_OF_DOWNLOAD, **{"Accept-Ranges": ""}),
    ),
    Case(
        "a download has no API-version or headers for browsers",
        "there is a header X-Content-Type-Options",
        with_headers(HEAD_OF_DOWNLOAD, **{"X-Content-Type-Options": "nosniff"}),
    ),
    Case("a part of a download is 206", "status 200", answering(refused_as(206), 200)),
    Case(
        "a part of a download is 206",
        "bytes: 2, not 1",
        answering(refused_as(206), 206),
    ),
    Case(
        "a download is 304 by its ETag", "status 200", answering(refused_as(304), 200)
    ),
    Case(
        "a download is of the version that versie names",
        "status 404",
        answering(at_end("/download?versie=1"), 404),
    ),
    Case(EMPTY, "status 200", answering(refused_as(204), 200)),
    Case(
        EMPTY,
        "there is no Content-Length",
        with_headers(refused_as(204), **{"Content-Length": ""}),
    ),
    Case(
        EMPTY,
        "it claims another length",
        with_headers(refused_as(204), **{"Content-Length": "0"}),
    ),
    Case(
        f"a download of what does not exist is 404, {WORDS}",
        "the body is another",
        answering(both(at(NOBODY), refused_as(404)), 404, {"code": "not_found"}),
    ),
    Case(
        f"a download that accepts JSON only is 406, {WORDS}",
        "status 200",
        answering(both(sends("Accept", "application/json"), refused_as(406)), 200),
    ),
    Case(
        f"a download that accepts text only is 406, {WORDS}",
        "the body is another",
        answering(both(sends("Accept", "text/plain"), refused_as(406)), 406),
    ),
    Case(
        f"a download by what is no token is 403, {WORDS}",
        "status 401",
        answering(refused_as(403), 401),
    ),
    Case(
        f"a download of a version that does not exist is 404, {WORDS}",
        "status 200",
        answering(at("/download?versie=1000000"), 200),
    ),
    Case(
        f"a download from before it was registered is 404, {WORDS}",
        "status 200",
        answering(at("/download?registratieOp"), 200),
    ),
]


@pytest.mark.parametrize("case", CASES, ids=[case.assumption for case in CASES])
async def test_one_difference_is_one_row(network: Network, case: Case) -> None:
    found = await others(network, "documenten", case.change)
    assert found == [differs("documenten", case)]
