"""Traps of the Objecten API.

Source: Objects API 2.7.0 (Open Object 4.0).
"""

from collections.abc import Mapping
from urllib.parse import urlsplit

from gateway.registers.records import Json
from gateway.registers.wire.replies import Reply
from gateway.traps.judging import (
    Differs,
    Page,
    Unknown,
    must,
    must_be,
    must_blame,
    must_lack,
    page_in,
    record_in,
    uuid_of,
)
from gateway.traps.probing import (
    NOBODY,
    NONE,
    Asking,
    Headers,
    Probe,
    Probed,
    Trap,
    answered,
)

OBJECTEN = Asking("objects", NONE, {"Content-Crs": "EPSG:4326"})

_NO_OBJECT = f"/objects/{NOBODY}"
_SEARCH = "/objects/search"
_ONE: Mapping[str, str] = {"pageSize": "1"}
# No object has it: no value of an object may stand in an address.
_NO_DATA = "klantbeeld__exact__klantbeeld"


def _refused(authorization: str, code: str) -> Probe:
    async def probe(register: Probed) -> None:
        reply = await register.get(_NO_OBJECT, authorization=authorization)
        must(reply, 401, code)
        if reply.headers.get("WWW-Authenticate") != "Token":
            raise Differs("WWW-Authenticate does not say Token")

    return probe


async def _all(register: Probed) -> int:
    """Count the objects.

    Raises:
        Unknown: there are none, so that all and none are alike.
    """
    count = (await register.page(**_ONE)).count
    if not count:
        raise Unknown("no objects are shown to us")
    return count


async def _search(
    register: Probed, body: Json, params: Mapping[str, str] = NONE
) -> Page:
    return page_in(await register.post(_SEARCH, body, params={**_ONE, **params}))


def _search_with(headers: Headers, status: int) -> Probe:
    async def probe(register: Probed) -> None:
        body: Json = {"data_attrs": _NO_DATA}
        must(await register.post(_SEARCH, body, headers=headers), status)

    return probe


def _lists_all(**params: str) -> Probe:
    async def probe(register: Probed) -> None:
        page = await register.page(**_ONE, **params)
        must_be(page.count, await _all(register), "found")

    return probe


def _finds_all(body: Mapping[str, Json], params: Mapping[str, str] = NONE) -> Probe:
    async def probe(register: Probed) -> None:
        page = await _search(register, {**body}, params)
        must_be(page.count, await _all(register), "found")

    return probe


async def _body_breaks(register: Probed) -> None:
    must(await register.post(_SEARCH, {"data_attr": _NO_DATA}), 500)


async def _list_filters(register: Probed) -> None:
    await _all(register)
    must_be((await register.page(**_ONE, data_attr=_NO_DATA)).count, 0, "found")


async def _search_filters(register: Probed) -> None:
    await _all(register)
    must_be((await _search(register, {"data_attrs": _NO_DATA})).count, 0, "found")


async def _no_etag(register: Probed) -> None:
    path = await register.known_path()
    reply = await register.get(path, more={"If-None-Match": "*"})
    must(reply, 200)
    must_lack(reply, "ETag")


async def _parts(register: Probed) -> None:
    record = (await register.known())[0]
    reply = await register.get(await register.known_path(), params={"fields": "uuid"})
    if record_in(reply) != {"uuid": uuid_of(record)}:
        raise Differs("it shows something else")


async def _no_part(register: Probed) -> None:
    params = {"fields": "klantbeeld"}
    must(await register.get(await register.known_path(), params=params), 400)


async def _before(register: Probed) -> None:
    params = {"date": "1000-01-01"}
    must(await register.get(await register.known_path(), params=params), 404)


async def _by_type(register: Probed, url: str) -> Reply:
    return await register.get("/objects", params={**_ONE, "type": url})


async def _no_type(register: Probed) -> None:
    reply = await _by_type(
        register, f"{register.settings.base_url}/objecttypes/{NOBODY}"
    )
    must_blame(reply, "type", "invalid", english=True)


async def _type_elsewhere(register: Probed) -> None:
    own = str((await register.known())[0].get("type"))
    # RFC 6761: nobody has a name below it.
    elsewhere = urlsplit(own)._replace(netloc="klantbeeld.invalid").geturl()
    page = page_in(await _by_type(register, own))
    other = page_in(await _by_type(register, elsewhere))
    must_be(other.count, page.count, "found")


TRAPS = (
    Trap(
        "another scheme than Token is 401 not_authenticated",
        _refused("Bearer klantbeeld", "not_authenticated"),
    ),
    Trap(
        "a wrong token is 401 authentication_failed",
        _refused("Token klantbeeld", "authentication_failed"),
    ),
    Trap("an id that is no uuid is 404", answered("/objects/klantbeeld", 404)),
    Trap(
        "Accept-Crs of another system is 406",
        answered(_NO_OBJECT, 406, headers={"Accept-Crs": "EPSG:28992"}),
    ),
    Trap("a search without Content-Crs is 412", _search_with(NONE, 412)),
    Trap(
        "a search with Content-Crs of another system is 406",
        _search_with({"Content-Crs": "EPSG:28992"}, 406),
    ),
    Trap("an object has no ETag, and is never 304", _no_etag),
    Trap("a list ignores a name it does not know", _lists_all(uuid__in=str(NOBODY))),
    Trap(
        "a search ignores a key it does not know",
        _finds_all({"uuid__in": [str(NOBODY)]}),
    ),
    Trap("a list filters by data_attr", _list_filters),
    Trap("a search filters by data_attrs in its body", _search_filters),
    Trap("a search with data_attr in its body is 500", _body_breaks),
    Trap(
        "a search ignores data_attr in its query",
        _finds_all({}, {"data_attr": _NO_DATA}),
    ),
    Trap("fields chooses the parts of an object", _parts),
    Trap("an unknown part in fields is 400", _no_part),
    Trap("an object on a day before its start is 404", _before),
    Trap("an unknown objecttype is refused, in invalid_params", _no_type),
    Trap("of an objecttype's URL only the uuid counts", _type_elsewhere),
)
