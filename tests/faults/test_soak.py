"""Ten thousand questions while a register flaps: right data or the right code, no leaks."""

import asyncio
import gc
import logging
import sys
from collections.abc import Iterator

import pytest

from gateway.app import create_app
from tests.faults.flapping import Registers, registers
from tests.faults.soak import Report, Soak, growth, klantcontacten, open_sockets, soaked
from tests.klantbeeld.conftest import asked_in_process

pytestmark = [pytest.mark.anyio, pytest.mark.soak]

OPERATIONS = 10_000
CONCURRENCY = 16


@pytest.fixture
def flapping() -> Iterator[Registers]:
    with registers() as flapping:
        yield flapping


@pytest.fixture
def beginning() -> Iterator[int]:
    """Blocks of memory in use before there is a gateway; these are collected no more."""
    gc.collect()
    gc.freeze()
    yield sys.getallocatedblocks()
    gc.unfreeze()


@pytest.fixture(autouse=True)
def unlogged(caplog: pytest.LogCaptureFixture) -> None:
    """Keep no lines of the log: pytest holds them until the end."""
    caplog.set_level(logging.CRITICAL)


async def soak(database_url: str, flapping: Registers, beginning: int) -> Report:
    addresses = flapping.addresses
    ids = await klantcontacten(database_url, addresses, 200)
    async with asked_in_process(create_app(soaked(database_url, addresses))) as client:
        run = Soak(client, ids, beginning=beginning)
        await run.learn()
        flapping.flap()
        return await run.run(OPERATIONS, CONCURRENCY)


async def test_ten_thousand_questions_while_a_register_flaps(
    database_url: str,
    flapping: Registers,
    beginning: int,
    capsys: pytest.CaptureFixture[str],
) -> None:
    tasks, sockets = asyncio.all_tasks(), open_sockets()
    report = await soak(database_url, flapping, beginning)
    with capsys.disabled():
        sys.stdout.write(f"\n{report}")
    assert report.wrong == []
    assert report.outcomes.total() == OPERATIONS
    # Of each there were some; what else there may be is judged one by one.
    assert report.outcomes.keys() >= {
        "right",
        "stale",
        "REGISTER_UNAVAILABLE",
        "DEADLINE_EXCEEDED",
    }
    assert (asyncio.all_tasks(), open_sockets()) == (tasks, sockets)
    assert growth(report.blocks) <= 1.10
    assert growth(report.resident) <= 1.10
