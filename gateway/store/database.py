"""The engine on PostgreSQL, and what counts as its outage."""

from collections.abc import Iterator
from contextlib import contextmanager

import asyncpg
from sqlalchemy import NullPool
from sqlalchemy.exc import DBAPIError, TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from gateway.errors import RegisterUnavailable
from gateway.store.connections import Connections

STORE = "klantbeeld"
"""The store's own name where an error names a register."""

CONNECT_TIMEOUT = 5.0
COMMAND_TIMEOUT = 10.0
"""After which PostgreSQL itself ends a statement."""

SILENCE = 1.0
"""How much later a server that has not said so is taken for one that is gone."""

QUEUE_TIMEOUT = 60.0
"""How long a statement waits for its turn: a queue of our own is no outage."""

LONGEST_USE = 900.0
"""How long a connection is kept: firewalls forget those that stay silent."""

# The statements are short and by index: to compile them costs more than it saves, and so
# do more processes for one. Moments in JSON are in the session's time zone.
SERVER_SETTINGS = {
    "application_name": STORE,
    "jit": "off",
    "max_parallel_workers_per_gather": "0",
    "TimeZone": "UTC",
}

# https://www.postgresql.org/docs/current/errcodes-appendix.html: connection lost (08),
# read-only as a standby is (25006), login refused (28), no such database (3D), out of
# resources (53), cancelled (57014), shutting down or starting (57P0x).
OUTAGES = ("08", "25006", "28", "3D", "53", "57014", "57P0")
ENDED = ("08", "57P01", "57P02")


def create_connections(url: str, *, pool_size: int) -> Connections:
    """Make what `Statements` run on; it connects when first used.

    Every statement commits itself, which saves a read two round trips.

    Args:
        url: a `postgresql://` address with all that libpq allows in its query.
        pool_size: how many statements run at once; the next one waits.
    """
    connect = Connect(url, COMMAND_TIMEOUT)
    return Connections(connect, pool_size, patience=QUEUE_TIMEOUT, longest=LONGEST_USE)


def create_database(url: str, *, pool_size: int) -> AsyncEngine:
    """Make an engine for what is no read of the store; it connects when first used.

    Every statement commits itself, which saves a read two round trips; a write of
    several statements asks for a transaction:
    `engine.execution_options(isolation_level="READ COMMITTED").begin()`.

    Args:
        url: a `postgresql://` address with all that libpq allows in its query.
        pool_size: how many statements run at once; the next one waits.
    """
    return create_async_engine(
        "postgresql+asyncpg://",
        async_creator=Connect(url, COMMAND_TIMEOUT),
        isolation_level="AUTOCOMMIT",
        pool_size=pool_size,
        max_overflow=0,
        pool_timeout=QUEUE_TIMEOUT,
        pool_recycle=LONGEST_USE,
        hide_parameters=True,  # they hold personal data
    )


def create_owner(url: str) -> AsyncEngine:
    """Make an engine for changing the schema: transactions, and all the time needed.

    Args:
        url: a `postgresql://` address.
    """
    return create_async_engine(
        "postgresql+asyncpg://",
        async_creator=Connect(url, None),
        poolclass=NullPool,
        hide_parameters=True,
    )


class Connect:
    """Opens connections to one address.

    asyncpg reads the address itself: of libpq's parameters SQLAlchemy passes on
    `sslmode` and its like as if they were asyncpg's.
    """

    def __init__(self, url: str, command_timeout: float | None) -> None:
        """Open nothing yet.

        Args:
            url: a `postgresql://` address.
            command_timeout: seconds that a statement may take, or all it needs.
        """
        self._url = url
        self._settings = dict(SERVER_SETTINGS)
        self._patience: float | None = None
        # Only the server's own limit ends what it runs: asyncpg asks for that on another
        # connection, and gives that up when this one is closed.
        if command_timeout is not None:
            self._settings["statement_timeout"] = f"{1000 * command_timeout:.0f}"
            self._patience = command_timeout + SILENCE

    async def __call__(self) -> asyncpg.Connection:
        """Open one."""
        return await asyncpg.connect(
            self._url,
            timeout=CONNECT_TIMEOUT,
            command_timeout=self._patience,
            server_settings=self._settings,
        )


@contextmanager
def outages_reported() -> Iterator[None]:
    """Tell an outage of the store from a mistake in what it was asked.

    Raises:
        RegisterUnavailable: the database does not answer. Never with its own text,
            which may hold the values asked for.
    """
    try:
        yield
    except Exception as error:  # is_outage tells; anything else goes on as it was
        if not is_outage(error):
            raise
        raise RegisterUnavailable(STORE, "the store does not answer") from None


def is_bad_value(error: BaseException) -> bool:
    """Whether a value given is one that PostgreSQL, or asyncpg, cannot take."""
    if isinstance(error, asyncpg.PostgresError):
        return _state(error).startswith("22")
    # asyncpg's own refusal of a value is both.
    return isinstance(error, asyncpg.InterfaceError) and isinstance(error, ValueError)


def is_lost(connection: asyncpg.Connection, error: Exception) -> bool:
    """Whether the server ended the connection: a statement may do on another."""
    ended = isinstance(error, asyncpg.PostgresError) and _state(error).startswith(ENDED)
    return ended or connection.is_closed()


def is_cancelled(error: BaseException) -> bool:
    """Whether PostgreSQL broke off the statement: it took too long, or was told to."""
    return isinstance(error, asyncpg.QueryCanceledError)


def is_outage(error: BaseException) -> bool:
    """Whether the database, not the statement, is what failed."""
    if isinstance(error, DBAPIError):
        state = getattr(error.orig, "sqlstate", None) or ""
        return error.connection_invalidated or state.startswith(OUTAGES)
    if isinstance(error, asyncpg.PostgresError):
        return _state(error).startswith(OUTAGES)
    return isinstance(error, OSError | PoolTimeout)


def _state(error: asyncpg.PostgresError) -> str:
    return error.sqlstate or ""
