"""What goes to a register, and what comes back."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

NONE: Mapping[str, str] = MappingProxyType({})
"""No headers, no parameters."""


class Ask(NamedTuple):
    """One request, without what is the same in all of them.

    Attributes:
        method: GET, POST or PUT.
        path: below the register's base, starting with a slash.
        headers: those its contract asks for.
        params: the query.
        content: the body.
        authorization: instead of the register's own credentials.
    """

    method: str
    path: str
    headers: Mapping[str, str] = NONE
    params: Mapping[str, str] = NONE
    content: bytes | None = None
    authorization: str | None = None


class Reply(NamedTuple):
    """What came back, whatever its status; the body where it was read."""

    status: int
    headers: Mapping[str, str]
    body: bytes = b""


class Answer(NamedTuple):
    """A record, or a page of them, as it came.

    Attributes:
        body: JSON.
        etag: names the version of the record; "" where the register gave none.
        version: of the register's API, as it says itself; "" where it does not.
    """

    body: bytes
    etag: str
    version: str = ""
