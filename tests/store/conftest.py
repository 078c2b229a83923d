import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from gateway.deadline import Deadline
from gateway.store.store import Store
from tests.store.rows import Rows


@pytest.fixture
def rows(database: AsyncEngine) -> Rows:
    """Inserts rows into this test's database."""
    return Rows(database)


@pytest.fixture
def store(database: AsyncEngine) -> Store:
    """Reads this test's database."""
    return Store(database, Deadline.never())
