"""The stand-in for Open Zaak's Zaken and Catalogi APIs, one server as in Open Zaak.

Source: Zaken API 1.5.1 and Catalogi API 1.3.1 (Open Zaak 1.30).
"""

import time
from itertools import product
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from gateway.demo.addresses import PLACES, Addresses
from gateway.demo.standins.conduct import USUAL, Conduct
from gateway.demo.standins.credentials import Clock, ZgwJwt
from gateway.demo.standins.problems import OPEN_ZAAK, invalid, json_answer
from gateway.demo.standins.records import Payload, Shelves, same
from gateway.demo.standins.server import (
    CRS,
    Api,
    Standin,
    check_crs,
    json_body,
    page_of,
    strings,
)
from gateway.demo.standins.zaak_filters import NAMES, ROL_FILTERS, matching_zaken
from gateway.demo.standins.zgw import (
    PAGING,
    Expander,
    Resource,
    find,
    lister,
    reader,
    refuse_unknown,
    with_etag,
    with_uuids,
    zoek_routes,
)

ZAKEN_VERSION = "1.5.1"
CATALOGI_VERSION = "1.3.1"

_OF_A_ZAAK = (
    *("resultaat", "resultaat.resultaattype", "rollen", "rollen.roltype", "status"),
    *("status.statustype", "zaakinformatieobjecten", "zaakobjecten", "zaaktype"),
)
EXPANDABLE = frozenset(
    {
        *_OF_A_ZAAK,
        *("eigenschappen", "eigenschappen.eigenschap", "deelzaken", "hoofdzaak"),
        *map(".".join, product(("deelzaken", "hoofdzaak"), _OF_A_ZAAK)),
    }
)


_ZAAK = same("zaak")
RESOURCES = (
    Resource("statussen", {"zaak": _ZAAK, "statustype": same("statustype")}),
    Resource("resultaten", {"zaak": _ZAAK, "resultaattype": same("resultaattype")}),
    Resource("rollen", {"zaak": _ZAAK, "roltype": same("roltype"), **ROL_FILTERS}),
    Resource("zaakobjecten", {"zaak": _ZAAK, "object": same("object")}),
    Resource(
        "zaakinformatieobjecten",
        {"zaak": _ZAAK, "informatieobject": same("informatieobject")},
        bare=True,
    ),
)
CATALOGI_RESOURCES = (
    Resource("catalogussen"),
    Resource("zaaktypen", {"catalogus": same("catalogus")}),
    Resource("informatieobjecttypen", {"catalogus": same("catalogus")}),
    *(
        Resource(path, {"zaaktype": same("zaaktype")})
        for path in ("statustypen", "resultaattypen", "roltypen", "eigenschappen")
    ),
)


class _Zaken:
    """The resource `zaken`: the only one with a coordinate system and `_zoek`."""

    def __init__(self, shelves: Shelves, expander: Expander, conduct: Conduct) -> None:
        self._zaken = shelves["zaken"]
        self._rollen = shelves["rollen"].shown
        self._expander = expander
        self._conduct = conduct

    async def read(self, request: Request) -> Response:
        check_crs(request, "Accept-Crs")
        zaak = find(self._zaken, request.path_params["uuid"])
        paths = self._expander.asked(request)
        return _located(with_etag(request, zaak, self._expander.expanded(zaak, paths)))

    async def browse(self, request: Request) -> Response:
        check_crs(request, "Accept-Crs")
        refuse_unknown(request, {*PAGING, "expand", *NAMES})
        asked = strings(request.query_params)
        zaken = self._zaken.shown.values()
        found = matching_zaken(zaken, self._rollen.values(), asked)
        return self._page(request, found, self._expander.asked(request))

    async def zoek(self, request: Request) -> Response:
        check_crs(request, "Accept-Crs", "Content-Crs")
        body = await json_body(request)
        if not body:
            name, code = "nonFieldErrors", "empty_search_body"
            raise invalid(name, code, "Zoekopdracht mag niet leeg zijn.")
        found = [*self._zaken.shown.values()]
        if "uuid__in" in body:
            found = with_uuids(self._zaken, body["uuid__in"])
        # A criterion it does not know is ignored, as the real one does: all zaken.
        unknown = self._conduct.unknown_filters
        known = {name: value for name, value in body.items() if name not in unknown}
        found = matching_zaken(found, self._rollen.values(), known)
        return self._page(request, found, self._expander.asked(request, body))

    def _page(
        self, request: Request, zaken: list[Payload], paths: list[str]
    ) -> Response:
        shown = [self._expander.expanded(zaak, paths) for zaak in zaken]
        return _located(
            json_answer(page_of(request, shown, self._conduct.largest_page))
        )


def _located(answer: Response) -> Response:
    answer.headers["Content-Crs"] = CRS
    return answer


def _plain(api: Api, resources: tuple[Resource, ...], shelves: Shelves) -> list[Route]:
    largest = api.conduct.largest_page
    return [
        route
        for resource in resources
        for shelf in (shelves[resource.path],)
        for route in (
            api.route(f"/{resource.path}", lister(resource, shelf, largest)),
            api.route(f"/{resource.path}/{{uuid}}", reader(shelf)),
        )
    ]


def create_zaken(
    fixtures: Path,
    addresses: Addresses,
    *,
    delay: float = 0.0,
    clock: Clock = time.time,
    conduct: Conduct = USUAL,
) -> Standin:
    """Build the server of `/zaken/api/v1` and `/catalogi/api/v1`.

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
    shelves = Shelves.read(fixtures, "zaken", addresses).hiding(conduct.hidden)
    catalogi_shelves = Shelves.read(fixtures, "catalogi", addresses).hiding(
        conduct.hidden
    )
    known = ZgwJwt(clock)
    (standin, base), (_, catalogi_base) = PLACES["zaken"], PLACES["catalogi"]
    api = Api(base, ZAKEN_VERSION, OPEN_ZAAK, known, conduct)
    catalogi = Api(catalogi_base, CATALOGI_VERSION, OPEN_ZAAK, known, conduct)
    by_url = shelves.by_url() | catalogi_shelves.by_url()
    expander = Expander(EXPANDABLE, by_url, conduct)
    zaken = _Zaken(shelves, expander, conduct)
    routes = [
        api.route("/zaken", zaken.browse),
        *zoek_routes(api, "zaken", zaken.zoek),
        api.route("/zaken/{uuid}", zaken.read),
        *_plain(api, RESOURCES, shelves),
        *_plain(catalogi, CATALOGI_RESOURCES, catalogi_shelves),
    ]
    origin = addresses.origin(standin)
    return Standin(routes, OPEN_ZAAK, origin=origin, delay=delay)
