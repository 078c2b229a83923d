"""What stands around ordinary resolvers, and what batch functions share."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence

import strawberry
from strawberry.extensions import FieldExtension
from strawberry.permission import BasePermission

from gateway.execution.batch import BatchInfo
from tests.execution.differential.world.records import Holder, Record, each
from tests.execution.differential.world.requests import Context


class Allowed(BasePermission):
    """Asks the parent."""

    message: str | None = "not allowed"

    def has_permission(
        self,
        source: object,
        info: strawberry.Info,  # noqa: ARG002 - as Strawberry calls it
        **kwargs: object,  # noqa: ARG002
    ) -> bool:
        if not isinstance(source, Record | Holder):
            return True
        return source.values["allowed"] is not False


class Louder(FieldExtension):
    """Changes what a resolver gave."""

    def resolve(
        self,
        next_: Callable[..., object],
        source: object,
        info: strawberry.Info,
        **kwargs: object,
    ) -> object:
        return _louder(next_(source, info, **kwargs))

    async def resolve_async(
        self,
        next_: Callable[..., Awaitable[object]],
        source: object,
        info: strawberry.Info,
        **kwargs: object,
    ) -> object:
        return _louder(await next_(source, info, **kwargs))


def _louder(value: object) -> object:
    return value.upper() if isinstance(value, str) else value


async def batched(
    parents: Sequence[object], info: BatchInfo[Context], name: str
) -> Sequence[object]:
    """Give what a batch function gives, and let the request remember it was asked."""
    info.context.calls += 1
    info.context.selected[name] |= info.selected
    await asyncio.sleep(0)
    return each(parents, name)
