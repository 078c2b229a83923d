"""What a schema must not have to be run breadth-first; looked at when it is made.

What would otherwise be passed over in silence, such as a permission on a batch field,
is refused before anything is served.
"""

import inspect
from collections.abc import Callable, Iterator
from typing import cast

from graphql import (
    GraphQLField,
    GraphQLObjectType,
    GraphQLSchema,
    is_abstract_type,
    is_introspection_type,
    is_object_type,
)
from strawberry.permission import PermissionExtension

from gateway.execution.batch import BatchField
from gateway.execution.planning.fields import Kind, kind_of, source_of


class Unfit(Exception):
    """A programming error: a schema has what cannot be run; says all of it."""


def check_fit(schema: GraphQLSchema) -> None:
    """Look at every type and field.

    Raises:
        Unfit: a batch field has permission classes or extensions, which run for each
            object; or what decides on a type is `async`.
    """
    problems = [*_of_batch_fields(schema), *_of_types(schema)]
    if problems:
        raise Unfit("; ".join(problems))


def per_object_resolvers(schema: GraphQLSchema) -> list[str]:
    """Name the fields whose resolver is called for each object, but of root types.

    On a type that comes in numbers each costs a hundred times what an attribute does.
    """
    roots = {schema.query_type, schema.mutation_type, schema.subscription_type}
    return sorted(
        name
        for kind, name, definition in _fields(schema)
        if kind not in roots and kind_of(definition) is Kind.EACH
    )


def _fields(
    schema: GraphQLSchema,
) -> Iterator[tuple[GraphQLObjectType, str, GraphQLField]]:
    for kind in schema.type_map.values():
        if is_object_type(kind) and not is_introspection_type(kind):
            for name, definition in kind.fields.items():
                yield kind, f"{kind.name}.{name}", definition


def _of_batch_fields(schema: GraphQLSchema) -> Iterator[str]:
    for _, name, definition in _fields(schema):
        source = source_of(definition)
        if isinstance(source, BatchField):
            if source.permission_classes:
                yield f"{name}: a batch field cannot have permission classes"
            others = [
                each
                for each in source.extensions
                if not isinstance(each, PermissionExtension)
            ]
            if others:
                yield f"{name}: a batch field cannot have extensions"


def _of_types(schema: GraphQLSchema) -> Iterator[str]:
    for kind in schema.type_map.values():
        decides: object = None
        if is_object_type(kind):
            decides = kind.is_type_of
        elif is_abstract_type(kind):
            decides = kind.resolve_type
        if decides is not None and inspect.iscoroutinefunction(
            inspect.unwrap(cast("Callable[..., object]", decides))
        ):
            yield f"{kind.name}: what type an object is, cannot be awaited"
