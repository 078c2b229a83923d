import pytest

from gateway.recording.fouten import Fouten
from gateway.recording.waarden.codes import check_kanaal, check_land, check_taal
from tests.recording.waarden.telling import told

TAAL = "Een taal is een code van drie letters (ISO 639-2), zoals nld."
LAND = "Een land is een code van twee letters (ISO 3166-1), zoals BE."


@pytest.mark.parametrize(
    ("given", "written"),
    [("nld", "nld"), ("dut", "dut"), (" DEU", "deu"), (None, None)],
)
def test_a_taal_is_a_code_of_either_variant(
    given: str | None, written: str | None
) -> None:
    fouten = Fouten()
    assert (check_taal(given, "taal", fouten), told(fouten)) == (written, [])


@pytest.mark.parametrize("given", ["", "nl", "Nederlands", "n1d", "nlé", "nld\x00"])
def test_what_is_no_taal_is_refused(given: str) -> None:
    fouten = Fouten()
    check_taal(given, "taal", fouten)
    assert told(fouten) == [("ONGELDIG", "taal", TAAL)]


@pytest.mark.parametrize(
    ("given", "written"), [("BE", "BE"), ("de ", "DE"), (None, None)]
)
def test_a_land_is_written_in_capitals(given: str | None, written: str | None) -> None:
    fouten = Fouten()
    assert (check_land(given, "land", fouten), told(fouten)) == (written, [])


@pytest.mark.parametrize("given", ["", "B", "BEL", "B1", "ß"])
def test_what_is_no_land_is_refused(given: str) -> None:
    fouten = Fouten()
    check_land(given, "land", fouten)
    assert told(fouten) == [("ONGELDIG", "land", LAND)]


def test_any_kanaal_is_one_of_50_characters_at_most() -> None:
    fouten = Fouten()
    assert check_kanaal(" balie ", "kanaal", fouten) == "balie"
    check_kanaal("x" * 51, "kanaal", fouten)
    melding = "Dit is een tekst van hooguit 50 tekens."
    assert told(fouten) == [("ONGELDIG", "kanaal", melding)]
