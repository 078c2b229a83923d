"""Every field of a register's record is a property of its contract's schema.

The contracts are not part of this repository: they are read from the folder that
`KLANTBEELD_CONTRACTS` names, or from `shared/contracts` beside the checkout.
"""

import os
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import cast

import msgspec
import pytest
import yaml

from gateway.registers.catalogi import (
    IndicatieInternOfExtern,
    InformatieObjectType,
    ResultaatType,
    StatusType,
    ZaakType,
)
from gateway.registers.documenten import Documentstatus, EnkelvoudigInformatieObject
from gateway.registers.objecten import (
    DataClassification,
    Object,
    ObjectRecord,
    ObjectType,
)
from gateway.registers.records import Json
from gateway.registers.zaken import (
    Betalingsindicatie,
    Resultaat,
    Status,
    Zaak,
    ZaakExpand,
)
from gateway.vertrouwelijkheid import Vertrouwelijkheidaanduiding
from tests.registers.builders import Payload

CONTRACTS = Path(
    os.environ.get("KLANTBEELD_CONTRACTS")
    or Path(__file__).parents[3] / "shared" / "contracts"
)

pytestmark = pytest.mark.skipif(
    not CONTRACTS.is_dir(),
    reason=f"no contracts in {CONTRACTS}: set KLANTBEELD_CONTRACTS to their folder",
)

EXPANDED = ("ExpandZaak", "allOf", "1", "properties", "_expand")

RECORDS: list[tuple[type[msgspec.Struct], str, tuple[str, ...]]] = [
    (Zaak, "zaken", ("Zaak",)),
    (ZaakExpand, "zaken", EXPANDED),
    (Status, "zaken", ("Status",)),
    (Resultaat, "zaken", ("Resultaat",)),
    (ZaakType, "catalogi", ("ZaakType",)),
    (StatusType, "catalogi", ("StatusType",)),
    (ResultaatType, "catalogi", ("ResultaatType",)),
    (InformatieObjectType, "catalogi", ("InformatieObjectType",)),
    (EnkelvoudigInformatieObject, "documenten", ("EnkelvoudigInformatieObject",)),
    (Object, "objects", ("Object",)),
    (ObjectRecord, "objects", ("ObjectRecord",)),
    (ObjectType, "objects", ("ObjectType",)),
]

ENUMS: list[tuple[type[StrEnum], str, str]] = [
    (Vertrouwelijkheidaanduiding, "zaken", "VertrouwelijkheidaanduidingEnum"),
    (Vertrouwelijkheidaanduiding, "catalogi", "VertrouwelijkheidaanduidingEnum"),
    (Vertrouwelijkheidaanduiding, "documenten", "VertrouwelijkheidaanduidingEnum"),
    (Betalingsindicatie, "zaken", "BetalingsindicatieEnum"),
    (IndicatieInternOfExtern, "catalogi", "IndicatieInternOfExternEnum"),
    (Documentstatus, "documenten", "StatusEnum"),
    (DataClassification, "objects", "DataClassificationEnum"),
]

# OAS: optional, because a client may leave them out when it writes; every answer
# has them.
ALWAYS_ANSWERED = {"url", "uuid"}
# `_expand` is what ExpandZaak adds to Zaak.
ADDED_BY_EXPAND = {"_expand"}


@cache
def schemas(contract: str) -> Payload:
    text = (CONTRACTS / f"{contract}.yaml").read_text(encoding="utf-8")
    document = cast("Payload", yaml.load(text, Loader=yaml.CSafeLoader))
    return within(document, "components", "schemas")


def within(value: Json, *path: str) -> Payload:
    for step in path:
        if isinstance(value, list):
            value = value[int(step)]
        else:
            assert isinstance(value, dict)
            value = value[step]
    assert isinstance(value, dict)
    return value


def required_fields(record: type[msgspec.Struct]) -> set[str]:
    return {
        field.encode_name for field in msgspec.structs.fields(record) if field.required
    }


@pytest.mark.parametrize(("record", "contract", "path"), RECORDS)
def test_every_field_is_a_property_of_the_contract(
    record: type[msgspec.Struct], contract: str, path: tuple[str, ...]
) -> None:
    schema = within(schemas(contract), *path)
    fields = set(record.__struct_encode_fields__) - ADDED_BY_EXPAND
    assert fields - set(within(schema, "properties")) == set()


@pytest.mark.parametrize(("record", "contract", "path"), RECORDS)
def test_nothing_is_required_that_the_contract_does_not_require(
    record: type[msgspec.Struct], contract: str, path: tuple[str, ...]
) -> None:
    required = within(schemas(contract), *path).get("required", [])
    assert isinstance(required, list)
    assert required_fields(record) - ALWAYS_ANSWERED - {*map(str, required)} == set()


@pytest.mark.parametrize(("enum", "contract", "schema"), ENUMS)
def test_every_word_is_one_of_the_contract(
    enum: type[StrEnum], contract: str, schema: str
) -> None:
    assert {*enum} == {*cast("list[str]", within(schemas(contract), schema)["enum"])}
