"""Traps of the Documenten API.

Source: Documenten 1.4.2 (Open Zaak 1.30, its files served by nginx).
"""

from gateway.registers.wire.replies import Reply
from gateway.traps.answers import etag_of
from gateway.traps.judging import (
    Differs,
    Payload,
    Unknown,
    media_type,
    must,
    must_be,
    must_blame,
    must_lack,
    uuid_of,
)
from gateway.traps.probing import (
    NOBODY,
    Asking,
    Probed,
    Trap,
)
from gateway.traps.zoek import among

DOCUMENTEN = Asking("enkelvoudiginformatieobjecten")

_OCTETS = "application/octet-stream"


async def _unknown_key(register: Probed) -> None:
    reply = await register.zoek({"klantbeeld": 1})
    must_blame(reply, "uuid__in", "required")


async def _without_crs(register: Probed) -> None:
    must(await register.zoek(among([])), 200)


async def _no_uuid(register: Probed) -> None:
    if "uuid" in (await register.known())[0]:
        raise Differs("it has one")


async def _one_etag(register: Probed) -> None:
    path = await register.known_path()
    last = await etag_of(register, path)
    first = await register.get(path, params={"versie": "1"})
    must(first, 200)
    if first.headers.get("ETag") != last:
        raise Differs("they have more")


async def _with_content(register: Probed) -> Payload:
    for document in await register.known():
        if document.get("inhoud"):
            return document
    raise Unknown("of the documents that are shown to us none has content")


async def _octets(register: Probed) -> None:
    """Only the headers are asked for, not the content."""
    document = await _with_content(register)
    reply = await register.head(f"/{register.resource}/{uuid_of(document)}/download")
    must(reply, 200)
    must_be(media_type(reply), _OCTETS, "its media type")
    must_lack(reply, "API-version")


def _download(uuid: object) -> str:
    return f"/enkelvoudiginformatieobjecten/{uuid}/download"


async def _not_json(register: Probed) -> None:
    document = await _with_content(register)
    must(await register.get(_download(uuid_of(document))), 406)


async def _error_in_words(register: Probed) -> None:
    _must_be_octets(await register.get(_download(NOBODY), more={"Accept": "*/*"}))


def _must_be_octets(reply: Reply) -> None:
    must(reply, 404)
    if reply.body != _OCTETS.encode():
        raise Differs("the body is another")


TRAPS = (
    Trap("_zoek refuses a body without uuid__in (required)", _unknown_key),
    Trap("_zoek needs no Accept-Crs or Content-Crs", _without_crs),
    Trap("a document has no property uuid", _no_uuid),
    Trap("all versions of a document have one ETag", _one_etag),
    Trap(f"a download is {_OCTETS}, without API-version", _octets),
    Trap("a download that accepts JSON only is 406", _not_json),
    Trap(f"an error on a download is the words {_OCTETS}", _error_in_words),
)
