"""Where each type serves: what gives it, or takes it."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from graphql import (
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    get_named_type,
)

from gateway.documenting.markdown import link
from gateway.documenting.roots import roots


class Serving:
    """Where types serve, looked up once for a whole schema."""

    def __init__(self, schema: GraphQLSchema) -> None:
        self._links: dict[str, dict[str, None]] = defaultdict(dict)
        begin = {root.kind.name: root for root in roots(schema)}
        for kind in schema.type_map.values():
            for field, used in _used(kind):
                root = begin.get(kind.name)
                shown = link(field, root.heading(field)) if root else link(kind.name)
                self._links[used][shown] = None

    def of(self, name: str) -> Sequence[str]:
        """Lead to where a type serves, in the order of the document; itself not."""
        return [each for each in self._links[name] if each != link(name)]


def _used(kind: GraphQLNamedType) -> Iterator[tuple[str, str]]:
    """Names of fields, each with the name of a type that it gives or takes."""
    if isinstance(kind, GraphQLObjectType | GraphQLInterfaceType):
        for name, field in kind.fields.items():
            for each in (field, *field.args.values()):
                yield name, get_named_type(each.type).name
    elif isinstance(kind, GraphQLInputObjectType):
        for name, given in kind.fields.items():
            yield name, get_named_type(given.type).name
