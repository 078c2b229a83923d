"""A safeguard: what people write before an internal remark, refused; all else is not."""

import pytest

from gateway.recording.fouten import Fouten
from gateway.recording.waarden.opmerkingen import MELDING, check_no_interne_opmerking
from tests.recording.waarden.telling import told


@pytest.mark.parametrize(
    "text",
    [
        "Intern: klant is lastig",
        "INTERNE NOTITIE: pas op",
        "interne opmerking : pas op",
        "[intern] pas op",
        "(Interne aantekening) pas op",
        "** Intern ** : pas op",
        "Gebeld over afval.\n  - Intern: pas op",
        "Niet voor de klant: pas op",
        "Alleen voor intern gebruik: pas op",
        "Alleen intern: pas op",
    ],
)
def test_a_line_that_is_marked_as_internal_is_refused(text: str) -> None:
    fouten = Fouten()
    check_no_interne_opmerking(text, "inhoud.0.tekst", fouten)
    assert told(fouten) == [("INTERNE_OPMERKING", "inhoud.0.tekst", MELDING)]


@pytest.mark.parametrize(
    "text",
    [
        None,
        "Intern verhuisd naar een andere afdeling",
        "Heeft een interne verbouwing gemeld: de trap",
        "De internetverbinding: die valt uit",
        "Internist: afspraak verzet",
        "Vraag over de vacature (intern) bij de gemeente",
    ],
)
def test_a_text_about_something_internal_is_not(text: str | None) -> None:
    fouten = Fouten()
    check_no_interne_opmerking(text, "inhoud.0.tekst", fouten)
    assert told(fouten) == []
