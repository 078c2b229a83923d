"""Values that do not fit, chosen by the type that does not fit them."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID

from graphql import GraphQLError

from tests.execution.differential.comparing import HALF_WAY
from tests.execution.differential.world.leaves import Colour, Level, NotOdd
from tests.execution.differential.world.records import (
    Later,
    PetRecord,
    Raised,
    StrayRecord,
    Streamed,
    Values,
)


class Boom(Exception):
    """What nobody expected."""


def _coded() -> Exception:
    return GraphQLError("with a code", extensions={"code": "CODE"})


STRAY = StrayRecord("stray", Values(lambda _name: None))
STRAY_PET = PetRecord("pet", "fish", "Bub", 1, None)

ANYWHERE: Sequence[object] = (
    None,
    Raised(lambda: Boom("when read")),
    Raised(lambda: AttributeError("no such attribute")),
    Raised(lambda: NotOdd("with extensions")),
    Raised(_coded),
    Raised(Boom),
    Boom("as a value"),
    GraphQLError("as a value", extensions={"code": "VALUE"}),
    Later(None),
    Later(Raised(lambda: Boom("when awaited"))),
)
"""Wrong for whatever type."""

FAILS = (Raised(lambda: Boom(HALF_WAY)),)
"""At the end of a list that comes item by item."""

NUMBERS: Sequence[object] = (
    *(True, False, 2**31, -(2**31) - 1, 2**31 - 1, 10**30, 2.0, -0.0, 2.5),
    *(float("nan"), float("inf"), "7", "1.5", "seven", "", Decimal(3), [], STRAY),
)
INFINITE = (float("nan"), float("-inf"))
TEXTS: Sequence[object] = (
    *(7, 2.5, True, "", "tekst", Level.LOW, Decimal("1.50"), [], {}, STRAY, Colour.RED),
    *(b"bytes", float("nan"), 2**40, UUID(int=7)),
)

WRONG: Mapping[str, Sequence[object]] = {
    "Int": NUMBERS,
    "Float": (*NUMBERS, 3, 10**400, *INFINITE * 4),
    "Boolean": (1, 0, 2, "true", "", 2.5, float("nan"), [], STRAY),
    "String": TEXTS,
    "ID": (*TEXTS, 2.0, -1),
    "Colour": ("red", "GRN", "GREEN", 3, True, 4, [], Level.LOW, STRAY, Colour.BLUE),
    "Height": ("low", "LOW", Colour.RED, 3, [], "none", STRAY, Level.HIGH),
    "Odd": ("bad", "none", [], 1, STRAY),
    "Shout": (1, "", "aloud", STRAY),
    "DateTime": (date(2026, 1, 2), "2026-01-02", 7, datetime.now(tz=UTC), STRAY),
    "Date": (datetime(2026, 1, 2, tzinfo=UTC), "2026-01-02", 7, STRAY),
    "UUID": ("no uuid", 7, UUID(int=8), STRAY),
    "Decimal": (1.5, "1.5", 7, STRAY),
}
"""By the name of a leaf type."""

OBJECTS: Sequence[object] = (
    *(STRAY, STRAY_PET, 12, "text", True, {}, [], [STRAY], object, Colour.RED, 2.5),
    Later(STRAY),
)
"""Instead of an object."""

LISTS: Sequence[object] = (
    *(12, "text", {}, (), [], {"a": 1}, STRAY, True, b"bytes", frozenset({1})),
    *(Later([]), Streamed([]), Streamed([1]), [None], (None, None), [[]], [[None]]),
)
"""Instead of a list."""
