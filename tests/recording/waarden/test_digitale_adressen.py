import pytest

from gateway.recording.fouten import Fouten
from gateway.recording.waarden.digitale_adressen import (
    TELEFOONNUMMER,
    DigitaalAdres,
    Eigenaar,
    check_digitaal_adres,
    check_digitale_adressen,
)
from tests.recording.waarden.telling import told

EMAIL = "Dit is geen e-mailadres; geef er een zoals naam@example.nl."
SERVICE = "Een 0800- of 0900-nummer is van een dienst, niet van een klant."
PARTIJ, BETROKKENE = Eigenaar.PARTIJ, Eigenaar.BETROKKENE


def checked(given: DigitaalAdres, fouten: Fouten) -> DigitaalAdres:
    return check_digitaal_adres(given, "adres", fouten, eigenaar=PARTIJ)


@pytest.mark.parametrize(
    ("soort", "given", "written"),
    [
        ("email", " An.de.Wit@Example.NL ", "An.de.Wit@example.nl"),
        ("email", "ann@bücher.example", "ann@bücher.example"),
        ("telefoonnummer", "015-260 24 11", "0152602411"),
        ("telefoonnummer", "(015) 2602411", "0152602411"),
        ("telefoonnummer", "(0)6 12345678", "0612345678"),
        ("telefoonnummer", "+31 (0)6 12.34.56.78", "+31612345678"),
        ("telefoonnummer", "0031 (0)15 260 24 11", "0031152602411"),
        ("telefoonnummer", "+32 475 12 34 56", "+32475123456"),
        ("overig", " An ", "An"),
    ],
)
def test_an_address_is_written_in_one_way(soort: str, given: str, written: str) -> None:
    fouten = Fouten()
    found = checked(DigitaalAdres(soort=soort, adres=given), fouten)
    assert (found.adres, told(fouten)) == (written, [])


@pytest.mark.parametrize(
    ("soort", "given", "melding"),
    [
        ("email", "an", EMAIL),
        ("email", "an@example", EMAIL),
        ("email", "an@example.", EMAIL),
        ("email", "an@@example.nl", EMAIL),
        ("email", "an de wit@example.nl", EMAIL),
        ("email", "an\u200b@example.nl", EMAIL),
        ("email", "@example.nl", EMAIL),
        ("email", "x" * 250 + "@x.nl", "Dit is een tekst van hooguit 254 tekens."),
        ("telefoonnummer", "0612345", TELEFOONNUMMER),
        ("telefoonnummer", "1400", TELEFOONNUMMER),
        ("telefoonnummer", "06 1234 5678 mobiel", TELEFOONNUMMER),
        ("telefoonnummer", "٠٦١٢٣٤٥٦٧٨", TELEFOONNUMMER),
        ("telefoonnummer", "0800 123 456", SERVICE),
        ("telefoonnummer", "0900-123456", SERVICE),
        ("telefoonnummer", "+31 900 123456", SERVICE),
        ("telefoonnummer", "0031 800 1234", SERVICE),
    ],
)
def test_what_is_no_such_address_is_refused(
    soort: str, given: str, melding: str
) -> None:
    fouten = Fouten()
    checked(DigitaalAdres(soort=soort, adres=given), fouten)
    assert told(fouten) == [("ONGELDIG", "adres.adres", melding)]


@pytest.mark.parametrize("soort", ["email", "telefoonnummer", "overig"])
def test_an_address_is_not_empty(soort: str) -> None:
    fouten = Fouten()
    checked(DigitaalAdres(soort=soort, adres=" "), fouten)
    melding = "Dit gegeven mag niet leeg zijn."
    assert told(fouten) == [("VERPLICHT", "adres.adres", melding)]


def test_social_media_have_a_platform_and_nothing_else_has() -> None:
    fouten = Fouten()
    checked(DigitaalAdres(soort="social_media", adres="@an", platform="x"), fouten)
    checked(DigitaalAdres(soort="social_media", adres="@an"), fouten)
    checked(DigitaalAdres(soort="overig", adres="@an", platform="x"), fouten)
    assert told(fouten) == [
        ("VERPLICHT", "adres.platform", "Bij sociale media hoort het platform."),
        (
            "NIET_TOEGESTAAN",
            "adres.platform",
            "Een platform hoort alleen bij sociale media.",
        ),
    ]


def test_a_soort_that_is_not_known_is_refused() -> None:
    fouten = Fouten()
    checked(DigitaalAdres(soort="duif", adres="til"), fouten)
    melding = "Dit is een van: email, telefoonnummer, social_media, overig."
    assert told(fouten) == [("ONGELDIG", "adres.soort", melding)]


def test_a_betrokkene_has_no_standard_address() -> None:
    fouten = Fouten()
    given = DigitaalAdres(soort="email", adres="an@example.nl", standaard=True)
    check_digitaal_adres(given, "adres", fouten, eigenaar=BETROKKENE)
    melding = "Alleen een partij heeft een standaardadres."
    assert told(fouten) == [("NIET_TOEGESTAAN", "adres.standaard", melding)]


def test_there_is_one_standard_address_of_a_soort_at_most() -> None:
    fouten = Fouten()
    first = DigitaalAdres(soort="email", adres="an@example.nl", standaard=True)
    other = DigitaalAdres(soort="overig", adres="an", standaard=True)
    given = [first, other, DigitaalAdres(soort="email", adres="bo@example.nl"), first]
    found = check_digitale_adressen(given, "adressen", fouten, eigenaar=PARTIJ)
    assert found == tuple(given)
    melding = "Van elke soort is er hooguit één het standaardadres."
    assert told(fouten) == [("BESTAAT_AL", "adressen.3.standaard", melding)]
