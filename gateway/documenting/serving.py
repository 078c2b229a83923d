"""Where each type serves: what gives it, or takes it."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from graphql import (
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLUnionType,
    get_named_type,
)

from gateway.documenting.markdown import link
from gateway.documenting.roots import roots


class Serving:
    """Where types serve, looked up once for a whole schema."""

    def __init__(self, schema: GraphQLSchema) -> None:
        self._links: dict[str, dict[str, None]] = defaultdict(dict)
        self._unions: dict[str, list[str]] = defaultdict(list)
        begin = {root.kind.name: root for root in roots(schema)}
        for kind in schema.type_map.values():
            root = begin.get(kind.name)
            for field, used in _used(kind):
                heading = root.heading(field) if root else kind.name
                title = field if root else f"{kind.name}.{field}"
                self._links[used][link(title, heading)] = None
            if isinstance(kind, GraphQLUnionType):
                for each in kind.types:
                    self._unions[each.name].append(kind.name)

    def unions_with(self, name: str) -> Sequence[str]:
        """Names of the unions that a type is a member of."""
        return self._unions[name]

    def of(self, name: str) -> Sequence[str]:
        """Lead to the fields where a type serves; first those that name it, then its unions."""
        names = (name, *self._unions[name])
        return list(dict.fromkeys(each for one in names for each in self._links[one]))


def _used(kind: GraphQLNamedType) -> Iterator[tuple[str, str]]:
    """Names of fields, each with the name of a type that it gives or takes.

    Without the fields that an interface of this type has too.
    """
    if isinstance(kind, GraphQLObjectType | GraphQLInterfaceType):
        shared = {name for each in kind.interfaces for name in each.fields}
        for name, field in kind.fields.items():
            for each in (field, *field.args.values()):
                if name not in shared:
                    yield name, get_named_type(each.type).name
    elif isinstance(kind, GraphQLInputObjectType):
        for name, given in kind.fields.items():
            yield name, get_named_type(given.type).name
