"""The whole document: a list of contents, what can be asked, and the types of it."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from graphql import (
    GraphQLDirective,
    GraphQLNamedType,
    GraphQLSchema,
    build_schema,
    is_introspection_type,
    is_specified_directive,
    is_specified_scalar_type,
)

from gateway.documenting import kinds, roots
from gateway.documenting.markdown import link, text
from gateway.documenting.members import given
from gateway.documenting.serving import Serving

_INTRODUCTION = """\
# Het schema van het klantbeeld

Wat er te vragen en vast te leggen is. Gemaakt met `klantbeeld schema --docs`; wie iets
wil wijzigen, wijzigt het schema.

- Een `!` achter een type: het is nooit leeg, of moet altijd gegeven zijn. Tussen `[` en
  `]`: een lijst. `String`, `Int`, `Boolean` en `ID` zijn die van GraphQL zelf.
- **Wie mag** staat bij een vraag, bij een type, en bij een veld als daar iets anders voor
  nodig is dan voor zijn type. Staat er bij een type niets, dan beslist het veld dat
  erheen leidt. Een klant is een inwoner of bedrijf, of wie namens een van hen vraagt. Een
  recht is een scope van een systeem, of hoort bij een rol van een medewerker.
- Wat iemand niet mag zien is leeg, met op die plaats een fout: `UNAUTHENTICATED`,
  `STEP_UP_REQUIRED` of `FORBIDDEN`. Wat niet op te halen is ook, met een fout die het
  register noemt."""


class Chapter(NamedTuple):
    """A part of the document.

    Attributes:
        title: its heading.
        contents: links to its sections.
        sections: what stands in it.
    """

    title: str
    contents: Sequence[str]
    sections: Sequence[str]


def documentation(sdl: str) -> str:
    """Document a schema, as Markdown that ends with an end of line.

    Args:
        sdl: of the schema.
    """
    schema = build_schema(sdl)
    chapters = [each for each in _chapters(schema) if each.sections]
    contents = (
        f"- {link(each.title)}: {', '.join(each.contents)}" for each in chapters
    )
    parts = [_INTRODUCTION, "## Inhoudsopgave", "\n".join(contents)]
    for each in chapters:
        parts += [f"## {each.title}", *each.sections]
    return "\n\n".join(parts) + "\n"


def _chapters(schema: GraphQLSchema) -> Iterator[Chapter]:
    known = roots.roots(schema)
    for root in known:
        yield Chapter(
            root.title,
            [link(name, root.heading(name)) for name in root.names],
            [roots.section(root, name) for name in root.names],
        )
    serving = Serving(schema)
    beside = [root.kind for root in known]
    for title, of in _by_kind(schema, beside):
        yield Chapter(
            title,
            [link(each.name) for each in of],
            [kinds.section(each, schema, serving) for each in of],
        )
    directives = [d for d in schema.directives if not is_specified_directive(d)]
    yield Chapter(
        "Directives",
        [link(f"@{each.name}") for each in directives],
        [_directive(each) for each in directives],
    )


def _by_kind(
    schema: GraphQLSchema, beside: Iterable[GraphQLNamedType]
) -> Iterator[tuple[str, Sequence[GraphQLNamedType]]]:
    """Types by what they are, by name; those of GraphQL itself, and these, left out."""
    told = [
        kind
        for name, kind in sorted(schema.type_map.items())
        if kind not in beside
        and not is_introspection_type(kind)
        and not is_specified_scalar_type(kind)
    ]
    for title, sort in kinds.KINDS.items():
        yield title, [kind for kind in told if isinstance(kind, sort)]


def _directive(directive: GraphQLDirective) -> str:
    parts = [
        f"### {text(f'@{directive.name}')}",
        text(directive.description or ""),
        given("Argument", directive.args) if directive.args else "",
    ]
    return "\n\n".join(filter(None, parts))
