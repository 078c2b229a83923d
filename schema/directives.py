"""What a field needs, shown in the SDL: for readers, and for a router above this graph.

The directives are Apollo Federation's own. This gateway decides for itself, by the same
rules; what they say here is read off those.

Source: Apollo Federation 2.6, @authenticated, @requiresScopes and @policy.
"""

from collections.abc import Iterator, Mapping
from copy import copy

from graphql import GraphQLField, GraphQLObjectType, GraphQLSchema
from strawberry.federation.schema_directives import (
    Authenticated,
    Policy,
    RequiresScopes,
)

from gateway.identity.policy.fields import TypeRules
from gateway.identity.policy.rules import Rule

EIGEN = "eigen"
VASTSTELLING = "identiteitsvaststelling"
INTERACTIE = "interactie"

_ON = "FIELD_DEFINITION | OBJECT | INTERFACE | SCALAR | ENUM"
DEFINITIONS = f'''\
"""Nodig is dat bekend is wie er vraagt."""
directive @authenticated on {_ON}

"""
Nodig is een van deze groepen rechten: een scope van een systeem, of een recht van een
rol van een medewerker.
"""
directive @requiresScopes(scopes: [[federation__Scope!]!]!) on {_ON}

"""
Nodig is een van deze groepen: `eigen` (het gaat over wie er vraagt), een recht,
`identiteitsvaststelling` (een medewerker heeft vastgesteld aan wie de gegevens worden
verstrekt), `interactie` (gevraagd bij het klantcontact zelf of diens interne taak).
"""
directive @policy(policies: [[federation__Policy!]!]!) on {_ON}

"""Een recht, zoals `klantcontacten.lezen`."""
scalar federation__Scope

"""Een voorwaarde, zoals `eigen`."""
scalar federation__Policy
'''
FEDERATION = (
    'extend schema @link(url: "https://specs.apollo.dev/federation/v2.11", import:'
    ' ["@authenticated", "@requiresScopes", "@policy"])'
)
"""Tells a router which version it reads; portal developers' tools do not know it."""


_DEFINITION = "strawberry-definition"


def show_rules(schema: GraphQLSchema, rules: Mapping[str, TypeRules]) -> None:
    """Put on each type what it needs, and on each field what it needs besides.

    Args:
        schema: made by Strawberry; its printer reads the directives of its own
            definitions.
        rules: by the name of the type.
    """
    for name, of in rules.items():
        kind = schema.type_map[name]
        if not isinstance(kind, GraphQLObjectType):
            continue
        is_root = kind in {schema.query_type, schema.mutation_type}
        base = None if is_root else next(iter(of.fields.values()))
        if base is not None:
            kind.extensions[_DEFINITION].directives = list(_shown(base))
        for field, rule in of.fields.items():
            if rule != base:
                _show(kind.fields[field], rule)


def _show(field: GraphQLField, rule: Rule) -> None:
    """Put a rule on this type's field only: its definition may be an interface's."""
    definition = copy(field.extensions[_DEFINITION])
    definition.directives = list(_shown(rule))
    field.extensions = {**field.extensions, _DEFINITION: definition}


def _shown(rule: Rule) -> Iterator[object]:
    if rule.anoniem:
        return
    if not rule.gemeente:
        yield Policy(policies=[[EIGEN]])
    elif rule.recht is None:
        yield Authenticated()
    elif rule.klant:
        yield Policy(policies=[[EIGEN], [rule.recht, *_beside(rule)]])
    else:
        yield RequiresScopes(scopes=[[rule.recht]])
        if _beside(rule):
            yield Policy(policies=[_beside(rule)])


def _beside(rule: Rule) -> list[str]:
    """What is needed beside a right: how the record was come by."""
    needed = {VASTSTELLING: rule.verstrekt, INTERACTIE: rule.interactie}
    return [name for name, is_needed in needed.items() if is_needed]
