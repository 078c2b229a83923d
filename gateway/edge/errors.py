"""What a caller is told of an error.

A GatewayError is told as it is. What graphql-core finds wrong with a document is told
without the values in it, which may be anything, also a BSN. Everything else is a bug:
masked, and logged without its message under an id the caller is given.

One outage or bug may stand at hundreds of places in an answer: it is logged once.
"""

import logging
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from uuid import uuid4

from graphql import GraphQLError

from gateway.errors import (
    BadInput,
    DeadlineExceeded,
    Denied,
    GatewayError,
    Missing,
    RegisterError,
    UnknownRegister,
)
from gateway.quiet import report

logger = logging.getLogger(__name__)

_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_NAME = re.compile(r"[\"']\W{0,3}(?:[A-Za-z_][\w.\[\]!]*(?:\(\w+:\))?)?[\"']")
_DIGITS = re.compile(r"\d{6,}")

_LONGEST_MESSAGE = 300
"""Characters; graphql-core's own words, without names, are at most half of that."""

_MOST_LOCATIONS = 10
"""A field is merged from as many places as it stands in the document."""

# Messages that end in a literal, quoted or not: "Int cannot represent …: <literal>".
_LITERAL = re.compile(
    r"((?:, found:?|; found:?|has invalid value|value:) ).*", re.DOTALL
)
_TOKEN = re.compile(r"\b((?:Block)?String|Int|Float) .*", re.DOTALL)


def public_errors(errors: Sequence[GraphQLError]) -> list[dict[str, object]]:
    """What stands in the answer's `errors`."""
    masks = _Masks()
    told = [_public(error, masks) for error in errors]
    _log_outages(errors)
    return told


def _log_outages(errors: Iterable[GraphQLError]) -> None:
    """Log one line for each code and register, with the number of its places.

    Of a deadline, which a client may choose as short as it likes, it is no warning.
    """
    places = Counter(
        (cause.code, str(cause.extensions.get("register", "-")))
        for cause in map(_cause, errors)
        if isinstance(cause, RegisterError | DeadlineExceeded)
    )
    for (code, register), number in places.items():
        level = logging.INFO if code == DeadlineExceeded.code else logging.WARNING
        logger.log(level, "%s of register %s (places: %d)", code, register, number)


class _Masks:
    """The bugs of one answer: each is logged once, however often it struck."""

    def __init__(self) -> None:
        self._known: dict[object, dict[str, object]] = {}
        # By identity: the errors hold them for as long as this is asked.
        self._ways: dict[int, tuple[object, ...]] = {}

    def mask(self, cause: Exception, error: GraphQLError) -> dict[str, object]:
        """Give what is told of a bug: the same of the same one, at the same field."""
        fields = tuple(each for each in error.path or () if isinstance(each, str))
        if id(cause) not in self._ways:
            self._ways[id(cause)] = tuple(_raised_at(cause))
        where = (type(cause), fields, self._ways[id(cause)])
        known = self._known.get(where)
        if known is None:
            known = self._known[where] = masked(cause)
        return dict(known)


def _raised_at(cause: Exception) -> Iterator[object]:
    """Say by which way a bug came; by none, if it was not raised."""
    way = cause.__traceback__
    while way is not None:
        yield way.tb_frame.f_code, way.tb_lineno
        way = way.tb_next


def is_complete(errors: Iterable[GraphQLError]) -> bool:
    """Whether nothing is missing because it could not be had in time.

    What is absent is not missing, and what is not for the one who asks; what a
    register refuses to the gateway is.
    """
    whole = (BadInput, Denied, Missing, UnknownRegister)
    return all(isinstance(_cause(error), whole) for error in errors)


def _public(error: GraphQLError, masks: _Masks) -> dict[str, object]:
    cause = _cause(error)
    told: dict[str, object]
    if isinstance(cause, GatewayError):
        told = {"message": str(cause), "extensions": cause.extensions}
    elif cause is None and not (error.path and error.original_error):
        extensions = {"code": "BAD_INPUT", **(error.extensions or {})}
        told = {"message": without_values(error.message), "extensions": extensions}
    else:  # a bug; also a value that does not fit its field's type
        told = masks.mask(cause or error, error)
    if error.locations:
        told["locations"] = [
            {"line": place.line, "column": place.column}
            for place in error.locations[:_MOST_LOCATIONS]
        ]
    if error.path:
        told["path"] = list(error.path)
    return told


def _cause(error: GraphQLError) -> Exception | None:
    """What was raised by us; None for what graphql-core itself says."""
    cause: Exception | None = error.original_error
    while isinstance(cause, GraphQLError):
        cause = cause.original_error
    return cause


def masked(cause: Exception) -> dict[str, object]:
    """Log a bug under a new id, and tell no more than that id."""
    request_id = str(uuid4())
    report(logger, cause, "internal error %s", request_id)
    return {
        "message": "Internal error.",
        "extensions": {"code": "INTERNAL", "requestId": request_id},
    }


def without_values(message: str) -> str:
    """Take literals out of a message of graphql-core; names of the schema stay.

    What is long is cut off afterwards: names in a document may be as long as that is.
    """
    if message.startswith("Syntax Error"):
        message = _TOKEN.sub(r"\1 …", message)
    else:
        message = _LITERAL.sub(r"\1…", message)
    message = _QUOTED.sub(
        lambda quoted: quoted[0] if _NAME.fullmatch(quoted[0]) else "…", message
    )
    message = _DIGITS.sub("…", message)
    if len(message) > _LONGEST_MESSAGE:
        message = f"{message[: _LONGEST_MESSAGE - 1]}…"
    return message
