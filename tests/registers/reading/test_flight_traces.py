"""Whose trace a request belongs to that answers several."""

import asyncio
from collections.abc import Sequence
from uuid import UUID

import pytest

from gateway.deadline import Deadline
from gateway.registers.directory import Place
from gateway.registers.reading.flights import Flight, Flights, Land, Trip
from gateway.tracing import begun, outgoing, within
from tests.registers.builders import Gate, uuid

pytestmark = pytest.mark.anyio

AN, BO = begun(), begun()
NAMES = {AN.trace_id: "An", BO.trace_id: "Bo"}


class Register:
    """Takes so many at a time.

    Attributes:
        sent: the numbers in each request, and whose trace it says it belongs to.
        gate: opens to answer.
    """

    def __init__(self, at_once: int) -> None:
        self._at_once = at_once
        self.sent: list[tuple[list[str], str]] = []
        self.gate = Gate()
        self.flights: Flights[str] = Flights(self.group, self.send, keep)

    def group(self, flights: Sequence[Flight[str]]) -> list[Sequence[Flight[str]]]:
        starts = range(0, len(flights), self._at_once)
        return [flights[start : start + self._at_once] for start in starts]

    async def send(self, trip: Trip[str], land: Land[str]) -> None:
        urls = [flight.place.url for flight in trip.flights]
        trace = outgoing()["traceparent"].split("-")[1]
        self.sent.append(([url.rpartition("/")[2] for url in urls], NAMES[trace]))
        await self.gate.passed()
        for url in urls:
            land(url, url)

    async def ask(self, number: int) -> None:
        url = f"https://x.example/zaken/{number}"
        place = Place("zaken", UUID(uuid(number)), url)
        deadline = Deadline.after(60)
        flight = self.flights.join(place, frozenset(), deadline)
        await self.flights.landed([flight], deadline)


def keep(_flight: Flight[str], _answer: str) -> None:
    """Remember nothing."""


async def test_requests_at_the_same_moment_belong_to_who_asked_for_them() -> None:
    register = Register(at_once=1)
    with within(AN):
        one = asyncio.create_task(register.ask(1))
    with within(BO):
        other = asyncio.create_task(register.ask(2))
    await register.gate.came(2)
    register.gate.open()
    await asyncio.gather(one, other)
    assert register.sent == [(["1"], "An"), (["2"], "Bo")]


async def test_a_request_for_several_belongs_to_who_was_first() -> None:
    register = Register(at_once=2)
    with within(AN):
        one = asyncio.create_task(register.ask(1))
    with within(BO):
        other = asyncio.create_task(register.ask(2))
    await register.gate.came()
    register.gate.open()
    await asyncio.gather(one, other)
    assert register.sent == [(["1", "2"], "An")]


async def test_who_joins_a_request_has_none_of_their_own() -> None:
    register = Register(at_once=1)
    with within(AN):
        one = asyncio.create_task(register.ask(1))
    await register.gate.came()
    with within(BO):
        other = asyncio.create_task(register.ask(1))
        await asyncio.sleep(0)
    register.gate.open()
    await asyncio.gather(one, other)
    assert register.sent == [(["1"], "An")]
