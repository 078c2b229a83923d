"""What Alembic runs: the steps, on the connection `migrate.py` gives.

A developer makes the next step with a database that has all earlier ones:

    alembic -x url=postgresql://… revision --autogenerate --rev-id 0002 -m "…"

Autogenerate does not see changed check constraints: those are written by hand.
"""

import asyncio

from alembic import context
from sqlalchemy import Connection

from gateway.store.database import create_owner
from gateway.store.tables import metadata


def run(connection: Connection) -> None:
    """Run what was asked on this connection."""
    context.configure(connection=connection, target_metadata=metadata)
    with context.begin_transaction():
        context.run_migrations()


async def run_on(url: str) -> None:
    """Run what was asked of the command line."""
    async with create_owner(url).begin() as connection:
        await connection.run_sync(run)


given = context.config.attributes.get("connection")
if isinstance(given, Connection):
    run(given)
else:
    asyncio.run(run_on(context.get_x_argument(as_dictionary=True)["url"]))
