"""A plan: how one operation of a document is to be answered, whoever asks it.

Selections are planned when an object of their type is first met: made beforehand for
every type that an interface may stand for, there would be as many as types to the power
of the depth. The plan keeps the document and the values of the variables that decide on
`@skip` and `@include`, and nothing else of the request that was first.

A plan grows while it is used: selections are added when they are met, and fields note
which classes of records are which type, and lines and columns once there was an error.
"""

from collections.abc import Mapping
from typing import Protocol

from graphql import (
    FragmentDefinitionNode,
    GraphQLObjectType,
    GraphQLSchema,
    OperationDefinitionNode,
)
from graphql.execution.collect_fields import (
    FragmentDetails,
    GroupedFieldSet,
    collect_fields,
    collect_subfields,
)
from graphql.execution.values import VariableValues

from gateway.execution.calling import is_awaited, wants_info
from gateway.execution.planning.fields import Field, Selection, field_of
from gateway.execution.planning.leaves import column_of, reader_of
from gateway.execution.selected import selected_below

_INTROSPECTION = frozenset({"__schema", "__type"})


class NoRoot(Exception):
    """The schema has no such operations; graphql-core tells so."""


class Asked(Protocol):
    """An operation, chosen, and its variables coerced; graphql-core's executor is one."""

    schema: GraphQLSchema
    operation: OperationDefinitionNode
    fragments: dict[str, FragmentDetails]
    fragment_definitions: dict[str, FragmentDefinitionNode]
    variable_values: VariableValues
    hide_suggestions: bool


class Plan:
    """Of one operation, and one outcome of its `@skip` and `@include`.

    Attributes:
        root: what is asked of the root type.
        introspects: whether the schema itself is asked for, which is graphql-core's.
    """

    def __init__(self, asked: Asked, deciding: Mapping[str, object]) -> None:
        """Plan the root.

        Args:
            asked: the operation.
            deciding: coerced values of the variables in `@skip` and `@include`.
        """
        self._schema = asked.schema
        self._operation = asked.operation
        self._fragments = asked.fragments
        self._definitions = asked.fragment_definitions
        self._hide_suggestions = asked.hide_suggestions
        sources = asked.variable_values.sources
        self._variables = VariableValues(
            {name: sources[name] for name in deciding if name in sources},
            dict(deciding),
        )
        self._known: dict[tuple[object, ...], Selection] = {}
        root = asked.schema.get_root_type(asked.operation.operation)
        if root is None:
            raise NoRoot(asked.operation.operation.value)
        collected = collect_fields(
            self._schema,
            self._fragments,
            self._variables,
            root,
            self._operation,
            self._hide_suggestions,
        )
        self.root = self._selection(root, collected.grouped_field_set)
        self.introspects = any(each.name in _INTROSPECTION for each in self.root.fields)

    def below(self, field: Field, kind: GraphQLObjectType) -> Selection:
        """Give what a field asks of objects of a concrete type."""
        found = field.selections.get(kind)
        if found is None:
            # Fields of several types that stand at the same places ask the same.
            key = (kind, *(id(each.node) for each in field.details))
            found = self._known.get(key)
            if found is None:
                found = self._known[key] = self._subselection(field, kind)
            field.selections[kind] = found
        return found

    def _subselection(self, field: Field, kind: GraphQLObjectType) -> Selection:
        collected = collect_subfields(
            self._schema,
            self._fragments,
            self._variables,
            self._operation,
            kind,
            field.details,
            self._hide_suggestions,
        )
        return self._selection(kind, collected.grouped_field_set)

    def _selection(
        self, kind: GraphQLObjectType, grouped: GroupedFieldSet
    ) -> Selection:
        fields: list[Field] = []
        for key, details in grouped.items():
            definition = self._schema.get_field(kind, details[0].node.name.value)
            if definition is not None:
                made = field_of(len(fields), key, definition, kind, details)
                fields.append(self._finished(made))
        return Selection(kind, fields, reader_of(fields, kind.name))

    def _finished(self, field: Field) -> Field:
        if field.batch is not None:
            if field.is_leaf and field.depth == 0:
                field.column = column_of(field)
            field.waits = is_awaited(field.batch.batch_function)
            if wants_info(field.batch.batch_function):
                field.selected = selected_below(
                    field.nodes, self._definitions, self._variables.coerced
                )
        return field
