from copy import copy
from random import Random

import pytest

from gateway.errors import Missing
from gateway.identity.sight.passed import NotPassed, Passed, Reached

WAYS = [Reached.MEE, Reached.KLANTBEELD, Reached.GEZOCHT]


class Ding:
    """A record."""


class OneByOne:
    """What `Passed` comes down to, record by record."""

    def __init__(self) -> None:
        self.passed: dict[int, tuple[object, Reached]] = {}

    def let_pass(self, record: object, reached: Reached) -> object:
        if record is None or isinstance(record, Exception):
            return record
        known = self.passed.get(id(record))
        if known is not None and known[1] is not reached:
            record = copy(record)
        self.passed[id(record)] = record, reached
        return record


def test_a_list_of_which_nothing_is_copied_stays_itself() -> None:
    passed, records = Passed(), [Ding(), None, Missing("not there"), Ding()]
    assert passed.let_pass(records) is records
    assert passed.let_pass(records) is records
    assert passed.each_reached([records[0], records[3]]) == [Reached.MEE] * 2


def test_what_was_reached_otherwise_is_given_as_a_copy() -> None:
    passed, record, other = Passed(), Ding(), Ding()
    passed.let_pass([record])
    given = passed.let_pass([other, record], Reached.KLANTBEELD)
    assert (given[0] is other, given[1] is record) == (True, False)
    assert passed.reached(record) is Reached.MEE
    assert passed.all_reached(given, Reached.KLANTBEELD)


def test_lists_keep_their_form_when_something_is_copied() -> None:
    passed, records = Passed(), [Ding() for _ in range(4)]
    passed.let_pass(records[2:3])
    lists = [records[:1], [], records[1:]]
    given = passed.let_each_pass(lists, [Reached.KLANTBEELD] * 3)
    assert [len(some) for some in given] == [1, 0, 3]
    assert [given[0][0], given[2][0], given[2][2]] == [records[0], *records[1::2]]
    assert given[2][1] is not records[2]


@pytest.mark.parametrize("ways", [[], WAYS[:1], WAYS[:1] * 3, WAYS])
def test_each_has_a_way_of_its_own(ways: list[Reached]) -> None:
    passed, record = Passed(), Ding()
    with pytest.raises(ValueError, match="zip"):
        passed.let_pass_as([record, Ding()], ways)
    with pytest.raises(ValueError, match="zip"):
        passed.let_each_pass([[Ding()], [Ding()]], ways)


def test_who_did_not_pass_was_reached_in_no_way() -> None:
    passed, record = Passed(), Ding()
    passed.let_pass([record])
    assert (passed.all_passed([record]), passed.all_passed([record, Ding()])) == (
        True,
        False,
    )
    with pytest.raises(NotPassed):
        passed.each_reached([record, Ding()])


@pytest.mark.parametrize("seed", range(50))
def test_it_is_as_record_by_record(seed: int) -> None:
    chosen, passed, expected = Random(seed), Passed(), OneByOne()  # noqa: S311
    dingen: list[object] = [Ding() for _ in range(6)]
    some: list[object] = [*dingen, None, Missing("not there")]
    for _ in range(20):
        lists = [chosen.choices(some, k=chosen.randrange(4)) for _ in range(3)]
        ways = chosen.choices(WAYS[: chosen.randint(1, 3)], k=3)
        given = passed.let_each_pass(lists, ways)
        for mine, theirs, way in zip(given, lists, ways, strict=True):
            its = [expected.let_pass(each, way) for each in theirs]
            assert [each is it for each, it in zip(mine, theirs, strict=True)] == [
                each is it for each, it in zip(its, theirs, strict=True)
            ]
    for each in dingen:
        known = expected.passed.get(id(each))
        assert passed.all_passed([each]) == (known is not None)
        assert known is None or passed.reached(each) is known[1]
