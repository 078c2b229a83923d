"""What all parts of a running operation share."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, Protocol, cast

from graphql import GraphQLResolveInfo
from graphql.execution.values import get_argument_values
from graphql.pyutils import Path
from strawberry.schema.schema import StrawberryGraphQLCoreExecutionContext
from strawberry.types.arguments import convert_arguments

from gateway.execution.calling import WrongNumberOfValues
from gateway.execution.guarding import Guard
from gateway.execution.planning.fields import Field, Selection
from gateway.execution.planning.plan import Plan
from gateway.execution.running.faults import Faults
from gateway.execution.running.frame import Frame, Out, Part, Refusals

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

    @cached_property
    def guard(self) -> Guard[object]:
        """Of the request; an error where it has none, so that no rule is passed over."""
        return cast("State", self.context).guard

    @property
    def deadline(self) -> Deadline | None:
        """Of the request, if it has one."""
        return getattr(self.context, "deadline", None)

    def open(self, selection: Selection, objects: Sequence[object]) -> Frame:
        """Read the leaves of objects, and ask which fields of them may be read.

        The frame still has to be placed; its other fields are gone into once everything
        found so far is in place.
        """
        doubtful: list[int] = []
        outs = selection.read(objects, doubtful)
        frame = Frame(selection, objects, outs)
        for rule in selection.rules:
            refusals = self._asked(rule, objects)
            if refusals is not None:
                frame.refusals[id(rule)] = refusals
        if frame.refusals:
            doubtful += _closed(frame, outs)
        if doubtful:
            frame.doubtful = sorted(set(doubtful))
        self.entered.append(frame)
        return frame

    def _asked(self, rule: object, objects: Sequence[object]) -> Refusals | None:
        try:
            found = self.guard.refusals(rule, objects)
            number = len(objects) if found is None else len(found)
        except Exception as error:  # noqa: BLE001 - who cannot say, lets nothing pass
            return [error] * len(objects)
        if number == len(objects):
            return found
        wanted = f"the guard must say something of each of {len(objects)} objects"
        return [WrongNumberOfValues(f"{wanted}, got {number}")] * len(objects)

    def rows(self, frame: Frame, field: Field) -> Sequence[int]:
        """Give the indices of the objects that live, and whose field may be read.

        Those of which it may not, fail.
        """
        rows = self.living(frame)
        refusals = frame.refusals.get(id(field.rule))
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

    def living(self, frame: Frame) -> Sequence[int]:
        """Give the indices of the objects that live."""
        if not self.faults.harmed:
            return frame.everyone
        return [index for index in frame.everyone if frame.lives(index)]

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
        self, part: Part, arguments: Mapping[str, object]
    ) -> Mapping[str, object]:
        """Convert the arguments of a batch field into what its function takes.

        Raises:
            Exception: as the conversion does.
        """
        batch = part.field.batch
        if batch is None:
            return {}
        # Strawberry notes itself there, and has no public way back from graphql-core's.
        schema = cast("Any", self.executor.schema)._strawberry_schema  # noqa: SLF001
        info = self.info(part.frame, part.rows[0], part.field)
        return convert_arguments(
            dict(arguments),
            batch.arguments,
            scalar_registry=schema.schema_converter.scalar_registry,
            config=schema.config,
            info=schema.config.info_class(_raw_info=info, _field=batch),
        )

    def resolver(self, field: Field) -> Resolve:
        """Give what resolves a field for one object: behind its rule, if it has one."""
        return field.definition.resolve or self.executor.field_resolver


def _closed(frame: Frame, outs: list[Out]) -> Iterator[int]:
    """Take back what was read of objects that refuse a leaf; give their indices."""
    leaf_rules = {id(leaf.rule) for leaf in frame.selection.leaves}
    for rule, refusals in frame.refusals.items():
        for index, refused in enumerate(refusals if rule in leaf_rules else ()):
            if refused is not None:
                outs[index] = frame.selection.blank()
                yield index
