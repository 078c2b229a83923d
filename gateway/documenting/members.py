"""What types are made of, in tables with a row each: fields, what is given, values."""

from collections.abc import Mapping

from graphql import (
    GraphQLArgument,
    GraphQLEnumType,
    GraphQLInputField,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLType,
    get_named_type,
    is_specified_scalar_type,
    print_ast,
)

from gateway.documenting.allowed import who_may
from gateway.documenting.markdown import bold, code, link, table, text

Given = Mapping[str, GraphQLArgument] | Mapping[str, GraphQLInputField]
"""What somebody who asks gives, by its name."""


def shown(kind: GraphQLType) -> str:
    """Show a type as GraphQL writes it, with a link to what it is made of."""
    if isinstance(kind, GraphQLNonNull):
        return f"{shown(kind.of_type)}!"
    if isinstance(kind, GraphQLList):
        return rf"\[{shown(kind.of_type)}\]"
    named = get_named_type(kind)
    return text(named.name) if is_specified_scalar_type(named) else link(named.name)


def default(of: GraphQLArgument | GraphQLInputField) -> str:
    """Say what holds when nothing is given, as GraphQL writes it; empty when nothing."""
    node = of.ast_node and of.ast_node.default_value
    return print_ast(node) if node else ""


def fields(kind: GraphQLObjectType | GraphQLInterfaceType) -> str:
    """Show what there is to ask; then, of each field that takes any, the arguments."""
    of = kind.fields
    rows = [
        (
            code(f"{name}(…)" if each.args else name),
            shown(each.type),
            told(
                each.description,
                each.deprecation_reason,
                who_may(each.ast_node, within=kind.ast_node),
            ),
        )
        for name, each in of.items()
    ]
    arguments = [
        f"Argumenten van {code(name)}:\n\n{given('Argument', each.args)}"
        for name, each in of.items()
        if each.args
    ]
    return "\n\n".join([table(("Veld", "Type", "Betekenis"), rows), *arguments])


def given(title: str, of: Given) -> str:
    """Show what can be given; a column that would be empty is left out.

    Args:
        title: what it is called.
        of: by its name.
    """
    columns = {
        title: [code(name) for name in of],
        "Type": [shown(each.type) for each in of.values()],
        "Standaard": [code(default(each)) for each in of.values()],
        "Betekenis": [
            told(each.description, each.deprecation_reason) for each in of.values()
        ],
    }
    filled = {name: cells for name, cells in columns.items() if any(cells)}
    return table([*filled], zip(*filled.values(), strict=True))


def values(of: GraphQLEnumType) -> str:
    """Show what there is to choose from."""
    rows = [
        (code(name), told(each.description, each.deprecation_reason))
        for name, each in of.values.items()
    ]
    return table(("Waarde", "Betekenis"), rows)


def told(description: str | None, retired: str | None, who: str | None = None) -> str:
    """Tell on one line what something is, whether it goes, and who may ask for it."""
    parts = [
        text(description or ""),
        "" if retired is None else f"{bold('Vervalt:')} {text(retired)}",
        f"{bold('Wie mag:')} {who}." if who else "",
    ]
    return " ".join(filter(None, parts))
