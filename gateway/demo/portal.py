"""The example portal at `/voorbeeld`: its files, and who can be chosen to log in as.

It asks the graph as any portal does, from the browser. Only the logging in is not real:
`logins.json` hands out tokens, and therefore to this machine only.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import PurePosixPath
from types import MappingProxyType

from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from gateway.demo.callers import CALLERS, DemoCaller
from gateway.demo.issuer import Issuer
from gateway.edge.hosts import LoopbackOnly

ADDRESS = "/voorbeeld"

_INDEX = "index.html"
_MEDIA_TYPES: Mapping[str, str] = MappingProxyType(
    {
        ".html": "text/html",
        ".css": "text/css",
        ".js": "text/javascript",
        ".svg": "image/svg+xml",
    }
)


def portal_routes(issuer: Issuer) -> Sequence[Route]:
    """Serve the portal, to this machine only.

    Args:
        issuer: makes the tokens, anew each time they are asked.
    """

    async def logins(_request: Request) -> Response:
        return JSONResponse([_login(each, issuer) for each in CALLERS])

    only_here = [Middleware(LoopbackOnly)]
    return [
        Route(ADDRESS, _index, middleware=only_here),
        Route(f"{ADDRESS}/logins.json", logins, middleware=only_here),
        Route(f"{ADDRESS}/{{path:path}}", _file, middleware=only_here),
    ]


def _login(caller: DemoCaller, issuer: Issuer) -> dict[str, object]:
    """Say what a portal knows of who has logged in."""
    return {
        "name": caller.name,
        "who": caller.who,
        "how": caller.how,
        "token": issuer.mint(caller.claims),
        "purpose": caller.purpose,
        "actor": caller.actor,
    }


async def _index(_request: Request) -> Response:
    return _served(_INDEX)


async def _file(request: Request) -> Response:
    return _served(request.path_params["path"])


def _served(path: str) -> Response:
    """Give a file as it is now: who changes the example sees that at once.

    Raises:
        HTTPException: there is none.
    """
    file = _files().get(path)
    if file is None:
        raise HTTPException(404)
    media_type = _MEDIA_TYPES[PurePosixPath(path).suffix]
    return Response(file.read_bytes(), media_type=media_type)


@cache
def _files() -> Mapping[str, Traversable]:
    """Find what is served, by path: nothing outside the folder."""
    return dict(_within(files("gateway.demo").joinpath("voorbeeld"), ""))


def _within(folder: Traversable, prefix: str) -> Iterator[tuple[str, Traversable]]:
    for each in folder.iterdir():
        path = f"{prefix}{each.name}"
        if each.is_dir():
            yield from _within(each, f"{path}/")
        elif PurePosixPath(path).suffix in _MEDIA_TYPES:
            yield path, each
