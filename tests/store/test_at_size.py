"""What a question reads does not grow with the store: it is found by index.

On a store that is large enough for PostgreSQL to prefer its indexes; the same questions
on a million klantcontacten are asked by `python -m tests.benchmarks.size`.
"""

import asyncio
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from gateway.store.embedded import EmbeddedPostgres
from tests.benchmarks.size_plans import Asked, Plan
from tests.benchmarks.size_questions import INZAGEN, OWN_PAGE, PAGE, QUESTIONS
from tests.benchmarks.size_rows import BUSIEST, Kind, Size, bsn, key_of
from tests.benchmarks.size_stores import Planned, Store
from tests.conftest import run

pytestmark = pytest.mark.anyio
SIZE = Size(klantcontacten=20_000, partijen=4_000)
NAMES = (*QUESTIONS, INZAGEN)


@pytest.fixture(scope="module")
def at_size(postgres: EmbeddedPostgres) -> Iterator[Store]:
    """A municipality whose tables are worth an index."""
    store = Store(postgres, SIZE, "at_size")
    asyncio.run(store.make())
    yield store
    run(postgres, f"DROP DATABASE {store.name} WITH (FORCE)")


@pytest.fixture(scope="module")
def heard(at_size: Store, tmp_path_factory: pytest.TempPathFactory) -> Heard:
    """The statements of each question, asked once through a gateway."""
    folder = tmp_path_factory.mktemp("records")
    numbers = at_size.personen[:1]
    asked = asyncio.run(at_size.statements(NAMES, numbers, folder))
    return {name: pages[0] for name, pages in asked.items()}


@pytest.mark.parametrize("name", NAMES)
async def test_no_table_is_read_from_end_to_end(
    at_size: Store, heard: Heard, name: str
) -> None:
    planned = await at_size.planned(heard[name])
    assert [(each.asked.sql, each.scanned) for each in planned if each.scanned] == []
    assert len(planned) > 0
