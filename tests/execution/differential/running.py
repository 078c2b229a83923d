"""One operation through two executors, each on the same data."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Self
from zlib import crc32

import strawberry
from graphql import GraphQLSchema
from strawberry.schema.schema import StrawberryGraphQLCoreExecutionContext

from gateway.execution.documents import Execution
from tests.execution.differential.comparing import (
    Outcome,
    differences,
    out_of_order,
    propagations,
)
from tests.execution.differential.documents import Document
from tests.execution.differential.inputs import Value
from tests.execution.differential.world.data import Data, Likely
from tests.execution.differential.world.requests import Context, Guard


def chance(*what: object) -> Random:
    """Give chances that are the same for the same words."""
    seed = crc32(" ".join(map(str, what)).encode())
    return Random(seed)  # noqa: S311 - no secret


SECONDS = 10.0
"""In which either executor has answered; it takes some milliseconds."""

CHANCES = (0.0, 0.01, 0.05, 0.25)
"""Of a wrong value, of a null where one may be, and of a refusal."""


@dataclass(frozen=True)
class Operation:
    """What is asked once: a document with variables, of a data set.

    Attributes:
        seed: of the document.
        number: of the data set, among those of this document.
    """

    document: Document
    variables: dict[str, Value]
    seed: int
    number: int

    @classmethod
    def of(cls, document: Document, seed: int, number: int) -> Self:
        """Choose the variables."""
        values = document.values(chance(seed, number, "variables"))
        return cls(document, values, seed, number)


@dataclass(frozen=True)
class Compared:
    """What came of it.

    Attributes:
        errors: that graphql-core told.
        propagations: places it made null because of something below them.
        calls: of batch functions, under either executor.
        differences: none where all is well.
    """

    errors: int
    propagations: int
    calls: tuple[int, int]
    differences: tuple[str, ...]


@dataclass(frozen=True)
class Both:
    """Two executors for one schema.

    One schema, since two cannot be made of one set of types with all that Strawberry
    has.

    Attributes:
        other: what is compared with Strawberry's own.
        execution: gives what a process remembers of documents and plans.
        sorts: whether the other gives errors in the order of their places.
    """

    schema: strawberry.Schema
    core: type[StrawberryGraphQLCoreExecutionContext]
    other: type[StrawberryGraphQLCoreExecutionContext]
    execution: Execution
    sorts: bool = True

    @property
    def graphql(self) -> GraphQLSchema:
        return self.schema._schema  # noqa: SLF001 - not public

    async def compare(self, operation: Operation) -> Compared:
        """Ask both, and compare."""
        random = chance(operation.seed, operation.number, "likely")
        likely = Likely(random.choice(CHANCES), random.choice((0.05, 0.25)))
        guard = Guard(random.randrange(1000), random.choice((0.0, *CHANCES)))
        data = Data(self.graphql, f"{operation.seed} {operation.number}", likely)

        def context() -> Context:
            return Context(data.roots(), guard, self.execution)

        one, first = await self._run(self.core, operation, context)
        two, second = await self._run(self.other, operation, context)
        found = differences(one, two)
        if self.sorts:
            found += out_of_order(two)
        return Compared(
            len(one.errors), propagations(one), (first, second), tuple(found)
        )

    async def _run(
        self,
        executor: type[StrawberryGraphQLCoreExecutionContext],
        operation: Operation,
        context: Callable[[], Context],
    ) -> tuple[Outcome, int]:
        request = context()
        self.schema.execution_context_class = executor
        running = self.schema.execute(
            operation.document.text,
            variable_values=dict(operation.variables),
            operation_name=operation.document.operation,
            context_value=request,
        )
        try:
            result = await asyncio.wait_for(running, SECONDS)
        except TimeoutError:
            return Outcome(f"{executor.__name__} did not answer"), request.calls
        errors = result.errors or ()
        outcome = Outcome(result.data, errors, request.log, request.selected)
        return outcome, request.calls
