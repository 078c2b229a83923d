"""Which operations run breadth-first, and which are left to graphql-core."""

from typing import TYPE_CHECKING, Protocol, cast

from graphql import ExecutionResult, OperationType
from graphql.execution.types import ExperimentalIncrementalExecutionResults
from graphql.pyutils import AwaitableOrValue
from graphql.pyutils.is_awaitable import is_async_iterable
from strawberry.schema.schema import StrawberryGraphQLCoreExecutionContext

from gateway.execution.documents import Execution
from gateway.execution.planning.plan import NoRoot
from gateway.execution.running.run import Run

if TYPE_CHECKING:
    from gateway.execution.planning.plan import Plan


class Executing(Protocol):
    """A request's context."""

    execution: Execution


class BreadthFirst(StrawberryGraphQLCoreExecutionContext):
    """Strawberry's `execution_context_class`; sees whatever else wants to take part."""

    def execute_operation(
        self,
        serially: bool | None = None,
    ) -> AwaitableOrValue[ExecutionResult | ExperimentalIncrementalExecutionResults]:
        """Run the operation, or have graphql-core run it."""
        execution = cast("Executing", self.context_value).execution
        why = "switched off" if not execution.breadth_first else self._foreign()
        plan: Plan | None = None
        if not why:
            try:
                plan = execution.plans.plan(self)
            except (NoRoot, RecursionError):
                why = "cannot be planned"
        if plan is not None and not plan.introspects:
            return Run(self, plan).result()
        execution.fallbacks[why or "introspection"] += 1
        return super().execute_operation(serially)

    def _foreign(self) -> str:
        """Name what is asked that is not done here; an empty text for nothing."""
        manager = self.middleware_manager
        reasons = {
            # Operation directives are run by one too.
            "resolve extension": manager is not None and bool(manager.middlewares),
            "subscription": self.operation.operation is OperationType.SUBSCRIPTION,
            "incremental delivery": self.schema.get_directive("defer") is not None,
            "no error propagation": not self.error_propagation,
            # execute_sync gives a predicate of its own.
            "synchronous": self.is_async_iterable is not is_async_iterable,
        }
        return next((why for why, holds in reasons.items() if holds), "")
