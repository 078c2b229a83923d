"""Values that must be waited for."""

import asyncio
from typing import TYPE_CHECKING, cast

from strawberry.execution import optimized_is_awaitable

if TYPE_CHECKING:
    from collections.abc import AsyncIterable, Awaitable


async def settled(value: object) -> object:
    """Await a value, and what it lists; an exception is given as a value."""
    try:
        if optimized_is_awaitable(value):
            value = await cast("Awaitable[object]", value)
        if hasattr(value, "__aiter__"):
            items = cast("AsyncIterable[object]", value)
            value = [each async for each in items]
        if is_unsettled(value):
            value = await asyncio.gather(*map(settled, cast("list[object]", value)))
    except Exception as error:  # noqa: BLE001 - an error at its place
        return error
    return value


def is_unsettled(value: object) -> bool:
    """Whether a value must be waited for, or lists one that must."""
    if optimized_is_awaitable(value) or hasattr(value, "__aiter__"):
        return True
    return isinstance(value, list | tuple) and any(map(is_unsettled, value))
