"""What the graph costs for each object."""

from gateway.execution.fitness import per_object_resolvers
from schema import schema


def test_the_graph_has_nothing_that_costs_much_for_each_object() -> None:
    # The SDL is asked for once, of one object.
    of_graphql = schema._schema  # noqa: SLF001 - not public
    assert per_object_resolvers(of_graphql) == ["_Service.sdl"]
