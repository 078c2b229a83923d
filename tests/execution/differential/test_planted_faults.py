"""Each trap, planted: a test that sees nothing then, is worth nothing."""

from collections.abc import Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from multiprocessing import get_context

import pytest

from tests.execution.differential.faults import FAULTS
from tests.execution.differential.planting import Fault, planted

PROCESSES = 2

by_name = pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)


@pytest.fixture(scope="module")
def seen() -> Iterator[Mapping[str, Future[str]]]:
    """Who saw each fault: a process for each, which has loaded nothing of ours yet."""
    context = get_context("forkserver")
    context.set_forkserver_preload(["strawberry", "graphql", "msgspec", "pytest"])
    with ProcessPoolExecutor(
        PROCESSES, mp_context=context, max_tasks_per_child=1
    ) as processes:
        yield {fault.name: processes.submit(planted, fault) for fault in FAULTS}


@by_name
def test_a_fault_fits_the_source_once(fault: Fault) -> None:
    assert fault.times == 1, "the fault no longer fits"


@by_name
def test_a_fault_is_seen(fault: Fault, seen: Mapping[str, Future[str]]) -> None:
    assert seen[fault.name].result() != ""
