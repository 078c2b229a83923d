"""Which names the gateway answers to, as long as nobody is asked who they are."""

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

LOOPBACK = frozenset({"127.0.0.1", "localhost", "[::1]"})


class LoopbackHosts:
    """Refuses requests to any other name than this machine's own.

    A page elsewhere can have its own name lead to 127.0.0.1 (DNS rebinding) and would
    read what is only meant for this machine.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or answer 421."""
        if scope["type"] == "http":
            host = Headers(scope=scope).get("host", "").lower()
            name = host if host.endswith("]") else host.rpartition(":")[0] or host
            if name not in LOOPBACK:
                refusal = PlainTextResponse(
                    "this gateway answers on loopback only", 421
                )
                await refusal(scope, receive, send)
                return
        await self._app(scope, receive, send)
