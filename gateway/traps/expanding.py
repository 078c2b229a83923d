"""Traps of `expand`, which brings along what a record refers to, in `_expand`.

Source: Zaken 1.5.1 and Documenten 1.4.2 (Open Zaak 1.30).
"""

from collections.abc import Mapping
from typing import Literal

from gateway.registers.records import Json
from gateway.registers.wire.messages import Reply
from gateway.traps.etags import etag_of
from gateway.traps.judging import (
    Differs,
    Payload,
    Unknown,
    must,
    must_blame,
    page_in,
    record_in,
    told,
    uuid_of,
)
from gateway.traps.probing import NONE, Probe, Probed, Trap
from gateway.traps.zoek import among

Name = Literal["status", "resultaat"]


async def _zaak_with(register: Probed, name: Name) -> Payload:
    """Give a zaak that has this.

    Raises:
        Unknown: none does.
    """
    return await register.one(lambda zaak: bool(zaak.get(name)), f"none has a {name}")


def _below(record: Payload, name: str) -> Payload:
    """Give what stands in `_expand` under a name.

    Raises:
        Differs: it is not there.
    """
    expanded = record.get("_expand")
    found = expanded.get(name) if isinstance(expanded, dict) else None
    if not isinstance(found, dict):
        raise Differs(f"its {name} is not there")
    return found


def _shown(reply: Reply) -> Reply:
    """Pass an answer on, unless it says that not all may be expanded.

    Raises:
        Unknown: it does.
    """
    if reply.status == 403:
        raise Unknown(f"it is not shown to us: {told(reply)}")
    return reply


def _must_show(record: Payload, name: Name, zaak: Payload) -> None:
    if _below(record, name).get("url") != zaak[name]:
        raise Differs(f"its {name} is not there")


def _in_zoek(name: Name, body: Mapping[str, Json], params: Mapping[str, str]) -> Probe:
    async def probe(register: Probed) -> None:
        zaak = await _zaak_with(register, name)
        asked = {**among([uuid_of(zaak)]), **body}
        page = page_in(_shown(await register.zoek(asked, params=params)))
        if len(page.results) != 1:
            raise Differs(f"found: {len(page.results)}, not 1")
        _must_show(page.results[0], name, zaak)

    return probe


async def _in_list(register: Probed) -> None:
    zaak = await _zaak_with(register, "status")
    params = {"pageSize": str(len(await register.known())), "expand": "status"}
    page = page_in(await register.get("/zaken", params=params))
    shown = [each for each in page.results if each.get("url") == zaak.get("url")]
    if not shown:
        raise Unknown("the list has changed")
    _must_show(shown[0], "status", zaak)


async def _nested(register: Probed) -> None:
    uuid = uuid_of(await _zaak_with(register, "status"))
    params = {"expand": "status,status.statustype"}
    zaak = record_in(_shown(await register.get(f"/zaken/{uuid}", params=params)))
    _below(_below(zaak, "status"), "statustype")


async def _no_choice_in_zoek(register: Probed) -> None:
    reply = await register.zoek({**among([]), "expand": ["klantbeeld"]})
    must_blame(reply, "expand", "invalid_choice")


async def _no_choice(register: Probed) -> None:
    params = {"expand": "klantbeeld"}
    reply = await register.get(await register.known_path(), params=params)
    must_blame(reply, "expand", "invalid_choice")


async def _bare(register: Probed) -> None:
    record = record_in(await register.get(await register.known_path()))
    if record.get("_expand") != {}:
        raise Differs("it is absent, or holds something")


async def _etag(register: Probed) -> None:
    path = f"/zaken/{uuid_of(await _zaak_with(register, 'status'))}"
    plain = await etag_of(register, path)
    reply = await register.get(path, params={"expand": "status"})
    must(reply, 200)
    if reply.headers.get("ETag") != plain:
        raise Differs("it has another")


BARE = (Trap("a record has an empty _expand when nothing is expanded", _bare),)

_STATUS: Mapping[str, Json] = {"expand": ["status"]}
_RESULTAAT: Mapping[str, Json] = {"expand": ["status", "resultaat"]}

EXPANDING = (
    *BARE,
    Trap(
        "_zoek expands status, told so in the body", _in_zoek("status", _STATUS, NONE)
    ),
    Trap(
        "_zoek expands status, told so in the query",
        _in_zoek("status", {}, {"expand": "status"}),
    ),
    Trap(
        "_zoek expands status and resultaat together",
        _in_zoek("resultaat", _RESULTAAT, NONE),
    ),
    Trap("a list expands status", _in_list),
    Trap("what is expanded has its own _expand, for status.statustype", _nested),
    Trap(
        "_zoek refuses to expand what it does not know (invalid_choice)",
        _no_choice_in_zoek,
    ),
    Trap("a zaak refuses to expand what it does not know (invalid_choice)", _no_choice),
    Trap("a zaak has one ETag, expanded or not", _etag),
)
