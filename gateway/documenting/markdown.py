"""Markdown as GitHub and GitLab show it.

Source: GitHub Flavored Markdown 0.29, §2.4 (escapes), §4.10 (tables), §6.3 (code spans).
"""

import re
from collections.abc import Iterable, Iterator, Sequence

_CODE_SPAN = re.compile(r"(`[^`\n]+`)")
# What means something within a line; and what does only where a line begins.
_MEANT = re.compile(r"([\\`*_\[\]<>~$&])")
_MEANT_FIRST = re.compile(r"^([#+=-]|[0-9]+(?=[.)]))")


def text(words: str) -> str:
    """Show words on one line as they are; what stands between backticks is code."""
    parts = _CODE_SPAN.split(" ".join(words.split()))
    shown = "".join(_part(part) for part in parts)
    return _MEANT_FIRST.sub(_escaped_first, shown)


def _part(part: str) -> str:
    return part if _CODE_SPAN.fullmatch(part) else _MEANT.sub(r"\\\1", part)


def _escaped_first(found: re.Match[str]) -> str:
    first = found.group()
    return f"{first}\\" if first.isdigit() else f"\\{first}"


def code(words: str) -> str:
    """Show words as code; none as nothing."""
    return words and f"`{words}`"


def bold(words: str) -> str:
    """Show words as bold ones."""
    return f"**{text(words)}**"


def fenced(language: str, block: str) -> str:
    """Show a block as code in a language."""
    return f"```{language}\n{block.strip()}\n```"


def link(title: str, heading: str | None = None) -> str:
    """Lead to a heading of this document; default: the one with this title."""
    return f"[{text(title)}](#{anchor(heading or title)})"


def anchor(heading: str) -> str:
    """Say how a heading is found: as both make it of the heading's words."""
    kept = re.sub(r"[^\w\- ]", "", heading.lower())
    return kept.replace(" ", "-")


def table(titles: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Make a table; cells are Markdown already."""
    ruled = ["---"] * len(titles)
    return "\n".join(_lines([titles, ruled, *rows]))


def _lines(rows: Iterable[Sequence[str]]) -> Iterator[str]:
    for row in rows:
        cells = (cell.replace("|", r"\|") for cell in row)  # else it ends the cell
        yield f"| {' | '.join(cells)} |"
