"""Traps of the resources beside the one that a register is known by: its lists.

What is not shown to us there cannot be probed.

Source: Zaken 1.5.1, Catalogi 1.3.1 and Documenten 1.4.2 (Open Zaak 1.30).
"""

from collections.abc import Mapping

import msgspec

from gateway.check import NOBODY
from gateway.registers.records import UNREADABLE
from gateway.registers.wire.messages import Reply
from gateway.traps.etags import must_revalidate
from gateway.traps.judging import (
    Differs,
    Payload,
    Unknown,
    must,
    must_blame,
    page_in,
    told,
    uuid_of,
)
from gateway.traps.probing import NONE, WITHOUT_ZOEK, Probed, Trap


async def _list(register: Probed, path: str, params: Mapping[str, str]) -> Reply:
    """Read a list, without naming a coordinate system.

    Raises:
        Unknown: it is not shown to us.
    """
    return _shown(await register.get(f"/{path}", headers=NONE, params=params))


def _shown(reply: Reply) -> Reply:
    if reply.status == 403:
        raise Unknown(f"they are not shown to us: {told(reply)}")
    return reply


def in_pages(path: str) -> Trap:
    """Expect pages of a resource, also without a coordinate system."""

    async def probe(register: Probed) -> None:
        page_in(await _list(register, path, {"pageSize": "1"}))

    return Trap(f"{path} come in pages, and need no Accept-Crs", probe)


def in_a_plain_list(path: str, name: str) -> Trap:
    """Expect an array of a resource, also without a coordinate system.

    Args:
        path: of the resource.
        name: of the parameter that keeps those of one of the register's records.
    """

    async def probe(register: Probed) -> None:
        url = str((await register.known())[0].get("url"))
        reply = await _list(register, path, {name: url})
        must(reply, 200)
        try:
            msgspec.json.decode(reply.body, type=list[Payload])
        except UNREADABLE:
            raise Differs("it is no plain list") from None

    return Trap(f"{path} is a plain list, and needs no Accept-Crs", probe)


def by_zaak(path: str) -> Trap:
    """Expect that a list can be narrowed to what belongs to one zaak."""

    async def probe(register: Probed) -> None:
        zaak = (await register.known())[0]
        page = page_in(await _list(register, path, {"zaak": str(zaak.get("url"))}))
        zaken = [{"url": each.get("zaak")} for each in page.results]
        if {uuid_of(each) for each in zaken} - {uuid_of(zaak)}:
            raise Differs("one is of another zaak")

    return Trap(f"{path} can be narrowed to those of one zaak", probe)


def with_etags(path: str) -> Trap:
    """Expect an ETag of each record of a resource."""

    async def probe(register: Probed) -> None:
        page = page_in(await _list(register, path, {"pageSize": "1"}))
        if not page.results:
            raise Unknown("none are shown to us")
        await must_revalidate(register, f"/{path}/{uuid_of(page.results[0])}")

    return Trap(f"each of {path} has an ETag, and is 304 by it", probe)


def without_zoek(path: str) -> Trap:
    """Expect that many of a resource cannot be asked for at once."""

    async def probe(register: Probed) -> None:
        reply = _shown(await register.post(f"/{path}/_zoek", {"uuid__in": []}))
        if reply.status not in WITHOUT_ZOEK:
            raise Differs(told(reply))

    return Trap(f"{path} have no _zoek", probe)


def refusing(path: str, name: str) -> Trap:
    """Expect that a list cannot be narrowed by this."""

    async def probe(register: Probed) -> None:
        reply = await _list(register, path, {name: str(NOBODY)})
        must_blame(reply, "nonFieldErrors", "unknown-parameters")

    return Trap(f"{path} refuse {name}", probe)


ZAKEN = (
    *map(in_pages, ("statussen", "resultaten", "rollen", "zaakobjecten")),
    in_a_plain_list("zaakinformatieobjecten", "zaak"),
    by_zaak("rollen"),
    *map(with_etags, ("statussen", "resultaten")),
    *map(without_zoek, ("statussen", "resultaten", "rollen")),
    refusing("statussen", "zaak__in"),
    refusing("resultaten", "zaak__in"),
    refusing("rollen", "zaak__in"),
)

CATALOGI = (
    *map(in_pages, ("statustypen", "resultaattypen")),
    *map(with_etags, ("statustypen", "resultaattypen")),
    *map(without_zoek, ("zaaktypen", "statustypen", "resultaattypen")),
)

DOCUMENTEN = (in_a_plain_list("objectinformatieobjecten", "informatieobject"),)
