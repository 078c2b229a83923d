"""Has every request be answered within a trace: its own, or that of who asks."""

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from gateway.tracing import begun, within


class Traced:
    """Begins an operation for each request; what it asks of others belongs to it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        trace = begun(headers.getlist("traceparent"), headers.getlist("tracestate"))
        with within(trace):
            await self._app(scope, receive, send)
