"""What the store and the registers answered once, answered again without asking them.

For each method that reads, what it gave for each key is remembered. Answers are given
at once, and a list that was asked before is the same list again: what is measured is
what is done with records, not how they are had.
"""

from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterable, Sequence
from typing import Protocol, cast

from gateway.registers.objecten import Object

WHOLE = frozenset(
    {"partijen.named_by", "klantcontacten.find", "klantcontacten.find_by_partijen"}
)
"""Methods whose answer is one, whatever they are asked."""

CHOOSING = frozenset({"betrokkenen.klantcontacten_of"})
"""Methods that give those of the keys for which something holds."""


class Read(Protocol):
    """A method that reads."""

    def __call__(
        self, keys: Sequence[object], /, *others: object, **options: object
    ) -> Awaitable[object]:
        """Give an answer for each key."""


Reading = Callable[[str, Read], Read]
"""Gives what is called instead of a method that reads, by its name."""

_Made = tuple[object, list[Exception]]
"""An answer, and the errors in it."""


class Mistaken(AssertionError):
    """An answer was given to another question than it was an answer to."""


class Answers:
    """Of one municipality.

    Attributes:
        known: by method and key.
        checking: whether each list is made anew, and compared; not while measuring.
    """

    def __init__(self) -> None:
        self.known: defaultdict[str, dict[object, object]] = defaultdict(dict)
        self.checking = True
        self._lists: defaultdict[str, dict[object, _Made]] = defaultdict(dict)

    def learn(self, method: str, keys: object, answer: object) -> None:
        """Remember what was answered.

        Args:
            method: `<part of the store or registers>.<name>`.
            keys: what it was asked first.
            answer: what it gave.
        """
        known = self.known[method]
        if method in WHOLE:
            known[""] = answer
            return
        asked = [*map(_key, cast("Iterable[object]", keys))]
        if method in CHOOSING:
            chosen = cast("set[object]", answer)
            known.update((each, each in chosen) for each in asked)
        else:
            known.update(zip(asked, cast("Sequence[object]", answer), strict=True))

    def recording(self, method: str, read: Read) -> Read:
        """Ask, and remember what was answered."""

        async def recorded(
            keys: Sequence[object], /, *others: object, **options: object
        ) -> object:
            answer = await read(keys, *others, **options)
            self.learn(method, keys, answer)
            return answer

        return recorded

    def replaying(self, method: str) -> Read:
        """Answer as it was answered; for what was never asked, raise."""
        lists = self._lists[method]

        async def whole(
            _keys: object, /, *_others: object, **_options: object
        ) -> object:
            return self.known[method][""]

        async def replayed(
            keys: Sequence[object], /, *_others: object, **_options: object
        ) -> object:
            # Enough to tell the questions of an operation apart; `checking` says so.
            asked = (len(keys), _key(keys[0]), _key(keys[-1])) if keys else ()
            if asked not in lists:
                lists[asked] = self._made(method, keys)
            elif self.checking and lists[asked] != self._made(method, keys):
                raise Mistaken(method)
            answer, errors = lists[asked]
            for error in errors:  # of the run before, which it would keep alive
                error.__traceback__ = None
            return answer

        return whole if method in WHOLE else replayed

    def _made(self, method: str, keys: Sequence[object]) -> _Made:
        known = self.known[method]
        if method in CHOOSING:
            return {each for each in keys if known[each]}, []
        answer = [known[_key(each)] for each in keys]
        return answer, [each for each in answer if isinstance(each, Exception)]


def _key(value: object) -> object:
    return value.url if isinstance(value, Object) else value


class Part:
    """A part of the store or of the registers, each of whose methods is another's."""

    def __init__(self, name: str, real: object, reading: Reading) -> None:
        self._name = name
        self._real = real
        self._reading = reading

    def __getattr__(self, method: str) -> Read:
        read = cast("Read", getattr(self._real, method))
        made = self._reading(f"{self._name}.{method}", read)
        setattr(self, method, made)  # the next time it is found at once
        return made
