"""All problems of a configuration at once, not the first one only."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from pydantic import ValidationError
from pydantic_core import InitErrorDetails, PydanticCustomError

V = TypeVar("V")


def with_problems(
    title: str, problems: Sequence[str | None], validate: Callable[[], V]
) -> V:
    """Validate, and tell these problems beside the ones that it finds.

    Raises:
        ValidationError: with all of them.
    """
    found: list[InitErrorDetails] = [
        {"type": PydanticCustomError("settings", problem), "loc": (), "input": None}
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
