"""What is told of a record that could not be taken over as it is; a line each.

No line holds a value: which record it is, which of its fields, and the rule.
"""

import re
from collections.abc import Iterator
from enum import StrEnum
from uuid import UUID

import msgspec

COLUMNS = "what soort uuid field rule"
"""What a line says, with tabs in between."""


LONGEST_CODE = 60
"""Characters that are shown of a code."""

# A code is chosen by a developer; where somebody wrote a number of a person into it, that
# is not shown.
_NUMBER = re.compile(r"\d{8,}")


def printable(text: str) -> str:
    """Write what a terminal would do, not show, as it is written in Python."""
    return "".join(
        each if each.isprintable() else each.encode("unicode_escape").decode()
        for each in text
    )


def code(text: str) -> str:
    """Show a code as it came, as far as that is short and safe."""
    shown = printable(_NUMBER.sub("…", text))
    return shown if len(shown) <= LONGEST_CODE else f"{shown[: LONGEST_CODE - 1]}…"


class Verdict(StrEnum):
    """Whether something is missing here."""

    LEFT_OUT = "left out"
    NOTED = "noted"


class Line(msgspec.Struct, frozen=True):
    """One thing that is not here as it is there.

    Attributes:
        soort: what kind of record it is, there.
        uuid: of the record, there; None of what is about no single one.
        field: the contract's name of it; "" of the whole record.
        rule: why.
    """

    verdict: Verdict
    soort: str
    uuid: UUID | None
    field: str
    rule: str

    def __str__(self) -> str:
        """Say it as one line."""
        parts = (self.verdict, self.soort, self.uuid or "-", self.field or "-")
        return "\t".join(printable(str(each)) for each in (*parts, self.rule))


class Lines:
    """Those of one record and its parts."""

    def __init__(self) -> None:
        """Begin with none."""
        self._lines: list[Line] = []

    def __iter__(self) -> Iterator[Line]:
        """Give them in the order in which they were found."""
        return iter(self._lines)

    def of(self, soort: str, uuid: UUID) -> "Notes":
        """Take notes of one record."""
        return Notes(self, soort, uuid)

    def add(self, *lines: Line) -> None:
        """Add some."""
        self._lines.extend(lines)


class Notes:
    """Taken while one record is read."""

    def __init__(self, lines: Lines, soort: str, uuid: UUID) -> None:
        self._lines = lines
        self._soort = soort
        self._uuid = uuid

    def left_out(self, field: str, rule: str) -> None:
        """Say that a field, or all of it, is not taken over."""
        self._add(Verdict.LEFT_OUT, field, rule)

    def noted(self, field: str, rule: str) -> None:
        """Say that it is taken over, but not as it was."""
        self._add(Verdict.NOTED, field, rule)

    def _add(self, verdict: Verdict, field: str, rule: str) -> None:
        self._lines.add(Line(verdict, self._soort, self._uuid, field, rule))
