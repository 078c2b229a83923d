"""Statements as text: built and compiled once, and run many times.

What SQLAlchemy would do anew for each run (looking up the compiled form, preparing
values and columns) costs more than the run itself; asyncpg needs none of it.
"""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, cast

import msgspec
from sqlalchemy import Select
from sqlalchemy.dialects.postgresql.asyncpg import dialect

Row = Sequence[object]
"""The values of the columns."""

Rows = Sequence[Row]

Shape = frozenset[str]
"""Names of what is given: all of a question that its statement depends on."""

_DIALECT = dialect()  # type: ignore[no-untyped-call]
_PARAMETER = re.compile(r"\$(\d+)")


class Compiled(msgspec.Struct, frozen=True, eq=False, kw_only=True):
    """A statement.

    Attributes:
        text: with `$1`, `$2` … where a value goes.
        names: of the values, in the order of their numbers.
        constants: values that are the statement's own.
        rows: reads the rows that `joined` gives.
        width: how many columns there are.
        quick: by key, or a page of an index: others may wait for it.
    """

    text: str
    names: tuple[str, ...]
    constants: Mapping[str, object]
    rows: msgspec.json.Decoder[Rows]
    width: int
    quick: bool

    def arguments(self, values: Mapping[str, object]) -> list[object]:
        """Put values in the order of their numbers; there may be more of them."""
        own = self.constants
        return [own[name] if name in own else values[name] for name in self.names]


def compiled(
    statement: Select[*tuple[object, ...]], *, quick: bool = False
) -> Compiled:
    """Compile a statement; see `Compiled` for what `quick` means.

    What may name somebody is given when it is run (`given`), and is no part of it.
    """
    made = cast("Any", statement.compile(dialect=_DIALECT))
    names = tuple(made.positiontup or ())
    kinds = [column.type.python_type for column in statement.selected_columns]
    return Compiled(
        text=str(made),
        names=names,
        constants={
            name: made.binds[name].value
            for name in names
            if not made.binds[name].required
        },
        rows=msgspec.json.Decoder(list[tuple[*(kind | None for kind in kinds)]]),  # type: ignore[misc]
        width=len(kinds),
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


@lru_cache(maxsize=256)
def joined(statements: tuple[Compiled, ...]) -> str:
    """Write one statement for several: a row with the rows of each, as JSON.

    Its arguments are those of the first, of the second, and so on.
    """
    columns, before = [], 0
    for each in statements:
        columns.append(_as_json(each, before))
        before += len(each.names)
    return f"SELECT {', '.join(columns)}"


def _as_json(statement: Compiled, before: int) -> str:
    """Write a column that holds all rows, or null for none.

    They keep their order: https://www.postgresql.org/docs/current/functions-aggregate.html
    "supplying the input values from a sorted subquery will usually work", which fails
    where the outer query does more than aggregate.
    """
    names = ", ".join(f"c{number}" for number in range(statement.width))
    text = _PARAMETER.sub(lambda found: f"${int(found[1]) + before}", statement.text)
    rows = f"({text}) AS s({names})"
    return f"(SELECT json_agg(json_build_array({names})) FROM {rows})"  # noqa: S608 - text of our own
