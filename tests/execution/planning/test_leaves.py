"""The generated reader, beside one of eight lines that asks graphql-core of each value."""

import gc
import math
import weakref
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum, IntEnum, StrEnum
from random import Random
from types import SimpleNamespace
from typing import NewType, cast

import pytest
import strawberry
from graphql import FieldNode, GraphQLLeafType, GraphQLObjectType, parse
from graphql.execution.collect_fields import FieldDetails
from strawberry.schema.config import StrawberryConfig
from strawberry.types.field import StrawberryField

from gateway.execution.planning.fields import (
    Field,
    Kind,
    field_of,
    is_attribute_name,
    kind_of,
)
from gateway.execution.planning.leaves import NotVouchedFor, column_of, reader_of

Odd = NewType("Odd", object)


def odd(value: object) -> object:
    """Serialise; of some values it makes nothing, and some it refuses."""
    if value == "refused":
        raise ValueError(value)
    return None if value == "nothing" else f"odd {value}"


class Word(StrEnum):
    A = "a"


class Number(IntEnum):
    ONE = 1


@strawberry.enum
class Colour(Enum):
    RED = "r"
    BLUE = strawberry.enum_value("b", name="Blauw")
    ONE = 1


@strawberry.enum
class Size(StrEnum):
    SMALL = "s"


@strawberry.type
class Must:
    text: str
    id: strawberry.ID
    whole: int
    ratio: float
    truth: bool
    moment: datetime
    colour: Colour
    size: Size
    odd: Odd


@strawberry.type
class May:
    text: str | None
    id: strawberry.ID | None
    whole: int | None
    ratio: float | None
    truth: bool | None
    moment: datetime | None
    colour: Colour | None
    size: Size | None
    odd: Odd | None


@strawberry.type
class Query:
    must: Must
    may: May


SCHEMA = strawberry.Schema(
    Query,
    config=StrawberryConfig(
        scalar_map={Odd: strawberry.scalar(name="Odd", serialize=odd)}
    ),
)


@dataclass
class Later:
    """Something to wait for, though nobody does."""

    def __await__(self) -> Iterator[None]:
        yield


NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
AMISS = (ValueError("amiss"), Later(), object())

SURE: Mapping[str, Sequence[object]] = {
    "text": ("", "a", 7, -(2**70)),
    "id": ("a", 7, 2**70),
    "whole": (0, -(2**31), 2**31 - 1),
    "ratio": (0.5, -0.0, 3, 2**53, -(2**53)),
    "truth": (True, False),
    "moment": (NOW, datetime(2026, 1, 2)),  # noqa: DTZ001 - it may be that too
    "colour": (*Colour, "r", "b"),
    "size": (Size.SMALL, "s"),
    "odd": ("a", 1, True, Word.A, "b", NOW, ()),
}
"""What is read in one go."""

DOUBTFUL: Mapping[str, Sequence[object]] = {
    "text": (True, 1.5, Word.A, Number.ONE, b"", [], *AMISS),
    "id": (True, 1.5, Word.A, Number.ONE, [], *AMISS),
    "whole": (True, 2**31, -(2**31) - 1, 1.0, "1", Number.ONE, math.nan, *AMISS),
    "ratio": (True, 2**53 + 1, math.nan, math.inf, -math.inf, "1", *AMISS),
    "truth": (1, 0, "true", math.nan, *AMISS),
    "moment": ("2026", 0, *AMISS),
    "colour": ("RED", "", 1, True, Size.SMALL, Word.A, [], *AMISS),
    "size": (Word.A, Colour.RED, "SMALL", 1, *AMISS),
    "odd": ("refused", "nothing", ValueError("amiss"), Later()),
}
"""What is looked at a second time, right or wrong."""


def kind_named(name: str) -> GraphQLObjectType:
    found = SCHEMA._schema.type_map[name]  # noqa: SLF001 - not public
    assert isinstance(found, GraphQLObjectType)
    return found


def field(name: str, kind: GraphQLObjectType, index: int = 0, key: str = "") -> Field:
    (definition,) = parse(f"{{ {name} }}").definitions
    (node,) = getattr(definition, "selection_set").selections  # noqa: B009 - an object
    assert isinstance(node, FieldNode)
    known = SCHEMA._schema.get_field(kind, name)  # noqa: SLF001 - not public
    assert known is not None
    return field_of(index, key or name, known, kind, [FieldDetails(node, None)])


def selected(kind: GraphQLObjectType, *names: str) -> list[Field]:
    return [field(name, kind, index) for index, name in enumerate(names)]


def completed(of: Field, value: object) -> object:
    """Complete a value as the specification says; raises for what cannot be."""
    if value is None and not of.non_null[0]:
        return None
    if value is None or isinstance(value, Exception | Later):
        raise TypeError(value)
    found = cast("GraphQLLeafType", of.named).coerce_output_value(value)
    if found is None:
        raise TypeError(value)
    return found


def same(some: object, other: object) -> bool:
    """Whether values are the same, in JSON too."""
    return repr(some) == repr(other) and type(some) is type(other)


every_leaf = pytest.mark.parametrize("name", SURE)
every_kind = pytest.mark.parametrize("kind", [kind_named("Must"), kind_named("May")])


@every_leaf
@every_kind
def test_what_is_read_is_what_graphql_core_makes_of_it(
    name: str, kind: GraphQLObjectType
) -> None:
    one, doubtful = field(name, kind), list[int]()
    records = [SimpleNamespace(**{name: value}) for value in SURE[name]]
    outs = reader_of([one], kind.name)(records, doubtful)
    wanted = [{name: completed(one, value)} for value in SURE[name]]
    assert doubtful == []
    assert same(outs, wanted)
    assert same(column_of(one)(SURE[name]), [out[name] for out in outs])


@every_leaf
@every_kind
def test_what_may_be_wrong_is_left_alone(name: str, kind: GraphQLObjectType) -> None:
    one, doubtful, values = field(name, kind), list[int](), DOUBTFUL[name]
    records = [SimpleNamespace(**{name: value}) for value in values]
    outs = reader_of([one], kind.name)([*records, SimpleNamespace()], doubtful)
    assert doubtful == list(range(len(values) + 1))
    assert outs == [{name: None}] * (len(values) + 1)
    for value in values:
        with pytest.raises((NotVouchedFor, LookupError, ValueError, AttributeError)):
            column_of(one)([*SURE[name], value])


@every_leaf
def test_null_is_read_where_it_may_be(name: str) -> None:
    may, must = field(name, kind_named("May")), field(name, kind_named("Must"))
    records = [SimpleNamespace(**{name: None})]
    for one, left in ((may, []), (must, [0])):
        doubtful: list[int] = []
        assert reader_of([one], "")(records, doubtful) == [{name: None}]
        assert doubtful == left
    with pytest.raises(NotVouchedFor):
        column_of(must)([None])


def plainly(fields: Sequence[Field], record: object) -> Mapping[str, object]:
    """Read one object, asking graphql-core of each value."""
    return {
        each.key: completed(each, getattr(record, each.attribute))
        if each.kind is Kind.LEAF
        else "May"
        for each in fields
    }


def record(random: Random, names: Sequence[str]) -> tuple[object, bool]:
    """Make an object, and say whether something of it is to be looked at again."""
    known = {name: random.choice((*SURE[name], None)) for name in SURE}
    wrong = [name for name in SURE if random.random() < 0.02]
    known |= {name: random.choice(DOUBTFUL[name]) for name in wrong}
    return SimpleNamespace(**known), not set(wrong).isdisjoint(names)


@pytest.mark.parametrize("seed", range(20))
def test_of_any_records_the_same_rows_are_read_alike(seed: int) -> None:
    random = Random(seed)  # noqa: S311 - nothing secret
    names = random.sample([*SURE, "__typename"], random.randint(1, 10))
    fields = selected(kind_named("May"), *names)
    made = [record(random, names) for _ in range(200)]
    doubtful: list[int] = []
    outs = reader_of(fields, "May")([one for one, _ in made], doubtful)
    blank = {name: "May" if name == "__typename" else None for name in names}
    assert doubtful == [row for row, (_, is_doubtful) in enumerate(made) if is_doubtful]
    assert same(
        outs,
        [blank if is_doubtful else plainly(fields, one) for one, is_doubtful in made],
    )


KEYS = (
    "it's",
    '"',
    "\\",
    "{x}",
    "x0",
    "o",
    "refuse",
    "None",
    "class",
    "}); o = 1 #",
    "é",
)


def test_a_key_is_only_ever_a_key() -> None:
    may = kind_named("May")
    names = [*SURE, "__typename", "text"]
    fields = [
        field(name, may, index, key)
        for index, (name, key) in enumerate(zip(names, KEYS, strict=True))
    ]
    known = {name: values[0] for name, values in SURE.items()}
    doubtful: list[int] = []
    (out,) = reader_of(fields, 'M"ay')([SimpleNamespace(**known)], doubtful)
    wanted = [
        completed(each, known[name]) for each, name in zip(fields, SURE, strict=False)
    ]
    assert (tuple(out), doubtful) == (KEYS, [])
    assert list(out.values()) == [*wanted, 'M"ay', ""]


@pytest.mark.parametrize(
    ("name", "readable"),
    [
        ("naam", True),
        ("_naam", True),
        ("match", True),
        ("class", False),
        ("None", False),
        ("a.b", False),
        ("a b", False),
        ("1a", False),
        ("", False),
        ("a\n", False),
    ],
)
def test_an_attribute_that_cannot_stand_in_code_is_left_to_its_resolver(
    name: str, readable: bool
) -> None:
    @strawberry.type
    class Known:
        plain: str

    @strawberry.type
    class Root:
        known: Known

    schema = strawberry.Schema(Root)._schema  # noqa: SLF001 - not public
    kind = schema.type_map["Known"]
    assert isinstance(kind, GraphQLObjectType)
    definition = kind.fields["plain"]
    source = definition.extensions["strawberry-definition"]
    assert isinstance(source, StrawberryField)
    source.python_name = name
    assert is_attribute_name(name) is readable
    assert kind_of(definition) is (Kind.LEAF if readable else Kind.EACH)


def test_a_scalar_is_read_of_any_number_of_classes() -> None:
    one, doubtful = field("odd", kind_named("Must")), list[int]()
    classes = [type(f"Class{nr}", (), {}) for nr in range(150)]
    late = type("Late", (Later,), {})
    records = [SimpleNamespace(odd=each()) for each in (*classes, late, *classes)]
    outs = reader_of([one], "Must")(records, doubtful)
    assert doubtful == [150]
    assert outs == [
        {"odd": None if row == 150 else f"odd {each.odd}"}
        for row, each in enumerate(records)
    ]


def test_of_a_scalar_a_hundred_classes_are_remembered() -> None:
    read = reader_of([field("odd", kind_named("Must"))], "Must")
    classes = [type(f"Class{nr}", (), {}) for nr in range(150)]
    assert len(read([SimpleNamespace(odd=each()) for each in classes], [])) == 150
    known = list(map(weakref.ref, classes))
    classes.clear()
    gc.collect()
    assert [each() is not None for each in known] == [True] * 100 + [False] * 50
