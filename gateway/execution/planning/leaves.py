"""Reads all leaves of a selection from a list of objects, in one go.

For each selection a function is generated, with one expression for each leaf: some
tenth of a microsecond, where a resolver for each value takes ten. An expression vouches
for values of exact classes only, those that are right for their type without a second
look; for anything else it raises, and that object is left to the exact way.
"""

import math
from collections.abc import Callable, Sequence
from typing import cast

from graphql import (
    GraphQLBoolean,
    GraphQLEnumType,
    GraphQLFloat,
    GraphQLID,
    GraphQLInt,
    GraphQLLeafType,
    GraphQLNamedOutputType,
    GraphQLString,
    Undefined,
)
from strawberry.execution import optimized_is_awaitable

from gateway.execution.planning.fields import Column, Field, Kind, Reader

# A value {x}: as it is, or as told, when it is of a class that cannot be wrong.
_PLAIN: dict[GraphQLNamedOutputType, str] = {
    GraphQLString: "{x} if {x}.__class__ is str"
    " else str({x}) if {x}.__class__ is int else refuse()",
    GraphQLID: "{x} if {x}.__class__ is str"
    " else str({x}) if {x}.__class__ is int else refuse()",
    GraphQLBoolean: "{x} if {x}.__class__ is bool else refuse()",
    GraphQLInt: "{x} if {x}.__class__ is int"
    " and -2147483648 <= {x} <= 2147483647 else refuse()",
    GraphQLFloat: "{x} if {x}.__class__ is float and isfinite({x})"
    " else float({x}) if {x}.__class__ is int and -9007199254740992 <= {x} <= 9007199254740992 else refuse()",
}

_MOST_CLASSES = 100
"""Remembered of one scalar; there are no more, unless somebody makes them by request."""


class NotVouchedFor(Exception):
    """A value needs a second look; never seen outside."""


def _refuse() -> object:
    raise NotVouchedFor


def reader_of(fields: Sequence[Field], kind: str) -> Reader:
    """Generate the reader of a selection.

    Args:
        fields: all of them, in the order of the response.
        kind: the name of the type, for `__typename`.
    """
    names: dict[str, object] = {"refuse": _refuse, "isfinite": math.isfinite}
    reads, values, blanks = [], [], []
    for each in fields:
        blank = repr(kind) if each.kind is Kind.TYPENAME else "None"
        blanks.append(f"{each.key!r}: {blank}")
        if each.kind is Kind.LEAF:
            value = _expression(each, names, f"{each.index}")
            reads.append(f"            x{each.index} = o.{each.attribute}\n")
            values.append(f"{each.key!r}: {value}")
        else:
            values.append(blanks[-1])
    # Whatever a value raises, its object is read again, exactly: nothing is lost.
    source = (
        "def read(objects, doubtful):\n"
        "    found = []\n"
        "    add = found.append\n"
        "    for o in objects:\n"
        "        try:\n"
        f"{''.join(reads)}"
        f"            add({{{', '.join(values)}}})\n"
        "        except Exception:\n"
        "            doubtful.append(len(found))\n"
        f"            add({{{', '.join(blanks)}}})\n"
        "    return found\n"
    )
    return cast("Reader", _made(source, names, "read"))


def column_of(field: Field) -> Column:
    """Generate what completes the values of one leaf that a batch function gives."""
    names: dict[str, object] = {"refuse": _refuse, "isfinite": math.isfinite}
    value = _expression(field, names, "")
    source = f"def complete(values):\n    return [{value} for x in values]\n"
    return cast("Column", _made(source, names, "complete"))


def _made(source: str, names: dict[str, object], name: str) -> object:
    # Of the document, only names of the schema and quoted keys are in it.
    exec(source, names)  # noqa: S102 - as dataclasses do
    return names[name]


def _expression(field: Field, names: dict[str, object], mark: str) -> str:
    """Write the expression of a leaf's value, which is called `x<mark>`."""
    kind = field.named
    written = _PLAIN.get(kind)
    if written is None and isinstance(kind, GraphQLEnumType):
        names[f"names{mark}"], names[f"classes{mark}"] = _enum_names(kind)
        written = "names{mark}[{x}] if {x}.__class__ in classes{mark} else refuse()"
    elif written is None:
        names[f"serialize{mark}"] = _serializer(cast("GraphQLLeafType", kind))
        written = "serialize{mark}({x})"
    nothing = "refuse()" if field.non_null[0] else "None"
    written = f"{nothing} if {{x}} is None else {written}"
    return written.format(x=f"x{mark}", mark=mark)


def _enum_names(kind: GraphQLEnumType) -> tuple[dict[object, str], set[type]]:
    """Give the name of each member, and of each value that is a plain text.

    Returns:
        The names, and of which classes their keys are: a member of a StrEnum is equal
        to its value, so the keys themselves do not tell.
    """
    table: dict[object, str] = {
        each.value: name
        for name, each in kind.values.items()
        if type(each.value) is str
    }
    members = list(getattr(kind, "wrapped_cls", ()))  # of Strawberry's own enum types
    table |= {member: kind.coerce_output_value(member) for member in members}
    return table, {str, *map(type, members)}


def _serializer(kind: GraphQLLeafType) -> Callable[[object], object]:
    coerce = kind.coerce_output_value
    known: set[type] = set()

    def serialize(value: object) -> object:
        if value.__class__ not in known:
            if isinstance(value, Exception) or optimized_is_awaitable(value):
                raise NotVouchedFor
            if len(known) < _MOST_CLASSES:
                known.add(value.__class__)
        found = coerce(value)
        if found is None or found is Undefined:
            raise NotVouchedFor
        return found

    return serialize
