"""Puts the values of one field in place, for all objects it was asked of at once.

A column is what came of one field: a value for each row. Where all its values are of
classes whose type is known, and no null is in the way, the objects in it become new
frames, one for each type; anything unusual goes to `exact`, value by value.

A record that stands in many rows is made into one dict for all of them, so the response
is no tree: whoever changes it in one place would change it in others.
"""

from collections import defaultdict
from collections.abc import Callable, Container, Sequence
from functools import cache
from itertools import chain
from types import NoneType
from typing import cast

from graphql import GraphQLObjectType

from gateway.execution.planning.fields import Field
from gateway.execution.running.exact import Exact, Found
from gateway.execution.running.frame import Frame, Place, Where, put
from gateway.execution.running.operation import Operation
from gateway.execution.running.settling import is_unsettled, unfolded

MOST_DISTINCT = 0.75
"""Where a larger part of the rows have a record of their own, none is looked for."""

FEWEST_SHARED = 4
"""Rows; with fewer, looking costs more than it saves."""


Wait = Callable[[Frame, Field, int, object], None]


class Columns:
    """Of one operation."""

    def __init__(self, operation: Operation, wait: Wait) -> None:
        """Begin.

        Args:
            operation: whose they are.
            wait: told of values that must be waited for.
        """
        self._operation = operation
        self._wait = wait
        self._faults = operation.faults

    def place(
        self,
        frame: Frame,
        field: Field,
        rows: Sequence[int],
        values: Sequence[object],
        *,
        final: bool = False,
    ) -> None:
        """Put the values of a field in place; what they hold is entered.

        Args:
            frame: of the objects whose field it is.
            field: asked of them.
            rows: their indices.
            values: one for each of those; an exception is an error there.
            final: whether they were waited for, and are not again.
        """
        if self._faults.harmed:
            pairs = [
                (row, value)
                for row, value in zip(rows, values, strict=True)
                if frame.lives(row)
            ]
            rows, values = [row for row, _ in pairs], [value for _, value in pairs]
        rows, values = self._usual_placed(frame, field, rows, values)
        if not values:
            return
        if field.depth:
            values = [unfolded(value, field.depth) for value in values]
        if final:
            self._exactly(frame, field, rows, values)
            return
        settled = []
        for row, value in zip(rows, values, strict=True):
            if is_unsettled(value, field.depth):
                self._wait(frame, field, row, value)
            else:
                settled.append((row, value))
        rows, values = [row for row, _ in settled], [value for _, value in settled]
        self._exactly(frame, field, rows, values)

    def _usual_placed(
        self, frame: Frame, field: Field, rows: Sequence[int], values: Sequence[object]
    ) -> tuple[Sequence[int], Sequence[object]]:
        """Put in place what can be at once; give the rest."""
        if field.column is not None:
            placed = _leaves(frame, field, rows, values)
        elif field.is_leaf or field.depth > 1:
            placed = False
        elif field.depth == 1:
            placed = self._lists(frame, field, rows, values)
        else:
            return self._objects(frame, field, rows, values)
        return ([], []) if placed else (rows, values)

    def _objects(
        self, frame: Frame, field: Field, rows: Sequence[int], values: Sequence[object]
    ) -> tuple[Sequence[int], Sequence[object]]:
        """Enter objects of known classes; give what else there is."""
        known = field.by_class
        if len(values) == 1 and type(values[0]) in known:
            self._enter_one(frame, field, rows[0], values[0])
            return [], []
        classes = set(map(type, values))
        others: tuple[Sequence[int], Sequence[object]] = [], []
        if not classes <= known.keys():
            plain = [NoneType] if not field.non_null[0] else []
            others = _chosen(rows, values, classes - {*known, *plain})
            rows, values = _chosen(rows, values, classes & known.keys())
        if values:
            self._enter_objects(frame, field, rows, values)
        return others

    def _enter_one(self, frame: Frame, field: Field, row: int, value: object) -> None:
        kind = field.by_class[type(value)]
        entered = self._entered(frame, field, kind, [value], lambda: [[(row, ())]])
        frame.outs[row][field.key] = entered.outs[0]

    def _enter_objects(
        self, frame: Frame, field: Field, rows: Sequence[int], values: Sequence[object]
    ) -> None:
        slots, distinct = _distinct(values)

        def where() -> Sequence[Sequence[Place]]:
            places: list[list[Place]] = [[] for _ in distinct]
            for slot, row in zip(slots, rows, strict=True):
                places[slot].append((row, ()))
            return places

        made = self._made(frame, field, distinct, where)
        key, outs = field.key, frame.outs
        for slot, row in zip(slots, rows, strict=True):
            outs[row][key] = made[slot]

    def _lists(
        self, frame: Frame, field: Field, rows: Sequence[int], values: Sequence[object]
    ) -> bool:
        if not set(map(type, values)) <= {list, tuple}:
            return False
        lists = cast("Sequence[Sequence[object]]", values)
        items = list(chain.from_iterable(lists))
        if not set(map(type, items)) <= field.by_class.keys():
            return False

        def where() -> Sequence[Sequence[Place]]:
            return [
                ((row, (index,)),)
                for row, some in zip(rows, lists, strict=True)
                for index in range(len(some))
            ]

        made = self._made(frame, field, items, where)
        key, outs, begin = field.key, frame.outs, 0
        for row, some in zip(rows, lists, strict=True):
            end = begin + len(some)
            outs[row][key] = made[begin:end]
            begin = end
        return True

    def _made(
        self, frame: Frame, field: Field, objects: Sequence[object], where: Where
    ) -> Sequence[object]:
        """Make a dict of each object, in order, and enter a frame for each type."""
        by_class = field.by_class
        possible = {by_class[cls] for cls in set(map(type, objects))}
        if len(possible) == 1:
            return self._entered(frame, field, possible.pop(), objects, where).outs
        where = cache(where)
        made: list[object] = [None] * len(objects)
        kinds = [by_class[type(each)] for each in objects]
        for kind, members in _by_kind(kinds).items():
            some = [objects[index] for index in members]
            there = _among(members, where)
            entered = self._entered(frame, field, kind, some, there)
            for index, out in zip(members, entered.outs, strict=True):
                made[index] = out
        return made

    def _exactly(
        self, frame: Frame, field: Field, rows: Sequence[int], values: Sequence[object]
    ) -> None:
        exact = Exact(self._operation, frame, field)
        exact.place(rows, values)
        living = [
            each
            for each in exact.found
            if not self._faults.harmed or frame.lives(each.row)
        ]
        for kind, indices in _by_kind([each.kind for each in living]).items():
            some = [living[index] for index in indices]
            entered = self._entered(
                frame, field, kind, [each.value for each in some], _of_found(some)
            )
            for each, out in zip(some, entered.outs, strict=True):
                put(frame.outs[each.row], field.key, each.indices, out)

    def _entered(
        self,
        frame: Frame,
        field: Field,
        kind: GraphQLObjectType,
        objects: Sequence[object],
        where: Where,
    ) -> Frame:
        selection = self._operation.plan.below(field, kind)
        return self._operation.open(selection, objects).under(frame, field, where)


def _leaves(
    frame: Frame, field: Field, rows: Sequence[int], values: Sequence[object]
) -> bool:
    if field.column is None:
        return False
    try:
        completed = field.column(values)
    except Exception:  # noqa: BLE001 - the exact way says what is wrong, and where
        return False
    key, outs = field.key, frame.outs
    for row, value in zip(rows, completed, strict=True):
        outs[row][key] = value
    return True


def _chosen(
    rows: Sequence[int], values: Sequence[object], classes: Container[type]
) -> tuple[Sequence[int], Sequence[object]]:
    """Give the values of these classes, and their rows."""
    chosen = [
        (row, value)
        for row, value in zip(rows, values, strict=True)
        if type(value) in classes
    ]
    return [row for row, _ in chosen], [value for _, value in chosen]


def _distinct(values: Sequence[object]) -> tuple[Sequence[int], Sequence[object]]:
    """Give each record once, where many stand more than once, and which is whose."""
    if len(values) >= FEWEST_SHARED:
        known = {id(value): value for value in values}
        if len(known) <= MOST_DISTINCT * len(values):
            slots = {key: slot for slot, key in enumerate(known)}
            return [slots[id(value)] for value in values], list(known.values())
    return range(len(values)), values


def _by_kind(
    kinds: Sequence[GraphQLObjectType],
) -> dict[GraphQLObjectType, list[int]]:
    found: defaultdict[GraphQLObjectType, list[int]] = defaultdict(list)
    for index, kind in enumerate(kinds):
        found[kind].append(index)
    return found


def _among(members: Sequence[int], where: Where) -> Where:
    """Say where some of the objects stand."""

    def some() -> Sequence[Sequence[Place]]:
        places = where()
        return [places[index] for index in members]

    return some


def _of_found(found: Sequence[Found]) -> Where:
    return lambda: [((each.row, each.indices),) for each in found]
