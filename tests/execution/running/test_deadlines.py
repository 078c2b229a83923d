"""What is answered when time is up, and in which order things wait."""

import asyncio
import selectors
from collections.abc import Sequence

import pytest

from gateway.execution.running.calls import GRACE
from tests.execution.running.scripted import (
    Item,
    Parents,
    Step,
    ask,
    giving,
    names,
    same,
)

pytestmark = pytest.mark.anyio


class TooLate(Exception):
    """What a deadline tells."""

    extensions = {"code": "TOO_LATE"}  # noqa: RUF012 - as graphql-core looks for it


class Now:
    """A deadline, some milliseconds after the operation begins, grace included."""

    def __init__(self, milliseconds: float = 0) -> None:
        self._seconds = milliseconds / 1000

    def remaining(self) -> float:
        return self._seconds - GRACE

    def exceeded(self) -> Exception:
        return TooLate("too late")


async def never(_parents: Parents) -> Sequence[object]:
    waiting: asyncio.Future[Sequence[object]]
    waiting = asyncio.get_running_loop().create_future()
    return await waiting


A, B = Item("a"), Item("b")
LATE = "too late"


async def test_at_the_deadline_what_waits_at_the_root_fails_and_the_rest_is_answered() -> (
    None
):
    query = '{ slow: item(of: "never") { name } fast: item(of: "a") { name } }'
    answer = await ask(query, Now(5), never=never, a=giving(A))
    assert answer.data == {"slow": None, "fast": {"name": "a"}}
    assert answer.told == [(LATE, ["slow"])]
    assert answer.errors[0].extensions == {"code": "TOO_LATE"}


async def test_what_waits_below_a_list_fails_for_each_of_its_items() -> None:
    query = '{ items(of: "all") { slow: word(of: "never") fast: word(of: "names") } }'
    answer = await ask(query, Now(5), all=giving([A, B]), never=never, names=names)
    rows = [{"slow": None, "fast": "a"}, {"slow": None, "fast": "b"}]
    assert answer.data == {"items": rows}
    assert answer.told == [(LATE, ["items", 0, "slow"]), (LATE, ["items", 1, "slow"])]


async def test_what_waits_two_levels_down_fails_there() -> None:
    query = (
        """{ item(of: "a") { item(of: "b") { name items(of: "never") { name } } } }"""
    )
    answer = await ask(query, Now(5), a=giving(A), b=giving(B), never=never)
    assert answer.data == {"item": {"item": {"name": "b", "items": None}}}
    assert answer.told == [(LATE, ["item", "item", "items"])]


async def test_an_ordinary_resolver_that_waits_fails_for_its_own_object() -> None:
    query = '{ items(of: "all") { name each(of: "never") later(of: "never") } }'
    answer = await ask(query, Now(5), all=giving([A]), never=never)
    assert answer.data == {"items": [None]}  # later may not be null
    assert answer.told == [
        (LATE, ["items", 0, "each"]),
        (LATE, ["items", 0, "later"]),
    ]


async def test_what_may_not_be_null_takes_its_object_along() -> None:
    query = '{ items(of: "all") { name mustWord(of: "never") } word(of: "names") }'
    answer = await ask(query, Now(5), all=giving([A]), never=never, names=names)
    assert answer.data == {"items": [None], "word": None}
    assert answer.told == [(LATE, ["items", 0, "mustWord"])]


async def test_what_is_in_memory_is_given_after_the_deadline_at_each_level() -> None:
    query = """{ item(of: "a") { item(of: "b") {
      items(of: "all") { fast: word(of: "names") slow: word(of: "never") } } } }"""
    script = {"a": giving(A), "b": giving(B), "all": giving([A]), "names": names}
    answer = await ask(query, Now(), never=never, **script)
    row = {"fast": "a", "slow": None}
    assert answer.data == {"item": {"item": {"items": [row]}}}
    assert answer.told == [(LATE, ["item", "item", "items", 0, "slow"])]


def taking(turns: int) -> Step:
    async def step(parents: Parents) -> Sequence[object]:
        for _ in range(turns):
            await asyncio.sleep(0)
        return ["there"] * len(parents)

    return step


@pytest.mark.parametrize(
    ("turns", "found"), [(0, "there"), (1, "there"), (2, None), (20, None)]
)
async def test_what_is_asked_after_the_deadline_has_two_turns(
    turns: int, found: object
) -> None:
    query = '{ item(of: "a") { word(of: "some") } }'
    answer = await ask(query, Now(), a=giving(A), some=taking(turns))
    assert answer.data == {"item": {"word": found}}


async def test_who_is_given_up_is_broken_off_and_no_task_is_left() -> None:
    before, ended = asyncio.all_tasks(), []

    async def told(parents: Parents) -> Sequence[object]:
        try:
            return await never(parents)
        finally:
            ended.append(len(parents))

    query = '{ items(of: "all") { word(of: "told") each(of: "told") } }'
    await ask(query, Now(5), all=giving([A, B]), told=told)
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    assert sorted(ended) == [1, 1, 2]
    assert asyncio.all_tasks() == before


async def test_who_will_not_be_broken_off_does_not_hold_the_answer() -> None:
    before, released = asyncio.all_tasks(), asyncio.Event()

    async def stubborn(_parents: Parents) -> Sequence[object]:
        while not released.is_set():
            try:
                await released.wait()
            except asyncio.CancelledError:
                continue
        return ["too late to be told"]

    answer = await ask('{ word(of: "stubborn") }', Now(5), stubborn=stubborn)
    assert answer.data == {"word": None}
    assert answer.told == [(LATE, ["word"])]
    left = asyncio.all_tasks() - before
    assert len(left) == 1
    released.set()
    await asyncio.wait(left)


async def test_what_is_given_after_it_was_given_up_changes_nothing() -> None:
    async def hasty(parents: Parents) -> Sequence[object]:
        try:
            return await never(parents)
        except asyncio.CancelledError:
            return ["hasty"]

    query = (
        '{ word(of: "hasty") item(of: "a") { item(of: "b") { word(of: "names") } } }'
    )
    script = {"a": giving(A), "b": giving(B), "names": names}
    answer = await ask(query, Now(), hasty=hasty, **script)
    assert answer.data == {"word": None, "item": {"item": {"word": "b"}}}
    assert answer.told == [(LATE, ["word"])]


class Skipping(selectors.DefaultSelector):
    """Waits no time; what it should have waited has passed."""

    passed = 0.0

    # A key may hold anything; of a key that mypy has in its cache, it does not say so.
    def select(  # type: ignore[explicit-any, unused-ignore]
        self, timeout: float | None = None
    ) -> list[tuple[selectors.SelectorKey, int]]:
        self.passed += timeout or 0
        return super().select(0)


class Hurried(asyncio.SelectorEventLoop):
    """A loop in which time passes only when nothing is left to do."""

    def __init__(self) -> None:
        self._skipping = Skipping()
        super().__init__(self._skipping)

    def time(self) -> float:
        return self._skipping.passed


class Ahead(Now):
    """A deadline that is some milliseconds ahead."""

    def remaining(self) -> float:
        return self._seconds


def test_who_never_ends_is_given_up_a_twentieth_of_a_second_after_the_deadline() -> (
    None
):
    async def timed() -> tuple[object, float]:
        query = '{ slow: word(of: "never") fast: word(of: "names") }'
        answer = await ask(query, Ahead(10), never=never, names=names)
        return answer.data, asyncio.get_running_loop().time()

    with asyncio.Runner(loop_factory=Hurried) as runner:
        data, seconds = runner.run(timed())
    assert data == {"slow": None, "fast": None}
    assert seconds == pytest.approx(0.01 + 0.05)


async def test_before_the_deadline_nothing_is_given_up() -> None:
    answer = await ask('{ word(of: "some") }', Now(SOON), some=taking(20))
    assert (answer.data, answer.told) == ({"word": "there"}, [])


SOON = 4_000
"""Milliseconds, in which whatever does not hang has ended."""


async def test_each_branch_waits_for_its_own_calls_only() -> None:
    order, second, last = [], asyncio.Event(), asyncio.Event()

    async def slow_fast(_parents: Parents) -> Sequence[object]:
        await second.wait()  # until the other branch is at its second call
        order.append("slow, then")
        return [A]

    async def fast_slow(_parents: Parents) -> Sequence[object]:
        order.append("fast, then")
        return [B]

    async def fast(_parents: Parents) -> Sequence[object]:
        order.append("fast")
        last.set()
        return ["fast"]

    async def slow(_parents: Parents) -> Sequence[object]:
        second.set()
        await last.wait()  # until the other branch has ended
        order.append("slow")
        return ["slow"]

    query = """{ one: item(of: "slow_fast") { word(of: "fast") }
                 two: item(of: "fast_slow") { word(of: "slow") } }"""
    steps = {"fast": fast, "slow": slow}
    answer = await ask(query, slow_fast=slow_fast, fast_slow=fast_slow, **steps)
    assert answer.data == {"one": {"word": "fast"}, "two": {"word": "slow"}}
    assert order == ["fast, then", "slow, then", "fast", "slow"]


async def test_many_that_end_together_are_one_sweep() -> None:
    query = """{ one: item(of: "a") { word(of: "names") }
                 two: item(of: "b") { word(of: "names") } }"""
    answer = await ask(query, a=same(A), b=same(B), names=names)
    assert answer.calls == [("a", [None]), ("b", [None]), ("names", ["a", "b"])]
