"""What the status and headers of a reply say."""

from collections.abc import Mapping

import msgspec

from gateway.errors import (
    MalformedAnswer,
    RegisterError,
    RegisterRefused,
    RegisterUnavailable,
)
from gateway.registers.records import UNREADABLE, Json
from gateway.registers.wire.messages import Answer, Reply


class _Fout(msgspec.Struct):
    """Source: Zaken 1.5.1, Fout; before Open Object 4.0 there was only `detail`."""

    code: Json = None
    detail: Json = None


def blames_the_token(reply: Reply) -> bool:
    """Whether a new token may help; Open Zaak 1.30 says so with a code `jwt-…`."""
    return reply.status == 403 and str(_fout(reply).code).startswith("jwt-")


def speaks_of_a_record(reply: Reply) -> bool:
    """Whether a 404 is the register's own: a proxy that finds no way says it in JSON too."""
    fout = _fout(reply)
    return fout.code is not None or fout.detail is not None


def _fout(reply: Reply) -> _Fout:
    try:
        return msgspec.json.decode(reply.body, type=_Fout)
    except UNREADABLE:
        return _Fout()


def answer_in(reply: Reply) -> Answer:
    """Take what a reader needs."""
    version = reply.headers.get("API-version", "")
    return Answer(reply.body, _etag_of(reply), version)


def _etag_of(reply: Reply) -> str:
    """Name the version; "" for none, or for one that cannot be sent back."""
    etag = reply.headers.get("ETag", "")
    return etag if etag.isascii() and etag.isprintable() else ""


def is_plain(headers: Mapping[str, str]) -> bool:
    """Whether a body comes as it is; no other encoding is ever asked for."""
    return headers.get("Content-Encoding", "identity").strip().lower() == "identity"


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
