"""The query page: a question and its answer in a browser, with nothing from outside."""

from functools import cache
from importlib.resources import files

from starlette.requests import Request
from starlette.responses import Response

_MEDIA_TYPES = {
    "page.html": "text/html",
    "page.js": "text/javascript",
    "page.css": "text/css",
    "icon.svg": "image/svg+xml",
}


@cache
def _content(name: str) -> bytes:
    return files("gateway.edge").joinpath("static", name).read_bytes()


class Page:
    """What a browser gets at `/graphql`."""

    def answer(self) -> Response:
        """Give the page itself."""
        return Response(_content("page.html"), media_type=_MEDIA_TYPES["page.html"])


async def asset(request: Request) -> Response:
    """What the page loads: its script and style."""
    name = request.path_params["name"]
    if name not in _MEDIA_TYPES:
        return Response(status_code=404)
    return Response(_content(name), media_type=_MEDIA_TYPES[name])
