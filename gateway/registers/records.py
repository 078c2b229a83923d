"""What the records of all registers share: how an answer becomes one.

Nothing here knows one contract, HTTP or GraphQL.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import (
    TYPE_CHECKING,
    Annotated,
    Any,
    Generic,
    Literal,
    NamedTuple,
    Self,
    TypeAlias,
    TypeVar,
)
from uuid import UUID

import msgspec

from gateway.errors import GatewayError, MalformedAnswer
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

# A property that is an empty text. Within a text every `"` is escaped, and after one
# comes no other: this can stand nowhere else in JSON.
_BLANK = re.compile(rb':\s*""')

_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


def parse_uuid(text: str) -> UUID | None:
    """Read the canonical form, in any case; None for everything else."""
    return UUID(text) if _UUID.fullmatch(text) else None


class Record(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """A register's answer: its contract's property names, in snake_case.

    Only what a klantbeeld needs; other properties are ignored. A property without a
    default must be there.
    """

    url: str

    def __post_init__(self) -> None:
        name = self.url.rpartition("/")[2]
        if not _UUID.fullmatch(name) or str(self.uuid) != name.lower():
            raise ValueError("url does not end in the record's uuid")

    @property
    def uuid(self) -> UUID:
        """The last segment of `url`; a property of its own in some contracts."""
        return UUID(self.url.rpartition("/")[2])

    def apart(self) -> "tuple[Self, tuple[Beside, ...]]":
        """Take off what came along with it."""
        return self, ()


R = TypeVar("R", bound=Record)
R_co = TypeVar("R_co", bound=Record, covariant=True)

Lifetime = Literal["types", "zaken", "documenten", "objecten"]
"""How long a record is good for: those that change alike share one."""


class Found(NamedTuple, Generic[R_co]):
    """A record as a register gave it.

    Attributes:
        record: what it said, at the address it was asked at.
        size: of the answer, in bytes.
        etag: names this version to the register; "" where it gave none.
        below: the URL of the record that this one hangs below; "" for none.
        beside: other records that came along.
    """

    record: R_co
    size: int = 0
    etag: str = ""
    below: str = ""
    beside: "tuple[Beside, ...]" = ()


Outcome = Found[R] | GatewayError
"""What came of a question."""


class Beside(NamedTuple):
    """A record that came along with another."""

    resource: "Resource[Record]"
    record: Record


class _Name(msgspec.Struct):
    uuid: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Resource(Generic[R_co]):
    """One resource of one contract, and how its records are read.

    Attributes:
        kind: the kind of register that has it.
        path: its path segment: `zaken`, `objects` …
        record: the type its records become.
        lifetime: how long its records are good for.
        parent: the property that names what it hangs below, and the path segment of
            that; None where a change is always told of the record itself.
        zoek: whether many can be read in one request.
        headers: those the contract asks for.
        blank_is_null: whether `""` and `{}` stand for "not filled in".
    """

    kind: RegisterKind
    path: str
    record: type[R_co]
    lifetime: Lifetime
    parent: tuple[str, str] | None = None
    zoek: bool = False
    headers: Mapping[str, str] = field(default_factory=dict)
    # OAS: optional texts and enumerations are never null; Open Zaak 1.30 sends ""
    # for those not filled in, and {} for an empty `_expand`.
    blank_is_null: bool = True

    def read(
        self, answer: bytes | msgspec.Raw, *, register: str, url: str, etag: str = ""
    ) -> Found[R_co]:
        """Read one record.

        Args:
            answer: as it came.
            register: its name, for the error.
            url: of the record that was asked for. A register behind a proxy may call
                itself otherwise; that is not passed on.
            etag: that came with it.

        Raises:
            MalformedAnswer: no JSON, outside the contract, or not that record.
        """
        size = len(memoryview(answer))
        if self.blank_is_null:
            answer = _BLANK.sub(b":null", answer)
        try:
            record = self._decoded(answer)
        except UNREADABLE as error:
            raise MalformedAnswer(
                register, f"a record of {self.path} is outside its contract"
            ) from error
        if record.url != url:
            if str(record.uuid) != url.rpartition("/")[2]:
                raise MalformedAnswer(register, "another record than was asked for")
            record = msgspec.structs.replace(record, url=url)
        record, beside = record.apart()
        return Found(record, size, etag, self._below(answer, url), beside)

    def _decoded(self, answer: bytes | msgspec.Raw) -> R_co:
        try:
            record: R_co = _decoder(self.record).decode(answer)
        except ValueError:
            # What came along may be what is wrong; then it is asked for by itself.
            value: Json = msgspec.json.decode(answer)
            if not isinstance(value, dict) or not value.pop("_expand", None):
                raise
            record = msgspec.convert(value, self.record)
        return record

    def _below(self, answer: bytes | msgspec.Raw, url: str) -> str:
        if self.parent is None:
            return ""
        name, path = self.parent
        value: Json = msgspec.json.decode(answer)
        parent = str(value.get(name)) if isinstance(value, dict) else ""
        uuid = parse_uuid(parent.rpartition("/")[2])
        return sibling(url, path, uuid) if uuid else ""

    def uuid_in(self, answer: msgspec.Raw) -> UUID | None:
        """Say which record this is, also when the rest of it cannot be read."""
        try:
            name = msgspec.json.decode(answer, type=_Name)
        except UNREADABLE:
            return None
        return parse_uuid(name.uuid or name.url.rpartition("/")[2])


@cache
def _decoder(record: type[R]) -> msgspec.json.Decoder[R]:
    return msgspec.json.Decoder(record)


def sibling(url: str, path: str, uuid: UUID) -> str:
    """Name a record of another resource at the same register.

    Args:
        url: of a record there.
        path: the other resource's path segment.
        uuid: of the other record.
    """
    base, _resource, _uuid = url.rsplit("/", 2)
    return f"{base}/{path}/{uuid}"


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
