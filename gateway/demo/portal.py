"""The example portal at `/voorbeeld`: its files, and who can be chosen to log in as.

It asks the graph as any portal does, from the browser. Only the logging in is not real:
`bellers.json` hands out tokens, and therefore to this machine only.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import NamedTuple

from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from gateway.demo.callers import (
    BEDRIJF,
    KLANT,
    MEDEWERKER,
    VERTEGENWOORDIGER,
    DemoCaller,
)
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


class Beller(NamedTuple):
    """One as whom a visitor can log in.

    Attributes:
        caller: who that is.
        who: their name, as the page shows it.
        how: what they are, and how they would have logged in.
    """

    caller: DemoCaller
    who: str
    how: str


BELLERS = (
    Beller(KLANT, "Sanne van der Veldt", "inwoner, met DigiD"),
    Beller(
        BEDRIJF,
        "Stichting Stadsfeest Voorbeeldstad",
        "organisatie, met eHerkenning",
    ),
    Beller(
        VERTEGENWOORDIGER,
        "Bewindvoering De Ankerplaats",
        "namens Ria Kuipers, met eHerkenning",
    ),
    Beller(MEDEWERKER, "J. de Groot", "medewerker van het klantcontactcentrum"),
)


def portal_routes(issuer: Issuer) -> Sequence[Route]:
    """Serve the portal, to this machine only.

    Args:
        issuer: makes the tokens, anew each time they are asked.
    """

    async def bellers(_request: Request) -> Response:
        return JSONResponse([_introduced(each, issuer) for each in BELLERS])

    only_here = [Middleware(LoopbackOnly)]
    return [
        Route(ADDRESS, _index, middleware=only_here),
        Route(f"{ADDRESS}/bellers.json", bellers, middleware=only_here),
        Route(f"{ADDRESS}/{{path:path}}", _file, middleware=only_here),
    ]


def _introduced(beller: Beller, issuer: Issuer) -> dict[str, object]:
    return {
        "name": beller.caller.name,
        "who": beller.who,
        "how": beller.how,
        "token": issuer.mint(beller.caller.claims),
        "purpose": beller.caller.purpose,
    }


async def _index(_request: Request) -> Response:
    return _served(_INDEX)


async def _file(request: Request) -> Response:
    return _served(request.path_params["path"])


def _served(path: str) -> Response:
    """Give a file as it is now: who changes the example sees that at once."""
    file = _files().get(path)
    if file is None:
        return Response(status_code=404)
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
