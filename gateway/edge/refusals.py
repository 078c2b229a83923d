"""A request that is refused before anything runs."""

from collections.abc import Mapping


class Refused(Exception):
    """Ends a request; the message is for the caller.

    Attributes:
        status: of the HTTP answer.
        code: as an error in the graph has one.
        headers: that go with it.
    """

    def __init__(
        self,
        status: int,
        message: str,
        code: str = "BAD_INPUT",
        *,
        challenge: str | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        """Say why.

        Args:
            status: of the HTTP answer.
            message: names the header, field or rule.
            code: as an error in the graph has one.
            challenge: for the header WWW-Authenticate (RFC 6750).
            headers: others.
        """
        super().__init__(message)
        self.status = status
        self.code = code
        self.headers = dict(headers or {})
        if challenge is not None:
            self.headers["WWW-Authenticate"] = challenge
