"""Objects of any kind and their types: the Objecten API.

Source: Objects API 2.7.0 (Open Object 4.0); the schema is named like the record.
"""

from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from enum import StrEnum
from functools import cached_property
from uuid import UUID

import msgspec

from gateway.errors import GatewayError, MalformedAnswer
from gateway.registers.directory import Directory
from gateway.registers.klanttaak import NO_KLANTTAAK, Klanttaak, read_klanttaak
from gateway.registers.reading.by_url import ByUrl
from gateway.registers.records import (
    Json,
    Record,
    Resource,
    parse_uuid,
    sibling,
)

# Far beyond what people write; not all that reads JSON reads it deeper.
_DEEPEST = 100


class DataClassification(StrEnum):
    """How confidential the objects of a type are, low to high.

    Source: DataClassificationEnum.
    """

    OPEN = "open"
    INTERN = "intern"
    CONFIDENTIAL = "confidential"
    STRICTLY_CONFIDENTIAL = "strictly_confidential"


class ObjectRecord(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """What an object is from `start_at` on; `data` follows the type's own schema."""

    index: int | None = None
    type_version: int
    data: dict[str, Json] = {}  # msgspec copies it
    start_at: date
    end_at: date | None = None
    registration_at: date | None = None

    def __post_init__(self) -> None:
        if _deeper_than(self.data, _DEEPEST):
            raise ValueError("data are nested too deeply")


class Object(Record, frozen=True, kw_only=True, dict=True):
    """Anything a municipality keeps without a register of its own.

    Compare `type` by its uuid: Open Object 4.0 ignores the rest of it.
    """

    uuid: UUID
    type: str
    record: ObjectRecord

    @cached_property
    def klanttaak(self) -> Klanttaak | None:
        """What its data say as a klanttaak; None when they are none."""
        with suppress(*NO_KLANTTAAK):
            return read_klanttaak(self.record.data)
        return None


class ObjectType(Record, frozen=True, kw_only=True):
    """A kind of object."""

    uuid: UUID
    name: str
    name_plural: str
    description: str | None = None
    data_classification: DataClassification | None = None
    maintainer_organization: str | None = None


# blank_is_null: what stands in `data` is another's, and stays as it is.
OBJECTS = Resource(
    kind="objecten",
    path="objects",
    record=Object,
    lifetime="objecten",
    blank_is_null=False,
)
OBJECTTYPES = Resource(
    kind="objecten", path="objecttypes", record=ObjectType, lifetime="types"
)
RESOURCES = (OBJECTS, OBJECTTYPES)


class Objecten:
    """All registers of kind `objecten`, for one request.

    Every method gives one answer per question, in the same order, and costs one
    request per record that is not known, side by side (the API has no bulk read);
    errors are returned.
    """

    def __init__(self, by_url: ByUrl, directory: Directory) -> None:
        self._by_url = by_url
        self._directory = directory

    async def objecten_by_url(self, urls: Sequence[str]) -> list[Object | GatewayError]:
        """Read objects, as they are today."""
        return await self._by_url.read(OBJECTS, urls)

    async def objecttypen_by_object(
        self, objects: Sequence[Object]
    ) -> list[ObjectType | GatewayError]:
        """Read the kinds of these objects."""
        return await self._by_url.read(OBJECTTYPES, [*map(self._type_url, objects)])

    def _type_url(self, each: Object) -> str:
        """Say where its objecttype is.

        Of a `type` only the uuid counts since Open Object 4.0, which has its own
        objecttypes; before that, they were in a register of their own.
        """
        if self._directory.place(each.type, OBJECTTYPES.kind, OBJECTTYPES.path):
            return each.type
        uuid = parse_uuid(each.type.rpartition("/")[2])
        return sibling(each.url, OBJECTTYPES.path, uuid) if uuid else each.type


def parse_klanttaak(taak: Object, *, register: str) -> Klanttaak | MalformedAnswer:
    """Read an object's data as a klanttaak.

    Args:
        taak: an object that something else says is a klanttaak.
        register: the name of the register it came from, for the error.
    """
    try:
        return taak.klanttaak or read_klanttaak(taak.record.data)
    except NO_KLANTTAAK as error:
        malformed = MalformedAnswer(register, "the object's data is no klanttaak")
        malformed.__cause__ = error
        return malformed


def _deeper_than(value: Json, levels: int) -> bool:
    here: list[Json] = [value]
    for _ in range(levels):
        here = [
            inner
            for outer in here
            if isinstance(outer, dict | list)
            for inner in (outer.values() if isinstance(outer, dict) else outer)
        ]
        if not here:
            return False
    return True
