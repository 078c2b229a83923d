"""Rows in, records out: what the reads of all aggregates have in common."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar
from uuid import UUID

import msgspec
from sqlalchemy import (
    ARRAY,
    BigInteger,
    ColumnElement,
    FromClause,
    Select,
    Text,
    Uuid,
    any_,
    bindparam,
    select,
)
from sqlalchemy.exc import DBAPIError

from gateway.deadline import Deadline
from gateway.errors import BadInput
from gateway.store.database import is_bad_value, outages_reported
from gateway.store.statements import Rows, Statements

R = TypeVar("R", bound=msgspec.Struct)
T = TypeVar("T")


class Reader:
    """Runs statements of one request."""

    def __init__(self, statements: Statements, deadline: Deadline) -> None:
        self._statements = statements
        self._deadline = deadline

    async def rows(
        self, statement: Select[*tuple[object, ...]], **values: object
    ) -> Rows:
        """Run one statement.

        Raises:
            RegisterUnavailable: the database does not answer.
            DeadlineExceeded: it did not in time.
            BadInput: a value is one that PostgreSQL cannot hold, such as a text with
                a NUL, or a number in a cursor of somebody's own making.
        """
        try:
            with outages_reported():
                return await self._statements.rows(statement, values, self._deadline)
        except DBAPIError as error:
            if not is_bad_value(error):
                raise
            raise BadInput("a value", "is outside what can be looked up") from None

    async def records(
        self, record: type[R], statement: Select[*tuple[object, ...]], **values: object
    ) -> list[R]:
        """Run a statement whose columns are the record's fields, in order."""
        return [record(*row) for row in await self.rows(statement, **values)]

    async def owned(
        self, record: type[R], statement: Select[*tuple[object, ...]], **values: object
    ) -> list[tuple[object, R]]:
        """Run a statement whose first column is the owner, the rest the record's."""
        rows = await self.rows(statement, **values)
        return [(owner, record(*row)) for owner, *row in rows]

    async def grouped(
        self,
        record: type[R],
        statement: Select[*tuple[object, ...]],
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
) -> Select[*tuple[object, ...]]:
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
    return (
        select(*columns(record, table))
        .where(table.c[owner] == any_(uuids("ids")))
        .order_by(*ordered)
    )


def uuids(name: str) -> ColumnElement[Sequence[object]]:
    """A parameter that holds a list of keys (`column = ANY(…)`)."""
    return bindparam(name, type_=ARRAY(Uuid))


def given(name: str, kind: type[Text | BigInteger] = Text) -> ColumnElement[object]:
    """A parameter whose value comes apart.

    Compiled statements are remembered, and with them the values of the first one who
    asked: what may name somebody is no part of a statement.
    """
    return bindparam(name, type_=kind())
