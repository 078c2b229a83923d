"""Which form of answer a client accepts.

Source: RFC 9110, 12.4.2 (weights), 12.5.1 (Accept) and 5.6 (its parts).

An entry that cannot be read is as good as not there: one odd entry must not take the
others along. A header in which nothing can be read says nothing, as no header does.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

from starlette.requests import Request

from gateway.edge.body import JSON
from gateway.edge.refusals import Refused

GRAPHQL_JSON = "application/graphql-response+json"
HTML = "text/html"

LONGEST = 1_000
"""Characters of the header; that of a browser has some 150."""

_PREFERENCE = (GRAPHQL_JSON, JSON, HTML)
"""Among forms that a client names and weighs the same. Of those that it does not name,
as by `*/*`, JSON is given: whoever knows the other one names it."""

_NAMED = 4
_PRECISION = MappingProxyType(
    {
        form: {"*/*": 0, f"{form.partition('/')[0]}/*": 2, form: _NAMED}
        for form in _PREFERENCE
    }
)

_NOT_ACCEPTABLE = f"Accept: answers are {GRAPHQL_JSON} or {JSON}, in UTF-8"

_WORD = r"[!#$%&'*+.^_`|~0-9A-Za-z-]+"
_KIND = re.compile(f"({_WORD})/({_WORD})")
_PARAMETER = re.compile(rf'({_WORD})=({_WORD}|"(?:[^"\\]|\\.)*")')
_QUALITY = re.compile(r"0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?")
# Cut at a comma, and an entry at a semicolon, but for those within quotes.
_ENTRIES = re.compile(r'(?:[^,"]|"(?:[^"\\]|\\.)*"?)+')
_PARTS = re.compile(r'(?:[^;"]|"(?:[^"\\]|\\.)*"?)+')


class _Range(NamedTuple):
    """What one entry accepts.

    Attributes:
        kind: in lower case, with `*` for any.
        says_utf8: whether it names the charset, which is the only one.
        is_ours: whether it has no parameter that our answers have not.
        quality: from 0 for not at all to 1.
    """

    kind: str
    says_utf8: bool
    is_ours: bool
    quality: float

    def precision(self, form: str) -> int | None:
        """Say how precisely it names a form; None when it is about others."""
        named = _PRECISION[form].get(self.kind)
        if named is None or not self.is_ours:
            return None
        return named + self.says_utf8


def accepted(request: Request, *, has_page: bool) -> str:
    """Say in which form a request is answered.

    Args:
        request: not read yet.
        has_page: whether there is a page too, for who prefers that to an answer.

    Raises:
        Refused: 406 where none is acceptable, 431 for a header that is too long.
    """
    said = request.headers.getlist("accept")
    header = said[0] if len(said) == 1 else ", ".join(said)
    if len(header) > LONGEST:
        raise Refused(431, f"Accept: at most {LONGEST} characters")
    form = chosen(header, has_page=has_page)
    if form is None:
        raise Refused(406, _NOT_ACCEPTABLE)
    return form


@lru_cache(maxsize=256)
def chosen(header: str, *, has_page: bool) -> str | None:
    """Choose the form that a header prefers; None when it accepts none."""
    ranges = list(_ranges(header))
    if not ranges:
        return JSON
    offered = _PREFERENCE if has_page else _PREFERENCE[:2]
    best = max(offered, key=lambda form: _worth(form, ranges))
    return best if _worth(best, ranges).quality else None


class _Worth(NamedTuple):
    """What a client thinks of a form; and among equals, what the gateway does."""

    quality: float
    is_named: bool
    preference: int


def _worth(form: str, ranges: Sequence[_Range]) -> _Worth:
    # The most precise entry decides, also when a less precise one weighs more.
    precision, quality = max(
        (
            (precision, each.quality)
            for each in ranges
            if (precision := each.precision(form)) is not None
        ),
        default=(-1, 0.0),
    )
    is_named = precision >= _NAMED
    preference = -_PREFERENCE.index(form) if is_named else int(form == JSON)
    return _Worth(quality, is_named, preference)


def _ranges(header: str) -> Iterator[_Range]:
    for entry in _ENTRIES.findall(header):
        parts = [part.strip(" \t") for part in _PARTS.findall(entry)]
        found = _range(parts[0].lower(), filter(None, parts[1:])) if parts else None
        if found is not None:
            yield found


def _range(kind: str, parameters: Iterable[str]) -> _Range | None:
    """Read one entry; None when it is none."""
    named, read = _KIND.fullmatch(kind), [*map(_PARAMETER.fullmatch, parameters)]
    if named is None or (named[1] == "*" and named[2] != "*"):
        return None
    quality, says_utf8, is_ours = "1", False, True
    for each in read:
        if each is None:
            return None
        name, value = each[1].lower(), each[2].strip('"').lower()
        if name == "q":
            quality = value
        elif name == "charset" and value == "utf-8":
            says_utf8 = True
        else:
            is_ours = False
    if not _QUALITY.fullmatch(quality):
        return None
    return _Range(kind, says_utf8, is_ours, float(quality))
