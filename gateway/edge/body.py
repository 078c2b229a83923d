"""Reading a request's body: JSON of a bounded length."""

from starlette.requests import ClientDisconnect, Request

JSON = "application/json"


class Unread(Exception):
    """A body is not read; the message says which rule it breaks.

    Attributes:
        status: of the HTTP answer: 400, 413 or 415.
    """

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


async def json_body(request: Request, *, longest: int) -> bytes:
    """Read all of it, as it came.

    Args:
        request: not read yet.
        longest: in bytes.

    Raises:
        Unread: of another content type, too long, or broken off.
    """
    kind = request.headers.get("content-type", "").partition(";")[0]
    if kind.strip().lower() != JSON:
        raise Unread(415, f"content-type: must be {JSON}")
    body = bytearray()
    try:
        async for chunk in request.stream():
            body += chunk
            if len(body) > longest:
                raise Unread(413, f"body: at most {longest} bytes")
    except ClientDisconnect:
        raise Unread(400, "body: broke off") from None
    return bytes(body)
