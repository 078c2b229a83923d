import pytest

from gateway.recording.fouten import Fouten
from gateway.recording.waarden.actoren import check_actor
from tests.recording.waarden.telling import told

NOT_OF = "Dit hoort niet bij een actor van deze soort."
VALUES: dict[str, object] = {"naam": " KCC ", "indicatie_actief": True}


def test_an_actor_is_written_with_its_texts_as_they_are() -> None:
    fouten = Fouten()
    found = check_actor(VALUES, "invoer", fouten, soort_actor="medewerker")
    assert (found, told(fouten)) == ({"naam": "KCC", "indicatie_actief": True}, [])


@pytest.mark.parametrize(
    ("soort", "name", "field"),
    [
        ("medewerker", "omschrijving", "omschrijving"),
        ("organisatorische_eenheid", "functie", "functie"),
        ("geautomatiseerde_actor", "emailadres", "emailadres"),
        ("geautomatiseerde_actor", "telefoonnummer", "telefoonnummer"),
    ],
)
def test_an_actor_has_nothing_of_another_soort(
    soort: str, name: str, field: str
) -> None:
    fouten = Fouten()
    check_actor(VALUES | {name: "x"}, "invoer", fouten, soort_actor=soort)
    assert told(fouten) == [("NIET_TOEGESTAAN", f"invoer.{field}", NOT_OF)]
    check_actor(VALUES | {name: None}, "invoer", fouten, soort_actor=soort)
    assert len(told(fouten)) == 1


def test_an_actor_has_a_name_and_texts_of_their_length() -> None:
    fouten = Fouten()
    given: dict[str, object] = {"naam": None, "telefoonnummer": "x" * 21}
    check_actor(given, "invoer", fouten, soort_actor="medewerker")
    longest = "Dit is een tekst van hooguit 20 tekens."
    assert told(fouten) == [
        ("VERPLICHT", "invoer.naam", "Dit gegeven is verplicht."),
        ("ONGELDIG", "invoer.telefoonnummer", longest),
    ]


def test_a_soort_that_is_not_known_is_refused() -> None:
    fouten = Fouten()
    check_actor(VALUES, "invoer", fouten, soort_actor="hond")
    assert [(code, pad) for code, pad, _ in told(fouten)] == [
        ("ONGELDIG", "invoer.soortActor")
    ]
