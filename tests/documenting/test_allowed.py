"""What the directives say, in words."""

import pytest
from graphql import GraphQLObjectType, build_schema

from gateway.documenting.allowed import who_may
from gateway.identity.policy.fields import FIELDS
from gateway.identity.policy.rules import Rule
from schema import schema

SDL = """
directive @authenticated on OBJECT | FIELD_DEFINITION
directive @requiresScopes(scopes: [[String!]!]!) on OBJECT | FIELD_DEFINITION
directive @policy(policies: [[String!]!]!) on OBJECT | FIELD_DEFINITION
type Query%s { a: Int %s }
"""
EMPLOYEE = "een medewerker of systeem met recht"

STATED = "na identiteitsvaststelling"
ASKED = "bij het klantcontact zelf of de interne taak daarvan"
POLICY = '@policy(policies: [["identiteitsvaststelling"]])'
SCOPES = '@requiresScopes(scopes: [["x.lezen"]])'


@pytest.mark.parametrize(
    ("directives", "words"),
    [
        ("", None),
        ("@authenticated", "iedereen die zich bekendmaakt"),
        ('@policy(policies: [["eigen"]])', "een klant, van zichzelf"),
        ('@requiresScopes(scopes: [["x.lezen"]])', f"{EMPLOYEE} `x.lezen`"),
        (
            '@requiresScopes(scopes: [["x.lezen", "y.lezen"], ["z.lezen"]])',
            f"{EMPLOYEE} `x.lezen` en `y.lezen`; of {EMPLOYEE} `z.lezen`",
        ),
        (
            '@policy(policies: [["eigen"], ["x.lezen", "identiteitsvaststelling"]])',
            f"een klant, van zichzelf; of {EMPLOYEE} `x.lezen`, {STATED}",
        ),
        (
            '@policy(policies: [["x.lezen", "interactie"]])',
            f"{EMPLOYEE} `x.lezen`, {ASKED}",
        ),
        (f"{POLICY} {SCOPES}", f"{EMPLOYEE} `x.lezen`, {STATED}"),
        (f"{SCOPES} {POLICY}", f"{EMPLOYEE} `x.lezen`, {STATED}"),
    ],
)
def test_directives_say_who_may(directives: str, words: str | None) -> None:
    root = build_schema(SDL % ("", directives)).query_type
    assert root is not None
    assert who_may(root.fields["a"].ast_node) == words


@pytest.mark.parametrize(
    ("around", "words"),
    [
        ("", f"een klant, van zichzelf; of {EMPLOYEE} `y.lezen`"),
        ("@authenticated", f"een klant, van zichzelf; of {EMPLOYEE} `y.lezen`"),
        (SCOPES, f"{EMPLOYEE} `y.lezen`"),
        (
            '@policy(policies: [["eigen"], ["x.lezen"]])',
            f"een klant, van zichzelf; of {EMPLOYEE} `y.lezen`",
        ),
    ],
)
def test_who_never_gets_a_type_is_not_named_at_its_fields(
    around: str, words: str
) -> None:
    own = '@policy(policies: [["eigen"], ["y.lezen"]])'
    root = build_schema(SDL % (f" {around}", own)).query_type
    assert root is not None
    assert who_may(root.fields["a"].ast_node, within=root.ast_node) == words


def test_the_words_agree_with_the_rules() -> None:
    """Of each field of the graph: whether klanten may, and the right of others."""
    graph = build_schema(schema.as_str())
    wrong = [
        f"{name}.{field}: {said}"
        for name, of in FIELDS.items()
        if isinstance(kind := graph.type_map[name], GraphQLObjectType)
        for field, rule in of.fields.items()
        for said in [who_may(kind.fields[field].ast_node) or who_may(kind.ast_node)]
        if not agrees(said, rule, root=kind in {graph.query_type, graph.mutation_type})
    ]
    assert wrong == []


def agrees(said: str | None, rule: Rule, *, root: bool) -> bool:
    if rule.anoniem:
        return said is None or not root  # elsewhere what leads there decides
    klant = bool(said) and str(said).startswith(("een klant", "iedereen"))
    return bool(said) and klant == rule.klant and (rule.recht or "") in str(said)
