"""Municipalities of a size on one PostgreSQL: made once, asked, and heard."""

import sys
import time
from collections.abc import AsyncIterator, Mapping, Sequence, Set as AbstractSet
from contextlib import asynccontextmanager
from pathlib import Path
from typing import NamedTuple

import asyncpg

from gateway.store.database import SERVER_SETTINGS
from gateway.store.embedded import SUPERUSER, EmbeddedPostgres
from gateway.store.migrate import ensure_database, migrate
from tests.benchmarks.size_plans import (
    CUSTOM,
    FAR,
    GENERIC,
    USUAL,
    Asked,
    Log,
    Plan,
    explain,
)
from tests.benchmarks.size_questions import gateway
from tests.benchmarks.size_rows import Size, load

RUNTIME = "klantbeeld"
ALL_OF_IT = frozenset({"actoren", "ix_interne_taken_te_verwerken"})
"""What is small in a store of any size: who works there, and what is yet to be done."""

RUNS = 10
"""After five PostgreSQL may choose a plan for any arguments."""


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


class Planned(NamedTuple):
    """The plans of one statement.

    Attributes:
        custom: for its arguments.
        generic: for any arguments.
        usual: what PostgreSQL chose after some runs, and ran.
        far: for any arguments, where reading all there is would cost too much.
        small: tables and indexes that may be read from end to end.
    """

    asked: Asked
    custom: Plan
    generic: Plan
    usual: Plan
    far: Plan
    small: AbstractSet[str]

    @property
    def plans(self) -> tuple[Plan, Plan, Plan]:
        """Those that it may choose."""
        return self.custom, self.generic, self.usual

    @property
    def scanned(self) -> set[str]:
        """What a plan reads from end to end, by name; what is small is left out."""
        return set().union(*(each.scanned for each in self.plans)) - self.small


class Store(NamedTuple):
    """A municipality on a server.

    Attributes:
        name: of its database.
        small: the tables and indexes of so few rows that reading all is as cheap.
    """

    server: EmbeddedPostgres
    size: Size
    name: str
    small: AbstractSet[str] = ALL_OF_IT

    @property
    def url(self) -> str:
        """The runtime role's."""
        return self.server.url(RUNTIME, self.name)

    @asynccontextmanager
    async def owned(self) -> AsyncIterator[asyncpg.Connection]:
        """Connect as who may everything, with the gateway's own settings."""
        connection = await asyncpg.connect(
            self.server.url(SUPERUSER, self.name), server_settings=SERVER_SETTINGS
        )
        try:
            yield connection
        finally:
            await connection.close()

    async def make(self) -> None:
        """Make the database and its rows, unless they are there.

        Raises:
            RuntimeError: it was left half made.
        """
        owner, begin = self.server.url(SUPERUSER, self.name), time.monotonic()
        await ensure_database(owner)
        await migrate(owner, runtime_url=self.url)
        async with self.owned() as connection:
            known = await connection.fetchval("SELECT count(*) FROM klantcontacten")
            if known == self.size.klantcontacten:
                return
            if known:
                raise RuntimeError(f"{self.name} is half made: use another folder")
            async for far in load(connection, self.size):
                say(f"{time.monotonic() - begin:7.1f} s  {self.name}: {far}")

    async def statements(
        self, names: Sequence[str], numbers: Sequence[int], folder: Path
    ) -> Mapping[str, list[list[Asked]]]:
        """What the gateway asks the store for questions, for each number.

        Args:
            names: of the questions.
            numbers: of partijen.
            folder: where processing records go.
        """
        async with self.owned() as connection:
            log = Log(self.server.folder / "log", connection, self.name)
            await log.open()
            heard: dict[str, list[list[Asked]]] = {name: [] for name in names}
            async with gateway(self.url, folder) as asked:
                for name in names:
                    for number in numbers:
                        await asked.ask(name, number)
                        heard[name].append(log.heard())
            await log.close()
        return heard

    async def planned(self, statements: Sequence[Asked]) -> list[Planned]:
        """Plan them in every way."""
        async with self.owned() as connection:
            return [
                Planned(
                    each,
                    await explain(connection, each, CUSTOM),
                    await explain(connection, each, GENERIC),
                    await explain(connection, each, USUAL, runs=RUNS),
                    await explain(connection, each, FAR),
                    self.small,
                )
                for each in statements
            ]
