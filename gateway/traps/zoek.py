"""Traps of `_zoek`, which zaken and documenten have.

Source: Zaken 1.5.1 and Documenten 1.4.2 (Open Zaak 1.30).
"""

from collections.abc import Mapping, Sequence

from gateway.check import NOBODY
from gateway.registers.records import Json
from gateway.traps.judging import (
    Differs,
    Page,
    Payload,
    Unknown,
    must,
    must_be,
    must_blame,
    page_in,
    record_in,
    told,
    uuid_of,
    uuids_of,
)
from gateway.traps.probing import (
    DEFAULT_PAGE,
    LARGEST_PAGE,
    NONE,
    WITHOUT_ZOEK,
    Probed,
    Trap,
)

# Enough to have an order.
_FEW = 10


async def zoek_page(
    register: Probed, body: Mapping[str, Json], params: Mapping[str, str] = NONE
) -> Page:
    """Ask `_zoek` for a page.

    Raises:
        Unknown: there is no `_zoek`.
        Differs: what comes back is no page.
        RegisterError: nothing came back, or too much.
    """
    return page_in(await register.zoek({**body}, params=params))


def among(uuids: Sequence[str]) -> dict[str, Json]:
    """Make the body that asks for these."""
    return {"uuid__in": [*uuids]}


async def _two(register: Probed) -> list[str]:
    return uuids_of((await register.known(2))[:2])


async def _there(register: Probed) -> None:
    reply = await register.no_uuids()
    if (reply.status not in WITHOUT_ZOEK) != register.settings.zoek:
        raise Differs(told(reply))


async def _own_order(register: Probed) -> None:
    uuids = uuids_of((await register.known(2))[:_FEW])
    forth = await zoek_page(register, among(uuids))
    back = await zoek_page(register, among(uuids[::-1]))
    if uuids_of(forth.results) != uuids_of(back.results):
        raise Differs("the order is that of the question")


async def _without_absent(register: Probed) -> None:
    uuid = uuid_of((await register.known())[0])
    page = await zoek_page(register, among([uuid, str(NOBODY)]))
    must_be(page.count, 1, "found")


async def _once(register: Probed) -> None:
    uuid = uuid_of((await register.known())[0])
    page = await zoek_page(register, among([uuid, uuid]))
    must_be(page.count, 1, "found")


async def _same_as_get(register: Probed) -> None:
    uuid = uuid_of((await register.known())[0])
    single = record_in(await register.get(f"/{register.resource}/{uuid}"))
    page = await zoek_page(register, among([uuid]))
    if page.results != [single]:
        raise Differs("the two are not alike")


async def _nothing(register: Probed) -> None:
    page = await zoek_page(register, among([]))
    must_be(page.count, 0, "found")


async def _no_uuid(register: Probed) -> None:
    reply = await register.zoek(among(["klantbeeld"]))
    must_blame(reply, "uuid__in.", "invalid")


async def _size_in_body(register: Probed) -> None:
    paging: Mapping[str, Json] = {"pageSize": 1, "page": 2}
    body = {**among(await _two(register)), **paging}
    page = await zoek_page(register, body)
    must_be(len(page.results), 2, "on a page")


async def _size_in_query(register: Probed) -> None:
    uuids = await _two(register)
    first = await zoek_page(register, among(uuids), {"pageSize": "1"})
    must_be(len(first.results), 1, "on a page")
    if "page=2" not in (first.next or ""):
        raise Differs("there is no next page")
    params = {"pageSize": "1", "page": "2"}
    second = await zoek_page(register, among(uuids), params)
    found: list[Payload] = [*first.results, *second.results]
    if sorted(uuids_of(found)) != sorted(uuids):
        raise Differs("the next page is not the rest")


async def _default_page(register: Probed) -> None:
    uuids = uuids_of((await register.page(pageSize=str(DEFAULT_PAGE + 1))).results)
    if len(uuids) <= DEFAULT_PAGE:
        raise Unknown(f"no more than {DEFAULT_PAGE} are shown to us on a page")
    page = await zoek_page(register, among(uuids))
    must_be(len(page.results), DEFAULT_PAGE, "on a page")


async def _configured_page(register: Probed) -> None:
    await register.known()
    size = str(register.settings.page_size)
    uuids = uuids_of((await register.page(pageSize=size)).results)
    page = await zoek_page(register, among(uuids), {"pageSize": size})
    must_be(len(page.results), len(uuids), "on a page")


async def _largest_page(register: Probed) -> None:
    first = await register.page(pageSize=str(LARGEST_PAGE))
    if first.count <= LARGEST_PAGE:
        raise Unknown(f"it has no more than {LARGEST_PAGE}")
    following = str(LARGEST_PAGE // DEFAULT_PAGE + 1)
    rest = await register.page(pageSize=str(DEFAULT_PAGE), page=following)
    more = LARGEST_PAGE + 1
    asked = among(uuids_of([*first.results, *rest.results])[:more])
    page = await zoek_page(register, asked, {"pageSize": str(more)})
    must_be(len(page.results), LARGEST_PAGE, "on a page")


async def _no_json(register: Probed) -> None:
    must(await register.zoek(b"{"), 400, "parse_error")


async def _other_type(register: Probed) -> None:
    reply = await register.zoek(among([]), more={"Content-Type": "text/plain"})
    must(reply, 415, "unsupported_media_type")


ZOEK = (
    Trap("has _zoek as configured", _there),
    Trap("_zoek has an order of its own, not the question's", _own_order),
    Trap("_zoek leaves out what does not exist", _without_absent),
    Trap("_zoek gives once what is asked twice", _once),
    Trap("_zoek gives a record as its GET does", _same_as_get),
    Trap("_zoek for no uuids finds nothing", _nothing),
    Trap("_zoek refuses what is no uuid, as uuid__in.", _no_uuid),
    Trap("_zoek ignores pageSize and page in its body", _size_in_body),
    Trap(
        "_zoek takes pageSize from the query, and its next is asked anew",
        _size_in_query,
    ),
    Trap(f"_zoek gives {DEFAULT_PAGE} on a page unless told", _default_page),
    Trap("_zoek gives as many on a page as page_size says", _configured_page),
    Trap(f"_zoek gives no more than {LARGEST_PAGE}, silently", _largest_page),
    Trap("_zoek refuses malformed JSON (parse_error)", _no_json),
    Trap("_zoek refuses another content type than JSON (415)", _other_type),
)
