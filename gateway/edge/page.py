"""The page that a browser gets: GraphiQL where it was built, else a small page of ours.

`static/` is the small page, `static/explorer/` GraphiQL as it was built from `explorer/`,
and `examples.toml` what both begin with. Nothing in either comes from outside.
"""

import json
import tomllib
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from gateway.edge.headers import SECURITY
from gateway.edge.hosts import LoopbackOnly

_EDGE = Path(str(files("gateway.edge")))
_SMALL = _EDGE / "static"
BUNDLE = _SMALL / "explorer"
"""Where `explorer/build_hook.py` leaves GraphiQL."""

_MEDIA_TYPES = MappingProxyType(
    {
        ".css": "text/css",
        ".js": "text/javascript",
        ".svg": "image/svg+xml",
        ".ttf": "font/ttf",
        ".txt": "text/plain",
    }
)

# Monaco, the editor in GraphiQL, sets styles in what it writes, and has its images and
# fonts in its style sheet; its workers are scripts of their own.
_POLICY = (
    SECURITY["Content-Security-Policy"]
    .replace("style-src 'self'", "style-src 'self' 'unsafe-inline'")
    .replace("img-src 'self'", "img-src 'self' data:; font-src 'self' data:")
    + "; worker-src 'self'"
)
# The name says what is in it: another content has another name.
_FOREVER = {"Cache-Control": "public, max-age=31536000, immutable"}


class Bearer(NamedTuple):
    """One of those a page lets ask; of a demo, since their tokens stand in the page.

    Attributes:
        name: short, as examples name them.
        who: for whoever reads it.
        token: an access token.
        purpose: what `Klantbeeld-Purpose` says for them, if anything.
    """

    name: str
    who: str
    token: str
    purpose: str | None = None


class Page:
    """What a browser gets at `/graphql`."""

    def __init__(
        self,
        callers: Callable[[], Sequence[Bearer]] | None = None,
        *,
        bundle: Path = BUNDLE,
    ) -> None:
        """Take what is in it.

        Args:
            callers: gives who can be chosen to ask as, with tokens that hold from then
                on; only this machine gets such a page.
            bundle: the folder of GraphiQL; where it is not, the small page is given.
        """
        has_bundle = (bundle / "index.html").is_file()
        template = bundle / "index.html" if has_bundle else _SMALL / "page.html"
        self._template = template.read_text()
        self._headers = {"Content-Security-Policy": _POLICY} if has_bundle else None
        self._callers = callers
        self._examples = examples()

    def answer(self) -> Response:
        """Give the page itself."""
        kind = Response if self._callers is None else _OnlyHere
        content = self._template.replace("{{given}}", self._given())
        return kind(content, headers=self._headers, media_type="text/html")

    def _given(self) -> str:
        """Write what a page is given as JSON that can stand within `<script>`.

        Source: HTML, 4.12.1.3, restrictions for contents of script elements.
        """
        callers = self._callers() if self._callers else ()
        given = {
            "examples": self._examples,
            "callers": [each._asdict() for each in callers],
        }
        return json.dumps(given, ensure_ascii=False).replace("<", "\\u003c")


class _OnlyHere(Response):
    """Refused to other machines, and to other names of this one."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await LoopbackOnly(super().__call__)(scope, receive, send)


def examples() -> Sequence[Mapping[str, str]]:
    """Read what the pages begin with; see `examples.toml`."""
    read = tomllib.loads((_EDGE / "examples.toml").read_text())
    return [
        {name: str(value).strip() for name, value in each.items()}
        for each in read["examples"]
    ]


class Assets:
    """What the pages load; known names only."""

    def __init__(self, *, bundle: Path = BUNDLE) -> None:
        """Take where GraphiQL is, if it is there."""
        self._bundle = bundle

    async def answer(self, request: Request) -> Response:
        """Give the file that is named in the address.

        Raises:
            HTTPException: there is none.
        """
        path = self._files.get(request.path_params["name"])
        if path is None:
            raise HTTPException(404)
        is_named_by_content = path.parent == self._bundle and path.suffix != ".txt"
        return Response(
            path.read_bytes(),
            headers=_FOREVER if is_named_by_content else None,
            media_type=_MEDIA_TYPES[path.suffix],
        )

    @cached_property
    def _files(self) -> Mapping[str, Path]:
        """By name; the pages themselves have an address of their own."""
        folders = [each for each in (self._bundle, _SMALL) if each.is_dir()]
        files = [path for folder in folders for path in folder.iterdir()]
        return {path.name: path for path in files if path.suffix in _MEDIA_TYPES}


asset = Assets().answer
