"""What registers answered before: one entry a record, by its URL, in memory only.

Keyed by record and not by request: a batch depends on its companions, a record on
nothing but itself. An entry is fresh for as long as its kind is good for, then may
still stand in for a while when its register fails, then goes. Errors are never kept.
"""

from collections.abc import Callable
from typing import NamedTuple

from cachetools import Cache, TLRUCache

from gateway.deadline import Timer
from gateway.registers.records import Record

_OVERHEAD = 1_000
"""Bytes besides the JSON; half of it what is read of an object that is a klanttaak."""

_GROWTH = 2
"""How much larger than its JSON a record is in memory, at the most that was seen: data
of any form (an object's) are, records of a contract are not."""


class Known(NamedTuple):
    """What is known of one record.

    Attributes:
        record: None when there is none.
        read_at: when the register said so; monotonic seconds, as the other two.
        fresh_until: until when nobody needs to be asked.
        kept_until: until when it may stand in for a register that fails.
        size: of the answer, in bytes as they came.
        etag: names this version to the register; "" where it gave none.
        below: the URL of what it hangs below, "" when that is nothing.
    """

    record: Record | None
    read_at: float
    fresh_until: float
    kept_until: float
    size: int
    etag: str = ""
    below: str = ""


class Memory:
    """One for each process; holds personal data, so nothing of it is written anywhere.

    Attributes:
        timer: monotonic seconds.
    """

    def __init__(self, *, max_entries: int, max_bytes: int, timer: Timer) -> None:
        """Begin with nothing.

        Args:
            max_entries: the least recently used goes when there would be more.
            max_bytes: the same for their sizes together.
            timer: monotonic seconds.
        """
        self.timer = timer
        self._max_entries = max_entries
        self._max_bytes = max_bytes
        self._known = _Entries(max_bytes, timer, self._left)
        # What hangs below what, of what is known.
        self._below: dict[str, set[str]] = {}

    def get(self, url: str) -> Known | None:
        """Give what is known, fresh or not; its use keeps it longer."""
        try:
            return self._known[url]
        except KeyError:
            return None

    def fresh(self, url: str) -> bool:
        """Whether nobody needs to be asked about this."""
        known = self.get(url)
        return known is not None and self.timer() < known.fresh_until

    def put(self, url: str, known: Known) -> None:
        """Keep it, if it is not larger than all that may be kept."""
        if self.get(url) is not None:
            self._drop(url)
        if _weight(known) > self._max_bytes:
            return
        # Cache's own length: TLRUCache's looks for what has expired each time.
        if Cache.__len__(self._known) >= self._max_entries:
            self._known.expire()
        while Cache.__len__(self._known) >= self._max_entries:
            self._known.popitem()
        self._known[url] = known
        if known.below and url in self._known:
            self._below.setdefault(known.below, set()).add(url)

    def forget(self, url: str) -> list[str]:
        """Drop it and all that hangs below it; their URLs."""
        dropped = [url, *self._below.get(url, ())]
        for each in dropped:
            self._drop(each)
        return dropped

    def _drop(self, url: str) -> None:
        known = self._known.pop(url, None)
        if known is not None:
            self._left(url, known)

    def _left(self, url: str, known: Known) -> None:
        """Note that an entry is no longer there, whatever the reason."""
        siblings = self._below.get(known.below)
        if siblings is not None:
            siblings.discard(url)
            if not siblings:
                del self._below[known.below]

    def flush(self) -> None:
        """Drop everything."""
        self._known.clear()
        self._below.clear()

    def __len__(self) -> int:
        """How many entries there are."""
        return len(self._known)

    @property
    def size(self) -> int:
        """What they take together in memory, in bytes, rather too high."""
        return int(self._known.currsize)


class _Entries(TLRUCache[str, Known]):
    """Tells when one of them leaves by itself."""

    def __init__(
        self, max_bytes: int, timer: Timer, left: Callable[[str, Known], None]
    ) -> None:
        super().__init__(
            max_bytes,
            ttu=lambda _url, known, _now: known.kept_until,
            timer=timer,
            getsizeof=_weight,
        )
        self._left = left

    def expire(self, time: float | None = None) -> list[tuple[str, Known]]:
        """Remove what may not be kept any longer."""
        expired = list(super().expire(time))
        for url, known in expired:
            self._left(url, known)
        return expired

    def popitem(self) -> tuple[str, Known]:
        """Remove the least recently used."""
        url, known = super().popitem()
        self._left(url, known)
        return url, known


def _weight(known: Known) -> int:
    return _GROWTH * known.size + _OVERHEAD
