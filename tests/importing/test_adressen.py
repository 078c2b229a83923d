"""Addresses as an Open Klant has them, in the forms that ours have."""

from uuid import UUID

import msgspec
import pytest

from gateway.importing.adressen import Owner, columns, digitale_adressen
from gateway.importing.lines import Lines
from gateway.importing.planning import Keys
from gateway.importing.records import Adres, DigitaalAdres
from tests.importing.standin import Payload

WHO = UUID(int=1)
Told = list[tuple[str, str]]


def told(lines: Lines) -> Told:
    return [(each.field, each.rule) for each in lines]


STREET: dict[str, object] = {"vorm": "straatadres", "straatnaam": "Dorpsstraat"}
ADRESSEN: list[tuple[str, Payload, dict[str, object] | None, Told]] = [
    ("nothing", {"land": "", "huisnummer": None}, None, []),
    (
        "a street",
        {
            "straatnaam": "Dorpsstraat",
            "huisnummer": 1,
            "huisnummertoevoeging": "a",
            "postcode": "1234ab",
            "stad": "Stad",
            "land": "NL",
        },
        {
            **STREET,
            "huisnummer": 1,
            "huisnummertoevoeging": "a",
            "postcode": "1234 AB",
            "plaats": "Stad",
        },
        [],
    ),
    (
        "a BAG number",
        {"nummeraanduidingId": "0363200000123456"},
        {"vorm": "straatadres", "nummeraanduiding_id": "0363200000123456"},
        [],
    ),
    (
        "what is none",
        {
            "nummeraanduidingId": "x",
            "straatnaam": "Dorpsstraat",
            "huisnummer": 0,
            "huisnummertoevoeging": "a",
            "postcode": "12",
            "land": "nl",
        },
        STREET,
        [
            ("land", "is no ISO 3166 code"),
            ("nummeraanduidingId", "is no BAG number"),
            ("huisnummer", "is not from 1 to 99999"),
            ("huisnummertoevoeging", "stands beside no huisnummer"),
            ("postcode", "is no Dutch postcode"),
        ],
    ),
    (
        "a number without a street",
        {"huisnummer": 1, "postcode": "1234 AB"},
        None,
        [("", "names no street, BAG number or adresregel1")],
    ),
    (
        "a postbus in a line",
        {"adresregel1": "Postbus 12", "adresregel2": "t.a.v. A", "stad": "Stad"},
        {
            "vorm": "postbus",
            "postbusnummer": 12,
            "adresregel2": "t.a.v. A",
            "plaats": "Stad",
        },
        [],
    ),
    (
        "an antwoordnummer as a street",
        {"straatnaam": "Antwoordnummer", "huisnummer": 7, "huisnummertoevoeging": "b"},
        {"vorm": "antwoordnummer", "antwoordnummer": 7},
        [("huisnummertoevoeging", "a antwoordnummer has none")],
    ),
    (
        "abroad",
        {"adresregel1": "Hauptstr. 1", "stad": "Aachen", "land": "DE"},
        {
            "vorm": "buitenland",
            "adresregel1": "Hauptstr. 1",
            "plaats": "Aachen",
            "land": "DE",
        },
        [],
    ),
    (
        "abroad as a street",
        {
            "straatnaam": "Hauptstr.",
            "huisnummer": 1,
            "postcode": "52062",
            "land": "DE",
            "nummeraanduidingId": "0363200000123456",
        },
        {
            "vorm": "buitenland",
            "adresregel1": "Hauptstr. 1",
            "adresregel2": "52062",
            "land": "DE",
        },
        [
            ("nummeraanduidingId", "an address abroad has none"),
            ("", "became adresregels: an address abroad has no others"),
        ],
    ),
    (
        "abroad without a line",
        {"stad": "Aachen", "land": "DE"},
        None,
        [("", "does not fit in three adresregels of 80 characters")],
    ),
]


@pytest.mark.parametrize(("given", "expected", "said"), [row[1:] for row in ADRESSEN])
def test_an_adres(
    given: Payload, expected: dict[str, object] | None, said: Told
) -> None:
    lines = Lines()
    adres = msgspec.convert(given, Adres)
    found = columns(lines.of("partij", WHO), "correspondentieadres", adres)
    filled = found and {name: each for name, each in found.items() if each is not None}
    assert filled == expected
    assert told(lines) == [
        (f"correspondentieadres.{field}".rstrip("."), rule) for field, rule in said
    ]


def test_a_postbus_is_no_place_to_visit() -> None:
    lines = Lines()
    notes = lines.of("partij", WHO)
    found = columns(notes, "bezoekadres", Adres(adresregel1="Postbus 12"))
    assert found is not None
    assert (found["vorm"], found["adresregel1"]) == ("straatadres", "Postbus 12")
    assert told(lines) == []


DIGITAL: list[tuple[str, str, str | None, Told]] = [
    ("telefoonnummer", "06-123 456 78", "0612345678", []),
    ("telefoonnummer", "+31 (6) 12345678", "+31612345678", []),
    ("telefoonnummer", "0031612345678", "0031612345678", []),
    ("telefoonnummer", "0800-1234", None, [("adres", "telephone")]),
    ("telefoonnummer", "0900123456", None, [("adres", "telephone")]),
    ("telefoonnummer", "14010", None, [("adres", "telephone")]),
    ("email", "a@b.nl", "a@b.nl", []),
    ("email", "a@b", None, [("adres", "e-mail")]),
    ("overig", "@anna", "@anna", []),
    ("fax", "1", None, [("soortDigitaalAdres", "unknown")]),
    ("overig", "", None, [("adres", "empty")]),
    ("overig", "a\0b", None, [("adres", "NUL")]),
    ("overig", "a" * 255, None, [("adres", "long")]),
]
RULES = {
    "telephone": "is no telephone number of somebody",
    "e-mail": "is no e-mail address",
    "unknown": "is unknown",
    "empty": "is empty",
    "NUL": "holds a NUL",
    "long": "has more than 254 characters",
}


@pytest.mark.parametrize(("soort", "adres", "kept", "said"), DIGITAL)
def test_a_digitaal_adres(soort: str, adres: str, kept: str | None, said: Told) -> None:
    lines = Lines()
    given = DigitaalAdres(uuid=WHO, adres=adres, soort_digitaal_adres=soort)
    owner = Owner("partij", WHO, WHO)
    found = digitale_adressen(lines, Keys([]), owner, [given])
    assert [each.values["adres"] for each in found] == ([kept] if kept else [])
    assert told(lines) == [(field, RULES[rule]) for field, rule in said]


def test_only_a_partij_has_one_to_use() -> None:
    lines = Lines()
    given = DigitaalAdres(
        uuid=WHO, adres="a@b.nl", soort_digitaal_adres="email", is_standaard_adres=True
    )
    owner = Owner("betrokkene", WHO, WHO)
    (found,) = digitale_adressen(lines, Keys([]), owner, [given])
    assert found.values["standaard"] is False
    assert told(lines) == [("isStandaardAdres", "only a partij has one to use")]
