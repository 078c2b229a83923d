"""Runs a plan, in sweeps.

A sweep goes into everything that needs no waiting: leaves are read, attributes followed,
computed fields called. The calls it finds are started together; whichever returns first
is put in place, and swept on, while the others still run.
"""

from collections.abc import Mapping, Sequence
from operator import attrgetter
from types import MappingProxyType

from graphql import ExecutionResult, OperationType
from strawberry.schema.schema import StrawberryGraphQLCoreExecutionContext

from gateway.execution.calling import BatchFunction, BatchInfo, call, check_number
from gateway.execution.planning.fields import Field, Kind
from gateway.execution.planning.plan import Plan
from gateway.execution.running.calls import Calls
from gateway.execution.running.columns import Columns
from gateway.execution.running.frame import Frame, Out, Part
from gateway.execution.running.operation import Operation

NO_ARGUMENTS: Mapping[str, object] = MappingProxyType({})


class Run:
    """Of one operation, once."""

    def __init__(
        self, executor: StrawberryGraphQLCoreExecutionContext, plan: Plan
    ) -> None:
        self._operation = Operation(executor, plan)
        self._calls = Calls(self._operation)
        self._place = Columns(self._operation, self._calls.wait).place

    async def result(self) -> ExecutionResult:
        """Run it, and give what it came to."""
        operation, executor = self._operation, self._operation.executor
        root, value = operation.plan.root, executor.root_value
        if executor.operation.operation is OperationType.MUTATION:
            out = await self._serially(value)
        else:
            frame = operation.open(root, [value])
            await self._until_done()
            out = None if frame.gone else frame.outs[0]
        return ExecutionResult(out, operation.faults.errors() or None)

    async def _serially(self, value: object) -> Out | None:
        """Run the root fields one after the other; none after data is null.

        None is begun after the deadline either: it would be broken off halfway.
        """
        operation, deadline = self._operation, self._operation.deadline
        root = operation.plan.root
        outs = [root.blank()]
        for each in root.fields:
            frame = operation.open(root.only(each), [value])
            frame.outs, frame.doubtful = outs, [0]
            if deadline is not None and deadline.remaining() == 0:
                operation.entered.clear()
                self._give_up(frame, each, deadline.exceeded())
            await self._until_done()
            if frame.gone:
                return None
        return outs[0]

    def _give_up(self, frame: Frame, field: Field, error: Exception) -> None:
        if field.kind is not Kind.TYPENAME:
            self._place(frame, field, [0], [error])

    async def _until_done(self) -> None:
        await self._calls.drain(self._place, self._sweep)

    def _sweep(self) -> None:
        entered = self._operation.entered
        for frame in entered:  # what is entered meanwhile comes behind
            self._go_into(frame)
        entered.clear()

    def _go_into(self, frame: Frame) -> None:
        selection = frame.selection
        if frame.doubtful:
            self._leaves(frame)
        for field in selection.attributes:
            self._attribute(frame, field)
        for field in selection.resolved:
            self._resolve(frame, field)
        for field in selection.batches:
            self._batch(frame, field)

    def _leaves(self, frame: Frame) -> None:
        """Read the leaves of objects that the reader does not vouch for."""
        for field in frame.selection.leaves:
            values = [self._leaf(frame, index, field) for index in frame.doubtful]
            self._place(frame, field, frame.doubtful, values)

    def _leaf(self, frame: Frame, index: int, field: Field) -> object:
        refusals = frame.refusals.get(id(field.rule))
        refused = None if refusals is None else refusals[index]
        if refused is not None:
            return refused
        return _got(frame.objects[index], field.attribute)

    def _attribute(self, frame: Frame, field: Field) -> None:
        rows = self._operation.rows(frame, field)
        get, objects = attrgetter(field.attribute), frame.objects
        try:
            values = [get(objects[row]) for row in rows]
        except Exception:  # noqa: BLE001 - told of the object whose it is
            values = [_got(frame.objects[row], field.attribute) for row in rows]
        self._place(frame, field, rows, values)

    def _resolve(self, frame: Frame, field: Field) -> None:
        """Call an ordinary resolver, which asks the field's rule itself."""
        rows = self._operation.living(frame)
        values = [self._resolved(frame, row, field) for row in rows]
        self._place(frame, field, rows, values)

    def _resolved(self, frame: Frame, index: int, field: Field) -> object:
        operation = self._operation
        try:
            return operation.resolver(field)(
                frame.objects[index],
                operation.info(frame, index, field),
                **operation.arguments(field),
            )
        except Exception as error:  # noqa: BLE001 - an error at its place
            return error

    def _batch(self, frame: Frame, field: Field) -> None:
        operation, coerced = self._operation, NO_ARGUMENTS
        if field.definition.args:
            try:
                coerced = operation.arguments(field)
            except Exception as error:  # noqa: BLE001 - before who may ask, as in core
                rows = operation.living(frame)
                self._place(frame, field, rows, [error] * len(rows))
                return
        rows = operation.rows(frame, field)
        if not rows or field.batch is None:
            return
        part = Part(frame, field, rows)
        try:
            arguments = coerced and operation.converted(part, coerced)
            values = self._called(field.batch.batch_function, arguments, part)
        except Exception as error:  # noqa: BLE001 - an error of each parent
            values = [error] * len(rows)
        if values is not None:
            self._place(frame, field, rows, values)

    def _called(
        self, function: BatchFunction, arguments: Mapping[str, object], part: Part
    ) -> Sequence[object] | None:
        """Call what waits for nothing; anything else is called when all are found.

        Returns:
            A value for each parent; None of what is still to be called.

        Raises:
            Exception: as the function does.
        """
        if part.field.waits:
            self._calls.ask(function, arguments, part)
            return None
        info = BatchInfo(self._operation.context, part.field.selected)
        result = call(function, part.parents, info, arguments)
        return check_number(function, part.parents, result)


def _got(value: object, attribute: str) -> object:
    try:
        return getattr(value, attribute)
    except Exception as error:  # noqa: BLE001 - an error at its place
        return error
