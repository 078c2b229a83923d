"""When a register is asked the same once more: only where that is safe and of use.

All that registers are asked is safe to repeat. Of use it is after a connection that
was not made, and after a 429 or 503 that says when to come back. A budget keeps
retries from doubling the load of a register that is going down.
"""

import random
from collections.abc import Callable, Mapping
from datetime import UTC
from email.utils import parsedate_to_datetime

_JITTER = 0.1
"""Seconds over which retries are spread, so that they do not come all at once."""

_PATIENCE = 10.0
"""Seconds; who asks for a longer pause is left to a later question, also where nobody
set a deadline."""


class Retries:
    """One for each register and process."""

    def __init__(
        self,
        *,
        share: float = 0.1,
        burst: int = 10,
        chance: Callable[[], float] = random.random,
    ) -> None:
        """Begin with a full budget.

        Args:
            share: of the requests that may be repeated, in the long run.
            burst: how many may be repeated in a row.
            chance: from 0 to 1, for the jitter.
        """
        self._share = share
        self._burst = float(burst)
        self._left = float(burst)
        self._chance = chance

    def asked(self) -> None:
        """Note a request: it adds its share to the budget."""
        self._left = min(self._burst, self._left + self._share)

    def wait(self, after: float, remaining: float) -> float | None:
        """Say how long to wait before asking again; None for not at all.

        Args:
            after: seconds the register asked for, 0 where it did not.
            remaining: seconds until nobody waits for the answer any more.
        """
        seconds = after + _JITTER * self._chance()
        if seconds >= min(remaining, _PATIENCE) or self._left < 1:
            return None
        self._left -= 1
        return seconds


def retry_after(headers: Mapping[str, str], now: float) -> float | None:
    """Read `Retry-After`: seconds from now; None where it says nothing usable.

    Args:
        headers: of the answer.
        now: seconds since 1970.

    Source: RFC 9110, section 10.2.3.
    """
    text = headers.get("Retry-After", "").strip()
    if text.isascii() and text.isdecimal():
        return float(text)
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, moment.timestamp() - now)
