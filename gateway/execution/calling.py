"""How a batch function is called, whatever runs the operation."""

import asyncio
import inspect
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Generic, TypeVar, cast

C = TypeVar("C")

BatchFunction = Callable[..., "Sequence[object] | Awaitable[Sequence[object]]"]


class WrongNumberOfValues(Exception):
    """A programming error: a batch function broke the contract."""


class Interrupted(Exception):
    """What was waited for was broken off by somebody else, not by the operation."""


def is_ending() -> bool:
    """Whether a CancelledError is meant for the task itself.

    Otherwise something that it waited for was cancelled, such as a flight it shared.
    """
    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0


@dataclass(frozen=True, slots=True)
class BatchInfo(Generic[C]):
    """What a batch function may know of the operation.

    Attributes:
        context: the request's own context.
        selected: names of the fields selected directly below this field, in any of
            the places this call serves; what `@skip` leaves out is left out.
    """

    context: C
    selected: frozenset[str]


@cache
def wants_info(function: BatchFunction) -> bool:
    """Whether its second parameter is called `info`."""
    parameters = list(inspect.signature(function).parameters)
    return len(parameters) > 1 and parameters[1] == "info"


def is_awaited(function: BatchFunction) -> bool:
    """Whether a function is to be awaited; a decorator around it does not count."""
    return inspect.iscoroutinefunction(inspect.unwrap(function))


def same(some: Mapping[str, object], others: Mapping[str, object]) -> bool:
    """Whether arguments are the same: 1 is no 1.0, and True is neither."""
    return some == others and repr(some) == repr(others)


def call(
    function: BatchFunction,
    parents: Sequence[object],
    info: BatchInfo[C],
    arguments: Mapping[str, object],
) -> Sequence[object] | Awaitable[Sequence[object]]:
    """Call a batch function with what its signature asks for."""
    if wants_info(function):
        return function(parents, info, **arguments)
    return function(parents, **arguments)


def check_number(
    function: BatchFunction, parents: Sequence[object], values: object
) -> Sequence[object]:
    """Refuse what is not exactly one value per parent.

    Raises:
        WrongNumberOfValues: with what was expected and what was got.
    """
    got = len(values) if isinstance(values, list | tuple) else type(values).__name__
    if got != len(parents):
        raise WrongNumberOfValues(
            f"batch field {function.__qualname__} must return a list of"
            f" {len(parents)} values, got {got}"
        )
    return cast("Sequence[object]", values)
