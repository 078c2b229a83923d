"""The version of what several may change: read with the record."""

import pytest
from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncEngine

from gateway.store import tables
from gateway.store.store import Store
from tests.store.rows import Rows

pytestmark = pytest.mark.anyio

VERSIONED = (tables.partijen, tables.interne_taken, tables.digitale_adressen)


async def test_a_record_says_its_version(
    store: Store, rows: Rows, database: AsyncEngine
) -> None:
    organisatie = await rows.insert(tables.partijen, soort_partij="organisatie")
    partijen = [
        await rows.persoon(),
        organisatie,
        await rows.contactpersoon(organisatie),
    ]
    taak = await rows.interne_taak(await rows.klantcontact(1))
    adres = await rows.insert(
        tables.digitale_adressen,
        partij_id=organisatie,
        soort="email",
        adres="info@example.nl",
    )
    found = []
    for _ in range(2):
        records = [
            *await store.partijen.partijen_by_id(partijen),
            *await store.interne_taken.interne_taken_by_id([taak]),
            *await store.adressen.digitale_adressen_by_id([adres]),
        ]
        found.append([each and each.versie for each in records])
        async with database.begin() as connection:
            for table in VERSIONED:
                await connection.execute(update(table).values(versie=7))
    assert found == [[1] * 5, [7] * 5]
