"""Every rule, for every kind of caller: one word each."""

from collections.abc import Mapping
from types import MappingProxyType

import pytest
from msgspec.structs import replace

from gateway.errors import Denied, Forbidden, StepUpRequired, Unauthenticated
from gateway.identity.caller import ANONIEM, Caller
from gateway.identity.levels import Betrouwbaarheidsniveau
from gateway.identity.policy import rules
from gateway.identity.policy.policy import Policy
from gateway.identity.policy.rules import Rule
from gateway.identity.rechten import Grant, Recht
from gateway.settings.identity import IdentitySettings
from tests.identity.callers import klant, medewerker, systeem, vertegenwoordiger

RULES = {name: value for name, value in vars(rules).items() if isinstance(value, Rule)}
ENDED = Forbidden("the mandate has ended", needs="mandate")
L = Betrouwbaarheidsniveau


def callers(rule: Rule) -> Mapping[str, tuple[Caller, ...]]:
    """The callers of each column of the table; `midden` is what a klant needs."""
    others = [each for each in Recht if each is not rule.recht]
    return {
        "anoniem": (ANONIEM,),
        "klant": tuple(klant(niveau=each) for each in (L.HOOG, L.MIDDEN, L.LAAG, None)),
        "vertegenwoordiger": (
            vertegenwoordiger(),
            replace(vertegenwoordiger(), refusal=ENDED),
        ),
        "medewerker": (
            medewerker(),
            medewerker(*others),
            replace(medewerker(), verwerking=None),
        ),
        "systeem": (
            systeem(),
            systeem(*others),
            replace(systeem(), verwerking=None),
            replace(systeem(), grants=()),
        ),
    }


def word(refused: Denied | None) -> str:
    """One letter for a refusal; a dot for none."""
    if refused is None:
        return "."
    if isinstance(refused, Unauthenticated):
        return "A"
    if isinstance(refused, StepUpRequired):
        return "S" if refused.extensions["level"] == "midden" else "?"
    needs = refused.extensions.get("needs")
    return {None: "F", "mandate": "M", "purpose": "P"}.get(
        None if needs is None else str(needs), "R"
    )


# anoniem | klant: above, at, below, no level | vertegenwoordiger: mandate, ended |
# medewerker, systeem: all rights, all but this one, no purpose; systeem: no scope.
# . may, A needs to be known, S needs a level, M a mandate, R the right, P a purpose,
# F is not for these at all.
TABLE: Mapping[str, str] = MappingProxyType(
    {
        "VRIJ": "                  .  ....  ..  ...  ....",
        "HIERBOVEN": "             .  ....  ..  ...  ....",
        "INGELOGD": "              A  ..SS  .M  ..P  ..P.",
        "EIGEN": "                 A  ..SS  .M  FFF  FFFF",
        "ZOEKEN": "                A  FFFF  FM  .RP  .RPR",
        "PARTIJ": "                A  ..SS  .M  .RP  .RPR",
        "PARTIJGEGEVENS": "        A  ..SS  .M  .RP  .RPR",
        "RELATIES": "              A  FFFF  FM  .RP  .RPR",
        "IDENTIFICATIES": "        A  ..SS  .M  .RP  .RPR",
        "NOTITIES": "              A  FFFF  FM  .RP  .RPR",
        "KLANTCONTACTEN_ZOEKEN": " A  FFFF  FM  .RP  .RPR",
        "KLANTCONTACT": "          A  ..SS  .M  .RP  .RPR",
        "KLANTCONTACTEN_VAN": "    A  ..SS  .M  .RP  .RPR",
        "CONTACTGEGEVENS": "       A  ..SS  .M  .RP  .RPR",
        "INTERNE_TAAK": "          A  FFFF  FM  .RP  .RPR",
        "INTERNE_TAKEN_VAN": "     A  FFFF  FM  .RP  .RPR",
        "ACTOR": "                 A  ..SS  .M  ..P  ..P.",
        "MEDEWERKER": "            A  FFFF  FM  .RP  .RPR",
        "ACTOREN_ZOEKEN": "        A  FFFF  FM  .RP  .RPR",
        "PARTIJ_SCHRIJVEN": "      A  ..SS  .M  .RP  .RPR",
        "PARTIJ_REGISTREREN": "    A  FFFF  FM  .RP  .RPR",
        "PARTIJ_VERWIJDEREN": "    A  FFFF  FM  .RP  .RPR",
        "KLANTCONTACT_SCHRIJVEN": " A  FFFF  FM  .RP  .RPR",
        "KLANTCONTACT_CORRIGEREN": " A  FFFF  FM  .RP  .RPR",
        "INTERNE_TAAK_SCHRIJVEN": " A  FFFF  FM  .RP  .RPR",
        "ACTOR_SCHRIJVEN": "       A  FFFF  FM  .RP  .RPR",
        "ZAAK": "                  A  ..SS  .M  .RP  .RPR",
        "AUTEUR": "                A  FFFF  FM  .RP  .RPR",
        "DOCUMENT": "              A  ..SS  .M  .RP  .RPR",
        "OBJECT": "                A  ..SS  .M  .RP  .RPR",
    }
)
# What a rule asks beside that: a right, that the partij was disclosed (v), that it is
# within the interaction (i).
ASKS: Mapping[str, str] = MappingProxyType(
    {
        "VRIJ": "",
        "HIERBOVEN": "",
        "INGELOGD": "",
        "EIGEN": "",
        "ZOEKEN": "partijen.lezen",
        "PARTIJ": "partijen.lezen",
        "PARTIJGEGEVENS": "partijen.lezen v",
        "RELATIES": "partijen.lezen v",
        "IDENTIFICATIES": "identificaties.lezen v",
        "NOTITIES": "notities.lezen v",
        "KLANTCONTACTEN_ZOEKEN": "klantcontacten.lezen",
        "KLANTCONTACT": "klantcontacten.lezen",
        "KLANTCONTACTEN_VAN": "klantcontacten.lezen v",
        "CONTACTGEGEVENS": "klantcontacten.lezen i",
        "INTERNE_TAAK": "internetaken.lezen",
        "INTERNE_TAKEN_VAN": "internetaken.lezen v",
        "ACTOR": "",
        "MEDEWERKER": "actoren.lezen",
        "ACTOREN_ZOEKEN": "actoren.lezen",
        "PARTIJ_SCHRIJVEN": "partijen.schrijven",
        "PARTIJ_REGISTREREN": "partijen.schrijven",
        "PARTIJ_VERWIJDEREN": "partijen.verwijderen",
        "KLANTCONTACT_SCHRIJVEN": "klantcontacten.schrijven",
        "KLANTCONTACT_CORRIGEREN": "klantcontacten.corrigeren",
        "INTERNE_TAAK_SCHRIJVEN": "internetaken.schrijven",
        "ACTOR_SCHRIJVEN": "actoren.schrijven",
        "ZAAK": "zaken.lezen",
        "AUTEUR": "documenten.lezen",
        "DOCUMENT": "documenten.lezen",
        "OBJECT": "objecten.lezen",
    }
)


def test_every_rule_stands_in_both_tables() -> None:
    assert list(RULES) == list(TABLE) == list(ASKS)
    names = [rule.name for rule in RULES.values()]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("name", TABLE)
def test_a_rule_says_who_may(name: str) -> None:
    rule, policy = RULES[name], Policy(IdentitySettings())
    found = [
        "".join(word(policy.refusal(rule, each)) for each in kind)
        for kind in callers(rule).values()
    ]
    assert found == TABLE[name].split()


@pytest.mark.parametrize("name", ASKS)
def test_a_rule_asks_what_it_asks(name: str) -> None:
    rule = RULES[name]
    marks = ("v" * rule.verstrekt, "i" * rule.interactie)
    assert " ".join(each for each in (rule.recht or "", *marks) if each) == ASKS[name]


@pytest.mark.parametrize("recht", Recht)
def test_rights_of_one_role_are_no_others(recht: Recht) -> None:
    caller = medewerker(recht)
    assert [each for each in Recht if caller.may(each)] == [recht]


def test_several_roles_add_up() -> None:
    both = (Grant(frozenset({Recht.PARTIJEN})), Grant(frozenset({Recht.NOTITIES})))
    policy = Policy(IdentitySettings())
    caller = replace(medewerker(), grants=both)
    allowed = [
        name for name, rule in RULES.items() if policy.refusal(rule, caller) is None
    ]
    assert allowed == [
        "VRIJ",
        "HIERBOVEN",
        "INGELOGD",
        "ZOEKEN",
        "PARTIJ",
        "PARTIJGEGEVENS",
        "RELATIES",
        "NOTITIES",
        "ACTOR",
    ]


def test_what_is_missing_is_named() -> None:
    policy = Policy(IdentitySettings())
    refused = policy.refusal(rules.NOTITIES, medewerker(Recht.PARTIJEN))
    assert isinstance(refused, Forbidden)
    assert refused.extensions == {"code": "FORBIDDEN", "needs": "notities.lezen"}
    why = policy.refusal(rules.PARTIJ, replace(medewerker(), verwerking=None))
    assert isinstance(why, Forbidden)
    assert why.extensions == {"code": "FORBIDDEN", "needs": "purpose"}
    ended = replace(vertegenwoordiger(), refusal=ENDED)
    assert policy.refusal(rules.KLANTCONTACT, ended) is ENDED
