"""What all executors have in common: the batch functions, called by themselves.

They do what an answer is about: they ask the store and registers, and rights. By hand
they are not called, but most of what they do is done.
"""

import inspect
from collections.abc import Awaitable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import wraps
from typing import NamedTuple, cast

from graphql import GraphQLObjectType

from gateway.execution.batch import BatchField
from gateway.execution.calling import BatchFunction
from gateway.execution.planning.fields import source_of
from schema import schema


class Called(NamedTuple):
    """A batch function and what it was called with."""

    function: BatchFunction
    given: tuple[object, ...]
    arguments: Mapping[str, object]

    async def again(self) -> None:
        """Call it in the same way."""
        result = self.function(*self.given, **self.arguments)
        if inspect.isawaitable(result):
            await cast("Awaitable[object]", result)


async def all_again(calls: Sequence[Called]) -> None:
    """Call all of them, one after the other."""
    for each in calls:
        await each.again()


@contextmanager
def noted() -> Iterator[list[Called]]:
    """Note each call of a batch function of the schema, while it lasts."""
    calls: list[Called] = []
    changed = {id(field): (field, field.batch_function) for field in _fields()}
    for field, function in changed.values():
        field.batch_function = _noting(function, calls)
    try:
        yield calls
    finally:
        for field, function in changed.values():
            field.batch_function = function


def _fields() -> Iterator[BatchField]:
    for kind in schema._schema.type_map.values():  # noqa: SLF001 - no public way
        if isinstance(kind, GraphQLObjectType):
            for definition in kind.fields.values():
                source = source_of(definition)
                if isinstance(source, BatchField):
                    yield source


def _noting(function: BatchFunction, calls: list[Called]) -> BatchFunction:
    if inspect.iscoroutinefunction(function):

        @wraps(function)
        async def waits(*given: object, **arguments: object) -> Sequence[object]:
            calls.append(Called(function, given, arguments))
            result = function(*given, **arguments)
            return await cast("Awaitable[Sequence[object]]", result)

        return waits

    @wraps(function)
    def computes(*given: object, **arguments: object) -> Sequence[object]:
        calls.append(Called(function, given, arguments))
        return cast("Sequence[object]", function(*given, **arguments))

    return computes
