"""What one request carries through the world, and what it is refused."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from zlib import crc32

from gateway.execution.documents import Execution
from gateway.execution.loader import Loader
from tests.execution.differential.world.records import identity


class Refused(Exception):
    """What a rule says of a value that may not be read."""

    extensions = {"code": "REFUSED"}  # noqa: RUF012 - as graphql-core reads it


class NeverPassed(Exception):
    """A rule was asked about a parent it does not know."""


@dataclass(frozen=True)
class Rule:
    """Of one field.

    Attributes:
        name: the type's and the field's.
        kind: "free", "request", "parent" or "known": whether it lets everything
            through, decides by the request, by the parent, or fails for some parents.
    """

    name: str
    kind: str


@dataclass(frozen=True)
class Guard:
    """Decides the same for the same parent, within one request.

    Attributes:
        seed: makes one request another than the next.
        chance: of a refusal, by the rules that refuse.
    """

    seed: int
    chance: float

    def refusal(self, rule: Rule, parent: object) -> Exception | None:
        if rule.kind == "free" or not self.chance:
            return None
        if rule.kind == "request":
            refused = self._happens(rule.name)
            return Refused(f"{rule.name} is not for you") if refused else None
        if not self._happens(rule.name, identity(parent)):
            return None
        if rule.kind == "known":
            raise NeverPassed(f"{rule.name} of {identity(parent)}")
        return Refused(f"{rule.name} of {identity(parent)} is not for you")

    def refusals(
        self, rule: Rule, parents: Sequence[object]
    ) -> Sequence[Exception | None] | None:
        if rule.kind == "free" or not self.chance:
            return None
        return [self._said(rule, parent) for parent in parents]

    def _said(self, rule: Rule, parent: object) -> Exception | None:
        try:
            return self.refusal(rule, parent)
        except NeverPassed as error:
            return error

    def _happens(self, *what: str) -> bool:
        number = crc32(f"{self.seed} {' '.join(what)}".encode())
        return number % 1000 < 1000 * self.chance


@dataclass
class Context:
    """What one request carries, and what it remembers for whoever compares.

    Attributes:
        roots: what the root fields give.
        guard: decides on each field.
        execution: what the process remembers of documents and plans.
        log: what mutations did, in order.
        calls: of batch functions.
        selected: what each batch function was told is selected below it.
    """

    roots: dict[str, object]
    guard: Guard
    execution: Execution
    loaders: list[Loader] = field(default_factory=list)
    log: list[tuple[str, object]] = field(default_factory=list)
    calls: int = 0
    selected: defaultdict[str, set[str]] = field(
        default_factory=lambda: defaultdict(set)
    )
