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

from gateway.execution.planning.plan import Asked, Plan

MOST_CHARACTERS = 400_000
"""Of the documents of all operations together, each as often as it may have outcomes.
What is planned of a character takes some 60 to 400 bytes, and more where an interface has
a dozen types: 160 MB for the densest documents of a graph like ours."""

OWN_CHARACTERS = 100
"""What an operation counts for itself, however short."""

_UNKNOWN_LENGTH = 10_000
"""Of a document that was not parsed from a text."""

MOST_OUTCOMES = 16
"""Of `@skip` and `@include`, for one operation."""


class _Known:
    """An operation, and its plans.

    Attributes:
        characters: what it counts for.
    """

    def __init__(self, asked: Asked) -> None:
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
        outcomes = min(MOST_OUTCOMES, 2 ** len(self._deciding))
        self.characters = outcomes * (OWN_CHARACTERS + _length(asked.operation))

    def is_of(self, asked: Asked) -> bool:
        """Whether it is this one; as long as it is kept, so is its node."""
        return self._node is asked.operation and self._schema is asked.schema

    def plan(self, asked: Asked) -> Plan:
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
        self._known: LRUCache[int, _Known] = LRUCache(
            MOST_CHARACTERS, getsizeof=lambda each: each.characters
        )

    def plan(self, asked: Asked) -> Plan:
        """Give the plan of an operation, made if need be."""
        found = self._known.get(id(asked.operation))
        if found is None or not found.is_of(asked):
            found = _Known(asked)
            if found.characters <= self._known.maxsize:
                self._known[id(asked.operation)] = found
        return found.plan(asked)


def _length(operation: OperationDefinitionNode) -> int:
    """Count the characters of an operation's whole document."""
    return len(operation.loc.source.body) if operation.loc else _UNKNOWN_LENGTH


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
