"""Enums whose names are not their values, and scalars that do as they like."""

import enum
from typing import NewType

import strawberry
from strawberry.types.scalar import ScalarDefinition

Odd = NewType("Odd", object)
Shout = NewType("Shout", str)


@strawberry.enum
class Colour(enum.Enum):
    RED = "red"
    GREEN = strawberry.enum_value("green", name="GRN")
    BLUE = 3


@strawberry.enum(name="Height")
class Level(enum.StrEnum):
    LOW = "low"
    HIGH = "high"


class NotOdd(Exception):
    """What a scalar says of a value it does not know; with extensions of its own."""

    extensions = {"code": "NOT_ODD"}  # noqa: RUF012 - as graphql-core reads it


def _odd(value: object) -> object:
    if value == "bad":
        raise NotOdd("this is bad")
    return None if value == "none" else {"odd": value}


def _as_it_is(value: object) -> object:
    return value


def _shout(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("only a text can be shouted")
    return value.upper()


SCALARS: dict[object, ScalarDefinition] = {
    Odd: strawberry.scalar(name="Odd", serialize=_odd, parse_value=_as_it_is),
    Shout: strawberry.scalar(name="Shout", serialize=_shout, parse_value=_shout),
}
