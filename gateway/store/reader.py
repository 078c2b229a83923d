"""Rows in, records out: what the reads of all aggregates have in common."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from operator import itemgetter
from typing import TypeVar
from uuid import UUID

import msgspec
from sqlalchemy import (
    ARRAY,
    ColumnElement,
    FromClause,
    Text,
    Uuid,
    any_,
    bindparam,
    select,
)
from sqlalchemy.types import TypeEngine

from gateway.deadline import Deadline
from gateway.errors import BadInput
from gateway.store.compiled import Compiled, Row, Rows, by_key
from gateway.store.database import is_bad_value, outages_reported
from gateway.store.statements import Statements
from gateway.store.together import Together

R = TypeVar("R", bound=msgspec.Struct)
S = TypeVar("S")
T = TypeVar("T")


class Reader:
    """Runs statements of one request; the quick ones that are asked at once, together."""

    def __init__(self, statements: Statements, deadline: Deadline) -> None:
        self._statements = statements
        self._deadline = deadline
        self._together = Together(statements, deadline)

    async def rows(self, statement: Compiled, **values: object) -> Rows:
        """Run one statement.

        Raises:
            RegisterUnavailable: the database does not answer.
            DeadlineExceeded: it did not in time.
            BadInput: a value is one that PostgreSQL cannot hold, such as a text with
                a NUL, or a number in a cursor of somebody's own making.
        """
        try:
            with outages_reported():
                if statement.quick:
                    arguments = statement.arguments(values)
                    return await self._together.rows(statement, arguments)
                return await self._statements.rows(statement, values, self._deadline)
        except (
            Exception
        ) as error:  # is_bad_value tells; anything else goes on as it was
            if not is_bad_value(error):
                raise
            raise BadInput("a value", "is outside what can be looked up") from None

    async def records(
        self, record: type[R], statement: Compiled, **values: object
    ) -> list[R]:
        """Run a statement whose columns are the record's fields, in order."""
        return [record(*row) for row in await self.rows(statement, **values)]

    async def grouped(
        self,
        record: type[R],
        statement: Compiled,
        ids: Sequence[UUID],
        owner_of: Callable[[R], object],
    ) -> list[list[R]]:
        """Run a statement of `by_owner`; one list per id, in the order of the ids."""
        found = await self.records(record, statement, ids=list(dict.fromkeys(ids)))
        return dealt(ids, found, owner_of, lambda record: record)

    async def owned(
        self, make: Callable[[Row], T], statement: Compiled, ids: Sequence[UUID]
    ) -> list[list[T]]:
        """Run a statement whose first column is the owner; one list per id, in order.

        Args:
            make: makes a record of a row, whose first column is the owner still.
            statement: of owners `ids`.
            ids: the owners.
        """
        rows = await self.rows(statement, ids=list(dict.fromkeys(ids)))
        return dealt(ids, rows, itemgetter(0), make)


def dealt(
    ids: Sequence[UUID],
    rows: Iterable[S],
    owner_of: Callable[[S], object],
    make: Callable[[S], T],
) -> list[list[T]]:
    """Deal out what is made of rows: one list per id, in the order of the ids."""
    found: defaultdict[object, list[T]] = defaultdict(list)
    for row in rows:
        found[owner_of(row)].append(make(row))
    return [found.get(key, []) for key in ids]


def columns(
    record: type[msgspec.Struct], table: FromClause
) -> list[ColumnElement[object]]:
    """The table's columns that fill a record, in the order of its fields."""
    return [table.c[name] for name in record.__struct_fields__]


def by_owner(
    record: type[msgspec.Struct],
    table: FromClause,
    owner: str,
    *,
    order: Sequence[str],
) -> Compiled:
    """Select the records of many owners (parameter `ids`).

    Args:
        record: whose fields are the columns.
        table: what is selected from.
        owner: the column that names the owner.
        order: columns, `-` before one that descends.
    """
    ordered = [
        table.c[name[1:]].desc() if name.startswith("-") else table.c[name]
        for name in order
    ]
    return by_key(
        select(*columns(record, table))
        .where(table.c[owner] == any_(uuids("ids")))
        .order_by(*ordered)
    )


def uuids(name: str) -> ColumnElement[Sequence[object]]:
    """A parameter that holds a list of keys (`column = ANY(…)`)."""
    return bindparam(name, type_=ARRAY(Uuid))


def given(name: str, kind: TypeEngine[object] | None = None) -> ColumnElement[object]:
    """A parameter, of type text unless told otherwise, whose value comes apart.

    Compiled statements are remembered: a value in one would be, and whom it names.
    """
    return bindparam(name, type_=Text() if kind is None else kind)
