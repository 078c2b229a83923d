"""Reading a request's body: JSON of a bounded length."""

import asyncio

from starlette.requests import ClientDisconnect, Request

JSON = "application/json"


class Unread(Exception):
    """A body is not read; the message says which rule it breaks.

    Attributes:
        status: of the HTTP answer: 400, 408, 413 or 415.
    """

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


async def json_body(
    request: Request, *, longest: int, within: float | None = None
) -> bytes:
    """Read all of it, as it came.

    Args:
        request: not read yet.
        longest: in bytes.
        within: seconds that it is waited for; without, as long as it takes.

    Raises:
        Unread: of another content type, too long, too slow, or broken off.
    """
    _check_form(request)
    try:
        async with asyncio.timeout(within):
            return await _read(request, longest)
    except ClientDisconnect:
        raise Unread(400, "body: broke off") from None
    except TimeoutError:
        message = "body: was not there before the deadline of this operation"
        raise Unread(408, message) from None


def _check_form(request: Request) -> None:
    """See to it that a body says it is JSON, as it is: in UTF-8, not compressed."""
    kind, *parameters = request.headers.get("content-type", "").lower().split(";")
    if kind.strip() != JSON:
        raise Unread(415, f"content-type: must be {JSON}")
    for each in parameters:
        name, _, value = each.strip().partition("=")
        if name == "charset" and value.strip('"') != "utf-8":
            raise Unread(415, "content-type: its charset must be utf-8")
    if request.headers.get("content-encoding", "identity").lower() != "identity":
        raise Unread(415, "content-encoding: there must be none")


async def _read(request: Request, longest: int) -> bytes:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > longest:
            raise Unread(413, f"body: at most {longest} bytes")
    return bytes(body)
