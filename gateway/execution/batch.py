"""The batch field: all parents of a level in, one value or one error for each out.

A field that needs I/O, or that is computed, is written as a function of a *list* of
parents. Contract, as for a data loader: same length, same order, a value or an
exception per parent; what the function raises fails all of its parents.

Under graphql-core, which resolves object by object, a batch field waits one turn of
the event loop for its siblings and then runs once for all of them. Rights are decided
inside the batch function: permission classes and field extensions would run per
object and are refused.
"""

import asyncio
import inspect
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Generic, Protocol, Self, TypeAlias, TypeVar, cast

from graphql import (
    BooleanValueNode,
    FieldNode,
    FragmentSpreadNode,
    GraphQLResolveInfo,
    InlineFragmentNode,
    SelectionNode,
    SelectionSetNode,
    VariableNode,
)
from strawberry import Info
from strawberry.annotation import StrawberryAnnotation
from strawberry.types.field import StrawberryField
from strawberry.types.fields.resolver import StrawberryResolver

C = TypeVar("C")

ResolveInfo: TypeAlias = "GraphQLResolveInfo[RequestState]"
BatchFunction = Callable[..., "Sequence[object] | Awaitable[Sequence[object]]"]


class WrongNumberOfValues(Exception):
    """A programming error: a batch function broke the contract."""


class RequestState(Protocol):
    """What a batch field needs of the operation's context."""

    loaders: "list[Loader]"


@dataclass(frozen=True)
class BatchInfo(Generic[C]):
    """What a batch function may know of the operation.

    Attributes:
        context: the request's own context.
        selected: names of the fields selected directly below this field, in any of
            the places this call serves; what `@skip` leaves out is left out.
    """

    context: C
    selected: frozenset[str]


QUIET_TURNS = 2
"""Turns of the loop in which no parent came; one was enough in every test."""


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
        values: Mapping[int, object]
        try:
            result = call(
                self.function, parents, list(self.infos.values()), self.arguments
            )
            if inspect.isawaitable(result):
                result = await result
            checked = check_number(self.function, parents, result)
            values = {
                id(parent): value
                for parent, value in zip(parents, checked, strict=True)
            }
        except Exception as error:  # noqa: BLE001 - given to every parent
            values = {id(parent): error for parent in parents}
        except asyncio.CancelledError:
            for _, future in self.waiting:
                future.cancel()
            raise
        for parent, future in self.waiting:
            if not future.done():  # cancelled, when a null propagated over it
                future.set_result(values[id(parent)])


def call(
    function: BatchFunction,
    parents: Sequence[object],
    infos: Sequence[ResolveInfo],
    arguments: Mapping[str, object],
) -> Sequence[object] | Awaitable[Sequence[object]]:
    """Call a batch function with what its signature asks for."""
    if not _wants_info(function):
        return function(parents, **arguments)
    info = BatchInfo(infos[0].context, selected_below(infos))
    return function(parents, info, **arguments)


def check_number(
    function: BatchFunction, parents: Sequence[object], values: object
) -> Sequence[object]:
    """Refuse what is not exactly one value per parent.

    Raises:
        WrongNumberOfValues: with what was expected and what was got.
    """
    got = len(values) if isinstance(values, list | tuple) else type(values).__name__
    if got != len(parents):
        raise WrongNumberOfValues(
            f"batch field {function.__qualname__} must return a list of"
            f" {len(parents)} values, got {got}"
        )
    return cast("Sequence[object]", values)


def selected_below(infos: Sequence[ResolveInfo]) -> frozenset[str]:
    """Name the fields selected directly below these places."""
    return frozenset(
        name
        for info in infos
        for node in info.field_nodes
        for name in _names(node.selection_set, info)
    )


def _names(selection_set: SelectionSetNode | None, info: ResolveInfo) -> Iterator[str]:
    for node in selection_set.selections if selection_set else ():
        if not _included(node, info):
            continue
        if isinstance(node, FieldNode):
            yield node.name.value
        elif isinstance(node, InlineFragmentNode):
            yield from _names(node.selection_set, info)
        elif isinstance(node, FragmentSpreadNode):
            fragment = info.fragments[node.name.value]
            yield from _names(fragment.selection_set, info)


def _included(node: SelectionNode, info: ResolveInfo) -> bool:
    return not _says(node, "skip", info) and _says(node, "include", info) is not False


def _says(node: SelectionNode, directive: str, info: ResolveInfo) -> bool | None:
    """The `if` of a directive; None where the directive is not there."""
    # Strawberry gives the executor plain values, graphql-core its own kind of them.
    given = cast("Any", info.variable_values)
    values: Mapping[str, object] = getattr(given, "coerced", given)
    for applied in node.directives or ():
        if applied.name.value == directive:
            (condition,) = applied.arguments or ()
            if isinstance(condition.value, VariableNode):
                return bool(values[condition.value.name.value])
            return isinstance(condition.value, BooleanValueNode) and (
                condition.value.value
            )
    return None


@cache
def _wants_info(function: BatchFunction) -> bool:
    parameters = list(inspect.signature(function).parameters)
    return len(parameters) > 1 and parameters[1] == "info"


class BatchField(StrawberryField):
    """A field of a Strawberry type that is resolved by a batch function."""

    batch_function: BatchFunction

    def __copy__(self) -> Self:
        """Keep the batch function; Strawberry copies fields between types."""
        copied = super().__copy__()
        copied.batch_function = self.batch_function
        return copied


def batch(
    graphql_type: object,
    *,
    description: str,
    name: str | None = None,
    deprecation_reason: str | None = None,
    directives: Sequence[object] = (),
) -> Callable[[BatchFunction], BatchField]:
    """Make a field of a batch function `(parents[, info], **arguments)`.

    Args:
        graphql_type: the field's type in the schema; the function itself returns
            records, so its own annotation cannot say it.
        description: shown in the schema.
        name: in the schema, where the function cannot have it.
        deprecation_reason: shown in the schema.
        directives: schema directives of the field.
    """

    def decorate(function: BatchFunction) -> BatchField:
        made = BatchField(
            graphql_name=name,
            type_annotation=StrawberryAnnotation.from_annotation(
                cast("type", graphql_type),
                namespace=getattr(inspect.getmodule(function), "__dict__", None),
            ),
            description=description,
            deprecation_reason=deprecation_reason,
            directives=directives,
        )
        made.batch_function = function
        made(StrawberryResolver(_per_object(function)))
        return made

    return decorate


def _per_object(function: BatchFunction) -> Callable[..., object]:
    """The resolver graphql-core calls for each object."""
    if inspect.iscoroutinefunction(function):

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
            infos = [info._raw_info]  # noqa: SLF001 - as above
            values = call(function, [root], infos, arguments)
            return _raised(check_number(function, [root], values)[0])

        resolver = compute
    return _with_arguments_of(function, resolver)


def _loader_for(
    function: BatchFunction, arguments: Mapping[str, object], context: RequestState
) -> Loader:
    for loader in context.loaders:
        if loader.function is function and loader.arguments == arguments:
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
    first = 2 if _wants_info(function) else 1
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


def view(record: type) -> Callable[[type[C]], type[C]]:
    """Mark a Strawberry type as the view of one record class.

    Fields of the same name read the record's attribute; the class of the record,
    and nothing else, decides the type in interfaces and unions.
    """

    def decorate(cls: type[C]) -> type[C]:
        def is_type_of(value: object, _info: ResolveInfo) -> bool:
            return isinstance(value, record)

        # Strawberry looks for it on the class.
        cls.is_type_of = staticmethod(is_type_of)  # type: ignore[attr-defined]
        return cls

    return decorate
