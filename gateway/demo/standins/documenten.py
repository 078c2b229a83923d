"""The stand-in for Open Zaak's Documenten API.

Source: Documenten API 1.4.2 (Open Zaak 1.30).
"""

import time
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response

from gateway.demo.addresses import PLACES, Addresses
from gateway.demo.standins.conduct import USUAL, Conduct
from gateway.demo.standins.credentials import Clock, ZgwJwt
from gateway.demo.standins.downloads import download_route, in_version
from gateway.demo.standins.problems import OPEN_ZAAK, invalid, json_answer
from gateway.demo.standins.records import Payload, Shelf, Shelves, matching, same
from gateway.demo.standins.server import Api, Standin, json_body, page_of, strings
from gateway.demo.standins.zgw import (
    PAGING,
    Expander,
    Resource,
    find,
    lister,
    refuse_unknown,
    with_etag,
    with_uuids,
    zoek_routes,
)

VERSION = "1.4.2"
EXPANDABLE = frozenset({"informatieobjecttype"})

_FILTERS = {name: same(name) for name in ("bronorganisatie", "identificatie")}
_DOCUMENTEN = "enkelvoudiginformatieobjecten"
_RELATIES = Resource(
    "objectinformatieobjecten",
    {name: same(name) for name in ("informatieobject", "object")},
    bare=True,
)


class _Documenten:
    def __init__(
        self, documenten: Shelf, expander: Expander, *, largest_page: int
    ) -> None:
        self._documenten = documenten
        self._expander = expander
        self._largest_page = largest_page

    async def read(self, request: Request) -> Response:
        document = find(self._documenten, request.path_params["uuid"])
        paths = self._expander.asked(request)
        shown = self._expander.expanded(in_version(request, document), paths)
        # Of all versions together, as the real one has it.
        return with_etag(request, document, shown)

    async def browse(self, request: Request) -> Response:
        refuse_unknown(request, {*PAGING, "expand", *_FILTERS})
        asked = strings(request.query_params)
        found = matching(self._documenten.shown.values(), _FILTERS, asked)
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
        return json_answer(page_of(request, shown, self._largest_page))


def create_documenten(
    fixtures: Path,
    addresses: Addresses,
    *,
    delay: float = 0.0,
    clock: Clock = time.time,
    conduct: Conduct = USUAL,
) -> Standin:
    """Build the server of `/documenten/api/v1`.

    Args:
        fixtures: the folder with a folder for each register.
        addresses: the URLs in the answers become these.
        delay: seconds before it starts on an answer.
        clock: seconds since 1970, for the lifetime of tokens.
        conduct: how this one behaves.

    Raises:
        OSError: the fixtures cannot be read.
        ValueError: a fixture is no JSON, or its name no uuid.
    """
    shelves = Shelves.read(fixtures, "documenten", addresses).hiding(conduct.hidden)
    shelf, relaties = shelves[_DOCUMENTEN], shelves[_RELATIES.path]
    types = Shelves.read(fixtures, "catalogi", addresses)
    standin, base = PLACES["documenten"]
    api = Api(base, VERSION, OPEN_ZAAK, ZgwJwt(clock), conduct)
    expander = Expander(EXPANDABLE, types.by_url(), conduct)
    documenten = _Documenten(shelf, expander, largest_page=conduct.largest_page)
    routes = [
        api.route(f"/{_DOCUMENTEN}", documenten.browse),
        *zoek_routes(api, _DOCUMENTEN, documenten.zoek),
        api.route(f"/{_DOCUMENTEN}/{{uuid}}", documenten.read),
        download_route(api, f"/{_DOCUMENTEN}/{{uuid}}/download", shelf),
        api.route(
            f"/{_RELATIES.path}", lister(_RELATIES, relaties, conduct.largest_page)
        ),
    ]
    origin = addresses.origin(standin)
    return Standin(routes, OPEN_ZAAK, origin=origin, delay=delay)
