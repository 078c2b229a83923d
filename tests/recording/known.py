"""Partijen that stand in the store before a mutation is asked."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import NamedTuple
from uuid import UUID, uuid4

from sqlalchemy import Table, insert, select
from sqlalchemy.ext.asyncio import AsyncEngine

from gateway.store import tables
from schema.node import encode_id
from tests.municipality import BENCH_BSN

OTHER_BSN = "999990421"
GIVEN = datetime(2026, 1, 1, tzinfo=UTC)


class Known(NamedTuple):
    """A partij, by its key and as the graph names it."""

    key: UUID
    id: str


async def a_persoon(
    database: AsyncEngine, bsn: str = BENCH_BSN, *, toestemming: bool = True
) -> Known:
    """Add a persoon with a BSN, who consents to reuse unless told otherwise."""
    key = uuid4()
    subject = {"soort_subject": "natuurlijk_persoon"}
    await add(
        database, tables.partijen, {"id": key, "soort_partij": "persoon", **subject}
    )
    named = {"partij_id": key, "register": "brp", "soort": "bsn", "waarde": bsn}
    await add(database, tables.externe_identificaties, named | subject)
    if toestemming:
        given = {"partij_id": key, "gegeven_op": GIVEN}
        await add(database, tables.toestemmingen, given)
    return Known(key, encode_id("Partij", key))


async def add(database: AsyncEngine, table: Table, row: Mapping[str, object]) -> UUID:
    """Add a row; its key."""
    key = {"id": uuid4(), **row}
    async with database.begin() as connection:
        await connection.execute(insert(table).values(key))
    return UUID(str(key["id"]))


async def stored(database: AsyncEngine, table: Table) -> list[dict[str, object]]:
    """All rows of a table."""
    async with database.connect() as connection:
        found = await connection.execute(select(table))
    return [dict(each._mapping) for each in found]  # noqa: SLF001 - its public name


async def changes(database: AsyncEngine) -> list[tuple[str, str, object]]:
    """Handeling, soort and what stood there, of each change that was noted."""
    async with database.connect() as connection:
        each = tables.mutaties.c
        asked = select(each.handeling, each.soort, each.oud).order_by(each.moment)
        found = await connection.execute(asked)
    return sorted(((row[0], row[1], row[2]) for row in found), key=lambda row: row[:2])
