from uuid import UUID

from gateway.registers.reading.cache import Known, Memory
from gateway.registers.records import Record
from tests.registers.builders import Clock, uuid


class Ding(Record, frozen=True, kw_only=True):
    uuid: UUID


def url(number: int) -> str:
    return f"https://x.example/dingen/{uuid(number)}"


def known(number: int, clock: Clock, *, size: int = 100, below: str = "") -> Known:
    ding = Ding(url=url(number), uuid=UUID(uuid(number)))
    now = clock()
    return Known(ding, now, now + 60, now + 90, size, below=below)


def memory(clock: Clock, *, entries: int = 10, size: int = 10_000) -> Memory:
    return Memory(max_entries=entries, max_bytes=size, timer=clock)


def kept(made: Memory, *numbers: int) -> list[int]:
    return [number for number in numbers if made.get(url(number)) is not None]


def test_a_record_is_fresh_then_kept_then_gone(clock: Clock) -> None:
    made = memory(clock)
    made.put(url(1), known(1, clock))
    seen = []
    for seconds in (0, 59, 1, 29, 1):
        clock.now += seconds
        seen.append((made.fresh(url(1)), made.get(url(1)) is not None))
    assert seen == [(True, True), (True, True), *[(False, True)] * 2, (False, False)]


def test_what_is_gone_takes_no_room(clock: Clock) -> None:
    made = memory(clock)
    made.put(url(1), known(1, clock))
    assert (len(made), made.size) == (1, 1_200)
    clock.now += 90
    made.put(url(2), known(2, clock))
    assert (len(made), made.size) == (1, 1_200)


def test_the_least_recently_used_goes_when_there_are_too_many(clock: Clock) -> None:
    made = memory(clock, entries=3)
    for number in (1, 2, 3):
        made.put(url(number), known(number, clock))
    made.get(url(1))
    made.put(url(4), known(4, clock))
    assert kept(made, 1, 2, 3, 4) == [1, 3, 4]


def test_the_least_recently_used_goes_when_they_are_too_large(clock: Clock) -> None:
    made = memory(clock, size=3_600)
    for number in (1, 2, 3):
        made.put(url(number), known(number, clock))
    made.put(url(4), known(4, clock, size=400))
    assert kept(made, 1, 2, 3, 4) == [3, 4]
    assert made.size == 3_000


def test_a_record_larger_than_all_is_not_kept_and_the_old_one_goes(
    clock: Clock,
) -> None:
    made = memory(clock, size=2_500)
    for number in (1, 2):
        made.put(url(number), known(number, clock))
    made.put(url(1), known(1, clock, size=751))
    assert kept(made, 1, 2) == [2]


def test_a_newer_version_takes_the_place_of_the_older(clock: Clock) -> None:
    made = memory(clock, entries=2)
    for number in (1, 2, 1):
        made.put(url(number), known(number, clock))
    assert kept(made, 1, 2) == [1, 2]


def test_absence_is_known_as_long_as_it_was_put_for(clock: Clock) -> None:
    made = memory(clock)
    now = clock()
    made.put(url(1), Known(None, now, now + 10, now + 10, 0))
    clock.now += 9
    assert made.fresh(url(1))
    clock.now += 1
    assert made.get(url(1)) is None


def test_what_hangs_below_is_forgotten_along(clock: Clock) -> None:
    made = memory(clock)
    for number, below in ((1, ""), (2, url(1)), (3, url(1)), (4, "")):
        made.put(url(number), known(number, clock, below=below))
    assert sorted(made.forget(url(1))) == [url(1), url(2), url(3)]
    assert kept(made, 1, 2, 3, 4) == [4]
    assert made.forget(url(1)) == [url(1)]


def test_what_hangs_below_something_unknown_is_forgotten_too(clock: Clock) -> None:
    made = memory(clock)
    made.put(url(2), known(2, clock, below=url(1)))
    made.forget(url(1))
    assert kept(made, 2) == []


def test_what_hangs_below_is_forgotten_along_however_much_came_and_went(
    clock: Clock,
) -> None:
    made = memory(clock, entries=3)
    made.put(url(1), known(1, clock, below=url(100)))
    for number in range(2, 9):
        made.put(url(number), known(number, clock, below=url(100 + number)))
        made.get(url(1))
    assert sorted(made.forget(url(100))) == sorted([url(1), url(100)])
    assert made.forget(url(102)) == [url(102)]


def test_a_record_that_moves_hangs_below_one_thing_only(clock: Clock) -> None:
    made = memory(clock)
    for parent in (100, 101):
        made.put(url(1), known(1, clock, below=url(parent)))
    assert made.forget(url(100)) == [url(100)]
    assert made.forget(url(101)) == [url(101), url(1)]


def test_what_is_gone_hangs_below_nothing(clock: Clock) -> None:
    made = memory(clock)
    made.put(url(1), known(1, clock, below=url(100)))
    clock.now += 90
    made.put(url(2), known(2, clock))
    assert made.forget(url(100)) == [url(100)]


def test_a_full_memory_that_has_expired_takes_new_records(clock: Clock) -> None:
    made = memory(clock, entries=3)
    for number in (1, 2, 3):
        made.put(url(number), known(number, clock))
    clock.now += 90
    made.put(url(4), known(4, clock))
    assert (kept(made, 1, 2, 3, 4), len(made)) == ([4], 1)


def test_all_is_forgotten_at_once(clock: Clock) -> None:
    made = memory(clock)
    made.put(url(2), known(2, clock, below=url(1)))
    made.flush()
    assert (len(made), made.size) == (0, 0)
    assert made.forget(url(1)) == [url(1)]
