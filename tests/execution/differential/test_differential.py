"""Generated operations through both executors; more of them: see `__main__`."""

import pytest
from graphql import GraphQLLeafType, GraphQLString

from gateway.execution.documents import Execution
from tests.execution.differential.__main__ import main
from tests.execution.differential.executors import (
    Core,
    breadth_first,
    breadth_first_itself,
    core_itself,
)
from tests.execution.differential.hunting import DATA_SETS, hunt
from tests.execution.differential.running import Both
from tests.execution.differential.world.schema import made

SEED = 1
OPERATIONS = 504

pytestmark = pytest.mark.anyio

# graphql-core leaves coroutines behind where a null took their place.
leaving = pytest.mark.filterwarnings(
    "ignore::RuntimeWarning", "ignore::pytest.PytestUnraisableExceptionWarning"
)


class Shouting(Core):
    """An executor that does something else with texts."""

    @staticmethod
    def complete_leaf_value(return_type: GraphQLLeafType, result: object) -> object:
        completed: object = Core.complete_leaf_value(return_type, result)
        is_text = return_type is GraphQLString and isinstance(completed, str)
        return f"{completed}!" if is_text else completed


@leaving
async def test_both_executors_give_the_same_answers() -> None:
    both = breadth_first()
    seeds = range(SEED, SEED + OPERATIONS // DATA_SETS)
    total = await hunt(both, seeds)
    print(f"seed {SEED}: {total}")  # noqa: T201 - shown where it fails
    assert total.shown == []
    assert (total.operations, both.execution.fallbacks) == (OPERATIONS, {})


@leaving
async def test_nothing_differs_between_an_executor_and_itself() -> None:
    total = await hunt(core_itself(), range(SEED, SEED + 20))
    assert (total.operations, total.shown) == (20 * DATA_SETS, [])


async def test_nothing_is_left_behind_that_should_have_been_awaited() -> None:
    total = await hunt(breadth_first_itself(), range(SEED, SEED + 40))
    assert (total.operations, total.shown) == (40 * DATA_SETS, [])


@leaving
async def test_what_differs_is_shown_as_small_as_it_can_be() -> None:
    both = Both(made(), Core, Shouting, Execution(), sorts=False)
    total = await hunt(both, range(SEED, SEED + 10), most=1)
    (shown,) = total.shown
    assert shown.splitlines() == [
        "--seed 1 --operations 1:",
        *("mutation Asked {", "  batchPut {", "    __typename", "  }", "}"),
        "variables: {}",
        "data:",
        "  core:  {'batchPut': {'__typename': str 'Beta'}}",
        "  other: {'batchPut': {'__typename': str 'Beta!'}}",
    ]


@leaving
def test_the_command_says_what_it_came_to(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--operations", "12", "--seed", "1"]) == 0
    first, last = capsys.readouterr().out.splitlines()
    assert first == "seed 1"
    assert last == (
        "12 operations, 12 errors, 6 nulls of something below; batch calls: 10 by core,"
        " 12 by other; fallbacks: 0; 0 differences"
    )
