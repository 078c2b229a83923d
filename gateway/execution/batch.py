"""The batch field: all parents in, one value or one error for each out.

A field that needs I/O, or that is computed, is written as a function of a *list* of
parents. Contract, as for a data loader: same length, same order, a value or an
exception per parent; what the function raises fails all of its parents.

How its parents are gathered depends on what runs the operation: `running` has them at
hand, under graphql-core the `loader` waits for them. Rights are decided before and
inside the batch function: permission classes and field extensions would run per object
(see `fitness`).
"""

import inspect
from collections.abc import Callable, Sequence
from typing import Self, TypeVar, cast

from graphql import GraphQLResolveInfo
from strawberry.annotation import StrawberryAnnotation
from strawberry.types.field import StrawberryField
from strawberry.types.fields.resolver import StrawberryResolver

from gateway.execution.calling import BatchFunction, BatchInfo
from gateway.execution.loader import RequestState, per_object

__all__ = ["BatchField", "BatchInfo", "batch", "view"]

C = TypeVar("C")


class BatchField(StrawberryField):
    """A field of a Strawberry type that is resolved by a batch function."""

    batch_function: BatchFunction

    def __copy__(self) -> Self:
        """Keep the batch function; Strawberry copies fields between types."""
        copied = super().__copy__()
        copied.batch_function = self.batch_function
        return copied


def batch(
    graphql_type: object,
    *,
    description: str,
    name: str | None = None,
    deprecation_reason: str | None = None,
    directives: Sequence[object] = (),
) -> Callable[[BatchFunction], BatchField]:
    """Make a field of a batch function `(parents[, info], **arguments)`.

    Args:
        graphql_type: the field's type in the schema; the function itself returns
            records, so its own annotation cannot say it.
        description: shown in the schema.
        name: in the schema, where the function cannot have it.
        deprecation_reason: shown in the schema.
        directives: schema directives of the field.
    """

    def decorate(function: BatchFunction) -> BatchField:
        made = BatchField(
            graphql_name=name,
            type_annotation=StrawberryAnnotation.from_annotation(
                cast("type", graphql_type),
                namespace=getattr(inspect.getmodule(function), "__dict__", None),
            ),
            description=description,
            deprecation_reason=deprecation_reason,
            directives=directives,
        )
        made.batch_function = function
        made(StrawberryResolver(per_object(function)))
        return made

    return decorate


def view(record: type) -> Callable[[type[C]], type[C]]:
    """Mark a Strawberry type as the view of one record class.

    Fields of the same name read the record's attribute; the class of the record,
    and nothing else, decides the type in interfaces and unions.
    """

    def decorate(cls: type[C]) -> type[C]:
        def is_type_of(value: object, _info: GraphQLResolveInfo[RequestState]) -> bool:
            return isinstance(value, record)

        # A function takes attributes that its stub does not know; Strawberry looks for
        # this one on the class.
        is_type_of.asks_class_only = True  # type: ignore[attr-defined]
        cls.is_type_of = staticmethod(is_type_of)  # type: ignore[attr-defined]
        return cls

    return decorate
