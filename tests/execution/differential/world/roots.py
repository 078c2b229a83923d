"""Where an operation begins."""

import asyncio
from collections.abc import Sequence

import strawberry

from gateway.execution.batch import BatchInfo, batch
from tests.execution.differential.world.inputs import Wanted
from tests.execution.differential.world.records import Later, awaited, returned, told
from tests.execution.differential.world.requests import Context
from tests.execution.differential.world.types import (
    Alpha,
    Beta,
    Box,
    Item,
    Named,
    Thing,
)

Info = strawberry.Info[Context, None]
Batched = BatchInfo[Context]


def root(context: Context, name: str) -> object:
    return told(context.roots[name])


def _batched(context: Context, name: str) -> object:
    value = context.roots[name]
    return returned(value.value if isinstance(value, Later) else value)


@strawberry.type
class Query:
    @strawberry.field(graphql_type=Alpha | None)
    async def alpha(self, info: Info) -> object:
        return awaited(root(info.context, "alpha"))

    @strawberry.field(graphql_type=list[Item | None])
    def items(self, info: Info) -> object:
        return root(info.context, "items")

    @strawberry.field(graphql_type=list[Thing] | None)
    async def things(self, info: Info) -> object:
        await asyncio.sleep(0)
        return awaited(root(info.context, "things"))

    @strawberry.field(graphql_type=list[Named] | None)
    def zoo(self, info: Info) -> object:
        return root(info.context, "zoo")

    @strawberry.field(graphql_type=Box[Alpha] | None)
    def box(self, info: Info) -> object:
        return Box(content=root(info.context, "alpha"), count=1)

    @strawberry.field(graphql_type=Box[int] | None)
    def small_box(self, info: Info) -> object:
        number = root(info.context, "count")
        return Box(content=number, count=number)  # type: ignore[arg-type]

    @strawberry.field
    def echo(self, wanted: Wanted, numbers: list[int] | None = None) -> str:
        return f"{wanted} {numbers}"

    @batch(list[Item] | None, description="")
    async def batch_root(
        parents: Sequence[object], info: Batched, first: int | None = None
    ) -> Sequence[object]:
        info.context.calls += 1
        items = _batched(info.context, "batch_root")
        cut = items[:first] if isinstance(items, list) else items
        return [cut] * len(parents)


@strawberry.type
class Mutation:
    @strawberry.field(graphql_type=Alpha | None)
    async def put(self, info: Info, number: int = 0) -> object:
        info.context.log.append(("put", number))
        await asyncio.sleep(0)
        info.context.log.append(("done", number))
        return awaited(root(info.context, "alpha"))

    @strawberry.field(graphql_type=Beta)
    def strict(self, info: Info, number: int = 0) -> object:
        info.context.log.append(("strict", number))
        return root(info.context, "strict")

    @batch(Beta | None, description="")
    async def batch_put(
        parents: Sequence[object], info: Batched, number: int = 0
    ) -> Sequence[object]:
        info.context.log.append(("batch_put", number))
        await asyncio.sleep(0)
        info.context.log.append(("batch_done", number))
        return [_batched(info.context, "strict")] * len(parents)
