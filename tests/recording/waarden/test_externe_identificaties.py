from datetime import date

import msgspec
import pytest

from gateway.recording.fouten import Fouten
from gateway.recording.waarden.externe_identificaties import (
    ExterneIdentificatie,
    check_externe_identificatie,
)
from tests.recording.waarden.telling import told

NATUURLIJK, NIET = "natuurlijk_persoon", "niet_natuurlijk_persoon"
URL = "https://brp.example/personen/1"


def number(register: str, soort: str, waarde: str) -> ExterneIdentificatie:
    return ExterneIdentificatie(register=register, soort=soort, waarde=waarde)


VESTIGING = ExterneIdentificatie(
    register="hr",
    soort="vestigingsnummer",
    waarde="000012345678",
    kvk_nummer="12345678",
)
VALID = {
    "bsn": number("brp", "bsn", "999993653"),
    "rsin": number("hr", "rsin", "123456782"),
    "kvk": number("hr", "kvk_nummer", "12345678"),
    "vestiging": VESTIGING,
    "elsewhere": ExterneIdentificatie(
        register="kbo", soort="ondernemingsnummer", waarde="0403.019.261", land="BE"
    ),
    "url": ExterneIdentificatie(subject_url=URL, soort_subject=NATUURLIJK),
    "copied": ExterneIdentificatie(
        subject_naam="An de Wit",
        subject_geboortedatum=date(1970, 1, 1),
        subject_plaats="Delft",
        soort_subject=NATUURLIJK,
    ),
}
SUBJECTS = {
    "bsn": NATUURLIJK,
    "rsin": NIET,
    "kvk": NIET,
    "vestiging": NIET,
    "elsewhere": None,
    "url": NATUURLIJK,
    "copied": NATUURLIJK,
}

BSN = "Een BSN is negen cijfers die aan de 11-proef voldoen."
RSIN = "Een RSIN is negen cijfers die aan de 11-proef voldoen."
KVK = "Een KVK-nummer is acht cijfers."
TOGETHER = "Register, soort en waarde horen bij elkaar."
SOORT = "Een soort bestaat uit kleine letters, cijfers en lage streepjes."
AS_BSN = "Een burgerservicenummer wordt alleen gegeven als `bsn`."
ONLY_BSN = "De BRP kent een persoon alleen bij het BSN."
NO_COPY = "Waar verwezen wordt, worden geen gegevens overgenomen."

# The BRP and its number by other names: of a register, and of a soort.
OTHERWISE = [
    ("register", "brp.nl"),
    ("register", "Haal Centraal BRP"),
    ("register", "B.R.P."),
    ("register", "b\u200brp"),
    ("register", "\uff22\uff32\uff30"),
    ("register", "GBA"),
    ("register", "gba-v"),
    ("register", "Basisregistratie Personen"),
    ("register", "basisregistratie_personen"),
    ("register", "BSN"),
    ("register", "burgerservicenummer"),
    ("soort", "bsn_nummer"),
    ("soort", "bsnnummer"),
    ("soort", "b_s_n"),
    ("soort", "burgerservicenummer"),
    ("soort", "gba"),
]

Change = dict[str, str | date | None]

# which, what is changed, and what is told of it
REFUSED: list[tuple[str, Change, str, str, str]] = [
    ("bsn", {"waarde": "999993654"}, "ONGELDIG", ".waarde", BSN),
    ("bsn", {"waarde": "000000000"}, "ONGELDIG", ".waarde", BSN),
    ("bsn", {"waarde": "99999365"}, "ONGELDIG", ".waarde", BSN),
    ("bsn", {"waarde": "٩٩٩٩٩٣٦٥٣"}, "ONGELDIG", ".waarde", BSN),
    ("rsin", {"waarde": "123456783"}, "ONGELDIG", ".waarde", RSIN),
    ("kvk", {"waarde": "1234567"}, "ONGELDIG", ".waarde", KVK),
    (
        "vestiging",
        {"waarde": "12345678"},
        "ONGELDIG",
        ".waarde",
        "Een vestigingsnummer is twaalf cijfers.",
    ),
    (
        "vestiging",
        {"kvk_nummer": None},
        "VERPLICHT",
        ".kvkNummer",
        "Bij een vestigingsnummer hoort het KVK-nummer.",
    ),
    ("vestiging", {"kvk_nummer": "1"}, "ONGELDIG", ".kvkNummer", KVK),
    (
        "rsin",
        {"kvk_nummer": "12345678"},
        "NIET_TOEGESTAAN",
        ".kvkNummer",
        "Een KVK-nummer hoort hier alleen bij een vestigingsnummer.",
    ),
    (
        "bsn",
        {"register": "hr"},
        "NIET_TOEGESTAAN",
        ".register",
        "Dit nummer is van het register brp.",
    ),
    (
        "rsin",
        {"soort_subject": NATUURLIJK},
        "NIET_TOEGESTAAN",
        ".soortSubject",
        "Dit nummer is van een niet_natuurlijk_persoon.",
    ),
    (
        "elsewhere",
        {"register": "brp"},
        "NIET_TOEGESTAAN",
        ".soort",
        ONLY_BSN,
    ),
    ("elsewhere", {"register": " Brp "}, "NIET_TOEGESTAAN", ".soort", ONLY_BSN),
    ("elsewhere", {"soort": "BSN"}, "ONGELDIG", ".soort", SOORT),
    ("elsewhere", {"register": None}, "VERPLICHT", ".register", TOGETHER),
    ("elsewhere", {"soort": None}, "VERPLICHT", ".soort", TOGETHER),
    (
        "elsewhere",
        {"waarde": None, "register": None, "soort": None},
        "VERPLICHT",
        "",
        "Een identificatie is een waarde, een webadres of een naam.",
    ),
    (
        "elsewhere",
        {"soort_subject": "hond"},
        "ONGELDIG",
        ".soortSubject",
        f"Dit is een van: {NATUURLIJK}, {NIET}.",
    ),
    (
        "url",
        {"soort_subject": None},
        "VERPLICHT",
        ".soortSubject",
        "Zeg of dit een natuurlijk of een niet-natuurlijk persoon is.",
    ),
    ("url", {"subject_naam": "An"}, "NIET_TOEGESTAAN", ".subjectNaam", NO_COPY),
    ("url", {"subject_plaats": "Delft"}, "NIET_TOEGESTAAN", ".subjectPlaats", NO_COPY),
    (
        "copied",
        {"soort_subject": NIET},
        "NIET_TOEGESTAAN",
        ".subjectGeboortedatum",
        "Alleen een natuurlijk persoon heeft een geboortedatum.",
    ),
]


def changed(name: str, change: Change) -> ExterneIdentificatie:
    return msgspec.structs.replace(VALID[name], **change)


@pytest.mark.parametrize("name", VALID)
def test_what_names_somebody_is_written_with_whom_it_names(name: str) -> None:
    fouten = Fouten()
    found = check_externe_identificatie(VALID[name], "id", fouten)
    assert found == changed(name, {"soort_subject": SUBJECTS[name]})
    assert told(fouten) == []


@pytest.mark.parametrize(("name", "change", "code", "field", "melding"), REFUSED)
def test_what_names_nobody_as_registers_do_is_refused(
    name: str, change: Change, *, code: str, field: str, melding: str
) -> None:
    fouten = Fouten()
    check_externe_identificatie(changed(name, change), "id", fouten)
    assert told(fouten) == [(code, f"id{field}", melding)]


@pytest.mark.parametrize(("field", "text"), OTHERWISE)
def test_a_bsn_has_no_other_name(field: str, text: str) -> None:
    fouten = Fouten()
    check_externe_identificatie(changed("elsewhere", {field: text}), "id", fouten)
    assert told(fouten) == [("NIET_TOEGESTAAN", f"id.{field}", AS_BSN)]


def test_a_register_is_written_in_small_letters() -> None:
    fouten = Fouten()
    given = (
        changed("elsewhere", {"register": " KBO "}),
        changed("bsn", {"register": "BRP"}),
    )
    found = [check_externe_identificatie(each, "id", fouten) for each in given]
    assert [each.register for each in found] == ["kbo", "brp"]
    assert told(fouten) == []


def test_copied_data_have_a_name() -> None:
    fouten = Fouten()
    given = changed("copied", {"subject_naam": None, "register": "x", "soort": "x"})
    given = msgspec.structs.replace(given, waarde="x")
    check_externe_identificatie(given, "id", fouten)
    melding = "Bij overgenomen gegevens hoort de naam."
    assert told(fouten) == [("VERPLICHT", "id.subjectNaam", melding)]


def test_its_text_says_nothing_of_whom_it_names() -> None:
    assert repr(VALID["bsn"]) == "ExterneIdentificatie(bsn …)"
