import pytest

from gateway.identity.rechten import Grant, Recht
from gateway.vertrouwelijkheid import Vertrouwelijkheidaanduiding as Hoe

BOUW = Grant(
    frozenset({Recht.ZAKEN, Recht.DOCUMENTEN}), frozenset({"BOUW"}), Hoe.INTERN
)


@pytest.mark.parametrize(
    ("grant", "zaaktype", "found", "shown"),
    [
        (BOUW, "BOUW", Hoe.OPENBAAR, True),
        (BOUW, "BOUW", Hoe.INTERN, True),
        (BOUW, "BOUW", Hoe.ZAAKVERTROUWELIJK, False),
        (BOUW, "BOUW", None, False),
        (BOUW, "KAP", Hoe.OPENBAAR, False),
        (BOUW, None, Hoe.OPENBAAR, False),
        (Grant(frozenset({Recht.ZAKEN})), None, Hoe.ZEER_GEHEIM, True),
        (Grant(frozenset({Recht.DOCUMENTEN})), "BOUW", Hoe.OPENBAAR, False),
    ],
)
def test_a_grant_shows_zaken_of_a_type_up_to_a_level(
    grant: Grant, zaaktype: str | None, found: Hoe | None, shown: bool
) -> None:
    assert grant.shows_zaak(zaaktype, found) is shown


@pytest.mark.parametrize(
    ("grant", "found", "shown"),
    [
        (BOUW, Hoe.INTERN, True),
        (BOUW, Hoe.ZAAKVERTROUWELIJK, False),
        (BOUW, None, False),
        (Grant(frozenset({Recht.ZAKEN})), Hoe.OPENBAAR, False),
    ],
)
def test_a_grant_shows_documenten_up_to_a_level(
    grant: Grant, found: Hoe | None, shown: bool
) -> None:
    assert grant.shows_document(found) is shown
