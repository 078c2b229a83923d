"""The world's schema, with a rule before each of its fields."""

from collections.abc import Mapping
from zlib import crc32

import strawberry
from graphql import GraphQLObjectType, GraphQLSchema, is_introspection_type
from strawberry.extensions import DisableValidation, ParserCache
from strawberry.schema.config import StrawberryConfig

from gateway.execution.guarding import Guarding
from tests.execution.differential.world.leaves import SCALARS
from tests.execution.differential.world.requests import Rule
from tests.execution.differential.world.roots import Mutation, Query
from tests.execution.differential.world.types import Alpha, Beta, Cat, Dog

KINDS = ("free",) * 12 + ("request", "parent", "parent", "known")
"""Of rules: three in four let everything through."""


class World(strawberry.Schema):
    """Says nothing of errors: there are thousands, and all are compared."""

    def process_errors(self, errors: object, execution_context: object = None) -> None:
        """Leave it at that."""


def made() -> strawberry.Schema:
    """Make the schema; documents were validated by whoever asks."""
    schema = World(
        Query,
        Mutation,
        types=[Alpha, Beta, Cat, Dog],
        config=StrawberryConfig(scalar_map=SCALARS),
        extensions=[DisableValidation, ParserCache],
    )
    Guarding(rules(schema._schema)).apply(schema._schema)  # noqa: SLF001 - not public
    return schema


def rules(schema: GraphQLSchema) -> Mapping[str, Mapping[str, Rule]]:
    """Give every field a rule, always the same one."""
    return {
        kind.name: {name: _rule(f"{kind.name}.{name}") for name in kind.fields}
        for kind in schema.type_map.values()
        if isinstance(kind, GraphQLObjectType) and not is_introspection_type(kind)
    }


def _rule(name: str) -> Rule:
    return Rule(name, KINDS[crc32(name.encode()) % len(KINDS)])
