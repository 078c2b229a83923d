"""Whether two executors gave the same answer.

Data must be equal to the letter, in their types and in the order of their keys. An error
whose own place is null in the data must be there in both, in all it says. Where an error
made a null of something above its place, graphql-core tells whichever failed first there,
and so may others: of those, only where they land is compared, and what those say that
stand at the same place.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TypeAlias

from graphql import GraphQLError

Path: TypeAlias = tuple[str | int, ...]

HALF_WAY = "half-way"
"""What a list says that fails after it has given some items."""

_PARENTS = re.compile(r"(a list of|got) \d+")


@dataclass
class Outcome:
    """What one run gave.

    Attributes:
        log: what mutations did, in order.
        selected: what each batch function was told is selected below it.
    """

    data: object
    errors: Sequence[GraphQLError] = ()
    log: Sequence[object] = ()
    selected: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, order=True)
class Told:
    """An error, as it is compared."""

    path: str
    message: str
    locations: str
    extensions: str
    kind: str


@dataclass
class _Errors:
    """The errors of one run, by what can be asked of them."""

    own: list[Told] = field(default_factory=list)
    elsewhere: set[Path] = field(default_factory=set)
    by_path: dict[Path, set[Told]] = field(default_factory=dict)
    places: list[tuple[int, ...]] = field(default_factory=list)

    def certain(self, other: "_Errors") -> list[Told]:
        """Those at their own place that the other must have too.

        Where a list comes item by item, graphql-core stops at the first item that makes
        it null; who reads on, may find that the list itself fails.
        """
        landed = {str(list(path)) for path in self.elsewhere | other.elsewhere}
        return sorted(
            told
            for told in self.own
            if told.path not in landed or HALF_WAY not in told.message
        )

    @property
    def nulls(self) -> list[str]:
        """The places that are null because of an error, there or below."""
        below = {str(list(path)) for path in self.elsewhere}
        return sorted(below | {told.path for told in self.own})


def differences(core: Outcome, other: Outcome) -> list[str]:
    """Say in which ways another outcome is not graphql-core's."""
    one, two = _errors(core), _errors(other)
    pairs: dict[str, tuple[object, object]] = {
        "data": (text(core.data), text(other.data)),
        "errors at their own place": (one.certain(two), two.certain(one)),
        "where errors land": (one.nulls, two.nulls),
        "what mutations did": (core.log, other.log),
        "errors at the same place": _at_same_place(one, two),
    }
    if not core.errors and not other.errors:
        pairs["selected below"] = (core.selected, other.selected)
    return [
        f"{what}:\n  core:  {_only(expected, found)}\n  other: {_only(found, expected)}"
        for what, (expected, found) in pairs.items()
        if expected != found
    ]


def _only(some: object, others: object) -> object:
    """Leave out of a list what the other has too."""
    if isinstance(some, list) and isinstance(others, list):
        return [each for each in some if each not in others] or some
    return some


def out_of_order(outcome: Outcome) -> list[str]:
    """Say where errors do not stand in the order of their places in the response."""
    places = _errors(outcome).places
    return [
        f"order of errors: {after} after {before}"
        for before, after in pairwise(places)
        if after < before
    ]


def propagations(outcome: Outcome) -> int:
    """Count the places that are null because of something below them."""
    return len(_errors(outcome).elsewhere)


def text(value: object) -> str:
    """Write a value with its types, and dicts in their order."""
    if type(value) is dict:
        inside = ", ".join(f"{key!r}: {text(each)}" for key, each in value.items())
        return f"{{{inside}}}"
    if type(value) is list:
        return f"[{', '.join(map(text, value))}]"
    return f"{type(value).__name__} {value!r}" if value is not None else "null"


def landing(data: object, path: Path) -> Path:
    """Give the longest part of a path that is there in the data."""
    for length, key in enumerate(path):
        if data is None:
            return path[:length]
        assert isinstance(data, dict | list)
        data = data[key]  # type: ignore[index]
    return path


def _errors(outcome: Outcome) -> _Errors:
    errors = _Errors()
    for error in outcome.errors:
        path = tuple(error.path or ())
        told = Told(
            path=str(error.path),
            message=_message(error.message),
            locations=str([(each.line, each.column) for each in error.locations or ()]),
            extensions=repr(error.extensions),
            kind=type(error.original_error).__name__,
        )
        errors.by_path.setdefault(path, set()).add(told)
        landed = landing(outcome.data, path)
        errors.places.append(_place(outcome.data, landed))
        if landed == path:
            errors.own.append(told)
        else:
            errors.elsewhere.add(landed)
    return errors


def _message(message: str) -> str:
    """Leave out how many parents a batch function had: they are gathered otherwise."""
    return _PARENTS.sub(r"\1 some", message) if "batch field" in message else message


def _at_same_place(one: _Errors, two: _Errors) -> tuple[list[Told], list[Told]]:
    both = one.by_path.keys() & two.by_path.keys()
    first, second = (
        sorted(told for path in both for told in errors.by_path[path])
        for errors in (one, two)
    )
    return first, second


def _place(data: object, path: Path) -> tuple[int, ...]:
    """Write a path in numbers: a key is as far as it stands in its object."""
    place = []
    for key in path:
        if isinstance(data, dict):
            place.append(list(data).index(key))
            data = data[key]
        elif isinstance(data, list) and isinstance(key, int):
            place.append(key)
            data = data[key]
    return tuple(place)
