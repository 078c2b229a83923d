"""Whom the gateway answers, as long as nobody is asked who they are: this machine."""

from ipaddress import ip_address

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from gateway.edge.refusals import Refused

LOOPBACK = frozenset({"127.0.0.1", "localhost", "[::1]"})

FORWARDED = (
    *("forwarded", "via", "x-forwarded", "x-real-ip", "x-client-ip"),
    *("true-client-ip", "cf-"),
)
"""How the headers begin in which a proxy says for whom it asks. One that says nothing
cannot be told from a program on this machine."""


class LoopbackOnly:
    """Refuses what comes from elsewhere, or for somebody elsewhere.

    A page elsewhere can have its own name lead to 127.0.0.1 (DNS rebinding) and would
    read what is only meant for this machine; a proxy on it asks for others.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or answer 421."""
        if scope["type"] == "http" and not _is_from_here(scope):
            refusal = Refused(421, "this gateway answers on loopback only", "FORBIDDEN")
            await refusal.answer()(scope, receive, send)
            return
        await self._app(scope, receive, send)


def _is_from_here(scope: Scope) -> bool:
    headers = Headers(scope=scope)
    host = headers.get("host", "").lower()
    name = host if host.endswith("]") else host.rpartition(":")[0] or host
    client = scope.get("client")
    return (
        name in LOOPBACK
        and len(headers.getlist("host")) == 1
        and client is not None
        and _is_loopback(client[0])
        and not any(each.startswith(FORWARDED) for each in headers)
    )


def _is_loopback(address: str) -> bool:
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False
