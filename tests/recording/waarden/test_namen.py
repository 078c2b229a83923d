import pytest

from gateway.recording.fouten import Fouten
from gateway.recording.waarden.namen import (
    Contactnaam,
    check_contactnaam,
    check_naam_naar_soort,
    check_organisatienaam,
)
from tests.recording.waarden.telling import Told, told

AN = Contactnaam(voornaam="An")


def test_a_contactnaam_is_written_part_by_part() -> None:
    fouten = Fouten()
    given = Contactnaam("A.", " An ", "de", "Wit")
    found = check_contactnaam(given, "contactnaam", fouten)
    assert (found, told(fouten)) == (Contactnaam("A.", "An", "de", "Wit"), [])


def test_every_part_has_its_length() -> None:
    fouten = Fouten()
    check_contactnaam(
        Contactnaam("x" * 11, "x" * 201, "x" * 11, "x" * 201), "naam", fouten
    )
    assert told(fouten) == [
        ("ONGELDIG", "naam.voorletters", "Dit is een tekst van hooguit 10 tekens."),
        ("ONGELDIG", "naam.voornaam", "Dit is een tekst van hooguit 200 tekens."),
        (
            "ONGELDIG",
            "naam.voorvoegselAchternaam",
            "Dit is een tekst van hooguit 10 tekens.",
        ),
        ("ONGELDIG", "naam.achternaam", "Dit is een tekst van hooguit 200 tekens."),
    ]


def test_a_contactnaam_of_nothing_is_none() -> None:
    fouten = Fouten()
    check_contactnaam(Contactnaam(), "contactnaam", fouten)
    melding = "Een contactnaam heeft minstens één deel."
    assert told(fouten) == [("VERPLICHT", "contactnaam", melding)]


def test_an_organisation_has_a_name_of_200_characters_at_most() -> None:
    fouten = Fouten()
    assert check_organisatienaam(" Bakkerij ", "naam", fouten) == "Bakkerij"
    check_organisatienaam("x" * 201, "naam", fouten)
    melding = "Dit is een tekst van hooguit 200 tekens."
    assert told(fouten) == [("ONGELDIG", "naam", melding)]


NO_CONTACTNAAM = (
    "NIET_TOEGESTAAN",
    "invoer.contactnaam",
    "Een organisatie heeft een naam, geen contactnaam.",
)
NO_NAAM = (
    "NIET_TOEGESTAAN",
    "invoer.naam",
    "Alleen een organisatie heeft een naam; een mens een contactnaam.",
)


@pytest.mark.parametrize(
    ("soort", "refused"),
    [
        ("persoon", [NO_NAAM]),
        ("contactpersoon", [NO_NAAM]),
        ("organisatie", [NO_CONTACTNAAM]),
    ],
)
def test_the_soort_says_which_of_the_two_names(soort: str, refused: Told) -> None:
    fouten = Fouten()
    check_naam_naar_soort(AN, "Bakkerij", "invoer", fouten, soort_partij=soort)
    assert told(fouten) == refused


def test_a_partij_needs_no_name() -> None:
    fouten = Fouten()
    for soort in ("persoon", "contactpersoon", "organisatie"):
        check_naam_naar_soort(None, None, "invoer", fouten, soort_partij=soort)
    assert told(fouten) == []
