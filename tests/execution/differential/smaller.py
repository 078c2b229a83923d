"""The smallest document that still shows a difference."""

from dataclasses import replace

from graphql import (
    REMOVE,
    ArgumentNode,
    DirectiveNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    GraphQLSchema,
    InlineFragmentNode,
    Node,
    SelectionSetNode,
    VariableDefinitionNode,
    Visitor,
    VisitorAction,
    parse,
    print_ast,
    specified_rules,
    validate,
    visit,
)
from graphql.validation import NoUnusedFragmentsRule, NoUnusedVariablesRule

from tests.execution.differential.running import Both, Operation

PARTS = (
    FieldNode,
    InlineFragmentNode,
    FragmentSpreadNode,
    FragmentDefinitionNode,
    VariableDefinitionNode,
    ArgumentNode,
    DirectiveNode,
)
"""What can be left out."""

UNUSED = (NoUnusedFragmentsRule, NoUnusedVariablesRule)
RULES = [rule for rule in specified_rules if rule not in UNUSED]


class _Without(Visitor):
    """Leaves out one part."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.left = number
        self.emptied = False

    def enter(self, node: Node, *_: object) -> VisitorAction:
        if not isinstance(node, PARTS):
            return None
        self.left -= 1
        return REMOVE if self.left == -1 else None

    def leave_selection_set(self, node: SelectionSetNode, *_: object) -> None:
        self.emptied = self.emptied or not node.selections


async def smaller(both: Both, operation: Operation) -> Operation:
    """Leave out of a document whatever the difference does not need."""
    while True:
        found = await _once(both, operation)
        if found is operation:
            return operation
        operation = found


async def _once(both: Both, operation: Operation) -> Operation:
    number = 0
    while True:
        visitor = _Without(number)
        text = print_ast(visit(parse(operation.document.text), visitor))
        if visitor.left >= 0:
            return operation
        candidate = replace(operation, document=replace(operation.document, text=text))
        is_valid = not visitor.emptied and _is_valid(both.graphql, text)
        if is_valid and await _differs(both, candidate):
            operation = candidate
        else:
            number += 1


async def _differs(both: Both, operation: Operation) -> bool:
    return bool((await both.compare(operation)).differences)


def _is_valid(schema: GraphQLSchema, text: str) -> bool:
    try:
        document = parse(text)
    except GraphQLError:
        return False
    return not validate(schema, document, RULES, max_errors=1)
