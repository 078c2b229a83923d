"""What the stand-ins share as servers: checking, paging, remembering what was asked."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

import orjson
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route
from starlette.types import Message, Receive, Scope, Send

from gateway.demo.standins.credentials import Authenticate
from gateway.demo.standins.problems import (
    MEDIA_TYPE,
    METHOD,
    NOT_ACCEPTABLE,
    NOT_FOUND,
    PRECONDITION,
    UNPARSABLE,
    Dialect,
    Problem,
    Words,
    invalid,
)
from gateway.demo.standins.records import Json, Payload

Handler: TypeAlias = Callable[[Request], Awaitable[Response]]

CRS = "EPSG:4326"
REMEMBERED = 10_000

_PAGE_SIZE = 100
_LARGEST_PAGE = 500


class Asked(NamedTuple):
    """One request: `path` with its query as sent, `body` None where there was none."""

    method: str
    path: str
    body: Json = None


@dataclass(frozen=True, slots=True)
class Api:
    """One API of a server.

    Attributes:
        base: the path in front of all its resources.
        version: what stands in the header `API-version`.
        dialect: how it words problems.
        authenticate: lets in, or raises a Problem.
    """

    base: str
    version: str
    dialect: Dialect
    authenticate: Authenticate

    def route(self, path: str, handler: Handler, method: str = "GET") -> Route:
        """Put a handler at a path below the base.

        Args:
            path: starts with a slash.
            handler: raises a Problem for any other answer than success.
            method: the only one, GET with its HEAD.
        """

        async def endpoint(request: Request) -> Response:
            try:
                self.authenticate(request)
                _check_accepted(request)
                answer = await handler(request)
            except Problem as problem:
                answer = self.dialect.answer(request, problem)
            if answer.status_code != 304:
                answer.headers["API-version"] = self.version
            return answer

        return Route(f"{self.base}{path}", endpoint, methods=[method])


class Standin:
    """A server: an ASGI application that remembers what it was asked.

    Attributes:
        asked: the last requests, oldest first; also those that were refused.
    """

    def __init__(
        self, routes: Sequence[Route], dialect: Dialect, *, delay: float = 0.0
    ) -> None:
        """Put the server together.

        Args:
            routes: of its APIs.
            dialect: how it words problems.
            delay: seconds before it starts on an answer.
        """
        self.asked: deque[Asked] = deque(maxlen=REMEMBERED)
        self._delay = delay

        def answer(request: Request, error: Exception) -> Response:
            if isinstance(error, HTTPException) and error.status_code == 405:
                problem = Problem(METHOD, headers=error.headers)
                return dialect.answer(request, problem)
            return HTMLResponse(_NOTHING_HERE, 404)

        self._app = Starlette(routes=routes, exception_handlers={HTTPException: answer})
        self._app.router.redirect_slashes = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] == "http":
            request = Request(scope, receive)
            body = await request.body()
            query = f"?{request.url.query}" if request.url.query else ""
            self.asked.append(
                Asked(request.method, f"{request.url.path}{query}", _read(body))
            )
            await asyncio.sleep(self._delay)
            receive = _again(body, receive)
        await self._app(scope, receive, send)


_NOTHING_HERE = "<!doctype html><title>Page not found</title><h1>Page not found</h1>"


def _read(body: bytes) -> Json:
    try:
        read: Json = orjson.loads(body) if body else None
    except ValueError:
        return body.decode(errors="replace")
    return read


def _again(body: bytes, receive: Receive) -> Receive:
    """Give the body once more, then whatever comes after it."""
    left: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def replay() -> Message:
        return left.pop() if left else await receive()

    return replay


def _check_accepted(request: Request) -> None:
    accepted = request.headers.get("accept", "*/*").split(",")
    types = {each.partition(";")[0].strip() for each in accepted}
    if types.isdisjoint({"*/*", "application/*", "application/json"}):
        raise Problem(NOT_ACCEPTABLE)


def check_crs(request: Request, *headers: str, required: bool = True) -> None:
    """Insist on the only coordinate system there is.

    Raises:
        Problem: 412 for a header that is missing, 406 for another system.
    """
    for header in headers:
        value = request.headers.get(header)
        if value is None and required:
            missing = Words(
                f"'{header}' header ontbreekt", f"'{header}' header is missing"
            )
            raise Problem(PRECONDITION, missing)
        if value not in {None, CRS}:
            raise Problem(NOT_ACCEPTABLE)


async def json_body(request: Request) -> Payload:
    """Read the body.

    Raises:
        Problem: 415 when it is said to be something else, 400 when it is no object.
    """
    if request.headers.get("content-type", "").partition(";")[0] != "application/json":
        raise Problem(MEDIA_TYPE)
    try:
        body: Json = orjson.loads(await request.body())
    except ValueError:
        raise Problem(UNPARSABLE) from None
    if not isinstance(body, dict):
        raise invalid("nonFieldErrors", "invalid", "Ongeldige data.")
    return body


def page_of(request: Request, records: Sequence[Payload]) -> Payload:
    """Cut out the page that the query asks for; the body has no say in it.

    Raises:
        Problem: 404 for a page that is not there.
    """
    asked = _number(request.query_params.get("pageSize"), otherwise=_PAGE_SIZE)
    size = min(asked, _LARGEST_PAGE)
    number = _number(request.query_params.get("page", "1"), otherwise=0)
    start = (number - 1) * size
    if number < 1 or (number > 1 and start >= len(records)):
        raise Problem(NOT_FOUND, Words("Ongeldige pagina.", "Invalid page."))
    more = start + size < len(records)
    return {
        "count": len(records),
        "next": _turned(request, number + 1) if more else None,
        "previous": _turned(request, number - 1) if number > 1 else None,
        "results": [*records[start : start + size]],
    }


def _number(text: str | None, *, otherwise: int) -> int:
    return int(text) if text and text.isdecimal() and int(text) else otherwise


def _turned(request: Request, number: int) -> str:
    return str(request.url.include_query_params(page=number))


def strings(value: Mapping[str, str]) -> Payload:
    """Take the query as criteria."""
    return dict(value)
