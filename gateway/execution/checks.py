"""What is looked at once a document is parsed, before it is validated."""

import re
from collections.abc import Iterator, Sequence

from graphql import (
    GraphQLError,
    GraphQLSchema,
    OperationDefinitionNode,
    get_operation_ast,
    validate,
)
from graphql.validation import NoUndefinedVariablesRule
from strawberry.extensions import SchemaExtension

from gateway.errors import BadInput
from gateway.execution.variables import problems

_NUL = re.compile(r"\\u(0000|\{0+\})")


class CheckOperation(SchemaExtension):
    """Refuses an operation whose name or variables break a rule."""

    def on_validate(self) -> Iterator[None]:
        """Look before Strawberry and graphql-core, which repeat what they refuse."""
        found = self._undefined_variables() or [
            GraphQLError(str(each), original_error=each) for each in self._problems()
        ]
        if found:
            self.execution_context.pre_execution_errors = found
        yield

    @property
    def _schema(self) -> GraphQLSchema:
        return self.execution_context.schema._schema  # noqa: SLF001 - not public

    def _undefined_variables(self) -> list[GraphQLError]:
        # Strawberry's rule for oneOf inputs fails on these with a KeyError.
        context = self.execution_context
        document = context.graphql_document
        if document is None:
            return []
        return validate(self._schema, document, [NoUndefinedVariablesRule])

    def _problems(self) -> Sequence[BadInput]:
        context = self.execution_context
        document = context.graphql_document
        if document is None:  # not parsed: nothing will be executed
            return ()
        # Strawberry takes the first of several operations where none is named; the
        # specification (GetOperation) makes that an error.
        name = context._provided_operation_name  # noqa: SLF001 - not public
        operation = get_operation_ast(document, name)
        if operation is None:
            number = sum(
                isinstance(each, OperationDefinitionNode)
                for each in document.definitions
            )
            rule = f"must name one of the {number} operations of the document"
            return [BadInput("operationName", rule)]
        if _NUL.search(context.query or ""):
            return [BadInput("query", "must not hold a NUL character")]
        return problems(self._schema, operation, context.variables or {})
