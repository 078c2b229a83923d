"""Operation after operation, until there are enough or something was found."""

import re
import signal
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import FrameType

from tests.execution.differential.documents import generated
from tests.execution.differential.running import Both, Compared, Operation, chance
from tests.execution.differential.smaller import smaller

DATA_SETS = 6
"""Asked of each document, each with variables of its own."""

DEPTH = 4

LONGEST = 30
"""Seconds after which an operation that leaves no turn to others is given up."""

MOST_SHOWN = 3


class Endless(BaseException):
    """An executor goes on and on."""


@dataclass
class Total:
    """What many operations came to.

    Attributes:
        calls: of batch functions, under either executor.
        fallbacks: to graphql-core, by why.
        differences: operations with any.
        shown: the smallest documents of the first of them.
    """

    operations: int = 0
    errors: int = 0
    propagations: int = 0
    calls: Counter[str] = field(default_factory=Counter)
    fallbacks: Counter[str] = field(default_factory=Counter)
    differences: int = 0
    shown: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        calls = ", ".join(f"{number} by {who}" for who, number in self.calls.items())
        return (
            f"{self.operations} operations, {self.errors} errors,"
            f" {self.propagations} nulls of something below; batch calls: {calls};"
            f" fallbacks: {dict(self.fallbacks) or 0}; {self.differences} differences"
        )

    def add(self, compared: Compared) -> None:
        """Count one operation."""
        self.operations += 1
        self.errors += compared.errors
        self.propagations += compared.propagations
        self.calls.update(core=compared.calls[0], other=compared.calls[1])
        self.differences += bool(compared.differences)

    def join(self, other: "Total") -> None:
        """Add those of somebody else."""
        self.operations += other.operations
        self.errors += other.errors
        self.propagations += other.propagations
        self.calls += other.calls
        self.fallbacks += other.fallbacks
        self.differences += other.differences
        self.shown += other.shown


async def hunt(
    both: Both, seeds: Iterable[int], *, most: int = MOST_SHOWN, shrink: bool = True
) -> Total:
    """Ask a document for each seed, of all its data sets.

    Args:
        both: the executors.
        seeds: of the documents.
        most: differences after which it is enough.
        shrink: look for the smallest document that shows a difference.
    """
    total = Total()
    for operation in _operations(both, seeds):
        with _ending(operation):
            compared = await both.compare(operation)
        total.add(compared)
        if compared.differences:
            with _ending(operation):
                small = await smaller(both, operation) if shrink else operation
                compared = await both.compare(small)
            total.shown.append(shown(small, compared))
        if total.differences >= most:
            break
    return total


def _operations(both: Both, seeds: Iterable[int]) -> Iterator[Operation]:
    for seed in seeds:
        document = generated(both.graphql, chance(seed), DEPTH)
        for number in range(DATA_SETS):
            yield Operation.of(document, seed, number)


def shown(operation: Operation, compared: Compared) -> str:
    """Write down what is needed to see a difference again."""
    text = operation.document.text
    variables = {
        name: value
        for name, value in operation.variables.items()
        if re.search(rf"\${name}\b", text)
    }
    return "\n".join(
        (
            f"--seed {operation.seed} --operations {operation.number + 1}:",
            text,
            f"variables: {variables}",
            *compared.differences,
        )
    )


@contextmanager
def _ending(operation: Operation) -> Iterator[None]:
    """Interrupt what does not end; there must be no other thread."""

    def interrupt(_signal: int, _frame: FrameType | None) -> None:
        raise Endless(f"--seed {operation.seed}: {operation.document.text}")

    before = signal.signal(signal.SIGALRM, interrupt)
    signal.alarm(LONGEST)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)
