"""Bring a database to today's schema, and give the runtime role its rights.

The owner changes the schema; the gateway runs as a role that only reads and writes
rows. Everything happens in one transaction: all of it, or nothing.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, make_url, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from gateway.store.database import create_owner

# Two gateways that start at once migrate one after the other ("klant" in ASCII).
LOCK = text("SELECT pg_advisory_xact_lock(x'6B6C616E74'::bigint)")

# %1$I is the runtime role, %2$I the schema, %3$I the database; PostgreSQL quotes.
CREATE_ROLE = "CREATE ROLE %1$I LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD %4$L"
FOR_LATER = "ALTER DEFAULT PRIVILEGES IN SCHEMA %2$I"
RIGHTS = (
    "GRANT CONNECT ON DATABASE %3$I TO %1$I",
    "REVOKE CREATE ON SCHEMA %2$I FROM PUBLIC",  # PostgreSQL 14 still grants it
    "GRANT USAGE ON SCHEMA %2$I TO %1$I",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA %2$I TO %1$I",
    # UPDATE: numbers that an import brings are passed over.
    "GRANT USAGE, SELECT, UPDATE ON ALL SEQUENCES IN SCHEMA %2$I TO %1$I",
    f"{FOR_LATER} GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO %1$I",
    f"{FOR_LATER} GRANT USAGE, SELECT, UPDATE ON SEQUENCES TO %1$I",
    "REVOKE INSERT, UPDATE, DELETE ON %2$I.alembic_version FROM %1$I",
    # What was shown to whom, who changed what, and what was destroyed, is added to and
    # never changed.
    "REVOKE UPDATE, DELETE, TRUNCATE ON %2$I.inzagen, %2$I.mutaties FROM %1$I",
    "REVOKE UPDATE, DELETE, TRUNCATE ON %2$I.vernietigingen FROM %1$I",
)
TRAILS = ("inzagen", "mutaties")
FORMAT = text(
    "SELECT format(:template, VARIADIC ARRAY[:role, current_schema(),"
    " current_database(), CAST(:password AS text)])"
)
INSUFFICIENT_PRIVILEGE = "42501"


class MigrationError(Exception):
    """The database cannot be migrated; the message says what an operator must do."""


async def migrate(owner_url: str, runtime_url: str) -> list[str]:
    """Bring the database to today's schema; doing it again changes nothing.

    Args:
        owner_url: of a role that owns the database or may do everything.
        runtime_url: of the role the gateway runs as; it is made when absent, with
            the password of this address. When it is the owner, it gets no rights.

    Returns:
        What was done, one line each.

    Raises:
        MigrationError: it cannot be done; nothing changed.
    """
    runtime = make_url(runtime_url)
    async with _transaction(owner_url) as connection:
        await connection.execute(LOCK)
        done = [await connection.run_sync(_upgrade)]
        owner = str(await connection.scalar(text("SELECT current_user")))
        if runtime_url == owner_url or runtime.username == owner:
            warning = f"{owner} may change what was written of {' and '.join(TRAILS)}:"
            return [*done, f"{warning} it owns the schema and runs the gateway"]
        if runtime.username is None:
            raise MigrationError("the address of the database names no user to run as")
        role = _Role(connection, runtime.username, str(runtime.password or ""))
        return [*done, await role.ensure(owner), await role.allow()]


async def ensure_database(owner_url: str) -> bool:
    """Make the database that the address names, when its server has none yet.

    Args:
        owner_url: of a role that may make databases; `postgres` must exist.

    Returns:
        Whether it was made.
    """
    url = make_url(owner_url)
    server = url.set(database="postgres").render_as_string(hide_password=False)
    engine = create_owner(server).execution_options(isolation_level="AUTOCOMMIT")
    async with engine.connect() as connection:
        known = text("SELECT count(*) FROM pg_database WHERE datname = :name")
        if await connection.scalar(known, {"name": url.database}):
            return False
        name = connection.dialect.identifier_preparer.quote_identifier(
            url.database or ""
        )
        await connection.execute(text(f"CREATE DATABASE {name}"))
        return True


async def revision_of(url: str) -> str | None:
    """Return the revision a database is at; None when it has never been migrated.

    Raises:
        MigrationError: there is no connection.
    """
    async with _transaction(url) as connection:
        return await connection.run_sync(_revision)


def head() -> str:
    """Return the revision this version of the gateway needs."""
    return str(ScriptDirectory.from_config(config()).get_current_head())


def config(connection: Connection | None = None) -> Config:
    """Tell Alembic where the steps are.

    Args:
        connection: what to run them on; without it, `-x url=…` is needed.
    """
    folder = str(Path(__file__).with_name("migrations")).replace("%", "%%")
    made = Config(attributes={"connection": connection})
    made.set_main_option("script_location", folder)
    return made


class _Role:
    """The role that the gateway runs as."""

    def __init__(self, connection: AsyncConnection, name: str, password: str) -> None:
        self._connection = connection
        self._name = name
        self._password = password

    async def ensure(self, owner: str) -> str:
        known = text("SELECT count(*) FROM pg_roles WHERE rolname = :name")
        if await self._connection.scalar(known, {"name": self._name}):
            return f"role {self._name} was there"
        try:
            await self._run(CREATE_ROLE)
        except DBAPIError as error:
            # Not chained: the statement holds the password.
            if getattr(error.orig, "sqlstate", None) != INSUFFICIENT_PRIVILEGE:
                raise MigrationError(f"role {self._name} cannot be made") from None
            raise MigrationError(
                f"{owner} may not make the role {self._name}: make it with CREATE ROLE,"
                f" or give {owner} CREATEROLE"
            ) from None
        return f"role {self._name} made"

    async def allow(self) -> str:
        for template in RIGHTS:
            await self._run(template)
        may_create = text(
            "SELECT has_schema_privilege(:name, current_schema(), 'CREATE')"
        )
        if await self._connection.scalar(may_create, {"name": self._name}):
            return (
                f"role {self._name} may read and write rows, but change the schema too:"
                " take that right away"
            )
        may_change = text(
            "SELECT trail FROM unnest(CAST(:trails AS text[])) trail"
            " WHERE has_table_privilege(:name, trail, 'UPDATE, DELETE, TRUNCATE')"
        )
        values = {"name": self._name, "trails": list(TRAILS)}
        trails = (await self._connection.scalars(may_change, values)).all()
        if trails:
            return (
                f"role {self._name} may read and write rows, but change what was"
                f" written of {' and '.join(trails)} too: take that right away"
            )
        return f"role {self._name} may read and write rows"

    async def _run(self, template: str) -> None:
        statement = await self._connection.scalar(
            FORMAT,
            {"template": template, "role": self._name, "password": self._password},
        )
        await self._connection.exec_driver_sql(str(statement))


def _upgrade(connection: Connection) -> str:
    before = _revision(connection)
    try:
        command.upgrade(config(connection), "head")
    except CommandError:
        raise MigrationError(
            f"the database is at {before}, which this version does not know: it was"
            " migrated by a newer one"
        ) from None
    after = _revision(connection)
    if before == after:
        return f"schema was at {after}"
    return f"schema brought from {before or 'nothing'} to {after}"


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


@asynccontextmanager
async def _transaction(url: str) -> AsyncIterator[AsyncConnection]:
    try:
        connection = await create_owner(url).connect()
    except (OSError, DBAPIError) as error:
        reason = error.orig if isinstance(error, DBAPIError) else error
        raise MigrationError(f"no connection to the database: {reason}") from None
    try:
        async with connection.begin():
            yield connection
    except DBAPIError as error:
        # Not chained: a statement may hold a password.
        refusal = str(error.orig).rpartition(": ")[2]
        raise MigrationError(f"the database refuses: {refusal}") from None
    finally:
        await connection.close()
