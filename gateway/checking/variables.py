"""Checks variables before anything runs, with messages that never echo a value.

graphql-core quotes the value it refuses; a BSN with a typing error would stand in an
error message, and from there in logs. So values are checked here first: the message
is the path and the rule.
"""

from collections.abc import Iterator, Mapping

from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLScalarType,
    GraphQLSchema,
    OperationDefinitionNode,
    is_input_type,
    type_from_ast,
)
from graphql.type import is_required_input_field

from gateway.errors import BadInput, InvalidValue, LimitExceeded

_RULES = {
    "Int": "must be a whole number of at most 32 bits",
    "Float": "must be a finite number",
    "String": "must be a text",
    "Boolean": "must be true or false",
    "ID": "must be an id",
}

MOST_ITEMS = 1_000
"""Of a list; the longest that is answered has 100. Each is looked at twice before
anything runs, and a body of 1 MB holds 500,000."""

_LONGEST_NAME = 60
"""Characters of a variable's name in a message; the names of clients are shorter."""


def problems(
    schema: GraphQLSchema,
    operation: OperationDefinitionNode,
    values: Mapping[str, object],
) -> Iterator[BadInput]:
    """Say what is wrong with the values of an operation's variables.

    Yields:
        One for each value that breaks a rule, in the order of the definitions; none
        when graphql-core will accept them. A value is looked at once those before it
        were told, so that who needs no more, does no more.
    """
    for definition in operation.variable_definitions or ():
        name = definition.variable.name.value
        kind = type_from_ast(schema, definition.type)
        if not is_input_type(kind):
            continue  # validation has said so
        path = f"${name[:_LONGEST_NAME]}"
        if name in values:
            yield from _problems(path, values[name], kind)
        elif isinstance(kind, GraphQLNonNull) and definition.default_value is None:
            yield BadInput(path, "is required")


def _problems(path: str, value: object, kind: GraphQLInputType) -> Iterator[BadInput]:
    if isinstance(kind, GraphQLNonNull):
        if value is None:
            yield BadInput(path, "must not be null")
            return
        kind = kind.of_type
    if value is None:
        return
    if isinstance(kind, GraphQLList):
        yield from _problems_of_list(path, value, kind)
    elif isinstance(kind, GraphQLInputObjectType):
        yield from _problems_of_object(path, value, kind)
    elif isinstance(kind, GraphQLEnumType | GraphQLScalarType):
        yield from _problems_of_leaf(path, value, kind)


def _problems_of_list(
    path: str, value: object, kind: GraphQLList[GraphQLInputType]
) -> Iterator[BadInput]:
    if not isinstance(value, list | tuple):  # a list of one, by the specification
        yield from _problems(path, value, kind.of_type)
        return
    if len(value) > MOST_ITEMS:
        rule = f"at most {MOST_ITEMS} items, found {len(value)}"
        yield LimitExceeded(path, rule)
        return
    for index, item in enumerate(value):
        yield from _problems(f"{path}[{index}]", item, kind.of_type)


def _problems_of_object(
    path: str, value: object, kind: GraphQLInputObjectType
) -> Iterator[BadInput]:
    if not isinstance(value, dict):
        yield BadInput(path, f"must be an object ({kind.name})")
        return
    for name, field in kind.fields.items():
        if name in value:
            yield from _problems(f"{path}.{name}", value[name], field.type)
        elif is_required_input_field(field):
            yield BadInput(f"{path}.{name}", "is required")
    if value.keys() - kind.fields.keys():
        known = ", ".join(kind.fields)
        yield BadInput(path, f"has a field it does not know; it knows {known}")
    given = [name for name in value if name in kind.fields]
    if _is_one_of(kind) and (len(given) != 1 or value[given[0]] is None):
        known = ", ".join(kind.fields)
        yield BadInput(path, f"must have exactly one of {known}")


def _is_one_of(kind: GraphQLInputObjectType) -> bool:
    # Strawberry marks its own definition, not graphql-core's type.
    definition = kind.extensions.get("strawberry-definition")
    return kind.is_one_of or bool(getattr(definition, "is_one_of", False))


def _problems_of_leaf(
    path: str, value: object, kind: GraphQLEnumType | GraphQLScalarType
) -> Iterator[BadInput]:
    if isinstance(value, str) and "\x00" in value:
        yield BadInput(path, "must not hold a NUL character")
        return
    if isinstance(kind, GraphQLEnumType):
        if not isinstance(value, str) or value not in kind.values:
            yield BadInput(path, f"must be one of {', '.join(kind.values)}")
        return
    try:
        kind.coerce_input_value(value)
    except InvalidValue as error:
        yield BadInput(path, str(error))
    except Exception:  # noqa: BLE001 - whatever a scalar raises, the rule is told
        yield BadInput(path, _RULES.get(kind.name, f"must be a {kind.name}"))
