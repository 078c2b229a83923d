"""Traps of the Zaken API.

Source: Zaken 1.5.1 (Open Zaak 1.30).
"""

from collections.abc import Mapping

import msgspec

from gateway.registers.records import UNREADABLE, Json
from gateway.traps.answers import etag_of, must_revalidate, shows
from gateway.traps.judging import (
    Differs,
    Payload,
    Unknown,
    must,
    must_be,
    must_blame,
    page_in,
    record_in,
    uuid_of,
    uuids_of,
)
from gateway.traps.probing import (
    ACCEPT_CRS,
    BOTH_CRS,
    NOBODY,
    NONE,
    Asking,
    Headers,
    Probe,
    Probed,
    Trap,
    answered,
)
from gateway.traps.zoek import among, zoek_page

ZAKEN = Asking("zaken", ACCEPT_CRS, BOTH_CRS)

# It fails the check on its digits, so nobody has it.
_NOBODYS_BSN = "000000001"
_BSN = "rol__betrokkeneIdentificatie__natuurlijkPersoon__inpBsn"
_OTHER_CRS = "EPSG:28992"


async def _unknown_key(register: Probed) -> None:
    """Nothing of the one zaak that comes back is looked at."""
    whole = await register.page(pageSize="1")
    if not whole.count:
        raise Unknown("no zaken are shown to us")
    reply = await register.zoek({"klantbeeld": 1}, params={"pageSize": "1"})
    must_be(page_in(reply).count, whole.count, "found")


async def _empty_body(register: Probed) -> None:
    must_blame(await register.zoek({}), "nonFieldErrors", "empty_search_body")


def _zoek_with(headers: Headers, status: int) -> Probe:
    async def probe(register: Probed) -> None:
        must(await register.zoek(among([]), headers=headers), status)

    return probe


def _crs(name: str) -> tuple[Trap, Trap]:
    rest = {key: value for key, value in BOTH_CRS.items() if key != name}
    other = {**rest, name: _OTHER_CRS}
    return (
        Trap(f"_zoek without {name} is 412", _zoek_with(rest, 412)),
        Trap(f"_zoek with {name} of another system is 406", _zoek_with(other, 406)),
    )


_A_ZAAK = f"/zaken/{NOBODY}"
_CRS = (
    Trap("a zaak without Accept-Crs is 412", answered(_A_ZAAK, 412, headers=NONE)),
    Trap(
        "a zaak in another system is 406",
        answered(_A_ZAAK, 406, headers={"Accept-Crs": _OTHER_CRS}),
    ),
    *_crs("Accept-Crs"),
    *_crs("Content-Crs"),
    Trap("statussen need no Accept-Crs", answered("/statussen", 200, headers=NONE)),
    Trap("rollen need no Accept-Crs", answered("/rollen", 200, headers=NONE)),
)


async def _with_status(register: Probed) -> Payload:
    for zaak in await register.known():
        if zaak.get("status"):
            return zaak
    raise Unknown("of the zaken that are shown to us none has a status")


def _expands(body: Mapping[str, Json], params: Mapping[str, str]) -> Probe:
    async def probe(register: Probed) -> None:
        zaak = await _with_status(register)
        asked = {**among([uuid_of(zaak)]), **body}
        page = await zoek_page(register, asked, params)
        must_be(page.count, 1, "found")
        status = shows(page.results[0], "status")
        url = status.get("url") if isinstance(status, dict) else None
        if url != zaak["status"]:
            raise Differs("its status is not there")

    return probe


async def _no_choice(register: Probed) -> None:
    reply = await register.zoek({**among([]), "expand": ["klantbeeld"]})
    must_blame(reply, "expand", "invalid_choice")


async def _bare_expand(register: Probed) -> None:
    zaak = record_in(await register.get(await register.known_path()))
    if zaak.get("_expand") != {}:
        raise Differs("it is absent, or holds something")


async def _etag_of_expanded(register: Probed) -> None:
    path = f"/zaken/{uuid_of(await _with_status(register))}"
    plain = await etag_of(register, path)
    reply = await register.get(path, params={"expand": "status"})
    must(reply, 200)
    if reply.headers.get("ETag") != plain:
        raise Differs("it has another")


async def _etag_of_status(register: Probed) -> None:
    uuid = uuid_of({"url": (await _with_status(register))["status"]})
    await must_revalidate(register, f"/statussen/{uuid}")


async def _plain_list(register: Probed) -> None:
    zaak = (await register.known())[0]
    params = {"zaak": str(zaak.get("url"))}
    reply = await register.get("/zaakinformatieobjecten", params=params)
    must(reply, 200)
    try:
        msgspec.json.decode(reply.body, type=list[Payload])
    except UNREADABLE:
        raise Differs("it is no plain list") from None


def _of_nobody(name: str, *, filters: bool) -> Probe:
    """Make the probe that asks for known zaken, if they are also of a BSN of nobody."""

    async def probe(register: Probed) -> None:
        uuids = uuids_of(await register.known())
        page = await zoek_page(register, {**among(uuids), name: _NOBODYS_BSN})
        must_be(page.count, 0 if filters else len(uuids), "found")

    return probe


_STATUS: Mapping[str, Json] = {"expand": ["status"]}

TRAPS = (
    Trap("an unknown key in _zoek answers all zaken", _unknown_key),
    Trap("_zoek refuses an empty body (empty_search_body)", _empty_body),
    *_CRS,
    Trap("_zoek expands status, told so in the body", _expands(_STATUS, NONE)),
    Trap(
        "_zoek expands status, told so in the query", _expands({}, {"expand": "status"})
    ),
    Trap("_zoek refuses to expand what it does not know (invalid_choice)", _no_choice),
    Trap("a zaak has an empty _expand when nothing is expanded", _bare_expand),
    Trap("a zaak has one ETag, expanded or not", _etag_of_expanded),
    Trap("a status has an ETag, and is 304 by it", _etag_of_status),
    Trap("zaakinformatieobjecten is a plain list", _plain_list),
    Trap("_zoek filters by the BSN of a rol", _of_nobody(_BSN, filters=True)),
    Trap(
        "_zoek ignores a filter that is misspelt",
        _of_nobody(_BSN.replace("inpBsn", "InpBsn"), filters=False),
    ),
)
