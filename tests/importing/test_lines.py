"""What is printed of what came: nothing that a terminal does, and no numbers."""

from collections import Counter
from uuid import UUID

import pytest

from gateway.importing.lines import Line, Verdict, code
from gateway.importing.run import Outcome


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("zgw-Zaak", "zgw-Zaak"),
        ("Überweg \u202e", r"Überweg \u202e"),
        ("a\nb\t\x1b[31m", r"a\nb\t\x1b[31m"),
        ("bsn 999993653", "bsn …"),
        ("x" * 60, "x" * 60),
        ("x" * 61, "x" * 59 + "…"),
    ],
)
def test_a_code_is_short_and_does_nothing(given: str, shown: str) -> None:
    assert code(given) == shown


def test_a_line_is_one_line() -> None:
    line = Line(Verdict.NOTED, "actor", UUID(int=1), "a\nb", "is\tnone")
    uuid = "00000000-0000-0000-0000-000000000001"
    assert str(line) == f"noted\tactor\t{uuid}\ta\\nb\tis\\tnone"


def test_a_summary_shows_codes_as_lines_do() -> None:
    codes = ("elders\n", "bsn 999993653", "nummer")
    outcome = Outcome(Counter(), {codes: 2}, 0)
    assert outcome.summary() == [
        r"verwijzing: 2 kept as elders\n / bsn … / nummer, which has no alias",
        "nothing was left out",
    ]
