"""Types with a field of every kind: read off a record, batched, or resolved by itself."""

import asyncio
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Generic, TypeVar
from uuid import UUID

import strawberry
from graphql import GraphQLResolveInfo

from gateway.execution.batch import BatchInfo, batch, view
from tests.execution.differential.world.inputs import Wanted, Which
from tests.execution.differential.world.leaves import Colour, Level, Odd, Shout
from tests.execution.differential.world.records import (
    AlphaRecord,
    BetaRecord,
    Holder,
    Values as RecordValues,
    awaited,
    each,
    each_later,
    read,
)
from tests.execution.differential.world.requests import Context
from tests.execution.differential.world.resolvers import Allowed, Louder, batched

T = TypeVar("T")
Info = BatchInfo[Context]
Parents = Sequence[object]
Values = Sequence[object]


@strawberry.interface
class Named:
    """An interface of interfaces."""

    id: strawberry.ID

    @batch(str | None, description="")
    async def label(parents: Parents, info: Info, words: str = "no") -> Values:
        found = await batched(parents, info, "label")
        return [f"{words} {value}" if value == "label" else value for value in found]


@strawberry.interface
class Item(Named):
    """What most fields are fields of; of an interface, so that types share them."""

    text: str
    text_n: str | None
    number: int
    number_n: int | None
    real: float
    real_n: float | None
    flag: bool
    flag_n: bool | None
    ref_n: strawberry.ID | None
    when_n: datetime | None
    day_n: date | None
    uuid_n: UUID | None
    price_n: Decimal | None
    colour: Colour
    colour_n: Colour | None
    level_n: Level | None
    odd_n: Odd | None
    shout_n: Shout | None
    numbers: list[int]
    numbers_n: list[int | None] | None
    grid_n: list[list[int | None]] | None
    colours_n: list[Colour] | None
    odds: list[Odd | None]
    alpha_n: "Alpha | None"
    beta: "Beta"
    item_n: "Item | None"
    named_n: Named | None
    thing: Annotated["Alpha | Beta | Gamma", strawberry.union("Thing")]
    gamma_n: "Gamma | None"
    animal_n: "Animal | None"
    alphas_n: "list[Alpha] | None"
    betas: "list[Beta]"
    things: "list[Thing | None]"
    animals: "list[Animal]"
    squares_n: "list[list[Beta] | None] | None"
    cubes: "list[list[Item]]"
    secret: strawberry.Private[str]

    @batch("Alpha | None", description="")
    async def batch_alpha(parents: Parents, info: Info) -> Values:
        return await batched(parents, info, "batch_alpha")

    @batch("Beta", description="")
    async def batch_beta(parents: Parents) -> Values:
        return each(parents, "batch_beta")

    @batch("list[Thing]", description="")
    async def batch_things(parents: Parents, info: Info) -> Values:
        await asyncio.sleep(0)
        return await batched(parents, info, "batch_things")

    @batch("list[Item | None] | None", description="")
    def batch_items(
        parents: Parents, info: Info, fail: bool = False, wanted: Wanted | None = None
    ) -> Values:
        info.context.calls += 1
        if fail:
            raise ValueError("the whole batch")
        if wanted is not None and wanted.number == 9:
            return [ValueError(str(wanted))] * len(parents)
        return each(parents, "batch_items")

    @batch("int | None", description="")
    async def batch_number(parents: Parents, plus: int = 0) -> Values:
        found = each(parents, "batch_number")
        return [v + plus if type(v) is int else v for v in found]

    @batch("list[Animal]", description="", name="batchZoo")
    async def zoo(parents: Parents, first: int | None = None) -> Values:
        for _ in range(3):
            await asyncio.sleep(0)
        found = each(parents, "zoo")
        return [v[:first] if isinstance(v, list) else v for v in found]

    @batch("Colour | None", description="")
    def batch_colour(parents: Parents) -> Values:
        return each(parents, "colour_n")

    @batch("Item | None", description="")
    def batch_itself(parents: Parents, which: Which | None = None) -> Values:
        return [parent if which is None else None for parent in parents]

    @batch("int | None", description="")
    async def batch_short(parents: Parents, by: int = 0) -> Values:
        found = each(parents, "batch_number")
        return found[: len(found) - by] if by >= 0 else {}  # type: ignore[return-value]

    @strawberry.field(graphql_type=str | None)
    def resolved(self, times: int = 1) -> object:
        value = read(self, "text_n")
        return value * min(times, 3) if isinstance(value, str) else value

    @strawberry.field(graphql_type="Beta")
    async def waited(self) -> object:
        await asyncio.sleep(0)
        return awaited(read(self, "beta"))

    @strawberry.field
    def place(self, info: strawberry.Info) -> str:
        return f"{info.path.typename} {info.path.key} {info.python_name}"

    @strawberry.field(permission_classes=[Allowed], graphql_type=str | None)
    def permitted(self) -> object:
        return read(self, "text_n")

    @strawberry.field(extensions=[Louder()], graphql_type=str)
    async def extended(self, colours: list[Colour] | None = None) -> object:
        return awaited(read(self, "text")) if colours is None else str(colours)

    @strawberry.field(graphql_type="list[Alpha | None] | None")
    def awaiting(self) -> object:
        return read(self, "awaiting")

    @strawberry.field(graphql_type="list[int] | None")
    async def generated(self) -> object:
        value = awaited(read(self, "numbers"))
        return each_later(value) if isinstance(value, list) else value

    @strawberry.field(graphql_type="list[Thing] | None")
    def streamed(self) -> object:
        return read(self, "streamed")


@strawberry.type
@view(AlphaRecord)
class Alpha(Item):
    only_alpha: str | None
    other: str


@strawberry.type
@view(BetaRecord)
class Beta(Item):
    only_beta: int
    other: int | None


@strawberry.type
class Gamma(Holder):
    """An ordinary Strawberry object; its record is itself."""

    id: str
    values: strawberry.Private[RecordValues]
    name: str
    next: "Gamma | None"

    @strawberry.field(graphql_type="Alpha | None")
    async def alpha(self) -> object:
        return awaited(read(self, "alpha_n"))

    @batch("list[Beta]", description="")
    async def batch_betas(parents: Parents, info: Info) -> Values:
        return await batched(parents, info, "betas")


@strawberry.interface
class Animal(Named):
    """Two types of one record; a value says which."""

    name: str
    age: int | None
    friend: "Animal | None"


@strawberry.type
class Cat(Animal):
    @classmethod
    def is_type_of(cls, value: object, _info: GraphQLResolveInfo[Context]) -> bool:
        return getattr(value, "kind", None) == "cat"


@strawberry.type
class Dog(Animal):
    @classmethod
    def is_type_of(cls, value: object, _info: GraphQLResolveInfo[Context]) -> bool:
        return getattr(value, "kind", None) == "dog"

    @batch(bool, description="")
    def barks(parents: Parents) -> Values:
        return [getattr(parent, "age", None) != 3 or None for parent in parents]


Thing = Annotated[Alpha | Beta | Gamma, strawberry.union("Thing")]


@strawberry.type
class Box(Generic[T]):
    content: T | None
    count: int
