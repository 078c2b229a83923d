"""Which records a request let pass, and how each was reached."""

from collections.abc import Iterable, Sequence
from copy import copy
from enum import Enum
from typing import TypeVar

T = TypeVar("T")


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
        # The record is kept, so that its identity stays its own.
        self._passed: dict[int, tuple[object, Reached]] = {}

    def reached(self, record: object) -> Reached:
        """Say how a record was reached.

        Raises:
            NotPassed: nobody let it pass.
        """
        try:
            return self._passed[id(record)][1]
        except KeyError:
            raise NotPassed(type(record).__name__) from None

    def all_passed(self, records: Sequence[object]) -> bool:
        """Whether somebody let all of them pass."""
        return all(id(each) in self._passed for each in records)

    def all_reached(self, records: Sequence[object], reached: Reached) -> bool:
        """Whether all of them passed, reached so."""
        passed = self._passed
        return all(
            id(each) in passed and passed[id(each)][1] is reached for each in records
        )

    def let_pass(self, records: Iterable[T], reached: Reached = Reached.MEE) -> list[T]:
        """Note that these may be seen; None and errors are left as they are.

        Returns:
            The records to give: one that was reached otherwise too, in another branch
            of the operation, is given as a copy, so that either has its own note.
        """
        return [self._noted(each, reached) for each in records]

    def _noted(self, record: T, reached: Reached) -> T:
        if record is None or isinstance(record, Exception):
            return record
        known = self._passed.get(id(record))
        if known is not None and known[1] is not reached:
            record = copy(record)
        self._passed[id(record)] = record, reached
        return record
