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
from gateway.registers.rollen import NAMINGS, BetrokkeneIdentificatie, Naming, Rol
from gateway.registers.zaken import (
    Archiefnominatie,
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
    (Rol, "zaken", ("Base_RolSerializer",)),
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
    (Archiefnominatie, "zaken", "ArchiefnominatieEnum"),
    (IndicatieInternOfExtern, "catalogi", "IndicatieInternOfExternEnum"),
    (Documentstatus, "documenten", "StatusEnum"),
    (DataClassification, "objects", "DataClassificationEnum"),
]

# OAS: optional, because a client may leave them out when it writes; every answer
# has them.
ALWAYS_ANSWERED = {"url", "uuid"}
# `_expand` is what ExpandZaak adds to Zaak; what a betrokkeneIdentificatie is, depends
# on the betrokkeneType.
ADDED = {"_expand", "betrokkeneIdentificatie"}
# What the contract of the register has not yet, and a newer one has.
NEWER: list[tuple[type[msgspec.Struct], str, str, str]] = [
    (
        EnkelvoudigInformatieObject,
        "tonenAanInitiator",
        "documenten",
        "vng-documenten-1.7.1",
    ),
]


@cache
def document(contract: str) -> Payload:
    text = (CONTRACTS / f"{contract}.yaml").read_text(encoding="utf-8")
    return cast("Payload", yaml.load(text, Loader=yaml.CSafeLoader))


def schemas(contract: str) -> Payload:
    return within(document(contract), "components", "schemas")


def filters(contract: str) -> Payload:
    """What `_zoek` of zaken finds them by."""
    operation = within(document(contract), "paths", "/zaken/_zoek", "post")
    schema = within(operation, "requestBody", "content", "application/json", "schema")
    if "$ref" in schema:
        schema = within(document(contract), *str(schema["$ref"]).split("/")[1:])
    return within(schema, "properties")


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
    newer = {field for owner, field, *_ in NEWER if owner is record}
    fields = set(record.__struct_encode_fields__) - ADDED - newer
    assert fields - set(within(schema, "properties")) == set()


@pytest.mark.parametrize(("record", "field", "older", "newer"), NEWER)
def test_a_newer_field_is_only_in_the_newer_contract_and_is_not_required_here(
    record: type[msgspec.Struct], field: str, older: str, newer: str
) -> None:
    name = record.__name__
    assert field not in within(schemas(older), name, "properties")
    assert within(schemas(newer), name, "properties")[field]
    assert field not in required_fields(record)


@pytest.mark.parametrize("naming", NAMINGS, ids=lambda naming: naming.filter)
def test_what_names_a_betrokkene_is_in_the_contract_and_so_is_its_filter(
    naming: Naming,
) -> None:
    kind = naming.betrokkene_type.title().replace("_", "")
    names = msgspec.structs.fields(BetrokkeneIdentificatie)
    (name,) = (each.encode_name for each in names if each.name == naming.field)
    assert name in within(schemas("zaken"), f"{kind}Identificatie", "properties")
    assert naming.betrokkene_type in cast(
        "list[str]", within(schemas("zaken"), "BetrokkeneTypeEnum")["enum"]
    )
    assert naming.filter in filters("zaken")
    assert naming.filter.endswith(f"__{name}")


def test_the_standard_s_own_newest_contract_has_fewer_filters() -> None:
    standard = filters("vng-zaken-1.7.0")
    assert [each.filter for each in NAMINGS if each.filter in standard] == [
        "rol__betrokkeneIdentificatie__natuurlijkPersoon__inpBsn",
        "rol__betrokkeneIdentificatie__nietNatuurlijkPersoon__innNnpId",
        "rol__betrokkeneIdentificatie__vestiging__vestigingsNummer",
    ]


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
