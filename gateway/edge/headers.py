"""Headers that every answer carries, whatever it is."""

from collections.abc import Iterable
from importlib.metadata import version

from starlette.types import ASGIApp, Message, Receive, Scope, Send

# NL API Design Rules 2.1, /core/transport/security-headers. None for CORS: a page asks
# from the gateway's own address, or by its server.
SECURITY = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; "
    "style-src 'self'; connect-src 'self'; img-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "no-referrer",
    "Strict-Transport-Security": "max-age=31536000",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Vary": "Accept",
}

# NL API Design Rules 2.1, /core/version-header.
_ALL = {"API-Version": version("klantbeeld"), **SECURITY}

_RAW = tuple((name.lower().encode(), value.encode()) for name, value in _ALL.items())


def completed(headers: Iterable[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    """Add to headers, as ASGI has them, what they do not say themselves."""
    said = list(headers)
    names = {name for name, _ in said}
    return said + [each for each in _RAW if each[0] not in names]


class SecurityHeaders:
    """Adds them; errors and refusals included. What an answer says itself, holds."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and the answer back with the headers."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = completed(message.get("headers", ()))
            await send(message)

        await self._app(scope, receive, send_with_headers)
