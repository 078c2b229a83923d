"""Values that must be waited for."""

import asyncio
from typing import TYPE_CHECKING, cast

from graphql.pyutils import is_iterable
from strawberry.execution import optimized_is_awaitable

from gateway.execution.calling import Interrupted, is_ending

if TYPE_CHECKING:
    from collections.abc import AsyncIterable, Awaitable, Iterable


async def settled(value: object, depth: int) -> object:
    """Await a value, and what it lists; an exception is given as a value.

    Args:
        value: of a field.
        depth: of its lists; what is no list is not looked into.
    """
    try:
        if optimized_is_awaitable(value):
            value = await cast("Awaitable[object]", value)
        if depth and hasattr(value, "__aiter__"):
            items = cast("AsyncIterable[object]", value)
            value = [each async for each in items]
        value = unfolded(value, depth)
        if depth and isinstance(value, list | tuple) and _waits(value, depth):
            below = (settled(item, depth - 1) for item in value)
            value = await asyncio.gather(*below)
    except Exception as error:  # noqa: BLE001 - an error at its place
        return error
    except asyncio.CancelledError:
        if is_ending():
            raise
        return Interrupted()
    return value


def is_unsettled(value: object, depth: int) -> bool:
    """Whether a value must be waited for, lists one that must, or will not say."""
    try:
        return _waits(value, depth)
    except Exception:  # noqa: BLE001 - whoever waits for it is told
        return True


def _waits(value: object, depth: int) -> bool:
    if optimized_is_awaitable(value):
        return True
    if not depth:
        return False
    if hasattr(value, "__aiter__"):
        return True
    return isinstance(value, list | tuple) and any(
        _waits(item, depth - 1) for item in value
    )


def unfolded(value: object, depth: int) -> object:
    """Take what an iterator gives out of it: it can be gone through only once.

    Args:
        value: of a field.
        depth: of its lists; what is no list is left as it is.
    """
    if depth == 0 or not is_iterable(value):
        return value
    try:
        items = list(cast("Iterable[object]", value))
    except Exception as error:  # noqa: BLE001 - an error of the whole list
        return error
    return [unfolded(item, depth - 1) for item in items]
