"""All that a gateway emits beside its answers, and a search in it for people's values."""

import base64
import gc
import json
import logging
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from types import (
    BuiltinFunctionType,
    CodeType,
    FrameType,
    FunctionType,
    MappingProxyType,
    ModuleType,
)
from typing import cast
from urllib.parse import unquote

import httpx

from gateway.demo.municipality import read
from gateway.registers.wire.transport import Transport
from tests.municipality import FIXTURES

MADE_UP = (
    "123456782",
    "merkteken@voorbeeld.example",
    "NL91MERK0417164300",
    "+31687654321",
    "Merkteekenstraat",
    "Zwartebroekhuizen",
)
"""A BSN, an e-mail address, an IBAN, a telephone number, a street and a name that only
questions hold."""

# What names, finds or describes somebody in the fixtures, by table and register.
_COLUMNS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "externe_identificaties": ("waarde", "subject_naam"),
        "partijen": ("achternaam", "naam", "interne_notitie"),
        "betrokkenen": ("achternaam", "organisatienaam"),
        "adressen": ("straatnaam", "postcode", "adresregel1", "adresregel2"),
        "digitale_adressen": ("adres",),
        "rekeningnummers": ("iban",),
        "onderwerpen": ("tekst",),
        "inhoudsdelen": ("tekst",),
        "interne_taken": ("gevraagde_handeling", "toelichting"),
        "actoren": ("naam", "emailadres", "telefoonnummer"),
    }
)
_KEYS = frozenset(
    {"omschrijving", "toelichting", "titel", "auteur", "beschrijving", "inpBsn"}
)
_SHORTEST = 6


@cache
def marks() -> frozenset[str]:
    """Every value that may turn up nowhere but where it belongs."""
    found = set(MADE_UP)
    for table, rows in read(FIXTURES).items():
        for row in rows:
            found |= {str(row.get(name) or "") for name in _COLUMNS.get(table, ())}
    for place in ("zaken/zaken", "zaken/rollen", "documenten", "objecten/objects"):
        for path in (FIXTURES / place).rglob("*.json"):
            found |= set(_texts(json.loads(path.read_text())))
    return frozenset(each for each in found if len(each) >= _SHORTEST)


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, list):
        for each in value:
            yield from _texts(each)
    elif isinstance(value, dict):
        for name, each in value.items():
            if name in _KEYS and isinstance(each, str):
                yield each
            else:
                yield from _texts(each)


def found_in(text: str) -> set[str]:
    """The marks in a text, as it stands and as an address or a token would hold it."""
    read_as = "\n".join((text, unquote(text), *_decoded(text)))
    return {each for each in marks() if each in read_as and _is_whole(each, read_as)}


def _is_whole(mark: str, text: str) -> bool:
    """Whether it is anywhere not a part of a longer word."""
    around = f"(?<![A-Za-z]){re.escape(mark)}(?![A-Za-z])"
    return re.search(around, text) is not None


def _decoded(text: str) -> Iterator[str]:
    for part in re.findall(r"[A-Za-z0-9_-]{16,}", text):
        whole = part[: len(part) // 4 * 4]
        yield base64.urlsafe_b64decode(whole).decode(errors="ignore")


class Emitted:
    """What came out, by where."""

    def __init__(self) -> None:
        self._texts: list[tuple[str, str]] = []

    def add(self, where: str, text: str) -> None:
        """Take a text that came out somewhere."""
        self._texts.append((where, text))

    def places(self) -> set[str]:
        """Where anything came out at all."""
        return {where for where, _ in self._texts}

    def said(self, where: str) -> str:
        """All that came out somewhere."""
        return "\n".join(text for place, text in self._texts if place == where)

    def found(self) -> list[tuple[str, list[str], str]]:
        """Where marks came out, and within what; all at once, since that is faster."""
        texts = dict.fromkeys(self._texts)
        present = found_in("\n".join(text for _, text in texts))
        return sorted(
            (where, sorted(found), text[:500])
            for where, text in (texts if present else ())
            if (found := found_in(text))
        )


class Logged(logging.Handler):
    """Takes what all loggers say, as it would be written."""

    def __init__(self, emitted: Emitted) -> None:
        super().__init__(logging.DEBUG)
        self._emitted = emitted

    def emit(self, record: logging.LogRecord) -> None:
        self._emitted.add(f"log of {record.name}", self.format(record))

    def __enter__(self) -> None:
        # A server of another test may have told its loggers to keep to themselves.
        loggers = [logging.getLogger(f"uvicorn{part}") for part in ("", ".error")]
        self._before = [(each, each.level, each.propagate) for each in loggers]
        for each in loggers:
            each.setLevel(logging.NOTSET)
            each.propagate = True
        root = logging.getLogger()
        self._level = root.level
        root.setLevel(logging.DEBUG)
        root.addHandler(self)

    def __exit__(self, *_raised: object) -> None:
        root = logging.getLogger()
        root.removeHandler(self)
        root.setLevel(self._level)
        for logger, level, propagate in self._before:
            logger.setLevel(level)
            logger.propagate = propagate


class Wire(httpx.AsyncBaseTransport):
    """Passes requests on, and takes what they say: all but bodies to the zaken register.

    Attributes:
        to_zaken: the bodies that may name a klant.
    """

    def __init__(self, inner: Transport, emitted: Emitted) -> None:
        self._inner = inner
        self._emitted = emitted
        self.to_zaken: list[str] = []

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        body = (await request.aread()).decode()
        self._emitted.add("request", f"{request.method} {request.url}")
        for name, value in request.headers.items():
            self._emitted.add("request header", f"{name}: {value}")
        if request.method == "POST" and request.url.path.startswith("/zaken/"):
            self.to_zaken.append(body)
        else:
            self._emitted.add("request body", body)
        return await self._inner.handle_async_request(request)


_NOT_ENTERED = (
    ModuleType,
    type,
    BuiltinFunctionType,
    CodeType,
    FrameType,
    logging.Logger,
    logging.Handler,
)


def keys_below(root: object) -> Iterator[str]:
    """All by which something is remembered: keys of mappings, members of sets."""
    seen: set[int] = set()
    waiting = [root]
    while waiting:
        here = waiting.pop()
        if id(here) in seen or isinstance(here, _NOT_ENTERED):
            continue
        seen.add(id(here))
        if isinstance(here, dict | set | frozenset):
            yield from map(repr, list(here))
        waiting.extend(_below(here))


def _below(here: object) -> Iterable[object]:
    if isinstance(here, FunctionType):  # not all that its module holds
        return [*(here.__closure__ or ()), *(here.__defaults__ or ())]
    return cast("list[object]", gc.get_referents(here))
