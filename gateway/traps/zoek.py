"""Traps of `_zoek`, which zaken and documenten have.

Source: Zaken 1.5.1 and Documenten 1.4.2 (Open Zaak 1.30).
"""

from collections.abc import Mapping, Sequence

from gateway.registers.records import Json
from gateway.traps.judging import (
    Differs,
    Page,
    Payload,
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
    NOBODY,
    NONE,
    WITHOUT_ZOEK,
    Probed,
    Trap,
)


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
    uuids = await _two(register)
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
    body: Mapping[str, Json] = {**among(await _two(register)), "pageSize": 1}
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


async def _no_json(register: Probed) -> None:
    must(await register.zoek(b"{"), 400, "parse_error")


ZOEK = (
    Trap("has _zoek as configured", _there),
    Trap("_zoek has an order of its own, not the question's", _own_order),
    Trap("_zoek leaves out what does not exist", _without_absent),
    Trap("_zoek gives once what is asked twice", _once),
    Trap("_zoek gives a record as its GET does", _same_as_get),
    Trap("_zoek for no uuids finds nothing", _nothing),
    Trap("_zoek refuses what is no uuid, as uuid__in.", _no_uuid),
    Trap("_zoek ignores a pageSize in its body", _size_in_body),
    Trap(
        "_zoek takes pageSize from the query, and its next is asked anew",
        _size_in_query,
    ),
    Trap("_zoek refuses malformed JSON (parse_error)", _no_json),
)
