"""The stand-in for the Objecten API, objecttypes included as in Open Object.

Objects are shown as they are, whatever day it is, unless the question names one.

Source: Objects API 2.7.0 (Open Object 4.0).
"""

from collections.abc import Sequence
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response

from gateway.demo.addresses import PLACES, Addresses
from gateway.demo.standins.conduct import USUAL, Conduct
from gateway.demo.standins.credentials import token
from gateway.demo.standins.object_data import projected, valid_on, with_data
from gateway.demo.standins.problems import (
    BROKEN,
    DENIED,
    NOT_FOUND,
    OPEN_OBJECT,
    Problem,
    invalid,
    json_answer,
)
from gateway.demo.standins.records import Json, Payload, Shelf, Shelves, parse_uuid
from gateway.demo.standins.server import (
    CRS,
    Api,
    Handler,
    Standin,
    check_crs,
    json_body,
    page_of,
)

VERSION = "2.7.0"


class _Objecten:
    """The resource `objects`: the only one with a coordinate system and a search."""

    def __init__(
        self, objects: Shelf, objecttypes: Shelf, *, largest_page: int
    ) -> None:
        self._objects = objects
        self._objecttypes = objecttypes
        self._largest_page = largest_page

    async def read(self, request: Request) -> Response:
        check_crs(request, "Accept-Crs", required=False)
        found = _find(self._objects, request)
        query = request.query_params
        if not valid_on(found, query.get("date")):
            raise Problem(NOT_FOUND)
        return _located(projected(found, query.get("fields", "")))

    async def browse(self, request: Request) -> Response:
        check_crs(request, "Accept-Crs", required=False)
        query = request.query_params
        found = self._found(query.get("type"), query.get("date"))
        # What it does not know, `uuid` and `uuid__in` too, is ignored: all objects.
        found = with_data(found, query.getlist("data_attr"))
        fields = query.get("fields", "")
        return self._page(request, [projected(each, fields) for each in found])

    async def search(self, request: Request) -> Response:
        check_crs(request, "Content-Crs")
        check_crs(request, "Accept-Crs", required=False)
        body = await json_body(request)
        if "data_attr" in body:
            raise Problem(BROKEN)
        expressions = filter(None, str(body.get("data_attrs", "")).split(","))
        found = self._found(body.get("type"), body.get("date"))
        return self._page(request, with_data(found, [*expressions]))

    def _found(self, url: Json, day: Json) -> Sequence[Payload]:
        """Keep the objects of a type and a day; of the type's URL only the uuid counts."""
        wanted = None if url is None else parse_uuid(str(url).rpartition("/")[2])
        if url is not None and wanted not in self._objecttypes.shown:
            raise invalid("type", "invalid", "The objecttype does not exist.")
        return [
            each
            for each in self._objects.shown.values()
            if wanted in (None, parse_uuid(str(each["type"]).rpartition("/")[2]))
            and valid_on(each, day)
        ]

    def _page(self, request: Request, found: Sequence[Payload]) -> Response:
        return _located(page_of(request, found, self._largest_page))


def _find(shelf: Shelf, request: Request) -> Payload:
    uuid = parse_uuid(request.path_params["uuid"])
    if uuid in shelf.hidden:
        raise Problem(DENIED)
    if uuid is None or uuid not in shelf.shown:
        raise Problem(NOT_FOUND)
    return shelf.shown[uuid]


def _reader(shelf: Shelf) -> Handler:
    async def read(request: Request) -> Response:
        check_crs(request, "Accept-Crs", required=False)
        return json_answer(_find(shelf, request))

    return read


def _lister(shelf: Shelf, largest_page: int) -> Handler:
    async def read(request: Request) -> Response:
        return json_answer(page_of(request, [*shelf.shown.values()], largest_page))

    return read


def _located(body: Payload) -> Response:
    # No ETag: If-None-Match has no effect.
    return json_answer(body, headers={"Content-Crs": CRS})


def create_objecten(
    fixtures: Path,
    addresses: Addresses,
    *,
    delay: float = 0.0,
    conduct: Conduct = USUAL,
) -> Standin:
    """Build the server of `/api/v2`.

    Args:
        fixtures: the folder with a folder for each register.
        addresses: the URLs in the answers become these.
        delay: seconds before it starts on an answer.
        conduct: how this one behaves.

    Raises:
        OSError: the fixtures cannot be read.
        ValueError: a fixture is no JSON, or its name no uuid.
    """
    shelves = Shelves.read(fixtures, "objecten", addresses)
    # Every token may read all objecttypes.
    objects, objecttypes = shelves["objects"], shelves["objecttypes"]
    objects = objects.hiding(conduct.hidden)
    standin, base = PLACES["objecten"]
    api = Api(base, VERSION, OPEN_OBJECT, token, conduct)
    objecten = _Objecten(objects, objecttypes, largest_page=conduct.largest_page)
    routes = [
        api.route("/objects", objecten.browse),
        api.route("/objects/search", objecten.search, "POST"),
        api.route("/objects/{uuid}", objecten.read),
        api.route("/objecttypes", _lister(objecttypes, conduct.largest_page)),
        api.route("/objecttypes/{uuid}", _reader(objecttypes)),
    ]
    origin = addresses.origin(standin)
    return Standin(routes, OPEN_OBJECT, origin=origin, delay=delay)
