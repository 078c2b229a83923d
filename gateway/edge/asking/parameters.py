"""What a question consists of, wherever in a request it stands."""

import re
from types import MappingProxyType

import msgspec

from gateway.edge.refusals import Refused

_PLACE = re.compile(r" - at `\$\.(\w+)")

_TEXT = "must be a text"
_OBJECT = "must be an object"
_RULES = MappingProxyType(
    {
        "query": _TEXT,
        "documentId": _TEXT,
        "doc_id": _TEXT,
        "id": _TEXT,
        "variables": _OBJECT,
        "operationName": _TEXT,
        "extensions": _OBJECT,
    }
)


class Parameters(msgspec.Struct, rename="camel"):
    """GraphQL over HTTP, GraphQL-over-HTTP Request and persisted documents; Relay."""

    query: str | None = None
    document_id: str | None = None
    doc_id: str | None = msgspec.field(default=None, name="doc_id")
    id: str | None = None
    variables: dict[str, object] | None = None
    operation_name: str | None = None
    extensions: dict[str, object] | None = None

    def __repr__(self) -> str:
        """Repeat nothing of it: it may hold anybody's data."""
        return "Parameters(…)"


def in_body(body: bytes) -> Parameters:
    """Read them from a body.

    Raises:
        Refused: 400 with the parameter that cannot be read, and its rule.
    """
    try:
        given = msgspec.json.decode(body, type=Parameters)
    except msgspec.ValidationError as error:
        raise Refused(400, _rule(error)) from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise Refused(400, "body: is not JSON") from None
    if given.query == "":
        raise Refused(400, "query: must not be empty")
    return given


def _rule(error: msgspec.ValidationError) -> str:
    """Say in our own words what msgspec says of a type."""
    place = _PLACE.search(str(error))
    if place is None:
        return "body: must be a JSON object; batches are not answered"
    return f"{place[1]}: {_RULES[place[1]]}"
