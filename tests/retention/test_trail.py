"""What is left in the trail of changes of what was destroyed."""

from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine

from gateway.store import tables
from gateway.store.writing.transaction import Writer
from tests.retention.conftest import going, purged
from tests.retention.whole import count
from tests.store.recording_rows import MUTATIE
from tests.store.rows import Rows, day

pytestmark = pytest.mark.anyio

LATE = 140
"""A day so late that no term is over."""


async def trail(engine: AsyncEngine) -> list[tuple[object, ...]]:
    columns = tables.mutaties.c
    async with engine.connect() as connection:
        found = await connection.execute(
            select(columns.record_id, columns.reden, columns.oud).order_by(
                columns.record_id
            )
        )
        return [tuple(each) for each in found]


async def test_the_trail_keeps_that_there_was_a_change_and_not_what_stood_there(
    rows: Rows, writer: Writer, owner: AsyncEngine
) -> None:
    contact = await rows.klantcontact(0, None)
    taak = await rows.interne_taak(contact, status="verwerkt", verwerkt_op=day(1))
    other = await rows.klantcontact(LATE, None)
    for key in (contact, taak, other):
        await rows.insert(tables.mutaties, **MUTATIE | {"record_id": key, "reden": "x"})
    await purged(writer)
    oud = MUTATIE["oud"]
    assert sorted(await trail(owner), key=str) == sorted(
        [(contact, None, None), (taak, None, None), (other, "x", oud)], key=str
    )


async def test_what_was_removed_before_is_wiped_too(
    rows: Rows, writer: Writer, owner: AsyncEngine
) -> None:
    persoon = await rows.persoon("123456782")
    gone = MUTATIE | {"handeling": "verwijderd", "oud": {"partij_id": str(persoon)}}
    await rows.insert(tables.mutaties, **gone | {"record_id": UUID(int=5)})
    other = gone | {"oud": {"partij_id": str(UUID(int=6))}}
    await rows.insert(tables.mutaties, **other | {"record_id": UUID(int=6)})
    await rows.klantcontact(0, persoon)
    await purged(writer)
    assert await trail(owner) == [
        (UUID(int=5), None, None),
        (UUID(int=6), None, {"partij_id": str(UUID(int=6))}),
    ]


async def test_what_was_changed_before_it_was_removed_is_wiped_too(
    rows: Rows, writer: Writer, owner: AsyncEngine
) -> None:
    persoon, ander = await rows.persoon("123456782"), await rows.persoon()
    adres, mandate = UUID(int=5), {"soort": "vertegenwoordiging"}
    gone = {"handeling": "verwijderd", "oud": {"partij_id": str(persoon)}}
    for changes in (
        {"record_id": adres},
        gone | {"record_id": adres},
        gone | mandate | {"record_id": ander},
        {"record_id": ander, "moment": day(LATE)},
    ):
        await rows.insert(tables.mutaties, **MUTATIE | changes)
    await rows.klantcontact(0, persoon)
    assert going(await purged(writer)) >= {persoon}
    assert sorted(await trail(owner), key=str) == sorted(
        [
            *[(adres, None, None)] * 2,
            (ander, None, None),
            (ander, None, MUTATIE["oud"]),
        ],
        key=str,
    )


async def test_what_the_gateway_listed_is_wiped(
    rows: Rows, writer: Writer, owner: AsyncEngine
) -> None:
    key = await rows.insert(tables.mutaties, **MUTATIE)
    await rows.link(tables.te_wissen_mutaties, mutatie_id=key)
    await purged(writer)
    assert await trail(owner) == [(MUTATIE["record_id"], None, None)]
    assert await count(owner, "te_wissen_mutaties") == [0]
