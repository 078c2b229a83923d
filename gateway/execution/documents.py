"""What is remembered of operations from one request to the next."""

from collections import Counter
from dataclasses import dataclass, field

from gateway.execution.planning.plans import Plans


@dataclass
class Execution:
    """One for each process.

    Attributes:
        breadth_first: whether anything runs so.
        plans: those asked last.
        fallbacks: how many operations graphql-core ran, by why.
    """

    breadth_first: bool = True
    plans: Plans = field(default_factory=Plans)
    fallbacks: Counter[str] = field(default_factory=Counter)
