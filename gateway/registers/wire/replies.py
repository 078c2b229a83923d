"""What came back from a register, and what its status says."""

from collections.abc import Mapping
from typing import NamedTuple

import msgspec

from gateway.errors import (
    MalformedAnswer,
    RegisterError,
    RegisterRefused,
    RegisterUnavailable,
)
from gateway.registers.records import UNREADABLE


class Reply(NamedTuple):
    """What came back, whatever its status; the body where it was read."""

    status: int
    headers: Mapping[str, str]
    body: bytes = b""


class _Refusal(msgspec.Struct):
    """Source: Zaken 1.5.1, Fout."""

    code: str = ""


def blames_the_token(reply: Reply) -> bool:
    """Whether a new token may help; Open Zaak 1.30 says so with a code `jwt-…`."""
    if reply.status != 403 or not reply.body:
        return False
    try:
        refusal = msgspec.json.decode(reply.body, type=_Refusal)
    except UNREADABLE:
        return False
    return refusal.code.startswith("jwt-")


def is_json(media_type: str) -> bool:
    """Whether this is JSON, by any of its names."""
    return media_type == "application/json" or media_type.endswith("+json")


def is_outage(status: int) -> bool:
    """Whether the register cannot answer now."""
    # 408: a proxy says so when it closes a connection that was idle.
    return status in {408, 429} or status >= 500


def blamed_for(status: int) -> type[RegisterError]:
    """Say whose fault a status is that the contract's success does not have."""
    if is_outage(status):
        return RegisterUnavailable
    if status < 300:
        return MalformedAnswer
    # A redirect too: it means that the configured address is not the register's, and
    # following it would take the credentials along.
    return RegisterRefused
