from uuid import UUID

import pytest

from gateway.recording.fouten import Fouten
from gateway.recording.waarden.delen import (
    Inhoudsdeel,
    Onderwerp,
    check_inhoud,
    check_inhoudsdeel,
    check_onderwerp,
    check_onderwerpen,
)
from gateway.recording.waarden.opmerkingen import MELDING
from gateway.recording.waarden.verwijzingen import Verwijzing
from tests.recording.waarden.telling import told

KEY = UUID(int=1)
URL = "https://registers.example/1"
REF = Verwijzing(url=URL)
NEEDED = "Dit is verplicht bij deze vorm."
NOT_HERE = "Dit hoort niet bij deze vorm."

ONDERWERPEN = [
    Onderwerp(vorm="tekst", tekst="Afval\nen meer"),
    Onderwerp(vorm="zaak", verwijzing=REF),
    Onderwerp(vorm="klanttaak", verwijzing=REF),
    Onderwerp(vorm="object", verwijzing=REF),
    Onderwerp(vorm="interne_taak", interne_taak_id=KEY),
    Onderwerp(vorm="klantcontact", onderwerp_klantcontact_id=KEY),
]
INHOUD = [
    Inhoudsdeel(vorm="tekst", tekst="Goedendag", onderdeel="mail"),
    Inhoudsdeel(vorm="informatieobject", verwijzing=REF, onderdeel="mail"),
    Inhoudsdeel(vorm="object", verwijzing=REF),
]


def test_an_onderwerp_is_of_one_form() -> None:
    fouten = Fouten()
    found = check_onderwerpen(ONDERWERPEN, "onderwerpen", fouten)
    assert (found, told(fouten)) == (tuple(ONDERWERPEN), [])


def test_an_inhoudsdeel_is_of_one_form() -> None:
    fouten = Fouten()
    found = check_inhoud(INHOUD, "inhoud", fouten)
    assert (found, told(fouten)) == (tuple(INHOUD), [])


@pytest.mark.parametrize(
    ("vorm", "field"),
    [
        ("tekst", "tekst"),
        ("zaak", "verwijzing"),
        ("klanttaak", "verwijzing"),
        ("object", "verwijzing"),
        ("interne_taak", "interneTaakId"),
        ("klantcontact", "onderwerpKlantcontactId"),
    ],
)
def test_an_onderwerp_has_what_its_form_asks(vorm: str, field: str) -> None:
    fouten = Fouten()
    check_onderwerp(Onderwerp(vorm=vorm), "onderwerp", fouten)
    assert told(fouten) == [("VERPLICHT", f"onderwerp.{field}", NEEDED)]


def test_an_onderwerp_has_nothing_of_another_form() -> None:
    fouten = Fouten()
    given = Onderwerp(
        vorm="zaak",
        tekst="Afval",
        verwijzing=REF,
        interne_taak_id=KEY,
        onderwerp_klantcontact_id=KEY,
    )
    check_onderwerp(given, "onderwerp", fouten)
    assert told(fouten) == [
        ("NIET_TOEGESTAAN", "onderwerp.interneTaakId", NOT_HERE),
        ("NIET_TOEGESTAAN", "onderwerp.onderwerpKlantcontactId", NOT_HERE),
        ("NIET_TOEGESTAAN", "onderwerp.tekst", NOT_HERE),
    ]


@pytest.mark.parametrize(
    ("vorm", "field"),
    [("tekst", "tekst"), ("informatieobject", "verwijzing"), ("object", "verwijzing")],
)
def test_an_inhoudsdeel_has_what_its_form_asks(vorm: str, field: str) -> None:
    fouten = Fouten()
    check_inhoudsdeel(Inhoudsdeel(vorm=vorm), "inhoud", fouten)
    assert told(fouten) == [("VERPLICHT", f"inhoud.{field}", NEEDED)]


def test_a_form_that_is_not_known_is_refused() -> None:
    fouten = Fouten()
    check_onderwerp(Onderwerp(vorm="gevoel"), "onderwerp", fouten)
    check_inhoudsdeel(Inhoudsdeel(vorm="geur"), "inhoud", fouten)
    assert [(code, pad) for code, pad, _ in told(fouten)] == [
        ("ONGELDIG", "onderwerp.vorm"),
        ("ONGELDIG", "inhoud.vorm"),
    ]


def test_a_wrong_reference_is_told_at_its_form() -> None:
    fouten = Fouten()
    wrong = Onderwerp(vorm="klanttaak", verwijzing=Verwijzing(url="x"))
    check_onderwerpen([wrong], "invoer.onderwerpen", fouten)
    melding = "Dit is een webadres (http of https) van hooguit 1000 tekens."
    pad = "invoer.onderwerpen.0.klanttaak.url"
    assert told(fouten) == [("ONGELDIG", pad, melding)]


def test_an_internal_remark_is_refused_in_either() -> None:
    fouten = Fouten()
    text = "Gebeld.\nIntern: pas op"
    check_onderwerpen([Onderwerp(vorm="tekst", tekst=text)], "onderwerpen", fouten)
    check_inhoud([Inhoudsdeel(vorm="tekst", tekst=text)], "inhoud", fouten)
    assert told(fouten) == [
        ("INTERNE_OPMERKING", "onderwerpen.0.tekst", MELDING),
        ("INTERNE_OPMERKING", "inhoud.0.tekst", MELDING),
    ]


def test_texts_have_their_length() -> None:
    fouten = Fouten()
    check_onderwerp(Onderwerp(vorm="tekst", tekst="x" * 1001), "onderwerp", fouten)
    long = Inhoudsdeel(vorm="tekst", tekst="x" * 10_001, onderdeel="x" * 41)
    check_inhoudsdeel(long, "inhoud", fouten)
    assert told(fouten) == [
        ("ONGELDIG", "onderwerp.tekst", "Dit is een tekst van hooguit 1000 tekens."),
        ("ONGELDIG", "inhoud.tekst", "Dit is een tekst van hooguit 10000 tekens."),
        ("ONGELDIG", "inhoud.onderdeel", "Dit is een tekst van hooguit 40 tekens."),
    ]


def test_there_are_100_of_either_at_most() -> None:
    fouten = Fouten()
    check_onderwerpen(ONDERWERPEN[:1] * 100, "onderwerpen", fouten)
    check_onderwerpen(ONDERWERPEN[:1] * 101, "onderwerpen", fouten)
    check_inhoud(INHOUD[:1] * 101, "inhoud", fouten)
    assert told(fouten) == [
        ("ONGELDIG", "onderwerpen", "Dit zijn er hooguit 100."),
        ("ONGELDIG", "inhoud", "Dit zijn er hooguit 100."),
    ]


def test_either_is_written_as_columns() -> None:
    reference = REF.columns()
    assert Onderwerp(vorm="zaak", verwijzing=REF).columns() == {
        "vorm": "zaak",
        "tekst": None,
        "interne_taak_id": None,
        "onderwerp_klantcontact_id": None,
        **reference,
    }
    assert Inhoudsdeel(vorm="tekst", tekst="Dag").columns() == {
        "vorm": "tekst",
        "onderdeel": None,
        "tekst": "Dag",
        **dict.fromkeys(reference),
    }
