"""All problems of a configuration at once, not the first one only."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from pydantic import ValidationError
from pydantic_core import InitErrorDetails, PydanticCustomError

from gateway.errors import InvalidSettings

V = TypeVar("V")


class Making:
    """Makes things of the settings, and gathers what is wrong with all of them."""

    def __init__(self) -> None:
        self._problems: list[str] = []

    def of(self, make: Callable[[], V]) -> V | None:
        """Make one; None where that has a problem."""
        try:
            return make()
        except InvalidSettings as error:
            self._problems += error.problems
            return None

    def failed(self) -> InvalidSettings:
        """Give all problems."""
        return InvalidSettings(self._problems)


def with_problems(
    title: str,
    problems: Sequence[str | None],
    validate: Callable[[], V],
    *,
    at: tuple[str, ...] = (),
) -> V:
    """Validate, and tell these problems beside the ones that it finds.

    Args:
        title: of what is validated.
        problems: found already; None for what holds.
        validate: finds the others.
        at: where these problems are, within what is validated.

    Raises:
        ValidationError: with all of them.
    """
    found: list[InitErrorDetails] = [
        {"type": PydanticCustomError("settings", problem), "loc": at, "input": None}
        for problem in problems
        if problem is not None
    ]
    try:
        made = validate()
    except ValidationError as error:
        found += [
            {
                "type": PydanticCustomError("settings", each["msg"]),
                "loc": each["loc"],
                "input": None,
            }
            for each in error.errors(include_input=False, include_url=False)
        ]
    else:
        if not found:
            return made
    raise ValidationError.from_exception_data(title, found)
