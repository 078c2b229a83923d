"""Errors at their places, and the nulls that come of them.

Source: GraphQL September 2025, 6.4.4 Handling Execution Errors.
"""

from graphql import GraphQLError

from gateway.execution.planning.fields import Field
from gateway.execution.running.frame import Frame, put
from gateway.execution.running.located import Located


class Faults:
    """Of one operation.

    Attributes:
        harmed: whether a null took the place of something, so that there may be
            objects that no longer live.
    """

    def __init__(self) -> None:
        self.harmed = False
        self._located = Located()
        self._errors: list[tuple[tuple[int, ...], GraphQLError]] = []

    def errors(self) -> list[GraphQLError]:
        """Give them, by their places in the response."""
        return [error for _, error in sorted(self._errors, key=lambda each: each[0])]

    def fail(self, frame: Frame, index: int, field: Field, error: Exception) -> None:
        """Say that a field of an object has no value; of nobody who lives, nothing."""
        if self.record(frame, index, field, (), error):
            self.null(frame, index, field, ())

    def record(
        self,
        frame: Frame,
        index: int,
        field: Field,
        indices: tuple[int, ...],
        error: Exception,
    ) -> bool:
        """Note an error at each place of an object.

        Returns:
            Whether there was one.
        """
        paths = frame.paths(index, living=self.harmed)
        for keys, order in paths:
            told = self._located.located(error, field, [*keys, field.key, *indices])
            self._errors.append(((*order, field.index, *indices), told))
        return bool(paths)

    def null(
        self, frame: Frame, index: int, field: Field, indices: tuple[int, ...]
    ) -> None:
        """Put null at a place, or at the nearest around it that may be null."""
        depth = len(indices)
        while depth >= 0 and field.non_null[depth]:
            depth -= 1
        self.harmed = self.harmed or depth < len(indices)
        if depth < 0:
            self.null_object(frame, index)
        else:
            put(frame.outs[index], field.key, indices[:depth], None)

    def null_object(self, frame: Frame, index: int) -> None:
        """Put null where an object stands, at each of its places."""
        self.harmed = True
        if frame.parent is None or frame.field is None:
            frame.gone = True
            return
        for above, indices in frame.places(index):
            self.null(frame.parent, above, frame.field, indices)
