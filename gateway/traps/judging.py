"""Judging what came back.

A message here holds statuses, codes and numbers; never a URL, a uuid or a value.
"""

import re
from collections.abc import Sequence
from typing import TypeAlias
from urllib.parse import urlsplit

import msgspec

from gateway.registers.records import UNREADABLE, Json, parse_uuid
from gateway.registers.wire.messages import Reply

Payload: TypeAlias = dict[str, Json]

_CODE = re.compile(r"[A-Za-z_-]{1,40}")


class Unknown(Exception):
    """There is nothing to probe with; says what is missing."""


class Differs(Exception):
    """The register does something else; says what."""


class Page(msgspec.Struct):
    """Source: Zaken 1.5.1, PaginatedZaakList; Objects 2.7.0 has the same."""

    count: int
    results: list[Payload]
    next: str | None = None


class _Blamed(msgspec.Struct):
    name: str
    code: str


class _Problem(msgspec.Struct, rename="camel"):
    """Source: Zaken 1.5.1, ValidatieFout; Open Object 4.0 has another spelling."""

    type: str = ""
    code: str = ""
    invalid_params: list[_Blamed] = []  # msgspec copies it
    in_english: list[_Blamed] = msgspec.field(name="invalid_params", default=[])


def _problem_in(reply: Reply) -> _Problem:
    try:
        return msgspec.json.decode(reply.body, type=_Problem)
    except UNREADABLE:
        return _Problem()


def told(reply: Reply) -> str:
    """Say what came back, in words that hold nobody's data."""
    code = _problem_in(reply).code
    said = f" {code}" if _CODE.fullmatch(code) else ""
    return f"status {reply.status}{said}"


def host_in_problem(reply: Reply) -> str:
    """Give the name by which a problem's `type` calls the register; "" for none."""
    return urlsplit(_problem_in(reply).type).netloc


def must(reply: Reply, status: int, code: str = "") -> None:
    """Insist on a status, and on a problem's code where one is given.

    Raises:
        Differs: it is another.
    """
    if reply.status != status or code not in ("", _problem_in(reply).code):
        raise Differs(told(reply))


def must_blame(reply: Reply, name: str, code: str, *, english: bool = False) -> None:
    """Insist on a 400 that blames one property, in the list that is spelled so.

    Args:
        reply: what came back.
        name: of the property.
        code: what is wrong with it.
        english: whether the list is `invalid_params`, not `invalidParams`.

    Raises:
        Differs: it is something else.
    """
    must(reply, 400)
    problem = _problem_in(reply)
    listed = problem.in_english if english else problem.invalid_params
    if _Blamed(name, code) not in listed:
        raise Differs("status 400, without blaming what was expected")


def must_lack(reply: Reply, header: str) -> None:
    """Insist that a header is not there.

    Raises:
        Differs: it is.
    """
    if header in reply.headers:
        raise Differs(f"there is a header {header}")


def must_have(reply: Reply, header: str) -> str:
    """Insist that a header is there, and give its value.

    Raises:
        Differs: it is not.
    """
    value = reply.headers.get(header, "")
    if not value:
        raise Differs(f"there is no {header}")
    return value


def must_be(shown: object, expected: object, what: str) -> None:
    """Insist on a number or the like.

    Raises:
        Differs: it is another; `what` with the two of them.
    """
    if shown != expected:
        raise Differs(f"{what}: {shown}, not {expected}")


def page_in(reply: Reply) -> Page:
    """Read a page.

    Raises:
        Differs: it is none.
    """
    must(reply, 200)
    try:
        return msgspec.json.decode(reply.body, type=Page)
    except UNREADABLE:
        raise Differs("the answer is no page of results") from None


def record_in(reply: Reply, status: int = 200) -> Payload:
    """Read a record, or what comes in place of it.

    Raises:
        Differs: it is none.
    """
    must(reply, status)
    try:
        return msgspec.json.decode(reply.body, type=Payload)
    except UNREADABLE:
        raise Differs("the answer is no record") from None


def media_type(reply: Reply) -> str:
    """Give it without its parameters."""
    return reply.headers.get("Content-Type", "").partition(";")[0].strip().lower()


def uuid_of(record: Payload) -> str:
    """Give the last segment of its URL.

    Raises:
        Differs: that is no uuid.
    """
    uuid = parse_uuid(str(record.get("url")).rpartition("/")[2])
    if uuid is None:
        raise Differs("a record's URL does not end in a uuid")
    return str(uuid)


def uuids_of(records: Sequence[Payload]) -> list[str]:
    """Give the uuid of each.

    Raises:
        Differs: one has none.
    """
    return [uuid_of(record) for record in records]
