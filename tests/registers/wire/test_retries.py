from collections.abc import Callable

import pytest

from gateway.registers.wire.retries import Retries, retry_after

FOREVER = float("inf")
# Wednesday 25 November 2026, 12:00 UTC.
NOW = 1_795_608_000.0


def budget(chance: Callable[[], float] = lambda: 0.0) -> Retries:
    return Retries(share=0.25, burst=2, chance=chance)


@pytest.mark.parametrize(
    ("case", "after", "chance", "wait"),
    [
        ("at once", 0.0, 0.0, 0.0),
        ("spread over a tenth of a second", 0.0, 0.5, 0.05),
        ("never sooner than was asked", 3.0, 0.0, 3.0),
        ("somewhat later than was asked", 3.0, 1.0, 3.1),
        ("up to ten seconds", 9.9, 0.0, 9.9),
        ("for no longer", 10.0, 0.0, None),
        ("also where the jitter makes it so", 9.9, 1.0, None),
        ("let alone for an hour", 3600.0, 0.0, None),
        ("or endlessly", FOREVER, 0.0, None),
    ],
)
def test_how_long_to_wait(
    case: str, after: float, chance: float, wait: float | None
) -> None:
    assert budget(lambda: chance).wait(after, FOREVER) == wait, case


@pytest.mark.parametrize(("remaining", "wait"), [(2.01, 2.0), (2.0, None), (0.0, None)])
def test_what_would_come_after_the_deadline_is_not_waited_for(
    remaining: float, wait: float | None
) -> None:
    assert budget().wait(2.0, remaining) == wait


def test_the_budget_is_spent_by_what_is_repeated() -> None:
    retries = budget()
    assert [retries.wait(0, FOREVER) for _ in range(3)] == [0.0, 0.0, None]


def test_what_is_not_repeated_costs_nothing() -> None:
    retries = budget()
    assert [retries.wait(1, 0.5) for _ in range(3)] == [None, None, None]
    assert [retries.wait(0, FOREVER) for _ in range(3)] == [0.0, 0.0, None]


def test_requests_fill_the_budget_again() -> None:
    retries = budget()
    waits = [retries.wait(0, FOREVER) for _ in range(2)]
    for _ in range(3):
        retries.asked()
    waits.append(retries.wait(0, FOREVER))
    retries.asked()
    waits.append(retries.wait(0, FOREVER))
    assert waits == [0.0, 0.0, None, 0.0]


def test_the_budget_holds_no_more_than_a_burst() -> None:
    retries = budget()
    for _ in range(100):
        retries.asked()
    assert [retries.wait(0, FOREVER) for _ in range(3)] == [0.0, 0.0, None]


@pytest.mark.parametrize(
    ("case", "text", "seconds"),
    [
        ("nothing", "", None),
        ("at once", "0", 0.0),
        ("seconds", "120", 120.0),
        ("spaces around", " 7 ", 7.0),
        ("more than a number can hold", "9" * 400, FOREVER),
        ("a date to come", "Wed, 25 Nov 2026 12:00:30 GMT", 30.0),
        ("a date that passed", "Wed, 25 Nov 2026 11:59:30 GMT", 0.0),
        ("a date of another zone", "Wed, 25 Nov 2026 13:00:30 +0100", 30.0),
        ("a date of no zone", "Wed, 25 Nov 2026 12:00:30", 30.0),
        ("the obsolete form of a date", "Wednesday, 25-Nov-26 12:00:30 GMT", 30.0),
        ("less than nothing", "-1", None),
        ("part of a second", "1.5", None),
        ("a digit that is none", "²", None),
        ("digits of elsewhere", "١٢", None),
        ("a word", "soon", None),
        ("no such day", "Wed, 31 Nov 2026 12:00:00 GMT", None),
        ("no such hour", f"Wed, 25 Nov 2026 {'9' * 30}:00:00 GMT", None),
        ("no such zone", f"Wed, 25 Nov 2026 12:00:00 +{'9' * 30}", None),
    ],
)
def test_retry_after_is_read(case: str, text: str, seconds: float | None) -> None:
    assert retry_after({"Retry-After": text}, NOW) == seconds, case


def test_retry_after_may_be_absent() -> None:
    assert retry_after({}, NOW) is None
