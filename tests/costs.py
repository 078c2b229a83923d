"""What an answer says that it cost."""

from collections.abc import Mapping

import msgspec

ASKED = {"Klantbeeld-Cost": "true"}


class Requests(msgspec.Struct, forbid_unknown_fields=True):
    number: int
    milliseconds: float


class Cost(msgspec.Struct, rename="camel", forbid_unknown_fields=True):
    milliseconds: float
    cpu_milliseconds: float
    statements: int
    requests: dict[str, Requests]
    remembered: int

    @property
    def counted(self) -> tuple[int, dict[str, int], int]:
        """Statements, requests by register, and records that were remembered."""
        requests = {name: each.number for name, each in self.requests.items()}
        return self.statements, requests, self.remembered


class _Told(msgspec.Struct):
    cost: Cost


class _Extensions(msgspec.Struct):
    klantbeeld: _Told


class _Answer(msgspec.Struct):
    extensions: _Extensions


def cost_of(answer: Mapping[str, object]) -> Cost:
    """Read it."""
    return msgspec.convert(answer, _Answer).extensions.klantbeeld.cost
