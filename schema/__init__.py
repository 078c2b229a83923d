"""The schema: what can be asked. `gateway` knows how it is answered."""

from functools import cache

import strawberry
from graphql import GraphQLError
from strawberry.federation import Schema
from strawberry.federation.schema import FederationAny
from strawberry.schema.config import StrawberryConfig
from strawberry.types import ExecutionContext

from gateway.checking.checks import CheckOperation
from gateway.execution.fitness import check_fit
from gateway.execution.guarding import Guarding
from gateway.execution.hook import BreadthFirst
from gateway.identity.policy.fields import FIELDS, FieldRule
from schema.actor import GeautomatiseerdeActor, Medewerker, OrganisatorischeEenheid
from schema.directives import DEFINITIONS, show_rules
from schema.mutation.mutation import Mutation
from schema.partij import Contactpersoon, Organisatie, Persoon
from schema.query import Query
from schema.scalars import SCALARS

__all__ = ["schema"]


# One object for all fields with the same rule: it is decided on once for all of them.
_rule = cache(FieldRule)

GUARDING = Guarding(
    {
        kind: {name: _rule(rule, of.seen) for name, rule in of.fields.items()}
        for kind, of in FIELDS.items()
    }
)


def _as_it_is(value: object) -> object:
    return value


class KlantbeeldSchema(Schema):
    """A subgraph in the sense of Apollo Federation 2."""

    def as_str(self) -> str:
        """Print the SDL, whole: also what a router brings along itself."""
        return f"{DEFINITIONS}\n{super().as_str()}"

    def process_errors(
        self,
        errors: list[GraphQLError],
        execution_context: ExecutionContext | None = None,
    ) -> None:
        """Leave it to the edge, which logs only what is a bug; not one line each."""


schema = KlantbeeldSchema(
    query=Query,
    mutation=Mutation,
    types=[
        Persoon,
        Organisatie,
        Contactpersoon,
        Medewerker,
        OrganisatorischeEenheid,
        GeautomatiseerdeActor,
    ],
    config=StrawberryConfig(scalar_map=SCALARS),
    scalar_overrides={
        FederationAny: strawberry.scalar(
            name="_Any",
            description="Voor een router: een verwijzing naar iets uit deze graaf.",
            serialize=_as_it_is,
            parse_value=_as_it_is,
        )
    },
    extensions=[CheckOperation],
    execution_context_class=BreadthFirst,
)
check_fit(schema._schema)  # noqa: SLF001 - Strawberry has no public way to it
GUARDING.apply(schema._schema)  # noqa: SLF001 - as above
show_rules(schema._schema, FIELDS)  # noqa: SLF001 - as above
