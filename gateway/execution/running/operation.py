"""What all parts of a running operation share."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol, cast

from graphql import GraphQLResolveInfo
from graphql.execution.values import get_argument_values
from graphql.pyutils import Path
from strawberry.schema.schema import StrawberryGraphQLCoreExecutionContext
from strawberry.types.arguments import convert_arguments

from gateway.execution.guarding import Guard
from gateway.execution.planning.fields import Field, Selection
from gateway.execution.planning.plan import Plan
from gateway.execution.running.faults import Faults
from gateway.execution.running.frame import Frame, Refusals

Resolve = Callable[..., object]


class Deadline(Protocol):
    """Until when an operation waits."""

    def remaining(self) -> float:
        """Seconds left; 0 once it has passed."""

    def exceeded(self) -> Exception:
        """What a field is told that is still open then."""


class State(Protocol):
    """A request's context, as far as it is known here."""

    @property
    def guard(self) -> Guard[object]:
        """Says of each field whether it may be read; needed where there are rules."""


class Operation:
    """One that runs.

    Attributes:
        executor: graphql-core's, which would run it otherwise.
        plan: what is asked.
        faults: its errors and nulls.
        entered: frames whose fields are still to be gone into.
    """

    def __init__(
        self, executor: StrawberryGraphQLCoreExecutionContext, plan: Plan
    ) -> None:
        self.executor = executor
        self.plan = plan
        self.faults = Faults()
        self.entered: list[Frame] = []

    @property
    def context(self) -> object:
        """The request's."""
        return self.executor.context_value

    @property
    def deadline(self) -> Deadline | None:
        """Of the request, if it has one."""
        return getattr(self.context, "deadline", None)

    def open(self, selection: Selection, objects: Sequence[object]) -> Frame:
        """Read the leaves of objects; the frame still has to be placed."""
        doubtful: list[int] = []
        outs = selection.read(objects, doubtful)
        frame = Frame(selection, objects, outs)
        for rule in selection.leaf_rules:
            refusals = self._refusals(rule, frame)
            for index, refused in enumerate(refusals or ()):
                if refused is not None:  # nothing of it is given but the exact way
                    outs[index] = selection.blank()
                    doubtful.append(index)
        if doubtful:
            frame.doubtful = sorted(set(doubtful))
        return frame

    def enter(self, frame: Frame) -> None:
        """Have its fields gone into, once everything found so far is in place."""
        self.entered.append(frame)

    def rows(self, frame: Frame, field: Field) -> Sequence[int]:
        """Give the indices of the objects that live, and whose field may be read.

        Those of which it may not, fail.
        """
        rows = self.living(frame)
        if field.rule is None:
            return rows
        refusals = self._refusals(field.rule, frame)
        if refusals is None:
            return rows
        allowed = []
        for index in rows:
            refused = refusals[index]
            if refused is None:
                allowed.append(index)
            else:
                self.faults.fail(frame, index, field, refused)
        return allowed

    def refusal(self, frame: Frame, index: int, field: Field) -> Exception | None:
        """Say why a field of one object may not be read; None when it may."""
        if field.rule is None:
            return None
        refusals = self._refusals(field.rule, frame)
        return None if refusals is None else refusals[index]

    def _refusals(self, rule: object, frame: Frame) -> Refusals | None:
        """Ask once for all fields with the same rule."""
        if id(rule) not in frame.refusals:
            frame.refusals[id(rule)] = self._asked(rule, frame.objects)
        return frame.refusals[id(rule)]

    def _asked(self, rule: object, objects: Sequence[object]) -> Refusals | None:
        guard = cast("State", self.context).guard
        try:
            return guard.refusals(rule, objects)
        except Exception as error:  # noqa: BLE001 - who cannot say, lets nothing pass
            return [error] * len(objects)

    def living(self, frame: Frame) -> Sequence[int]:
        """Give the indices of the objects that live."""
        everyone = range(len(frame.objects))
        if not self.faults.harmed:
            return everyone
        return [index for index in everyone if frame.lives(index)]

    def info(
        self, frame: Frame, index: int, field: Field
    ) -> GraphQLResolveInfo[object]:
        """Make what an ordinary resolver may know."""
        path: Path | None = None
        for step in frame.first_steps(index):
            if isinstance(step, Field):
                path = Path(path, step.key, step.parent_type.name)
            else:
                path = Path(path, step, None)
        path = Path(path, field.key, field.parent_type.name)
        return self.executor.build_resolve_info(
            field.definition, field.nodes, field.parent_type, path
        )

    def arguments(self, field: Field) -> dict[str, object]:
        """Coerce the arguments of a field; anew each time, for who gets them.

        Raises:
            GraphQLError: one does not fit its type.
        """
        if not field.definition.args:
            return {}
        first = field.details[0]
        return get_argument_values(
            field.definition,
            first.node,
            self.executor.variable_values,
            first.fragment_variable_values,
            self.executor.hide_suggestions,
        )

    def converted(
        self,
        frame: Frame,
        index: int,
        field: Field,
        arguments: Mapping[str, object],
    ) -> Mapping[str, object]:
        """Convert the arguments of a batch field into what its function takes.

        Raises:
            Exception: as the conversion does.
        """
        if field.batch is None or not arguments:
            return {}
        schema = cast("Any", self.executor.schema)._strawberry_schema  # noqa: SLF001
        info = self.info(frame, index, field)
        return convert_arguments(
            dict(arguments),
            field.batch.arguments,
            scalar_registry=schema.schema_converter.scalar_registry,
            config=schema.config,
            info=schema.config.info_class(_raw_info=info, _field=field.batch),
        )

    def resolver(self, field: Field) -> Resolve:
        """Give what resolves a field for one object: behind its rule, if it has one."""
        return field.definition.resolve or self.executor.field_resolver
