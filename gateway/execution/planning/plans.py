"""The plans that are remembered: per operation, and per outcome of its conditions."""

from collections.abc import Iterator

from cachetools import LRUCache
from graphql import (
    DirectiveNode,
    GraphQLSchema,
    Node,
    OperationDefinitionNode,
    VariableNode,
)

from gateway.execution.planning.plan import Plan, Planned

MOST_OPERATIONS = 512
MOST_OUTCOMES = 16
"""Of `@skip` and `@include`, for one operation."""


class _Operation:
    """One, and its plans."""

    def __init__(self, asked: Planned) -> None:
        self._schema: GraphQLSchema = asked.schema
        self._node: OperationDefinitionNode = asked.operation
        self._deciding = sorted(
            {
                name
                for node in (asked.operation, *asked.fragment_definitions.values())
                for name in _deciding(node)
            }
        )
        self._plans: LRUCache[tuple[object, ...], Plan] = LRUCache(MOST_OUTCOMES)

    def is_of(self, asked: Planned) -> bool:
        """Whether it is this one; as long as it is kept, so is its node."""
        return self._node is asked.operation and self._schema is asked.schema

    def plan(self, asked: Planned) -> Plan:
        coerced = asked.variable_values.coerced
        deciding = {name: coerced[name] for name in self._deciding if name in coerced}
        key = tuple(deciding.items())
        found = self._plans.get(key)
        if found is None:
            found = self._plans[key] = Plan(asked, deciding)
        return found


class Plans:
    """Those asked last; they hold documents, and nothing of who asked.

    A document that is parsed anew is planned anew: it is known by its nodes.
    """

    def __init__(self) -> None:
        self._operations: LRUCache[int, _Operation] = LRUCache(MOST_OPERATIONS)

    def plan(self, asked: Planned) -> Plan:
        """Give the plan of an operation, made if need be."""
        found = self._operations.get(id(asked.operation))
        if found is None or not found.is_of(asked):
            found = self._operations[id(asked.operation)] = _Operation(asked)
        return found.plan(asked)


def _deciding(node: Node) -> Iterator[str]:
    """Name the variables that `@skip` and `@include` look at."""
    waiting: list[object] = [node]
    while waiting:
        each = waiting.pop()
        if isinstance(each, list | tuple):
            waiting.extend(each)
        elif isinstance(each, DirectiveNode):
            if each.name.value in {"skip", "include"}:
                yield from _variables(each)
        elif isinstance(each, Node):
            waiting.extend(getattr(each, name) for name in each.keys)


def _variables(directive: DirectiveNode) -> Iterator[str]:
    for argument in directive.arguments or ():
        if isinstance(argument.value, VariableNode):
            yield argument.value.name.value
