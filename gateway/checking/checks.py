"""What is looked at before a document is validated, and of its length before parsing."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from graphql import (
    GraphQLError,
    GraphQLSchema,
    OperationDefinitionNode,
    Undefined,
    get_operation_ast,
    validate,
)
from graphql.validation import NoUndefinedVariablesRule
from strawberry.extensions import SchemaExtension

from gateway.checking.limits import (
    LONGEST_NUMBER,
    USUAL,
    OperationLimits,
    has_long_number,
    paging_variables,
    too_long,
    too_much,
)
from gateway.checking.variables import problems
from gateway.errors import BadInput, GatewayError
from gateway.execution.documents import Document, Execution

_NUL = re.compile(r"\\u(0000|\{0+\})")

_SUGGESTION = re.compile(r" ?Did you mean .*", re.DOTALL)

MOST_ERRORS = 20
"""Told of an operation that is not executed: nobody mends more at once."""


class CheckOperation(SchemaExtension):
    """Refuses an operation that asks too much, or whose name or variables break a rule.

    What is too much stands in the request's context as `operation_limits`; what is
    remembered of operations as `execution`. A document that is remembered is neither
    parsed nor validated again, nor weighed with pages of the same sizes.
    """

    _known: Document | None = None

    def on_parse(self) -> Iterator[None]:
        """Take what was parsed before; refuse what is too long to be parsed."""
        text = self.execution_context.query or ""
        self._known = self._execution.documents.find(text, self._limits)
        if self._known is not None:
            self.execution_context.graphql_document = self._known.node
        else:
            exceeded = too_long(text, self._limits)
            if exceeded is not None:
                raise exceeded
        yield

    def on_validate(self) -> Iterator[None]:
        """Look before Strawberry and graphql-core, which repeat what they refuse."""
        context = self.execution_context
        found = (
            _told(self._excess())
            or self._undefined_variables()
            or _told(self._problems())
        )
        if found or self._known is not None:  # no rule is asked about it again
            context.pre_execution_errors = found
        yield
        errors = context.pre_execution_errors or []
        if not errors:
            self._keep()
        if len(errors) > MOST_ERRORS:  # this very list is answered
            more = f"There are more errors than these {MOST_ERRORS}."
            errors[MOST_ERRORS:] = [GraphQLError(more)]
        if not self._limits.introspection:
            for error in errors:
                error.message = _SUGGESTION.sub("", error.message)

    @property
    def _limits(self) -> OperationLimits:
        context = self.execution_context.context
        return getattr(context, "operation_limits", USUAL)

    @property
    def _execution(self) -> Execution:
        """Of the process; a new one, which knows nothing, where there is none."""
        return getattr(self.execution_context.context, "execution", None) or Execution()

    def _keep(self) -> None:
        """Remember that this document is valid, and does not ask too much so."""
        context = self.execution_context
        document, operation = context.graphql_document, self._operation()
        if document is None or operation is None:
            return
        known = self._known or self._execution.documents.keep(
            context.query or "",
            document,
            limits=self._limits,
            sizes=sorted(paging_variables(document)),
        )
        known.light[self._outcome(known, operation)] = None

    def _outcome(
        self, document: Document, operation: OperationDefinitionNode
    ) -> object:
        """Name all that the weight of an operation depends on."""
        variables = self.execution_context.variables or {}
        sizes = [repr(variables.get(name, Undefined)) for name in document.sizes]
        return id(operation), *sizes

    def _excess(self) -> Sequence[GatewayError]:
        context = self.execution_context
        operation = self._operation()
        if context.graphql_document is None or operation is None:
            return ()
        known = self._known
        if known is not None and self._outcome(known, operation) in known.light:
            return ()
        return too_much(
            self._schema,
            context.graphql_document,
            operation,
            variables=context.variables or {},
            limits=self._limits,
        )

    def _operation(self) -> OperationDefinitionNode | None:
        # Strawberry takes the first of several operations where none is named; the
        # specification (GetOperation) makes that an error.
        context = self.execution_context
        if context.graphql_document is None:  # not parsed: nothing will be executed
            return None
        name = context._provided_operation_name  # noqa: SLF001 - not public
        return get_operation_ast(context.graphql_document, name)

    @property
    def _schema(self) -> GraphQLSchema:
        return self.execution_context.schema._schema  # noqa: SLF001 - not public

    def _undefined_variables(self) -> list[GraphQLError]:
        # Strawberry's rule for oneOf inputs fails on these with a KeyError.
        document = self.execution_context.graphql_document
        if document is None or self._known is not None:
            return []
        rules = [NoUndefinedVariablesRule]
        return validate(self._schema, document, rules, max_errors=MOST_ERRORS)

    def _problems(self) -> Iterable[BadInput]:
        context = self.execution_context
        document = context.graphql_document
        if document is None:
            return ()
        operation = self._operation()
        if operation is None:
            number = sum(
                isinstance(each, OperationDefinitionNode)
                for each in document.definitions
            )
            rule = f"must name one of the {number} operations of the document"
            return [BadInput("operationName", rule)]
        if self._known is None:
            unreadable = _unreadable(context.query or "")
            if unreadable is not None:
                return [unreadable]
        return problems(self._schema, operation, context.variables or {})


def _unreadable(text: str) -> BadInput | None:
    """Say what in a document cannot be read, though it can be parsed."""
    if _NUL.search(text):
        return BadInput("query", "must not hold a NUL character")
    if has_long_number(text):
        rule = f"must not hold a number of more than {LONGEST_NUMBER} characters"
        return BadInput("query", rule)
    return None


def _told(found: Iterable[GatewayError]) -> list[GraphQLError]:
    """Take one more than are told, so that it shows that there are more."""
    first = islice(found, MOST_ERRORS + 1)
    return [GraphQLError(str(each), original_error=each) for each in first]
