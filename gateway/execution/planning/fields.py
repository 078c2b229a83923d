"""What is asked of one type: its selection, and each field of it.

Nothing of a request is in them: they are shared between all that ask the same.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from functools import cached_property
from keyword import iskeyword

from graphql import (
    FieldNode,
    GraphQLError,
    GraphQLField,
    GraphQLList,
    GraphQLNamedOutputType,
    GraphQLNonNull,
    GraphQLObjectType,
    is_leaf_type,
)
from graphql.execution.collect_fields import FieldDetails
from strawberry.types.field import StrawberryField

from gateway.execution.batch import BatchField
from gateway.execution.guarding import RULE, unguarded

Reader = Callable[[Sequence[object], list[int]], list[dict[str, object]]]
"""Objects in, a dict for each out; the indices of those it cannot vouch for are added
to the list."""

Column = Callable[[Sequence[object]], list[object]]
"""Values of a leaf in, completed ones out; raises for what it cannot vouch for."""


class Kind(Enum):
    """How the value of a field comes about."""

    TYPENAME = auto()
    LEAF = auto()
    """An attribute, read by the selection's reader."""
    ATTRIBUTE = auto()
    """An attribute that holds objects, or lists."""
    BATCH = auto()
    """A batch field."""
    EACH = auto()
    """An ordinary resolver, called for each object."""


_UNGUARDED = frozenset({Kind.TYPENAME, Kind.EACH})


@dataclass(eq=False)
class Field:
    """One response key of a selection.

    Attributes:
        index: its place in the selection.
        key: in the response.
        definition: of the schema.
        parent_type: whose field it is.
        details: of all places in the document that are merged into it.
        non_null: from the field inwards, for each list and the innermost type,
            whether null is refused there.
        named: the innermost type.
        kind: how its value comes about.
        attribute: of the record, for those that are read.
        batch: of a batch field.
        waits: whether its function is awaited.
        rule: what must let it be read; None where the schema has none.
        selected: names of the fields selected directly below; of batch fields.
        column: completes values of a leaf that a batch function gives.
        selections: by concrete type, once met.
        by_class: the concrete type of a record's class, where the class decides.
        located: an error there, which knows lines and columns, once there was one.
    """

    index: int
    key: str
    definition: GraphQLField
    parent_type: GraphQLObjectType
    details: list[FieldDetails]
    non_null: tuple[bool, ...]
    named: GraphQLNamedOutputType
    kind: Kind
    attribute: str = ""
    batch: BatchField | None = None
    waits: bool = False
    rule: object = None
    selected: frozenset[str] = frozenset()
    column: Column | None = None
    selections: "dict[GraphQLObjectType, Selection]" = field(default_factory=dict)
    by_class: dict[type, GraphQLObjectType] = field(default_factory=dict)
    located: GraphQLError | None = None

    @cached_property
    def name(self) -> str:
        """As the schema calls it."""
        return self.details[0].node.name.value

    @cached_property
    def nodes(self) -> list[FieldNode]:
        """Where it stands in the document."""
        return [each.node for each in self.details]

    @cached_property
    def is_leaf(self) -> bool:
        """Whether it is, or lists, scalars or enum values."""
        return is_leaf_type(self.named)

    @cached_property
    def depth(self) -> int:
        """Of lists."""
        return len(self.non_null) - 1


@dataclass(eq=False)
class Selection:
    """What is asked of one concrete type, in the order of the response.

    Attributes:
        kind: the type.
        read: reads all leaf attributes at once; other keys are there, with None.
    """

    kind: GraphQLObjectType
    fields: list[Field]
    read: Reader

    @cached_property
    def leaves(self) -> list[Field]:
        """Which `read` reads."""
        return self._of(Kind.LEAF)

    @cached_property
    def rules(self) -> list[object]:
        """Which must let its fields be read, each once; resolvers ask their own."""
        guarded = [each for each in self.fields if each.kind not in _UNGUARDED]
        rules = {id(each.rule): each.rule for each in guarded}
        return [rule for rule in rules.values() if rule is not None]

    @cached_property
    def attributes(self) -> list[Field]:
        """Which hold objects or lists."""
        return self._of(Kind.ATTRIBUTE)

    @cached_property
    def batches(self) -> list[Field]:
        """Which are batch fields."""
        return self._of(Kind.BATCH)

    @cached_property
    def resolved(self) -> list[Field]:
        """Which have an ordinary resolver."""
        return self._of(Kind.EACH)

    def blank(self) -> dict[str, object]:
        """Make a dict with all keys in order, and nothing read."""
        return {
            each.key: self.kind.name if each.kind is Kind.TYPENAME else None
            for each in self.fields
        }

    def only(self, one: Field) -> "Selection":
        """Take one field of it, and read nothing yet."""
        return Selection(self.kind, [one], lambda objects, _: [{} for _ in objects])

    def _of(self, kind: Kind) -> list[Field]:
        return [each for each in self.fields if each.kind is kind]


def field_of(
    index: int,
    key: str,
    definition: GraphQLField,
    parent_type: GraphQLObjectType,
    details: list[FieldDetails],
) -> Field:
    """Say how a field is to be had."""
    non_null, named = _nullability(definition)
    source = source_of(definition)
    is_typename = details[0].node.name.value == "__typename"
    kind = Kind.TYPENAME if is_typename else kind_of(definition)
    return Field(
        index,
        key,
        definition,
        parent_type,
        details,
        non_null,
        named,
        kind,
        attribute=(source and source.python_name) or "",
        batch=source if isinstance(source, BatchField) else None,
        rule=definition.extensions.get(RULE),
    )


def kind_of(definition: GraphQLField) -> Kind:
    """Say how the value of a field comes about."""
    source = source_of(definition)
    if isinstance(source, BatchField):
        return Kind.BATCH
    if source is None or not _is_attribute(source, definition):
        return Kind.EACH
    non_null, named = _nullability(definition)
    is_leaf = is_leaf_type(named) and len(non_null) == 1
    return Kind.LEAF if is_leaf else Kind.ATTRIBUTE


def source_of(definition: GraphQLField) -> StrawberryField | None:
    """Give Strawberry's own field; None of one that is not Strawberry's."""
    source = definition.extensions.get("strawberry-definition")
    return source if isinstance(source, StrawberryField) else None


def _is_attribute(source: StrawberryField, definition: GraphQLField) -> bool:
    """Whether its value is the attribute of the same name, and nothing comes between.

    Strawberry marks the resolver of such fields; with exception handlers it makes
    another one, with field extensions and permissions too.
    """
    resolve = unguarded(definition.resolve)
    # A wrapper takes over the marks of what it wraps.
    is_wrapped = any(
        hasattr(each, "__wrapped__") for each in (definition.resolve, resolve)
    )
    is_plain = getattr(resolve, "_is_default", False) and not is_wrapped
    is_readable = is_attribute_name(source.python_name or "")
    return bool(is_plain) and is_readable and source.default_resolver is getattr


def is_attribute_name(name: str) -> bool:
    """Whether a name can stand in generated code, and means an attribute there."""
    return name.isidentifier() and not iskeyword(name)


def _nullability(
    definition: GraphQLField,
) -> tuple[tuple[bool, ...], GraphQLNamedOutputType]:
    flags = []
    kind = definition.type
    while True:
        flags.append(isinstance(kind, GraphQLNonNull))
        if isinstance(kind, GraphQLNonNull):
            kind = kind.of_type
        if not isinstance(kind, GraphQLList):
            return tuple(flags), kind
        kind = kind.of_type
