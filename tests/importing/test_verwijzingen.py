"""References of four parts, by the aliases of the settings."""

from uuid import UUID

import pytest
from pydantic import SecretStr

from gateway.importing.lines import Lines
from gateway.importing.records import Identificator
from gateway.importing.verwijzingen import INHOUD, ONDERWERP, Verwijzingen
from gateway.registers.directory import Directory
from gateway.settings import RegisterSettings
from gateway.settings.importing import AliasSettings

UUIDS = "7f3c3a52-0f39-4a4e-9a3b-2f0a9f6d1c11"
ZAKEN = "https://zaken.example/api/v1/zaken"
DOCUMENTEN = "https://documenten.example/api/v1/enkelvoudiginformatieobjecten"
ALIASES = [
    AliasSettings(
        code_register=("openzaak", "open-zaak"),
        code_objecttype=("zaak", "zgw-Zaak"),
        url=f"{ZAKEN}/{{id}}",
        vorm="zaak",
    ),
    AliasSettings(
        code_objecttype=("taak",),
        code_soort_object_id=(),
        url="https://objecten.example/api/v2/objects/{id}",
        vorm="klanttaak",
    ),
    AliasSettings(
        code_register=("open-zaak",),
        code_objecttype=("document",),
        url=f"{DOCUMENTEN}/{{id}}",
        vorm="informatieobject",
    ),
]
SECRET = "een-geheim-van-zestien-en-meer-tekens"
REGISTERS = Directory(
    [
        RegisterSettings(
            name=kind,
            kind=kind,
            base_url=f"https://eigen-{kind}.example/api/v1",
            client_id="klantbeeld",
            secret=SecretStr(SECRET),
        )
        for kind in ("zaken", "documenten")
    ]
)
EIGEN_ZAAK = f"https://eigen-zaken.example/api/v1/zaken/{UUIDS}"
EIGEN_STATUS = f"https://eigen-zaken.example/api/v1/statussen/{UUIDS}"
EIGEN_DOCUMENT = (
    f"https://eigen-documenten.example/api/v1/enkelvoudiginformatieobjecten/{UUIDS}"
)
Codes = tuple[str, str, str, str]
OBJECT = "https://objecten.example/api/v2/objects/1"


def read(
    codes: Codes | None, vormen: tuple[str, ...] = ONDERWERP
) -> tuple[tuple[object, object] | None, list[str]]:
    """Give the form and the URL, or what object is named; and what was said."""
    lines = Lines()
    given = None
    if codes is not None:
        register, objecttype, soort, object_id = codes
        given = Identificator(
            code_register=register,
            code_objecttype=objecttype,
            code_soort_object_id=soort,
            object_id=object_id,
        )
    notes = lines.of("onderwerpobject", UUID(int=1))
    found = Verwijzingen(ALIASES, REGISTERS).read(notes, "id", given, vormen)
    named = found and (found["vorm"], found["url"] or found["object_id"])
    return named or None, [f"{each.field}: {each.rule}" for each in lines]


@pytest.mark.parametrize(
    ("codes", "vorm", "named"),
    [
        (("openzaak", "zgw-Zaak", "uuid", UUIDS), "zaak", f"{ZAKEN}/{UUIDS}"),
        (("Open-Zaak", "ZAAK", "UUID", UUIDS), "zaak", f"{ZAKEN}/{UUIDS}"),
        (("obj", "taak", "wat ook", "1"), "klanttaak", OBJECT),
        (("openzaak", "zaak", "zaaknummer", "Z-1"), "zaak", "Z-1"),
        (("openzaak", "zaak", "uuid", "../1"), "zaak", "../1"),
        (("elders", "boom", "nummer", "B-1"), "object", "B-1"),
        (("", "zaak", "url", f"{ZAKEN}/1"), "zaak", f"{ZAKEN}/1"),
        (("", "", "", "http://x.example/1"), "object", "http://x.example/1"),
        (("x", "Zaken", "zaaknummer", "Z-1"), "zaak", "Z-1"),
        (("x", "zgwZaak", "url", "https://x.example/1"), "zaak", "https://x.example/1"),
        # What a register owns is what it is there, whatever the codes say.
        (("", "", "", EIGEN_ZAAK), "zaak", EIGEN_ZAAK),
        (("x", "klanttaak", "url", EIGEN_ZAAK), "zaak", EIGEN_ZAAK),
        (("", "object", "url", EIGEN_STATUS), "object", EIGEN_STATUS),
        (("", "object", "url", EIGEN_DOCUMENT), "object", EIGEN_DOCUMENT),
        # A document is no onderwerp of its own.
        (("open-zaak", "document", "uuid", UUIDS), "object", UUIDS),
    ],
)
def test_what_an_onderwerpobject_refers_to(codes: Codes, vorm: str, named: str) -> None:
    assert read(codes) == ((vorm, named), [])


@pytest.mark.parametrize(
    ("codes", "vorm", "named"),
    [
        (
            ("open-zaak", "DOCUMENT", "uuid", UUIDS),
            "informatieobject",
            f"{DOCUMENTEN}/{UUIDS}",
        ),
        (("elders", "informatieobject", "nr", "1"), "informatieobject", "1"),
        (("", "object", "url", EIGEN_DOCUMENT), "informatieobject", EIGEN_DOCUMENT),
        # Nor a zaak a form of content.
        (("", "zaak", "url", EIGEN_ZAAK), "object", EIGEN_ZAAK),
        (("openzaak", "zaak", "uuid", UUIDS), "object", UUIDS),
    ],
)
def test_what_a_bijlage_refers_to(codes: Codes, vorm: str, named: str) -> None:
    assert read(codes, INHOUD) == ((vorm, named), [])


@pytest.mark.parametrize(
    ("codes", "rule"),
    [
        (None, "refers to nothing"),
        (("openzaak", "zaak", "uuid", ""), "refers to nothing"),
        (
            ("openzaak", "", "uuid", "1"),
            "has not all of its four parts, or too long a one",
        ),
        (
            ("x", "zaak", "nr", "1" * 201),
            "has not all of its four parts, or too long a one",
        ),
    ],
)
def test_what_refers_to_nothing_is_left_out(codes: Codes | None, rule: str) -> None:
    assert read(codes) == (None, [f"id: {rule}"])


def test_references_without_an_alias_are_counted_by_their_codes() -> None:
    verwijzingen = Verwijzingen(ALIASES, REGISTERS)
    for number in "12":
        given = Identificator(
            code_register="elders",
            code_objecttype="boom",
            code_soort_object_id="nummer",
            object_id=number,
        )
        notes = Lines().of("onderwerpobject", UUID(int=1))
        verwijzingen.read(notes, "id", given, ONDERWERP)
    assert verwijzingen.as_they_are == {("elders", "boom", "nummer"): 2}
