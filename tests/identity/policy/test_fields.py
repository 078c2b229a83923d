"""The rule of every field, written out a second time: it is changed knowingly or not.

`fields.txt` says it by type, then rule. A type that is `seen` shows records which must
have passed.
"""

from collections.abc import Mapping, Set as AbstractSet
from pathlib import Path

import pytest
from graphql import GraphQLNonNull, GraphQLObjectType, get_named_type, is_abstract_type

from gateway.execution.guarding import Guarding, RulesDoNotFit
from gateway.identity.caller import ANONIEM, Caller
from gateway.identity.levels import Betrouwbaarheidsniveau
from gateway.identity.policy import rules
from gateway.identity.policy.fields import FIELDS
from gateway.identity.policy.policy import Policy
from gateway.identity.policy.rules import Rule
from gateway.identity.rechten import Recht
from gateway.settings.identity import IdentitySettings
from schema import schema
from tests.identity.callers import klant, medewerker, systeem

GRAPH = schema._schema  # noqa: SLF001 - Strawberry has no public way to it
WRITTEN = (Path(__file__).parent / "fields.txt").read_text().splitlines()


def written() -> dict[str, tuple[bool, dict[str, str]]]:
    """Whether it is seen, and the name of each field's rule, by type."""
    types: dict[str, tuple[bool, dict[str, str]]] = {}
    fields: dict[str, str] = {}
    rule = ""
    for line in WRITTEN:
        if not line.startswith(" "):
            name, *seen = line.split()
            fields = {}
            types[name] = (seen == ["seen"], fields)
            continue
        words = line.split()
        if words[0].endswith(":"):
            rule = words.pop(0)[:-1]
        fields |= dict.fromkeys(words, rule)
    return types


def test_every_field_has_the_rule_that_is_written_down() -> None:
    found = {
        name: (of.seen, {field: rule.name for field, rule in of.fields.items()})
        for name, of in FIELDS.items()
    }
    assert found == written()


@pytest.mark.parametrize("name", FIELDS)
def test_without_any_one_of_its_rules_a_type_is_not_served(name: str) -> None:
    whole = {kind: dict(of.fields) for kind, of in FIELDS.items()}
    for field in FIELDS[name].fields:
        fewer = {k: v for k, v in whole[name].items() if k != field}
        with pytest.raises(RulesDoNotFit) as raised:
            Guarding({**whole, name: fewer}).apply(GRAPH)
        assert str(raised.value) == (
            f"fields without a rule: {name}.{field}; rules without a field: none"
        )


def test_without_the_rules_of_a_type_none_of_it_is_served() -> None:
    fewer = {kind: of.fields for kind, of in FIELDS.items() if kind != "Adres"}
    with pytest.raises(RulesDoNotFit, match=r"Adres\.huisnummer, "):
        Guarding(fewer).apply(GRAPH)


def test_a_rule_for_what_is_not_there_is_a_mistake() -> None:
    more = {kind: dict(of.fields) for kind, of in FIELDS.items()}
    more["Adres"]["huisletter"] = rules.HIERBOVEN
    with pytest.raises(RulesDoNotFit) as raised:
        Guarding(more).apply(GRAPH)
    assert str(raised.value) == (
        "fields without a rule: none; rules without a field: Adres.huisletter"
    )


def test_what_is_served_is_guarded_by_these() -> None:
    guarded = {
        f"{kind.name}.{name}": (rule.rule, rule.seen)
        for kind in GRAPH.type_map.values()
        if isinstance(kind, GraphQLObjectType) and not kind.name.startswith("__")
        for name, field in kind.fields.items()
        for rule in [field.extensions["rule"]]
    }
    assert guarded == {
        f"{name}.{field}": (rule, of.seen)
        for name, of in FIELDS.items()
        for field, rule in of.fields.items()
    }


# --- a refusal takes no more than its own place

ALLOWED_BY_NODE: Mapping[str, Rule] = {
    **dict.fromkeys(("Persoon", "Organisatie", "Contactpersoon"), rules.PARTIJ),
    "Klantcontact": rules.KLANTCONTACT,
    "InterneTaak": rules.INTERNE_TAAK,
    **dict.fromkeys(
        ("Medewerker", "OrganisatorischeEenheid", "GeautomatiseerdeActor"),
        rules.ACTOREN_ZOEKEN,
    ),
}
"""What `node` asks by the kind of id, beside its own rule."""

CALLERS: Mapping[str, Caller] = {
    "anoniem": ANONIEM,
    "klant": klant(),
    "klant, laag": klant(niveau=Betrouwbaarheidsniveau.LAAG),
    "systeem": systeem(),
    "medewerker": medewerker(),
    **{
        f"medewerker without {recht}": medewerker(*(set(Recht) - {recht}))
        for recht in Recht
    },
}
Names = frozenset[str]


def who_may(rule: Rule) -> Names:
    policy = Policy(IdentitySettings())
    return frozenset(
        name for name, each in CALLERS.items() if policy.refusal(rule, each) is None
    )


def led_to(kind: str, field: str) -> dict[str, Names]:
    """The types a field leads to, and who may go there by it."""
    named = get_named_type(_type(kind).fields[field].type)
    if is_abstract_type(named):
        kinds = [each.name for each in GRAPH.get_possible_types(named)]
    else:
        kinds = [named.name] if isinstance(named, GraphQLObjectType) else []
    may = who_may(FIELDS[kind].fields[field])
    by_node = ALLOWED_BY_NODE if (kind, field) == ("Query", "node") else {}
    return {
        each: may & who_may(by_node[each]) if each in by_node else may for each in kinds
    }


def _type(name: str) -> GraphQLObjectType:
    kind = GRAPH.type_map[name]
    assert isinstance(kind, GraphQLObjectType)
    return kind


def ways() -> dict[str, set[Names]]:
    """Who can stand at each type, for every way that leads there."""
    new = [("Query", frozenset(CALLERS)), ("Mutation", frozenset(CALLERS))]
    found: dict[str, set[Names]] = {kind: {here} for kind, here in new}
    while new:
        kind, here = new.pop()
        for field in FIELDS[kind].fields:
            for target, may in led_to(kind, field).items():
                there = here & may
                if there and there not in found.setdefault(target, set()):
                    found[target].add(there)
                    new.append((target, there))
    return found


def required(kind: str) -> AbstractSet[str]:
    return {
        name
        for name, field in _type(kind).fields.items()
        if isinstance(field.type, GraphQLNonNull)
    }


def test_every_type_can_be_reached_by_somebody() -> None:
    assert ways().keys() == FIELDS.keys()


def test_what_may_be_refused_to_who_got_there_is_nullable() -> None:
    takes_more = {
        f"{kind}.{name}: not for {', '.join(sorted(here - who_may(rule)))}"
        for kind, places in ways().items()
        for name in required(kind)
        for rule in [FIELDS[kind].fields[name]]
        for here in places
        if here - who_may(rule)
    }
    assert takes_more == set()


def test_what_depends_on_how_it_was_reached_is_nullable() -> None:
    assert {
        f"{kind}.{name}"
        for kind, of in FIELDS.items()
        for name in required(kind)
        if of.fields[name].verstrekt or of.fields[name].interactie
    } == set()
