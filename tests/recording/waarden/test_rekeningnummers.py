import pytest

from gateway.recording.fouten import Fouten
from gateway.recording.waarden.rekeningnummers import (
    IBAN,
    Rekeningnummer,
    check_iban,
    check_rekeningnummer,
)
from tests.recording.waarden.telling import told


# The examples of the IBAN registry.
@pytest.mark.parametrize(
    "iban",
    [
        "NL91ABNA0417164300",
        "BE68539007547034",
        "DE89370400440532013000",
        "FR1420041010050500013M02606",
        "GB29NWBK60161331926819",
        "MT84MALT011000012345MTLCAST001S",
        "NO9386011117947",
        "RO49AAAA1B31007593840000",
        "BR1800360305000010009795493C1",
    ],
)
def test_an_iban_that_adds_up_is_written_as_it_is(iban: str) -> None:
    fouten = Fouten()
    assert (check_iban(iban, "iban", fouten), told(fouten)) == (iban, [])


def test_a_rekeningnummer_is_written_in_capitals_without_spaces() -> None:
    fouten = Fouten()
    given = Rekeningnummer("nl91 abna 0417 1643 00", " abnanl2a")
    found = check_rekeningnummer(given, "rekening", fouten)
    assert found == Rekeningnummer("NL91ABNA0417164300", "ABNANL2A")
    assert told(fouten) == []


@pytest.mark.parametrize(
    ("iban", "melding"),
    [
        ("NL91ABNA0417164301", "Het controlegetal van deze IBAN klopt niet."),
        ("NL91ABNA041716430", IBAN),
        ("NL911234041716430A", IBAN),
        ("BE685390075470341", IBAN),
        ("BR18", IBAN),
        ("", IBAN),
        ("NL91ABNA04171643\u0660\u0660", IBAN),
    ],
)
def test_what_is_no_iban_is_refused(iban: str, melding: str) -> None:
    fouten = Fouten()
    check_rekeningnummer(Rekeningnummer(iban), "rekening", fouten)
    assert told(fouten) == [("ONGELDIG", "rekening.iban", melding)]


@pytest.mark.parametrize("bic", ["", "ABNANL2", "ABNANL2A1", "ABNA1L2A", "ABNANL2é"])
def test_what_is_no_bic_is_refused(bic: str) -> None:
    fouten = Fouten()
    check_rekeningnummer(Rekeningnummer("NL91ABNA0417164300", bic), "rekening", fouten)
    melding = "Een BIC is acht of elf letters en cijfers."
    assert told(fouten) == [("ONGELDIG", "rekening.bic", melding)]
