"""What one request carries through the graph."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from gateway.execution.batch import Loader
from gateway.execution.limits import USUAL, OperationLimits
from gateway.identity.elsewhere import Elsewhere
from gateway.identity.sight import Sight
from gateway.registers.registers import Reads
from gateway.store.keyset import Limits
from gateway.store.store import Store


@dataclass
class RequestContext:
    """One for each request.

    Attributes:
        store: partijen, klantcontacten and what hangs on them.
        registers: zaken, documenten and objecten, elsewhere.
        sight: who asks, and what they may see.
        elsewhere: what they may see of what the registers have.
        limits: what holds for all lists.
        operation_limits: how much one operation may ask.
        loaders: batches that are gathering their parents.
    """

    store: Store
    registers: Reads
    sight: Sight
    elsewhere: Elsewhere
    limits: Limits
    operation_limits: OperationLimits = USUAL
    loaders: list[Loader] = field(default_factory=list)

    @property
    def guard(self) -> Sight:
        """Who decides on each field."""
        return self.sight

    @property
    def stale(self) -> Mapping[str, float]:
        """Age in seconds of what stood in for an answer, by register."""
        return self.registers.reading.stale
