"""What is remembered of whose zaken are: no more than there is room for."""

import pytest

from gateway.registers.reading.rights import RightLifetimes, Rights
from tests.registers.builders import Clock
from tests.registers.reading.klanten import zaak_url


@pytest.fixture
def rights(clock: Clock) -> Rights:
    return Rights(RightLifetimes(60, 10), max_entries=3, timer=clock)


def known(rights: Rights) -> list[bool | None]:
    return [rights.get("een", zaak_url(number)) for number in range(1, 5)]


def test_there_are_never_more_than_there_is_room_for(rights: Rights) -> None:
    for number in range(1, 5):
        rights.put("een", zaak_url(number), own=True)
    assert known(rights) == [None, True, True, True]


def test_a_change_is_of_one_zaak_and_of_all_who_asked(rights: Rights) -> None:
    for klant in ("een", "twee"):
        rights.put(klant, zaak_url(1), own=True)
    rights.put("een", zaak_url(2), own=False)
    rights.forget(zaak_url(1))
    assert known(rights) == [None, False, None, None]
    assert rights.get("twee", zaak_url(1)) is None


def test_what_is_learnt_after_a_change_is_known(rights: Rights) -> None:
    rights.put("een", zaak_url(1), own=True)
    rights.forget(zaak_url(1))
    rights.put("een", zaak_url(1), own=False)
    assert known(rights) == [False, None, None, None]


def test_more_changes_than_there_is_room_for_forget_everything(rights: Rights) -> None:
    rights.put("een", zaak_url(1), own=True)
    for number in (2, 3, 4):
        rights.forget(zaak_url(number))
    assert known(rights) == [True, None, None, None]
    rights.forget(zaak_url(5))
    assert known(rights) == [None, None, None, None]


def test_a_change_is_remembered_as_long_as_what_was_known_before(
    rights: Rights, clock: Clock
) -> None:
    rights.put("een", zaak_url(1), own=True)
    clock.now += 1
    rights.forget(zaak_url(1))
    clock.now += 58
    assert known(rights) == [None, None, None, None]
    clock.now += 2
    assert known(rights) == [None, None, None, None]
