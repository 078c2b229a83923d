"""All that a database holds, as text: to search it, or compare it with itself."""

from sqlalchemy import func, select, text
from sqlalchemy.ext.asyncio import AsyncEngine

from gateway.store import tables

WAITING = text("SELECT count(*) FROM pg_locks WHERE NOT granted")
"""How many statements wait for another transaction."""


async def texts(engine: AsyncEngine) -> str:
    """Give every row of every table, in the order of their keys."""
    lines: list[str] = []
    async with engine.connect() as connection:
        for table in tables.metadata.sorted_tables:
            rows = await connection.execute(
                select(table).order_by(*table.primary_key.columns)
            )
            lines += [f"{table.name} {tuple(row)}" for row in rows]
    return "\n".join(lines)


async def count(engine: AsyncEngine, *names: str) -> list[object]:
    """How many rows tables have."""
    numbers: list[object] = []
    async with engine.connect() as connection:
        for name in names:
            table = tables.metadata.tables[name]
            number = select(func.count()).select_from(table)
            numbers.append(await connection.scalar(number))
    return numbers
