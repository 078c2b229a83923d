"""How much one caller may ask, by a clock that the test moves."""

import pytest

from gateway.edge.rates import PERSONS, Rates, TooMany
from gateway.errors import LimitExceeded
from gateway.settings.limits import LimitSettings


class Clock:
    """Gives the seconds it was set to."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def rates(clock: Clock) -> Rates:
    settings = LimitSettings(
        in_flight_per_caller=2,
        requests_per_minute=30,
        requests_at_once=4,
        distinct_persons_per_hour=3,
    )
    return Rates(settings, clock)


def ask(rates: Rates, key: str, times: int = 1) -> None:
    for _ in range(times):
        with rates.entering(key):
            pass


def test_operations_in_flight_are_limited_and_what_ended_is_not_in_flight(
    rates: Rates,
) -> None:
    with rates.entering("a"), rates.entering("a"):
        with pytest.raises(TooMany) as refused, rates.entering("a"):
            pass
        ask(rates, "b")
    assert str(refused.value) == "operations in flight: at most 2, found 3"
    assert refused.value.retry_after == 1
    ask(rates, "a")


def test_an_operation_that_fails_is_in_flight_no_more(rates: Rates) -> None:
    for _ in range(3):
        with pytest.raises(ZeroDivisionError), rates.entering("a"):
            raise ZeroDivisionError
    ask(rates, "a")


def test_requests_at_once_are_limited_by_caller(rates: Rates) -> None:
    ask(rates, "a", times=4)
    with pytest.raises(TooMany) as refused:
        ask(rates, "a")
    assert str(refused.value) == (
        "requests: at most 30 a minute and 4 at once, found 5 at once"
    )
    assert refused.value.retry_after == 2
    ask(rates, "b", times=4)


def test_in_the_long_run_there_are_as_many_as_in_a_minute(
    rates: Rates, clock: Clock
) -> None:
    ask(rates, "a", times=4)
    accepted = 0
    for _ in range(240):  # one attempt each quarter of a second
        clock.now += 0.25
        try:
            ask(rates, "a")
        except TooMany:
            continue
        accepted += 1
    assert accepted == 30


def test_who_was_silent_long_enough_may_ask_as_much_as_at_first(
    rates: Rates, clock: Clock
) -> None:
    ask(rates, "a", times=4)
    clock.now += 3600
    ask(rates, "a", times=4)
    with pytest.raises(TooMany):
        ask(rates, "a")


def test_what_is_refused_counts_for_nothing(rates: Rates, clock: Clock) -> None:
    ask(rates, "a", times=4)
    for _ in range(10):
        with pytest.raises(TooMany):
            ask(rates, "a")
    clock.now += 2
    ask(rates, "a")


def test_distinct_persons_are_counted_and_the_same_one_once(rates: Rates) -> None:
    for person in ("p", "q", "p", "p", "r", "q"):
        rates.look_up("a", person)
    with pytest.raises(LimitExceeded) as refused:
        rates.look_up("a", "s")
    assert str(refused.value) == (
        "query: distinct persons in an hour: at most 3, found 4"
    )
    assert refused.value.extensions["code"] == "LIMIT_EXCEEDED"
    rates.look_up("a", "p")
    rates.look_up("b", "s")


def test_an_hour_slides_from_when_each_was_last_looked_up(
    rates: Rates, clock: Clock
) -> None:
    for person in ("p", "q", "r"):
        rates.look_up("a", person)
        clock.now += 1000
    rates.look_up("a", "p")
    clock.now += 1599  # q: 3599 seconds ago
    with pytest.raises(LimitExceeded):
        rates.look_up("a", "s")
    clock.now += 1
    rates.look_up("a", "s")
    with pytest.raises(LimitExceeded):
        rates.look_up("a", "q")


def test_no_number_of_keys_has_a_busy_caller_forgotten(rates: Rates) -> None:
    for person in ("p", "q", "r"):
        rates.look_up("a", person)
    for number in range(PERSONS):
        rates.look_up(f"key {number}", "x")
        if number % 10_000 == 0:
            rates.look_up("a", "p")
    with pytest.raises(LimitExceeded):
        rates.look_up("a", "s")
    rates.look_up("key 0", "1")
    rates.look_up("key 0", "2")
    rates.look_up("key 0", "3")  # had rested, and was forgotten
