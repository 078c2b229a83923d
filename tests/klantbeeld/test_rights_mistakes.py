"""A mistake of ours shows nothing: a record that was not let pass gives no value."""

import time
from collections.abc import AsyncIterator, Sequence

import pytest

from gateway.context import RequestContext
from gateway.deadline import Deadline
from gateway.demo.addresses import Addresses
from gateway.demo.run import gateway_settings
from gateway.edge.errors import public_errors
from gateway.errors import Missing, Unauthenticated
from gateway.identity.caller import ANONIEM, Caller
from gateway.identity.levels import Betrouwbaarheidsniveau
from gateway.identity.policy import rules
from gateway.identity.policy.fields import FieldRule
from gateway.identity.policy.policy import Policy
from gateway.identity.sight.elsewhere import Elsewhere
from gateway.identity.sight.passed import NotPassed, Reached
from gateway.identity.sight.sight import Sight
from gateway.identity.vaststelling import Grond, Vaststelling
from gateway.registers.registers import Registers
from gateway.settings.identity import IdentitySettings
from gateway.store.database import create_connections
from gateway.store.klantcontacten import Klantcontact
from gateway.store.statements import Statements
from gateway.store.store import Store
from schema import schema
from tests.identity.callers import klant, medewerker, systeem
from tests.klantbeeld.rights import as_id
from tests.municipality import Network
from tests.registers.builders import pseudonym
from tests.store.rows import BEGIN, limits

pytestmark = pytest.mark.anyio

CONTACT = as_id("Klantcontact", "30e9aa48-a668-5ef5-a4f8-9b10c6e0de5d")
QUERY = """
query ($id: ID!) { klantcontact(id: $id) {
  __typename beeindigdOp betrokkenen { rol } duur
} }
"""


class Forgetful(Sight):
    """Hands klantcontacten back as a batch field might that forgot about rights."""

    async def klantcontacten(
        self, records: Sequence[Klantcontact | None], reached: Reached
    ) -> list[Klantcontact | Missing]:
        assert reached is Reached.INTERACTIE
        return [each for each in records if each is not None]


@pytest.fixture
async def context(loaded: str, network: Network) -> AsyncIterator[RequestContext]:
    """What a request carries whose sight forgets."""
    settings = gateway_settings(loaded, Addresses())
    statements = Statements(create_connections(loaded, pool_size=1))
    store = Store(statements, Deadline.after(30))
    registers = Registers(
        settings.registers,
        network,
        pseudonym=pseudonym,
        cache=settings.cache,
        timer=time.monotonic,
    )
    policy, reads = Policy(settings.identity), registers.reads(Deadline.after(30))
    sight = Forgetful(medewerker(), policy, store, lambda _: None)
    yield RequestContext(
        store, reads, sight, Elsewhere(sight, policy, reads), limits(100)
    )
    await registers.aclose()
    await statements.aclose()


@pytest.mark.parametrize("caller", [klant(), medewerker(), systeem()])
async def test_a_record_that_did_not_pass_gives_internal_and_no_value(
    context: RequestContext, caller: Caller
) -> None:
    context.sight.caller = caller
    result = await schema.execute(
        QUERY, variable_values={"id": CONTACT}, context_value=context
    )
    assert result.data == {"klantcontact": None}
    errors = result.errors or []
    assert {type(each.original_error) for each in errors} == {NotPassed}
    for told in public_errors(errors):
        assert told["message"] == "Internal error."
        assert isinstance(told["extensions"], dict)
        assert told["extensions"]["code"] == "INTERNAL"


def a_sight(caller: Caller, context: RequestContext) -> Sight:
    policy = Policy(IdentitySettings())
    return Sight(caller, policy, context.store, lambda _: None)


@pytest.mark.parametrize("record", [None, "text", object(), BEGIN, [], {}])
async def test_nothing_passes_by_what_it_is(
    context: RequestContext, record: object
) -> None:
    sight = a_sight(medewerker(), context)
    with pytest.raises(NotPassed):
        sight.refusal(FieldRule(rules.KLANTCONTACT, seen=True), record)


async def test_what_passed_for_one_request_did_not_for_another(
    context: RequestContext,
) -> None:
    rule, record = FieldRule(rules.KLANTCONTACT, seen=True), object()
    one, other = (a_sight(medewerker(), context) for _ in range(2))
    one.let_pass([record])
    assert one.refusal(rule, record) is None
    with pytest.raises(NotPassed):
        other.refusal(rule, record)


async def test_a_record_like_one_that_passed_did_not(context: RequestContext) -> None:
    """By identity: an equal record may have been reached in another way."""
    sight = a_sight(medewerker(), context)
    one, like_it = (
        Vaststelling("digid", Betrouwbaarheidsniveau.HOOG, Grond.ZELF) for _ in range(2)
    )
    assert one == like_it
    sight.let_pass([one])
    with pytest.raises(NotPassed):
        sight.refusal(FieldRule(rules.KLANTCONTACT, seen=True), like_it)


async def test_an_error_or_nothing_never_passes(context: RequestContext) -> None:
    sight = a_sight(medewerker(), context)
    error = Missing("not there")
    assert sight.let_pass([None, error]) == [None, error]
    for each in (None, error):
        with pytest.raises(NotPassed):
            sight.reached(each)


async def test_who_may_not_is_refused_before_it_is_asked_what_passed(
    context: RequestContext,
) -> None:
    refused = a_sight(ANONIEM, context).refusal(
        FieldRule(rules.KLANTCONTACT, seen=True), object()
    )
    assert isinstance(refused, Unauthenticated)
