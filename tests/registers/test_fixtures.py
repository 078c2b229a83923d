"""Every fixture of a register is read by its record, whole."""

from pathlib import Path

import pytest

from gateway.registers.catalogi import (
    INFORMATIEOBJECTTYPEN,
    RESULTAATTYPEN,
    STATUSTYPEN,
    ZAAKTYPEN,
)
from gateway.registers.documenten import ENKELVOUDIGINFORMATIEOBJECTEN
from gateway.registers.klanttaak import Klanttaak
from gateway.registers.objecten import OBJECTS, OBJECTTYPES, parse_klanttaak
from gateway.registers.records import R, Resource
from gateway.registers.zaken import RESULTATEN, STATUSSEN, ZAKEN

ROOT = Path(__file__).parents[2] / "fixtures"

FIXTURES = [
    pytest.param(resource, path, id=f"{resource.path}-{path.stem}")
    for resource in (
        ZAKEN,
        STATUSSEN,
        RESULTATEN,
        ZAAKTYPEN,
        STATUSTYPEN,
        RESULTAATTYPEN,
        INFORMATIEOBJECTTYPEN,
        ENKELVOUDIGINFORMATIEOBJECTEN,
        OBJECTS,
        OBJECTTYPES,
    )
    for path in sorted((ROOT / resource.kind / resource.path).glob("*.json"))
]

KLANTTAKEN = [
    pytest.param(path, id=path.stem)
    for path in sorted((ROOT / OBJECTS.kind / OBJECTS.path).glob("*.json"))
    if b"verwerker_taak_id" in path.read_bytes()
]


def read(resource: Resource[R], path: Path) -> R:
    answer, url = path.read_bytes(), f"https://x.example/{resource.path}/{path.stem}"
    return resource.read(answer, register=resource.kind, url=url).record


@pytest.mark.parametrize(("resource", "path"), FIXTURES)
def test_a_fixture_is_a_record(resource: Resource[R], path: Path) -> None:
    assert read(resource, path).url.endswith(f"/{resource.path}/{path.stem}")


@pytest.mark.parametrize("path", KLANTTAKEN)
def test_a_fixture_is_a_klanttaak(path: Path) -> None:
    taak = parse_klanttaak(read(OBJECTS, path), register="objecten")
    assert isinstance(taak, Klanttaak)
