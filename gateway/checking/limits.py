"""How much one operation asks, counted before anything else is done with it.

Counting takes no longer than the document is long, whatever is in it: fragments are
weighed once each, those of a cycle too (validation refuses them afterwards), and
nothing here calls itself deeper than a definition is nested, which the parser limits.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    InlineFragmentNode,
    IntValueNode,
    OperationDefinitionNode,
    SelectionSetNode,
    VariableNode,
    get_named_type,
    get_nullable_type,
    is_list_type,
)

from gateway.errors import Forbidden, GatewayError, LimitExceeded
from gateway.settings.limits import LimitSettings

USUAL_PAGE = 20
"""Rows of a connection that is asked without `first` and `last`."""

ASSUMED_ITEMS = 3
"""Items of a list without pages, such as onderwerpen: 0.3 to 1.5 on average, 5 at most,
in the 150 klantcontacten of the fixtures."""

_MOST = 1_000_000_000
"""Counting stops here: fragments within fragments double at every step."""

# Federation's _service holds the schema too.
_INTROSPECTION = frozenset({"__schema", "__type", "_service"})

_PAGING = frozenset({"first", "last"})

# GraphQL October 2021, 2.1.6 Lexical Tokens, and comments. What is not closed is a
# token to its end, and nothing is given back (++): time linear in the length.
_TOKEN = re.compile(
    r'"""(?:[^"\\]++|\\"""|\\|"(?!""))*+(?:""")?'
    r'|"(?:[^"\\\n\r]++|\\.)*+"?'
    r"|#[^\n\r]*+"
    r"|\.\.\."
    r"|[A-Za-z_][A-Za-z0-9_]*+"
    r"|-?[0-9][0-9.eE+-]*+"
    r"|[!$&():=@\[\]{|}]"
)

LONGEST_NUMBER = 100
"""Characters."""


@dataclass(frozen=True, slots=True)
class OperationLimits:
    """What holds for each operation; see LimitSettings.

    Attributes:
        introspection: whether the graph may be asked for itself.
    """

    max_characters: int
    max_tokens: int
    max_depth: int
    max_cost: int
    max_aliases: int
    max_same_fields: int
    max_root_fields: int
    introspection: bool

    @classmethod
    def of(cls, settings: LimitSettings, *, has_issuers: bool) -> "OperationLimits":
        """Take them from the settings.

        Args:
            settings: with the figures.
            has_issuers: whether it is asked who asks.
        """
        return cls(
            settings.max_characters,
            settings.max_tokens,
            settings.max_depth,
            settings.max_cost,
            settings.max_aliases,
            settings.max_same_fields,
            settings.max_root_fields,
            settings.is_open(settings.introspection, has_issuers=has_issuers),
        )


USUAL = OperationLimits.of(LimitSettings(), has_issuers=False)


class Weight(NamedTuple):
    """What a selection asks.

    Attributes:
        fields: directly in it, also by fragments.
        depth: of fields within fields; 1 for a field without.
        objects: at most, for each object that the selection is of.
        listed: of those, how many for each item of the lists without pages directly
            in it: how many items those have, only the field around it knows.
    """

    fields: int = 0
    depth: int = 0
    objects: int = 0
    listed: int = 0

    def cost(self, items: int = ASSUMED_ITEMS) -> int:
        """Objects at most, with so many items in each list."""
        return min(_MOST, self.objects + items * self.listed)


def too_long(text: str, limits: OperationLimits) -> LimitExceeded | None:
    """Say why a document is not even parsed: a parser's work grows with its tokens."""
    if len(text) > limits.max_characters:
        return _exceeded("characters", limits.max_characters, len(text))
    found = tokens(text)
    if found > limits.max_tokens:
        return _exceeded("tokens", limits.max_tokens, found)
    return None


def tokens(text: str) -> int:
    """Count the tokens of a document, comments too; it need not be valid."""
    return _TOKEN.subn("", text)[1]


def has_long_number(text: str) -> bool:
    """Say whether a number in a document has more characters than is looked at.

    Nothing has such numbers, and Python refuses to read them (int_max_str_digits).
    """
    found = (each[0] for each in _TOKEN.finditer(text))
    return any(
        len(token) > LONGEST_NUMBER and token[0] in "-0123456789" for token in found
    )


def too_much(
    schema: GraphQLSchema,
    document: DocumentNode,
    operation: OperationDefinitionNode,
    *,
    variables: Mapping[str, object],
    limits: OperationLimits,
) -> list[GatewayError]:
    """Say which limits an operation exceeds, all of them; it need not be valid."""
    weight = weigh(schema, document, operation, variables)
    fields = list(_fields(document))
    aliases = sum(field.alias is not None for field in fields)
    introspects = any(field.name.value in _INTROSPECTION for field in fields)
    names = Counter((field.alias or field.name).value for field in fields)
    # Tools ask the graph for itself with one name many times; only where that is on.
    same = 0 if introspects else max(names.values(), default=0)
    found: list[GatewayError] = [
        _exceeded(name, most, number)
        for name, most, number in (
            ("depth", limits.max_depth, weight.depth),
            ("cost", limits.max_cost, weight.cost()),
            ("aliases", limits.max_aliases, aliases),
            ("fields of one name", limits.max_same_fields, same),
            ("root fields", limits.max_root_fields, weight.fields),
        )
        if number > most
    ]
    if not limits.introspection:
        asked = {field.name.value for field in fields} & _INTROSPECTION
        found += [
            Forbidden(f"{name}: introspection is switched off here")
            for name in sorted(asked)
        ]
    return found


def _exceeded(name: str, most: int, found: int) -> LimitExceeded:
    told = str(found) if found < _MOST else f"{_MOST} or more"
    return LimitExceeded("query", f"{name}: at most {most}, found {told}")


def paging_variables(document: DocumentNode) -> frozenset[str]:
    """Name the variables that say how large pages are: all that a weight depends on."""
    return frozenset(
        argument.value.name.value
        for field in _fields(document)
        for argument in field.arguments or ()
        if argument.name.value in _PAGING and isinstance(argument.value, VariableNode)
    )


def weigh(
    schema: GraphQLSchema,
    document: DocumentNode,
    operation: OperationDefinitionNode,
    variables: Mapping[str, object],
) -> Weight:
    """Say what an operation asks.

    Introspection weighs nothing: its depth is limited by validation, or it is off.
    `@skip` and `@include` are not looked at.
    """
    scale = _Scale(schema, document, _values(operation, variables))
    return scale.weigh(operation)


def _values(
    operation: OperationDefinitionNode, given: Mapping[str, object]
) -> dict[str, object]:
    defaults = {
        each.variable.name.value: each.default_value
        for each in operation.variable_definitions or ()
    }
    return {**defaults, **given}


class _Scale:
    def __init__(
        self,
        schema: GraphQLSchema,
        document: DocumentNode,
        values: Mapping[str, object],
    ) -> None:
        self._schema = schema
        self._values = values
        self._fragments = {
            each.name.value: each
            for each in document.definitions
            if isinstance(each, FragmentDefinitionNode)
        }
        self._weights: dict[str, Weight] = {}

    def weigh(self, operation: OperationDefinitionNode) -> Weight:
        for fragment in self._innermost_first(operation):
            kind = self._schema.get_type(fragment.type_condition.name.value)
            weight = self._selection(fragment.selection_set, kind)
            self._weights[fragment.name.value] = weight
        root = self._schema.get_root_type(operation.operation)
        return self._selection(operation.selection_set, root)

    def _innermost_first(
        self, operation: OperationDefinitionNode
    ) -> Iterator[FragmentDefinitionNode]:
        """Give each fragment that is used, after those that it uses itself.

        A fragment that leads back to itself weighs nothing where it does.
        """
        seen: set[str] = set()
        under_way = [iter(_spreads(operation.selection_set))]
        names: list[str] = []
        while under_way:
            for name in under_way[-1]:
                if name in self._fragments and name not in seen:
                    seen.add(name)
                    names.append(name)
                    spreads = _spreads(self._fragments[name].selection_set)
                    under_way.append(iter(spreads))
                    break
            else:
                under_way.pop()
                if names:
                    yield self._fragments[names.pop()]

    def _selection(
        self, selection: SelectionSetNode, kind: GraphQLNamedType | None
    ) -> Weight:
        fields, depth, objects, listed = 0, 0, 0, 0
        for each in selection.selections:
            if isinstance(each, FieldNode):
                weight = self._field(each, kind)
            elif isinstance(each, InlineFragmentNode):
                on = each.type_condition
                within = self._schema.get_type(on.name.value) if on else kind
                weight = self._selection(each.selection_set, within)
            elif isinstance(each, FragmentSpreadNode):
                weight = self._weights.get(each.name.value, Weight())
            else:  # pragma: no cover - there are no others
                continue
            fields += weight.fields
            depth = max(depth, weight.depth)
            objects += weight.objects
            listed += weight.listed
        return Weight(*(min(_MOST, each) for each in (fields, depth, objects, listed)))

    def _field(self, field: FieldNode, parent: GraphQLNamedType | None) -> Weight:
        name = field.name.value
        if field.selection_set is None or name.startswith("__"):
            return Weight(1, 1)
        known = (
            parent.fields.get(name)
            if isinstance(parent, GraphQLObjectType | GraphQLInterfaceType)
            else None
        )
        kind = None if known is None else get_named_type(known.type)
        within = self._selection(field.selection_set, kind)
        depth = within.depth + 1
        if known is None:  # validation says so
            return Weight(1, depth, 1 + within.cost())
        is_paged = bool(_PAGING & known.args.keys())
        items = self._items(field) if is_paged else ASSUMED_ITEMS
        if not is_list_type(get_nullable_type(known.type)):
            return Weight(1, depth, 1 + within.cost(items))
        each = 1 + within.cost()
        return Weight(1, depth, items * each) if is_paged else Weight(1, depth, 0, each)

    def _items(self, field: FieldNode) -> int:
        asked = [
            self._whole_number(argument.value)
            for argument in field.arguments or ()
            if argument.name.value in _PAGING
        ]
        return max((each for each in asked if each is not None), default=USUAL_PAGE)

    def _whole_number(self, given: object) -> int | None:
        """Read a literal or variable; None for null and for what is none."""
        if isinstance(given, VariableNode):
            given = self._values.get(given.name.value)
        if isinstance(given, IntValueNode):
            given = int(given.value) if len(given.value) < 11 else _MOST
        if isinstance(given, float) and given.is_integer():  # 100.0 is an Int too
            given = int(given)
        if isinstance(given, int):
            return min(max(given, 0), _MOST)
        return None


def _selections(
    selection: SelectionSetNode,
) -> Iterator[FieldNode | FragmentSpreadNode]:
    """Give all within, however deep."""
    waiting = [selection]
    while waiting:
        for each in waiting.pop().selections:
            if isinstance(each, FieldNode | FragmentSpreadNode):
                yield each
            within = getattr(each, "selection_set", None)
            if within is not None:
                waiting.append(within)


def _spreads(selection: SelectionSetNode) -> list[str]:
    return [
        each.name.value
        for each in _selections(selection)
        if isinstance(each, FragmentSpreadNode)
    ]


def _fields(document: DocumentNode) -> Iterator[FieldNode]:
    for definition in document.definitions:
        if isinstance(definition, OperationDefinitionNode | FragmentDefinitionNode):
            for each in _selections(definition.selection_set):
                if isinstance(each, FieldNode):
                    yield each
