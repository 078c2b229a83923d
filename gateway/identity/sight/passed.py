"""Which records a request let pass, and how each was reached."""

from collections.abc import Iterable, Sequence
from copy import copy
from enum import Enum
from itertools import chain, islice
from types import NoneType
from typing import TypeVar

T = TypeVar("T")

_NO_RECORD = (Exception, NoneType)


class Reached(Enum):
    """How a record was reached, where that decides what of it is shown."""

    HERKEND = "a partij that is only a candidate: its nummer and soort"
    VERSTREKT = "a partij that was disclosed, or is the klant's own"
    GEZOCHT = "a klantcontact found among those of everybody"
    KLANTBEELD = "a klantcontact in somebody's klantbeeld"
    INTERACTIE = "a klantcontact asked for itself, or by its interne taak"
    MEE = "anything that comes with one of these"


class NotPassed(Exception):
    """A programming error: a record reached the graph without having passed."""


class Passed:
    """By identity: the same row, read twice, may have been reached in two ways."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._reached: dict[int, Reached] = {}
        # Records are kept, so that the identity of each stays its own.
        self._kept: list[object] = []

    def reached(self, record: object) -> Reached:
        """Say how a record was reached.

        Raises:
            NotPassed: nobody let it pass.
        """
        try:
            return self._reached[id(record)]
        except KeyError:
            raise NotPassed(type(record).__name__) from None

    def each_reached(self, records: Sequence[object]) -> list[Reached]:
        """Say of each how it was reached.

        Raises:
            NotPassed: nobody let one of them pass.
        """
        try:
            return [*map(self._reached.__getitem__, map(id, records))]
        except KeyError:
            raise NotPassed from None

    def all_passed(self, records: Sequence[object]) -> bool:
        """Whether somebody let all of them pass."""
        return all(map(self._reached.__contains__, map(id, records)))

    def all_reached(self, records: Sequence[object], reached: Reached) -> bool:
        """Whether all of them passed, reached so."""
        found = [*map(self._reached.get, map(id, records))]
        return found.count(reached) == len(found)

    def let_pass(self, records: Iterable[T], reached: Reached = Reached.MEE) -> list[T]:
        """Note that these may be seen; None and errors are left as they are.

        Returns:
            The records to give, in the same list where that can be: one that was
            reached otherwise too, in another branch of the operation, is given as a
            copy, so that either has its own note.
        """
        given = records if isinstance(records, list) else [*records]
        seen = [each for each in given if not isinstance(each, _NO_RECORD)]
        keys = [*map(id, seen)]
        known = [*map(self._reached.get, keys)]
        if known.count(None) + known.count(reached) < len(known):
            return [self._apart(each, reached) for each in given]
        self._reached.update(dict.fromkeys(keys, reached))
        self._kept += seen
        return given

    def _apart(self, record: T, reached: Reached) -> T:
        if isinstance(record, _NO_RECORD):
            return record
        if self._reached.get(id(record), reached) is not reached:
            record = copy(record)
        self._reached[id(record)] = reached
        self._kept.append(record)
        return record

    def let_pass_as(self, records: Sequence[T], reached: Sequence[Reached]) -> list[T]:
        """Note the same of records, of each how it was reached itself."""
        if reached and reached.count(reached[0]) == len(records) == len(reached):
            return self.let_pass(records, reached[0])
        both = zip(records, reached, strict=True)
        return [self._apart(each, way) for each, way in both]

    def let_each_pass(
        self, lists: Sequence[list[T]], reached: Sequence[Reached]
    ) -> list[list[T]]:
        """Note the same of lists, of each how what is in it was reached."""
        together = [*chain.from_iterable(lists)]
        both = zip(lists, reached, strict=True)
        ways = [way for some, way in both for _ in some]
        given = self.let_pass_as(together, ways)
        if given is together:
            return [*lists]
        passed = iter(given)
        return [[*islice(passed, len(some))] for some in lists]
