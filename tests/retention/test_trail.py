"""What is left in the trail of changes of what was destroyed."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine

from gateway.retention.purging import Purge
from gateway.settings.retention import RetentionSettings
from gateway.store import tables
from gateway.store.writing.transaction import Writer
from tests.retention.conftest import NOW, Archieven, going, purged
from tests.retention.whole import count
from tests.store.recording_rows import MUTATIE, RECORDING
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


OLD_VALUES = RetentionSettings(trail_days=30)


async def changes(rows: Rows, moment: datetime) -> list[UUID]:
    """Something that was made, changed and removed, from a partij that stays."""
    said = MUTATIE | {"moment": moment, "reden": "Verhuisd", "record_id": UUID(int=5)}
    owner = {"partij_id": str(UUID(int=6))}
    return [
        await rows.insert(tables.mutaties, **said | {"handeling": handeling} | values)
        for handeling, values in (
            ("gemaakt", {"oud": None, "reden": None}),
            ("gewijzigd", {"oud": owner | {"adres": "an@example.nl"}}),
            ("verwijderd", {"oud": owner | {"adres": "an@example.nl"}}),
        )
    ]


async def test_old_values_and_reasons_go_when_their_own_term_is_over(
    rows: Rows, writer: Writer, owner: AsyncEngine
) -> None:
    await changes(rows, NOW - timedelta(days=31))
    run = Purge(writer, Archieven({}), OLD_VALUES, now=NOW, apply=True)
    assert [each async for each in run.run()] == []
    assert run.trail == 2
    # Of what was removed stays of whom, so that it is found by them.
    of_whom = {"partij_id": str(UUID(int=6))}
    assert sorted(await trail(owner), key=str) == sorted(
        [*[(UUID(int=5), None, None)] * 2, (UUID(int=5), None, of_whom)], key=str
    )
    again = Purge(writer, Archieven({}), OLD_VALUES, now=NOW, apply=True)
    assert [each async for each in again.run()] == []
    assert again.trail == 0


@pytest.mark.parametrize(
    ("age", "apply", "due"), [(29, True, 0), (31, False, 2)], ids=["too new", "listed"]
)
async def test_old_values_stay_until_then(
    rows: Rows, writer: Writer, owner: AsyncEngine, age: int, due: int, *, apply: bool
) -> None:
    await changes(rows, NOW - timedelta(days=age))
    before = await trail(owner)
    run = Purge(writer, Archieven({}), OLD_VALUES, now=NOW, apply=apply)
    assert [each async for each in run.run()] == []
    assert run.trail == due
    assert await trail(owner) == before


async def test_what_was_removed_goes_with_whom_it_was_of_after_its_values_went(
    rows: Rows, writer: Writer, owner: AsyncEngine
) -> None:
    persoon = await rows.persoon("123456782")
    gone = {"handeling": "verwijderd", "oud": {"partij_id": str(persoon), "adres": "x"}}
    key = {"record_id": UUID(int=5), "moment": day(0)}
    await rows.insert(tables.mutaties, **MUTATIE | gone | key)
    await purged(writer, settings=OLD_VALUES)
    assert await trail(owner) == [(UUID(int=5), None, {"partij_id": str(persoon)})]
    assert going(await purged(writer)) == {persoon}
    assert await trail(owner) == [(UUID(int=5), None, None)]


async def test_an_import_knows_that_it_came_and_not_what_it_said(
    rows: Rows, writer: Writer, owner: AsyncEngine
) -> None:
    persoon = await rows.persoon("123456782")
    email = {"soort": "email", "adres": "an@example.nl"}
    adres = await rows.insert(tables.digitale_adressen, partij_id=persoon, **email)
    contact = await rows.klantcontact(0, persoon)
    later = await rows.klantcontact(LATE, None)
    _, sleutel = RECORDING["importsleutel"]
    every = (persoon, adres, contact, later)
    for number, key in enumerate(every):
        came = {"bron_id": UUID(int=number), "record_id": key}
        await rows.link(tables.importsleutels, **sleutel | came)
    assert going(await purged(writer)) == {persoon, contact}
    columns = tables.importsleutels.c
    known = select(columns.record_id, columns.inhoud).order_by(columns.bron_id)
    async with owner.connect() as connection:
        found = [tuple(each) for each in await connection.execute(known)]
    said = ["vernietigd"] * 3 + [sleutel["inhoud"]]
    assert found == list(zip(every, said, strict=True))
