"""A partij that is removed on request, and what keeps it."""

from datetime import date
from uuid import UUID

import pytest
from msgspec.structs import replace
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine

from gateway.deadline import Deadline
from gateway.retention.termijnen import Archief, Reden, Termijn
from gateway.retention.verwijderen import verwijder_partij
from gateway.settings.retention import RetentionSettings
from gateway.store import tables
from gateway.store.retention.draden import Zaakverwijzing
from gateway.store.writing.transaction import Writer
from tests.retention.conftest import NOW, Archieven, purged
from tests.retention.everything import MARK, everything
from tests.retention.whole import texts
from tests.store.rows import Rows, day

pytestmark = pytest.mark.anyio

URL = "https://zaken.example/zaken/api/v1/zaken/1"
ZAAK = Zaakverwijzing(URL, None)
PAST = Termijn(date(2026, 5, 1), "zaak 1")
FUTURE = Termijn(date(2027, 5, 1), "zaak 1")


@pytest.fixture
def gateway(database: AsyncEngine) -> Writer:
    """Begins transactions of the role that the gateway runs as."""
    return Writer(database)


async def verwijderd(
    gateway: Writer, partij: UUID, archief: Archief | None = None
) -> tuple[Reden, ...]:
    async with gateway.transaction(Deadline.after(60)) as tx:
        return await verwijder_partij(tx, partij, Archieven(archief or {}), NOW)


async def keys(engine: AsyncEngine, name: str) -> set[object]:
    table = tables.metadata.tables[name]
    async with engine.connect() as connection:
        return {key for (key,) in await connection.execute(select(table.c.id))}


async def test_it_goes_with_the_klantcontacten_of_nobody_else(
    rows: Rows, gateway: Writer, owner: AsyncEngine
) -> None:
    persoon, ander = await rows.persoon("123456782"), await rows.persoon()
    await rows.klantcontact(0, persoon)
    await rows.klantcontact(1, persoon, persoon)
    shared = await rows.klantcontact(2, persoon, ander)
    unknown = await rows.klantcontact(3, persoon, None)
    assert await verwijderd(gateway, persoon) == ()
    assert await keys(owner, "partijen") == {ander}
    assert await keys(owner, "klantcontacten") == {shared, unknown}


async def test_in_other_klantcontacten_its_betrokkene_keeps_no_more_than_the_rol(
    rows: Rows, gateway: Writer, owner: AsyncEngine
) -> None:
    there = await everything(rows)
    async with owner.begin() as connection:
        await connection.execute(
            tables.partijen.delete().where(
                tables.partijen.c.namens_partij_id == there.persoon
            )
        )
    assert await verwijderd(gateway, there.persoon) == ()
    columns = tables.betrokkenen.c
    async with owner.connect() as connection:
        found = await connection.execute(
            select(columns.partij_id, columns.achternaam, columns.rol).order_by(
                columns.rol, columns.partij_id
            )
        )
        assert [tuple(each) for each in found] == [
            (there.ander, None, "belanghebbende"),
            (None, None, "belanghebbende"),
            (None, "Zwijgzaam", "vertegenwoordiger"),
        ]
    assert await keys(owner, "digitale_adressen") == set()
    assert await keys(owner, "adressen") == set()


async def test_it_is_noted_without_saying_what_it_was(
    rows: Rows, gateway: Writer, owner: AsyncEngine
) -> None:
    persoon = await rows.persoon("123456782")
    contact = await rows.klantcontact(0, persoon)
    await verwijderd(gateway, persoon)
    noted = tables.vernietigingen.c
    said = (noted.soort, noted.record_id, noted.grond, noted.vervallen_op)
    async with owner.connect() as connection:
        found = await connection.execute(select(*said).order_by(noted.soort))
        assert [tuple(each) for each in found] == [
            (soort, key, "op verzoek verwijderd", date(2026, 6, 1))
            for soort, key in (("klantcontact", contact), ("partij", persoon))
        ]


async def test_what_the_trail_says_of_it_goes_when_purge_comes_by(
    rows: Rows, gateway: Writer, writer: Writer, owner: AsyncEngine
) -> None:
    there = await everything(rows)
    async with owner.begin() as connection:
        await connection.execute(
            tables.partijen.delete().where(
                tables.partijen.c.namens_partij_id == there.persoon
            )
        )
    await verwijderd(gateway, there.persoon)
    before = await texts(owner)
    await purged(writer, settings=RetentionSettings())
    after = await texts(owner)
    # Two of the person's own; that of the klantcontact is that of the other too.
    assert before.count(MARK) - after.count(MARK) == 4


async def test_a_partij_that_is_not_there_is_nothing_to_do(
    gateway: Writer, owner: AsyncEngine
) -> None:
    assert await verwijderd(gateway, UUID(int=1)) == ()
    assert await keys(owner, "vernietigingen") == set()


@pytest.mark.parametrize(
    ("archief", "expected"),
    [
        (PAST, ()),
        (FUTURE, (Reden.NOG_NIET,)),
        (Reden.ARCHIEFDATUM_ONBEKEND, (Reden.ARCHIEFDATUM_ONBEKEND,)),
        (Reden.REGISTER_ZWIJGT, (Reden.REGISTER_ZWIJGT,)),
        (Reden.BLIJVEND_BEWAREN, (Reden.BLIJVEND_BEWAREN,)),
    ],
)
async def test_a_dossier_keeps_it_until_it_is_due(
    rows: Rows,
    gateway: Writer,
    owner: AsyncEngine,
    *,
    archief: Termijn | Reden,
    expected: tuple[Reden, ...],
) -> None:
    persoon = await rows.persoon("123456782")
    question = await rows.klantcontact(0, None)
    await rows.onderwerp(question, "zaak", url=URL)
    answer = await rows.klantcontact(1, persoon)
    await rows.onderwerp(answer, "klantcontact", onderwerp_klantcontact_id=question)
    assert await verwijderd(gateway, persoon, {ZAAK: archief}) == expected
    there = {persoon} if expected else set()
    assert await keys(owner, "partijen") == there


async def test_a_zaak_that_was_recorded_as_an_object_keeps_it(
    rows: Rows, gateway: Writer, owner: AsyncEngine
) -> None:
    persoon = await rows.persoon("123456782")
    await rows.onderwerp(await rows.klantcontact(0, persoon), "object", url=URL)
    asked = replace(ZAAK, is_zaak=False)
    assert await verwijderd(gateway, persoon, {asked: FUTURE}) == (Reden.NOG_NIET,)
    assert await keys(owner, "partijen") == {persoon}


async def test_all_that_keeps_it_is_told_and_nothing_is_done(
    rows: Rows, gateway: Writer, owner: AsyncEngine
) -> None:
    organisatie = await rows.organisatie("12345678")
    await rows.contactpersoon(organisatie)
    contact = await rows.klantcontact(0, organisatie)
    await rows.onderwerp(contact, "zaak", url=URL)
    taak = await rows.interne_taak(contact)
    other = await rows.klantcontact(1, None)
    await rows.onderwerp(other, "interne_taak", interne_taak_id=taak)
    before = await texts(owner)
    assert await verwijderd(gateway, organisatie, {ZAAK: FUTURE}) == (
        *(Reden.NOG_NIET, Reden.OPEN_TAAK, Reden.CONTACTPERSOON, Reden.VERVOLG),
    )
    assert await texts(owner) == before


async def test_a_thread_of_nobody_else_goes_whole(
    rows: Rows, gateway: Writer, owner: AsyncEngine
) -> None:
    persoon = await rows.persoon("123456782")
    question, answer = [await rows.klantcontact(each, persoon) for each in range(2)]
    done = {"status": "verwerkt", "verwerkt_op": day(1)}
    taak = await rows.interne_taak(question, **done)
    await rows.onderwerp(answer, "interne_taak", interne_taak_id=taak)
    assert await verwijderd(gateway, persoon) == ()
    assert await keys(owner, "klantcontacten") == set()
