"""Reading records without bulk read: one GET each.

A record that is known by its ETag is only asked whether it still is what it was.
"""

import asyncio
from collections.abc import Coroutine, Iterable, Mapping, Sequence
from typing import Generic, TypeVar, cast

from gateway.errors import GatewayError, Missing, RegisterError
from gateway.registers.directory import Place
from gateway.registers.reading.cache import Memory
from gateway.registers.reading.flights import Flight, Trip
from gateway.registers.records import Found, R, Resource
from gateway.registers.wire.http import RegisterClient, Remaining

T = TypeVar("T")

Outcome = Found[R] | GatewayError


class Singly(Generic[R]):
    """One resource of one register, read record by record."""

    def __init__(
        self,
        client: RegisterClient,
        resource: Resource[R],
        memory: Memory,
    ) -> None:
        """Take what to ask.

        Args:
            client: of the register.
            resource: of that register.
            memory: knows ETags, and the records that they name.
        """
        self._client = client
        self._resource = resource
        self._memory = memory

    def group(
        self, flights: Sequence[Flight[Outcome[R]]]
    ) -> list[list[Flight[Outcome[R]]]]:
        """Each by itself: a slow one keeps no other waiting."""
        return [[flight] for flight in flights]

    async def send(self, trip: Trip[Outcome[R]]) -> Mapping[str, Outcome[R]]:
        """Ask for each; one answer per URL."""
        places = [flight.place for flight in trip.flights]
        return await self.get_all(places, trip.remaining)

    async def get_all(
        self, places: Sequence[Place], remaining: Remaining
    ) -> dict[str, Outcome[R]]:
        """Ask for each, side by side; one answer per URL."""
        answers = await together(self._get(place, remaining) for place in places)
        return {
            place.url: answer for place, answer in zip(places, answers, strict=True)
        }

    def known(self, url: str) -> Found[R] | None:
        """Give the version that we can name to the register."""
        known = self._memory.get(url)
        if known is None or not known.etag or isinstance(known.answer, Missing):
            return None
        record = cast("R", known.answer)
        return Found(record, known.size, known.etag, known.below)

    async def _get(self, place: Place, remaining: Remaining) -> Outcome[R]:
        known = self.known(place.url)
        try:
            answer = await self._client.get(
                f"/{self._resource.path}/{place.uuid}",
                headers=self._resource.headers,
                etag=known.etag if known else "",
                remaining=remaining,
            )
            if isinstance(answer, Missing):
                return answer
            if answer is None and known is not None:
                return known
            body, etag = answer or (b"", "")
            register = self._client.settings.name
            return self._resource.read(
                body, register=register, url=place.url, etag=etag
            )
        except RegisterError as error:
            return error


async def together(calls: Iterable[Coroutine[None, None, T]]) -> list[T]:
    """Run all at once; their results in order."""
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(call) for call in calls]
    return [task.result() for task in tasks]
