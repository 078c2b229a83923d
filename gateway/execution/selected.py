"""Which fields are selected directly below a field."""

from collections.abc import Iterable, Iterator, Mapping

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
    return frozenset(name for node in nodes for name in below.names(node.selection_set))


class _Below:
    def __init__(
        self,
        fragments: Mapping[str, FragmentDefinitionNode],
        variables: Mapping[str, object],
    ) -> None:
        self._fragments = fragments
        self._variables = variables

    def names(self, selection_set: SelectionSetNode | None) -> Iterator[str]:
        for node in selection_set.selections if selection_set else ():
            if not self._included(node):
                continue
            if isinstance(node, FieldNode):
                yield node.name.value
            elif isinstance(node, InlineFragmentNode):
                yield from self.names(node.selection_set)
            elif isinstance(node, FragmentSpreadNode):
                yield from self.names(self._fragments[node.name.value].selection_set)

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
