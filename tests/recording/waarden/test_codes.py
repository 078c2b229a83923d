import pytest

from gateway.recording.fouten import Fouten
from gateway.recording.waarden.codes import check_kanaal, check_land, check_taal
from tests.recording.waarden.telling import told

TAAL = (
    "Een taal is een code van drie letters uit ISO 639-2, zoals nld; veel gebruikte"
    " staan in referentielijsten.talen."
)
LAND = (
    "Een land is een code van twee letters uit ISO 3166-1, zoals BE; zie"
    " referentielijsten.landen."
)
KANAAL = "Een kanaal is een van de codes in referentielijsten.kanalen."
KANALEN = frozenset({"balie", "e-mail"})


@pytest.mark.parametrize(
    ("given", "written"),
    [
        ("nld", "nld"),
        ("dut", "nld"),
        ("fre", "fra"),
        (" GER", "deu"),
        ("tlh", "tlh"),
        (None, None),
    ],
)
def test_a_taal_is_a_code_of_either_variant_and_the_terminological_one_is_written(
    given: str | None, written: str | None
) -> None:
    fouten = Fouten()
    assert (check_taal(given, "taal", fouten), told(fouten)) == (written, [])


@pytest.mark.parametrize(
    "given", ["", "nl", "Nederlands", "n1d", "nlé", "nld\x00", "\u212aur", "xxx", "qaa"]
)
def test_what_is_no_taal_is_refused(given: str) -> None:
    fouten = Fouten()
    check_taal(given, "taal", fouten)
    assert told(fouten) == [("ONGELDIG", "taal", TAAL)]


@pytest.mark.parametrize(
    ("given", "written"), [("BE", "BE"), ("de ", "DE"), ("xk", "XK"), (None, None)]
)
def test_a_land_is_written_in_capitals(given: str | None, written: str | None) -> None:
    fouten = Fouten()
    assert (check_land(given, "land", fouten), told(fouten)) == (written, [])


@pytest.mark.parametrize("given", ["", "B", "BEL", "B1", "ß", "XX", "EU", "UK", "ZZ"])
def test_what_is_no_land_is_refused(given: str) -> None:
    fouten = Fouten()
    check_land(given, "land", fouten)
    assert told(fouten) == [("ONGELDIG", "land", LAND)]


@pytest.mark.parametrize(
    ("given", "written"), [("balie", "balie"), (" e-mail\n", "e-mail"), (None, None)]
)
def test_a_kanaal_is_one_of_the_list(given: str | None, written: str | None) -> None:
    fouten = Fouten()
    found = check_kanaal(given, "kanaal", fouten, kanalen=KANALEN)
    assert (found, told(fouten)) == (written, [])


@pytest.mark.parametrize("given", ["", "fax", "Balie", "balie\x00", "x" * 51, "\ud800"])
def test_a_kanaal_that_is_not_in_the_list_is_told_once(given: str) -> None:
    fouten = Fouten()
    check_kanaal(given, "kanaal", fouten, kanalen=KANALEN)
    assert told(fouten) == [("ONGELDIG", "kanaal", KANAAL)]


def test_without_a_list_any_kanaal_is_one_of_50_characters_at_most() -> None:
    fouten = Fouten()
    assert check_kanaal(" fax ", "kanaal", fouten, kanalen=frozenset()) == "fax"
    check_kanaal("x" * 51, "kanaal", fouten, kanalen=frozenset())
    melding = "Dit is een tekst van hooguit 50 tekens."
    assert told(fouten) == [("ONGELDIG", "kanaal", melding)]
