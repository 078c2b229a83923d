"""Batch fields under graphql-core, which resolves object by object.

A batch field waits some turns of the event loop for its siblings and then runs once
for all of them. Strawberry's own DataLoader dispatches too early for that, and can
hang when graphql-core cancels those who wait.
"""

import asyncio
import inspect
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias, cast

from strawberry import Info

from gateway.execution.calling import (
    BatchFunction,
    BatchInfo,
    Interrupted,
    call,
    check_number,
    is_awaited,
    is_ending,
    same,
    wants_info,
)
from gateway.execution.selected import selected_below

if TYPE_CHECKING:
    from graphql import GraphQLResolveInfo

ResolveInfo: TypeAlias = "GraphQLResolveInfo[RequestState]"

QUIET_TURNS = 2
"""Turns of the loop in which no parent came."""


class RequestState(Protocol):
    """What a batch field needs of the operation's context under graphql-core."""

    loaders: "list[Loader]"


@dataclass(eq=False)
class Loader:
    """The parents of one batch function and its arguments, while they gather."""

    function: BatchFunction
    arguments: Mapping[str, object]
    context: RequestState
    infos: dict[tuple[int, ...], ResolveInfo] = field(default_factory=dict)
    waiting: list[tuple[object, asyncio.Future[object]]] = field(default_factory=list)
    running: asyncio.Future[None] | None = None

    def load(self, parent: object, info: ResolveInfo) -> asyncio.Future[object]:
        """Join the batch that starts when no more parents come."""
        loop = asyncio.get_running_loop()
        if not self.waiting:
            loop.call_soon(self._start_when_quiet, loop, 0, 0)
        # The nodes live as long as the document; lists of them are made per object.
        self.infos.setdefault(tuple(map(id, info.field_nodes)), info)
        future: asyncio.Future[object] = loop.create_future()
        self.waiting.append((parent, future))
        return future

    def _start_when_quiet(
        self, loop: asyncio.AbstractEventLoop, seen: int, quiet: int
    ) -> None:
        """Start once nobody has joined for some turns of the loop.

        graphql-core takes a turn more for an object with several awaitable fields
        than for one with a single one: siblings do not arrive in the same turn.
        """
        quiet = quiet + 1 if len(self.waiting) == seen else 0
        if quiet < QUIET_TURNS:
            loop.call_soon(self._start_when_quiet, loop, len(self.waiting), quiet)
            return
        self._start()

    def _start(self) -> None:
        # The loader leaves the request's list, so that later parents start anew.
        self.context.loaders.remove(self)
        # Kept, since the loop itself holds only a weak reference.
        self.running = asyncio.ensure_future(self._run())

    async def _run(self) -> None:
        parents = list({id(parent): parent for parent, _ in self.waiting}.values())
        try:
            values = dict(
                zip(map(id, parents), await self._values(parents), strict=True)
            )
        except asyncio.CancelledError:
            for _, future in self.waiting:
                future.cancel()
            raise
        except BaseException as error:  # noqa: BLE001 - who waits must not wait for ever
            for _, future in self.waiting:
                if not future.done():
                    future.set_exception(error)
            return
        for parent, future in self.waiting:
            if not future.done():  # cancelled, when a null propagated over it
                future.set_result(values[id(parent)])

    async def _values(self, parents: Sequence[object]) -> Sequence[object]:
        try:
            info = info_of(self.infos.values(), self.context)
            result = call(self.function, parents, info, self.arguments)
            if inspect.isawaitable(result):
                result = await result
            return check_number(self.function, parents, result)
        except Exception as error:  # noqa: BLE001 - given to every parent
            return [error] * len(parents)
        except asyncio.CancelledError:
            if is_ending():
                raise
            return [Interrupted()] * len(parents)


def info_of(
    infos: Iterable[ResolveInfo], context: RequestState
) -> BatchInfo[RequestState]:
    """Say what is selected in all places that a call serves."""
    selected: set[str] = set()
    for info in infos:
        # Strawberry gives resolvers plain values, graphql-core its own kind of them.
        given = cast("Any", info.variable_values)
        values = getattr(given, "coerced", given)
        selected |= selected_below(info.field_nodes, info.fragments, values)
    return BatchInfo(context, frozenset(selected))


def per_object(function: BatchFunction) -> Callable[..., object]:
    """Make the resolver graphql-core calls for each object."""
    if is_awaited(function):

        async def wait(
            root: object, info: Info[RequestState, None], **arguments: object
        ) -> object:
            raw = info._raw_info  # noqa: SLF001 - Strawberry has no public way to it
            loader = _loader_for(function, arguments, info.context)
            return _raised(await loader.load(root, raw))

        resolver: Callable[..., object] = wait
    else:

        def compute(
            root: object, info: Info[RequestState, None], **arguments: object
        ) -> object:
            raw = info._raw_info  # noqa: SLF001 - as above
            known = info_of([raw], info.context)
            values = call(function, [root], known, arguments)
            return _raised(check_number(function, [root], values)[0])

        resolver = compute
    return _with_arguments_of(function, resolver)


def _loader_for(
    function: BatchFunction, arguments: Mapping[str, object], context: RequestState
) -> Loader:
    for loader in context.loaders:
        if loader.function is function and same(loader.arguments, arguments):
            return loader
    loader = Loader(function, arguments, context)
    context.loaders.append(loader)
    return loader


def _raised(value: object) -> object:
    if isinstance(value, Exception):
        raise value
    return value


def _with_arguments_of(
    function: BatchFunction, resolver: Callable[..., object]
) -> Callable[..., object]:
    """Give a resolver the signature from which Strawberry reads the arguments."""
    first = 2 if wants_info(function) else 1
    arguments = list(inspect.signature(function).parameters.values())[first:]
    kind = inspect.Parameter.POSITIONAL_OR_KEYWORD
    signature = inspect.Signature(
        [
            inspect.Parameter("root", kind, annotation=object),
            inspect.Parameter("info", kind, annotation=Info),
            *(
                argument.replace(kind=inspect.Parameter.KEYWORD_ONLY)
                for argument in arguments
            ),
        ]
    )
    # Functions and classes take attributes that their stubs do not know.
    resolver.__signature__ = signature  # type: ignore[attr-defined]
    resolver.__annotations__ = {
        name: parameter.annotation for name, parameter in signature.parameters.items()
    }
    for name in ("__name__", "__qualname__", "__module__", "__doc__"):
        setattr(resolver, name, getattr(function, name))
    return resolver
