"""The municipality's own choices, and the decisions that need nothing else."""

from gateway.errors import Denied, Forbidden, InvalidSettings, StepUpRequired
from gateway.identity.caller import Caller, SoortAanvrager
from gateway.identity.policy.fields import FIELDS
from gateway.identity.policy.rules import Rule, refusal
from gateway.identity.policy.seed import VERSTREKKEN, Klantsoort, allowed
from gateway.identity.vaststelling import Vaststelling
from gateway.settings.identity import IdentitySettings


class Policy:
    """The rules, with the levels that are configured; one for each process."""

    def __init__(self, settings: IdentitySettings) -> None:
        """Take the choices.

        Raises:
            InvalidSettings: a level is set for what is no root field.
        """
        roots = {**FIELDS["Query"].fields, **FIELDS["Mutation"].fields}
        unknown = settings.minimum_levels.keys() - roots.keys()
        if unknown:
            known = ", ".join(roots)
            raise InvalidSettings(
                [f"identity.minimum_levels: no {', '.join(sorted(unknown))} in {known}"]
            )
        self._minimum = settings.minimum_levels
        self._klant = settings.klant
        self._vaststelling = settings.identiteitsvaststelling
        self.objecttypen = frozenset(settings.klant.objecttypen)

    def refusal(self, rule: Rule, caller: Caller) -> Denied | None:
        """Say why a caller may not at all have what a rule is about."""
        needed = self._minimum.get(rule.operation)
        if needed is None and caller.is_klant:
            needed = self._klant.level
        return refusal(rule, caller, needed)

    def undisclosed(self, caller: Caller, stated: Vaststelling | None) -> Denied | None:
        """Say why partijgegevens may not be disclosed; None when they may.

        Args:
            caller: who is no klant.
            stated: about the person who would get to know them.
        """
        if caller.soort is SoortAanvrager.SYSTEEM:
            return None
        if stated is None and not self._vaststelling.required:
            return None
        needed = self._vaststelling.level
        if allowed(
            VERSTREKKEN,
            Klantsoort.AANGEHAAKT,
            authenticated=stated is not None,
            niveau=None if stated is None else stated.niveau,
            needed=needed,
            within_interaction=False,
        ):
            return None
        if stated is not None:
            return StepUpRequired(needed)
        return Forbidden(
            "this field needs identiteitsvaststelling: state to whom it is disclosed",
            needs="identiteitsvaststelling",
        )

    def shows_zelfstandig(self, caller: Caller, *, within_interaction: bool) -> bool:
        """Whether what a zelfstandige klant gave may be shown here."""
        return allowed(
            VERSTREKKEN,
            Klantsoort.ZELFSTANDIG,
            authenticated=caller.is_klant,
            niveau=caller.niveau,
            needed=self._klant.level,
            within_interaction=within_interaction,
        )
