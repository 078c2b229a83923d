"""What a register answers when it does not answer: shapes, codes and wording.

Source: Zaken 1.5.1, Fout and ValidatieFout; Objects API 2.7.0 describes no errors, what
Open Object 4.0 sends was observed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple
from uuid import uuid4

import orjson
from starlette.requests import Request
from starlette.responses import Response

from gateway.demo.standins.records import Json


class Words(NamedTuple):
    """One text in the languages of the two servers."""

    dutch: str
    english: str


class Kind(NamedTuple):
    """A kind of problem; `name` is its last segment in `type`."""

    status: int
    name: str
    code: str
    title: Words


NOT_FOUND = Kind(404, "NotFound", "not_found", Words("Niet gevonden.", "Not found."))
DENIED = Kind(
    403,
    "PermissionDenied",
    "permission_denied",
    Words(
        "Je hebt geen toestemming om deze actie uit te voeren.",
        "You do not have permission to perform this action.",
    ),
)
NOT_AUTHENTICATED = Kind(
    401,
    "NotAuthenticated",
    "not_authenticated",
    Words(
        "Authenticatiegegevens zijn niet opgegeven.",
        "Authentication credentials were not provided.",
    ),
)
WRONG_TOKEN = Kind(
    401,
    "AuthenticationFailed",
    "authentication_failed",
    Words("Ongeldige token.", "Invalid token."),
)
INVALID = Kind(
    400, "ValidationError", "invalid", Words("Ongeldige invoer.", "Invalid input.")
)
UNPARSABLE = Kind(
    400, "ParseError", "parse_error", Words("Geen JSON.", "Malformed request.")
)
METHOD = Kind(
    405,
    "MethodNotAllowed",
    "method_not_allowed",
    # The real ones forget to fill it in, too.
    Words('Methode "{method}" niet toegestaan.', 'Method "{method}" not allowed.'),
)
NOT_ACCEPTABLE = Kind(
    406,
    "NotAcceptable",
    "not_acceptable",
    Words("Kan niet voldoen aan de opgegeven Accept-header.", "Not acceptable."),
)
PRECONDITION = Kind(
    412,
    "PreconditionFailed",
    "precondition_failed",
    Words("Precondition failed", "Precondition failed"),
)
MEDIA_TYPE = Kind(
    415,
    "UnsupportedMediaType",
    "unsupported_media_type",
    Words("Ongeldige media type.", "Unsupported media type."),
)
BROKEN = Kind(
    500,
    "APIException",
    "error",
    Words("Internal Server Error", "Internal Server Error"),
)


class Invalid(NamedTuple):
    """What is wrong with one property; FieldValidationError in the contract."""

    name: str
    code: str
    reason: str


class Problem(Exception):
    """Ends a request; becomes the answer.

    Attributes:
        kind: decides the status.
        code: when it is another than the kind's.
        detail: when it says more than the kind's title.
        invalid: for a kind with properties to blame.
        headers: that go with it.
    """

    def __init__(
        self,
        kind: Kind,
        detail: Words | None = None,
        *,
        code: str | None = None,
        invalid: Sequence[Invalid] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(kind.name)
        self.kind = kind
        self.code = code or kind.code
        self.detail = detail or kind.title
        self.invalid = tuple(invalid)
        self.headers = headers


def invalid(name: str, code: str, reason: str) -> Problem:
    """Blame one property."""
    return Problem(INVALID, invalid=[Invalid(name, code, reason)])


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a server words its problems.

    Attributes:
        english: or else Dutch.
        invalid_params: the property that lists what is invalid.
    """

    english: bool
    invalid_params: str

    def says(self, words: Words) -> str:
        """Choose the language."""
        return words.english if self.english else words.dutch

    def answer(self, request: Request, problem: Problem) -> Response:
        """Write the problem down."""
        kind = problem.kind
        body: dict[str, Json] = {
            "type": f"{request.url.scheme}://{request.url.netloc}/ref/fouten/{kind.name}/",
            "code": problem.code,
            "title": self.says(kind.title),
            "status": kind.status,
            "detail": "" if problem.invalid else self.says(problem.detail),
            "instance": f"urn:uuid:{uuid4()}",
        }
        if problem.invalid:
            body[self.invalid_params] = [each._asdict() for each in problem.invalid]
        # Contract: application/problem+json; both servers send this instead.
        return json_answer(body, kind.status, headers=problem.headers)


OPEN_ZAAK = Dialect(english=False, invalid_params="invalidParams")
OPEN_OBJECT = Dialect(english=True, invalid_params="invalid_params")


def json_answer(
    body: Json, status: int = 200, *, headers: Mapping[str, str] | None = None
) -> Response:
    """Write JSON down."""
    return Response(
        orjson.dumps(body),
        status,
        headers=None if headers is None else dict(headers),
        media_type="application/json",
    )
