"""Several things at once."""

import asyncio
from collections.abc import Coroutine, Iterable
from typing import TypeVar

T = TypeVar("T")


async def together(calls: Iterable[Coroutine[None, None, T]]) -> list[T]:
    """Run all at once; their results in order.

    Raises:
        ExceptionGroup: of what any of them raised; the others are cancelled.
    """
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(call) for call in calls]
    return [task.result() for task in tasks]
