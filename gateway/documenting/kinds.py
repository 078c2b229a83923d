"""The types, a section each: what it is, who may see it, what it is made of."""

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLScalarType,
    GraphQLSchema,
    GraphQLUnionType,
)

from gateway.documenting.allowed import who_may
from gateway.documenting.markdown import bold, link, text
from gateway.documenting.members import fields, given, values
from gateway.documenting.serving import Serving

KINDS: Mapping[str, type[GraphQLNamedType]] = MappingProxyType(
    {
        "Objecttypen": GraphQLObjectType,
        "Interfaces": GraphQLInterfaceType,
        "Unions": GraphQLUnionType,
        "Invoertypen": GraphQLInputObjectType,
        "Enums": GraphQLEnumType,
        "Scalars": GraphQLScalarType,
    }
)
"""By the heading over them."""


def section(kind: GraphQLNamedType, schema: GraphQLSchema, serving: Serving) -> str:
    """Tell all of a type."""
    parts = [
        f"### {text(kind.name)}",
        text(kind.description or ""),
        *_family(kind, schema, serving),
        *_conditions(kind),
        *_made_of(kind),
        *_serves(kind, serving),
    ]
    return "\n\n".join(filter(None, parts))


def _family(
    kind: GraphQLNamedType, schema: GraphQLSchema, serving: Serving
) -> Iterator[str]:
    """What it is a form of, and the forms it has."""
    forms_of = serving.unions_with(kind.name)
    if isinstance(kind, GraphQLObjectType | GraphQLInterfaceType):
        forms_of = [*forms_of, *(each.name for each in kind.interfaces)]
    if forms_of:
        yield f"{bold('Is een:')} {', '.join(link(name) for name in forms_of)}"
    if isinstance(kind, GraphQLInterfaceType | GraphQLUnionType):
        yield f"{bold('Is een van:')}\n\n{_each(schema.get_possible_types(kind))}"


def _each(kinds: Iterable[GraphQLNamedType]) -> str:
    return "\n".join(
        f"- {link(kind.name)}: {text(kind.description or '')}" for kind in kinds
    )


def _conditions(kind: GraphQLNamedType) -> Iterator[str]:
    allowed = who_may(kind.ast_node)
    if allowed:
        yield f"{bold('Wie mag:')} {allowed}."
    if isinstance(kind, GraphQLInputObjectType) and kind.is_one_of:
        yield "Precies één van deze velden moet gegeven zijn."
    if isinstance(kind, GraphQLScalarType) and kind.specified_by_url:
        yield f"{bold('Vorm:')} <{kind.specified_by_url}>"


def _made_of(kind: GraphQLNamedType) -> Iterator[str]:
    if isinstance(kind, GraphQLObjectType | GraphQLInterfaceType):
        yield fields(kind)
    elif isinstance(kind, GraphQLInputObjectType):
        yield given("Veld", kind.fields)
    elif isinstance(kind, GraphQLEnumType):
        yield values(kind)


def _serves(kind: GraphQLNamedType, serving: Serving) -> Iterator[str]:
    """Of a scalar it would be nearly everywhere."""
    where = serving.of(kind.name)
    if where and not isinstance(kind, GraphQLScalarType):
        yield f"{bold('Komt voor in:')} {', '.join(where)}"
