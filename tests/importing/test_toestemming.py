"""What comes of somebody who is here already, by whether consent for reuse stands."""

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from gateway.importing.toestemming import PRIVATE
from gateway.recording.partijen.toestemming import EMPTIED
from tests.importing.conftest import Here, Importing, consents
from tests.importing.filling import Filling, a_naam
from tests.importing.municipality import BSN
from tests.store.rows import Rows

pytestmark = pytest.mark.anyio

KEPT = "differs from what is here, which is kept"
NEVER_GAVE = "is here already, without consent for reuse"
WITHDREW = "consent for reuse was withdrawn here"
IBAN = "NL91ABNA0417164300"
NAME = "voorletters, voornaam, achternaam"
ASKED = "SELECT achternaam, voorkeurstaal, indicatie_geheimhouding FROM partijen"
REACHED = (
    "SELECT (SELECT count(*)::int FROM digitale_adressen),"
    " (SELECT count(*)::int FROM rekeningnummers)"
)


@pytest.fixture
def rows(database: AsyncEngine) -> Rows:
    """Inserts what is here, made by others."""
    return Rows(database)


@pytest.fixture
def key(there: Filling) -> str:
    """Somebody of whom everything is known there."""
    key = there.persoon("Jansen", BSN, indicatieGeheimhouding=True, voorkeurstaal="eng")
    there.digitaal_adres("email", "a@voorbeeld.nl", partij=key)
    there.rekeningnummer(key, IBAN)
    return key


@pytest.mark.usefixtures("key")
async def test_who_consented_here_gets_what_was_lacking(
    importing: Importing, here: Here, rows: Rows
) -> None:
    await rows.persoon(BSN)
    await consents(here)
    outcome = await importing.run()
    assert outcome.summary() == [
        "partij: 1 changed",
        "partij_identificator: 1 found",
        "digitaal_adres: 1 made",
        "rekeningnummer: 1 made",
        "nothing was left out",
    ]
    assert await here.rows(ASKED) == [("Jansen", "eng", True)]
    trail = "SELECT soort FROM mutaties WHERE handeling = 'gewijzigd'"
    assert await here.rows(trail) == [("partij",)]
    again = await importing.run()
    assert {str(done) for _, done in again.counts} == {"unchanged"}


async def test_a_name_is_never_put_together_of_two(
    importing: Importing, here: Here, rows: Rows, key: str
) -> None:
    await rows.persoon(BSN, achternaam="Jansen")
    await consents(here)
    await importing.run()
    told = ("left out", "partij", "voorletters, voornaam", KEPT)
    assert importing.told == [told]
    assert await here.rows(ASKED) == [("Jansen", "eng", True)]
    assert await here.value("SELECT voornaam FROM partijen") is None


@pytest.mark.usefixtures("key")
async def test_who_never_consented_here_gets_nothing_but_secrecy(
    importing: Importing, here: Here, rows: Rows
) -> None:
    await rows.persoon(BSN)
    for _ in range(2):
        await importing.run()
        assert importing.told == [
            ("left out", "partij", f"{NAME}, voorkeurstaal", NEVER_GAVE),
            ("left out", "digitaal_adres", "", NEVER_GAVE),
            ("left out", "rekeningnummer", "", NEVER_GAVE),
        ]
    assert await here.rows(ASKED) == [(None, None, True)]
    assert await here.rows(REACHED) == [(0, 0)]
    assert await here.value("SELECT versie FROM partijen") == 2


async def test_who_came_from_there_and_withdrew_consent_gets_nothing_again(
    there: Filling, importing: Importing, here: Here
) -> None:
    key = there.partij("persoon", {"contactnaam": None, "volledigeNaam": ""})
    await importing.run()
    await consents(here, withdrawn=True)
    given = {"contactnaam": a_naam("Jansen")}
    there.change("partijen", key, partijIdentificatie={**given}, interneNotitie="Belt")
    there.change("partijen", key, indicatieGeheimhouding=True)
    there.digitaal_adres("email", "a@voorbeeld.nl", partij=key)
    there.rekeningnummer(key, IBAN)
    for _ in range(2):
        await importing.run()
        assert importing.told == [
            ("left out", "partij", f"{NAME}, interne_notitie", WITHDREW),
            ("left out", "digitaal_adres", "", WITHDREW),
            ("left out", "rekeningnummer", "", WITHDREW),
        ]
    assert await here.rows(ASKED) == [(None, None, True)]
    assert await here.rows(REACHED) == [(0, 0)]


async def test_secrecy_comes_also_where_something_was_changed_here(
    there: Filling, importing: Importing, here: Here
) -> None:
    key = there.persoon("Bakker")
    await importing.run()
    await here.rows("UPDATE partijen SET achternaam = 'Hier'")
    there.change("partijen", key, indicatieGeheimhouding=True)
    await importing.run()
    assert importing.told == [("left out", "partij", "achternaam", KEPT)]
    assert await here.rows(ASKED) == [("Hier", None, True)]


def test_what_takes_consent_is_what_ends_with_it() -> None:
    assert {*EMPTIED} - PRIVATE == {"voorkeurs_digitaal_adres_id"}
    assert {*EMPTIED} >= PRIVATE
