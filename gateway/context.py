"""What one request carries through the graph."""

from dataclasses import dataclass, field

from gateway.execution.batch import Loader
from gateway.registers.registers import Registers
from gateway.store.keyset import Limits
from gateway.store.store import Store


@dataclass
class RequestContext:
    """One for each request; what it refers to lives as long as the process.

    Attributes:
        store: partijen, klantcontacten and what hangs on them.
        registers: zaken, documenten and objecten, elsewhere.
        limits: what holds for all lists.
        loaders: batches that are gathering their parents.
    """

    store: Store
    registers: Registers
    limits: Limits
    loaders: list[Loader] = field(default_factory=list)
