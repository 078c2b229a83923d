"""Fixtures for all tests: one PostgreSQL for the run, a fresh database for each test."""

import asyncio
import shutil
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from itertools import count
from pathlib import Path

import asyncpg
import pytest
from hypothesis import settings
from sqlalchemy.ext.asyncio import AsyncEngine

from gateway.store.database import create_database, create_owner
from gateway.store.embedded import SUPERUSER, EmbeddedPostgres
from gateway.store.migrate import ensure_database, migrate

RUNTIME = "klantbeeld"
TEMPLATE = "klantbeeld_template"
TOLD = pytest.StashKey[list[str]]()

# The same values each time, however busy the machine is.
settings.register_profile("same", derandomize=True, database=None, deadline=None)
settings.load_profile("same")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Write what tests told; what they print is shown of failures only."""
    told = terminalreporter.config.stash.get(TOLD, [])
    if told:
        terminalreporter.write_sep("=", "told by tests")
        terminalreporter.write_line("\n".join(told))


@pytest.fixture
def tell(pytestconfig: pytest.Config) -> Callable[[str], None]:
    """Have a line written at the end of the run, as for what was counted."""
    return pytestconfig.stash.setdefault(TOLD, []).append


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    """Async tests run on asyncio."""
    return "asyncio"


@pytest.fixture(scope="session")
def public_folder() -> Iterator[Path]:
    """A folder that PostgreSQL's own user may enter, unlike pytest's."""
    folder = Path(tempfile.mkdtemp(prefix="klantbeeld-"))
    folder.chmod(0o711)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture(scope="session")
def postgres(public_folder: Path) -> Iterator[EmbeddedPostgres]:
    """The server of this run."""
    with EmbeddedPostgres(public_folder / "tests", durable=False) as server:
        yield server


@pytest.fixture(scope="session")
def template(postgres: EmbeddedPostgres) -> str:
    """The name of a migrated, empty database: what the others are copied from."""
    url = postgres.url(SUPERUSER, TEMPLATE)
    asyncio.run(ensure_database(url))
    asyncio.run(migrate(url, runtime_url=postgres.url(RUNTIME, TEMPLATE)))
    return TEMPLATE


@pytest.fixture(scope="session")
def a_copy(
    postgres: EmbeddedPostgres, template: str
) -> Callable[[], AbstractContextManager[str]]:
    """Make a migrated, empty database that goes when the context ends; its name."""
    numbers = count(1)

    @contextmanager
    def copied() -> Iterator[str]:
        name = f"test_{next(numbers)}"
        # This strategy is the faster one where little is written ahead (durable).
        run(postgres, f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy")
        yield name
        run(postgres, f"DROP DATABASE {name} WITH (FORCE)")

    return copied


@pytest.fixture
def database_name(a_copy: Callable[[], AbstractContextManager[str]]) -> Iterator[str]:
    """The name of this test's database."""
    with a_copy() as name:
        yield name


@pytest.fixture
def database_url(postgres: EmbeddedPostgres, database_name: str) -> str:
    """The runtime role's address of this test's database."""
    return postgres.url(RUNTIME, database_name)


@pytest.fixture
def owner_url(postgres: EmbeddedPostgres, database_name: str) -> str:
    """The owner's address of this test's database."""
    return postgres.url(SUPERUSER, database_name)


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[AsyncEngine]:
    """The runtime role's engine on this test's database: what the gateway uses."""
    engine = create_database(database_url, pool_size=5)
    yield engine
    await engine.dispose()


@pytest.fixture
async def owner(owner_url: str) -> AsyncIterator[AsyncEngine]:
    """The owner's engine on this test's database: transactions, and every right."""
    engine = create_owner(owner_url)
    yield engine
    await engine.dispose()


def run(postgres: EmbeddedPostgres, statement: str) -> None:
    """Run one statement on the server, outside any transaction."""

    async def execute() -> None:
        connection = await asyncpg.connect(postgres.url(SUPERUSER, "postgres"))
        await connection.execute(statement)
        await connection.close()

    asyncio.run(execute())
