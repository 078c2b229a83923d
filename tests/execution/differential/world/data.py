"""Records that point at each other; each of their values is wrong with some chance."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from random import Random
from uuid import UUID
from zlib import crc32

from graphql import (
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLOutputType,
    GraphQLSchema,
    is_introspection_type,
    is_leaf_type,
)

from tests.execution.differential.world.leaves import Colour, Level
from tests.execution.differential.world.records import (
    AlphaRecord,
    BetaRecord,
    Later,
    PetRecord,
    Streamed,
    Values,
    returned,
)
from tests.execution.differential.world.types import Gamma
from tests.execution.differential.world.wrong import (
    ANYWHERE,
    FAILS,
    LISTS,
    OBJECTS,
    WRONG,
)

RIGHT: Mapping[str, Sequence[object]] = {
    "Int": (1, 7, 0, -3),
    "Float": (1.5, 0.25),
    "Boolean": (True, False),
    "String": ("a", "bc", "label"),
    "ID": ("id", "7", 7),
    "Colour": tuple(Colour),
    "Height": tuple(Level),
    "Odd": ("x", "y"),
    "Shout": ("hey",),
    "DateTime": (datetime(2026, 1, 2, 3, tzinfo=UTC), datetime(2026, 1, 2, 3)),  # noqa: DTZ001
    "Date": (date(2026, 1, 2),),
    "UUID": (UUID(int=7),),
    "Decimal": (Decimal("1.50"),),
}
"""By the name of a leaf type."""

ROOT_FIELDS = ("alpha", "items", "things", "zoo", "batch_root")
ROOTS = (
    *(("Query", name) for name in ROOT_FIELDS),
    ("Mutation", "strict"),
    ("IntBox", "count"),
)
"""Fields whose values an operation begins with, as they are called in Python."""

LONGEST = 3
MANY = 12
"""Items of the lists that an operation begins with."""


@dataclass(frozen=True)
class Likely:
    """How a data set is.

    Attributes:
        wrong: chance that a value is.
        null: chance that one that may be null, is.
    """

    wrong: float
    null: float


class Data:
    """One data set.

    Every value has a chance generator of its own: whoever reads it first, and in
    whatever order, it is the same.
    """

    def __init__(self, schema: GraphQLSchema, seed: str, likely: Likely) -> None:
        self._types = _types(schema)
        self._seed = seed
        self._likely = likely
        self._gammas = [self._gamma(f"g{nr}") for nr in range(3)]
        self._alphas = [
            AlphaRecord(f"a{nr}", self._values(f"a{nr}")) for nr in range(5)
        ]
        self._betas = [BetaRecord(f"b{nr}", self._values(f"b{nr}")) for nr in range(5)]
        self._pets: list[PetRecord] = []
        for nr in range(6):
            self._pets.append(self._pet(f"p{nr}", self._random(f"p{nr}")))
        self._objects = self._by_type()
        for gamma in self._gammas:
            self._fill(gamma)

    def roots(self) -> dict[str, object]:
        """Give what the root fields give, by name."""
        return {
            name: self._value(self._types[kind, name], self._random("root", name), MANY)
            for kind, name in ROOTS
        }

    def _random(self, *what: str) -> Random:
        seed = crc32(f"{self._seed} {' '.join(what)}".encode())
        return Random(seed)  # noqa: S311 - chance, no secret

    def _values(self, name: str) -> Values:
        kind = "Beta" if name.startswith("b") else "Alpha"

        def make(field: str) -> object:
            random = self._random(name, field)
            if field == "allowed":
                return random.random() >= self._likely.wrong
            value = self._value(self._types[kind, field], random)
            if field == "awaiting" and isinstance(value, list):
                return [
                    item if isinstance(item, Later) else Later(item) for item in value
                ]
            if field == "streamed" and isinstance(value, list):
                return Streamed(value)
            return value

        return Values(make)

    def _by_type(self) -> Mapping[str, Sequence[object]]:
        items = [*self._alphas, *self._betas]
        return {
            "Alpha": self._alphas,
            "Beta": self._betas,
            "Gamma": self._gammas,
            "Item": items,
            "Thing": [*items, *self._gammas],
            "Animal": self._pets,
            "Named": [*items, *self._pets],
        }

    def _value(
        self, kind: GraphQLOutputType, random: Random, longest: int = LONGEST
    ) -> object:
        """Make a value of a type, or something wrong in its place."""
        if isinstance(kind, GraphQLNonNull):
            kind = kind.of_type
        elif random.random() < self._likely.null:
            return None
        value = self._right(kind, random, longest)
        if random.random() >= self._likely.wrong:
            return value
        return _wrong(kind, random, value)

    def _right(self, kind: GraphQLOutputType, random: Random, longest: int) -> object:
        if isinstance(kind, GraphQLList):
            number = random.randint(longest // 4, longest)
            items = [returned(self._value(kind.of_type, random)) for _ in range(number)]
            return items if random.random() < 0.8 else tuple(items)
        right = RIGHT if is_leaf_type(kind) else self._objects
        return random.choice(right[str(kind)])

    def _gamma(self, name: str) -> Gamma:
        return Gamma(id=name, values=self._values(name), name="Gamma", next=None)

    def _fill(self, gamma: Gamma) -> None:
        for name in ("name", "next"):
            value = self._value(
                self._types["Gamma", name], self._random(gamma.id, name)
            )
            setattr(gamma, name, returned(value))

    def _pet(self, name: str, random: Random) -> PetRecord:
        def mostly(right: object, *wrong: object) -> object:
            is_wrong = random.random() < self._likely.wrong
            return random.choice(wrong) if is_wrong else right

        return PetRecord(
            name,
            mostly(random.choice(("cat", "dog")), "fish", None, 1),
            mostly("Tom", *WRONG["String"], None),
            mostly(random.choice((3, 4, None)), *WRONG["Int"]),
            mostly(random.choice((*self._pets, None)), *OBJECTS, None),
        )


def _wrong(kind: GraphQLOutputType, random: Random, value: object) -> object:
    how = random.random()
    if how < 0.1:
        return Later(value)
    if how < 0.4:
        return random.choice(ANYWHERE)
    if isinstance(kind, GraphQLList) and isinstance(value, list | tuple):
        if how > 0.5:
            return random.choice(LISTS)
        return Streamed([*value, *FAILS]) if how < 0.45 else Streamed(value)
    return random.choice(WRONG[str(kind)] if is_leaf_type(kind) else OBJECTS)


def _types(schema: GraphQLSchema) -> Mapping[tuple[str, str], GraphQLOutputType]:
    """The type of each field, by the names of its type and of itself in Python."""
    return {
        (kind.name, field.extensions["strawberry-definition"].python_name): field.type
        for kind in schema.type_map.values()
        if isinstance(kind, GraphQLObjectType) and not is_introspection_type(kind)
        for field in kind.fields.values()
    }
