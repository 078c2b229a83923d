"""What one request carries through the graph."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from gateway.checking.limits import USUAL, OperationLimits
from gateway.deadline import Deadline
from gateway.execution.documents import Execution
from gateway.execution.loader import Loader
from gateway.identity.pseudonyms import Pseudonyms
from gateway.identity.sight.elsewhere import Elsewhere
from gateway.identity.sight.sight import Sight
from gateway.identity.trail.witness import Witness
from gateway.recording.recorder import Recorder
from gateway.referentielijsten.lijsten import Referentielijsten, usual
from gateway.registers.registers import Reads
from gateway.store.keyset import Limits
from gateway.store.store import Store
from gateway.tracing import begun, current


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
        execution: what the process remembers of operations.
        recorder: writes what mutations ask; None where there are none.
        witness: has written down what is shown; None where nobody is asked who they
            are.
        pseudonyms: name in the trails whose data are shown; None where nothing does.
        loaders: batches that are gathering their parents.
        lijsten: what codes are called.
    """

    store: Store
    registers: Reads
    sight: Sight
    elsewhere: Elsewhere
    limits: Limits
    operation_limits: OperationLimits = USUAL
    execution: Execution = field(default_factory=Execution)
    recorder: Recorder | None = None
    witness: Witness | None = None
    pseudonyms: Pseudonyms | None = None
    loaders: list[Loader] = field(default_factory=list)
    lijsten: Referentielijsten = field(default_factory=usual)

    @property
    def deadline(self) -> Deadline:
        """Until when the operation waits."""
        return self.registers.reading.deadline

    @property
    def guard(self) -> Sight:
        """Who decides on each field."""
        return self.sight

    async def write_down(self, operation: str | None) -> None:
        """Have it written down what is shown, before it is.

        Args:
            operation: what the document calls it.

        Raises:
            RegisterUnavailable: it cannot be written, so nothing may be shown.
            DeadlineExceeded: nor in time.
        """
        if self.witness is not None:
            trace = current() or begun()
            await self.witness.write(operation, trace, self.deadline)

    @property
    def stale(self) -> Mapping[str, float]:
        """Age in seconds of what stood in for an answer, by register."""
        return self.registers.reading.stale
