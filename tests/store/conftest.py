from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from gateway.deadline import Deadline
from gateway.store.database import create_connections
from gateway.store.embedded import EmbeddedPostgres
from gateway.store.statements import Statements
from gateway.store.store import Store
from tests.store.relay import Relay
from tests.store.rows import Rows


@pytest.fixture
def rows(database: AsyncEngine) -> Rows:
    """Inserts rows into this test's database."""
    return Rows(database)


@pytest.fixture
async def statements(database_url: str) -> AsyncIterator[Statements]:
    """Run on this test's database."""
    statements = Statements(create_connections(database_url, pool_size=5))
    yield statements
    await statements.aclose()


@pytest.fixture
def store(statements: Statements) -> Store:
    """Reads this test's database."""
    return Store(statements, Deadline.after(60))


@pytest.fixture
async def relay(postgres: EmbeddedPostgres, tmp_path: Path) -> AsyncIterator[Relay]:
    relay = Relay(postgres, tmp_path)
    yield relay
    await relay.stop()
