"""A page of results, as a list and a `_zoek` give it."""

from typing import Annotated

import msgspec

from gateway.errors import MalformedAnswer
from gateway.registers.records import UNREADABLE
from gateway.registers.wire.messages import Answer

_MOST_COMMAS = 1_000_000
"""Of an answer; 500 zaken with all they may have, have some 50,000."""


class Page(msgspec.Struct):
    """Source: Zaken 1.5.1, PaginatedZaakList; Documenten 1.4.2 has the same."""

    # More than any page may have: a register's own mistake, or worse.
    results: Annotated[list[msgspec.Raw], msgspec.Meta(max_length=1000)]
    next: str | None = None


def page_in(answer: Answer, register: str) -> Page:
    """Read one.

    Args:
        answer: as it came.
        register: its name, for the error.

    Raises:
        MalformedAnswer: it is none, or has more parts than any page may have.
    """
    if answer.body.count(b",") > _MOST_COMMAS:  # before it is built in memory
        raise MalformedAnswer(register, "the answer has too many parts")
    try:
        return msgspec.json.decode(answer.body, type=Page)
    except UNREADABLE as error:
        message = "the answer is no list of results"
        raise MalformedAnswer(register, message) from error
