from datetime import UTC, datetime, timedelta

from gateway.recording.fouten import Fouten
from gateway.recording.waarden.namen import Contactnaam
from gateway.recording.waarden.partijen import (
    Namens,
    Partij,
    check_namens,
    check_partij,
)
from tests.recording.waarden.telling import told

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def test_a_partij_is_written_in_one_way() -> None:
    fouten = Fouten()
    given = Partij(
        soort_partij="persoon",
        contactnaam=Contactnaam(voornaam=" An"),
        interne_notitie="Intern:\r\npas op",
        voorkeurstaal="NLD",
    )
    assert check_partij(given, "partij", fouten) == Partij(
        soort_partij="persoon",
        contactnaam=Contactnaam(voornaam="An"),
        interne_notitie="Intern:\npas op",
        voorkeurstaal="nld",
    )
    assert told(fouten) == []


def test_a_partij_may_hold_nothing() -> None:
    fouten, given = Fouten(), Partij(soort_partij="organisatie")
    assert (check_partij(given, "partij", fouten), told(fouten)) == (given, [])


def test_all_that_is_wrong_with_a_partij_is_told() -> None:
    fouten = Fouten()
    given = Partij(
        soort_partij="organisatie",
        contactnaam=Contactnaam(),
        naam="x" * 201,
        interne_notitie="",
        voorkeurstaal="nederlands",
    )
    check_partij(given, "partij", fouten)
    check_partij(Partij(soort_partij="hond"), "partij", fouten)
    assert [(code, pad) for code, pad, _ in told(fouten)] == [
        ("NIET_TOEGESTAAN", "partij.contactnaam"),
        ("VERPLICHT", "partij.contactnaam"),
        ("ONGELDIG", "partij.naam"),
        ("ONGELDIG", "partij.interneNotitie"),
        ("ONGELDIG", "partij.voorkeurstaal"),
        ("ONGELDIG", "partij.soortPartij"),
    ]


def test_a_partij_is_written_as_columns() -> None:
    given = Partij(soort_partij="persoon", contactnaam=Contactnaam(voornaam="An"))
    assert given.columns() == {
        "soort_partij": "persoon",
        "naam": None,
        "interne_notitie": None,
        "indicatie_geheimhouding": None,
        "voorkeurstaal": None,
        "voorletters": None,
        "voornaam": "An",
        "voorvoegsel_achternaam": None,
        "achternaam": None,
    }


def test_for_whom_someone_acted_was_established_then() -> None:
    fouten = Fouten()
    right = Namens(formeel=True, vastgesteld_op=NOW + MINUTE, hoedanigheid="eigenaar")
    assert check_namens(right, "namens", fouten, now=NOW) == right
    unsaid = Namens(formeel=False, vastgesteld_op=NOW + 2 * MINUTE)
    check_namens(unsaid, "namens", fouten, now=NOW)
    wrong = Namens(formeel=True, vastgesteld_op=NOW, hoedanigheid="buur")
    check_namens(wrong, "namens", fouten, now=NOW)
    assert told(fouten) == [
        (
            "IN_DE_TOEKOMST",
            "namens.vastgesteldOp",
            "Namens wie iemand optrad, is al vastgesteld.",
        ),
        (
            "ONGELDIG",
            "namens.hoedanigheid",
            "Dit is een van: werknemer, eigenaar, gemachtigde, anders.",
        ),
    ]
