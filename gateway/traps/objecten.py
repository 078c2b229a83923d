"""Traps of the Objecten API, but for what objects are found by.

Source: Objects API 2.7.0 (Open Object 4.0).
"""

from collections.abc import Callable
from urllib.parse import urlsplit

from gateway.check import NOBODY
from gateway.registers.records import parse_uuid
from gateway.registers.wire.messages import Reply
from gateway.settings import RegisterSettings
from gateway.traps.etags import must_have_no_etag
from gateway.traps.finding import FINDING, ONE
from gateway.traps.judging import (
    Differs,
    must,
    must_be,
    must_blame,
    page_in,
    record_in,
    uuid_of,
)
from gateway.traps.probing import (
    NO_CREDENTIALS,
    NONE,
    OTHER_CRS,
    Asking,
    Probe,
    Probed,
    Trap,
    answered,
    crs,
)

OBJECTEN = Asking("objects", NONE, crs("Content-Crs"))

_NO_OBJECT = f"/objects/{NOBODY}"


def _refused(authorization: Callable[[RegisterSettings], str], code: str) -> Probe:
    async def probe(register: Probed) -> None:
        reply = await register.get(
            _NO_OBJECT, authorization=authorization(register.settings)
        )
        must(reply, 401, code)
        if reply.headers.get("WWW-Authenticate") != "Token":
            raise Differs("WWW-Authenticate does not say Token")

    return probe


# Without the word Token there are no credentials, whatever comes after it.
_REFUSED = (
    ("no token at all", lambda _own: NO_CREDENTIALS, "not_authenticated"),
    ("another word than Token", lambda _own: "Bearer klantbeeld", "not_authenticated"),
    (
        "the word token in lower case",
        lambda own: f"token {own.token.get_secret_value()}",
        "not_authenticated",
    ),
    ("a wrong token", lambda _own: "Token klantbeeld", "authentication_failed"),
)


async def _no_etag(register: Probed) -> None:
    await must_have_no_etag(register, await register.known_path())


async def _before(register: Probed) -> None:
    params = {"date": "1000-01-01"}
    must(await register.get(await register.known_path(), params=params), 404)


async def _parts(register: Probed) -> None:
    record = (await register.known())[0]
    reply = await register.get(await register.known_path(), params={"fields": "uuid"})
    if record_in(reply) != {"uuid": uuid_of(record)}:
        raise Differs("it shows something else")


async def _inner_parts(register: Probed) -> None:
    params = {"fields": "record__startAt"}
    reply = await register.get(await register.known_path(), params=params)
    shown = record_in(reply)
    record = shown.get("record")
    inner = [*record] if isinstance(record, dict) else []
    if [*shown] != ["record"] or inner != ["startAt"]:
        raise Differs("it shows something else")


async def _parts_in_list(register: Probed) -> None:
    await register.known()
    page = await register.listed(**ONE, fields="uuid")
    if [[*each] for each in page.results] != [["uuid"]]:
        raise Differs("it shows something else")


async def _no_part(register: Probed) -> None:
    params = {"fields": "klantbeeld"}
    must(await register.get(await register.known_path(), params=params), 400)


async def _by_type(register: Probed, url: str) -> Reply:
    return await register.get("/objects", params={**ONE, "type": url})


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


async def _type_path(register: Probed) -> str:
    """Give the path that the type of an object has beside the objects.

    Raises:
        Differs: its URL does not end in a uuid.
    """
    uuid = parse_uuid(str((await register.known())[0].get("type")).rpartition("/")[2])
    if uuid is None:
        raise Differs("a type does not end in a uuid")
    return f"/objecttypes/{uuid}"


async def _type_here(register: Probed) -> None:
    path = await _type_path(register)
    if uuid_of(record_in(await register.get(path))) != path.rpartition("/")[2]:
        raise Differs("it is another")


async def _no_etag_of_type(register: Probed) -> None:
    await must_have_no_etag(register, await _type_path(register))


TRAPS = (
    *(
        Trap(f"{what} is 401 {code}", _refused(own, code))
        for what, own, code in _REFUSED
    ),
    Trap("an id that is no uuid is 404", answered("/objects/klantbeeld", 404)),
    Trap(
        "Accept-Crs of another system is 406",
        answered(_NO_OBJECT, 406, headers={"Accept-Crs": OTHER_CRS}),
    ),
    Trap("an object has no ETag, and is never 304", _no_etag),
    Trap("an object on a day before its start is 404", _before),
    Trap("fields chooses the parts of an object", _parts),
    Trap("fields chooses parts inside the record of an object", _inner_parts),
    Trap("fields chooses the parts of the objects in a list", _parts_in_list),
    Trap("an unknown part in fields is 400", _no_part),
    *FINDING,
    Trap("an unknown objecttype is refused, in invalid_params", _no_type),
    Trap("of an objecttype's URL only the uuid counts", _type_elsewhere),
    Trap("an object's type is beside the objects, by its uuid", _type_here),
    Trap("an objecttype has no ETag, and is never 304", _no_etag_of_type),
)
