"""Reading many records in one request: `_zoek` with `uuid__in`.

What comes back is checked against what was asked, because a register may answer
less, more or in another order. What a register cannot do together is done apart: one
record that it chokes on costs that record, not the batch.
"""

from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Generic
from uuid import UUID

import msgspec

from gateway.errors import (
    GatewayError,
    MalformedAnswer,
    Missing,
    RegisterError,
    RegisterRefused,
)
from gateway.registers.directory import Place
from gateway.registers.reading.cache import Timer
from gateway.registers.reading.flights import Flight, Trip
from gateway.registers.reading.singly import Outcome, Singly, together
from gateway.registers.records import UNREADABLE, Found, Json, R, Resource
from gateway.registers.wire.http import RegisterClient, Remaining

NOBODY = UUID(int=0)
"""A uuid that no record has."""

TRIED_AGAIN_AFTER = 600.0
"""Seconds after which a register that had no `_zoek` is asked whether it has now."""


class _Page(msgspec.Struct):
    """Source: Zaken 1.5.1, PaginatedZaakList; Documenten 1.4.2 has the same."""

    results: list[msgspec.Raw]
    next: str | None = None


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
        self._absent_until = 0.0 if client.settings.zoek else float("inf")

    def group(
        self, flights: Sequence[Flight[Outcome[R]]]
    ) -> list[Sequence[Flight[Outcome[R]]]]:
        """As many in one request as the register puts on a page."""
        if self._without_zoek:
            return list(self._singly.group(flights))
        size = self._size
        return [flights[at : at + size] for at in range(0, len(flights), size)]

    async def send(self, trip: Trip[Outcome[R]]) -> Mapping[str, Outcome[R]]:
        """Ask for them together; one answer per URL."""
        places = [flight.place for flight in trip.flights]
        parts = frozenset(chain.from_iterable(each.parts for each in trip.flights))
        # The ETag is the record's: it says nothing of what would come along.
        unchanged = len(places) == 1 and not parts and self._singly.known(places[0].url)
        if unchanged or self._without_zoek:
            return await self._singly.get_all(places, trip.remaining)
        return await self._ask(places, parts, trip.remaining)

    @property
    def _without_zoek(self) -> bool:
        return self._timer() < self._absent_until

    async def _ask(
        self, places: Sequence[Place], parts: frozenset[str], remaining: Remaining
    ) -> dict[str, Outcome[R]]:
        try:
            page = await self._page([each.uuid for each in places], parts, remaining)
        except RegisterRefused as error:
            return await self._refused(error, places, parts, remaining)
        except RegisterError as error:
            return {place.url: error for place in places}
        found, others = self._read(page, places)
        left = [place for place in places if place.url not in found]
        if left and page.next is not None and found and not others:
            # It puts less on a page than it was asked to. What is left is asked for
            # by uuid: a `next` may lead anywhere.
            self._size = min(self._size, len(page.results))
            return found | await self._ask_in_pages(left, parts, remaining)
        # Open Zaak 1.30 answers a filter it does not know with all there is.
        absent: GatewayError = (
            MalformedAnswer(self._register, "it answered something else than was asked")
            if others or page.next is not None
            else Missing("does not exist, or is not shown to this gateway")
        )
        return found | {place.url: absent for place in left}

    async def _ask_in_pages(
        self, places: Sequence[Place], parts: frozenset[str], remaining: Remaining
    ) -> dict[str, Outcome[R]]:
        size = self._size
        pages = await together(
            self._ask(places[at : at + size], parts, remaining)
            for at in range(0, len(places), size)
        )
        return dict(chain.from_iterable(page.items() for page in pages))

    async def _refused(
        self,
        error: RegisterRefused,
        places: Sequence[Place],
        parts: frozenset[str],
        remaining: Remaining,
    ) -> dict[str, Outcome[R]]:
        """Find out whether it is the question, one of its records, or all of us."""
        if error.status in {404, 405}:
            self._absent_until = self._timer() + TRIED_AGAIN_AFTER
            return await self._singly.get_all(places, remaining)
        if error.status in {400, 403} and parts:
            # What it may not expand for us makes it refuse all; or it cannot expand.
            return await self._ask(places, frozenset(), remaining)
        one_of_them = error.status == 400 and len(places) > 1
        if one_of_them and await self._takes_a_question(remaining):
            half = len(places) // 2
            first, second = await together(
                self._ask(some, parts, remaining)
                for some in (places[:half], places[half:])
            )
            return first | second
        return {place.url: error for place in places}

    async def _takes_a_question(self, remaining: Remaining) -> bool:
        try:
            await self._page([NOBODY], frozenset(), remaining)
        except RegisterError:
            return False
        return True

    async def _page(
        self, uuids: Sequence[UUID], parts: frozenset[str], remaining: Remaining
    ) -> _Page:
        body: dict[str, Json] = {"uuid__in": [str(uuid) for uuid in uuids]}
        if parts:
            body["expand"] = [*sorted(parts)]
        answer = await self._client.post(
            f"/{self._resource.path}/_zoek",
            body,
            # Open Zaak 1.30 reads it from the query only, and gives 100 without it.
            params={"pageSize": str(self._client.settings.page_size)},
            headers=self._resource.headers,
            remaining=remaining,
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
