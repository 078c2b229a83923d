"""The schema as tools ask for it that do not read SDL."""

import json

from graphql import GraphQLSchema, introspection_from_schema


def introspection(schema: GraphQLSchema) -> str:
    """Answer what a tool asks of a whole schema, as JSON.

    Args:
        schema: the one that is served. One built of its SDL would not do: Strawberry
            makes of `isOneOf` a question to its own definitions.
    """
    found = {"data": introspection_from_schema(schema)}
    return json.dumps(found, ensure_ascii=False, indent=2) + "\n"
