"""The README and the pages it leads to, as GitLab and GitHub read them."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

from tests.municipality import ROOT

README = ROOT / "README.md"
_ROOMS = ("gateway", "schema", "tests")
PAGES = (
    README,
    *sorted(
        page
        for room in _ROOMS
        for page in (ROOT / room).rglob("README.md")
        if "node_modules" not in page.parts
    ),
)

_FENCED = re.compile(r"^```.*?^```", re.DOTALL | re.MULTILINE)
_CODE = re.compile(r"`[^`\n]*`")
_LINK = re.compile(r"\]\(([^()\s]+)\)")
_HEADING = re.compile(r"^#{1,6} (.+)$", re.MULTILINE)
_LEFT_OUT = re.compile(r"[^\w\- ]")


def links(page: Path) -> Iterator[str]:
    """Give where a page leads to, images included; not what stands in code."""
    yield from _LINK.findall(_CODE.sub("", _FENCED.sub("", page.read_text())))


def anchors(page: Path) -> list[str]:
    """Give the anchors of its headings, as both sites make them."""
    headings = _HEADING.findall(_FENCED.sub("", page.read_text()))
    return [_LEFT_OUT.sub("", each.lower()).replace(" ", "-") for each in headings]


def target(page: Path, link: str) -> tuple[Path, str]:
    """Say which file a relative link means, and which anchor in it, if any."""
    path, _, anchor = link.partition("#")
    file = (page.parent / unquote(path)).resolve() if path else page
    return file, anchor
