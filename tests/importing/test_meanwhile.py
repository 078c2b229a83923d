"""Others who write while an import does."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncEngine

from gateway.deadline import Deadline
from gateway.errors import RegisterUnavailable
from gateway.importing.bringing import Done
from gateway.importing.lines import Lines
from gateway.importing.planning import Keys, Plan, Planned
from gateway.importing.taking import Taker, digest_of
from gateway.store import tables
from gateway.store.writing.transaction import Collided, Transaction, Writer
from tests.importing.conftest import NOW, Here, Importing
from tests.importing.filling import Filling
from tests.retention.whole import WAITING

pytestmark = pytest.mark.anyio


class Colliding(Writer):
    """Gives way at the end, so many times."""

    def __init__(self, engine: AsyncEngine, times: int) -> None:
        super().__init__(engine)
        self._left = times

    @asynccontextmanager
    async def transaction(self, deadline: Deadline) -> AsyncIterator[Transaction]:
        async with super().transaction(deadline) as tx:
            yield tx
            self._left -= 1
            if self._left >= 0:
                raise Collided


def a_plan() -> Plan:
    head = Planned(
        soort="actor",
        table="actoren",
        bron_id=UUID(int=1),
        id=uuid4(),
        values={"naam": "J. Jansen"},
        beside={"soort_actor": "medewerker"},
    )
    return Plan(head, Lines())


def a_taker(database: AsyncEngine, times: int) -> Taker:
    return Taker(Colliding(database, times), "x", digest_of("x"), lambda: NOW)


@pytest.mark.parametrize("times", [0, 1, 2])
async def test_a_record_that_gave_way_is_taken_once(
    database: AsyncEngine, here: Here, times: int
) -> None:
    counts = await a_taker(database, times).take(a_plan(), Keys([]))
    assert counts == {("actor", Done.MADE): 1}
    for table in ("actoren", "importsleutels", "mutaties"):
        assert await here.value(f"SELECT count(*) FROM {table}") == 1  # noqa: S608 - our own names


async def test_one_that_gives_way_each_time_stops_it(
    database: AsyncEngine, here: Here
) -> None:
    why = "others want to change the same just now"
    with pytest.raises(RegisterUnavailable, match=why):
        await a_taker(database, 3).take(a_plan(), Keys([]))
    assert await here.value("SELECT count(*) FROM actoren") == 0


async def test_who_is_writing_goes_before_an_import_that_tells_all_once(
    there: Filling, importing: Importing, here: Here, owner: AsyncEngine
) -> None:
    key = there.persoon("Bakker")
    adres = there.digitaal_adres("email", "a@voorbeeld.nl", partij=key)
    await importing.run()
    await here.rows("UPDATE partijen SET achternaam = 'Hier'")
    there.change("partijen", key, interneNotitie="Belt")
    there.change("digitaleadressen", adres, adres="b@voorbeeld.nl")
    async with owner.connect() as watching, owner.begin() as writing:
        # It waits for the import, and has more patience.
        await writing.execute(text("SET LOCAL deadlock_timeout = '60s'"))
        theirs = select(tables.digitale_adressen.c.id).with_for_update()
        await writing.execute(theirs)
        running = asyncio.create_task(importing.run())
        while not await watching.scalar(WAITING):
            await watching.rollback()
        await writing.execute(select(tables.partijen.c.id).with_for_update())
    await running
    rule = "differs from what is here, which is kept"
    told = ("left out", "partij", "achternaam, interne_notitie", rule)
    assert importing.told == [told]
    assert await here.value("SELECT adres FROM digitale_adressen") == "b@voorbeeld.nl"
