"""Completes values one by one, as the specification says and graphql-core does.

What looks unusual in a column comes here: nulls, exceptions, values of classes nobody
has met yet, lists of lists.

Source: GraphQL September 2025, 6.4.3 Value Completion.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field as attribute
from typing import cast

from graphql import (
    GraphQLError,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLOutputType,
    Undefined,
    is_abstract_type,
    is_leaf_type,
)
from graphql.execution.executor import invalid_return_type_error
from graphql.pyutils import is_iterable

from gateway.execution.planning.fields import Field
from gateway.execution.running.frame import Frame
from gateway.execution.running.operation import Operation

MOST_CLASSES = 100
"""Remembered of one field; there are no more, unless somebody makes them by request."""


class _Nulled(Exception):
    """A place that must not be null has no value; its error is noted already."""


@dataclass(frozen=True, slots=True)
class Found:
    """An object in a value.

    Attributes:
        kind: its concrete type.
        row: index of the object whose field it came of.
        indices: in lists between.
    """

    value: object
    kind: GraphQLObjectType
    row: int
    indices: tuple[int, ...]


@dataclass(slots=True)
class Exact:
    """Completes the values of one field.

    Attributes:
        found: the objects in them; their dicts are still to be put in place.
    """

    operation: Operation
    frame: Frame
    field: Field
    found: list[Found] = attribute(default_factory=list)

    def place(self, rows: Sequence[int], values: Sequence[object]) -> None:
        """Put values in place, and nulls and errors where there are none."""
        faults, field = self.operation.faults, self.field
        for row, value in zip(rows, values, strict=True):
            if isinstance(value, Exception):
                # Not raised: its frames would hold it, and what it was about.
                faults.fail(self.frame, row, field, value)
                continue
            before = len(self.found)
            try:
                completed = self._completed(row, field.definition.type, value, ())
            except _Nulled:
                del self.found[before:]
                faults.null(self.frame, row, field, ())
            except Exception as error:  # noqa: BLE001 - whatever it is, is told there
                del self.found[before:]
                faults.fail(self.frame, row, field, error)
            else:
                self.frame.outs[row][field.key] = completed

    def _completed(
        self, row: int, kind: GraphQLOutputType, value: object, indices: tuple[int, ...]
    ) -> object:
        if isinstance(kind, GraphQLNonNull):
            if value is None or value is Undefined:
                field = self.field
                raise TypeError(
                    "Cannot return null for non-nullable field"
                    f" {field.parent_type}.{field.name}."
                )
            return self._completed(row, kind.of_type, value, indices)
        if value is None or value is Undefined:
            return None
        if isinstance(kind, GraphQLList):
            return self._list(row, kind, value, indices)
        if is_leaf_type(kind):
            return self.operation.executor.complete_leaf_value(kind, value)
        self.found.append(Found(value, self._kind_of(row, value), row, indices))
        return None

    def _list(
        self,
        row: int,
        kind: GraphQLList[GraphQLOutputType],
        value: object,
        indices: tuple[int, ...],
    ) -> list[object]:
        if not is_iterable(value):
            field = self.field
            raise GraphQLError(
                "Expected Iterable, but did not find one for field"
                f" '{field.parent_type}.{field.name}'."
            )
        items = cast("Iterable[object]", value)
        return [
            self._item(row, kind.of_type, item, (*indices, index))
            for index, item in enumerate(items)
        ]

    def _item(
        self, row: int, kind: GraphQLOutputType, item: object, indices: tuple[int, ...]
    ) -> object:
        before, faults = len(self.found), self.operation.faults
        if isinstance(item, Exception):
            faults.record(self.frame, row, self.field, indices, item)
        else:
            try:
                return self._completed(row, kind, item, indices)
            except _Nulled:
                pass
            except Exception as error:  # noqa: BLE001 - whatever it is, is told there
                faults.record(self.frame, row, self.field, indices, error)
            del self.found[before:]
        if isinstance(kind, GraphQLNonNull):
            raise _Nulled
        return None

    def _kind_of(self, row: int, value: object) -> GraphQLObjectType:
        """Say of which type a value is, and keep it where its class decides."""
        known = self.field.by_class.get(value.__class__)
        if known is not None:
            return known
        kind = self._asked_kind_of(row, value)
        self.operation.plan.below(self.field, kind)  # what cannot be, is told here
        if len(self.field.by_class) < MOST_CLASSES and _is_decided_by_class(
            self.operation, self.field, kind, value
        ):
            self.field.by_class[value.__class__] = kind
        return kind

    def _asked_kind_of(self, row: int, value: object) -> GraphQLObjectType:
        executor, field = self.operation.executor, self.field
        info = self.operation.info(self.frame, row, field)
        if is_abstract_type(field.named):
            resolve = field.named.resolve_type or executor.type_resolver
            kind = executor.ensure_valid_runtime_type(
                resolve(value, info, field.named),
                field.named,
                field.details,
                info,
                value,
            )
        else:
            kind = cast("GraphQLObjectType", field.named)
        if kind.is_type_of is not None and not kind.is_type_of(value, info):
            raise invalid_return_type_error(kind, value, field.details)
        return kind


def _is_decided_by_class(
    operation: Operation, field: Field, kind: GraphQLObjectType, value: object
) -> bool:
    """Whether every value of this class is of this type.

    It is where the schema looks at no more than the class (`view`), and of an object
    of the very class that the type was made from.
    """
    if is_abstract_type(field.named):
        if not _is_strawberrys(field.named.resolve_type):
            return False
        possible = list(operation.executor.schema.get_possible_types(field.named))
        asks_class_only = all(map(_asks_class_only, possible))
    else:
        possible = [kind]
        asks_class_only = kind.is_type_of is None or _asks_class_only(kind)
    if hasattr(value, "__strawberry_definition__"):
        return _is_made_from(kind, value) and all(
            each.is_type_of is None
            or _asks_class_only(each)
            or _is_strawberrys(each.is_type_of)
            for each in possible
        )
    return asks_class_only and not hasattr(value, "__await__")


def _is_strawberrys(function: object) -> bool:
    """Whether it asks the types themselves; one of somebody's own may ask anything."""
    return getattr(function, "__module__", "").startswith("strawberry.")


def _asks_class_only(kind: GraphQLObjectType) -> bool:
    return getattr(kind.is_type_of, "asks_class_only", False)


def _is_made_from(kind: GraphQLObjectType, value: object) -> bool:
    """Whether it is an object of the class, and not cast or generic."""
    cls = type(value)
    source = kind.extensions.get("strawberry-definition")
    is_plain = not getattr(cls, "__parameters__", ())
    is_cast = hasattr(value, "__as_strawberry_type__")
    return is_plain and not is_cast and getattr(source, "origin", None) is cls
