import pytest

from gateway.recording.fouten import Fouten
from gateway.recording.waarden.teksten import (
    Tekst,
    check_one_of,
    check_tekst,
    check_teksten,
)
from tests.recording.waarden.telling import told

EMPTY = "Dit gegeven mag niet leeg zijn."
LEFT_OUT = "Dit gegeven mag niet leeg zijn; laat het weg als het onbekend is."
ONE_LINE = "Dit is één regel tekst, zonder besturingstekens."
TEXT = "Dit is een tekst, zonder besturingstekens."
SHORT, LINES = Tekst(5), Tekst(20, regels=True)


@pytest.mark.parametrize(
    ("given", "regel", "written"),
    [
        ("é" * 5, SHORT, "é" * 5),
        ("  an ", SHORT, "an"),
        ("a\tb", SHORT, "a b"),
        ("een\r\ntwee\rdrie\n", LINES, "een\ntwee\ndrie"),
        ("a\u200db", SHORT, "a\u200db"),
        (None, SHORT, None),
    ],
)
def test_a_text_is_written_without_the_space_around_it(
    given: str | None, regel: Tekst, written: str | None
) -> None:
    fouten = Fouten()
    assert (check_tekst(given, "tekst", fouten, regel), told(fouten)) == (written, [])


@pytest.mark.parametrize(
    ("given", "regel", "code", "melding"),
    [
        ("", SHORT, "ONGELDIG", LEFT_OUT),
        (" \n\u00a0", SHORT, "ONGELDIG", LEFT_OUT),
        ("\u200b", SHORT, "ONGELDIG", LEFT_OUT),
        ("", Tekst(5, verplicht=True), "VERPLICHT", EMPTY),
        (None, Tekst(5, verplicht=True), "VERPLICHT", "Dit gegeven is verplicht."),
        ("x" * 6, SHORT, "ONGELDIG", "Dit is een tekst van hooguit 5 tekens."),
        ("a\nb", SHORT, "ONGELDIG", ONE_LINE),
        ("a\x00b", SHORT, "ONGELDIG", ONE_LINE),
        ("a\x1bb", LINES, "ONGELDIG", TEXT),
        ("a\ud800b", LINES, "ONGELDIG", TEXT),
    ],
)
def test_what_is_no_such_text_is_refused(
    given: str | None, regel: Tekst, code: str, melding: str
) -> None:
    fouten = Fouten()
    check_tekst(given, "invoer.tekst", fouten, regel)
    assert told(fouten) == [(code, "invoer.tekst", melding)]


def test_of_values_that_change_only_the_texts_given_are_checked() -> None:
    fouten = Fouten()
    regels = {"code_register": SHORT, "naam": Tekst(5, verplicht=True)}
    values = {"code_register": " ", "aantal": 3}
    assert check_teksten(values, regels, "invoer", fouten) == {
        "code_register": "",
        "aantal": 3,
    }
    assert told(fouten) == [("ONGELDIG", "invoer.codeRegister", LEFT_OUT)]


def test_a_text_that_must_be_there_is_not_emptied() -> None:
    fouten, regels = Fouten(), {"naam": Tekst(5, verplicht=True)}
    assert check_teksten({"naam": None}, regels, "", fouten) == {"naam": None}
    assert told(fouten) == [("VERPLICHT", "naam", "Dit gegeven is verplicht.")]


def test_a_value_of_a_closed_list_is_one_of_them() -> None:
    fouten = Fouten()
    check_one_of("a", ("a", "b"), "soort", fouten)
    check_one_of("c", ("a", "b"), "soort", fouten)
    assert told(fouten) == [("ONGELDIG", "soort", "Dit is een van: a, b.")]
