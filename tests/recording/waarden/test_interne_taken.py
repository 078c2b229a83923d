from datetime import UTC, datetime, timedelta

import pytest

from gateway.recording.fouten import Fouten
from gateway.recording.waarden.interne_taken import (
    InterneTaak,
    check_interne_taak,
    check_verwerkt_op,
)
from tests.recording.waarden.telling import told

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def test_an_internal_remark_is_at_home_in_a_taak() -> None:
    fouten = Fouten()
    given = InterneTaak(
        gevraagde_handeling=" Terugbellen ", toelichting="Intern: pas op\nen meer"
    )
    assert check_interne_taak(given, "taak", fouten) == InterneTaak(
        gevraagde_handeling="Terugbellen", toelichting="Intern: pas op\nen meer"
    )
    assert told(fouten) == []


def test_a_taak_says_what_must_be_done() -> None:
    fouten = Fouten()
    check_interne_taak(InterneTaak(gevraagde_handeling=" "), "taak", fouten)
    melding = "Dit gegeven mag niet leeg zijn."
    assert told(fouten) == [("VERPLICHT", "taak.gevraagdeHandeling", melding)]


def test_its_texts_have_their_length() -> None:
    fouten = Fouten()
    given = InterneTaak(gevraagde_handeling="x" * 201, toelichting="x" * 1001)
    check_interne_taak(given, "taak", fouten)
    longest = "Dit is een tekst van hooguit {} tekens."
    assert told(fouten) == [
        ("ONGELDIG", "taak.gevraagdeHandeling", longest.format(200)),
        ("ONGELDIG", "taak.toelichting", longest.format(1000)),
    ]


@pytest.mark.parametrize("moment", [NOW - MINUTE, NOW, NOW + MINUTE])
def test_a_taak_is_done_between_then_and_now(moment: datetime) -> None:
    fouten = Fouten()
    check_verwerkt_op(moment, "verwerktOp", fouten, toegewezen_op=NOW - MINUTE, now=NOW)
    assert told(fouten) == []


@pytest.mark.parametrize(
    ("moment", "code", "melding"),
    [
        (
            NOW - 2 * MINUTE,
            "ONGELDIG",
            "Een interne taak wordt niet verwerkt voordat die is toegewezen.",
        ),
        (
            NOW + 2 * MINUTE,
            "IN_DE_TOEKOMST",
            "Een interne taak is verwerkt of nog niet; later kan niet.",
        ),
    ],
)
def test_a_taak_is_not_done_before_or_after(
    moment: datetime, code: str, melding: str
) -> None:
    fouten = Fouten()
    check_verwerkt_op(moment, "verwerktOp", fouten, toegewezen_op=NOW - MINUTE, now=NOW)
    assert told(fouten) == [(code, "verwerktOp", melding)]
