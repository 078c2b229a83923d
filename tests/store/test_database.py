import asyncio
from pathlib import Path

import pytest
from sqlalchemy import insert, text
from sqlalchemy.exc import DBAPIError, TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncEngine

from gateway.errors import RegisterUnavailable
from gateway.store.database import create_database, outages_reported
from gateway.store.embedded import EmbeddedPostgres
from gateway.store.tables import partijen

pytestmark = pytest.mark.anyio


async def ask(engine: AsyncEngine, statement: str) -> object:
    with outages_reported():
        async with engine.connect() as connection:
            return await connection.scalar(text(statement))


async def test_a_connection_tells_who_it_is_and_compiles_nothing(
    database: AsyncEngine,
) -> None:
    assert await ask(database, "SHOW application_name") == "klantbeeld"
    assert await ask(database, "SHOW jit") == "off"


async def test_every_statement_commits_itself(database: AsyncEngine) -> None:
    await ask(
        database, "INSERT INTO partijen (soort_partij) VALUES ('persoon') RETURNING id"
    )
    assert await ask(database, "SELECT count(*) FROM partijen") == 1


async def test_several_statements_are_one_where_that_is_asked(
    database: AsyncEngine,
) -> None:
    async def write(*soorten: str) -> None:
        writing = database.execution_options(isolation_level="READ COMMITTED")
        async with writing.begin() as connection:
            for soort in soorten:
                await connection.execute(insert(partijen).values(soort_partij=soort))

    with pytest.raises(DBAPIError):
        await write("persoon", "bedrijf")
    assert await ask(database, "SELECT count(*) FROM partijen") == 0


async def test_an_owner_works_in_transactions(owner: AsyncEngine) -> None:
    await ask(
        owner, "INSERT INTO partijen (soort_partij) VALUES ('persoon') RETURNING id"
    )
    assert await ask(owner, "SELECT count(*) FROM partijen") == 0


@pytest.mark.parametrize("scheme", ["postgres", "postgresql"])
async def test_both_schemes_and_libpqs_parameters_are_understood(
    database_url: str, scheme: str
) -> None:
    rest = database_url.partition("://")[2]
    engine = create_database(f"{scheme}://{rest}&sslmode=prefer", pool_size=1)
    assert await ask(engine, "SELECT 1") == 1
    await engine.dispose()


async def test_an_address_never_shows_in_the_engine(database_url: str) -> None:
    engine = create_database(database_url, pool_size=1)
    assert "host" not in repr(engine)


async def test_no_more_statements_run_at_once_than_the_pool_holds(
    database: AsyncEngine,
) -> None:
    async with asyncio.TaskGroup() as group:
        for _ in range(12):
            group.create_task(ask(database, "SELECT pg_sleep(0.01)"))
    known = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
    assert await ask(database, known) == 5


async def test_a_database_that_is_not_there_is_an_outage(tmp_path: Path) -> None:
    engine = create_database(f"postgresql://x@/x?host={tmp_path}", pool_size=1)
    with pytest.raises(RegisterUnavailable):
        await ask(engine, "SELECT 1")


async def test_a_refused_login_is_an_outage(postgres: EmbeddedPostgres) -> None:
    engine = create_database(postgres.url("nobody", "absent"), pool_size=1)
    with pytest.raises(RegisterUnavailable):
        await ask(engine, "SELECT 1")


async def test_a_lost_connection_is_an_outage_once(
    database: AsyncEngine, owner: AsyncEngine
) -> None:
    end = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid = "
    pid = await ask(database, "SELECT pg_backend_pid()")
    await ask(owner, f"{end}{pid}")
    with pytest.raises(RegisterUnavailable, match="the store does not answer") as seen:
        await ask(database, "SELECT 1")
    assert seen.value.__cause__ is None
    assert await ask(database, "SELECT 1") == 1


async def test_a_cancelled_statement_is_an_outage(database: AsyncEngine) -> None:
    async with database.connect() as connection:
        await connection.execute(text("SET statement_timeout = 1"))
        with pytest.raises(RegisterUnavailable), outages_reported():
            await connection.execute(text("SELECT pg_sleep(1)"))
        await connection.invalidate()


@pytest.mark.parametrize(
    "error",
    [PoolTimeout(), TimeoutError(), ConnectionResetError()],
    ids=lambda error: type(error).__name__,
)
def test_no_connection_in_time_is_an_outage(error: Exception) -> None:
    with pytest.raises(RegisterUnavailable), outages_reported():
        raise error


async def test_a_mistaken_statement_is_no_outage(database: AsyncEngine) -> None:
    with pytest.raises(DBAPIError, match="does not exist"):
        await ask(database, "SELECT nothing")


async def test_values_never_show_in_an_error(database: AsyncEngine) -> None:
    async with database.connect() as connection:
        with pytest.raises(DBAPIError) as seen:
            await connection.execute(
                text("SELECT CAST(CAST(:value AS text) AS int) / 0"), {"value": "1234"}
            )
    assert "1234" not in str(seen.value)
