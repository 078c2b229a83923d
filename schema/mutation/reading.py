"""Inputs of mutations become the values of `gateway.recording`."""

from collections.abc import Iterable
from dataclasses import fields, is_dataclass
from typing import TypeVar
from uuid import UUID

import msgspec
import strawberry
from strawberry.utils.str_converters import to_camel_case

from gateway.errors import BadInput
from schema.node import key_of

S = TypeVar("S", bound=msgspec.Struct)


def values_of(given: object) -> dict[str, object]:
    """Take what an input holds: only what was given, and so also of inputs in it."""
    if not is_dataclass(given) or isinstance(given, type):
        raise TypeError(type(given).__name__)
    found = ((each.name, getattr(given, each.name)) for each in fields(given))
    return {
        name: _plain(value) for name, value in found if value is not strawberry.UNSET
    }


def struct_of(values: dict[str, object], kind: type[S], argument: str = "invoer") -> S:
    """Make a value of what an input holds; what was not given has its default there.

    Raises:
        BadInput: a field is null that has to be left out instead; names the argument.
    """
    try:
        return msgspec.convert(values, kind, strict=True)
    except msgspec.ValidationError as error:
        _, _, at = str(error).partition("`$.")
        field = to_camel_case(at.rstrip("`"))
        raise BadInput(
            f"{argument}.{field}", "must not be null: leave it out"
        ) from None


def keys_of(ids: Iterable[str], kind: str, argument: str) -> tuple[UUID, ...]:
    """Read ids of one kind.

    Raises:
        BadInput: one is no id, or of another kind; names the argument.
    """
    return tuple(
        key_of(each, kind, f"{argument}.{index}") for index, each in enumerate(ids)
    )


def _plain(value: object) -> object:
    if isinstance(value, list):
        return [_plain(each) for each in value]
    return values_of(value) if is_dataclass(value) else value
