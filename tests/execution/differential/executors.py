"""Which executors are compared."""

from strawberry.schema.schema import StrawberryGraphQLCoreExecutionContext

from gateway.execution.documents import Execution
from gateway.execution.hook import BreadthFirst
from tests.execution.differential.running import Both
from tests.execution.differential.world.schema import made

Core = StrawberryGraphQLCoreExecutionContext


def breadth_first() -> Both:
    """Compare the executor of this project with Strawberry's own."""
    return Both(made(), Core, BreadthFirst, Execution())


def core_itself() -> Both:
    """Compare Strawberry's own with itself: what differs then, tells nothing."""
    return Both(made(), Core, Core, Execution(), sorts=False)


def breadth_first_itself() -> Both:
    """Have this project's alone at work."""
    return Both(made(), BreadthFirst, BreadthFirst, Execution())
