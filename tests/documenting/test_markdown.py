"""What stands in a description is read as it was written."""

import pytest
from hypothesis import given, strategies as st

from gateway.documenting.markdown import anchor, code, table, text
from tests.documenting.reading import sections

HOSTILE = [
    "# geen kop",
    "1. geen lijst",
    "12) geen lijst",
    "- geen lijst",
    "+ geen lijst",
    "> geen citaat",
    "=== geen kop",
    "``` geen blok",
    "~~~ geen blok",
    "*niet* _schuin_, **niet** __vet__, ~~niet~~ door",
    "[geen](#link), [geen], ![geen](plaatje)",
    "<b>geen</b> <!-- html -->, &amp; geen & &#35;",
    "a | b, `c | d`",
    r"een \ en \\ en \* en \|",
    "een ` alleen",
    "$geen$ formule",
    "<https://voorbeeld.example>",
]


def read(markdown: str) -> str:
    """As a paragraph; it must be one, and lead nowhere."""
    (found,) = sections(f"# Kop\n\n{markdown}\n")
    assert (found.blocks, found.tables, found.links) == ([], [], [])
    (line,) = found.lines
    return line


def read_in_table(markdown: str) -> str:
    """As the middle cell of a row; it must be one."""
    shown = table(("een", "twee", "drie"), [("1", markdown, "3")])
    (found,) = sections(f"# Kop\n\n{shown}\n")
    assert (found.lines, found.blocks, found.links) == ([], [], [])
    (rows,) = found.tables
    assert [rows[0], rows[1][0], rows[1][2]] == [["een", "twee", "drie"], "1", "3"]
    return rows[1][1]


@pytest.mark.parametrize("words", HOSTILE)
def test_words_mean_nothing_else(words: str) -> None:
    code_is_code = words.replace("`c | d`", "c | d")
    assert read(text(words)) == code_is_code
    assert read_in_table(text(words)) == code_is_code


@given(st.text(st.sampled_from("ab1 #*_[]()<>!|~$&\\.-+=:;\"'{}@/^"), min_size=1))
def test_no_words_mean_anything_else(words: str) -> None:
    once = " ".join(words.split())
    if once:
        assert read(text(words)) == once
        assert read_in_table(text(words)) == once


def test_lines_become_one() -> None:
    assert text("een\n\ntwee\n  drie") == "een twee drie"


def test_nothing_is_no_code() -> None:
    assert (code(""), code("a")) == ("", "`a`")


@pytest.mark.parametrize(
    ("heading", "found"),
    [
        ("Vraag mijnKlantbeeld", "vraag-mijnklantbeeld"),
        ("_Any", "_any"),
        ("@policy", "policy"),
        ("Een-twee: drie", "een-twee-drie"),
    ],
)
def test_a_heading_is_found(heading: str, found: str) -> None:
    assert anchor(heading) == found
