"""Whether a field of a record may be read, by who asks.

Decided by the field's rule, and where that says so by how the record was reached; see
`gateway.identity.policy.rules`.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from gateway.errors import BadInput, Denied, Forbidden
from gateway.identity.caller import Caller
from gateway.identity.policy.fields import FieldRule
from gateway.identity.policy.policy import Policy
from gateway.identity.policy.rules import Rule
from gateway.identity.sight.passed import NotPassed, Passed, Reached
from gateway.identity.vaststelling import Vaststelling
from gateway.store.betrokkenen import Betrokkene
from gateway.store.contactgegevens import Contactgegevens

if TYPE_CHECKING:
    from uuid import UUID


class Deciding(Passed):
    """One for each request.

    Attributes:
        caller: who asks.
        asked: the root fields of the operation.
        stated: what was stated about to whom it is disclosed.
        disclosed: keys of partijen whose klantbeeld was disclosed.
    """

    def __init__(self, caller: Caller, policy: Policy) -> None:
        """Begin with nothing seen."""
        super().__init__()
        self.caller = caller
        self.asked: set[str] = set()
        self.stated: list[Vaststelling] = []
        self.disclosed: set[UUID] = set()
        self._policy = policy
        self._decided: dict[Rule, Denied | None] = {}

    def refusal(self, field: FieldRule, parent: object) -> Denied | None:
        """Say why a field may not be read of a parent; None when it may.

        Raises:
            NotPassed: the parent is a record that nobody let pass.
        """
        rule = field.rule
        if rule.operation:
            self.asked.add(rule.operation)
        refused = self.decided(rule)
        if refused is not None or not field.seen:
            return refused
        return self._of_record(rule, parent)

    def _of_record(self, rule: Rule, parent: object) -> Denied | None:
        """Say the same of what must have passed, by who may have what it is about."""
        reached = self.reached(parent)
        if rule.verstrekt and reached is not Reached.VERSTREKT:
            return self._undisclosed_field()
        if rule.interactie and self._is_out_of_place(parent, reached):
            return Forbidden(
                "this field is shown with its own klantcontact only: ask for that by its"
                " id",
                needs="interactie",
            )
        return None

    def refusals(
        self, field: FieldRule, parents: Sequence[object]
    ) -> list[Exception | None] | None:
        """Say the same of many parents, in their order; None when all may be read.

        Of a parent that nobody let pass, that is said too.
        """
        if field.rule.operation:
            self.asked.add(field.rule.operation)
        refused = self.decided(field.rule)
        if refused is not None:
            return [refused] * len(parents)
        if not field.seen or self._all_pass(field.rule, parents):
            return None
        found = [self._of_record_or_error(field.rule, parent) for parent in parents]
        return found if any(found) else None

    def _all_pass(self, rule: Rule, parents: Sequence[object]) -> bool:
        if rule.interactie:
            return False
        if rule.verstrekt:
            return self.all_reached(parents, Reached.VERSTREKT)
        return self.all_passed(parents)

    def _of_record_or_error(self, rule: Rule, parent: object) -> Exception | None:
        try:
            return self._of_record(rule, parent)
        except NotPassed as error:
            return error

    def _undisclosed_field(self) -> Denied:
        if self.caller.is_klant:
            return Forbidden("this field is not shown to klanten")
        return self.undisclosed(None) or Forbidden(
            "this field is not shown of who was found by an address or number"
        )

    def decided(self, rule: Rule) -> Denied | None:
        """Say what a rule means for who asks; once for each request."""
        try:
            return self._decided[rule]
        except KeyError:
            found = self._decided[rule] = self._policy.refusal(rule, self.caller)
            return found

    def _is_out_of_place(self, parent: object, reached: Reached) -> bool:
        if isinstance(parent, Contactgegevens):
            parent = parent.betrokkene
        if not isinstance(parent, Betrokkene):
            return False
        if parent.partij_id is None:
            return not self._policy.shows_zelfstandig(
                self.caller, within_interaction=reached is Reached.INTERACTIE
            )
        # Who is gekend is no more than a candidate, as their partij is: in a search,
        # and in the klantbeeld of somebody else.
        if self.caller.is_klant or reached is Reached.INTERACTIE:
            return False
        is_candidate = not self.is_whose(parent)
        return is_candidate and self._policy.undisclosed(self.caller, None) is not None

    def undisclosed(self, stated: Vaststelling | None) -> Denied | None:
        """Say why an employee may not be given partijgegevens; None when they may.

        Raises:
            BadInput: something was stated before: of somebody else, or of the same.
        """
        if stated is not None:
            if self.stated:
                rule = "is about one person: give it once in an operation"
                raise BadInput("identiteitsvaststelling", rule)
            self.stated.append(stated)
        return self._policy.undisclosed(self.caller, stated)

    def is_whose(self, betrokkene: Betrokkene) -> bool:
        """Whether it is the klantbeeld of this betrokkene in which they were reached."""
        in_klantbeeld = self.reached(betrokkene) is Reached.KLANTBEELD
        return in_klantbeeld and betrokkene.partij_id in self.disclosed
