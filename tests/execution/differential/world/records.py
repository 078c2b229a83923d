"""What the world is made of: frozen records, and values that behave badly when read."""

from collections.abc import AsyncIterator, Callable, Generator, Iterator, Sequence
from dataclasses import dataclass

import msgspec


@dataclass(frozen=True)
class Raised:
    """Instead of a value: reading it raises."""

    make: Callable[[], Exception]


@dataclass(frozen=True, eq=False)
class Later:
    """A value that must be awaited; as often as anyone likes."""

    value: object

    def __await__(self) -> Generator[None, None, object]:
        yield
        return told(self.value)


@dataclass(frozen=True, eq=False)
class Streamed:
    """A list that comes item by item; as often as anyone likes."""

    items: Sequence[object]

    async def __aiter__(self) -> AsyncIterator[object]:
        for item in self.items:
            yield told(item)


def told(value: object) -> object:
    """Give a value, or raise what stands in its place."""
    if isinstance(value, Raised):
        raise value.make()
    return value


def returned(value: object) -> object:
    """Give a value, or the exception that stands in its place."""
    return value.make() if isinstance(value, Raised) else value


class Values(dict[str, object]):
    """By name; each is made when it is first asked, and then stays."""

    def __init__(self, make: Callable[[str], object]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, name: str) -> object:
        value = self[name] = self._make(name)
        return value

    def __repr__(self) -> str:
        return "Values"


class Record(msgspec.Struct, frozen=True):
    """Cannot be hashed, and compares without end: only its identity can be used."""

    id: str
    values: Values

    def __getattr__(self, name: str) -> object:
        if name.startswith("_") or name == "is_type_of":
            raise AttributeError(name)
        return told(self.values[name])


class AlphaRecord(Record, frozen=True):
    """Has one type."""


class BetaRecord(Record, frozen=True):
    """Has one type."""


class StrayRecord(Record, frozen=True):
    """Has no type: it stands where another should."""


class PetRecord(msgspec.Struct, frozen=True):
    """Has two types; which of them, a value says. Nothing checks what it holds."""

    id: str
    kind: object
    name: object
    age: object
    friend: object


class Holder:
    """Keeps values for resolvers beside the fields that are read off it."""

    id: str
    values: Values


def awaited(value: object) -> object:
    """Give what a function that is awaited can give: nothing to be awaited again."""
    return told(value.value) if isinstance(value, Later) else value


def each_later(items: Sequence[object]) -> Iterator[object]:
    """Give each to be awaited, but the first."""
    for index, item in enumerate(items):
        yield item if index == 0 or isinstance(item, Later) else Later(item)


def read(parent: object, name: str) -> object:
    """Read a value of whatever a resolver was given; raises what stands there."""
    return told(parent.values[name]) if isinstance(parent, Record | Holder) else None


def each(parents: Sequence[object], name: str) -> list[object]:
    """One value or exception for each parent of a batch field."""
    return [_each(parent, name) for parent in parents]


def _each(parent: object, name: str) -> object:
    if not isinstance(parent, Record | Holder):
        return None
    value = parent.values[name]
    return returned(value.value if isinstance(value, Later) else value)


def identity(parent: object) -> str:
    """Name a parent; the same for the same one, whatever it is."""
    if isinstance(parent, Record | PetRecord | Holder):
        return parent.id
    return type(parent).__name__
