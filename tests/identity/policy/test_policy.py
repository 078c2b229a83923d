"""What a municipality chooses: levels, per operation, and what must be stated."""

from uuid import UUID

import pytest
from msgspec.structs import replace

from gateway.errors import Forbidden, StepUpRequired
from gateway.identity.caller import Caller
from gateway.identity.levels import Betrouwbaarheidsniveau
from gateway.identity.policy.fields import FIELDS
from gateway.identity.policy.policy import Policy
from gateway.identity.policy.rules import Rule
from gateway.identity.vaststelling import Grond, Vaststelling
from gateway.settings.identity import (
    IdentitySettings,
    KlantSettings,
    VaststellingSettings,
)
from tests.identity.callers import klant, medewerker, systeem, vertegenwoordiger

L = Betrouwbaarheidsniveau
ROOTS = FIELDS["Query"].fields


def at(caller: Caller, niveau: L | None) -> Caller:
    return replace(caller, niveau=niveau)


def level_needed(policy: Policy, rule: Rule, caller: Caller) -> object:
    """The level that a refusal names; None where it is let through."""
    refused = policy.refusal(rule, caller)
    if refused is None:
        return None
    assert isinstance(refused, StepUpRequired)
    return refused.extensions["level"]


@pytest.mark.parametrize("needed", L)
@pytest.mark.parametrize("caller", [klant(), vertegenwoordiger()])
def test_what_a_klant_needs_is_what_is_configured(caller: Caller, needed: L) -> None:
    policy = Policy(IdentitySettings(klant=KlantSettings(level=needed)))
    rule = FIELDS["Klantcontact"].fields["nummer"]
    levels = (None, *L)
    found = [level_needed(policy, rule, at(caller, each)) for each in levels]
    short = levels.index(needed)
    assert found == [needed] * short + [None] * (len(levels) - short)


def test_an_operation_that_needs_more_says_so_and_others_do_not_need_it() -> None:
    minimum = {"mijnKlantbeeld": L.HOOG}
    policy = Policy(IdentitySettings(minimum_levels=minimum))
    needed = {
        name: level_needed(policy, ROOTS[name], klant(niveau=L.SUBSTANTIEEL))
        for name in ("mijnKlantbeeld", "partij", "klantcontact", "node")
    }
    assert needed == {
        "mijnKlantbeeld": "hoog",
        "partij": None,
        "klantcontact": None,
        "node": None,
    }


@pytest.mark.parametrize("name", [name for name in ROOTS if not ROOTS[name].anoniem])
def test_every_operation_can_have_a_level_of_its_own(name: str) -> None:
    policy = Policy(IdentitySettings(minimum_levels={name: L.HOOG}))
    rule = ROOTS[name]
    caller = medewerker() if rule.gemeente else klant()
    found = [level_needed(policy, rule, at(caller, each)) for each in (None, *L)]
    assert found == ["hoog"] * 4 + [None]
    others = [
        level_needed(policy, each, at(caller, L.SUBSTANTIEEL))
        for other, each in ROOTS.items()
        if other != name and (each.gemeente if rule.gemeente else each.klant)
    ]
    assert set(others) <= {None}


def test_an_employee_needs_no_level_unless_an_operation_does() -> None:
    policy = Policy(IdentitySettings())
    refused = [policy.refusal(rule, medewerker()) for rule in ROOTS.values()]
    codes = [each for each in refused if not isinstance(each, Forbidden)]
    assert codes == [None] * (len(ROOTS) - 2)  # but mijnKlantbeeld and mijnInzage


def test_a_systeem_is_nobody_whose_level_could_be_asked() -> None:
    policy = Policy(IdentitySettings(minimum_levels={"klantbeeld": L.HOOG}))
    assert policy.refusal(ROOTS["klantbeeld"], systeem()) is None


def stated(niveau: L) -> Vaststelling:
    return Vaststelling("controlevragen", niveau, Grond.ZELF)


@pytest.mark.parametrize("needed", L)
def test_what_is_stated_must_be_sure_enough(needed: L) -> None:
    chosen = VaststellingSettings(level=needed)
    policy = Policy(IdentitySettings(identiteitsvaststelling=chosen))
    found = [policy.undisclosed(medewerker(), stated(each)) for each in L]
    enough = [each is None for each in found]
    below = list(L).index(needed)
    assert enough == [False] * below + [True] * (4 - below)
    levels = {each.extensions["level"] for each in found if each is not None}
    assert levels == ({needed} if below else set())


def test_who_states_nothing_is_told_what_is_needed() -> None:
    refused = Policy(IdentitySettings()).undisclosed(medewerker(), None)
    assert refused is not None
    assert refused.extensions == {
        "code": "FORBIDDEN",
        "needs": "identiteitsvaststelling",
    }


@pytest.mark.parametrize("required", [True, False])
def test_a_municipality_may_not_ask_for_it_but_what_is_stated_still_counts(
    *, required: bool
) -> None:
    chosen = VaststellingSettings(required=required, level=L.MIDDEN)
    policy = Policy(IdentitySettings(identiteitsvaststelling=chosen))
    assert (policy.undisclosed(medewerker(), None) is None) is not required
    assert isinstance(policy.undisclosed(medewerker(), stated(L.LAAG)), StepUpRequired)
    assert policy.undisclosed(systeem(), None) is None


@pytest.mark.parametrize(
    "caller", [klant(), vertegenwoordiger(), medewerker(), systeem()]
)
def test_what_a_zelfstandige_gave_is_for_its_interaction_whoever_asks(
    caller: Caller,
) -> None:
    policy = Policy(IdentitySettings())
    shown = [
        policy.shows_zelfstandig(caller, within_interaction=each)
        for each in (False, True)
    ]
    assert shown == [False, True]


def test_objecttypen_are_told_apart_by_uuid_however_it_is_written() -> None:
    uuid = "D9A59E94-0582-55E6-A8FA-7DE205F4EF9C"
    said = {"klant": {"objecttypen": [uuid]}}
    assert Policy(IdentitySettings.model_validate(said)).objecttypen == {UUID(uuid)}
