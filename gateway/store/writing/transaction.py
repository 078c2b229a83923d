"""One transaction: all of it is written, or nothing."""

import asyncio
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager
from typing import Any, cast

import asyncpg
from sqlalchemy import Executable, Row, Table, insert
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from gateway.deadline import Deadline
from gateway.metering import count_statement
from gateway.store.database import outages_reported

COLLISIONS = ("40001", "40P01")
"""Serialization failure, and deadlock."""


class Violated(Exception):
    """What was to be written breaks a rule of the tables.

    Attributes:
        constraint: its name; never the values, which may be personal.
    """

    def __init__(self, constraint: str) -> None:
        super().__init__(constraint)
        self.constraint = constraint


class Collided(Exception):
    """Two held what the other wanted, and this one gave way: it can be tried again."""


class Transaction:
    """Under way.

    Attributes:
        held: numbers for which nobody else is let through until the end.
    """

    def __init__(self, connection: AsyncConnection) -> None:
        self.held = set[int]()
        self._connection = connection

    async def run(
        self, statement: Executable, values: Mapping[str, object] | None = None
    ) -> Sequence[Row[Any]]:
        """Run a statement, and give its rows; none of one that has none.

        Raises:
            Violated: it breaks a rule of the tables; nothing more can be run.
            Collided: it gave way to another.
        """
        count_statement()
        with violations_reported():
            result = await self._connection.execute(
                statement, dict(values) if values is not None else None
            )
        return result.all() if result.returns_rows else ()

    async def insert(self, table: Table, rows: Sequence[Mapping[str, object]]) -> None:
        """Add rows, which all have the same columns; none is fine.

        Raises:
            Violated: one breaks a rule of the tables.
        """
        if rows:
            count_statement()
            with violations_reported():
                await self._connection.execute(insert(table), [*map(dict, rows)])


def columns_of(row: Row[Any]) -> dict[str, Any]:
    """Give a row's values by column."""
    return dict(row._mapping)  # noqa: SLF001 - its public name


class Writer:
    """Begins transactions; one for each process."""

    def __init__(self, engine: AsyncEngine) -> None:
        """Take the engine, which is somebody else's to dispose of."""
        self._engine = engine.execution_options(isolation_level="READ COMMITTED")

    @asynccontextmanager
    async def transaction(self, deadline: Deadline) -> AsyncIterator[Transaction]:
        """Begin one, and commit it at the end; an exception rolls it back.

        Args:
            deadline: until when all of it may take.

        Raises:
            RegisterUnavailable: the database does not answer.
            DeadlineExceeded: the time was up. Nothing is written, unless it was up
                while that was being confirmed: ask again with the same key.
        """
        try:
            async with asyncio.timeout(deadline.remaining()):
                with outages_reported(), violations_reported():
                    async with self._engine.begin() as connection:
                        yield Transaction(connection)
        except TimeoutError:
            raise deadline.exceeded() from None


@contextmanager
def violations_reported() -> Iterator[None]:
    """Tell a broken rule by its name.

    Raises:
        Violated: one of the tables' rules. Never with its own text, which has values.
        Collided: PostgreSQL broke off one of two that waited for each other.
    """
    try:
        yield
    except IntegrityError as error:
        raise Violated(_constraint(error)) from None
    except DBAPIError as error:
        if getattr(error.orig, "sqlstate", None) not in COLLISIONS:
            raise
        raise Collided from None


def _constraint(error: IntegrityError) -> str:
    cause = cast("BaseException | None", error.orig)
    while cause is not None and not isinstance(cause, asyncpg.PostgresError):
        cause = cause.__cause__
    return str(getattr(cause, "constraint_name", None) or "")
