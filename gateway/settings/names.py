"""What a setting is called where somebody writes it: a variable, or a key in TOML."""

from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from types import UnionType
from typing import get_args, get_origin

from pydantic import BaseModel

PREFIX = "KLANTBEELD_"

Place = tuple[int | str, ...]

BESIDE = frozenset({"CONFIG", "CONTRACTS", "DATA_DIR", "EXAMPLES", "EXPLORER"})
"""Read by others: which file, by the demo, and by what builds and tests the gateway."""


def name_of(
    model: type[BaseModel],
    place: Place,
    *,
    toml: Mapping[str, object],
    environment: Iterable[str],
) -> str:
    """Name a setting as it was written, or else as it would be in the environment.

    Args:
        model: of all settings.
        place: of one of them.
        toml: what stands in the file.
        environment: names of the variables that are set.
    """
    if not place:
        return "settings"
    variable = _variable(model, place)
    around = place[:-1] or place  # what is missing, is missing where the rest stands
    if _stands_in(toml, around) and not _is_set(variable, environment):
        return _path(place)
    return variable


def _variable(model: type[BaseModel], place: Place) -> str:
    """Lead by `__` through groups; what is below them, is within one value."""
    within: type[BaseModel] | None = model
    names: list[str] = []
    for index, part in enumerate(place):
        if within is None:
            return PREFIX + "__".join(names) + _below(place[index:])
        names.append(str(part).upper())
        within = _group(within, str(part))
    return PREFIX + "__".join(names)


def _path(place: Place) -> str:
    return _below(place).removeprefix(".")


def _below(place: Place) -> str:
    return "".join(
        f"[{part}]" if isinstance(part, int) else f".{part}" for part in place
    )


def _stands_in(toml: object, place: Place) -> bool:
    found = toml  # in which nothing is null
    for part in place:
        if isinstance(found, Mapping):
            found = found.get(part)
        elif isinstance(found, list) and isinstance(part, int):
            found = found[part] if part < len(found) else None
        else:
            return False
    return found is not None


def _is_set(variable: str, environment: Iterable[str]) -> bool:
    """Whether it is in the environment, by itself or as a part or whole of another."""
    value = variable.partition("[")[0].partition(".")[0]
    return any(
        value == name or value.startswith(f"{name}__") or name.startswith(f"{value}__")
        for name in map(str.upper, environment)
    )


def _group(model: type[BaseModel], name: str) -> type[BaseModel] | None:
    field = model.model_fields.get(name)
    kind = None if field is None else field.annotation
    kinds = get_args(kind) if get_origin(kind) is UnionType else (kind,)
    found = (each for each in kinds if isinstance(each, type))
    return next((each for each in found if issubclass(each, BaseModel)), None)


def unknown_variables(
    settings: type[BaseModel], environment: Iterable[str]
) -> Iterator[str]:
    """Say which variables look like settings, but are read by nobody.

    It is no reason to stop: Kubernetes makes variables of the names of services.
    """
    for name in sorted(map(str.upper, environment)):
        said = name.removeprefix(PREFIX)
        first, _, rest = said.partition("__")
        if said == name or said in BESIDE or _is_read(settings, first.lower(), rest):
            continue
        near = get_close_matches(first.lower(), settings.model_fields, 1)
        below = f"__{rest}" if near and rest and _group(settings, near[0]) else ""
        meant = f"; is it {PREFIX}{near[0].upper()}{below}?" if near else ""
        yield f"{name}: there is no such setting{meant}"


def _is_read(settings: type[BaseModel], name: str, rest: str) -> bool:
    """Whether it is; what a group does not have, is a problem of its own."""
    if rest:
        return _group(settings, name) is not None
    return name in settings.model_fields
