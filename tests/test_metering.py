import asyncio
from collections.abc import Iterator

import pytest

from gateway.metering import (
    Meter,
    asking,
    count_remembered,
    count_statement,
    current,
    within,
)
from tests.registers.builders import Clock

pytestmark = pytest.mark.anyio

NOTHING = {
    "milliseconds": 0.0,
    "cpuMilliseconds": 0.0,
    "statements": 0,
    "requests": {},
    "remembered": 0,
}


@pytest.fixture
def wall() -> Clock:
    return Clock()


@pytest.fixture
def cpu() -> Clock:
    return Clock()


@pytest.fixture
def meter(wall: Clock, cpu: Clock) -> Iterator[Meter]:
    """The meter of what a test does."""
    meter = Meter(wall, cpu)
    with within(meter):
        yield meter


def test_what_does_nothing_costs_nothing(meter: Meter) -> None:
    assert meter.cost() == NOTHING


def test_time_and_cpu_run_from_when_it_is_made(
    meter: Meter, wall: Clock, cpu: Clock
) -> None:
    wall.now += 0.5
    cpu.now += 0.0625
    told = NOTHING | {"milliseconds": 500.0, "cpuMilliseconds": 62.5}
    assert (meter.cost(), meter.cost()) == (told, told)


def test_milliseconds_have_one_decimal(meter: Meter, wall: Clock) -> None:
    wall.now += 1 / 64
    assert meter.cost() == NOTHING | {"milliseconds": 15.6}


def test_statements_and_what_was_remembered_are_counted(meter: Meter) -> None:
    for number in (3, 0, 4):
        count_statement()
        count_remembered(number)
    assert meter.cost() == NOTHING | {"statements": 3, "remembered": 7}


def test_requests_side_by_side_take_the_time_in_which_there_is_one(
    meter: Meter, wall: Clock
) -> None:
    one, other = asking("zaken"), asking("zaken")
    one.__enter__()
    wall.now += 1
    other.__enter__()
    wall.now += 2
    one.__exit__(None, None, None)
    wall.now += 4
    other.__exit__(None, None, None)
    wall.now += 8
    with asking("zaken"):
        wall.now += 16
    told = {"zaken": {"number": 3, "milliseconds": 23000.0}}
    assert meter.cost() == NOTHING | {"milliseconds": 31000.0, "requests": told}


def test_a_request_that_is_given_up_took_its_time(meter: Meter, wall: Clock) -> None:
    asked = asking("zaken")
    asked.__enter__()
    wall.now += 1
    error = ConnectionError()
    assert not asked.__exit__(ConnectionError, error, None)
    wall.now += 1
    told = {"zaken": {"number": 1, "milliseconds": 1000.0}}
    assert meter.cost()["requests"] == told


def test_a_request_that_is_under_way_still_took_its_time_so_far(
    meter: Meter, wall: Clock
) -> None:
    with asking("documenten"), asking("zaken"):
        wall.now += 2
        told = meter.cost()["requests"]
    so_far = {"number": 1, "milliseconds": 2000.0}
    assert told == {"documenten": so_far, "zaken": so_far}


def test_without_a_meter_nothing_is_counted() -> None:
    count_statement()
    count_remembered(1)
    with asking("zaken"), asking("zaken"):
        assert current() is None


async def test_two_operations_at_once_have_their_own_meters() -> None:
    met = asyncio.Barrier(2)

    async def operate(statements: int) -> dict[str, object]:
        meter = Meter()
        with within(meter):
            await met.wait()
            await asyncio.create_task(ask(statements))
        return meter.cost()

    async def ask(statements: int) -> None:
        await met.wait()
        for _ in range(statements):
            count_statement()

    costs = await asyncio.gather(operate(1), operate(2))
    assert [cost["statements"] for cost in costs] == [1, 2]
    assert current() is None
