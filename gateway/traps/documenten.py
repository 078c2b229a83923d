"""Traps of the Documenten API, but for the content of documents.

Source: Documenten 1.4.2 (Open Zaak 1.30).
"""

from gateway.traps.etags import etag_of
from gateway.traps.judging import (
    Differs,
    Payload,
    must,
    must_be,
    must_blame,
    record_in,
    uuid_of,
)
from gateway.traps.probing import Asking, Probe, Probed, Trap
from gateway.traps.zoek import among, zoek_page

DOCUMENTEN = Asking("enkelvoudiginformatieobjecten")


def path_of(document: Payload) -> str:
    """Give the path of a document.

    Raises:
        Differs: its URL has no uuid.
    """
    return f"/enkelvoudiginformatieobjecten/{uuid_of(document)}"


async def _unknown_key(register: Probed) -> None:
    reply = await register.zoek({"klantbeeld": 1})
    must_blame(reply, "uuid__in", "required")


async def _without_crs(register: Probed) -> None:
    must(await register.zoek(among([])), 200)


async def _no_uuid(register: Probed) -> None:
    if "uuid" in (await register.known())[0]:
        raise Differs("it has one")


async def of_more_versions(register: Probed) -> Payload:
    """Give a document that has more versions than one.

    Raises:
        Unknown: none does.
    """
    return await register.one(
        lambda document: document.get("versie") not in (None, 1),
        "none has more versions than one",
    )


async def _one_etag(register: Probed) -> None:
    path = path_of(await of_more_versions(register))
    last = await etag_of(register, path)
    first = await register.get(path, params={"versie": "1"})
    must(first, 200)
    if first.headers.get("ETag") != last:
        raise Differs("they have more")


async def _first_version(register: Probed) -> None:
    path = path_of(await of_more_versions(register))
    first = record_in(await register.get(path, params={"versie": "1"}))
    if first.get("versie") != 1:
        raise Differs("it is another version")


async def _last_version(register: Probed) -> None:
    document = await of_more_versions(register)
    page = await zoek_page(register, among([uuid_of(document)]))
    must_be(len(page.results), 1, "found")
    if page.results[0].get("versie") != document["versie"]:
        raise Differs("it is another version")


def _not_there(name: str, value: str) -> Probe:
    async def probe(register: Probed) -> None:
        reply = await register.get(await register.known_path(), params={name: value})
        must(reply, 404)

    return probe


async def _address(register: Probed) -> None:
    document = await with_content(register)
    expected = f"{document.get('url')}/download?versie={document.get('versie')}"
    if document["inhoud"] != expected:
        raise Differs("it is another")


async def with_content(register: Probed) -> Payload:
    """Give a document that has content.

    Raises:
        Unknown: none does.
    """
    return await register.one(
        lambda document: bool(document.get("inhoud")), "none has content"
    )


NO_VERSION = "1000000"
BEFORE_ALL = "1900-01-01T00:00:00Z"

TRAPS = (
    Trap("_zoek refuses a body without uuid__in (required)", _unknown_key),
    Trap("_zoek needs no Accept-Crs or Content-Crs", _without_crs),
    Trap("_zoek gives the last version", _last_version),
    Trap("a document has no property uuid", _no_uuid),
    Trap("all versions of a document have one ETag", _one_etag),
    Trap("a document is given in the version that versie names", _first_version),
    Trap(
        "a version that does not exist is 404",
        _not_there("versie", NO_VERSION),
    ),
    Trap(
        "a document before it was registered is 404",
        _not_there("registratieOp", BEFORE_ALL),
    ),
    Trap("inhoud is the address of its download, naming its version", _address),
)
