from datetime import UTC, datetime, timedelta, timezone

import pytest

from gateway.identity.levels import Betrouwbaarheidsniveau
from gateway.identity.vaststelling import Grond, Vaststelling
from gateway.recording.fouten import Fouten
from gateway.recording.waarden.klantcontacten import (
    Klantcontact,
    check_klantcontact,
    check_vaststelling,
)
from tests.recording.waarden.telling import Told, told

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
KANALEN = frozenset({"balie", "telefoon"})
MINUTE, SECOND = timedelta(minutes=1), timedelta(seconds=1)

PLANNED = "Een klantcontact heeft al plaatsgevonden; gepland bestaat het niet."
BEFORE = "Een klantcontact eindigt niet voordat het begint."
GOES_ON = "Een klantcontact dat nog duurt, heeft nog geen einde."


TOO_OLD = "Dit is een moment vanaf het jaar 1900."


def checked(given: Klantcontact) -> tuple[Klantcontact, Told]:
    fouten = Fouten()
    written = check_klantcontact(given, "invoer", fouten, now=NOW, kanalen=KANALEN)
    return written, told(fouten)


@pytest.mark.parametrize(
    ("begin", "end"),
    [
        (NOW, None),
        (NOW, NOW),
        (NOW - MINUTE, NOW),
        # A minute is left for clocks that differ.
        (NOW + MINUTE, NOW + MINUTE),
        (NOW.astimezone(timezone(timedelta(hours=2))), NOW),
        (datetime(1900, 1, 1, tzinfo=UTC), NOW),
    ],
)
def test_a_contact_that_took_place_is_recorded(
    begin: datetime, end: datetime | None
) -> None:
    given = Klantcontact(plaatsgevonden_op=begin, beeindigd_op=end)
    assert checked(given) == (given, [])


@pytest.mark.parametrize(
    ("begin", "end", "refused"),
    [
        (
            NOW + MINUTE + SECOND,
            None,
            [("IN_DE_TOEKOMST", "invoer.plaatsgevondenOp", PLANNED)],
        ),
        (NOW, NOW - SECOND, [("ONGELDIG", "invoer.beeindigdOp", BEFORE)]),
        (
            NOW,
            NOW + MINUTE + SECOND,
            [("IN_DE_TOEKOMST", "invoer.beeindigdOp", GOES_ON)],
        ),
    ],
)
def test_there_is_no_planned_contact_and_it_ends_after_it_begins(
    begin: datetime, end: datetime | None, refused: Told
) -> None:
    given = Klantcontact(plaatsgevonden_op=begin, beeindigd_op=end)
    assert checked(given) == (given, refused)


def test_its_codes_are_written_in_one_way() -> None:
    given = Klantcontact(plaatsgevonden_op=NOW, kanaal=" balie", taal="NLD")
    written = Klantcontact(plaatsgevonden_op=NOW, kanaal="balie", taal="nld")
    assert checked(given) == (written, [])


def test_all_that_is_wrong_is_told_at_once() -> None:
    given = Klantcontact(plaatsgevonden_op=NOW + 2 * MINUTE, kanaal="", taal="x")
    _, found = checked(given)
    assert [pad for _, pad, _ in found] == [
        "invoer.plaatsgevondenOp",
        "invoer.kanaal",
        "invoer.taal",
    ]


def test_the_means_by_which_identity_was_established_has_a_name() -> None:
    fouten, laag = Fouten(), Betrouwbaarheidsniveau.LAAG
    right = Vaststelling(" controlevragen ", laag, Grond.ZELF)
    found = check_vaststelling(right, "vaststelling", fouten)
    assert found == Vaststelling("controlevragen", laag, Grond.ZELF)
    for middel in ("", "x" * 41):
        wrong = Vaststelling(middel, laag, Grond.ZELF)
        check_vaststelling(wrong, "vaststelling", fouten)
    assert told(fouten) == [
        ("VERPLICHT", "vaststelling.middel", "Dit gegeven mag niet leeg zijn."),
        (
            "ONGELDIG",
            "vaststelling.middel",
            "Dit is een tekst van hooguit 40 tekens.",
        ),
    ]


def test_a_contact_of_before_there_were_telephones_is_a_mistake_in_a_date() -> None:
    given = Klantcontact(plaatsgevonden_op=datetime(1899, 12, 31, tzinfo=UTC))
    assert checked(given)[1] == [("ONGELDIG", "invoer.plaatsgevondenOp", TOO_OLD)]
