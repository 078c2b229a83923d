"""What the records of all registers share: how an answer becomes one.

Nothing here knows one contract, HTTP or GraphQL.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any, Generic, TypeAlias, TypeVar
from uuid import UUID

import msgspec

from gateway.errors import MalformedAnswer
from gateway.settings import RegisterKind

if TYPE_CHECKING:
    Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"
else:
    Json = Any  # msgspec takes no recursive aliases; Any is its "any JSON value"

# Contract: format date-time, so with an offset.
DateTime = Annotated[datetime, msgspec.Meta(tz=True)]

# What a GraphQL Int, and a double without loss, can hold.
Int32 = Annotated[int, msgspec.Meta(ge=-(2**31), le=2**31 - 1)]
Size = Annotated[int, msgspec.Meta(ge=0, le=2**53)]

# What decoding raises. ValueError is also that of the text encoding; RecursionError
# says: nested deeper than any contract.
UNREADABLE = (ValueError, RecursionError)

_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


def parse_uuid(text: str) -> UUID | None:
    """Read the canonical form, in any case; None for everything else."""
    return UUID(text) if _UUID.fullmatch(text) else None


class Vertrouwelijkheidaanduiding(StrEnum):
    """How confidential a zaak, a document or a type of these is, low to high.

    Source: Zaken 1.5.1, Catalogi 1.3.1 and Documenten 1.4.2,
    VertrouwelijkheidaanduidingEnum.
    """

    OPENBAAR = "openbaar"
    BEPERKT_OPENBAAR = "beperkt_openbaar"
    INTERN = "intern"
    ZAAKVERTROUWELIJK = "zaakvertrouwelijk"
    VERTROUWELIJK = "vertrouwelijk"
    CONFIDENTIEEL = "confidentieel"
    GEHEIM = "geheim"
    ZEER_GEHEIM = "zeer_geheim"


class Record(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """A register's answer: its contract's property names, in snake_case.

    Only what a klantbeeld needs; other properties are ignored. A property without a
    default must be there.
    """

    url: str

    def __post_init__(self) -> None:
        if parse_uuid(self.url.rpartition("/")[2]) != self.uuid:
            raise ValueError("url does not end in the record's uuid")

    @property
    def uuid(self) -> UUID:
        """The last segment of `url`; a property of its own in some contracts."""
        return UUID(self.url.rpartition("/")[2])


R = TypeVar("R", bound=Record)


class _Name(msgspec.Struct):
    uuid: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Resource(Generic[R]):
    """One resource of one contract, and how its records are read.

    Attributes:
        kind: the kind of register that has it.
        path: its path segment: `zaken`, `objects` …
        record: the type its records become.
        blank_is_null: whether `""` and `{}` stand for "not filled in".
    """

    kind: RegisterKind
    path: str
    record: type[R]
    # OAS: optional texts and enumerations are never null; Open Zaak 1.30 sends ""
    # for those not filled in, and {} for an empty `_expand`.
    blank_is_null: bool = True

    def parse(self, answer: bytes | msgspec.Raw, *, register: str, uuid: UUID) -> R:
        """Read one record.

        Raises:
            MalformedAnswer: no JSON, outside the contract, or not the record `uuid`.
        """
        try:
            value = msgspec.json.decode(answer)
            if self.blank_is_null:
                value = without_blanks(value)
            record = msgspec.convert(value, self.record)
        except UNREADABLE as error:
            raise MalformedAnswer(
                register, f"a record of {self.path} is outside its contract"
            ) from error
        if record.uuid != uuid:
            raise MalformedAnswer(register, "another record than was asked for")
        return record

    def uuid_in(self, answer: msgspec.Raw) -> UUID | None:
        """Say which record this is, also when the rest of it cannot be read."""
        try:
            name = msgspec.json.decode(answer, type=_Name)
        except UNREADABLE:
            return None
        return parse_uuid(name.uuid or name.url.rpartition("/")[2])


def without_blanks(value: Json) -> Json:
    """Replace `""` and `{}` by null wherever they are a property's value."""
    if isinstance(value, dict):
        return {
            name: None if item in ("", {}) else without_blanks(item)
            for name, item in value.items()
        }
    if isinstance(value, list):
        return [without_blanks(item) for item in value]
    return value
