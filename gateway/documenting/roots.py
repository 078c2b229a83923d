"""What can be asked and recorded: the fields that every operation begins with."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from graphql import GraphQLField, GraphQLObjectType, GraphQLSchema

from gateway.documenting.allowed import EVERYBODY, who_may
from gateway.documenting.examples import EXAMPLES
from gateway.documenting.markdown import bold, fenced, text
from gateway.documenting.members import default, given, shown, told


class Root(NamedTuple):
    """A type that operations begin with.

    Attributes:
        title: the heading over all its fields.
        one: what one of its fields is called.
        kind: the type.
    """

    title: str
    one: str
    kind: GraphQLObjectType

    @property
    def names(self) -> Sequence[str]:
        """Of its fields, in their own order; last what only a router asks (`_…`)."""
        return sorted(self.kind.fields, key=lambda name: name.startswith("_"))

    def heading(self, field: str) -> str:
        """Make the heading over a field; a type may be called the same."""
        return f"{self.one} {field}"


def roots(schema: GraphQLSchema) -> Sequence[Root]:
    """Find the types that operations of a schema begin with."""
    found = (
        ("Vragen", "Vraag", schema.query_type),
        ("Mutaties", "Mutatie", schema.mutation_type),
    )
    return [Root(title, one, kind) for title, one, kind in found if kind]


def section(root: Root, name: str) -> str:
    """Tell all of a field."""
    field = root.kind.fields[name]
    parts = [
        f"### {text(root.heading(name))}",
        told(field.description, field.deprecation_reason),
        fenced("graphql", _signature(name, field)),
        f"{bold('Wie mag:')} {who_may(field.ast_node) or EVERYBODY}.",
        f"{bold('Geeft:')} {shown(field.type)}",
        *([given("Argument", field.args)] if field.args else []),
        *_example(name),
    ]
    return "\n\n".join(filter(None, parts))


def _signature(name: str, field: GraphQLField) -> str:
    lines = [
        f"  {argument}: {each.type}{f' = {default(each)}' if default(each) else ''}"
        for argument, each in field.args.items()
    ]
    taken = "\n".join(["(", *lines, ")"]) if lines else ""
    return f"{name}{taken}: {field.type}"


def _example(name: str) -> Iterator[str]:
    if example := EXAMPLES.get(name):
        yield "Bijvoorbeeld:"
        yield fenced("graphql", example.query)
        if example.variables:
            yield "met als variabelen:"
            yield fenced("json", example.variables)
