"""Consent for reuse is given and withdrawn; a partij without holds no contact data."""

import pytest
from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncEngine

from gateway.store import tables
from schema.node import decode_id
from tests.identity.callers import klant, medewerker
from tests.klantbeeld.conftest import Municipality
from tests.recording.asking import codes, mutate
from tests.recording.conftest import Counted, Opened
from tests.recording.known import add
from tests.recording.partij_vragen import (
    GEEF,
    OTHER_BSN,
    TREK_IN,
    known,
    persoon,
    registered,
)

pytestmark = pytest.mark.anyio

FULL = known(
    indicatieGeheimhouding=True,
    voorkeurstaal="nld",
    interneNotitie="belt graag",
    adressen=[{"soort": "bezoekadres", "vorm": "straatadres", "straatnaam": "Laan"}],
    digitaleAdressen=[{"soort": "email", "adres": "sanne@voorbeeld.example"}],
)


async def test_who_withdraws_it_leaves_an_empty_partij(
    office: Municipality, database: AsyncEngine
) -> None:
    """V6898, the third case: number and identificatie; and what protects them."""
    partij = await registered(office, FULL)
    _, key = decode_id(partij["id"], "id")
    iban = {"partij_id": key, "iban": "NL91ABNA0417164300"}
    await add(database, tables.rekeningnummers, iban)
    payload = await mutate(office, TREK_IN, id=partij["id"])
    emptied = payload["partij"]
    assert payload["fouten"] == []
    assert emptied["toestemmingHergebruik"]["ingetrokkenOp"] is not None
    assert emptied["externeIdentificaties"] == partij["externeIdentificaties"]
    assert emptied["nummer"] == partij["nummer"]
    assert emptied["indicatieGeheimhouding"] is True
    gone = ("contactnaam", "voorkeurstaal", "interneNotitie", "bezoekadres")
    assert [emptied[each] for each in gone] == [None] * 4
    assert (emptied["digitaleAdressen"], emptied["rekeningnummers"]) == ([], [])


async def test_what_was_removed_is_noted(
    office: Municipality, database: AsyncEngine
) -> None:
    partij = await registered(office, FULL)
    await mutate(office, TREK_IN, id=partij["id"])
    each = tables.mutaties.c
    asked = select(each.soort, each.oud).where(each.mutatie == "trekToestemmingIn")
    async with database.connect() as connection:
        noted = {row[0]: row[1] for row in await connection.execute(asked)}
    assert noted["toestemming"] == {"ingetrokken_op": None}
    assert noted["partij"] == {
        "voornaam": "Sanne",
        "achternaam": "Velde",
        "voorkeurstaal": "nld",
        "interne_notitie": "belt graag",
    }
    assert noted["adres"]["straatnaam"] == "Laan"
    assert noted["digitaal_adres"]["adres"] == "sanne@voorbeeld.example"
    assert set(noted) == {"toestemming", "partij", "adres", "digitaal_adres"}


async def test_data_that_nobody_consented_to_go_as_well(
    office: Municipality, database: AsyncEngine
) -> None:
    partij = await registered(office, persoon())
    _, key = decode_id(partij["id"], "id")
    held = {"partij_id": key, "soort": "email", "adres": "oud@voorbeeld.example"}
    async with database.begin() as connection:
        await connection.execute(insert(tables.digitale_adressen).values(held))
    payload = await mutate(office, TREK_IN, id=partij["id"])
    assert payload["partij"]["digitaleAdressen"] == []
    assert payload["partij"]["toestemmingHergebruik"] is None


async def test_who_withdraws_it_twice_changes_nothing_more(
    office: Municipality, rows_now: Counted
) -> None:
    partij = await registered(office, FULL)
    await mutate(office, TREK_IN, id=partij["id"])
    before = await rows_now()
    payload = await mutate(office, TREK_IN, id=partij["id"])
    assert (payload["fouten"], payload["partij"]["versie"]) == ([], 2)
    assert await rows_now() == before


async def test_consent_withdrawn_is_no_consent_given_earlier(
    office: Municipality,
) -> None:
    partij = await registered(office, FULL)
    await mutate(office, TREK_IN, id=partij["id"])
    again = await registered(office, persoon(indicatieGeheimhouding=False))
    assert again["contactnaam"] is None
    assert again["indicatieGeheimhouding"] is True


async def test_consent_is_given_by_itself_and_once(
    office: Municipality, rows_now: Counted
) -> None:
    partij = await registered(office, persoon())
    payload = await mutate(office, GEEF, id=partij["id"])
    assert payload["partij"]["toestemmingHergebruik"] == {"ingetrokkenOp": None}
    before = await rows_now()
    again = await mutate(office, GEEF, id=partij["id"])
    assert again == payload
    assert await rows_now() == before


async def test_kluit01_a_klant_gives_and_withdraws_their_own(
    opened: Opened, office: Municipality
) -> None:
    partij = await registered(office, FULL)
    async with opened(klant()) as portal:
        payload = await mutate(portal, _TREK_IN, id=partij["id"])
        assert payload == {"partij": {"digitaleAdressen": []}, "fouten": []}


@pytest.mark.parametrize("mutation", [GEEF, TREK_IN])
async def test_kluit01_anothers_is_absent_to_a_klant(
    opened: Opened, office: Municipality, rows_now: Counted, mutation: str
) -> None:
    other = await registered(office, known(identificatie={"bsn": OTHER_BSN}))
    before = await rows_now()
    async with opened(klant()) as portal:
        payload = await mutate(portal, _only_fouten(mutation), id=other["id"])
    assert codes(payload) == [("niet_gevonden", "id")]
    assert await rows_now() == before


@pytest.mark.parametrize("mutation", [GEEF, TREK_IN])
async def test_a_medewerker_states_who_it_is(
    opened: Opened, office: Municipality, rows_now: Counted, mutation: str
) -> None:
    partij = await registered(office, FULL)
    before = await rows_now()
    async with opened(medewerker()) as desk:
        payload = await mutate(desk, mutation, id=partij["id"])
    pad = "identiteitsvaststelling"
    assert codes(payload) == [("identiteit_niet_vastgesteld", pad)]
    assert await rows_now() == before


def _only_fouten(mutation: str) -> str:
    name = "geefToestemming" if mutation == GEEF else "trekToestemmingIn"
    return f"mutation ($id: ID!) {{ {name}(id: $id) {{ fouten {{ code pad }} }} }}"


_TREK_IN = """
mutation ($id: ID!) {
  trekToestemmingIn(id: $id) {
    partij { digitaleAdressen { adres } }
    fouten { code pad }
  }
}
"""
