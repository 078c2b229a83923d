"""Which fields are selected directly below a field."""

from collections.abc import Iterable, Mapping

from graphql import (
    BooleanValueNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    SelectionNode,
    SelectionSetNode,
    VariableNode,
)


def selected_below(
    nodes: Iterable[FieldNode],
    fragments: Mapping[str, FragmentDefinitionNode],
    variables: Mapping[str, object],
) -> frozenset[str]:
    """Name the fields selected directly below these; what `@skip` leaves out is not.

    Args:
        nodes: of one field, in as many places as it stands.
        fragments: of the document, by name.
        variables: coerced.
    """
    below = _Below(fragments, variables)
    for node in nodes:
        below.visit(node.selection_set)
    return frozenset(below.names)


class _Below:
    """Goes into each fragment once: they may double at every step.

    Attributes:
        names: found so far.
    """

    def __init__(
        self,
        fragments: Mapping[str, FragmentDefinitionNode],
        variables: Mapping[str, object],
    ) -> None:
        self.names: set[str] = set()
        self._fragments = fragments
        self._variables = variables
        self._visited: set[str] = set()

    def visit(self, selection_set: SelectionSetNode | None) -> None:
        waiting = [selection_set]
        while waiting:
            within = waiting.pop()
            for node in within.selections if within else ():
                if not self._included(node):
                    continue
                if isinstance(node, FieldNode):
                    self.names.add(node.name.value)
                elif isinstance(node, InlineFragmentNode):
                    waiting.append(node.selection_set)
                elif isinstance(node, FragmentSpreadNode):
                    waiting.append(self._entered(node.name.value))

    def _entered(self, name: str) -> SelectionSetNode | None:
        if name in self._visited:
            return None
        self._visited.add(name)
        return self._fragments[name].selection_set

    def _included(self, node: SelectionNode) -> bool:
        return not self._says(node, "skip") and self._says(node, "include") is not False

    def _says(self, node: SelectionNode, directive: str) -> bool | None:
        """The `if` of a directive; None where the directive is not there."""
        for applied in node.directives or ():
            if applied.name.value == directive:
                (condition,) = applied.arguments or ()
                if isinstance(condition.value, VariableNode):
                    return bool(self._variables[condition.value.name.value])
                return isinstance(condition.value, BooleanValueNode) and (
                    condition.value.value
                )
        return None
