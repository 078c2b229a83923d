"""Reading records without bulk read: one GET each.

A record that is known by its ETag is only asked whether it still is what it was.
"""

from collections.abc import Sequence
from typing import Generic, cast

from gateway.errors import Missing, RegisterError
from gateway.registers.directory import Place
from gateway.registers.reading.cache import Memory
from gateway.registers.reading.flights import Flight, Land, Trip
from gateway.registers.reading.together import together
from gateway.registers.records import Found, Outcome, R, Resource
from gateway.registers.wire.http import RegisterClient, Remaining
from gateway.registers.wire.messages import Answer

_NOTHING: frozenset[str] = frozenset()


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

    async def send(self, trip: Trip[Outcome[R]], land: Land[Outcome[R]]) -> None:
        """Ask for each, and land it."""
        places = [flight.place for flight in trip.flights]
        await self.get_all(places, trip.remaining, land)

    async def get_all(
        self, places: Sequence[Place], remaining: Remaining, land: Land[Outcome[R]]
    ) -> None:
        """Ask for each, side by side, and land it."""

        async def get(place: Place) -> None:
            land(place.url, await self.get(place, remaining))

        await together(map(get, places))

    def known(self, url: str) -> Found[R] | None:
        """Give the version that we can name to the register."""
        known = self._memory.get(url)
        if known is None or not known.etag or known.record is None:
            return None
        record = cast("R", known.record)
        return Found(record, known.size, known.etag, known.below)

    def brings(self, _parts: frozenset[str]) -> frozenset[str]:
        """Bring nothing along: what hangs on a record is asked for by itself."""
        return _NOTHING

    async def get(self, place: Place, remaining: Remaining) -> Outcome[R]:
        """Ask for one, or whether it still is what we know.

        Args:
            place: of the record.
            remaining: seconds until nobody waits any more.
        """
        known = self.known(place.url)
        path, headers = f"/{self._resource.path}/{place.uuid}", self._resource.headers
        get, get_changed = self._client.get, self._client.get_changed
        answer: Answer | Missing | Found[R]
        try:
            if known is None:
                answer = await get(path, headers=headers, remaining=remaining)
            else:
                changed = await get_changed(
                    path, known.etag, headers=headers, remaining=remaining
                )
                answer = changed or known
            if isinstance(answer, Answer):
                return self._resource.read(
                    answer.body,
                    register=self._client.settings.name,
                    url=place.url,
                    etag=answer.etag,
                )
        except RegisterError as error:
            return error
        return answer
