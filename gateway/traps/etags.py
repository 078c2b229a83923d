"""Traps of ETags, which records of Open Zaak have, and those of Open Object have not."""

from gateway.registers.wire.messages import Reply
from gateway.traps.judging import must, must_have, must_lack
from gateway.traps.probing import Probed, Trap


async def etag_of(register: Probed, path: str) -> str:
    """Read the ETag of one record.

    Raises:
        Differs: it has none.
    """
    reply = await register.get(path)
    must(reply, 200)
    return must_have(reply, "ETag")


async def _again(register: Probed, path: str, known: str) -> Reply:
    return await register.get(path, more={"If-None-Match": known})


async def must_revalidate(register: Probed, path: str) -> None:
    """Insist that one record has an ETag, and is 304 by it.

    Raises:
        Differs: it is not.
    """
    must(await _again(register, path, await etag_of(register, path)), 304)


async def must_have_no_etag(register: Probed, path: str) -> None:
    """Insist that one record has no ETag, and comes whole whatever is known.

    Raises:
        Differs: it has one, or does not.
    """
    reply = await _again(register, path, "*")
    must(reply, 200)
    must_lack(reply, "ETag")


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
