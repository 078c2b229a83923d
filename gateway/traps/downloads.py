"""Traps of the content of documents.

Headers are asked for wherever they tell enough. Content is asked for of the smallest
document only; what comes is counted and not looked at.

Source: Documenten 1.4.2 (Open Zaak 1.30, its files served by nginx).
"""

from collections.abc import Mapping
from typing import NamedTuple

from gateway.check import NOBODY
from gateway.registers.wire.messages import Reply
from gateway.traps.documenten import (
    BEFORE_ALL,
    NO_VERSION,
    of_more_versions,
    path_of,
    with_content,
)
from gateway.traps.judging import (
    Differs,
    Payload,
    Unknown,
    media_type,
    must,
    must_be,
    must_have,
    must_lack,
    record_in,
)
from gateway.traps.probing import NONE, Headers, Probe, Probed, Trap

_OCTETS = "application/octet-stream"
_ANY: Headers = {"Accept": "*/*"}
# More is not read, should a register give all where a part was asked for.
_SMALL = 1_000_000


async def _small(register: Probed) -> Payload:
    """Give the document with the least content.

    Raises:
        Unknown: there is none, or it has much.
    """
    sizes = {
        size: document
        for document in await register.known()
        if document.get("inhoud")
        and isinstance(size := document.get("bestandsomvang"), int)
        and 0 < size <= _SMALL
    }
    if not sizes:
        raise Unknown(f"none of 1 to {_SMALL} bytes is shown to us")
    return sizes[min(sizes)]


async def _head(register: Probed, document: Payload) -> Reply:
    reply = await register.head(f"{path_of(document)}/download")
    must(reply, 200)
    return reply


async def _octets(register: Probed) -> None:
    document = await register.one(
        lambda each: bool(each.get("inhoud")) and each.get("formaat") != _OCTETS,
        "none has content of another formaat",
    )
    must_be(media_type(await _head(register, document)), _OCTETS, "its media type")


async def _own_name(register: Probed) -> None:
    document = await register.one(
        lambda each: bool(each.get("inhoud") and each.get("bestandsnaam")),
        "none has content and a bestandsnaam",
    )
    name = must_have(await _head(register, document), "Content-Disposition")
    if not name.startswith("attachment") or str(document["bestandsnaam"]) in name:
        raise Differs("it is no attachment, or has that name")


async def _from_files(register: Probed) -> None:
    reply = await _head(register, await with_content(register))
    for header in ("Content-Length", "ETag", "Last-Modified", "Accept-Ranges"):
        must_have(reply, header)


async def _bare(register: Probed) -> None:
    reply = await _head(register, await with_content(register))
    for header in ("API-version", "Content-Security-Policy", "X-Content-Type-Options"):
        must_lack(reply, header)


async def _part(register: Probed) -> None:
    path = f"{path_of(await _small(register))}/download"
    reply = await register.get(path, more={**_ANY, "Range": "bytes=0-0"})
    must(reply, 206)
    must_be(len(reply.body), 1, "bytes")


async def _known(register: Probed) -> None:
    document = await _small(register)
    etag = must_have(await _head(register, document), "ETag")
    path = f"{path_of(document)}/download"
    must(await register.get(path, more={**_ANY, "If-None-Match": etag}), 304)


async def _first_version(register: Probed) -> None:
    path = path_of(await of_more_versions(register))
    first = {"versie": "1"}
    if not record_in(await register.get(path, params=first)).get("inhoud"):
        raise Unknown("its first version has no content")
    one = await register.head(f"{path}/download", params=first)
    must(one, 200)


async def _empty(register: Probed) -> None:
    """Ask something else at once: a body that is sent would be taken for its answer."""
    document = await register.one(
        lambda each: "inhoud" in each and each["inhoud"] is None, "all have content"
    )
    reply = await register.get(f"{path_of(document)}/download", more=_ANY)
    after = await register.get(path_of(document))
    must(reply, 204)
    if must_have(reply, "Content-Length") != str(len(_OCTETS)):
        raise Differs("it claims another length")
    must(after, 200)


class _Fault(NamedTuple):
    """A download that is refused.

    Attributes:
        what: is asked for.
        status: of the refusal.
        more: headers.
        params: the query.
        authorization: instead of our own.
    """

    what: str
    status: int
    more: Headers = _ANY
    params: Mapping[str, str] = NONE
    authorization: str | None = None


_FAULTS = (
    _Fault("that accepts JSON only", 406, {"Accept": "application/json"}),
    _Fault("that accepts text only", 406, {"Accept": "text/plain"}),
    _Fault("by what is no token", 403, authorization="Bearer klantbeeld"),
    _Fault("of a version that does not exist", 404, params={"versie": NO_VERSION}),
    _Fault("from before it was registered", 404, params={"registratieOp": BEFORE_ALL}),
)


def _refused(fault: _Fault) -> Probe:
    async def probe(register: Probed) -> None:
        reply = await register.get(
            f"{path_of(await _small(register))}/download",
            more=fault.more,
            params=fault.params,
            authorization=fault.authorization,
        )
        _must_say_octets(reply, fault.status)

    return probe


async def _of_nothing(register: Probed) -> None:
    path = f"/{register.resource}/{NOBODY}/download"
    _must_say_octets(await register.get(path, more=_ANY), 404)


def _must_say_octets(reply: Reply, status: int) -> None:
    must(reply, status)
    if reply.body != _OCTETS.encode():
        raise Differs("the body is another")


def _in_words(what: str, status: int) -> str:
    return f"a download {what} is {status}, in the words {_OCTETS}"


DOWNLOADS = (
    Trap(f"a download is {_OCTETS}, whatever its formaat", _octets),
    Trap("a download is an attachment, and not named bestandsnaam", _own_name),
    Trap("a download has what files have: length, date, ETag, ranges", _from_files),
    Trap("a download has no API-version or headers for browsers", _bare),
    Trap("a part of a download is 206", _part),
    Trap("a download is 304 by its ETag", _known),
    Trap("a download is of the version that versie names", _first_version),
    Trap(
        "a download without content is 204, and claims a body that is not sent", _empty
    ),
    Trap(_in_words("of what does not exist", 404), _of_nothing),
    *(Trap(_in_words(fault.what, fault.status), _refused(fault)) for fault in _FAULTS),
)
