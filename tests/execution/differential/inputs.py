"""Values for arguments and variables, as JSON and as they stand in a document."""

import json
from collections.abc import Callable, Mapping, Sequence
from random import Random
from typing import TypeAlias

from graphql import (
    GraphQLEnumType,
    GraphQLInputField,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLList,
    GraphQLNonNull,
    Undefined,
)

Value: TypeAlias = (
    "str | int | float | bool | Sequence[Value] | Mapping[str, Value] | None"
)


class Name(str):
    """Of an enum value: a text in JSON, bare in a document."""

    __slots__ = ()


LEAVES: Mapping[str, Sequence[Value]] = {
    "Int": (0, 1, 2, 3, 9, -1, 2**31 - 1),
    "Float": (1.5, 2, -0.5),
    "Boolean": (True, False),
    "String": ("w", "", 'a "quoted" é\n'),
    "ID": ("id", 7),
    "Shout": ("loud",),
}
WRONG: Sequence[Value] = ("x", 2**31, 1.5, [None], {"a": 1}, None, True, "RED")


def value(kind: GraphQLInputType, random: Random) -> Value:
    """Make a value that the type accepts."""
    may_be_null = not isinstance(kind, GraphQLNonNull)
    return None if may_be_null and random.random() < 0.15 else _given(kind, random)


def _given(kind: GraphQLInputType, random: Random) -> Value:
    if isinstance(kind, GraphQLNonNull):
        kind = kind.of_type
    if isinstance(kind, GraphQLList):
        if random.random() < 0.2:  # one item stands for a list of it
            return _given(kind.of_type, random)
        return [value(kind.of_type, random) for _ in range(random.randint(0, 2))]
    if isinstance(kind, GraphQLEnumType):
        return Name(random.choice(list(kind.values)))
    if isinstance(kind, GraphQLInputObjectType):
        return _object(kind, random)
    return random.choice(LEAVES[str(kind)])


def _object(kind: GraphQLInputObjectType, random: Random) -> Value:
    if is_one_of(kind):
        name, field = random.choice(list(kind.fields.items()))
        return {name: _given(field.type, random)}
    return {
        name: value(field.type, random)
        for name, field in kind.fields.items()
        if _is_required(field) or random.random() < 0.5
    }


def is_one_of(kind: GraphQLInputObjectType) -> bool:
    # Strawberry marks its own definition, not graphql-core's type.
    definition = kind.extensions.get("strawberry-definition")
    return kind.is_one_of or bool(getattr(definition, "is_one_of", False))


def _is_required(field: GraphQLInputField) -> bool:
    is_non_null = isinstance(field.type, GraphQLNonNull)
    return is_non_null and field.default_value is Undefined


def literal(of: Value, variable: Callable[[], str | None] = lambda: None) -> str:
    """Write a value as it stands in a document.

    Args:
        of: the value.
        variable: gives a variable instead of a number within it, or None.
    """
    if isinstance(of, Mapping):
        inside = (f"{name}: {literal(each, variable)}" for name, each in of.items())
        return f"{{{', '.join(inside)}}}"
    if isinstance(of, Sequence) and not isinstance(of, str):
        return f"[{', '.join(literal(each, variable) for each in of)}]"
    if isinstance(of, Name):
        return of
    return (type(of) is int and variable()) or json.dumps(of)
