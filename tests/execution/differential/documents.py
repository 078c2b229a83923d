"""Documents that nobody would write, valid all the same."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from random import Random

from graphql import (
    DocumentNode,
    GraphQLArgument,
    GraphQLBoolean,
    GraphQLCompositeType,
    GraphQLField,
    GraphQLInputType,
    GraphQLInt,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLUnionType,
    Undefined,
    get_named_type,
    is_composite_type,
    is_leaf_type,
    parse,
    validate,
)
from graphql.validation import (
    NoFragmentCyclesRule,
    OverlappingFieldsCanBeMergedRule,
    PossibleFragmentSpreadsRule,
)

from tests.execution.differential.inputs import WRONG, Value, literal, value

RULES = (
    OverlappingFieldsCanBeMergedRule,
    PossibleFragmentSpreadsRule,
    NoFragmentCyclesRule,
)
"""What a generated document can break; everything else holds by how it is made."""

WIDEST = 5


@dataclass(frozen=True)
class Variable:
    """One variable of a document."""

    name: str
    kind: GraphQLInputType
    default: str | None

    def __str__(self) -> str:
        default = "" if self.default is None else f" = {self.default}"
        return f"${self.name}: {self.kind}{default}"


@dataclass(frozen=True)
class Document:
    """What is asked, and what its variables can be.

    Attributes:
        text: with, sometimes, a second operation that is not executed.
        operation: the name of the one that is.
    """

    text: str
    operation: str
    variables: Sequence[Variable]

    def values(self, random: Random) -> dict[str, Value]:
        """Choose values; now and then one that its type does not accept."""
        given: dict[str, Value] = {}
        for each in self.variables:
            is_required = isinstance(each.kind, GraphQLNonNull) and not each.default
            if is_required or random.random() < 0.7:
                given[each.name] = value(each.kind, random)
        if given and random.random() < 0.02:
            given[random.choice(list(given))] = random.choice(WRONG)
        return given


def is_valid(schema: GraphQLSchema, text: str) -> bool:
    """Whether a document keeps the rules that a generated one can break."""
    document: DocumentNode = parse(text)
    return not validate(schema, document, RULES, max_errors=1)


def generated(schema: GraphQLSchema, random: Random, depth: int) -> Document:
    """Write documents until one is valid."""
    while True:
        document = _Writer(schema, random).document(depth)
        if is_valid(schema, document.text):
            return document


@dataclass
class _Writer:
    """Writes one document."""

    schema: GraphQLSchema
    random: Random
    fragments: dict[str, tuple[GraphQLCompositeType, str]] = field(default_factory=dict)
    variables: list[Variable] = field(default_factory=list)
    aliases: int = 0

    def document(self, depth: int) -> Document:
        is_mutation = self._happens(0.15)
        root = self.schema.mutation_type if is_mutation else self.schema.query_type
        assert root is not None
        body = self._selections(root, self.random.randint(min(3, depth), depth))
        variables = ", ".join(map(str, self.variables))
        asked = f"Asked({variables})" if variables else "Asked"
        kind = "mutation" if is_mutation else "query"
        parts = [f"{kind} {asked} {{ {body} }}"]
        for name, (on, inside) in self.fragments.items():
            parts.append(f"fragment {name} on {on.name} {{ {inside} }}")
        if self._happens(0.05):
            parts.append("query Other { __typename }")
        text = "\n".join(parts)
        return Document(text, "Asked", tuple(self.variables))

    def _happens(self, chance: float) -> bool:
        return self.random.random() < chance

    def _selections(self, kind: GraphQLCompositeType, depth: int) -> str:
        written: list[str] = []
        chosen: list[tuple[str, str, GraphQLField]] = []
        for _ in range(self.random.randint(1, WIDEST)):
            how = self.random.random()
            if how < 0.08:
                written.append(self._typename())
            elif how < 0.3 and depth:
                written.append(self._fragment(kind, depth))
            elif not isinstance(kind, GraphQLUnionType):
                written.append(self._field(kind, depth, chosen))
        return " ".join(filter(None, written)) or "__typename"

    def _typename(self) -> str:
        alias = self.random.choice(("", "", "typed: "))
        return f"{alias}__typename{self._directive()}"

    def _directive(self) -> str:
        if self._happens(0.92):
            return ""
        name = self.random.choice(("skip", "include"))
        if self._happens(0.6):
            default = self.random.choice((None, "true", "false"))
            given = self._variable(GraphQLNonNull(GraphQLBoolean), default)
        else:
            given = self.random.choice(("true", "false"))
        again = self._directive() if self._happens(0.1) else ""
        both = "" if f"@{name}" in again else again
        return f" @{name}(if: {given}){both}"

    def _variable(self, kind: GraphQLInputType, default: str | None) -> str:
        same = [each for each in self.variables if each.kind == kind]
        if same and self._happens(0.4):
            return f"${self.random.choice(same).name}"
        made = Variable(f"v{len(self.variables)}", kind, default)
        self.variables.append(made)
        return f"${made.name}"

    def _fragment(self, kind: GraphQLCompositeType, depth: int) -> str:
        on = self.random.choice(self._conditions(kind))
        directive = self._directive()
        if self._happens(0.6):
            deeper = depth - self.random.randint(0, 1)
            bare = on is kind and self._happens(0.3)
            condition = "" if bare else f" on {on.name}"
            inside = self._selections(on, deeper)
            return f"...{condition}{directive} {{ {inside} }}"
        known = [name for name, (of, _) in self.fragments.items() if of is on]
        if known and self._happens(0.5):
            return f"...{self.random.choice(known)}{directive}"
        name = f"F{len(self.fragments)}"
        self.fragments[name] = (on, "__typename")
        self.fragments[name] = (on, self._selections(on, depth - 1))
        return f"...{name}{directive}"

    def _conditions(self, kind: GraphQLCompositeType) -> list[GraphQLCompositeType]:
        possible = _possible(self.schema, kind)
        return [
            other
            for other in self.schema.type_map.values()
            if is_composite_type(other)
            and not other.name.startswith("__")
            and possible & _possible(self.schema, other)
        ]

    def _field(
        self,
        kind: GraphQLObjectType | GraphQLInterfaceType,
        depth: int,
        chosen: list[tuple[str, str, GraphQLField]],
    ) -> str:
        """Write one field; sometimes one that stands there already, to be merged."""
        if chosen and self._happens(0.15):
            key, asked, of = self.random.choice(chosen)
        else:
            name, of = self._choice(kind, depth)
            arguments = self._arguments(of.args)
            key = self._alias(of, must=bool(arguments))
            asked = f"{name}{arguments}"
        named = get_named_type(of.type)
        if is_composite_type(named):
            if not depth:
                return ""
            inside = f" {{ {self._selections(named, depth - 1)} }}"
        else:
            inside = ""
        chosen.append((key, asked, of))
        return f"{key}{asked}{self._directive()}{inside}"

    def _choice(
        self, kind: GraphQLObjectType | GraphQLInterfaceType, depth: int
    ) -> tuple[str, GraphQLField]:
        fields: list[tuple[str, GraphQLField]] = list(kind.fields.items())
        leaves = [each for each in fields if is_leaf_type(get_named_type(each[1].type))]
        deeper = [each for each in fields if each not in leaves]
        batches = [each for each in fields if "batch" in each[0]]
        how = self.random.random()
        pool = leaves if not depth or how < 0.4 else batches if how < 0.6 else deeper
        return self.random.choice(pool or fields)

    def _alias(self, of: GraphQLField, *, must: bool) -> str:
        """Give a response key of its own, or one that fields of one type share."""
        if must or self._happens(0.1):
            self.aliases += 1
            return f"x{self.aliases}: "
        if is_leaf_type(get_named_type(of.type)) and self._happens(0.1):
            shared = str(of.type).translate({33: "Q", 91: "L", 93: None})
            return f"k{shared}: "
        return ""

    def _arguments(self, of: Mapping[str, GraphQLArgument]) -> str:
        given = [
            f"{name}: {self._argument(argument)}"
            for name, argument in of.items()
            if _is_required(argument) or self._happens(0.4)
        ]
        return f"({', '.join(given)})" if given else ""

    def _argument(self, argument: GraphQLArgument) -> str:
        kind = argument.type
        if self._happens(0.5):
            # A variable stands for a list only as a whole.
            is_list = isinstance(kind, GraphQLList)
            given = value(kind, self.random)
            return literal(given) if is_list else literal(given, self._number)
        has_default = argument.default_value is not Undefined
        if isinstance(kind, GraphQLNonNull) and has_default and self._happens(0.3):
            kind = kind.of_type  # allowed: the default stands in where it is not given
        default = literal(value(kind, self.random)) if self._happens(0.3) else None
        return self._variable(kind, default)

    def _number(self) -> str | None:
        whole = GraphQLNonNull(GraphQLInt)
        return self._variable(whole, None) if self._happens(0.2) else None


def _is_required(argument: GraphQLArgument) -> bool:
    is_non_null = isinstance(argument.type, GraphQLNonNull)
    return is_non_null and argument.default_value is Undefined


def _possible(schema: GraphQLSchema, kind: GraphQLCompositeType) -> set[str]:
    if isinstance(kind, GraphQLObjectType):
        return {kind.name}
    return {each.name for each in schema.get_possible_types(kind)}
