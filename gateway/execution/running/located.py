"""Errors that say where they are."""

from collections.abc import Sequence

from graphql import GraphQLError, located_error

from gateway.execution.planning.fields import Field

_TELLING = ("message", "nodes", "source", "positions")
"""Of an error that says of itself where it is, or what is told of it."""


def located(error: Exception, field: Field, path: Sequence[str | int]) -> GraphQLError:
    """Make what is told of an error, as graphql-core does.

    Lines and columns are counted in the document once for each field, not for each
    error: that would take most of the time of an operation with many.
    """
    if isinstance(error, GraphQLError) or any(hasattr(error, n) for n in _TELLING):
        return located_error(error, field.nodes, path)
    if field.place is None:
        field.place = GraphQLError("", field.nodes)
    made = GraphQLError(str(error), path=path, original_error=error)
    made.nodes, made.source = field.place.nodes, field.place.source
    made.positions, made.locations = field.place.positions, field.place.locations
    return made
