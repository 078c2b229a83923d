"""Many ask, few are asked: with a register that answers when the test says so."""

import asyncio
from collections.abc import Sequence
from uuid import UUID

import pytest

from gateway.deadline import Deadline
from gateway.registers.directory import Place
from gateway.registers.reading.flights import (
    MOST_TURNS,
    Flight,
    Flights,
    Land,
    NotLanded,
    Trip,
)
from tests.registers.builders import Gate, uuid

pytestmark = pytest.mark.anyio

NONE: frozenset[str] = frozenset()
STATUS = frozenset({"status"})
NEVER = Deadline.after(24 * 3600)  # counted from when this file is read


def place(number: int) -> Place:
    return Place("zaken", UUID(uuid(number)), f"https://x.example/zaken/{number}")


class Register:
    """Takes two at a time.

    Attributes:
        sent: the last segments of the URLs of each request, and what comes along.
        gate: opens to answer.
        given_up: requests that were cancelled.
        kept: the answers that landed, and whether they were forgotten meanwhile.
    """

    def __init__(self) -> None:
        self.sent: list[tuple[str, frozenset[str]]] = []
        self.trips: list[Trip[str]] = []
        self.gate = Gate()
        self.given_up = 0
        self.kept: list[tuple[str, bool]] = []
        self.flights: Flights[str] = Flights(self.group, self.send, self.keep)

    def group(self, flights: Sequence[Flight[str]]) -> list[Sequence[Flight[str]]]:
        return [flights[at : at + 2] for at in range(0, len(flights), 2)]

    def keep(self, flight: Flight[str], answer: str) -> None:
        self.kept.append((answer, flight.forgotten))

    async def send(self, trip: Trip[str], land: Land[str]) -> None:
        urls = [flight.place.url for flight in trip.flights]
        names = ",".join(url.rpartition("/")[2] for url in urls)
        self.sent.append((names, frozenset().union(*(f.parts for f in trip.flights))))
        self.trips.append(trip)
        try:
            await self.gate.passed()
        except asyncio.CancelledError:
            self.given_up += 1
            raise
        for url in urls:
            land(url, f"answer {url.rpartition('/')[2]}")

    async def ask(
        self,
        *numbers: int,
        parts: frozenset[str] = NONE,
        deadline: Deadline = NEVER,
    ) -> list[str | None]:
        flights = [
            self.flights.join(place(number), parts, deadline) for number in numbers
        ]
        await self.flights.landed(flights, deadline)
        return [
            flight.answer.result() if flight.answer.done() else None
            for flight in flights
        ]


@pytest.fixture
def register() -> Register:
    return Register()


async def test_what_is_wanted_at_the_same_moment_leaves_together(
    register: Register,
) -> None:
    register.gate.open()
    answers = await asyncio.gather(
        register.ask(1), register.ask(2, 1, parts=STATUS), register.ask(3)
    )
    assert [*answers] == [["answer 1"], ["answer 2", "answer 1"], ["answer 3"]]
    assert register.sent == [("1,2", STATUS), ("3", NONE)]


async def test_one_that_is_under_way_is_joined(register: Register) -> None:
    first = asyncio.create_task(register.ask(1, 2))
    await register.gate.came()
    second = asyncio.create_task(register.ask(2, 3))
    await register.gate.came()
    register.gate.open()
    assert await first == ["answer 1", "answer 2"]
    assert await second == ["answer 2", "answer 3"]
    assert register.sent == [("1,2", NONE), ("3", NONE)]


async def test_one_that_brings_less_than_is_wanted_is_not_joined(
    register: Register,
) -> None:
    plain = asyncio.create_task(register.ask(1))
    await register.gate.came()
    richer = asyncio.create_task(register.ask(1, parts=STATUS))
    await register.gate.came()
    plain_again = asyncio.create_task(register.ask(1))
    await asyncio.sleep(0)
    register.gate.open()
    await asyncio.gather(plain, richer, plain_again)
    assert [parts for _, parts in register.sent] == [NONE, STATUS]


async def test_what_has_landed_is_asked_anew(register: Register) -> None:
    register.gate.open()
    await register.ask(1)
    await register.ask(1)
    assert register.sent == [("1", NONE), ("1", NONE)]


async def test_who_cannot_wait_longer_goes_and_the_others_stay(
    register: Register,
) -> None:
    patient = asyncio.create_task(register.ask(1))
    assert await register.ask(1, 2, deadline=Deadline.after(0.01)) == [None, None]
    assert register.given_up == 0
    register.gate.open()
    assert await patient == ["answer 1"]
    assert register.sent == [("1,2", NONE)]


async def test_when_nobody_waits_any_more_the_request_is_given_up(
    register: Register,
) -> None:
    soon = Deadline.after(0.01)
    first = asyncio.create_task(register.ask(1, deadline=soon))
    assert await register.ask(1, deadline=soon) == [None]
    assert await first == [None]
    await asyncio.sleep(0)
    assert register.given_up == 1
    register.gate.open()
    assert await register.ask(1) == ["answer 1"]
    assert register.sent == [("1", NONE), ("1", NONE)]


async def test_a_cancelled_question_waits_no_more(register: Register) -> None:
    asking = asyncio.create_task(register.ask(1))
    await register.gate.came()
    asking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asking
    await asyncio.sleep(0)
    assert register.given_up == 1


async def test_what_nobody_wants_any_more_does_not_leave(register: Register) -> None:
    asking = asyncio.create_task(register.ask(1))
    await asyncio.sleep(0)
    asking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asking
    register.gate.open()
    assert await register.ask(2) == ["answer 2"]
    assert register.sent == [("2", NONE)]


async def test_a_request_may_take_as_long_as_the_most_patient_waits(
    register: Register,
) -> None:
    asking = asyncio.create_task(register.ask(1, deadline=Deadline.after(5)))
    await register.gate.came()
    (trip,) = register.trips
    assert 4 < trip.remaining() < 5
    later = asyncio.create_task(register.ask(1, deadline=Deadline.after(50)))
    await asyncio.sleep(0)
    assert 49 < trip.remaining() < 50
    register.gate.open()
    await asyncio.gather(asking, later)


def ignored(_flight: Flight[str], _answer: str) -> None:
    """Keep nothing."""


async def test_a_bug_is_told_to_all_who_wait() -> None:
    async def broken(_trip: Trip[str], _land: Land[str]) -> None:
        raise ZeroDivisionError

    flights: Flights[str] = Flights(lambda each: [each], broken, ignored)
    joined = [flights.join(place(number), NONE, NEVER) for number in (1, 2)]
    await flights.landed(joined, NEVER)
    told = [type(flight.answer.exception()) for flight in joined]
    assert told == [ZeroDivisionError, ZeroDivisionError]


async def test_what_has_landed_is_there_whatever_becomes_of_the_rest() -> None:
    async def half(trip: Trip[str], land: Land[str]) -> None:
        land(trip.flights[0].place.url, "one")
        await asyncio.Event().wait()

    kept: list[str] = []
    flights: Flights[str] = Flights(
        lambda each: [each], half, lambda _flight, answer: kept.append(answer)
    )
    soon = Deadline.after(0.01)
    one, two = (flights.join(place(number), NONE, soon) for number in (1, 2))
    await flights.landed([one, two], soon)
    assert (one.answer.result(), two.answer.done(), kept) == ("one", False, ["one"])


async def test_an_answer_that_cannot_be_kept_is_a_bug_of_its_own_only() -> None:
    async def whole(trip: Trip[str], land: Land[str]) -> None:
        for flight in trip.flights:
            land(flight.place.url, "answer")

    def keep(flight: Flight[str], _answer: str) -> None:
        if flight.place == place(1):
            raise ZeroDivisionError

    flights: Flights[str] = Flights(lambda each: [each], whole, keep)
    one, two = (flights.join(place(number), NONE, NEVER) for number in (1, 2))
    await flights.landed([one, two], NEVER)
    assert isinstance(one.answer.exception(), ZeroDivisionError)
    assert two.answer.result() == "answer"


async def test_a_request_is_given_up_also_when_somebody_has_what_landed(
    register: Register,
) -> None:
    async def half(trip: Trip[str], land: Land[str]) -> None:
        land(trip.flights[0].place.url, "one")
        try:
            await asyncio.Event().wait()
        finally:
            register.given_up += 1

    flights: Flights[str] = Flights(lambda each: [each], half, ignored)
    both = [flights.join(place(number), NONE, NEVER) for number in (1, 2)]
    soon = Deadline.after(0.01)
    late = flights.join(place(2), NONE, soon)
    patient = asyncio.create_task(flights.landed(both[:1], NEVER))
    both[1].leave()
    await flights.landed([late], soon)
    await asyncio.sleep(0)
    assert register.given_up == 1
    await patient


async def test_a_question_that_is_answered_in_part_is_a_bug() -> None:
    async def half(trip: Trip[str], land: Land[str]) -> None:
        land(trip.flights[0].place.url, "one")

    flights: Flights[str] = Flights(lambda each: [each], half, ignored)
    one, two = (flights.join(place(number), NONE, NEVER) for number in (1, 2))
    await flights.landed([one, two], NEVER)
    assert one.answer.result() == "one"
    assert isinstance(two.answer.exception(), NotLanded)


async def test_a_request_leaves_although_others_always_come(
    register: Register,
) -> None:
    register.gate.open()
    asking = []
    for number in range(MOST_TURNS + 5):
        asking.append(asyncio.create_task(register.ask(number)))
        await asyncio.sleep(0)
    assert register.sent[0] == ("0,1", NONE)
    await asyncio.gather(*asking)
    assert len(register.kept) == MOST_TURNS + 5


async def test_what_is_forgotten_is_not_joined_and_says_so(register: Register) -> None:
    asking = asyncio.create_task(register.ask(1, 2))
    await register.gate.came()
    register.flights.forget(place(1).url)
    register.flights.forget(place(9).url)
    again = asyncio.create_task(register.ask(1, 2))
    await register.gate.came()
    register.gate.open()
    await asyncio.gather(asking, again)
    assert register.sent == [("1,2", NONE), ("1", NONE)]
    first, second = register.trips
    assert [flight.forgotten for flight in first.flights] == [True, False]
    assert [flight.forgotten for flight in second.flights] == [False]


@pytest.mark.parametrize("everything", [False, True])
async def test_of_two_under_way_for_one_record_both_are_forgotten(
    everything: bool, register: Register
) -> None:
    plain = asyncio.create_task(register.ask(1))
    await register.gate.came()
    richer = asyncio.create_task(register.ask(1, parts=STATUS))
    await register.gate.came()
    if everything:
        register.flights.forget_all()
    else:
        register.flights.forget(place(1).url)
    register.gate.open()
    await asyncio.gather(plain, richer)
    flights = [flight for trip in register.trips for flight in trip.flights]
    assert [flight.forgotten for flight in flights] == [True, True]


async def test_closing_gives_up_all_that_is_under_way(register: Register) -> None:
    asking = asyncio.create_task(register.ask(1, 2, 3))
    await register.gate.came()
    await register.flights.aclose()
    assert register.given_up == 2
    with pytest.raises(asyncio.CancelledError):
        await asking
