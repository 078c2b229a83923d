"""Markdown as a reader sees it: sections, and the tables and links in them."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from markdown_it import MarkdownIt
from markdown_it.token import Token

Table = list[list[str]]


class Section(NamedTuple):
    """What stands under a heading, up to the next.

    Attributes:
        level: of the heading.
        title: its words.
        lines: the words of each paragraph and list item.
        blocks: of code.
        tables: words, by row; the first has the titles.
        links: where the words lead.
    """

    level: int
    title: str
    lines: list[str]
    blocks: list[str]
    tables: list[Table]
    links: list[str]


def sections(markdown: str) -> Sequence[Section]:
    found: list[Section] = []
    inside = ""
    for token in (
        MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(markdown)
    ):
        if token.type in {"heading_open", "paragraph_open", "th_open", "td_open"}:
            inside = token.tag
        elif token.type == "inline" and inside.startswith("h"):
            found.append(Section(int(inside[1:]), words(token), [], [], [], []))
        elif token.type == "inline":
            _add(found[-1], inside, token)
        elif token.type == "fence":
            found[-1].blocks.append(token.content)
        elif token.type == "table_open":
            found[-1].tables.append([])
        elif token.type == "tr_open":
            found[-1].tables[-1].append([])
        else:
            assert token.type != "html_block"
    return found


def _add(section: Section, inside: str, token: Token) -> None:
    section.links.extend(links(token))
    if inside == "p":
        section.lines.append(words(token))
    else:
        section.tables[-1][-1].append(words(token))


def words(inline: Token) -> str:
    """What is read, of text and code alike; line ends are spaces."""
    assert inline.children is not None
    assert all(child.type != "html_inline" for child in inline.children)
    shown = {"softbreak": " "}
    return "".join(shown.get(each.type, each.content) for each in inline.children)


def links(inline: Token) -> Iterator[str]:
    for child in inline.children or ():
        if child.type == "link_open":
            yield str(child.attrs["href"])
