"""No field is resolved without a rule: each asks the request before it gives a value.

Under graphql-core the resolver asks, object by object; `running` asks for all parents
of a field at once. What a rule says is not known here. A rule is found for every field when the schema is
made; a field without one is a programming error, and the schema is not served. Whether
it lets a value through is decided for each request, whatever executes it.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Generic, Protocol, TypeVar

from graphql import (
    GraphQLObjectType,
    GraphQLResolveInfo,
    GraphQLSchema,
    is_introspection_type,
)

R = TypeVar("R")
R_contra = TypeVar("R_contra", contravariant=True)

RULE = "rule"
"""Where the rule of a field stands in its `extensions`."""


class RulesDoNotFit(Exception):
    """A programming error: fields without a rule, or rules without a field."""


class Guard(Protocol[R_contra]):
    """What a request must be able to say."""

    def refusal(self, rule: R_contra, parent: object) -> Exception | None:
        """Say why a field with this rule may not be read of a parent."""

    def refusals(
        self, rule: R_contra, parents: Sequence[object]
    ) -> Sequence[Exception | None] | None:
        """Say the same for many parents, in their order; None when all may be read."""


class Guarded(Protocol[R_contra]):
    """A request's context."""

    @property
    def guard(self) -> Guard[R_contra]:
        """Who decides."""


class Guarding(Generic[R]):
    """Puts the rules of one schema before its resolvers."""

    def __init__(self, rules: Mapping[str, Mapping[str, R]]) -> None:
        """Take the rules.

        Args:
            rules: by the name of the type, then of the field.
        """
        self._rules = rules

    def apply(self, schema: GraphQLSchema) -> None:
        """Guard every field of every object type; once for each schema.

        Raises:
            RulesDoNotFit: rules and fields are not exactly each other's, or None is
                given for a rule.
        """
        fields = {
            f"{kind.name}.{name}": field
            for kind in schema.type_map.values()
            if isinstance(kind, GraphQLObjectType) and not is_introspection_type(kind)
            for name, field in kind.fields.items()
        }
        rules = {
            f"{kind}.{name}": rule
            for kind, named in self._rules.items()
            for name, rule in named.items()
        }
        if fields.keys() != rules.keys():
            without = ", ".join(sorted(fields.keys() - rules.keys())) or "none"
            nowhere = ", ".join(sorted(rules.keys() - fields.keys())) or "none"
            raise RulesDoNotFit(
                f"fields without a rule: {without}; rules without a field: {nowhere}"
            )
        for name, field in fields.items():
            if field.resolve is None:
                raise RulesDoNotFit(f"{name} has no resolver to guard")
            if rules[name] is None:  # which says that a field has no rule
                raise RulesDoNotFit(f"{name} has None for a rule")
            field.resolve = _guarded(field.resolve, rules[name])
            field.extensions[RULE] = rules[name]


def unguarded(resolve: Callable[..., object] | None) -> Callable[..., object] | None:
    """Give the resolver behind the rule."""
    return getattr(resolve, "unguarded", resolve)


def _guarded(resolve: Callable[..., object], rule: R) -> Callable[..., object]:
    def resolver(
        parent: object, info: "GraphQLResolveInfo[Guarded[R]]", **arguments: object
    ) -> object:
        # Returned, not raised: graphql-core raises what it is given, at this place.
        refused = info.context.guard.refusal(rule, parent)
        return resolve(parent, info, **arguments) if refused is None else refused

    # A function takes attributes that its stub does not know.
    resolver.unguarded = resolve  # type: ignore[attr-defined]
    return resolver
