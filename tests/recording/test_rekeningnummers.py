"""Rekeningnummers of a partij are added and removed, over HTTP."""

import asyncio
from uuid import uuid4

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from gateway.store import tables
from schema.node import encode_id
from tests.identity.callers import klant, medewerker
from tests.klantbeeld.conftest import Municipality
from tests.recording.asking import codes, mutate
from tests.recording.conftest import Counted, Opened
from tests.recording.known import OTHER_BSN, Known, a_persoon, add, changes, stored

pytestmark = pytest.mark.anyio

VOEG_TOE = """
mutation ($partij: ID!, $invoer: RekeningnummerInput!, $nu: Boolean! = false,
          $sleutel: String) {
  voegRekeningnummerToe(partij: $partij, invoer: $invoer, toestemmingHergebruik: $nu,
                        idempotentiesleutel: $sleutel) {
    rekeningnummer { id iban bic }
    partij { versie }
    fouten { code pad melding }
  }
}
"""
VERWIJDER = """
mutation ($id: ID!) {
  verwijderRekeningnummer(id: $id) {
    rekeningnummer { id }
    partij { versie rekeningnummers { iban } }
    fouten { code pad melding }
  }
}
"""
IBAN = "NL91ABNA0417164300"
REKENING = {"iban": "nl91 abna 0417 1643 00", "bic": "ABNANL2A"}


async def an_account(database: AsyncEngine, partij: Known) -> str:
    """Add one; its id in the graph."""
    row = {"partij_id": partij.key, "iban": IBAN}
    key = await add(database, tables.rekeningnummers, row)
    return encode_id("Rekeningnummer", key)


async def test_one_is_added_without_its_spaces(
    office: Municipality, database: AsyncEngine
) -> None:
    partij = await a_persoon(database)
    payload = await mutate(office, VOEG_TOE, partij=partij.id, invoer=REKENING)
    assert payload["rekeningnummer"].pop("id")
    assert payload["rekeningnummer"] == {"iban": IBAN, "bic": "ABNANL2A"}
    assert payload["partij"] == {"versie": 2}
    assert await changes(database) == [("gemaakt", "rekeningnummer", None)]


async def test_all_mistakes_are_told_and_nothing_is_written(
    office: Municipality, database: AsyncEngine, rows_now: Counted
) -> None:
    partij = await a_persoon(database, toestemming=False)
    before = await rows_now()
    wrong = {"iban": "NL92ABNA0417164300", "bic": "x"}  # its check digits are others
    payload = await mutate(office, VOEG_TOE, partij=partij.id, invoer=wrong)
    assert codes(payload) == [
        ("ongeldig", "invoer.iban"),
        ("ongeldig", "invoer.bic"),
        ("geen_toestemming", "toestemmingHergebruik"),
    ]
    assert payload["rekeningnummer"] is None
    assert await rows_now() == before


async def test_a_partij_has_one_once(
    office: Municipality, database: AsyncEngine, rows_now: Counted
) -> None:
    partij = await a_persoon(database)
    await an_account(database, partij)
    before = await rows_now()
    payload = await mutate(office, VOEG_TOE, partij=partij.id, invoer=REKENING)
    assert codes(payload) == [("bestaat_al", "invoer.iban")]
    assert await rows_now() == before


async def test_who_asks_twice_with_one_key_adds_it_once(
    office: Municipality, database: AsyncEngine
) -> None:
    partij = await a_persoon(database)
    asked = {"partij": partij.id, "invoer": REKENING, "sleutel": "een"}
    answers = await asyncio.gather(*(mutate(office, VOEG_TOE, **asked) for _ in "abc"))
    assert [codes(each) for each in answers] == [[], [], []]
    assert len({each["rekeningnummer"]["id"] for each in answers}) == 1


async def test_a_klant_consents_by_saying_so(
    opened: Opened, database: AsyncEngine
) -> None:
    partij = await a_persoon(database, toestemming=False)
    async with opened(klant()) as portal:
        asked = {"partij": partij.id, "invoer": REKENING}
        payload = await mutate(portal, VOEG_TOE, **asked, nu=True)
    assert codes(payload) == []
    assert len(await stored(database, tables.toestemmingen)) == 1


async def test_one_is_removed_without_consent(
    office: Municipality, database: AsyncEngine
) -> None:
    partij = await a_persoon(database, toestemming=False)
    payload = await mutate(office, VERWIJDER, id=await an_account(database, partij))
    gone = {"versie": 2, "rekeningnummers": []}
    assert payload == {"rekeningnummer": None, "partij": gone, "fouten": []}
    ((handeling, soort, oud),) = await changes(database)
    assert (handeling, soort) == ("verwijderd", "rekeningnummer")
    assert isinstance(oud, dict)
    assert (oud["partij_id"], oud["iban"]) == (str(partij.key), IBAN)


async def test_to_a_klant_anothers_is_not_there(
    opened: Opened, database: AsyncEngine, rows_now: Counted
) -> None:
    other = await a_persoon(database, OTHER_BSN)
    theirs = await an_account(database, other)
    before = await rows_now()
    async with opened(klant()) as portal:
        removed = [
            await mutate(portal, VERWIJDER, id=each)
            for each in (theirs, encode_id("Rekeningnummer", uuid4()))
        ]
        added = await mutate(
            portal, VOEG_TOE, partij=other.id, invoer=REKENING, nu=True
        )
    assert codes(removed[0]) == [("niet_gevonden", "id")]
    assert removed[0] == removed[1]
    assert codes(added) == [("niet_gevonden", "partij")]
    assert await rows_now() == before


async def test_a_medewerker_says_how_sure_they_are_with_whom_they_speak(
    opened: Opened, database: AsyncEngine, rows_now: Counted
) -> None:
    partij = await a_persoon(database)
    account = await an_account(database, partij)
    before = await rows_now()
    async with opened(medewerker()) as office:
        told = [
            await mutate(office, VOEG_TOE, partij=partij.id, invoer=REKENING),
            await mutate(office, VERWIJDER, id=account),
        ]
    identity = ("identiteit_niet_vastgesteld", "identiteitsvaststelling")
    assert [codes(each) for each in told] == [[identity]] * 2
    assert await rows_now() == before
