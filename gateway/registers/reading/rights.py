"""Whose zaken are: what was found out a moment ago, apart from the records themselves.

That a zaak is not theirs, says nothing of whether there is one.
"""

from typing import NamedTuple

from cachetools import TTLCache

from gateway.deadline import Timer


class RightLifetimes(NamedTuple):
    """How long they are good for, in seconds.

    Attributes:
        own: that a zaak is theirs.
        other: that it is not.
    """

    own: float
    other: float


class _Right(NamedTuple):
    own: bool
    until: float
    turn: int


class Rights:
    """Those of one register; keyed by pseudonym and URL, in memory only."""

    def __init__(
        self, lifetimes: RightLifetimes, *, max_entries: int, timer: Timer
    ) -> None:
        """Begin with nothing.

        Args:
            lifetimes: of what is put in it.
            max_entries: the least recently put goes when there would be more.
            timer: monotonic seconds.
        """
        self._lifetimes = lifetimes
        self._max_entries = max_entries
        self._timer = timer
        longest = max(lifetimes)
        self._rights: TTLCache[tuple[str, str], _Right] = TTLCache(
            max_entries, longest, timer
        )
        # What changed, and in which turn: what was known before is not good any more.
        self._changed: TTLCache[str, int] = TTLCache(max_entries, longest, timer)
        self._turn = 0

    def get(self, klant: str, url: str) -> bool | None:
        """Say whether it is theirs; None where that is not known.

        Args:
            klant: a pseudonym.
            url: of a zaak.
        """
        try:
            right = self._rights[klant, url]
        except KeyError:
            return None
        if self._timer() >= right.until:
            return None
        return None if self._changed.get(url, 0) > right.turn else right.own

    def put(self, klant: str, url: str, *, own: bool) -> None:
        """Keep it for a while."""
        lifetime = self._lifetimes.own if own else self._lifetimes.other
        until = self._timer() + lifetime
        self._rights[klant, url] = _Right(own, until, self._turn)

    def forget(self, url: str) -> None:
        """Forget whose this zaak is."""
        if len(self._changed) >= self._max_entries:
            self.clear()
        self._turn += 1
        self._changed[url] = self._turn

    def clear(self) -> None:
        """Forget everything."""
        self._rights.clear()
        self._changed.clear()
