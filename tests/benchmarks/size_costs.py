"""What a store and those that ask it take: disk, memory, CPU of PostgreSQL."""

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import chain, cycle
from pathlib import Path
from typing import NamedTuple

import asyncpg

from gateway.store.database import SERVER_SETTINGS
from tests.benchmarks.size_plans import Asked, executed
from tests.municipality import ROOT

TICKS = os.sysconf("SC_CLK_TCK")
SIZES = """
SELECT relname, reltuples::bigint, pg_table_size(oid), pg_indexes_size(oid)
  FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
   AND relname <> 'alembic_version'
 ORDER BY pg_total_relation_size(oid) DESC
"""
BACKENDS = """
SELECT pid FROM pg_stat_activity
 WHERE datname = current_database() AND pid <> pg_backend_pid()
   AND backend_type = 'client backend'
"""


class Table(NamedTuple):
    """What a table takes on disk, in bytes."""

    name: str
    rows: int
    data: int
    indexes: int

    @property
    def size(self) -> int:
        """All of it."""
        return self.data + self.indexes


async def tables(owner: asyncpg.Connection) -> list[Table]:
    """Every table, the largest first."""
    return [Table(*row) for row in await owner.fetch(SIZES)]


class Served(NamedTuple):
    """What PostgreSQL served.

    Attributes:
        pages: how many.
        seconds: in which time.
        cpu: seconds of its processes.
        resting: kB of its own that a process has which only was connected to.
        used: the same, of one that served these pages.
    """

    pages: int
    seconds: float
    cpu: float
    resting: int
    used: int


async def served(
    url: str, pages: Sequence[Sequence[Asked]], *, connections: int, seconds: float
) -> Served:
    """Have the statements of these pages run, over and over.

    Args:
        url: of the role that runs the gateway.
        pages: the statements of each.
        connections: how many at once.
        seconds: for how long.
    """
    opened = [
        await asyncpg.connect(url, server_settings=SERVER_SETTINGS)
        for _ in range(connections)
    ]
    pids = [each.get_server_pid() for each in opened]
    resting = max(map(private_kb, pids))
    known = {asked.sql: f"s{nr}" for nr, asked in enumerate(chain(*pages))}
    for each in opened:
        for sql, name in known.items():
            await each.execute(f"PREPARE {name} AS {sql}")
    begin, before = time.perf_counter(), sum(map(cpu_seconds, pids))
    asking = (_ask(each, pages, known, begin + seconds) for each in opened)
    count = sum(await asyncio.gather(*asking))
    took, cpu = time.perf_counter() - begin, sum(map(cpu_seconds, pids)) - before
    used = max(map(private_kb, pids))
    for each in opened:
        await each.close()
    return Served(count, took, cpu, resting, used)


async def _ask(
    connection: asyncpg.Connection,
    pages: Sequence[Sequence[Asked]],
    known: Mapping[str, str],
    until: float,
) -> int:
    for count, page in enumerate(cycle(pages)):
        if time.perf_counter() > until:
            return count
        for sql, args in page:
            await connection.execute(executed(known[sql], args))
    raise AssertionError


def cpu_seconds(pid: int) -> float:
    """What a process has used, proc_pid_stat(5)."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def private_kb(pid: int) -> int:
    """The memory that is a process's own, what it shares not: proc_pid_smaps(5)."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss_Anon:"))


def resident_kb(pid: int) -> int:
    """The memory of a process, shared or not, proc_pid_status(5)."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS:"))


async def backends(owner: asyncpg.Connection) -> list[int]:
    """The processes that serve this database, but for the one that is asked."""
    return [int(pid) for (pid,) in await owner.fetch(BACKENDS)]


class Serving(NamedTuple):
    """A gateway in a process of its own."""

    url: str
    pid: int


@contextmanager
def serving(database_url: str) -> Iterator[Serving]:
    """Start `klantbeeld serve`; it ends with the context."""
    command = [sys.executable, "-m", "gateway", "serve", "--port", "0"]
    environment = {
        "KLANTBEELD_DATABASE_URL": database_url,
        "KLANTBEELD_IDENTITY__DEVELOPMENT": "true",
    }
    with subprocess.Popen(  # noqa: S603 - our own arguments
        command,
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        assert process.stdout is not None
        yield Serving(process.stdout.readline().strip(), process.pid)
        process.terminate()
