"""One resource of one register: from memory, from who is asking already, or anew.

An answer is a record or an error. Errors are returned, never raised, so a register
that fails costs only what it should have answered.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, Protocol, cast

from gateway.deadline import Deadline
from gateway.errors import (
    GatewayError,
    Missing,
    RegisterRefused,
)
from gateway.metering import count_remembered
from gateway.registers.directory import Place
from gateway.registers.reading.absence import absent
from gateway.registers.reading.cache import Known, Memory
from gateway.registers.reading.flights import Flight, Flights, Land, Trip
from gateway.registers.records import Found, Lifetime, Outcome, R, Record, Resource


@dataclass(frozen=True, slots=True)
class Lifetimes:
    """How long answers are good for, in seconds.

    Attributes:
        records: by what they are.
        absence: that a record is not there.
        stale: how much longer a record may stand in for a register that fails.
    """

    records: Mapping[Lifetime, float]
    absence: float
    stale: float


@dataclass(slots=True)
class Reading:
    """What one request reads.

    Attributes:
        deadline: until when it waits.
        began: when; monotonic seconds, as what is remembered has.
        stale: the age in seconds of the oldest record, by register, that stood in for
            an answer that did not come.
    """

    deadline: Deadline
    began: float
    stale: dict[str, float] = field(default_factory=dict)


class Fetch(Protocol[R]):
    """How records are fetched: see `Singly` and `Zoek`."""

    def group(
        self, flights: Sequence[Flight[Outcome[R]]]
    ) -> Sequence[Sequence[Flight[Outcome[R]]]]:
        """Say which go together."""

    def brings(self, parts: frozenset[str]) -> frozenset[str]:
        """Say what of these would come along with a record."""

    async def send(self, trip: Trip[Outcome[R]], land: Land[Outcome[R]]) -> None:
        """Ask for these, and land each."""


class Source(Generic[R]):
    """The records of one resource of one register; one of these per process."""

    def __init__(
        self,
        register: str,
        resource: Resource[R],
        fetch: Fetch[R],
        memory: Memory,
        lifetimes: Lifetimes,
    ) -> None:
        """Take what to ask, and where to keep it.

        Args:
            register: its name.
            resource: of that register.
            fetch: how its records are fetched.
            memory: of this process.
            lifetimes: of what is put in it.
        """
        self._register = register
        self._resource = resource
        self._fetch = fetch
        self._memory = memory
        self._lifetimes = lifetimes
        self._lifetime = lifetimes.records[resource.lifetime]
        self._flights: Flights[Outcome[R]] = Flights(
            fetch.group, fetch.send, self._keep
        )

    async def read(
        self, places: Sequence[Place], parts: frozenset[str], reading: Reading
    ) -> dict[str, R | GatewayError]:
        """Give one answer per URL.

        Args:
            places: of records of this resource and register, each once.
            parts: what is wanted along with them.
            reading: of the request that asks.
        """
        answers: dict[str, R | GatewayError] = {}
        wanted: list[Place] = []
        before = 0
        now = self._memory.timer()
        parts = self._fetch.brings(parts) if parts else parts
        for place in places:
            known = self._memory.get(place.url)
            if known and now < known.fresh_until and self._has(known.record, parts):
                answers[place.url] = (
                    absent() if known.record is None else cast("R", known.record)
                )
                before += known.read_at < reading.began
            else:
                wanted.append(place)
        count_remembered(before)
        if wanted:
            answers |= await self._asked(wanted, parts, reading)
        return answers

    def forget(self, url: str, path: str) -> None:
        """Keep nothing of what is under way of a record, or hangs below it.

        Args:
            url: of a record of this register.
            path: its path segment.
        """
        if path == self._resource.path:
            self._flights.forget(url)
        elif self._resource.parent is not None and path == self._resource.parent[1]:
            self._flights.forget_all()  # which of them hang below it, is not known yet

    def forget_all(self) -> None:
        """Keep nothing of what is under way."""
        self._flights.forget_all()

    async def aclose(self) -> None:
        """Give up what is under way."""
        await self._flights.aclose()

    def _has(self, record: Record | None, parts: frozenset[str]) -> bool:
        """Whether what is wanted along with a record is known too."""
        if record is None or not parts:
            return True
        urls: list[str | None] = [getattr(record, part) for part in parts]
        return all(url is None or self._memory.fresh(url) for url in urls)

    async def _asked(
        self, places: Sequence[Place], parts: frozenset[str], reading: Reading
    ) -> dict[str, R | GatewayError]:
        flights: list[Flight[Outcome[R]]] = []
        if reading.deadline.remaining() > 0:
            join = self._flights.join
            flights = [join(place, parts, reading.deadline) for place in places]
            await self._flights.landed(flights, reading.deadline)
        landed = {
            flight.place.url: flight.answer.result()
            for flight in flights
            if flight.answer.done() and not flight.answer.cancelled()
        }
        late = reading.deadline.exceeded()
        return {
            place.url: self._answer(place.url, landed.get(place.url, late), reading)
            for place in places
        }

    def _answer(
        self, url: str, outcome: Outcome[R], reading: Reading
    ) -> R | GatewayError:
        if isinstance(outcome, Found):
            return cast("R", outcome.record)
        if isinstance(outcome, Missing) or is_denial(outcome):
            return outcome
        known = self._memory.get(url)
        if known is None or known.record is None:
            return outcome
        now = self._memory.timer()
        if now >= known.fresh_until:
            oldest = reading.stale.get(self._register, 0.0)
            reading.stale[self._register] = max(now - known.read_at, oldest)
        return cast("R", known.record)

    def _keep(self, flight: Flight[Outcome[R]], outcome: Outcome[R]) -> None:
        url = flight.place.url
        if flight.forgotten:
            return
        if isinstance(outcome, Found):
            self._put(url, outcome, self._lifetime)
            for resource, record in outcome.beside:
                lifetime = self._lifetimes.records[resource.lifetime]
                self._put(record.url, Found(record, below=url), lifetime)
        elif isinstance(outcome, Missing):
            now = self._memory.timer()
            until = now + self._lifetimes.absence
            self._memory.put(url, Known(None, now, until, until, 0))
        elif is_denial(outcome):
            self._memory.forget(url)

    def _put(self, url: str, found: Found[R] | Found[Record], lifetime: float) -> None:
        now = self._memory.timer()
        until = now + lifetime
        kept = until + self._lifetimes.stale
        self._memory.put(
            url,
            Known(found.record, now, until, kept, found.size, found.etag, found.below),
        )


def is_denial(outcome: GatewayError) -> bool:
    """Whether a register does not show it to us: then an older one may not stand in."""
    return isinstance(outcome, RegisterRefused) and outcome.status in {401, 403}
