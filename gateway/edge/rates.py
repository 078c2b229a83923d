"""How much one caller may ask: at once, in a minute, and about how many persons.

Counted in this process only. Callers are opaque keys (pseudonyms), and so are persons;
of neither is anything else remembered, and nothing outlives the process.

What holds when somebody has many keys: memory is bounded, whatever they do. What is
forgotten first is what was used longest ago. A bucket that is forgotten in time was
full again, so that nothing is lost. To have the persons of one key forgotten, as many
persons as are remembered in all must be looked up under other keys while that key
rests, each of them counted under its own; and forgetting does harm to nobody but the
count. Who is anonymous must have one key with all others who are: a key that costs
nothing is no key.
"""

import math
from collections.abc import Iterator
from contextlib import contextmanager

from cachetools import LRUCache, TTLCache

from gateway.deadline import Timer
from gateway.errors import LimitExceeded
from gateway.settings.limits import LimitSettings

HOUR = 3600.0
"""Seconds."""

CALLERS = 50_000
"""Buckets remembered, some 25 MB: of those who asked within the time one takes to fill."""

PERSONS = 100_000
"""Remembered in all, some 20 MB, counting one more for each caller."""


class TooMany(Exception):
    """This caller asks too much; the message names the limit and the value found.

    Attributes:
        retry_after: whole seconds, after which it may be asked again.
    """

    def __init__(self, message: str, retry_after: float) -> None:
        super().__init__(message)
        self.retry_after = max(1, math.ceil(retry_after))


class Rates:
    """One for each process."""

    def __init__(self, settings: LimitSettings, timer: Timer) -> None:
        """Begin with nobody known.

        Args:
            settings: the figures.
            timer: monotonic seconds.
        """
        self._settings = settings
        self._timer = timer
        # Under way, by key; as many as there are requests in this process at most.
        self._in_flight: dict[str, int] = {}
        self._per_second = settings.requests_per_minute / 60
        # What is left in a bucket, and when that was.
        self._buckets: TTLCache[str, tuple[float, float]] = TTLCache(
            CALLERS, ttl=settings.requests_at_once / self._per_second, timer=timer
        )
        # When a person was last looked up, the longest ago first.
        self._persons: LRUCache[str, dict[str, float]] = LRUCache(
            max(PERSONS, 2 * settings.distinct_persons_per_hour),
            getsizeof=lambda persons: 1 + len(persons),
        )

    @contextmanager
    def entering(self, key: str) -> Iterator[None]:
        """Count an operation as under way, as long as it is.

        Raises:
            TooMany: before anything is counted.
        """
        under_way = self._in_flight.get(key, 0)
        most = self._settings.in_flight_per_caller
        if under_way >= most:
            raise TooMany(
                f"operations in flight: at most {most}, found {under_way + 1}", 1
            )
        self._take(key)
        self._in_flight[key] = under_way + 1
        try:
            yield
        finally:
            self._leave(key)

    def _leave(self, key: str) -> None:
        left = self._in_flight.pop(key) - 1
        if left:
            self._in_flight[key] = left

    def _take(self, key: str) -> None:
        """Take one from a bucket that fills again (a token bucket)."""
        now = self._timer()
        most = self._settings.requests_at_once
        left, since = self._buckets.get(key, (most, now))
        left = min(most, left + (now - since) * self._per_second)
        if left < 1:
            per_minute = self._settings.requests_per_minute
            raise TooMany(
                f"requests: at most {per_minute} a minute and {most} at once,"
                f" found {most + 1} at once",
                (1 - left) / self._per_second,
            )
        self._buckets[key] = left - 1, now

    def look_up(self, key: str, person: str) -> None:
        """Note that a caller asks for a person; again within an hour is no other.

        Args:
            key: the caller's.
            person: the pseudonym of whom is asked for.

        Raises:
            LimitExceeded: within an hour, too many persons were; this one is not
                counted.
        """
        now = self._timer()
        persons = self._persons.get(key, {})
        persons = {
            each: at
            for each, at in persons.items()
            if each != person and now - at < HOUR
        }
        most = self._settings.distinct_persons_per_hour
        if len(persons) >= most:
            raise LimitExceeded(
                "query",
                f"distinct persons in an hour: at most {most}, found {most + 1}",
            )
        persons[person] = now
        self._persons[key] = persons
