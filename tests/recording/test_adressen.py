"""The bezoekadres and the correspondentieadres of a partij, over HTTP."""

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
from tests.recording.known import OTHER_BSN, a_persoon, add, changes, stored

pytestmark = pytest.mark.anyio

ZET = """
mutation ($partij: ID!, $invoer: AdresInput!, $nu: Boolean! = false) {
  zetAdres(partij: $partij, invoer: $invoer, toestemmingHergebruik: $nu) {
    partij {
      versie
      bezoekadres { straatnaam huisnummer postcode }
      correspondentieadres { postbusnummer postcode }
    }
    fouten { code pad melding }
  }
}
"""
VERWIJDER = """
mutation ($partij: ID!, $soort: SoortAdres! = bezoekadres) {
  verwijderAdres(partij: $partij, soort: $soort) {
    partij { versie bezoekadres { straatnaam } }
    fouten { code pad melding }
  }
}
"""
STRAAT = {
    "soort": "bezoekadres",
    "vorm": "straatadres",
    "straatnaam": "Dorpsstraat",
    "huisnummer": 1,
    "postcode": "1234ab",
}
POSTBUS = {
    "soort": "correspondentieadres",
    "vorm": "postbus",
    "postbusnummer": 7,
    "postcode": "1234 AC",
}


async def test_a_partij_has_an_adres_of_each_soort(
    office: Municipality, database: AsyncEngine
) -> None:
    partij = await a_persoon(database)
    await mutate(office, ZET, partij=partij.id, invoer=STRAAT)
    payload = await mutate(office, ZET, partij=partij.id, invoer=POSTBUS)
    assert payload["partij"] == {
        "versie": 3,
        "bezoekadres": {
            "straatnaam": "Dorpsstraat",
            "huisnummer": 1,
            "postcode": "1234 AB",
        },
        "correspondentieadres": {"postbusnummer": 7, "postcode": "1234 AC"},
    }
    assert await changes(database) == [("gemaakt", "adres", None)] * 2


async def test_another_one_takes_its_place_and_what_stood_there_is_kept(
    office: Municipality, database: AsyncEngine
) -> None:
    partij = await a_persoon(database)
    await mutate(office, ZET, partij=partij.id, invoer=STRAAT)
    moved = STRAAT | {"straatnaam": "Kade"}
    for _ in range(2):  # the second changes nothing
        payload = await mutate(office, ZET, partij=partij.id, invoer=moved)
    assert payload["partij"]["bezoekadres"]["straatnaam"] == "Kade"
    assert payload["partij"]["versie"] == 3
    assert await changes(database) == [
        ("gemaakt", "adres", None),
        ("gewijzigd", "adres", {"straatnaam": "Dorpsstraat"}),
    ]


async def test_two_who_put_one_at_once_leave_one(
    office: Municipality, database: AsyncEngine
) -> None:
    partij = await a_persoon(database)
    told = await asyncio.gather(
        *(
            mutate(
                office, ZET, partij=partij.id, invoer=STRAAT | {"huisnummer": number}
            )
            for number in (1, 2, 3)
        )
    )
    assert [codes(each) for each in told] == [[], [], []]
    assert len(await stored(database, tables.adressen)) == 1


async def test_all_mistakes_are_told_and_nothing_is_written(
    office: Municipality, database: AsyncEngine, rows_now: Counted
) -> None:
    partij = await a_persoon(database, toestemming=False)
    before = await rows_now()
    wrong = STRAAT | {"postcode": "0000", "postbusnummer": 7}
    payload = await mutate(office, ZET, partij=partij.id, invoer=wrong)
    assert codes(payload) == [
        ("ongeldig", "invoer.postcode"),
        ("niet_toegestaan", "invoer.postbusnummer"),
        ("geen_toestemming", "toestemmingHergebruik"),
    ]
    assert payload["partij"] is None
    assert await rows_now() == before


async def test_a_klant_consents_by_saying_so(
    opened: Opened, database: AsyncEngine
) -> None:
    partij = await a_persoon(database, toestemming=False)
    async with opened(klant()) as portal:
        payload = await mutate(portal, ZET, partij=partij.id, invoer=STRAAT, nu=True)
    assert codes(payload) == []
    (given,) = await stored(database, tables.toestemmingen)
    assert (given["partij_id"], given["ingetrokken_op"]) == (partij.key, None)


async def test_one_is_removed_without_consent(
    office: Municipality, database: AsyncEngine
) -> None:
    partij = await a_persoon(database, toestemming=False)
    row = {"soort": "bezoekadres", "vorm": "straatadres", "straatnaam": "Kade"}
    await add(database, tables.adressen, row | {"partij_id": partij.key})
    payload = await mutate(office, VERWIJDER, partij=partij.id)
    assert payload["partij"] == {"versie": 2, "bezoekadres": None}
    ((handeling, soort, oud),) = await changes(database)
    assert (handeling, soort) == ("verwijderd", "adres")
    assert isinstance(oud, dict)
    assert (oud["partij_id"], oud["straatnaam"]) == (str(partij.key), "Kade")


async def test_one_that_is_not_there_is_not_removed(
    office: Municipality, database: AsyncEngine, rows_now: Counted
) -> None:
    partij = await a_persoon(database)
    before = await rows_now()
    payload = await mutate(office, VERWIJDER, partij=partij.id)
    assert codes(payload) == [("niet_gevonden", "soort")]
    assert await rows_now() == before


async def test_to_a_klant_anothers_partij_is_not_there(
    opened: Opened, database: AsyncEngine, rows_now: Counted
) -> None:
    other = await a_persoon(database, OTHER_BSN)
    nobody = encode_id("Partij", uuid4())
    before = await rows_now()
    async with opened(klant()) as portal:
        put = [
            await mutate(portal, ZET, partij=each, invoer=STRAAT, nu=True)
            for each in (other.id, nobody)
        ]
        removed = [
            await mutate(portal, VERWIJDER, partij=each) for each in (other.id, nobody)
        ]
    assert [codes(each) for each in put + removed] == [
        [("niet_gevonden", "partij")]
    ] * 4
    assert [put[0], removed[0]] == [put[1], removed[1]]
    assert await rows_now() == before


async def test_a_medewerker_says_how_sure_they_are_with_whom_they_speak(
    opened: Opened, database: AsyncEngine, rows_now: Counted
) -> None:
    partij = await a_persoon(database)
    before = await rows_now()
    async with opened(medewerker()) as office:
        told = [
            await mutate(office, ZET, partij=partij.id, invoer=STRAAT),
            await mutate(office, VERWIJDER, partij=partij.id),
        ]
    identity = ("identiteit_niet_vastgesteld", "identiteitsvaststelling")
    assert [codes(each) for each in told] == [[identity]] * 2
    assert await rows_now() == before
