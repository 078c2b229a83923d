"""Reading an Open Klant: lists page by page, and single records.

No list has an order or a filter by date (klantinteracties 0.9.0), so all of it is read.
No address holds anything of anybody: pages are asked by their number.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from typing import NamedTuple, TypeVar
from uuid import UUID

import msgspec

from gateway.errors import MalformedAnswer, Missing, RegisterError
from gateway.importing.records import Page, Stub
from gateway.registers.records import UNREADABLE
from gateway.registers.wire.http import RegisterClient
from gateway.registers.wire.messages import Answer

T = TypeVar("T")

PARTS_OF_PARTIJ = "digitaleAdressen"
PARTS_OF_KLANTCONTACT = (
    "hadBetrokkenen,hadBetrokkenen.digitaleAdressen,leiddeTotInterneTaken,"
    "gingOverOnderwerpobjecten,omvatteBijlagen"
)

PAUSES = (1.0, 2.0, 5.0, 10.0, 30.0)
"""Seconds to wait before asking again what was not answered."""

Pause = Callable[[float], Awaitable[object]]


class Unreadable(Exception):
    """A record is outside the contract.

    Attributes:
        field: where; never with what stands there.
    """

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


class Part(NamedTuple):
    """What has come of a list, with its last page.

    Attributes:
        results: of that page.
        distinct: how many different records came up to now.
        of: the most that the list said it has.
    """

    results: Sequence[msgspec.Raw]
    distinct: int
    of: int


class OpenKlant:
    """One of them; every method raises a RegisterError when it does not do its part."""

    def __init__(
        self, client: RegisterClient, page_size: int, pause: Pause = asyncio.sleep
    ) -> None:
        """Take whom to ask.

        Args:
            client: of its klantinteracties API.
            page_size: records in a page.
            pause: waits for so many seconds.
        """
        self._client = client
        self._page_size = str(page_size)
        self._pause = pause

    async def pages(self, resource: str, **params: str) -> AsyncIterator[Part]:
        """Read a list, page by page.

        Args:
            resource: `partijen`.
            params: the query, without page numbers.
        """
        number, count, seen = 1, 0, set[object]()
        while (page := await self._page(resource, number, params)) is not None:
            before = len(seen)
            seen.update(map(_identity, page.results))
            if page.next is not None and len(seen) == before:
                raise self._malformed("a list goes on, and brings nothing new")
            count = max(count, page.count)
            yield Part(page.results, len(seen), count)
            if page.next is None:
                return
            number += 1

    async def one(self, resource: str, uuid: UUID, **params: str) -> msgspec.Raw | None:
        """Read one record; None when it is not there."""
        answer = await self._get(f"/{resource}/{uuid}", params)
        return None if answer is None else msgspec.Raw(answer.body)

    async def _page(
        self, resource: str, number: int, params: dict[str, str]
    ) -> Page | None:
        """Read one page; None after the last of a list that became shorter meanwhile."""
        asked = {**params, "page": str(number), "pageSize": self._page_size}
        answer = await self._get(f"/{resource}", asked)
        if answer is None and number == 1:
            raise self._malformed("a list is not there")
        try:
            return answer and msgspec.json.decode(answer.body, type=Page)
        except UNREADABLE:
            raise self._malformed("a list is outside its contract") from None

    def _malformed(self, why: str) -> MalformedAnswer:
        return MalformedAnswer(self._client.settings.name, why)

    async def _get(self, path: str, params: dict[str, str]) -> Answer | None:
        for pause in PAUSES:
            try:
                return _found(await self._client.get(path, params=params))
            except RegisterError as error:
                if not error.retryable:
                    raise
            await self._pause(pause)
        return _found(await self._client.get(path, params=params))


def _found(answer: Answer | Missing) -> Answer | None:
    return None if isinstance(answer, Missing) else answer


def read(raw: msgspec.Raw, kind: type[T]) -> T:
    """Read one record of a page.

    Raises:
        Unreadable: it is outside the contract.
    """
    try:
        return msgspec.json.decode(raw, type=kind)
    except UNREADABLE as error:
        # msgspec says: what it expected ` - at `$.place``
        _, _, place = str(error).partition(" - at `$.")
        raise Unreadable(place.rstrip("`")) from None


def uuid_in(raw: msgspec.Raw) -> UUID | None:
    """Name a record that need not be readable otherwise."""
    try:
        return read(raw, Stub).uuid
    except Unreadable:
        return None


def _identity(raw: msgspec.Raw) -> object:
    """Tell one record of a list from the others."""
    return uuid_in(raw) or bytes(raw)
