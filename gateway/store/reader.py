"""Rows in, records out: what the reads of all aggregates have in common."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
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
from gateway.store.compiled import Compiled, Rows, by_key
from gateway.store.database import is_bad_value, outages_reported
from gateway.store.statements import Statements
from gateway.store.together import Together

R = TypeVar("R", bound=msgspec.Struct)
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

    async def owned(
        self, record: type[R], statement: Compiled, **values: object
    ) -> list[tuple[object, R]]:
        """Run a statement whose first column is the owner, the rest the record's."""
        rows = await self.rows(statement, **values)
        return [(row[0], record(*row[1:])) for row in rows]

    async def grouped(
        self,
        record: type[R],
        statement: Compiled,
        ids: Sequence[UUID],
        owner_of: Callable[[R], object],
    ) -> list[list[R]]:
        """Run a statement of `by_owner`; one list per id, in the order of the ids."""
        found = await self.records(record, statement, ids=list(set(ids)))
        return dealt(ids, ((owner_of(each), each) for each in found))


def dealt(ids: Sequence[UUID], pairs: Iterable[tuple[object, T]]) -> list[list[T]]:
    """Deal (owner, value) pairs out: one list per id, in the order of the ids."""
    found: defaultdict[object, list[T]] = defaultdict(list)
    for owner, value in pairs:
        found[owner].append(value)
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
