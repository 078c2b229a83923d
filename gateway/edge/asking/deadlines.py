"""How long a client is willing to wait: the header `Klantbeeld-Deadline`."""

import re
from dataclasses import dataclass

from starlette.requests import Request

from gateway.deadline import Deadline
from gateway.edge.asking.once import once

HEADER = "Klantbeeld-Deadline"

SHORTEST = 100
"""Milliseconds. Nobody can use an answer sooner, and what is broken off all the time is a
burden to the store and to registers."""


class BadDeadline(Exception):
    """The header breaks its rule; the message names both."""


@dataclass(frozen=True, slots=True)
class Deadlines:
    """What holds for all requests.

    Attributes:
        usual: seconds, for a client that says nothing.
        longest: seconds, that a client may ask for.
    """

    usual: float
    longest: float

    def of(self, request: Request) -> Deadline:
        """Say until when this request waits; it begins now.

        Raises:
            BadDeadline: the header is no whole number of milliseconds, or too many.
            Refused: it is there more than once.
        """
        asked = once(request, HEADER)
        if asked is None:
            return Deadline.after(self.usual)
        longest = int(self.longest * 1000)
        if (
            not re.fullmatch("[0-9]{1,9}", asked)
            or not SHORTEST <= int(asked) <= longest
        ):
            rule = (
                f"must be a whole number of milliseconds, from {SHORTEST} to {longest}"
            )
            raise BadDeadline(f"{HEADER}: {rule}")
        return Deadline.after(int(asked) / 1000)
