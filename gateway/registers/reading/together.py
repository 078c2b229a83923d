"""Several things at once."""

import asyncio
from collections.abc import Coroutine, Iterable
from typing import TypeVar

T = TypeVar("T")


async def together(calls: Iterable[Coroutine[None, None, T]]) -> list[T]:
    """Run all at once; their results in order. One alone is awaited as it is.

    Raises:
        ExceptionGroup: of what any of several raised; the others are cancelled.
    """
    calls = [*calls]
    if len(calls) == 1:
        return [await calls[0]]
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(call) for call in calls]
    return [task.result() for task in tasks]
