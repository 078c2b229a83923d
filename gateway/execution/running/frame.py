"""Objects of one type, the dicts made of them, and where these stand in the response.

An object lives as long as the response holds its dict: looked up from the dict's place
upwards, by identity. That costs nothing until a null has propagated.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from gateway.execution.planning.fields import Field, Selection

Steps: TypeAlias = tuple[Field | int, ...]
"""A path in the response: fields, and indices of lists."""


class Path(NamedTuple):
    """A path, as it is told, and as it is ordered.

    Attributes:
        keys: response keys, and indices of lists.
        order: the same, with the places of fields in their selections.
    """

    keys: tuple[str | int, ...] = ()
    order: tuple[int, ...] = ()

    def to(self, field: Field, indices: tuple[int, ...]) -> "Path":
        """Go on to a field, and into its lists."""
        return Path(
            (*self.keys, field.key, *indices), (*self.order, field.index, *indices)
        )


Out: TypeAlias = dict[str, object]

Refusals = Sequence[Exception | None]
"""Why each object may not be read; None where it may."""

Place: TypeAlias = tuple[int, tuple[int, ...]]
"""Where an object stands: the index of its parent, and its own in lists between."""

Where = Callable[[], Sequence[Sequence[Place]]]
"""Gives all places of each object; asked for once there is an error."""


class Frame:
    """One selection of one field, for all the objects that it is asked of.

    Attributes:
        selection: what is asked of them.
        objects: each once for this field, however often it stands there.
        outs: a dict for each.
        gone: of the root, whether data is null.
        doubtful: indices of those whose leaves must be read exactly, in order.
        refusals: by the identity of a rule that refuses one, what it says of each.
        everyone: the indices of all objects.
        parent: the frame of the objects around these; None for the root.
        field: of those, which these came of; None for the root.
    """

    __slots__ = (
        "_paths",
        "_places",
        "_where",
        "doubtful",
        "everyone",
        "field",
        "gone",
        "objects",
        "outs",
        "parent",
        "refusals",
        "selection",
    )

    def __init__(
        self,
        selection: Selection,
        objects: Sequence[object],
        outs: Sequence[Out],
        doubtful: Sequence[int] = (),
    ) -> None:
        """Begin as a root; see `under`."""
        self.selection = selection
        self.objects = objects
        self.outs = outs
        self.gone = False
        self.doubtful = doubtful
        self.refusals: dict[int, Refusals] = {}
        self.everyone = range(len(objects))
        self.parent: Frame | None = None
        self.field: Field | None = None
        self._where: Where = tuple
        self._paths: dict[int, list[Path]] = {}
        self._places: Sequence[Sequence[Place]] | None = None

    def under(self, parent: "Frame", field: Field, where: Where) -> "Frame":
        """Say where it stands."""
        self.parent, self.field, self._where = parent, field, where
        return self

    def places(self, index: int) -> Sequence[Place]:
        """Give each place of an object; none of the root."""
        if self._places is None:
            self._places = self._where()
        return self._places[index] if self._places else ()

    def lives(self, index: int) -> bool:
        """Whether the response still holds an object's dict, somewhere."""
        if self.parent is None:
            return not self.gone
        return any(
            self._is_there(index, above, indices) and self.parent.lives(above)
            for above, indices in self.places(index)
        )

    def paths(self, index: int, *, living: bool) -> list[Path]:
        """Give the paths of an object.

        Args:
            index: the object's.
            living: only those where the response still holds it.
        """
        if living:
            return self._found_paths(index, living=True)
        if index not in self._paths:
            self._paths[index] = self._found_paths(index, living=False)
        return self._paths[index]

    def _found_paths(self, index: int, *, living: bool) -> list[Path]:
        if self.parent is None or self.field is None:
            return [] if self.gone else [Path()]
        return [
            path.to(self.field, indices)
            for above, indices in self.places(index)
            if not living or self._is_there(index, above, indices)
            for path in self.parent.paths(above, living=living)
        ]

    def first_steps(self, index: int) -> Steps:
        """Give the way to the first place of an object."""
        places = self.places(index)
        if self.parent is None or self.field is None or not places:
            return ()
        above, indices = places[0]
        return (*self.parent.first_steps(above), self.field, *indices)

    def _is_there(self, index: int, above: int, indices: tuple[int, ...]) -> bool:
        if self.parent is None or self.field is None:
            return False
        value = self.parent.outs[above][self.field.key]
        for each in indices:
            if not isinstance(value, list):
                return False
            value = value[each]
        return value is self.outs[index]


Answer: TypeAlias = tuple[Frame, Field, Sequence[int], Sequence[object]]
"""What one field of some objects came to; an exception is an error there."""


@dataclass(slots=True)
class Part:
    """Objects of one frame, and the field they are asked for."""

    frame: Frame
    field: Field
    rows: Sequence[int]

    @property
    def parents(self) -> list[object]:
        """The objects."""
        objects = self.frame.objects
        if len(self.rows) == len(objects):
            return list(objects)
        return [objects[row] for row in self.rows]

    def failed(self, error: Exception) -> Answer:
        """Give the error as the answer of each."""
        return self.frame, self.field, self.rows, [error] * len(self.rows)


def put(out: Out, key: str, indices: tuple[int, ...], value: object) -> None:
    """Put a value in a dict or in lists below it, unless one of these is null."""
    if not indices:
        out[key] = value
        return
    around = out[key]
    for each in indices[:-1]:
        around = around[each] if isinstance(around, list) else None
    if isinstance(around, list):
        around[indices[-1]] = value
