"""A Documenten API that differs in one thing makes one row say so.

Also for `_zoek`, which zaken have, too.
"""

import httpx
import orjson
import pytest

from tests.municipality import Network
from tests.registers.builders import uuid
from tests.traps.changes import (
    Case,
    answering,
    asks,
    at,
    at_end,
    body_of,
    differs,
    editing,
    others,
    page,
    saying,
    sends,
    with_headers,
)
from tests.traps.conftest import MANY

pytestmark = pytest.mark.anyio

OF_ONE_VERSION, OF_TWO_VERSIONS = uuid(MANY[-1]), uuid(MANY[-2])


def as_asked(request: httpx.Request, answer: httpx.Response) -> httpx.Response:
    """Give the results of a `_zoek` in the order of the question."""
    asked = body_of(request).get("uuid__in")
    if answer.status_code != 200 or not isinstance(asked, list) or not asked:
        return answer
    body = answer.json()
    body["results"].sort(key=lambda each: asked.index(each["url"][-36:]))
    return httpx.Response(200, content=orjson.dumps(body))


ZOEK = [
    Case(
        "_zoek has an order of its own, not the question's",
        "the order is that of the question",
        as_asked,
    ),
    Case(
        "_zoek refuses what is no uuid, as uuid__in.",
        "status 400, without blaming what was expected",
        saying(b'"uuid__in."', b'"uuid__in.0"'),
    ),
    Case(
        "_zoek gives a record as its GET does",
        "the two are not alike",
        editing(
            asks("uuid__in", [OF_ONE_VERSION]), lambda document: document.pop("titel")
        ),
    ),
    Case(
        "_zoek ignores pageSize and page in its body",
        "on a page: 1, not 2",
        answering(asks("page"), 200, page(2, {})),
    ),
    Case(
        "_zoek takes pageSize from the query, and its next is asked anew",
        "there is no next page",
        answering(at_end("_zoek?pageSize=1"), 200, page(2, {})),
    ),
    Case(
        "_zoek takes pageSize from the query, and its next is asked anew",
        "a record's URL does not end in a uuid",
        answering(at_end("_zoek?pageSize=1"), 200, page(2, {}, following="x?page=2")),
    ),
    Case(
        "_zoek takes pageSize from the query, and its next is asked anew",
        "the next page is not the rest",
        answering(at_end("_zoek?pageSize=1&page=2"), 200, page(2)),
    ),
    Case(
        "_zoek gives 100 on a page unless told",
        "on a page: 101, not 100",
        answering(
            lambda request, _: (
                len(str(body_of(request))) > 101 * len(uuid(1))
                and str(request.url).endswith("_zoek")
            ),
            200,
            page(101, *[{}] * 101),
        ),
    ),
    Case(
        "_zoek gives as many on a page as page_size says",
        "on a page: 50, not 100",
        answering(at_end("_zoek?pageSize=100"), 200, page(100, *[{}] * 50)),
    ),
    Case(
        "_zoek gives no more than 500, silently",
        "status 400",
        answering(at_end("_zoek?pageSize=501"), 400),
    ),
    Case(
        "_zoek refuses another content type than JSON (415)",
        "status 200",
        answering(sends("Content-Type", "text/plain"), 200, page(0)),
    ),
    Case(
        "a page has no more than 500, silently",
        "there is no next page",
        answering(at("objecten?pageSize=501"), 200, page(501, *[{}] * 500)),
    ),
]

DOCUMENTEN = [
    Case(
        "_zoek refuses a body without uuid__in (required)",
        "status 200",
        answering(asks("klantbeeld"), 200, page(5)),
    ),
    Case(
        "_zoek gives the last version",
        "it is another version",
        editing(
            asks("uuid__in", [OF_TWO_VERSIONS]),
            lambda document: document.update(versie=1),
        ),
    ),
    Case(
        "a document has no property uuid",
        "it has one",
        saying(b'"identificatie":', b'"uuid":"x","identificatie":'),
    ),
    Case(
        "all versions of a document have one ETag",
        "they have more",
        with_headers(at_end("?versie=1", 200), ETag='"another"'),
    ),
    Case(
        "a document is given in the version that versie names",
        "it is another version",
        editing(
            at_end(f"{OF_TWO_VERSIONS}?versie=1"),
            lambda document: document.update(versie=2),
        ),
    ),
    Case(
        "a version that does not exist is 404",
        "status 200",
        answering(at_end(f"{OF_ONE_VERSION}?versie=1000000"), 200),
    ),
    Case(
        "a document before it was registered is 404",
        "status 200",
        answering(at(f"{OF_ONE_VERSION}?registratieOp"), 200),
    ),
    Case(
        "inhoud is the address of its download, naming its version",
        "it is another",
        saying(b"/download?versie=", b"/download?version="),
    ),
    Case(
        "objectinformatieobjecten is a plain list, and needs no Accept-Crs",
        "it is no plain list",
        answering(at("/objectinformatieobjecten"), 200, page(0)),
    ),
]

CASES = [*ZOEK, *DOCUMENTEN]


@pytest.mark.parametrize("case", CASES, ids=[case.assumption for case in CASES])
async def test_one_difference_is_one_row(network: Network, case: Case) -> None:
    found = await others(network, "documenten", case.change)
    assert found == [differs("documenten", case)]
