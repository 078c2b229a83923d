"""Traps that are in any answer: versions, addresses, headers, errors and pages."""

from urllib.parse import urlsplit

from gateway.check import NOBODY
from gateway.registers.directory import Directory
from gateway.traps.judging import (
    Differs,
    Unknown,
    host_in_problem,
    media_type,
    must,
    must_be,
    must_blame,
    must_have,
    must_lack,
    record_in,
)
from gateway.traps.probing import (
    DEFAULT_PAGE,
    LARGEST_PAGE,
    NO_CREDENTIALS,
    Probe,
    Probed,
    Trap,
    answered,
)

# Source: Zaken 1.5.1, Fout.
_PARTS = ("type", "code", "title", "status", "detail", "instance")
# RFC 6761: nobody has it.
_NO_HOST = "klantbeeld.invalid"


async def _version(register: Probed) -> str:
    reply = await register.get(f"/{register.resource}/{NOBODY}")
    version = must_have(reply, "API-version")
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
    path = await register.known_path()
    reply = await register.get(path, more={"Host": host})
    shown = urlsplit(str(record_in(reply).get("url"))).netloc
    if shown.lower() != parts.netloc.lower():
        raise Differs("another name stands in its URLs")
    if shown != host:
        raise Unknown("what stands before it may have changed the name")
    own = await register.get(path)
    if reply.headers.get("ETag") != own.headers.get("ETag"):
        raise Differs("its ETag does, too")


async def _other_host(register: Probed) -> None:
    """Ask without credentials: who answers to that name may be somebody else."""
    reply = await register.get(
        f"/{register.resource}/{NOBODY}",
        more={"Host": _NO_HOST},
        authorization=NO_CREDENTIALS,
    )
    if host_in_problem(reply) == _NO_HOST:
        raise Differs("it answers by any name")
    if reply.status != 400 or media_type(reply) != "text/html":
        raise Unknown("what stands before it may have changed or refused the name")


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


async def _in_json(register: Probed) -> None:
    reply = await register.get(f"/{register.resource}/{NOBODY}")
    must_be(media_type(reply), "application/json", "its media type")
    problem = record_in(reply, 404)
    if lost := [name for name in _PARTS if name not in problem]:
        raise Differs(f"there is no {', '.join(lost)}")


async def _beyond(register: Probed) -> None:
    params = {"page": "1000000"}
    must(await register.get(f"/{register.resource}", params=params), 404)


async def _only_json(register: Probed) -> None:
    path = f"/{register.resource}/{NOBODY}"
    must(await register.get(path, more={"Accept": "application/xml"}), 406)


async def _uncompressed(register: Probed) -> None:
    path = f"/{register.resource}/{NOBODY}"
    reply = await register.get(path, more={"Accept-Encoding": "gzip"})
    must_lack(reply, "Content-Encoding")


async def _without_lifetime(register: Probed) -> None:
    reply = await register.get(await register.known_path())
    must(reply, 200)
    must_lack(reply, "Cache-Control")
    must_lack(reply, "Last-Modified")


async def _head(register: Probed) -> None:
    path = await register.known_path()
    head, whole = await register.head(path), await register.get(path)
    must(head, whole.status)
    for name in ("Content-Type", "ETag"):
        if head.headers.get(name) != whole.headers.get(name):
            raise Differs(f"its {name} is another")


async def _default_page(register: Probed) -> None:
    page = await register.page(pageSize="1")
    if page.count <= DEFAULT_PAGE:
        raise Unknown(f"it has no more than {DEFAULT_PAGE}")
    must_be(len((await register.listed()).results), DEFAULT_PAGE, "on a page")


async def _configured_page(register: Probed) -> None:
    await register.known()
    size = register.settings.page_size
    page = await register.listed(pageSize=str(size))
    must_be(len(page.results), min(size, page.count), "on a page")


async def _largest_page(register: Probed) -> None:
    page = await register.page(pageSize="1")
    if page.count <= LARGEST_PAGE:
        raise Unknown(f"it has no more than {LARGEST_PAGE}")
    page = await register.listed(pageSize=str(LARGEST_PAGE + 1))
    must_be(len(page.results), LARGEST_PAGE, "on a page")
    if page.next is None:
        raise Differs("there is no next page")


ANSWERS = (
    Trap("tells its version in API-version", _version),
    Trap("its URLs begin with base_url", _own_urls),
    Trap("its URLs follow the header Host, and its ETags do not", _follows_host),
    Trap("a name that is not its own is 400 with a page in HTML", _other_host),
    Trap("what does not exist is 404 not_found", _absent),
    Trap("a problem is application/json, in all its parts", _in_json),
    Trap("an unknown path is 404 with a page in HTML", _page_of("/klantbeeld")),
    Trap(
        "a trailing slash is 404 with a page in HTML, no redirect",
        _page_of("/{resource}/{uuid}/"),
    ),
    Trap("a page beyond the last is 404", _beyond),
    Trap("another media type than JSON is 406", _only_json),
    Trap("an answer is not compressed, also where that is accepted", _uncompressed),
    Trap("an answer does not say how long it is good for", _without_lifetime),
    Trap("HEAD has the headers of GET", _head),
)

PAGES = (
    Trap(f"a page has {DEFAULT_PAGE} records unless told", _default_page),
    Trap("a page has as many records as page_size says", _configured_page),
    Trap(f"a page has no more than {LARGEST_PAGE}, silently", _largest_page),
)

# What Open Zaak does, and Open Object does not.
ZGW = (
    Trap("an id that is no uuid is 500", answered("/{resource}/klantbeeld", 500)),
    Trap("a list refuses a name it does not know, uuid__in too", _unknown_name),
)


async def _located(register: Probed) -> None:
    reply = await register.get(await register.known_path())
    must(reply, 200)
    must_have(reply, "Content-Crs")


# What zaken and objects do, which have a place on the map.
LOCATED = (Trap("a record tells its coordinate system in Content-Crs", _located),)
