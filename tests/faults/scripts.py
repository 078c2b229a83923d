"""What a faulty register sends."""

import asyncio
from collections.abc import AsyncGenerator, Mapping
from types import MappingProxyType

from tests.faults.server import HangUp, Received, Script

JSON = "application/json"
LONG = 60.0
"""Seconds; longer than any test waits."""

_NONE: Mapping[str, str] = MappingProxyType({})
_CHUNK = b" " * 65_536


def head(
    status: int, length: int, kind: str = JSON, more: Mapping[str, str] = _NONE
) -> bytes:
    """The start of an answer, up to its body."""
    fields = {"Content-Type": kind, "Content-Length": str(length), **more}
    lines = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
    return f"HTTP/1.1 {status} Reason\r\n{lines}\r\n".encode()


def answer(
    status: int,
    body: bytes = b"{}",
    kind: str = JSON,
    more: Mapping[str, str] = _NONE,
) -> Script:
    """One whole answer."""
    return raw(head(status, len(body), kind, more) + body)


def raw(*parts: bytes) -> Script:
    """These bytes; the connection stays open."""

    async def play(_: Received) -> AsyncGenerator[bytes, None]:
        for part in parts:
            yield part

    return play


def raw_then_closed(*parts: bytes) -> Script:
    """These bytes, and the end of the connection."""

    async def play(_: Received) -> AsyncGenerator[bytes, None]:
        for part in parts:
            yield part
        raise HangUp

    return play


def in_turn(*scripts: Script) -> Script:
    """Another script for each request; they come in this order."""
    left = list(scripts)

    async def play(request: Received) -> AsyncGenerator[bytes, None]:
        async for part in left.pop(0)(request):
            yield part

    return play


def late(seconds: float, script: Script) -> Script:
    """Another script, after a while."""

    async def play(request: Received) -> AsyncGenerator[bytes, None]:
        await asyncio.sleep(seconds)
        async for part in script(request):
            yield part

    return play


async def trickle(_: Received) -> AsyncGenerator[bytes, None]:
    """A body that comes byte by byte, and does not end."""
    yield head(200, 1_000_000)
    while True:
        yield b" "
        await asyncio.sleep(0.02)


async def huge(_: Received) -> AsyncGenerator[bytes, None]:
    """A body of 100 MB."""
    yield head(200, 100_000_000)
    for _each in range(100_000_000 // len(_CHUNK)):
        yield _CHUNK


def redirect(url: str, status: int = 302) -> Script:
    """Another address, for whatever was asked."""
    return answer(status, more={"Location": url})


HTML = b"<!doctype html><title>Onderhoud</title>"

_EMPTY = b"Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{}"

# What each does is the same for every register.
SCRIPTS: Mapping[str, Script] = MappingProxyType(
    {
        "slow first byte": late(LONG, answer(200)),
        "trickling body": trickle,
        "500": answer(500, HTML, "text/html"),
        "502": answer(502, HTML, "text/html"),
        "503": answer(503),
        "503 with Retry-After": answer(503, more={"Retry-After": "0"}),
        "503 with a long Retry-After": answer(503, more={"Retry-After": "3600"}),
        "429": answer(429),
        "429 with Retry-After": answer(429, more={"Retry-After": "0"}),
        "401": answer(401),
        "403": answer(403, b'{"code":"permission_denied"}'),
        "404": answer(404, b'{"code":"not_found"}'),
        "404 as a page": answer(404, HTML, "text/html"),
        "404 of a proxy": answer(404, b'{"message":"no Route matched"}'),
        "410": answer(410, b'{"code":"gone"}'),
        "412": answer(412),
        "page with 200": answer(200, HTML, "text/html"),
        "truncated JSON": answer(200, b'{"count": 1, "results": [{"url": "ht'),
        "JSON of the wrong shape": answer(200, b'["dit", "niet"]'),
        "body that breaks off": raw_then_closed(head(200, 1000), b'{"count":'),
        "100 MB": huge,
        "closed without an answer": raw_then_closed(),
        "closed within the headers": raw_then_closed(b"HTTP/1.1 200 OK\r\nConten"),
        "a reason that is no text": raw(b"HTTP/1.1 503 Gesloten \xe9\r\n" + _EMPTY),
        "no HTTP": raw_then_closed(b"220 smtp.example.nl ESMTP\r\n"),
        "204 with a body": raw(head(204, 2) + b"{}"),
    }
)
