"""A request that is refused before anything runs."""

from collections.abc import Mapping

import orjson
from starlette.responses import Response

from gateway.edge.body import JSON


class Refused(Exception):
    """Ends a request; the message is for the caller.

    Attributes:
        status: of the HTTP answer.
        code: as an error in the graph has one.
        headers: that go with it.
        extensions: as an error in the graph has them, beside the code.
    """

    def __init__(
        self,
        status: int,
        message: str,
        code: str = "BAD_INPUT",
        *,
        challenge: str | None = None,
        headers: Mapping[str, str] | None = None,
        extensions: Mapping[str, object] | None = None,
    ) -> None:
        """Say why.

        Args:
            status: of the HTTP answer.
            message: names the header, field or rule.
            code: as an error in the graph has one.
            challenge: for the header WWW-Authenticate (RFC 6750).
            headers: others.
            extensions: as an error in the graph has them.
        """
        super().__init__(message)
        self.status = status
        self.code = code
        self.headers = dict(headers or {})
        self.extensions = {**(extensions or {}), "code": code}
        if challenge is not None:
            self.headers["WWW-Authenticate"] = challenge

    def answer(self, form: str = JSON) -> Response:
        """Write it down, as an answer of the graph without data."""
        error = {"message": str(self), "extensions": self.extensions}
        return Response(
            orjson.dumps({"errors": [error]}),
            self.status,
            headers=self.headers,
            media_type=in_utf8(form),
        )


def in_utf8(form: str) -> str:
    """Name a form with its charset: GraphQL over HTTP, section Body."""
    return f"{form}; charset=utf-8"
