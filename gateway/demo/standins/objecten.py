"""The stand-in for the Objecten API, objecttypes included as in Open Object.

Objects are shown as they are, whatever day it is; `fields` is not there.

Source: Objects API 2.7.0 (Open Object 4.0).
"""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from starlette.requests import Request
from starlette.responses import Response

from gateway.demo.addresses import PLACES, Addresses
from gateway.demo.standins.credentials import token
from gateway.demo.standins.problems import (
    BROKEN,
    NOT_FOUND,
    OPEN_OBJECT,
    Problem,
    invalid,
    json_answer,
)
from gateway.demo.standins.records import Json, Payload, Records, Shelves, parse_uuid
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
    def __init__(self, objects: Records, objecttypes: Records) -> None:
        self._objects = objects
        self._objecttypes = objecttypes

    async def browse(self, request: Request) -> Response:
        check_crs(request, "Accept-Crs", required=False)
        query = request.query_params
        found = self._of_type(query.get("type"))
        # What it does not know, `uuid` and `uuid__in` too, is ignored: all objects.
        found = _with_data(found, query.getlist("data_attr"))
        return _located(request, found)

    async def search(self, request: Request) -> Response:
        check_crs(request, "Content-Crs")
        check_crs(request, "Accept-Crs", required=False)
        body = await json_body(request)
        if "data_attr" in body:
            raise Problem(BROKEN)
        expressions = body.get("data_attrs", "")
        found = _with_data(
            self._of_type(body.get("type")),
            [*filter(None, str(expressions).split(","))],
        )
        return _located(request, found)

    def _of_type(self, url: Json) -> Sequence[Payload]:
        """Keep the objects of a type; of its URL only the uuid counts."""
        if url is None:
            return [*self._objects.values()]
        wanted = parse_uuid(str(url).rpartition("/")[2])
        if wanted not in self._objecttypes:
            raise invalid("type", "invalid", "The objecttype does not exist.")
        return [
            each
            for each in self._objects.values()
            if parse_uuid(str(each["type"]).rpartition("/")[2]) == wanted
        ]


def _read_by(records: Records, *, located: bool) -> Handler:
    async def read(request: Request) -> Response:
        check_crs(request, "Accept-Crs", required=False)
        uuid = parse_uuid(request.path_params["uuid"])
        if uuid is None or uuid not in records:
            raise Problem(NOT_FOUND)
        # No ETag: If-None-Match has no effect.
        headers = {"Content-Crs": CRS} if located else None
        return json_answer(records[uuid], headers=headers)

    return read


def _listed(records: Records) -> Handler:
    async def read(request: Request) -> Response:
        return json_answer(page_of(request, [*records.values()]))

    return read


def _located(request: Request, found: Sequence[Payload]) -> Response:
    return json_answer(page_of(request, found), headers={"Content-Crs": CRS})


_OPERATORS: Mapping[str, Callable[[Json, str], bool]] = MappingProxyType(
    {
        "exact": lambda own, value: _as_text(own) == value,
        # As strings only: a number is never in a list.
        "in": lambda own, value: isinstance(own, str) and own in value.split("|"),
        "icontains": lambda own, value: value.casefold() in _as_text(own).casefold(),
    }
)


def _with_data(
    objects: Sequence[Payload], expressions: Sequence[str]
) -> Sequence[Payload]:
    """Keep the objects for which all of `name__operator__value` hold."""
    for expression in expressions:
        path, operator, value = _parts(expression)
        holds = _OPERATORS[operator]
        objects = [each for each in objects if holds(_within(each, path), value)]
    return objects


def _parts(expression: str) -> tuple[list[str], str, str]:
    *path, operator, value = ["", *expression.split("__")]
    if operator not in _OPERATORS or len(path) < 2:
        raise invalid("data_attr", "invalid-data-attr-query", "Not supported.")
    return path[1:], operator, value


def _within(found: Json, path: Sequence[str]) -> Json:
    for name in ("record", "data", *path):
        found = found.get(name) if isinstance(found, dict) else None
    return found


def _as_text(value: Json) -> str:
    return value if isinstance(value, str) else str(value)


def create_objecten(
    fixtures: Path, addresses: Addresses, *, delay: float = 0.0
) -> Standin:
    """Build the server of `/api/v2`.

    Args:
        fixtures: the folder with a folder for each register.
        addresses: the URLs in the answers become these.
        delay: seconds before it starts on an answer.

    Raises:
        OSError: the fixtures cannot be read.
        ValueError: a fixture is no JSON, or its name no uuid.
    """
    shelves = Shelves.read(fixtures, "objecten", addresses)
    objects, objecttypes = shelves["objects"], shelves["objecttypes"]
    api = Api(PLACES["objecten"][1], VERSION, OPEN_OBJECT, token)
    objecten = _Objecten(objects, objecttypes)
    routes = [
        api.route("/objects", objecten.browse),
        api.route("/objects/search", objecten.search, "POST"),
        api.route("/objects/{uuid}", _read_by(objects, located=True)),
        api.route("/objecttypes", _listed(objecttypes)),
        api.route("/objecttypes/{uuid}", _read_by(objecttypes, located=False)),
    ]
    return Standin(routes, OPEN_OBJECT, delay=delay)
