"""Statements as text: built and compiled once, and run many times.

What SQLAlchemy would do anew for each run (looking up the compiled form, preparing
values and columns) costs more than the run itself; asyncpg needs none of it.
"""

import re
import uuid
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any, cast

import msgspec
from asyncpg.pgproto.pgproto import UUID
from sqlalchemy import Select
from sqlalchemy.dialects.postgresql.asyncpg import dialect

Row = Sequence[object]
"""The values of the columns."""

Rows = Sequence[Row]

Shape = frozenset[str]
"""Names of what is given: all of a question that its statement depends on."""

_DIALECT = dialect()  # type: ignore[no-untyped-call]
# asyncpg's own, which is compared four times as fast as Python's.
_UUID = cast("Callable[[object], object]", UUID)
_PARAMETER = re.compile(r"\$(\d+)")


class Compiled(msgspec.Struct, frozen=True, eq=False, kw_only=True):
    """A statement.

    Attributes:
        text: with `$1`, `$2` … where a value goes.
        names: of the values, in the order of their numbers.
        constants: values that are the statement's own.
        columns: the Python type of each.
        decoder: reads the columns that `joined` gives.
        quick: by key, or a page of an index: others may wait for it.
    """

    text: str
    names: tuple[str, ...]
    constants: Mapping[str, object]
    columns: tuple[type, ...]
    decoder: msgspec.json.Decoder[Sequence[Sequence[object] | None]]
    quick: bool

    def arguments(self, values: Mapping[str, object]) -> list[object]:
        """Put values in the order of their numbers; there may be more of them."""
        own = self.constants
        return [own[name] if name in own else values[name] for name in self.names]

    def read(self, text: str) -> Rows:
        """Read the rows that `joined` gives, with the values that asyncpg gives.

        Raises:
            DecodeError: JSON cannot say one, such as an infinite moment.
        """
        found = [
            [each and _UUID(each) for each in values or ()]
            if kind is uuid.UUID
            else values or ()
            for kind, values in zip(
                self.columns, self.decoder.decode(text), strict=True
            )
        ]
        return list(zip(*found, strict=True))


def compiled(
    statement: Select[*tuple[object, ...]], *, quick: bool = False
) -> Compiled:
    """Compile a statement; see `Compiled` for what `quick` means.

    What may name somebody is given when it is run (`given`), and is no part of it.
    """
    made = cast("Any", statement.compile(dialect=_DIALECT))
    names = tuple(made.positiontup or ())
    columns = tuple(each.type.python_type for each in statement.selected_columns)
    lists = (cast("Any", list)[_sent_as(each) | None] | None for each in columns)
    return Compiled(
        text=str(made),
        names=names,
        constants={
            name: made.binds[name].value
            for name in names
            if not made.binds[name].required
        },
        columns=columns,
        decoder=msgspec.json.Decoder(cast("Any", tuple)[*lists]),
        quick=quick,
    )


def by_key(statement: Select[*tuple[object, ...]]) -> Compiled:
    """Compile a statement that finds its rows by an index of keys."""
    return compiled(statement, quick=True)


def shape(values: Mapping[str, object]) -> Shape:
    """Say what is given."""
    return frozenset(
        name for name, value in values.items() if value is not None and value != ()
    )


def _sent_as(kind: type) -> type:
    return str if kind is uuid.UUID else kind


@lru_cache(maxsize=256)
def joined(statements: tuple[Compiled, ...]) -> str:
    """Write one statement for several: a row with the columns of each, as JSON.

    Its arguments are those of the first, of the second, and so on.
    """
    columns, before = [], 0
    for each in statements:
        columns.append(_as_json(each, before))
        before += len(each.names)
    return f"SELECT {', '.join(columns)}"


def _as_json(statement: Compiled, before: int) -> str:
    """Write a column that holds all columns, each with its values.

    These keep their order: https://www.postgresql.org/docs/current/functions-aggregate.html
    "supplying the input values from a sorted subquery will usually work", which fails
    where the outer query does more than aggregate.
    """
    names = [f"c{number}" for number in range(len(statement.columns))]
    lists = ", ".join(f"json_agg({name})" for name in names)
    text = _PARAMETER.sub(lambda found: f"${int(found[1]) + before}", statement.text)
    rows = f"({text}) AS s({', '.join(names)})"
    return f"(SELECT json_build_array({lists}) FROM {rows})"  # noqa: S608 - text of our own
