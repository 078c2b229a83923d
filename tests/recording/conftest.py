"""A gateway that records, on an empty database of the test's own."""

from collections.abc import AsyncIterator, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Protocol

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from gateway.app import create_app
from gateway.demo.addresses import Addresses
from gateway.demo.run import gateway_settings
from gateway.identity.caller import Caller
from gateway.settings.limits import LimitSettings
from gateway.settings.recording import RecordingSettings
from tests.identity.callers import OneDoor
from tests.klantbeeld.conftest import PATIENT, Municipality, a_network, asked_in_process


class Opened(Protocol):
    def __call__(
        self,
        caller: Caller | None = None,
        limits: LimitSettings | None = None,
        /,
        **recording: object,
    ) -> AbstractAsyncContextManager[Municipality]:
        """Start a gateway; it ends with the context.

        Args:
            caller: who asks; default: who may all.
            limits: default: the usual ones.
            recording: settings of `RecordingSettings` that are not the usual ones.
        """


@pytest.fixture
def opened(database_url: str) -> Opened:
    @asynccontextmanager
    async def start(
        caller: Caller | None = None,
        limits: LimitSettings | None = None,
        /,
        **recording: object,
    ) -> AsyncIterator[Municipality]:
        network = a_network()
        changed = {"recording": RecordingSettings.model_validate(recording)}
        settings = gateway_settings(database_url, Addresses())
        settings = settings.model_copy(update={**PATIENT, **changed})
        if limits is not None:
            settings = settings.model_copy(update={"limits": limits})
        door = None if caller is None else OneDoor(caller)
        app = create_app(settings, transport=network, door=door)
        async with asked_in_process(app) as client:
            yield Municipality(client, network)

    return start


@pytest.fixture
async def office(opened: Opened) -> AsyncIterator[Municipality]:
    """A gateway that lets its caller do all."""
    async with opened() as municipality:
        yield municipality


class Counted(Protocol):
    async def __call__(self) -> Mapping[str, int]:
        """Count the rows of each table that has any."""


@pytest.fixture
def rows_now(database: AsyncEngine) -> Counted:
    """What the store holds, to see that nothing was written."""

    async def count() -> Mapping[str, int]:
        async with database.connect() as connection:
            named = text("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
            names = sorted(await connection.scalars(named))
            found = {
                name: await connection.scalar(text(f"SELECT count(*) FROM {name}"))  # noqa: S608 - its own name
                for name in names
                if name != "alembic_version"
            }
        return {name: int(number) for name, number in found.items() if number}

    return count
