"""Reading many records in one request: `_zoek` with `uuid__in`.

What comes back is checked against what was asked, because a register may answer
less, more or in another order. What a register cannot do together is done apart: one
record that it chokes on costs that record, not the batch.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Generic
from uuid import UUID

import msgspec

from gateway.deadline import Timer
from gateway.errors import (
    GatewayError,
    MalformedAnswer,
    Missing,
    RegisterError,
    RegisterRefused,
)
from gateway.registers.directory import Place
from gateway.registers.reading.flights import Flight, Trip
from gateway.registers.reading.singly import Singly
from gateway.registers.reading.together import together
from gateway.registers.records import UNREADABLE, Found, Json, Outcome, R, Resource
from gateway.registers.wire.http import RegisterClient, Remaining

_NOBODY = Place("", UUID(int=0), "")
"""A uuid that no record has."""

LEARNT_FOR = 600.0
"""Seconds for which a register is taken at what it showed it cannot do."""


class _Page(msgspec.Struct):
    """Source: Zaken 1.5.1, PaginatedZaakList; Documenten 1.4.2 has the same."""

    results: list[msgspec.Raw]
    next: str | None = None


class _Splits:
    """How often a refused batch is asked for in halves: enough for a few culprits.

    Without a bound, a register that refuses every record would be asked three times
    as often as there are records.
    """

    def __init__(self, records: int) -> None:
        self.left = 3 * records.bit_length()
        self.makes_sense: bool | None = None

    def take(self) -> bool:
        """Whether one more is allowed."""
        self.left -= 1
        return self.left >= 0


@dataclass(frozen=True, slots=True)
class _Asking:
    """How the records of one trip are asked for.

    Attributes:
        parts: what is to come along.
        remaining: seconds until nobody waits any more.
        splits: of a batch that is refused.
    """

    parts: frozenset[str]
    remaining: Remaining
    splits: _Splits

    def plainly(self) -> "_Asking":
        """The same, with nothing along."""
        return replace(self, parts=frozenset())


class Zoek(Generic[R]):
    """One resource of one register, read in batches."""

    def __init__(
        self,
        client: RegisterClient,
        resource: Resource[R],
        singly: Singly[R],
        *,
        timer: Timer,
    ) -> None:
        """Take what to ask.

        Args:
            client: of the register.
            resource: of that register.
            singly: reads the same without `_zoek`.
            timer: monotonic seconds.
        """
        self._client = client
        self._resource = resource
        self._singly = singly
        self._timer = timer
        self._size = client.settings.page_size
        # Until when the register is taken to have a small page, no expand, no _zoek.
        self._small_until = self._plain_until = 0.0
        self._absent_until = 0.0 if client.settings.zoek else float("inf")

    def group(
        self, flights: Sequence[Flight[Outcome[R]]]
    ) -> list[Sequence[Flight[Outcome[R]]]]:
        """As many in one request as the register puts on a page."""
        if self._is_absent:
            return list(self._singly.group(flights))
        size = self._page_size
        return [flights[at : at + size] for at in range(0, len(flights), size)]

    def brings(self, parts: frozenset[str]) -> frozenset[str]:
        """Say what of these comes along: all, unless the register refused to."""
        if self._is_absent or self._timer() < self._plain_until:
            return self._singly.brings(parts)
        return parts

    async def send(self, trip: Trip[Outcome[R]]) -> Mapping[str, Outcome[R]]:
        """Ask for them together; one answer per URL."""
        places = [flight.place for flight in trip.flights]
        parts = frozenset(chain.from_iterable(each.parts for each in trip.flights))
        # The ETag is the record's: it says nothing of what would come along.
        by_etag = len(places) == 1 and not parts and self._singly.known(places[0].url)
        if by_etag or self._is_absent:
            return await self._singly.get_all(places, trip.remaining)
        asking = _Asking(parts, trip.remaining, _Splits(len(places)))
        return await self._ask(places, asking)

    @property
    def _is_absent(self) -> bool:
        return self._timer() < self._absent_until

    @property
    def _page_size(self) -> int:
        if self._timer() < self._small_until:
            return self._size
        return self._client.settings.page_size

    async def _ask(
        self, places: Sequence[Place], asking: _Asking
    ) -> dict[str, Outcome[R]]:
        try:
            page = await self._page(places, asking)
        except RegisterRefused as error:
            return await self._refused(error, places, asking)
        except RegisterError as error:
            return {place.url: error for place in places}
        found, others = self._read(page, places)
        left = [place for place in places if place.url not in found]
        is_short = page.next is not None and bool(found) and not others
        if left and is_short:
            # It puts less on a page than it was asked to. What is left is asked for
            # by uuid: a `next` may lead anywhere.
            self._size = len(page.results)
            self._small_until = self._timer() + LEARNT_FOR
            return found | await self._ask_in_pages(left, asking)
        # Open Zaak 1.30 answers a filter it does not know with all there is.
        absent: GatewayError = (
            MalformedAnswer(self._register, "it answered something else than was asked")
            if others or page.next is not None
            else Missing("does not exist, or is not shown to this gateway")
        )
        return found | {place.url: absent for place in left}

    async def _ask_in_pages(
        self, places: Sequence[Place], asking: _Asking
    ) -> dict[str, Outcome[R]]:
        size = self._page_size
        return await self._ask_apart(
            [places[at : at + size] for at in range(0, len(places), size)], asking
        )

    async def _ask_apart(
        self, batches: Sequence[Sequence[Place]], asking: _Asking
    ) -> dict[str, Outcome[R]]:
        answers = await together(self._ask(batch, asking) for batch in batches)
        return dict(chain.from_iterable(each.items() for each in answers))

    async def _refused(
        self, error: RegisterRefused, places: Sequence[Place], asking: _Asking
    ) -> dict[str, Outcome[R]]:
        """Find out whether it is the question, one of its records, or all of us."""
        if error.status in {404, 405}:
            self._absent_until = self._timer() + LEARNT_FOR
            return await self._singly.get_all(places, asking.remaining)
        if error.status in {400, 403}:
            if asking.parts:
                # One that it may not expand for us makes it refuse all; or it cannot.
                self._plain_until = self._timer() + LEARNT_FOR
                return await self._ask(places, asking.plainly())
            if len(places) > 1 and await self._is_one_of_them(asking):
                half = len(places) // 2
                return await self._ask_apart([places[:half], places[half:]], asking)
        return {place.url: error for place in places}

    async def _is_one_of_them(self, asking: _Asking) -> bool:
        """Whether the register takes a question that is about none of them."""
        splits = asking.splits
        if splits.makes_sense is None:
            try:
                await self._page([_NOBODY], asking)
                splits.makes_sense = True
            except RegisterError:
                splits.makes_sense = False
        return splits.makes_sense and splits.take()

    async def _page(self, places: Sequence[Place], asking: _Asking) -> _Page:
        body: dict[str, Json] = {"uuid__in": [str(place.uuid) for place in places]}
        if asking.parts:
            body["expand"] = [*sorted(asking.parts)]
        answer = await self._client.post(
            f"/{self._resource.path}/_zoek",
            body,
            # Open Zaak 1.30 reads it from the query only, and gives 100 without it.
            params={"pageSize": str(self._client.settings.page_size)},
            headers=self._resource.headers,
            remaining=asking.remaining,
        )
        try:
            return msgspec.json.decode(answer, type=_Page)
        except UNREADABLE as error:
            message = "the answer is no list of results"
            raise MalformedAnswer(self._register, message) from error

    def _read(
        self, page: _Page, places: Sequence[Place]
    ) -> tuple[dict[str, Outcome[R]], bool]:
        """Read the records that were asked for, and say whether there are others."""
        urls = {place.uuid: place.url for place in places}
        found: dict[str, Outcome[R]] = {}
        others = False
        for result in page.results:
            uuid = self._resource.uuid_in(result)
            url = urls.get(uuid) if uuid else None
            if url is None:
                others = True
            elif not isinstance(found.get(url), Found):  # or it came twice
                found[url] = self._record(result, url)
        return found, others

    def _record(self, result: msgspec.Raw, url: str) -> Outcome[R]:
        try:
            return self._resource.read(result, register=self._register, url=url)
        except MalformedAnswer as error:
            return error

    @property
    def _register(self) -> str:
        return self._client.settings.name
