"""By what objects can be found, and which part of them is shown.

Source: Objects API 2.7.0 (Open Object 4.0), the parameters of `GET /objects`.
"""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from gateway.demo.standins.problems import invalid
from gateway.demo.standins.records import Json, Payload

_OPERATORS: Mapping[str, Callable[[Json, str], bool]] = MappingProxyType(
    {
        "exact": lambda own, value: _as_text(own) == value,
        # As strings only: a number is never in a list.
        "in": lambda own, value: isinstance(own, str) and own in value.split("|"),
        "icontains": lambda own, value: value.casefold() in _as_text(own).casefold(),
    }
)


def with_data(
    objects: Sequence[Payload], expressions: Sequence[str]
) -> Sequence[Payload]:
    """Keep the objects for which all of `name__operator__value` hold.

    Raises:
        Problem: 400 for what is no such expression.
    """
    for expression in expressions:
        path, operator, value = _parts(expression)
        holds = _OPERATORS[operator]
        objects = [each for each in objects if holds(_within(each, path), value)]
    return objects


def _parts(expression: str) -> tuple[list[str], str, str]:
    *path, operator, value = ["", *expression.split("__")]
    if operator not in _OPERATORS or len(path) < 2:
        raise invalid("data_attr", "invalid-data-attr-query", "Not supported.")
    return path[1:], operator, value


def _within(found: Json, path: Sequence[str]) -> Json:
    for name in ("record", "data", *path):
        found = found.get(name) if isinstance(found, dict) else None
    return found


def _as_text(value: Json) -> str:
    return value if isinstance(value, str) else str(value)


def valid_on(record: Payload, day: Json) -> bool:
    """Say whether an object is there on a day, `2026-03-02`; None for whatever day."""
    times = record["record"]
    if not isinstance(day, str) or not isinstance(times, dict):
        return True
    end = times.get("endAt")
    return str(times["startAt"]) <= day and (end is None or day <= str(end))


def projected(record: Payload, fields: str) -> Payload:
    """Show the parts that `uuid,record__data__soort` names; all for none.

    Raises:
        Problem: 400 for a part that is not there.
    """
    if not fields:
        return record
    shown: Payload = {}
    for field in fields.split(","):
        *above, last = field.strip().split("__")
        found: Json = record
        place = shown
        for name in above:
            found = _part(found, name)
            place = _opened(place, name)
        place[last] = _part(found, last)
    return shown


def _part(found: Json, name: str) -> Json:
    if not isinstance(found, dict) or name not in found:
        reason = (
            f"'fields' query parameter has invalid or unauthorized values: '{name}'"
        )
        raise invalid("nonFieldErrors", "invalid", reason)
    return found[name]


def _opened(place: Payload, name: str) -> Payload:
    below = place.setdefault(name, {})
    return below if isinstance(below, dict) else {}
