"""Who a Notificaties API tells what, and how it is asked to.

Source: Notificaties 1.0.1, Abonnement and Kanaal.
"""

import re
from collections.abc import Sequence
from typing import TypeVar
from uuid import UUID

import msgspec

from gateway.errors import (
    MalformedAnswer,
    Missing,
    RegisterError,
    RegisterRefused,
    RegisterUnavailable,
)
from gateway.registers.records import UNREADABLE, parse_uuid
from gateway.registers.wire.http import RegisterClient
from gateway.registers.wire.messages import Ask

T = TypeVar("T")

# A name or a code of theirs is shown only when it can be no more than that.
_WORD = re.compile(r"[A-Za-z][A-Za-z0-9_.-]{0,59}")


class FilterGroup(msgspec.Struct, frozen=True):
    """One kanaal of an abonnement; without filters, all that is told there."""

    naam: str
    filters: dict[str, str] = {}


class Abonnement(msgspec.Struct, frozen=True, rename="camel"):
    """What to send where; `auth` is the callback's header Authorization."""

    callback_url: str
    auth: str = ""
    kanalen: Sequence[FilterGroup] = ()


class _Known(msgspec.Struct, rename="camel"):
    callback_url: str
    url: str = ""


class _Kanaal(msgspec.Struct):
    naam: str


class _InvalidParam(msgspec.Struct):
    name: str = ""
    code: str = ""


class _ValidatieFout(msgspec.Struct, rename="camel"):
    invalid_params: Sequence[_InvalidParam] = ()


class Abonnementen:
    """The abonnementen at one Notificaties API.

    Every method raises a RegisterError where the API does not do its part.
    """

    def __init__(self, client: RegisterClient) -> None:
        self._client = client
        self._name = client.settings.name

    async def kanalen(self) -> frozenset[str]:
        """Name the kanalen that exist there."""
        listed = await self._list("/kanaal", list[_Kanaal])
        return frozenset(kanaal.naam for kanaal in listed)

    async def with_callback(self, callback_url: str) -> list[UUID]:
        """Find the abonnementen that are told at a URL, exactly that, in their order."""
        listed = await self._list("/abonnement", list[_Known])
        found = [
            parse_uuid(each.url.rpartition("/")[2])
            for each in listed
            if each.callback_url == callback_url
        ]
        if None in found:
            raise self._malformed("/abonnement")
        return [uuid for uuid in found if uuid is not None]

    async def create(self, abonnement: Abonnement) -> None:
        """Make a new one."""
        await self._write(Ask("POST", "/abonnement"), abonnement, 201)

    async def renew(self, uuid: UUID, abonnement: Abonnement) -> None:
        """Write one anew as a whole."""
        await self._write(Ask("PUT", f"/abonnement/{uuid}"), abonnement, 200)

    async def _list(self, path: str, kind: type[T]) -> T:
        answer = await self._client.get(path)
        if isinstance(answer, Missing):
            raise RegisterRefused(self._name, "status 404", status=404)
        try:
            return msgspec.json.decode(answer.body, type=kind)
        except UNREADABLE as error:
            raise self._malformed(path) from error

    async def _write(self, ask: Ask, abonnement: Abonnement, expected: int) -> None:
        reply = await self._client.exchange(
            ask._replace(
                headers={"Content-Type": "application/json"},
                content=msgspec.json.encode(abonnement),
            )
        )
        if reply.status != expected:
            raise self._failure(reply.status, reply.body)

    def _failure(self, status: int, body: bytes) -> RegisterError:
        unavailable = status == 429 or status >= 500
        blamed = RegisterUnavailable if unavailable else RegisterRefused
        blames = _invalid(body) if status == 400 else ""
        return blamed(self._name, f"status {status}{blames}", status=status)

    def _malformed(self, path: str) -> MalformedAnswer:
        return MalformedAnswer(self._name, f"{path} is outside its contract")


def _invalid(body: bytes) -> str:
    """Tell what a 400 blames, and for which rule."""
    try:
        fout = msgspec.json.decode(body, type=_ValidatieFout)
    except UNREADABLE:
        return ""
    told = [
        f"{each.name}: {each.code}"
        for each in fout.invalid_params
        if _WORD.fullmatch(each.name) and _WORD.fullmatch(each.code)
    ]
    return f" ({', '.join(told)})" if told else ""
