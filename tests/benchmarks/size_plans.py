"""Which statements a gateway sends, and how PostgreSQL plans each of them.

They are heard where they arrive, in the server's own log: whoever sends them, and in
whatever way. Only where nobody in the store exists: a log has their arguments.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, cast

import asyncpg

from gateway.store.tables import metadata

Node = Mapping[str, object]


class Asked(NamedTuple):
    """A statement and its arguments, as SQL writes them."""

    sql: str
    args: tuple[str, ...]


# https://www.postgresql.org/docs/current/runtime-config-logging.html: a record begins
# with its moment, lines that go on with a tab.
_RECORD = re.compile(
    r"^\S+ \S+ \S+ \[\d+\] LOG:  execute [^:]*: (?P<sql>.*(?:\n\t.*)*)"
    r"(?:\n\S+ \S+ \S+ \[\d+\] DETAIL:  [Pp]arameters: (?P<args>.*))?$",
    re.MULTILINE,
)
_ARGUMENT = re.compile(r"\$\d+ = (NULL|'(?:[^']|'')*')")
_TABLE = re.compile(rf"\b({'|'.join(metadata.tables)})\b")
_HEARD = {"log_statement": "all", "log_error_verbosity": "default"}


class Log:
    """Hears the statements of new connections to one database."""

    def __init__(self, file: Path, owner: asyncpg.Connection, database: str) -> None:
        """Hear nothing yet.

        Args:
            file: the server's log.
            owner: of the server.
            database: by name.
        """
        self._file = file
        self._owner = owner
        self._database = database
        self._read = 0

    async def open(self) -> None:
        """Have what connects from now on, heard."""
        for name, value in _HEARD.items():
            await self._alter(f"SET {name} = '{value}'")
        self.heard()

    async def close(self) -> None:
        """No longer."""
        for name in _HEARD:
            await self._alter(f"RESET {name}")

    def heard(self) -> list[Asked]:
        """All statements about the store since the last time, in their order."""
        told = self._file.read_bytes()[self._read :]
        self._read += len(told)
        found = _RECORD.finditer(told.decode())
        every = (
            Asked(each["sql"], tuple(_ARGUMENT.findall(each["args"] or "")))
            for each in found
        )
        return [asked for asked in every if _TABLE.search(asked.sql)]

    async def _alter(self, change: str) -> None:
        await self._owner.execute(f"ALTER DATABASE {self._database} {change}")


def _under(node: Node) -> list[Node]:
    return cast("list[Node]", node.get("Plans", []))


@dataclass(frozen=True)
class Plan:
    """How a statement is run.

    Attributes:
        root: as `EXPLAIN (FORMAT JSON)` says it.
        ms: what running it took the database; 0 when it was only planned.
    """

    root: Node
    ms: float

    def nodes(self) -> Iterator[Node]:
        """Every node, the root first."""
        waiting = [self.root]
        while waiting:
            node = waiting.pop()
            yield node
            waiting.extend(_under(node))

    @property
    def scanned(self) -> set[str]:
        """The tables, and the indexes, that are read from end to end.

        What has no condition on its index walks all of it, and is no better, unless the
        rows that it takes are all that a limit asks for.
        """
        stopped = {
            id(under)
            for node in self.nodes()
            if node["Node Type"] == "Limit"
            for under in _under(node)
            if "Filter" not in under
        }
        return {
            str(node.get("Index Name", node.get("Relation Name")))
            for node in self.nodes()
            if node["Node Type"] in _READING
            and "Index Cond" not in node
            and id(node) not in stopped
        }

    @property
    def indexes(self) -> set[str]:
        """The indexes that rows are found by, by name."""
        return {
            str(node["Index Name"]) for node in self.nodes() if "Index Cond" in node
        }

    @property
    def rows_read(self) -> int:
        """The rows and index entries that were looked at; of a plan that ran."""
        return round(
            sum(
                float(str(node.get(name, 0))) * float(str(node["Actual Loops"]))
                for node in self.nodes()
                if "Relation Name" in node or "Index Name" in node
                for name in _LOOKED_AT
            )
        )


_LOOKED_AT = (
    "Actual Rows",
    "Rows Removed by Filter",
    "Rows Removed by Index Recheck",
)
_READING = frozenset(
    {"Seq Scan", "Index Scan", "Index Only Scan", "Bitmap Index Scan"},
)
CUSTOM = ("plan_cache_mode = force_custom_plan",)
GENERIC = ("plan_cache_mode = force_generic_plan",)
USUAL = ("plan_cache_mode = auto",)
"""Plans for these arguments; plans for any; and what PostgreSQL chooses itself, which
may be the second after five runs."""

FAR = (
    *GENERIC,
    "enable_seqscan = off",
    "enable_hashjoin = off",
    "enable_mergejoin = off",
)
"""Plans for any arguments where reading all there is costs too much, as it does once
there is enough: by the indexes that there are."""


async def explain(
    connection: asyncpg.Connection,
    asked: Asked,
    mode: Sequence[str],
    *,
    runs: int = 0,
) -> Plan:
    """Plan a statement; what it changes is undone.

    Args:
        connection: of the owner.
        asked: the statement.
        mode: which plan: settings.
        runs: how often it is run first. After that it is run again, and measured.
    """
    options = "ANALYZE, TIMING OFF, FORMAT JSON" if runs else "FORMAT JSON"
    execute = executed("asked", asked.args)
    transaction = connection.transaction()
    await transaction.start()
    try:
        for setting in mode:
            await connection.execute(f"SET LOCAL {setting}")
        await connection.execute(f"PREPARE asked AS {asked.sql}")
        for _ in range(runs):
            await connection.execute(execute)
        told = await connection.fetchval(f"EXPLAIN ({options}) {execute}")
        await connection.execute("DEALLOCATE asked")
    finally:
        await transaction.rollback()
    (root,) = json.loads(str(told))
    return Plan(root["Plan"], root.get("Execution Time", 0.0))


def executed(name: str, args: Sequence[str]) -> str:
    """SQL that runs what was prepared under this name."""
    return f"EXECUTE {name}({', '.join(args)})" if args else f"EXECUTE {name}"
