"""Reading many records in one request: `_zoek` with `uuid__in`.

What comes back is checked against what was asked, because a register may answer
less, more or in another order. What a register cannot do together is done apart: one
record that it chokes on costs that record, not the batch.
"""

from collections.abc import Iterable, Sequence
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
from gateway.registers.reading.absence import absent
from gateway.registers.reading.flights import Flight, Land, Trip
from gateway.registers.reading.pages import Page, page_in
from gateway.registers.reading.singly import Singly
from gateway.registers.reading.together import together
from gateway.registers.records import Found, Json, Outcome, R, Resource
from gateway.registers.wire.http import RegisterClient, Remaining

_NOBODY = Place("", UUID(int=0), "")
"""A uuid that no record has."""

LEARNT_FOR = 600.0
"""Seconds for which a register is taken at what it showed it cannot do."""


class _Splits:
    """How often a refused batch is asked for in halves.

    About as many requests as asking for each record by itself would take: enough to
    find several culprits, and no more than that.
    """

    def __init__(self, records: int) -> None:
        self.left = records // 2 + records.bit_length()
        self.makes_sense: bool | None = None

    def take(self) -> bool:
        """Whether one more is allowed."""
        self.left -= 1
        return self.left >= 0


@dataclass(frozen=True, slots=True)
class _Asking(Generic[R]):
    """How the records of one trip are asked for.

    Attributes:
        parts: what is to come along.
        remaining: seconds until nobody waits any more.
        land: takes each answer.
        splits: of a batch that is refused.
    """

    parts: frozenset[str]
    remaining: Remaining
    land: Land[Outcome[R]]
    splits: _Splits

    def plainly(self) -> "_Asking[R]":
        """The same, with nothing along."""
        return replace(self, parts=frozenset())

    def land_all(self, places: Sequence[Place], error: GatewayError) -> None:
        """Give all of these the same error."""
        for place in places:
            self.land(place.url, error)


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

    async def send(self, trip: Trip[Outcome[R]], land: Land[Outcome[R]]) -> None:
        """Ask for them together, and land each."""
        places = [flight.place for flight in trip.flights]
        parts = frozenset(chain.from_iterable(each.parts for each in trip.flights))
        # The ETag is the record's: it says nothing of what would come along.
        by_etag = len(places) == 1 and not parts and self._singly.known(places[0].url)
        if by_etag or self._is_absent:
            await self._singly.get_all(places, trip.remaining, land)
        else:
            splits = _Splits(len(places))
            await self._ask(places, _Asking(parts, trip.remaining, land, splits))

    @property
    def _is_absent(self) -> bool:
        return self._timer() < self._absent_until

    @property
    def _page_size(self) -> int:
        if self._timer() < self._small_until:
            return self._size
        return self._client.settings.page_size

    async def _ask(self, places: Sequence[Place], asking: _Asking[R]) -> None:
        try:
            page = await self._page(places, asking)
        except RegisterRefused as error:
            await self._refused(error, places, asking)
            return
        except RegisterError as error:
            asking.land_all(places, error)
            return
        await self._land(page, places, asking)

    async def _land(
        self, page: Page, places: Sequence[Place], asking: _Asking[R]
    ) -> None:
        found, others = self._read(page, places)
        for url, outcome in found.items():
            asking.land(url, outcome)
        left = [place for place in places if place.url not in found]
        is_short = page.next is not None and bool(found) and not others
        if left and is_short:
            # It puts less on a page than it was asked to. What is left is asked for
            # by uuid: a `next` may lead anywhere.
            self._size = len(found)
            self._small_until = self._timer() + LEARNT_FOR
            await self._ask_apart(self._pages(left), asking)
        # Open Zaak 1.30 answers a filter it does not know with all there is.
        elif others or page.next is not None:
            message = "it answered something else than was asked"
            asking.land_all(left, MalformedAnswer(self._register, message))
        else:
            asking.land_all(left, absent())

    def _pages(self, places: Sequence[Place]) -> list[Sequence[Place]]:
        size = self._page_size
        return [places[at : at + size] for at in range(0, len(places), size)]

    async def _ask_apart(
        self, batches: Iterable[Sequence[Place]], asking: _Asking[R]
    ) -> None:
        await together(self._ask(batch, asking) for batch in batches)

    async def _refused(
        self, error: RegisterRefused, places: Sequence[Place], asking: _Asking[R]
    ) -> None:
        """Find out whether it is the question, one of its records, or all of us."""
        if error.status in {404, 405}:
            await self._ask_singly(places, asking)
        elif error.status in {400, 403} and asking.parts:
            await self._ask_plainly(places, asking.plainly())
        elif (
            error.status not in {400, 403, 413}
            or len(places) == 1
            or not await self._is_one_of_them(asking)
        ):
            asking.land_all(places, error)
        elif asking.splits.take():
            half = len(places) // 2
            await self._ask_apart([places[:half], places[half:]], asking)
        elif error.status == 403:
            asking.land_all(places, error)  # what is not shown, may not be stood in for
        else:
            message = "it refuses some of these records, and does not say which"
            asking.land_all(places, MalformedAnswer(self._register, message))

    async def _ask_plainly(self, places: Sequence[Place], asking: _Asking[R]) -> None:
        """Do without what would come along; from now on, if that is what it refused.

        What it may not expand for us makes it refuse all of them; or it cannot expand.
        """
        try:
            page = await self._page(places, asking)
        except RegisterRefused as error:
            await self._refused(error, places, asking)
        except RegisterError as error:
            asking.land_all(places, error)
        else:
            self._plain_until = self._timer() + LEARNT_FOR
            await self._land(page, places, asking)

    async def _ask_singly(self, places: Sequence[Place], asking: _Asking[R]) -> None:
        """Do without `_zoek`; from now on, if the register itself has none.

        One record tells: whoever else answers at this address, has no records either.
        """
        first, rest = places[0], places[1:]
        outcome = await self._singly.get(first, asking.remaining)
        asking.land(first.url, outcome)
        if isinstance(outcome, Found | Missing):
            learnt = self._timer() + LEARNT_FOR
            self._absent_until = max(self._absent_until, learnt)
            await self._singly.get_all(rest, asking.remaining, asking.land)
        else:
            asking.land_all(rest, outcome)

    async def _is_one_of_them(self, asking: _Asking[R]) -> bool:
        """Whether the register takes a question that is about none of them."""
        splits = asking.splits
        if splits.makes_sense is None:
            try:
                await self._page([_NOBODY], asking)
            except RegisterError:
                splits.makes_sense = False
            else:
                splits.makes_sense = True
        return splits.makes_sense

    async def _page(self, places: Sequence[Place], asking: _Asking[R]) -> Page:
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
        return page_in(answer, self._register)

    def _read(
        self, page: Page, places: Sequence[Place]
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
