"""When something is due, and else what keeps it: a row for each rule."""

from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from msgspec.structs import replace

from gateway.retention.termijnen import (
    Archief,
    Reden,
    Termijn,
    judge,
    judge_partij,
    zaken_that_decide,
)
from gateway.settings.retention import RetentionSettings
from gateway.store.retention.draden import Draad, Klantcontact, Zaakverwijzing
from gateway.store.retention.partijen import Partij

TODAY = date(2026, 6, 1)
TERMS = RetentionSettings(zelfstandig_days=30, klantcontact_days=60, partij_days=90)
NONE = RetentionSettings()

ONE, OTHER = Zaakverwijzing("https://z/1", None), Zaakverwijzing("https://z/2", None)
MAYBE = Zaakverwijzing("https://z/3", None, is_zaak=False)
MARCH, APRIL = Termijn(date(2026, 3, 1), "zaak 1"), Termijn(date(2026, 4, 1), "zaak 2")
TODAYS, TOMORROWS = Termijn(TODAY, "zaak 1"), Termijn(date(2026, 6, 2), "zaak 2")
ZELFSTANDIG = "zelfstandige gegevens: 30 dagen na contact of laatste taak"
AANGEHAAKT = "aangehaakt klantcontact: 60 dagen na contact of laatste taak"


def contact(
    month: int = 1, day: int = 1, *zaken: Zaakverwijzing, known: int = 0, taken: int = 0
) -> Klantcontact:
    return Klantcontact(
        id=UUID(int=month * 100 + day),
        laatst=datetime(2026, month, day, tzinfo=UTC),
        betrokkenen=1,
        partijen=tuple(UUID(int=each) for each in range(known)),
        open_taken=taken,
        zaken=zaken,
    )


CASES: list[tuple[str, Draad, Archief, Termijn | Reden]] = [
    ("the zaak is due", (contact(1, 1, ONE),), {ONE: MARCH}, MARCH),
    ("it is due on the day itself", (contact(1, 1, ONE),), {ONE: TODAYS}, TODAYS),
    (
        "the zaak is not due yet",
        (contact(1, 1, ONE),),
        {ONE: TOMORROWS},
        Reden.NOG_NIET,
    ),
    (
        "of several zaken the latest counts",
        (contact(1, 1, ONE, OTHER),),
        {ONE: MARCH, OTHER: APRIL},
        APRIL,
    ),
    (
        "of several zaken one is not due yet",
        (contact(1, 1, ONE, OTHER),),
        {ONE: MARCH, OTHER: TOMORROWS},
        Reden.NOG_NIET,
    ),
    *(
        (
            f"of several zaken one is kept: {reden}",
            (contact(1, 1, ONE, OTHER),),
            {ONE: MARCH, OTHER: reden},
            reden,
        )
        for reden in (
            *(Reden.BLIJVEND_BEWAREN, Reden.ARCHIEFDATUM_ONBEKEND),
            *(Reden.ZAAK_ONBEKEND, Reden.REGISTER_ONBEKEND, Reden.REGISTER_ZWIJGT),
        )
    ),
    (
        "an open taak keeps what is due",
        (contact(1, 1, ONE, taken=1),),
        {ONE: MARCH},
        Reden.OPEN_TAAK,
    ),
    (
        "no zaak: the term after the last taak or the contact",
        (contact(5, 2),),
        {},
        Termijn(TODAY, ZELFSTANDIG),
    ),
    ("no zaak: the term is not over", (contact(5, 3),), {}, Reden.NOG_NIET),
    (
        "the term of somebody known",
        (contact(4, 2, known=1),),
        {},
        Termijn(TODAY, AANGEHAAKT),
    ),
    (
        "the term of somebody known is not over",
        (contact(4, 3, known=1),),
        {},
        Reden.NOG_NIET,
    ),
    (
        "somebody known, about a zaak that is due later",
        (contact(1, 1, ONE, known=1),),
        {ONE: APRIL},
        APRIL,
    ),
    (
        "somebody known, about a zaak that is kept",
        (contact(1, 1, ONE, known=1),),
        {ONE: Reden.BLIJVEND_BEWAREN},
        Reden.BLIJVEND_BEWAREN,
    ),
    (
        "an answer belongs to the dossier of the question",
        (contact(1, 1, ONE), contact(5, 30)),
        {ONE: APRIL},
        APRIL,
    ),
    (
        "what was recorded as something else is a zaak all the same",
        (contact(1, 1, MAYBE),),
        {MAYBE: Reden.BLIJVEND_BEWAREN},
        Reden.BLIJVEND_BEWAREN,
    ),
    (
        "what is no zaak leaves the term to count",
        (contact(5, 2, MAYBE),),
        {MAYBE: None},
        Termijn(TODAY, ZELFSTANDIG),
    ),
    (
        "what is no zaak does not end the term",
        (contact(5, 3, MAYBE),),
        {MAYBE: None},
        Reden.NOG_NIET,
    ),
    (
        "what is no zaak decides nothing beside one",
        (contact(5, 3, MAYBE, ONE),),
        {MAYBE: None, ONE: MARCH},
        MARCH,
    ),
    (
        "one of a thread keeps all of it",
        (contact(1, 1), contact(5, 30)),
        {},
        Reden.NOG_NIET,
    ),
    (
        "one of a thread with an open taak keeps all of it",
        (contact(1, 1), contact(1, 2, taken=2)),
        {},
        Reden.OPEN_TAAK,
    ),
    (
        "a thread of both kinds goes with the last of it",
        (contact(1, 1), contact(3, 2, known=1)),
        {},
        Termijn(date(2026, 5, 1), AANGEHAAKT),
    ),
]


@pytest.mark.parametrize(
    ("draad", "archief", "expected"), [pytest.param(*each, id=n) for n, *each in CASES]
)
def test_a_thread_is_due_or_kept(
    draad: Draad, archief: Archief, expected: Termijn | Reden
) -> None:
    assert judge(draad, archief, TERMS, TODAY) == expected


def test_without_a_term_somebody_known_stays_and_no_register_is_asked() -> None:
    draad = (contact(1, 1, ONE, known=1),)
    assert zaken_that_decide(draad, NONE, TODAY) == frozenset()
    assert judge(draad, {}, NONE, TODAY) is Reden.GEEN_TERMIJN


def test_without_a_term_zelfstandige_gegevens_without_a_zaak_stay() -> None:
    assert judge((contact(),), {}, NONE, TODAY) is Reden.GEEN_TERMIJN


def test_without_terms_zelfstandige_gegevens_go_with_their_zaak() -> None:
    draad = (contact(1, 1, ONE), contact(1, 2, OTHER))
    assert zaken_that_decide(draad, NONE, TODAY) == {ONE, OTHER}
    assert judge(draad, {ONE: MARCH, OTHER: MARCH}, NONE, TODAY) == MARCH


def test_without_a_term_what_is_no_zaak_stays() -> None:
    draad = (contact(1, 1, MAYBE),)
    assert zaken_that_decide(draad, NONE, TODAY) == {MAYBE}
    assert judge(draad, {MAYBE: None}, NONE, TODAY) is Reden.GEEN_TERMIJN


def test_a_term_that_is_not_over_asks_no_register() -> None:
    draad = (contact(5, 30, ONE, known=1),)
    assert zaken_that_decide(draad, TERMS, TODAY) == frozenset()
    assert judge(draad, {}, TERMS, TODAY) is Reden.NOG_NIET


PARTIJ = Partij(
    id=UUID(int=1),
    namens=None,
    laatst=date(2026, 3, 3),
    betrokken=0,
    contactpersonen=0,
)


@pytest.mark.parametrize(
    ("changes", "settings", "expected"),
    [
        ({}, TERMS, Termijn(TODAY, "90 dagen na laatste contact")),
        ({"laatst": date(2026, 3, 4)}, TERMS, Reden.NOG_NIET),
        ({"laatst": None}, TERMS, Reden.CONTACT_ONBEKEND),
        ({}, NONE, Reden.GEEN_TERMIJN),
        ({"betrokken": 1}, TERMS, Reden.KLANTCONTACT),
        ({"contactpersonen": 1}, TERMS, Reden.CONTACTPERSOON),
    ],
)
def test_a_partij_is_due_or_kept(
    changes: dict[str, object], settings: RetentionSettings, expected: Termijn | Reden
) -> None:
    assert judge_partij(replace(PARTIJ, **changes), settings, TODAY) == expected
