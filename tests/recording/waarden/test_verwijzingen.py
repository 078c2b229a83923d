import pytest

from gateway.identificator import Identificator
from gateway.recording.fouten import Fouten
from gateway.recording.waarden.verwijzingen import (
    Verwijzing,
    check_url,
    check_verwijzing,
)
from tests.recording.waarden.telling import told

URL = "https://zaken.example/api/v1/zaken/1"
PARTS = Identificator("zaaksysteem", "zaak", "zaaknummer", "Z-1")
ONE = "Een verwijzing is een webadres of een identificator, een van beide."
ADDRESS = "Dit is een webadres (http of https) van hooguit 1000 tekens."


@pytest.mark.parametrize(
    "given", [Verwijzing(url=URL), Verwijzing(identificator=PARTS)]
)
def test_any_reference_is_written_as_it_is(given: Verwijzing) -> None:
    fouten = Fouten()
    assert check_verwijzing(given, "zaak", fouten) == given
    assert told(fouten) == []


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (Verwijzing(), "VERPLICHT"),
        (Verwijzing(url=URL, identificator=PARTS), "NIET_TOEGESTAAN"),
    ],
)
def test_a_reference_is_exactly_one_of_the_two(given: Verwijzing, code: str) -> None:
    fouten = Fouten()
    check_verwijzing(given, "zaak", fouten)
    assert told(fouten) == [(code, "zaak", ONE)]


@pytest.mark.parametrize(
    "url",
    [
        "",
        "zaken/1",
        "ftp://zaken.example/1",
        "HTTPS://zaken.example/1",
        "https://",
        "https:///zaken/1",
        "https://zaken.example/zaak 1",
        "https://zaken.example/\x00",
        "https://zaken.example/\u202e1",
        "https://zaken.example/" + "x" * 979,
    ],
)
def test_what_is_no_address_is_refused(url: str) -> None:
    fouten = Fouten()
    check_verwijzing(Verwijzing(url=url), "zaak", fouten)
    assert told(fouten) == [("ONGELDIG", "zaak.url", ADDRESS)]


def test_an_address_may_have_1000_characters() -> None:
    fouten, url = Fouten(), "https://zaken.example/" + "x" * 978
    assert (check_url(url, "url", fouten), told(fouten)) == (url, [])


def test_the_four_parts_are_there_together() -> None:
    fouten = Fouten()
    given = Identificator("zaaksysteem", "", " ", "x" * 201)
    check_verwijzing(Verwijzing(identificator=given), "zaak", fouten)
    empty = "Dit gegeven mag niet leeg zijn."
    assert told(fouten) == [
        ("VERPLICHT", "zaak.identificator.codeObjecttype", empty),
        ("VERPLICHT", "zaak.identificator.codeSoortObjectId", empty),
        (
            "ONGELDIG",
            "zaak.identificator.objectId",
            "Dit is een tekst van hooguit 200 tekens.",
        ),
    ]


def test_a_reference_is_five_columns() -> None:
    assert Verwijzing(identificator=PARTS).columns() == {
        "url": None,
        "code_register": "zaaksysteem",
        "code_objecttype": "zaak",
        "code_soort_object_id": "zaaknummer",
        "object_id": "Z-1",
    }
    assert Verwijzing(url=URL).columns() == {
        "url": URL,
        "code_register": None,
        "code_objecttype": None,
        "code_soort_object_id": None,
        "object_id": None,
    }
