"""Traps of finding objects: by a query, and by a search.

No value of an object stands in an address; what must be one goes in a search's body.

Source: Objects API 2.7.0 (Open Object 4.0).
"""

import re
from collections.abc import Callable, Iterator, Mapping
from urllib.parse import quote

from gateway.check import NOBODY
from gateway.registers.records import Json
from gateway.traps.judging import (
    Differs,
    Page,
    Payload,
    Unknown,
    must,
    must_be,
    page_in,
)
from gateway.traps.probing import NONE, OTHER_CRS, Headers, Probe, Probed, Trap

ONE: Mapping[str, str] = {"pageSize": "1"}

_SEARCH = "/objects/search"
# What has no meaning of its own in `name__operator__value`.
_PLAIN = re.compile(r"[A-Za-z0-9]+(?:[ ._-][A-Za-z0-9]+)*")
# No object has it.
_NO_DATA = "klantbeeld__exact__klantbeeld"
_LONG = 5_500
# nginx takes a line of 8,000 characters, unless told otherwise.
_TOO_LONG = 20_000


async def _all(register: Probed) -> int:
    """Count the objects.

    Raises:
        Unknown: there are none, so that all and none are alike.
    """
    count = (await register.page(**ONE)).count
    if not count:
        raise Unknown("no objects are shown to us")
    return count


async def _search(
    register: Probed, body: Mapping[str, Json], params: Mapping[str, str] = ONE
) -> Page:
    return page_in(await register.post(_SEARCH, {**body}, params=params))


def _search_with(headers: Headers, status: int) -> Probe:
    async def probe(register: Probed) -> None:
        body: Json = {"data_attrs": _NO_DATA}
        must(await register.post(_SEARCH, body, headers=headers), status)

    return probe


def _lists_all(**params: str) -> Probe:
    async def probe(register: Probed) -> None:
        count = await _all(register)
        must_be((await register.listed(**ONE, **params)).count, count, "found")

    return probe


def _finds_all(body: Mapping[str, Json], params: Mapping[str, str] = NONE) -> Probe:
    async def probe(register: Probed) -> None:
        count = await _all(register)
        page = await _search(register, body, {**ONE, **params})
        must_be(page.count, count, "found")

    return probe


async def _list_filters(register: Probed) -> None:
    await _all(register)
    must_be((await register.listed(**ONE, data_attr=_NO_DATA)).count, 0, "found")


def _any_of(length: int) -> str:
    """Ask for one of many values that no object has, in about so many characters."""
    one = "klantbeeld|"
    return f"klantbeeld__in__{one * (length // len(quote(one)))}klantbeeld"


async def _long(register: Probed) -> None:
    await _all(register)
    page = await register.listed(**ONE, data_attr=_any_of(_LONG))
    must_be(page.count, 0, "found")


async def _too_long(register: Probed) -> None:
    params = {**ONE, "data_attr": _any_of(_TOO_LONG)}
    must(await register.get("/objects", params=params), 414)


async def _search_filters(register: Probed) -> None:
    await _all(register)
    must_be((await _search(register, {"data_attrs": _NO_DATA})).count, 0, "found")


def _values(record: Payload) -> Iterator[tuple[str, Json]]:
    """Give the data of an object that can stand in an expression as they are."""
    inner = record.get("record")
    data = inner.get("data") if isinstance(inner, dict) else None
    for name, value in (data if isinstance(data, dict) else {}).items():
        if _PLAIN.fullmatch(name) and _PLAIN.fullmatch(str(value)):
            yield name, value


async def _datum(register: Probed, fits: Callable[[Json], bool], what: str) -> str:
    """Give `name__{}__value` of an object, to put an operator in.

    Raises:
        Unknown: there is no such value.
    """
    for record in await register.known():
        for name, value in _values(record):
            if fits(value):
                return f"{name}__{{}}__{value}"
    raise Unknown(f"of the objects that are shown to us none has {what} in its data")


async def _finds(register: Probed, datum: str, operator: str) -> bool:
    body = {"data_attrs": datum.format(operator)}
    return (await _search(register, body)).count > 0


async def _texts(register: Probed) -> None:
    text = await _datum(register, lambda value: isinstance(value, str), "a plain text")
    for operator in ("exact", "in"):
        if not await _finds(register, text, operator):
            raise Differs(f"{operator} does not find it")


async def _numbers(register: Probed) -> None:
    # bool is an int, too.
    number = await _datum(register, lambda value: type(value) is int, "a number")
    if not await _finds(register, number, "exact"):
        raise Differs("exact does not find it")
    if await _finds(register, number, "in"):
        raise Differs("in finds it")


async def _body_breaks(register: Probed) -> None:
    must(await register.post(_SEARCH, {"data_attr": _NO_DATA}), 500)


async def _size_in_body(register: Probed) -> None:
    await register.known(2)
    page = await _search(register, {"pageSize": 1}, {"pageSize": "2"})
    must_be(len(page.results), 2, "on a page")


async def _fields_in_body(register: Probed) -> None:
    await _all(register)
    page = await _search(register, {"fields": "uuid"})
    if not page.results or "record" not in page.results[0]:
        raise Differs("parts are left out")


FINDING = (
    Trap("a list ignores a name it does not know", _lists_all(uuid__in=str(NOBODY))),
    Trap("a list ignores the name uuid", _lists_all(uuid=str(NOBODY))),
    Trap("a list filters by data_attr", _list_filters),
    Trap(f"a list takes a data_attr of {_LONG} characters", _long),
    Trap(f"a data_attr of {_TOO_LONG} characters is 414", _too_long),
    Trap("a search without Content-Crs is 412", _search_with(NONE, 412)),
    Trap(
        "a search with Content-Crs of another system is 406",
        _search_with({"Content-Crs": OTHER_CRS}, 406),
    ),
    Trap(
        "a search ignores a key it does not know",
        _finds_all({"uuid__in": [str(NOBODY)]}),
    ),
    Trap("a search filters by data_attrs in its body", _search_filters),
    Trap("data_attrs finds a text by exact and by in", _texts),
    Trap("data_attrs finds a number by exact, and not by in", _numbers),
    Trap("a search with data_attr in its body is 500", _body_breaks),
    Trap(
        "a search ignores data_attr in its query",
        _finds_all({}, {"data_attr": _NO_DATA}),
    ),
    Trap("a search ignores pageSize in its body", _size_in_body),
    Trap("a search ignores fields in its body", _fields_in_body),
)
