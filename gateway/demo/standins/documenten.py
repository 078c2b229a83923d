"""The stand-in for Open Zaak's Documenten API; what is known about documents only.

Source: Documenten API 1.4.2 (Open Zaak 1.30).
"""

import time
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response

from gateway.demo.addresses import PLACES, Addresses
from gateway.demo.standins.credentials import Clock, ZgwJwt
from gateway.demo.standins.problems import OPEN_ZAAK, invalid, json_answer
from gateway.demo.standins.records import Payload, Records, Shelves, matching, same
from gateway.demo.standins.server import Api, Standin, json_body, page_of, strings
from gateway.demo.standins.zgw import (
    PAGING,
    Expander,
    find,
    refuse_unknown,
    with_etag,
    with_uuids,
)

VERSION = "1.4.2"
EXPANDABLE = frozenset({"informatieobjecttype"})

_FILTERS = {name: same(name) for name in ("bronorganisatie", "identificatie")}
_DOCUMENTEN = "enkelvoudiginformatieobjecten"


class _Documenten:
    def __init__(self, documenten: Records, expander: Expander) -> None:
        self._documenten = documenten
        self._expander = expander

    async def read(self, request: Request) -> Response:
        document = find(self._documenten, request.path_params["uuid"])
        paths = self._expander.asked(request)
        shown = self._expander.expanded(document, paths)
        return with_etag(request, document, shown)

    async def browse(self, request: Request) -> Response:
        refuse_unknown(request, {*PAGING, "expand", *_FILTERS})
        asked = strings(request.query_params)
        found = matching(self._documenten.values(), _FILTERS, asked)
        return self._page(request, found, self._expander.asked(request))

    async def zoek(self, request: Request) -> Response:
        body = await json_body(request)
        if "uuid__in" not in body:
            raise invalid("uuid__in", "required", "Dit veld is vereist.")
        found = matching(with_uuids(self._documenten, body["uuid__in"]), _FILTERS, body)
        return self._page(request, found, self._expander.asked(request, body))

    def _page(
        self, request: Request, documenten: list[Payload], paths: list[str]
    ) -> Response:
        shown = [self._expander.expanded(document, paths) for document in documenten]
        return json_answer(page_of(request, shown))


def create_documenten(
    fixtures: Path,
    addresses: Addresses,
    *,
    delay: float = 0.0,
    clock: Clock = time.time,
) -> Standin:
    """Build the server of `/documenten/api/v1`.

    Args:
        fixtures: the folder with a folder for each register.
        addresses: the URLs in the answers become these.
        delay: seconds before it starts on an answer.
        clock: seconds since 1970, for the lifetime of tokens.

    Raises:
        OSError: the fixtures cannot be read.
        ValueError: a fixture is no JSON, or its name no uuid.
    """
    shelves = Shelves.read(fixtures, "documenten", addresses)
    types = Shelves.read(fixtures, "catalogi", addresses)
    api = Api(PLACES["documenten"][1], VERSION, OPEN_ZAAK, ZgwJwt(clock))
    documenten = _Documenten(shelves[_DOCUMENTEN], Expander(EXPANDABLE, types.by_url()))
    routes = [
        api.route(f"/{_DOCUMENTEN}", documenten.browse),
        api.route(f"/{_DOCUMENTEN}/_zoek", documenten.zoek, "POST"),
        api.route(f"/{_DOCUMENTEN}/{{uuid}}", documenten.read),
    ]
    return Standin(routes, OPEN_ZAAK, delay=delay)
