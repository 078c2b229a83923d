"""Traps that are in any answer: versions, addresses, errors, ETags and pages."""

from urllib.parse import urlsplit

from gateway.registers.directory import Directory
from gateway.registers.wire.replies import Reply
from gateway.traps.judging import (
    Differs,
    Payload,
    Unknown,
    media_type,
    must,
    must_be,
    must_blame,
    must_lack,
    record_in,
)
from gateway.traps.probing import (
    NOBODY,
    Probe,
    Probed,
    Trap,
    answered,
)

_DEFAULT_PAGE = 100
_LARGEST_PAGE = 500


async def _version(register: Probed) -> str:
    reply = await register.get(f"/{register.resource}/{NOBODY}")
    version = reply.headers.get("API-version", "")
    if not version:
        raise Differs("there is none")
    return version if version.replace(".", "").isalnum() else ""


async def _own_urls(register: Probed) -> None:
    directory = Directory((register.settings,))
    kind = register.settings.kind
    for record in await register.known():
        if directory.place(str(record.get("url")), kind, register.resource) is None:
            raise Differs("they begin otherwise: the gateway would not know them")


async def _follows_host(register: Probed) -> None:
    """Ask by the same name in capitals: that is the only other one we may know."""
    parts = urlsplit(register.settings.base_url)
    host = parts.netloc.upper()
    if host == parts.netloc.lower():
        raise Unknown("its name has no letters to write otherwise")
    reply = await register.get(await register.known_path(), more={"Host": host})
    shown = urlsplit(str(record_in(reply).get("url"))).netloc
    if shown == host:
        return
    if shown.lower() == parts.netloc.lower():
        raise Unknown("what stands before it may have changed the name")
    raise Differs("another name stands in its URLs")


def _page_of(path: str) -> Probe:
    async def probe(register: Probed) -> None:
        reply = await register.get(path.format(resource=register.resource, uuid=NOBODY))
        must(reply, 404)
        must_be(media_type(reply), "text/html", "its media type")

    return probe


async def _unknown_name(register: Probed) -> None:
    reply = await register.get(
        f"/{register.resource}", params={"uuid__in": str(NOBODY)}
    )
    must_blame(reply, "nonFieldErrors", "unknown-parameters")


async def _absent(register: Probed) -> None:
    must(await register.get(f"/{register.resource}/{NOBODY}"), 404, "not_found")


async def _beyond(register: Probed) -> None:
    params = {"page": "1000000"}
    must(await register.get(f"/{register.resource}", params=params), 404)


async def _only_json(register: Probed) -> None:
    path = f"/{register.resource}/{NOBODY}"
    must(await register.get(path, more={"Accept": "application/xml"}), 406)


async def _default_page(register: Probed) -> None:
    page = await register.page(pageSize="1")
    if page.count <= _DEFAULT_PAGE:
        raise Unknown(f"it has no more than {_DEFAULT_PAGE}")
    must_be(len((await register.page()).results), _DEFAULT_PAGE, "on a page")


async def _configured_page(register: Probed) -> None:
    size = register.settings.page_size
    page = await register.page(pageSize=str(size))
    must_be(len(page.results), min(size, page.count), "on a page")


async def _largest_page(register: Probed) -> None:
    page = await register.page(pageSize="1")
    if page.count <= _LARGEST_PAGE:
        raise Unknown(f"it has no more than {_LARGEST_PAGE}")
    page = await register.page(pageSize=str(_LARGEST_PAGE + 1))
    must_be(len(page.results), _LARGEST_PAGE, "on a page")
    if page.next is None:
        raise Differs("there is no next page")


ANSWERS = (
    Trap("tells its version in API-version", _version),
    Trap("its URLs begin with base_url", _own_urls),
    Trap("its URLs follow the header Host", _follows_host),
    Trap("what does not exist is 404 not_found", _absent),
    Trap("an unknown path is 404 with a page in HTML", _page_of("/klantbeeld")),
    Trap(
        "a trailing slash is 404 with a page in HTML, no redirect",
        _page_of("/{resource}/{uuid}/"),
    ),
    Trap("a page beyond the last is 404", _beyond),
    Trap("another media type than JSON is 406", _only_json),
)

PAGES = (
    Trap(f"a page has {_DEFAULT_PAGE} records unless told", _default_page),
    Trap("a page has as many records as page_size says", _configured_page),
    Trap(f"a page has no more than {_LARGEST_PAGE}, silently", _largest_page),
)

# What Open Zaak does, and Open Object does not.
ZGW = (
    Trap("an id that is no uuid is 500", answered("/{resource}/klantbeeld", 500)),
    Trap("a list refuses a name it does not know, uuid__in too", _unknown_name),
)


async def etag_of(register: Probed, path: str) -> str:
    """Read the ETag of one record.

    Raises:
        Differs: it has none.
    """
    reply = await register.get(path)
    must(reply, 200)
    etag = reply.headers.get("ETag", "")
    if not etag:
        raise Differs("there is no ETag")
    return etag


async def _again(register: Probed, path: str, known: str) -> Reply:
    return await register.get(path, more={"If-None-Match": known})


async def must_revalidate(register: Probed, path: str) -> None:
    """Insist that one record has an ETag, and is 304 by it.

    Raises:
        Differs: it is not.
    """
    must(await _again(register, path, await etag_of(register, path)), 304)


async def _etag(register: Probed) -> None:
    await must_revalidate(register, await register.known_path())


async def _other_forms(register: Probed) -> None:
    path = await register.known_path()
    etag = await etag_of(register, path)
    for known in ("*", f"W/{etag}", f'"klantbeeld", {etag}'):
        must(await _again(register, path, known), 304)


async def _bare_304(register: Probed) -> None:
    path = await register.known_path()
    reply = await _again(register, path, await etag_of(register, path))
    must(reply, 304)
    must_lack(reply, "API-version")


async def _no_etag_on_lists(register: Probed) -> None:
    reply = await register.get(f"/{register.resource}", params={"pageSize": "1"})
    must(reply, 200)
    must_lack(reply, "ETag")


ETAGS = (
    Trap("a record has an ETag, and is 304 by it", _etag),
    Trap("a record is 304 by *, a weak ETag and a list of them, too", _other_forms),
    Trap("a 304 has no API-version", _bare_304),
    Trap("a list has no ETag", _no_etag_on_lists),
)


def shows(record: Payload, name: str) -> object:
    """Give what stands in `_expand` under a name; None for nothing."""
    expanded = record.get("_expand")
    return expanded.get(name) if isinstance(expanded, dict) else None
