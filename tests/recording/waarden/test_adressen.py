import msgspec
import pytest

from gateway.recording.fouten import Fouten
from gateway.recording.waarden.adressen import Adres, check_adres, check_adressen
from tests.recording.waarden.telling import told

STREET = Adres(soort="bezoekadres", vorm="straatadres", straatnaam="Markt")
VALID = {
    "street": STREET,
    "bag": Adres(
        soort="bezoekadres",
        vorm="straatadres",
        nummeraanduiding_id="0503200000000001",
    ),
    "lines": Adres(soort="bezoekadres", vorm="straatadres", adresregel1="Woonboot"),
    "postbus": Adres(soort="correspondentieadres", vorm="postbus", postbusnummer=1),
    "antwoordnummer": Adres(
        soort="correspondentieadres", vorm="antwoordnummer", antwoordnummer=99_999
    ),
    "abroad": Adres(
        soort="bezoekadres", vorm="buitenland", land="BE", adresregel1="Markt 1"
    ),
}

NOT_STREET = "Dit hoort niet bij een straatadres."
NOT_POSTBUS = "Dit hoort niet bij een postbus."
NOT_ABROAD = "Dit hoort niet bij een adres in het buitenland."
NUMBER = "Dit is een getal van 1 tot en met 99999."
POSTCODE = "Een postcode is vier cijfers en twee letters, zoals 1234 AB."
BAG = "Een nummeraanduiding (BAG) is zestien cijfers."
NEEDED = "Dit is verplicht bij een adres in het buitenland."
SOORTEN = "Dit is een van: bezoekadres, correspondentieadres."
LINE = "Een adresregel hoort bij een adres dat niet in de BAG staat."

Change = dict[str, str | int | None]

# which, what is changed, and what is told of it
REFUSED: list[tuple[str, Change, str, str, str]] = [
    ("street", {"soort": "woonadres"}, "ONGELDIG", "soort", SOORTEN),
    ("street", {"huisnummer": 0}, "ONGELDIG", "huisnummer", NUMBER),
    ("street", {"huisnummer": 100_000}, "ONGELDIG", "huisnummer", NUMBER),
    ("street", {"postcode": "0123 AB"}, "ONGELDIG", "postcode", POSTCODE),
    ("street", {"postcode": "1234"}, "ONGELDIG", "postcode", POSTCODE),
    ("street", {"postbusnummer": 1}, "NIET_TOEGESTAAN", "postbusnummer", NOT_STREET),
    ("street", {"antwoordnummer": 1}, "NIET_TOEGESTAAN", "antwoordnummer", NOT_STREET),
    ("street", {"land": "BE"}, "NIET_TOEGESTAAN", "land", NOT_STREET),
    ("bag", {"nummeraanduiding_id": "1"}, "ONGELDIG", "nummeraanduidingId", BAG),
    ("bag", {"adresregel2": "Hier"}, "NIET_TOEGESTAAN", "adresregel2", LINE),
    (
        "lines",
        {"adresregel1": "x" * 81},
        "ONGELDIG",
        "adresregel1",
        "Dit is een tekst van hooguit 80 tekens.",
    ),
    ("postbus", {"postbusnummer": 0}, "ONGELDIG", "postbusnummer", NUMBER),
    (
        "postbus",
        {"postbusnummer": None},
        "VERPLICHT",
        "postbusnummer",
        "Dit is verplicht bij een postbus.",
    ),
    ("postbus", {"straatnaam": "Markt"}, "NIET_TOEGESTAAN", "straatnaam", NOT_POSTBUS),
    (
        "postbus",
        {"soort": "bezoekadres"},
        "ONGELDIG",
        "soort",
        "Dit is een van: correspondentieadres.",
    ),
    (
        "antwoordnummer",
        {"antwoordnummer": None},
        "VERPLICHT",
        "antwoordnummer",
        "Dit is verplicht bij een antwoordnummer.",
    ),
    ("abroad", {"land": None}, "VERPLICHT", "land", NEEDED),
    ("abroad", {"adresregel1": None}, "VERPLICHT", "adresregel1", NEEDED),
    ("abroad", {"postcode": "1234 AB"}, "NIET_TOEGESTAAN", "postcode", NOT_ABROAD),
    (
        "abroad",
        {"land": "nl"},
        "NIET_TOEGESTAAN",
        "land",
        "Een adres in het buitenland is niet in Nederland.",
    ),
]


def changed(name: str, change: Change) -> Adres:
    return msgspec.structs.replace(VALID[name], **change)


@pytest.mark.parametrize("name", VALID)
def test_an_adres_of_a_form_is_written_as_it_is(name: str) -> None:
    fouten = Fouten()
    found = check_adres(VALID[name], "adres", fouten)
    assert (found, told(fouten)) == (VALID[name], [])


@pytest.mark.parametrize(("name", "change", "code", "field", "melding"), REFUSED)
def test_what_does_not_belong_to_the_form_is_refused(
    name: str, change: Change, *, code: str, field: str, melding: str
) -> None:
    fouten = Fouten()
    check_adres(changed(name, change), "adres", fouten)
    assert told(fouten) == [(code, f"adres.{field}", melding)]


@pytest.mark.parametrize(
    ("change", "written"),
    [
        ({"postcode": "1234ab"}, {"postcode": "1234 AB"}),
        ({"postcode": " 1234 AB "}, {"postcode": "1234 AB"}),
        ({"land": "NL"}, {"land": None}),
        ({"straatnaam": " Markt "}, {"straatnaam": "Markt"}),
    ],
)
def test_an_adres_is_written_in_one_way(change: Change, written: Change) -> None:
    fouten = Fouten()
    found = check_adres(changed("street", change), "adres", fouten)
    assert (found, told(fouten)) == (changed("street", written), [])


def test_a_straatadres_says_where_it_is() -> None:
    fouten = Fouten()
    check_adres(changed("street", {"straatnaam": None}), "adres", fouten)
    melding = "Geef een straatnaam, een nummeraanduiding of een adresregel."
    assert told(fouten) == [("VERPLICHT", "adres", melding)]


def test_an_addition_belongs_to_a_number() -> None:
    fouten = Fouten()
    check_adres(changed("street", {"huisnummertoevoeging": "a"}), "adres", fouten)
    melding = "Een huisnummertoevoeging hoort bij een huisnummer."
    assert told(fouten) == [("VERPLICHT", "adres.huisnummer", melding)]


def test_a_form_that_is_not_known_is_refused() -> None:
    fouten = Fouten()
    check_adres(changed("street", {"vorm": "kubus"}), "adres", fouten)
    melding = "Dit is een van: straatadres, postbus, antwoordnummer, buitenland."
    assert told(fouten) == [("ONGELDIG", "adres.vorm", melding)]


def test_there_is_one_adres_of_a_soort_at_most() -> None:
    fouten = Fouten()
    given = [VALID["street"], VALID["postbus"], VALID["lines"]]
    assert check_adressen(given, "adressen", fouten) == tuple(given)
    melding = "Van elke soort is er hooguit één."
    assert told(fouten) == [("BESTAAT_AL", "adressen.2.soort", melding)]
