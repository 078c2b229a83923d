from collections.abc import Mapping
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Table, update
from sqlalchemy.ext.asyncio import AsyncEngine

from gateway.store import tables
from gateway.store.interne_taken import (
    KORTST_WACHTEND_EERST,
    LANGST_WACHTEND_EERST,
    InterneTaakFilter,
    Question,
)
from gateway.store.keyset import Order, Slice, window
from gateway.store.store import Store
from tests.store.rows import Rows, day, limits

pytestmark = pytest.mark.anyio

EVERYTHING = Question(None, InterneTaakFilter())


async def find(
    store: Store, question: Question, order: Order = LANGST_WACHTEND_EERST
) -> list[UUID]:
    place = window(Slice(), order, limits(100), question=question)
    page = await store.interne_taken.find(question, order, place)
    return [taak.id for taak in page.nodes]


async def test_waiting_time_counts_from_the_klantcontact_not_from_the_taak(
    rows: Rows, store: Store
) -> None:
    late, early = await rows.klantcontact(9), await rows.klantcontact(1)
    assigned_first = await rows.interne_taak(late, toegewezen_op=day(10))
    assigned_last = await rows.interne_taak(early, toegewezen_op=day(20))
    expected = [assigned_last, assigned_first]
    assert await find(store, EVERYTHING) == expected
    assert await find(store, EVERYTHING, KORTST_WACHTEND_EERST) == expected[::-1]


async def test_a_taak_that_is_done_waits_no_longer(rows: Rows, store: Store) -> None:
    contact = await rows.klantcontact(1)
    open_one = await rows.interne_taak(contact)
    done = await rows.interne_taak(contact, status="verwerkt", verwerkt_op=day(3))
    found = await store.interne_taken.interne_taken_by_id([open_one, done, uuid4()])
    assert [taak and taak.wacht_sinds for taak in found] == [day(1), None, None]
    assert found[2] is None


async def test_filters_and_whose_they_are(rows: Rows, store: Store) -> None:
    jan = await rows.persoon()
    mine = await rows.interne_taak(await rows.klantcontact(1, jan), nummer=77)
    other = await rows.interne_taak(
        await rows.klantcontact(2), status="verwerkt", verwerkt_op=day(3)
    )
    desk = await rows.insert(
        tables.actoren, soort_actor="organisatorische_eenheid", naam="Burgerzaken"
    )
    await rows.assigned(mine, desk)
    for question, expected in {
        EVERYTHING: [mine, other],
        Question(None, InterneTaakFilter(status="te_verwerken")): [mine],
        Question(None, InterneTaakFilter(actor_id=desk)): [mine],
        Question(None, InterneTaakFilter(nummer=77, status="verwerkt")): [],
        Question((jan,), InterneTaakFilter()): [mine],
        Question((uuid4(),), InterneTaakFilter()): [],
    }.items():
        assert await find(store, question) == expected
        assert await store.interne_taken.count([question]) == [len(expected)]


async def test_a_work_list_follows_what_is_done_and_when_the_klant_began_to_wait(
    rows: Rows, store: Store, database: AsyncEngine
) -> None:
    contacten = [await rows.klantcontact(number) for number in (1, 2, 3)]
    first, second, third = [await rows.interne_taak(each) for each in contacten]
    desk = await rows.insert(tables.actoren, soort_actor="medewerker", naam="An")
    for taak in (third, first, second):
        await rows.assigned(taak, desk)
    work_list = Question(None, InterneTaakFilter("te_verwerken", desk))
    assert await find(store, work_list) == [first, second, third]
    done = {"status": "verwerkt", "verwerkt_op": day(9)}
    await change(database, tables.interne_taken, second, done)
    corrected = {"plaatsgevonden_op": day(5)}
    await change(database, tables.klantcontacten, contacten[0], corrected)
    assert await find(store, work_list) == [third, first]
    assert await find(store, work_list, KORTST_WACHTEND_EERST) == [first, third]
    everything = Question(None, InterneTaakFilter(actor_id=desk))
    assert await find(store, everything) == [second, third, first]


async def test_a_work_list_goes_on_where_a_page_ended(rows: Rows, store: Store) -> None:
    contact = await rows.klantcontact(1)
    taken = [await rows.interne_taak(contact) for _ in range(3)]
    desk = await rows.insert(tables.actoren, soort_actor="medewerker", naam="An")
    for taak in taken:
        await rows.assigned(taak, desk)
    question = Question(None, InterneTaakFilter("te_verwerken", desk))
    found, after = [], None
    for _ in taken:
        part = Slice(first=1, after=after)
        place = window(part, LANGST_WACHTEND_EERST, limits(100), question=question)
        page = await store.interne_taken.find(question, LANGST_WACHTEND_EERST, place)
        found += [each.id for each in page.nodes]
        after = page.end_cursor
    assert found == sorted(taken)


async def change(
    database: AsyncEngine, table: Table, key: UUID, values: Mapping[str, object]
) -> None:
    async with database.begin() as connection:
        await connection.execute(update(table).where(table.c.id == key).values(values))


async def test_what_a_klantcontact_led_to_comes_in_the_order_of_assignment(
    rows: Rows, store: Store
) -> None:
    contact, none = await rows.klantcontact(1), await rows.klantcontact(2)
    second = await rows.interne_taak(contact, toegewezen_op=day(5))
    first = await rows.interne_taak(contact, toegewezen_op=day(4))
    found = await store.interne_taken.interne_taken_by_klantcontact([none, contact])
    assert [[taak.id for taak in taken] for taken in found] == [[], [first, second]]
