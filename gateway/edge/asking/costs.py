"""Whether an answer says what it cost: the header `Klantbeeld-Cost`."""

from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass

from starlette.requests import Request

from gateway.edge.asking.once import once
from gateway.edge.refusals import Refused
from gateway.metering import Meter, within

HEADER = "Klantbeeld-Cost"


@dataclass(frozen=True, slots=True)
class Costs:
    """What holds for all requests.

    Attributes:
        told: whether anybody is told. Where nobody is, the header means nothing: what
            is written for another environment works there, too.
    """

    told: bool

    def metered(self, request: Request) -> AbstractContextManager[None]:
        """Begin to measure, where that is asked for, until the context ends.

        Raises:
            Refused: the header says something else than yes or no, or is there more
                than once.
        """
        asked = once(request, HEADER) if self.told else None
        if asked not in {None, "true", "false"}:
            raise Refused(400, f"{HEADER}: must be true or false")
        return within(Meter()) if asked == "true" else nullcontext()


UNTOLD = Costs(told=False)
