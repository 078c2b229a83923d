"""A graph whose fields do what each test says.

Every type has the same batch fields, of one function each; the argument `of` names the
step of the test's script that gives their values.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol, TypeAlias

import strawberry
from graphql import GraphQLError
from strawberry.extensions import ParserCache
from strawberry.types import ExecutionResult

from gateway.execution.batch import BatchInfo, batch, view
from gateway.execution.documents import Execution
from gateway.execution.hook import BreadthFirst
from gateway.execution.loader import Loader

SECONDS = 5.0
"""After which a run hangs."""


@dataclass(frozen=True)
class Item:
    """What the graph is of; each is itself, and no other that looks the same."""

    name: object
    child: object = None
    children: object = ()
    number: object = 0

    @property
    def itself(self) -> "Item":
        return self


Parents: TypeAlias = Sequence[object]
Step = Callable[[Parents], Awaitable[Sequence[object]]]


class Deadline(Protocol):
    """As the executor knows it."""

    def remaining(self) -> float: ...

    def exceeded(self) -> Exception: ...


@dataclass(eq=False)
class Context:
    """One request.

    Attributes:
        script: what is to be done, by name.
        calls: names of steps, and of the parents each was called with.
    """

    script: Mapping[str, Step]
    deadline: Deadline | None = None
    execution: Execution = field(default_factory=Execution)
    loaders: list[Loader] = field(default_factory=list)
    calls: list[tuple[str, list[object]]] = field(default_factory=list)

    async def follow(self, of: str, parents: Parents) -> Sequence[object]:
        """Do what the script says."""
        self.calls.append((of, [getattr(each, "name", None) for each in parents]))
        return await self.script[of](parents)


Info = BatchInfo[Context]


@strawberry.interface
class Holder:
    @batch(str | None, description="")
    async def word(parents: Parents, info: Info, of: str) -> Sequence[object]:
        return await info.context.follow(of, parents)

    @batch(str, description="")
    async def must_word(parents: Parents, info: Info, of: str) -> Sequence[object]:
        return await info.context.follow(of, parents)

    @batch("ItemView | None", description="")
    async def item(parents: Parents, info: Info, of: str) -> Sequence[object]:
        return await info.context.follow(of, parents)

    @batch("ItemView", description="")
    async def must_item(parents: Parents, info: Info, of: str) -> Sequence[object]:
        return await info.context.follow(of, parents)

    @batch("list[ItemView | None] | None", description="")
    async def items(parents: Parents, info: Info, of: str) -> Sequence[object]:
        return await info.context.follow(of, parents)

    @strawberry.field
    async def each(self, info: strawberry.Info[Context, None], of: str) -> str | None:
        (value,) = await info.context.follow(of, [self])
        if isinstance(value, Exception):
            raise value
        return None if value is None else str(value)

    @strawberry.field
    def later(self, info: strawberry.Info[Context, None], of: str) -> list[str | None]:
        one = info.context.follow(of, [self])
        return [first(one), first(info.context.follow(of, [self]))]  # type: ignore[list-item]


async def first(values: Awaitable[Sequence[object]]) -> object:
    """Give the first of what is awaited."""
    return (await values)[0]


@strawberry.type(name="Item")
@view(Item)
class ItemView(Holder):
    name: str
    child: "ItemView | None"
    children: list["ItemView | None"]
    number: int
    itself: "ItemView"


@strawberry.type
class Query(Holder):
    pass


@strawberry.type
class Mutation(Holder):
    pass


class Quiet(strawberry.Schema):
    """Leaves errors to who asks."""

    def process_errors(self, errors: object, execution_context: object = None) -> None:
        """Say nothing."""


SCHEMA = Quiet(
    Query,
    Mutation,
    types=[ItemView],
    extensions=[ParserCache],
    execution_context_class=BreadthFirst,
)


@dataclass
class Answer:
    """What an operation came to, and which calls it took."""

    data: object
    errors: Sequence[GraphQLError]
    calls: Sequence[tuple[str, list[object]]]

    @property
    def told(self) -> list[tuple[str, list[str | int] | None]]:
        """Messages and paths of the errors."""
        return [(each.message, each.path) for each in self.errors]


class Ask(Protocol):
    """Asks breadth-first."""

    async def __call__(self, query: str, /, **script: Step) -> Answer: ...


async def ask(
    query: str, deadline: Deadline | None = None, /, **script: Step
) -> Answer:
    """Ask breadth-first."""
    return await asked(query, Context(script, deadline))


async def again(query: str, /, **script: Step) -> Answer:
    """Ask twice, and give what it came to the second time, when records are known."""
    execution = Execution()
    await asked(query, Context(script, execution=execution))
    return await asked(query, Context(script, execution=execution))


async def asked(query: str, context: Context) -> Answer:
    """Ask with a context of one's own."""
    running = SCHEMA.execute(query, context_value=context)
    result = await asyncio.wait_for(running, SECONDS)
    assert isinstance(result, ExecutionResult)
    return Answer(result.data, result.errors or [], context.calls)


def giving(*values: object) -> Step:
    """Give these, each time."""

    async def step(_parents: Parents) -> Sequence[object]:
        return values

    return step


def same(value: object) -> Step:
    """Give the same for every parent."""

    async def step(parents: Parents) -> Sequence[object]:
        return [value] * len(parents)

    return step


async def names(parents: Parents) -> Sequence[object]:
    """Give each its own name."""
    return [getattr(each, "name", None) for each in parents]
