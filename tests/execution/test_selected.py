"""Which fields are selected below: each fragment is gone into once."""

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    OperationDefinitionNode,
    parse,
)

from gateway.execution.selected import selected_below


def selected(text: str, **variables: object) -> frozenset[str]:
    document = parse(text)
    fragments = {
        each.name.value: each
        for each in document.definitions
        if isinstance(each, FragmentDefinitionNode)
    }
    operation = document.definitions[0]
    assert isinstance(operation, OperationDefinitionNode)
    nodes = [
        each
        for each in operation.selection_set.selections
        if isinstance(each, FieldNode)
    ]
    return selected_below(nodes, fragments, variables)


def test_fragments_that_double_at_every_step_are_gone_into_once_each() -> None:
    steps = 200
    doubling = " ".join(
        f"fragment F{step} on T {{ ...F{step - 1} ...F{step - 1} }}"
        for step in range(1, steps)
    )
    text = f"{{ things {{ ...F{steps - 1} }} }} fragment F0 on T {{ id }} {doubling}"
    assert selected(text) == {"id"}


def test_a_fragment_that_is_left_out_in_one_place_counts_in_another() -> None:
    text = """query ($s: Boolean!) {
      things { ...A @skip(if: true) ... @skip(if: $s) { ...A } own }
    }
    fragment A on T { name }"""
    assert selected(text, s=True) == {"own"}
    assert selected(text, s=False) == {"own", "name"}


def test_all_places_of_a_field_count() -> None:
    assert selected("{ things { a } other: things { b { c } } }") == {"a", "b"}
