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

from gateway.demo.standins.conduct import USUAL, Conduct
from gateway.demo.standins.credentials import Authenticate
from gateway.demo.standins.names import Names
from gateway.demo.standins.problems import (
    DENIED,
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
# nginx's large_client_header_buffers, about where the real ones refuse a request line.
_LONGEST_LINE = 8_000


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
        conduct: how this one behaves.
    """

    base: str
    version: str
    dialect: Dialect
    authenticate: Authenticate
    conduct: Conduct = USUAL

    def route(self, path: str, handler: Handler, method: str = "GET") -> Route:
        """Put a handler at a path below the base.

        Args:
            path: starts with a slash.
            handler: raises a Problem for any other answer than success.
            method: the only one, GET with its HEAD.
        """
        resource = path.split("/")[1]

        async def endpoint(request: Request) -> Response:
            try:
                self._let_in(request, resource)
                check_accepted(request)
                answer = await handler(request)
            except Problem as problem:
                answer = self.dialect.answer(request, problem)
            if answer.status_code != 304:
                answer.headers["API-version"] = self.version
            return answer

        return Route(f"{self.base}{path}", endpoint, methods=[method])

    def _let_in(self, request: Request, resource: str) -> None:
        self.authenticate(request)
        if resource in self.conduct.unreadable:
            raise Problem(DENIED)


class Standin:
    """A server: an ASGI application that remembers what it was asked.

    Attributes:
        asked: the last requests, oldest first; also those that were refused.
        delay: seconds before it starts on an answer; may be changed while it runs.
    """

    def __init__(
        self,
        routes: Sequence[Route],
        dialect: Dialect,
        *,
        origin: str,
        delay: float = 0.0,
    ) -> None:
        """Put the server together.

        Args:
            routes: of its APIs.
            dialect: how it words problems.
            origin: scheme, host and port in the URLs of its records.
            delay: seconds before it starts on an answer.
        """
        self.asked: deque[Asked] = deque(maxlen=REMEMBERED)
        self.delay = delay
        self._names = Names(origin)

        def answer(request: Request, error: Exception) -> Response:
            if isinstance(error, HTTPException) and error.status_code == 405:
                problem = Problem(METHOD, headers=error.headers)
                return dialect.answer(request, problem)
            return _page("Page not found", 404)

        self._app = Starlette(routes=routes, exception_handlers={HTTPException: answer})
        self._app.router.redirect_slashes = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = Request(scope, receive)
        body = await request.body()
        query = f"?{request.url.query}" if request.url.query else ""
        path = f"{request.url.path}{query}"
        self.asked.append(Asked(request.method, path, _read(body)))
        await asyncio.sleep(self.delay)
        name = self._names.asked_by(request)
        if len(path) > _LONGEST_LINE:
            await _page("Request-URI Too Large", 414)(scope, receive, send)
        elif name is None:
            await _page("Bad Request", 400)(scope, receive, send)
        elif name == self._names.own:
            await self._app(scope, _again(body, receive), send)
        else:
            scope = {**scope, "headers": [*scope["headers"]]}
            body = self._names.renamed_request(scope, body, name)
            renaming = self._names.renaming(send, name)
            await self._app(scope, _again(body, receive), renaming)


def _page(title: str, status: int) -> Response:
    return HTMLResponse(
        f"<!doctype html><title>{title}</title><h1>{title}</h1>", status
    )


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


def check_accepted(request: Request, given: str = "application/json") -> None:
    """Insist on the only media type there is.

    Raises:
        Problem: 406 when another is wanted.
    """
    accepted = request.headers.get("accept", "*/*").split(",")
    types = {each.partition(";")[0].strip() for each in accepted}
    if types.isdisjoint({"*/*", "application/*", given}):
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


def page_of(request: Request, records: Sequence[Payload], largest: int) -> Payload:
    """Cut out the page that the query asks for; the body has no say in it.

    Args:
        request: says which page, and how many records there are to be on one.
        records: all that there are.
        largest: silently, no page has more.

    Raises:
        Problem: 404 for a page that is not there.
    """
    asked = _number(request.query_params.get("pageSize"), otherwise=_PAGE_SIZE)
    size = min(asked, largest)
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
