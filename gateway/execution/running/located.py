"""Errors that say where they are."""

from collections.abc import Sequence

from graphql import GraphQLError, located_error

from gateway.execution.planning.fields import Field

_TELLING = ("message", "nodes", "source", "positions")
"""Of an error that says of itself where it is, or what is told of it."""


class Located:
    """Makes what is told of errors, as graphql-core does.

    Lines and columns are counted in the document once for each field, and an error is
    looked at once, however many places it has: that would take most of the time of an
    operation with many.
    """

    def __init__(self) -> None:
        # The errors are kept, so that their identities stay their own.
        self._messages: dict[int, tuple[Exception, str | None]] = {}

    def located(
        self, error: Exception, field: Field, path: Sequence[str | int]
    ) -> GraphQLError:
        """Say of an error where it is."""
        try:
            message = self._message(error)
            if message is None:
                return located_error(error, field.nodes, path)
        except Exception:  # noqa: BLE001 - it cannot even be told
            message = f"{type(error).__name__} cannot be told"
        if field.located is None:
            field.located = GraphQLError("", field.nodes)
        made = GraphQLError(message, path=path, original_error=error)
        made.nodes, made.source = field.located.nodes, field.located.source
        made.positions, made.locations = (
            field.located.positions,
            field.located.locations,
        )
        return made

    def _message(self, error: Exception) -> str | None:
        """Give what an error says; None of one that says more than that."""
        if id(error) not in self._messages:
            tells = any(hasattr(error, name) for name in _TELLING)
            self._messages[id(error)] = error, None if tells else str(error)
        return self._messages[id(error)][1]
