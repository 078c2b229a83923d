import asyncio
import base64
import hashlib
import hmac
from argparse import Namespace
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from itertools import count
from pathlib import Path
from urllib.parse import quote

import asyncpg
import pytest
from alembic import command
from sqlalchemy import Connection, text
from sqlalchemy.ext.asyncio import AsyncEngine

from gateway.store.database import create_owner
from gateway.store.embedded import SUPERUSER, EmbeddedPostgres
from gateway.store.migrate import (
    MigrationError,
    config,
    ensure_database,
    head,
    migrate,
    revision_of,
)
from gateway.store.tables import metadata

pytestmark = pytest.mark.anyio
NUMBERS = count(1)

# All that the catalog knows of a schema, as text that can be compared.
CATALOG = """
SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid)
  FROM pg_constraint WHERE connamespace = 'public'::regnamespace
 UNION ALL
SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'
 UNION ALL
SELECT table_name, column_name,
       concat_ws(' ', data_type, is_nullable, column_default, is_identity,
                 identity_generation, identity_start, identity_maximum)
  FROM information_schema.columns WHERE table_schema = 'public'
"""
ASSIGNED = """
WITH actor AS (INSERT INTO actoren (soort_actor, naam)
               VALUES ('medewerker', 'An') RETURNING id),
     contact AS (INSERT INTO klantcontacten (plaatsgevonden_op)
                 VALUES ('2026-01-05Z') RETURNING id),
     taak AS (INSERT INTO interne_taken
                  (klantcontact_id, gevraagde_handeling, status, toegewezen_op)
              SELECT id, 'Terugbellen', 'te_verwerken', '2026-01-06Z' FROM contact
              RETURNING id)
INSERT INTO interne_taak_actoren SELECT taak.id, actor.id FROM taak, actor
"""
FORBIDDEN = (
    "CREATE TABLE extra (value int)",
    "ALTER TABLE partijen ADD COLUMN extra int",
    "DROP TABLE rekeningnummers",
    "TRUNCATE rekeningnummers",
    "UPDATE inzagen SET wie = 'x'",
    "DELETE FROM inzagen",
    "TRUNCATE inzagen",
    "SELECT FROM inzagen FOR UPDATE",
    "UPDATE mutaties SET reden = 'x'",
    "DELETE FROM mutaties",
    "TRUNCATE mutaties",
    "UPDATE vernietigingen SET grond = 'x'",
    "DELETE FROM vernietigingen",
    "CREATE INDEX extra ON partijen (naam)",
    "UPDATE alembic_version SET version_num = 'x'",
    "DELETE FROM alembic_version",
    "CREATE ROLE extra",
    "CREATE SCHEMA extra",
)


PASSWORD = "it's \\ 100%; DROP é"


def is_password(password: str, verifier: str) -> bool:
    """Whether PostgreSQL's SCRAM verifier (RFC 5803) is that of a password."""
    rounds, salt = verifier.split("$")[1].split(":")
    stored, _ = verifier.split("$")[2].split(":")
    salted = hashlib.pbkdf2_hmac(
        "sha256", password.encode(), base64.b64decode(salt), int(rounds)
    )
    client = hmac.digest(salted, b"Client Key", "sha256")
    return hashlib.sha256(client).digest() == base64.b64decode(stored)


@pytest.fixture
def names(postgres: EmbeddedPostgres) -> Iterator[tuple[str, str]]:
    """The names of a database and a role that do not exist yet."""
    number = next(NUMBERS)
    yield f"migrate_{number}", f"runtime_{number}"
    asyncio.run(run(postgres, f"DROP DATABASE IF EXISTS migrate_{number} WITH (FORCE)"))
    asyncio.run(run(postgres, f"DROP ROLE IF EXISTS runtime_{number}"))


@pytest.fixture
async def fresh(postgres: EmbeddedPostgres, names: tuple[str, str]) -> tuple[str, str]:
    """The owner's and the runtime role's address of an empty database."""
    database, role = names
    owner_url = postgres.url(SUPERUSER, database)
    await ensure_database(owner_url)
    return owner_url, postgres.url(role, database)


async def run(postgres: EmbeddedPostgres, statement: str) -> None:
    connection = await asyncpg.connect(postgres.url(SUPERUSER, "postgres"))
    await connection.execute(statement)
    await connection.close()


@asynccontextmanager
async def connected(url: str) -> AsyncIterator[asyncpg.Connection]:
    connection = await asyncpg.connect(url)
    try:
        yield connection
    finally:
        await connection.close()


async def catalog(url: str) -> set[tuple[object, ...]]:
    async with connected(url) as connection:
        rows = await connection.fetch(CATALOG)
    return {tuple(row) for row in rows if row[0] != "alembic_version"}


async def test_the_steps_give_exactly_the_tables(
    fresh: tuple[str, str], postgres: EmbeddedPostgres, owner_url: str
) -> None:
    engine = create_owner(fresh[0])
    async with engine.begin() as connection:
        await connection.run_sync(metadata.create_all)
    assert await catalog(owner_url) == await catalog(fresh[0])


def test_a_developer_is_told_that_no_step_is_missing(owner_url: str) -> None:
    alembic = config()
    alembic.cmd_opts = Namespace(x=[f"url={owner_url}"])
    command.check(alembic)


async def test_an_empty_database_is_brought_to_the_head(
    fresh: tuple[str, str], names: tuple[str, str]
) -> None:
    assert await revision_of(fresh[0]) is None
    assert await migrate(*fresh) == [
        f"schema brought from nothing to {head()}",
        f"role {names[1]} made",
        f"role {names[1]} may read and write rows",
    ]
    assert await revision_of(fresh[1]) == head()


async def test_migrating_again_changes_nothing(
    fresh: tuple[str, str], names: tuple[str, str]
) -> None:
    await migrate(*fresh)
    before = await catalog(fresh[0])
    assert await migrate(*fresh) == [
        f"schema was at {head()}",
        f"role {names[1]} was there",
        f"role {names[1]} may read and write rows",
    ]
    assert await catalog(fresh[0]) == before


async def test_two_gateways_migrate_one_after_the_other(fresh: tuple[str, str]) -> None:
    done = await asyncio.gather(*(migrate(*fresh) for _ in range(2)))
    assert {lines[0] for lines in done} == {
        f"schema brought from nothing to {head()}",
        f"schema was at {head()}",
    }


async def test_an_owner_may_run_the_gateway_itself(fresh: tuple[str, str]) -> None:
    owner_url, _ = fresh
    lines = await migrate(owner_url, owner_url)
    (line,) = lines[1:]
    assert line == (
        "postgres may change what was written of inzagen and mutaties: it owns the"
        " schema and runs the gateway"
    )


async def test_the_runtime_role_reads_and_writes_rows(database_url: str) -> None:
    async with connected(database_url) as connection:
        key = await connection.fetchval(
            "INSERT INTO partijen (soort_partij) VALUES ('persoon') RETURNING id"
        )
        await connection.execute("UPDATE partijen SET voornaam = 'An'")
        found = await connection.fetchval("SELECT id FROM partijen")
        assert found == key
        assert await connection.execute("DELETE FROM partijen") == "DELETE 1"


@pytest.mark.parametrize("statement", FORBIDDEN)
async def test_the_runtime_role_changes_nothing_else(
    database_url: str, statement: str
) -> None:
    async with connected(database_url) as connection:
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await connection.execute(statement)


async def test_the_runtime_role_may_use_tables_that_come_later(
    owner: AsyncEngine, database_url: str
) -> None:
    async with owner.begin() as connection:
        await connection.execute(text("CREATE TABLE later (id serial, value int)"))
    async with connected(database_url) as connection:
        assert (
            await connection.fetchval(
                "INSERT INTO later (value) VALUES (1) RETURNING id"
            )
            == 1
        )


async def test_names_and_passwords_are_quoted(
    postgres: EmbeddedPostgres, fresh: tuple[str, str], names: tuple[str, str]
) -> None:
    role = f'odd "{names[1]}"; %1$I'
    user = f"{quote(role)}:{quote(PASSWORD, safe='')}"
    rest = fresh[1].partition("@")[2]
    quoted = '"' + role.replace('"', '""') + '"'
    await migrate(fresh[0], f"postgresql://{user}@{rest}")
    try:
        async with connected(fresh[0]) as connection:
            known = "SELECT rolpassword FROM pg_authid WHERE rolname = $1"
            assert is_password(PASSWORD, await connection.fetchval(known, role))
    finally:
        await run(postgres, f"DROP DATABASE {names[0]} WITH (FORCE)")
        await run(postgres, f"DROP ROLE {quoted}")


@pytest.fixture
async def ordinary(
    postgres: EmbeddedPostgres, fresh: tuple[str, str], names: tuple[str, str]
) -> AsyncIterator[tuple[str, str]]:
    """The addresses of an owner that is no superuser, and of a role still to make."""
    database, role = names
    made = f"{role}_made"
    await run(postgres, f"CREATE ROLE {role} LOGIN")
    await run(postgres, f"ALTER DATABASE {database} OWNER TO {role}")
    yield fresh[1], postgres.url(made, database)
    await run(postgres, f"DROP DATABASE {database} WITH (FORCE)")
    await run(postgres, f"DROP ROLE IF EXISTS {made}")


async def test_an_ordinary_owner_migrates_for_itself(ordinary: tuple[str, str]) -> None:
    assert await migrate(ordinary[0], ordinary[0])


async def test_an_ordinary_owner_may_not_make_a_role(
    ordinary: tuple[str, str], names: tuple[str, str]
) -> None:
    with pytest.raises(MigrationError, match=f"{names[1]} may not make the role"):
        await migrate(*ordinary)
    assert await revision_of(ordinary[0]) is None


async def test_an_ordinary_owner_that_may_make_roles_makes_it(
    postgres: EmbeddedPostgres, ordinary: tuple[str, str], names: tuple[str, str]
) -> None:
    await run(postgres, f"ALTER ROLE {names[1]} CREATEROLE")
    await migrate(*ordinary)
    assert await revision_of(ordinary[1]) == head()


async def test_a_role_that_cannot_be_made_is_reported_without_its_password(
    postgres: EmbeddedPostgres, fresh: tuple[str, str], names: tuple[str, str]
) -> None:
    rest = postgres.url("", names[0]).partition("@")[2]
    with pytest.raises(MigrationError, match="pg_reserved cannot be made") as seen:
        await migrate(fresh[0], f"postgresql://pg_reserved:secret@{rest}")
    assert seen.value.__cause__ is None
    assert "secret" not in str(seen.value)


async def test_a_role_that_keeps_too_many_rights_is_reported(
    postgres: EmbeddedPostgres, names: tuple[str, str], fresh: tuple[str, str]
) -> None:
    await run(postgres, f"CREATE ROLE {names[1]} LOGIN SUPERUSER")
    assert "change the schema too" in (await migrate(*fresh))[-1]


async def test_a_database_of_an_earlier_version_gets_a_trail_that_only_grows(
    fresh: tuple[str, str], names: tuple[str, str], postgres: EmbeddedPostgres
) -> None:
    def to_the_first(connection: Connection) -> None:
        command.upgrade(config(connection), "0001")

    await run(postgres, f"CREATE ROLE {names[1]} LOGIN")
    async with create_owner(fresh[0]).begin() as connection:
        await connection.run_sync(to_the_first)
        later = "ALTER DEFAULT PRIVILEGES GRANT SELECT, UPDATE, DELETE ON TABLES TO"
        await connection.execute(text(f"{later} {names[1]}"))
    assert (await migrate(*fresh))[0] == "schema brought from 0001 to 0003"
    rights = (
        "SELECT table_name, privilege_type FROM information_schema.role_table_grants"
        " WHERE table_name IN ('inzagen', 'mutaties')"
    )
    async with connected(fresh[1]) as asking:
        found = await asking.fetch(rights)
    assert sorted(map(tuple, found)) == [
        (trail, right)
        for trail in ("inzagen", "mutaties")
        for right in ("INSERT", "SELECT")
    ]


async def test_what_was_assigned_before_stands_in_a_work_list_after(
    fresh: tuple[str, str], names: tuple[str, str], postgres: EmbeddedPostgres
) -> None:
    def to_the_second(connection: Connection) -> None:
        command.upgrade(config(connection), "0002")

    await run(postgres, f"CREATE ROLE {names[1]} LOGIN")
    async with create_owner(fresh[0]).begin() as connection:
        await connection.run_sync(to_the_second)
        await connection.execute(text(ASSIGNED))
    assert (await migrate(*fresh))[0] == "schema brought from 0002 to 0003"
    asked = "SELECT status, plaatsgevonden_op = '2026-01-05Z' FROM"
    async with connected(fresh[1]) as asking:
        for table in ("interne_taken", "interne_taak_actoren"):
            found = await asking.fetch(f"{asked} {table}")
            assert [*map(tuple, found)] == [("te_verwerken", True)]


@pytest.mark.parametrize("trail", ["inzagen", "mutaties"])
async def test_a_role_that_may_change_a_trail_is_reported(
    postgres: EmbeddedPostgres,
    names: tuple[str, str],
    fresh: tuple[str, str],
    trail: str,
) -> None:
    await migrate(fresh[0], fresh[0])
    await run(postgres, f"CREATE ROLE {names[1]} LOGIN")
    async with connected(fresh[0]) as connection:
        await connection.execute(f"GRANT DELETE ON {trail} TO PUBLIC")
    assert (await migrate(*fresh))[-1] == (
        f"role {names[1]} may read and write rows, but change what was written of"
        f" {trail} too: take that right away"
    )


async def test_an_address_without_a_user_is_refused(fresh: tuple[str, str]) -> None:
    with pytest.raises(MigrationError, match="names no user"):
        await migrate(fresh[0], "postgresql:///klantbeeld")


async def test_an_unreachable_database_is_reported_without_its_address(
    tmp_path: Path,
) -> None:
    url = f"postgresql://x:secret@/x?host={tmp_path}"
    with pytest.raises(MigrationError, match="no connection") as seen:
        await revision_of(url)
    assert "secret" not in str(seen.value)


async def test_a_database_is_made_once(
    postgres: EmbeddedPostgres, names: tuple[str, str]
) -> None:
    url = postgres.url(SUPERUSER, names[0])
    assert await ensure_database(url)
    assert not await ensure_database(url)


async def test_a_database_of_a_newer_version_is_left_alone(
    owner: AsyncEngine, owner_url: str, database_url: str
) -> None:
    async with owner.begin() as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = '9'"))
    with pytest.raises(MigrationError, match="at 9, which this version does not know"):
        await migrate(owner_url, database_url)
    assert await revision_of(owner_url) == "9"
