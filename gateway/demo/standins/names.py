"""The names that a server answers to; the URLs in its answers have the one it was asked by.

Source: Open Zaak 1.30 and Open Object 4.0, whose URLs follow the header `Host`, and
Django's ALLOWED_HOSTS, which looks at the host without its port.
"""

from urllib.parse import parse_qsl, urlencode, urlsplit

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.types import Message, Scope, Send


class Names:
    """A server's own origin, and the other names of its machine.

    Attributes:
        own: scheme, host and port; all records are kept by it.
    """

    def __init__(self, own: str) -> None:
        self.own = own
        host = urlsplit(own).hostname or ""
        self._hosts = frozenset({host, "localhost", "127.0.0.1"})

    def asked_by(self, request: Request) -> str | None:
        """Give the origin that a request names; None for somebody else's."""
        host = request.headers.get("host")
        if host is None:
            return self.own
        origin = f"{request.scope['scheme']}://{host}"
        known = origin == self.own or _name(host) in self._hosts
        return origin if known else None

    def renamed_request(self, scope: Scope, body: bytes, name: str) -> bytes:
        """Make a request by another name one by the server's own.

        Args:
            scope: of the request; changed.
            body: of the request.
            name: the origin it was asked by.

        Returns:
            The body.
        """
        parts = urlsplit(self.own)
        MutableHeaders(scope=scope)["host"] = parts.netloc
        scope["scheme"] = parts.scheme
        query = parse_qsl(scope["query_string"].decode("ascii"), keep_blank_values=True)
        if any(name in value for _, value in query):
            own = [(key, _renamed(value, name, self.own)) for key, value in query]
            scope["query_string"] = urlencode(own).encode("ascii")
        return _renamed(body.decode(errors="replace"), name, self.own).encode()

    def renaming(self, send: Send, name: str) -> Send:
        """Make answers have another name than the server's own.

        Args:
            send: takes the answer, of which the body comes in one piece.
            name: the origin it was asked by.
        """
        begun: list[Message] = []

        async def renamed(message: Message) -> None:
            if message["type"] == "http.response.start":
                begun.append(message)
                return
            start = begun.pop()
            given: bytes = message["body"]
            body = given.replace(f"{self.own}/".encode(), f"{name}/".encode())
            if body != given:
                MutableHeaders(raw=start["headers"])["content-length"] = str(len(body))
            await send(start)
            await send({**message, "body": body})

        return renamed


def _name(host: str) -> str:
    try:
        return (urlsplit(f"//{host}").hostname or "").lower()
    except ValueError:
        return ""


def _renamed(text: str, old: str, new: str) -> str:
    return text.replace(f"{old}/", f"{new}/")
