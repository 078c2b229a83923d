"""What a REST client is told when it does not get what it asked: problem details.

Source: RFC 9457; ZGW's own properties from Notifications webhook receiver 1.0.0-rc1,
Fout and ValidatieFout.
"""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple
from uuid import uuid4

import orjson
from starlette.responses import Response

PROBLEM_JSON = "application/problem+json"

_NONE: Mapping[str, str] = MappingProxyType({})


class Kind(NamedTuple):
    """A kind of problem; codes are those that ZGW's own servers use, where they do."""

    status: int
    code: str
    title: str


INVALID = Kind(400, "invalid", "The message is outside its contract.")
UNAUTHENTICATED = Kind(401, "not_authenticated", "Say who you are.")
DENIED = Kind(403, "permission_denied", "You may not do this.")
NOT_FOUND = Kind(404, "not_found", "There is nothing at this address.")
METHOD = Kind(405, "method_not_allowed", "This cannot be done with this address.")
TOO_LARGE = Kind(413, "too_large", "The message is too long.")
MEDIA_TYPE = Kind(415, "unsupported_media_type", "This content type is not read.")
BROKEN = Kind(500, "error", "Internal error.")
UNAVAILABLE = Kind(503, "unavailable", "This cannot be done now.")


class Invalid(NamedTuple):
    """What is wrong with one property; FieldValidationError in the contract."""

    name: str
    code: str
    reason: str


class Problem(Exception):
    """Ends a request; becomes the answer.

    Attributes:
        kind: decides the status.
        detail: what holds, never what was sent.
        invalid: the properties to blame; None for a kind that blames none.
        headers: that go with it.
        instance: names this one, here and in the log.
    """

    def __init__(
        self,
        kind: Kind,
        detail: str,
        *,
        invalid: Sequence[Invalid] | None = None,
        headers: Mapping[str, str] = _NONE,
    ) -> None:
        super().__init__(kind.title)
        self.kind = kind
        self.detail = detail
        self.invalid = invalid
        self.headers = headers
        self.instance = f"urn:uuid:{uuid4()}"

    def answer(self) -> Response:
        """Write it down."""
        body: dict[str, object] = {
            **self.kind._asdict(),
            "detail": self.detail,
            "instance": self.instance,
        }
        if self.invalid is not None:
            # Notificaties 1.0.1 itself spells it invalidParams; the receiver does not.
            body["invalid-params"] = [each._asdict() for each in self.invalid]
        return Response(
            orjson.dumps(body),
            self.kind.status,
            headers=dict(self.headers),
            media_type=PROBLEM_JSON,
        )
