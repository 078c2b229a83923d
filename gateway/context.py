"""What one request carries through the graph."""

from dataclasses import dataclass, field

from gateway.execution.batch import Loader
from gateway.registers.registers import Registers
from gateway.store.store import Store


@dataclass
class RequestContext:
    """One for each request; what it refers to lives as long as the process.

    Attributes:
        store: partijen, klantcontacten and what hangs on them.
        registers: zaken, documenten and objecten, elsewhere.
        max_page_size: rows on one page of a connection.
        loaders: batches that are gathering their parents.
    """

    store: Store
    registers: Registers
    max_page_size: int
    loaders: list[Loader] = field(default_factory=list)
