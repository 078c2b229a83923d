"""The engine on PostgreSQL, and what counts as its outage."""

from collections.abc import Iterator
from contextlib import contextmanager

import asyncpg
from sqlalchemy import NullPool
from sqlalchemy.exc import DBAPIError, TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from gateway.errors import RegisterUnavailable

STORE = "klantbeeld"
"""The store's own name where an error names a register."""

CONNECT_TIMEOUT = 5.0
COMMAND_TIMEOUT = 10.0
QUEUE_TIMEOUT = 60.0
"""How long a statement waits for its turn: a queue of our own is no outage."""

# The statements are short and by index: compiling them costs more than it saves.
SERVER_SETTINGS = {"application_name": STORE, "jit": "off"}

# https://www.postgresql.org/docs/current/errcodes-appendix.html: connection lost (08),
# read-only as a standby is (25006), login refused (28), no such database (3D), out of
# resources (53), cancelled (57014), shutting down or starting (57P0x).
OUTAGES = ("08", "25006", "28", "3D", "53", "57014", "57P0")


def create_database(url: str, *, pool_size: int) -> AsyncEngine:
    """Make the engine that reads and writes; it connects when first used.

    Every statement commits itself, which saves a read two round trips; a write of
    several statements asks for a transaction:
    `engine.execution_options(isolation_level="READ COMMITTED").begin()`.

    Args:
        url: a `postgresql://` address with all that libpq allows in its query.
        pool_size: how many statements run at once; the next one waits.
    """
    return create_async_engine(
        "postgresql+asyncpg://",
        async_creator=_Connect(url, COMMAND_TIMEOUT),
        isolation_level="AUTOCOMMIT",
        pool_size=pool_size,
        max_overflow=0,
        pool_timeout=QUEUE_TIMEOUT,
        pool_recycle=900,  # firewalls forget connections that stay silent
        hide_parameters=True,  # they hold personal data
    )


def create_owner(url: str) -> AsyncEngine:
    """Make an engine for changing the schema: transactions, and all the time needed.

    Args:
        url: a `postgresql://` address.
    """
    return create_async_engine(
        "postgresql+asyncpg://",
        async_creator=_Connect(url, None),
        poolclass=NullPool,
        hide_parameters=True,
    )


class _Connect:
    """Opens connections to one address.

    asyncpg reads the address itself: of libpq's parameters SQLAlchemy passes on
    `sslmode` and its like as if they were asyncpg's.
    """

    def __init__(self, url: str, command_timeout: float | None) -> None:
        self._url = url
        self._command_timeout = command_timeout

    async def __call__(self) -> asyncpg.Connection:
        return await asyncpg.connect(
            self._url,
            timeout=CONNECT_TIMEOUT,
            command_timeout=self._command_timeout,
            server_settings=SERVER_SETTINGS,
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


def is_bad_value(error: DBAPIError) -> bool:
    """Whether a value given is one that PostgreSQL, or asyncpg, cannot take."""
    state = getattr(error.orig, "sqlstate", None) or ""
    cause = getattr(error.orig, "__cause__", None)
    return state.startswith("22") or isinstance(cause, asyncpg.DataError)


def is_outage(error: Exception) -> bool:
    """Whether the database, not the statement, is what failed."""
    if isinstance(error, DBAPIError):
        state = getattr(error.orig, "sqlstate", None) or ""
        return error.connection_invalidated or state.startswith(OUTAGES)
    return isinstance(error, OSError | PoolTimeout)
