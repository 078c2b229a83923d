"""A partij is removed on request, as far as retention allows (R4.10, R8.17)."""

from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine

from gateway.store.tables import mutaties, vernietigingen
from schema.node import decode_id
from tests.identity.callers import klant, medewerker
from tests.klantbeeld.conftest import Municipality
from tests.recording.asking import Payload, codes, mutate, refused
from tests.recording.conftest import Counted, Opened
from tests.recording.partij_vragen import STATED, VERWIJDER, known, registered
from tests.store.rows import Rows

pytestmark = pytest.mark.anyio

ZAKEN = "https://zaken.voorbeeldstad.example/zaken/api/v1/zaken/"
DUE = f"{ZAKEN}e72520ce-9b5a-5627-aab6-750c80ea531a"
FOR_EVER = f"{ZAKEN}37160723-3e20-5140-a841-1ee6a0162725"
UNKNOWN = f"{ZAKEN}c26cc9a0-764b-577e-955a-809d171a9233"
MELDINGEN = "mutation ($id: ID!) { verwijderPartij(id: $id) { fouten { melding } } }"


@pytest.fixture
def rows(database: AsyncEngine) -> Rows:
    return Rows(database)


def key_of(partij: Payload) -> UUID:
    return decode_id(partij["id"], "id")[1]


async def test_it_goes_with_what_is_its_own_and_is_noted(
    office: Municipality, rows: Rows, rows_now: Counted, database: AsyncEngine
) -> None:
    partij = await registered(office, known())
    contact = await rows.klantcontact(0, key_of(partij))
    await rows.onderwerp(contact, "zaak", url=DUE)
    payload = await mutate(office, VERWIJDER, id=partij["id"])
    assert payload == {"partij": None, "fouten": []}
    left = await rows_now()
    assert {"partijen", "klantcontacten", "toestemmingen"} & set(left) == set()
    async with database.connect() as connection:
        asked = select(mutaties.c.oud).where(mutaties.c.handeling == "verwijderd")
        assert [*await connection.scalars(asked)] == [{}]
        destroyed = await connection.scalars(select(vernietigingen.c.soort))
        assert sorted(destroyed) == ["klantcontact", "partij"]


async def test_all_that_keeps_it_is_told_and_nothing_is_removed(
    office: Municipality, rows: Rows, rows_now: Counted
) -> None:
    partij = await registered(office, known())
    contact = await rows.klantcontact(0, key_of(partij))
    await rows.interne_taak(contact)
    await rows.onderwerp(contact, "zaak", url=FOR_EVER)
    await rows.contactpersoon(key_of(partij), "persoon")
    before = await rows_now()
    payload = await mutate(office, MELDINGEN, id=partij["id"])
    assert [each["melding"] for each in payload["fouten"]] == [
        "Dit houdt de partij: interne taak nog te verwerken.",
        "Dit houdt de partij: zaak wordt blijvend bewaard.",
        "Dit houdt de partij: contactpersonen blijven.",
    ]
    assert await rows_now() == before


async def test_a_dossier_of_which_no_date_is_known_keeps_it(
    office: Municipality, rows: Rows, rows_now: Counted
) -> None:
    partij = await registered(office, known())
    contact = await rows.klantcontact(0, key_of(partij))
    await rows.onderwerp(contact, "zaak", url=UNKNOWN)
    before = await rows_now()
    payload = await mutate(office, VERWIJDER, id=partij["id"])
    assert codes(payload) == [("bewaartermijn", "id")]
    assert await rows_now() == before


async def test_who_is_not_there_is_not_removed(office: Municipality) -> None:
    nobody = "UGFydGlqOjAwMDAwMDAwLTAwMDAtMDAwMC0wMDAwLTAwMDAwMDAwMDAwMA=="
    payload = await mutate(office, VERWIJDER, id=nobody)
    assert codes(payload) == [("niet_gevonden", "id")]


async def test_a_medewerker_states_who_asks_for_it(
    opened: Opened, office: Municipality, rows_now: Counted
) -> None:
    partij = await registered(office, known())
    async with opened(medewerker()) as desk:
        payload = await mutate(desk, VERWIJDER, id=partij["id"])
        pad = "identiteitsvaststelling"
        assert codes(payload) == [("identiteit_niet_vastgesteld", pad)]
        stated = {"identiteitsvaststelling": STATED}
        payload = await mutate(desk, VERWIJDER, id=partij["id"], **stated)
    assert payload["fouten"] == []
    assert "partijen" not in await rows_now()


async def test_a_klant_asks_the_municipality_for_it(
    opened: Opened, office: Municipality
) -> None:
    partij = await registered(office, known())
    async with opened(klant()) as portal:
        assert await refused(portal, VERWIJDER, id=partij["id"]) == "FORBIDDEN"
