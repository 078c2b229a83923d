"""Questions under way: a record is asked for once, however many wait for it.

Who asks gets a flight. Flights that are wanted at the same moment leave together, in
as few requests as the register allows; one that is under way is joined. Everybody
waits until the own deadline; when nobody waits any more, the request is given up.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterable, Iterator, Sequence
from contextvars import Context, copy_context
from functools import partial
from itertools import chain
from typing import Generic, TypeVar

from gateway.deadline import Deadline
from gateway.registers.directory import Place

A = TypeVar("A")

QUIET_TURNS = 2
"""Turns of the loop in which nobody asked; batch fields start within one of another."""

MOST_TURNS = 20
"""Turns after which a request leaves although there are always others who ask."""


class NotLanded(Exception):
    """A programming error: of what was asked, these got no answer."""


class Flight(Generic[A]):
    """One record that is being asked for.

    Attributes:
        place: of the record.
        parts: what is to come along with it.
        context: of who asked first: to whose trace the request belongs.
        answer: done when it has landed.
        trip: the request it is in, once that has left.
        until: when the last of those who ever waited stops waiting.
        forgotten: whether the record changed meanwhile: what comes is not to be kept.
    """

    __slots__ = (
        "_waiting",
        "answer",
        "context",
        "forgotten",
        "parts",
        "place",
        "trip",
        "until",
    )

    def __init__(self, place: Place, parts: frozenset[str]) -> None:
        self.place = place
        self.parts = parts
        self.context: Context = copy_context()
        self.answer: asyncio.Future[A] = asyncio.get_running_loop().create_future()
        self.trip: Trip[A] | None = None
        self.until = 0.0
        self.forgotten = False
        self._waiting = 0

    def join(self, deadline: Deadline) -> None:
        """Wait for it, until then."""
        self._waiting += 1
        self.until = max(self.until, deadline.at)

    def leave(self) -> None:
        """Wait no more."""
        self._waiting -= 1

    @property
    def wanted(self) -> bool:
        """Whether anybody waits."""
        return self._waiting > 0


class Trip(Generic[A]):
    """One request, and the flights that it answers.

    Attributes:
        flights: all of them, landed or not.
    """

    def __init__(self, flights: Sequence[Flight[A]]) -> None:
        self.flights = flights
        self.task: asyncio.Task[None] | None = None
        for flight in flights:
            flight.trip = self

    @property
    def wanted(self) -> bool:
        """Whether anybody waits for any that has not landed."""
        return any(
            flight.wanted and not flight.answer.done() for flight in self.flights
        )

    def remaining(self) -> float:
        """Seconds until nobody waits any more."""
        return max(flight.until for flight in self.flights) - time.monotonic()


Land = Callable[[str, A], None]
"""Gives the answer for a URL, as soon as it is there."""

# Asks for these flights in one go, and lands each. Never raises for what a register
# does.
Send = Callable[[Trip[A], Land[A]], Awaitable[None]]

# Says which flights go together in one request.
Group = Callable[[Sequence[Flight[A]]], Iterable[Sequence[Flight[A]]]]

# Takes what has landed, before those who wait do.
Keep = Callable[[Flight[A], A], None]


class Flights(Generic[A]):
    """All questions to one resource of one register."""

    def __init__(self, group: Group[A], send: Send[A], keep: Keep[A]) -> None:
        self._group = group
        self._send = send
        self._keep = keep
        self._gathering: dict[str, Flight[A]] = {}
        self._under_way: dict[str, Flight[A]] = {}
        self._trips: set[Trip[A]] = set()

    def join(
        self, place: Place, parts: frozenset[str], deadline: Deadline
    ) -> Flight[A]:
        """Ask, together with all who ask the same."""
        flight = self._gathering.get(place.url)
        if flight is not None:
            flight.parts |= parts
        else:
            flight = self._under_way.get(place.url)
            if flight is None or not parts <= flight.parts:
                flight = self._begin(place, parts)
        flight.join(deadline)
        return flight

    async def landed(self, flights: Sequence[Flight[A]], deadline: Deadline) -> None:
        """Wait until all have landed, or until the deadline; then leave them."""
        answers = [flight.answer for flight in flights if not flight.answer.done()]
        try:
            if answers:
                await asyncio.wait(answers, timeout=deadline.remaining())
        finally:
            self._leave(flights)

    def forget(self, url: str) -> None:
        """Let nobody join what is under way, and nothing be kept of it."""
        self._under_way.pop(url, None)
        # There may be two: one that brings more was begun beside a plain one.
        for flight in self._flying():
            if flight.place.url == url:
                flight.forgotten = True

    def forget_all(self) -> None:
        """The same for all that are under way."""
        self._under_way.clear()
        for flight in self._flying():
            flight.forgotten = True

    def _flying(self) -> Iterator[Flight[A]]:
        return chain.from_iterable(trip.flights for trip in self._trips)

    async def aclose(self) -> None:
        """Give up all that is under way."""
        tasks = [trip.task for trip in self._trips if trip.task]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _begin(self, place: Place, parts: frozenset[str]) -> Flight[A]:
        if not self._gathering:
            loop = asyncio.get_running_loop()
            loop.call_soon(self._depart_when_quiet, loop, 0, 0, 1)
        flight: Flight[A] = Flight(place, parts)
        self._gathering[place.url] = flight
        return flight

    def _depart_when_quiet(
        self, loop: asyncio.AbstractEventLoop, seen: int, quiet: int, turn: int
    ) -> None:
        number = len(self._gathering)
        quiet = quiet + 1 if number == seen else 0
        if quiet < QUIET_TURNS and turn < MOST_TURNS:
            loop.call_soon(self._depart_when_quiet, loop, number, quiet, turn + 1)
            return
        flights = [flight for flight in self._gathering.values() if flight.wanted]
        self._gathering.clear()
        self._under_way |= {flight.place.url: flight for flight in flights}
        for together in self._group(flights):
            trip = Trip(together)
            # Or it would belong to whoever was the first to ask for anything.
            context = together[0].context
            trip.task = loop.create_task(self._travel(trip), context=context)
            self._trips.add(trip)  # the loop itself holds only a weak reference
            trip.task.add_done_callback(partial(self._ended, trip))

    def _ended(self, trip: Trip[A], _task: asyncio.Task[None]) -> None:
        self._trips.discard(trip)

    async def _travel(self, trip: Trip[A]) -> None:
        flights = {flight.place.url: flight for flight in trip.flights}

        def land(url: str, answer: A) -> None:
            self._land(flights.pop(url), answer)

        try:
            await self._send(trip, land)
        except asyncio.CancelledError:
            for flight in flights.values():
                self._arrived(flight)
                flight.answer.cancel()
            raise
        except Exception as error:  # noqa: BLE001 - a bug; told to all who wait
            self._fail(flights.values(), error)
        else:
            if flights:
                self._fail(flights.values(), NotLanded(", ".join(flights)))

    def _land(self, flight: Flight[A], answer: A) -> None:
        try:
            self._keep(flight, answer)
        except Exception as error:  # noqa: BLE001 - a bug; told to all who wait
            self._fail([flight], error)
        else:
            self._arrived(flight)
            flight.answer.set_result(answer)

    def _fail(self, flights: Iterable[Flight[A]], error: Exception) -> None:
        for flight in flights:
            self._arrived(flight)
            flight.answer.set_exception(error)
            flight.answer.exception()  # or it is reported when nobody waits

    def _arrived(self, flight: Flight[A]) -> None:
        if self._under_way.get(flight.place.url) is flight:
            del self._under_way[flight.place.url]

    def _leave(self, flights: Sequence[Flight[A]]) -> None:
        left: dict[Trip[A], None] = {}
        for flight in flights:
            flight.leave()
            if flight.trip and not flight.answer.done():
                left[flight.trip] = None
        for trip in left:
            if not trip.wanted and trip.task:
                for flight in trip.flights:
                    self._arrived(flight)  # whoever asks now, asks anew
                trip.task.cancel()
