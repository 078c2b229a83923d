"""Pages of klantcontacten: whose, which, in what order, and what follows what."""

import logging
from uuid import UUID, uuid4

import pytest
from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncEngine

from gateway.identificatie import Identificatie
from gateway.store import tables
from gateway.store.keyset import Order, Page, Slice, window
from gateway.store.klantcontacten import (
    NIEUWSTE_EERST,
    OUDSTE_EERST,
    Klantcontact,
    KlantcontactFilter,
    Question,
)
from gateway.store.store import Store
from tests.store.rows import Rows, day, limits

pytestmark = pytest.mark.anyio

ALL = KlantcontactFilter()
WHOLE = Slice()
BSN = "999993653"


async def page(
    store: Store,
    part: Slice,
    asked: KlantcontactFilter = ALL,
    order: Order = NIEUWSTE_EERST,
) -> Page[Klantcontact]:
    place = window(part, order, limits(100), question=asked)
    return await store.klantcontacten.find(asked, order, place)


async def pages_of(
    store: Store,
    *owners: tuple[UUID, ...],
    part: Slice = WHOLE,
    asked: KlantcontactFilter = ALL,
    order: Order = NIEUWSTE_EERST,
) -> list[list[UUID]]:
    windows = [
        window(part, order, limits(100), question=Question(owner, asked))
        for owner in owners
    ]
    found = await store.klantcontacten.find_by_partijen(owners, asked, order, windows)
    return [[each.id for each in one.nodes] for one in found]


async def ids(store: Store, asked: KlantcontactFilter) -> list[UUID]:
    return [each.id for each in (await page(store, Slice(), asked)).nodes]


async def test_all_pages_together_are_the_list_forwards_and_backwards(
    rows: Rows, store: Store
) -> None:
    keys = [await rows.klantcontact(number // 2) for number in range(7)]
    newest_first = sorted(keys, key=lambda key: (keys.index(key) // 2, key))[::-1]
    for order, expected in (
        (NIEUWSTE_EERST, newest_first),
        (OUDSTE_EERST, newest_first[::-1]),
    ):
        forwards: list[UUID] = []
        here = await page(store, Slice(first=3), order=order)
        forwards += [each.id for each in here.nodes]
        while here.has_next_page:
            part = Slice(first=3, after=here.end_cursor)
            here = await page(store, part, order=order)
            forwards += [each.id for each in here.nodes]
        assert forwards == expected
        backwards: list[UUID] = []
        here = await page(store, Slice(last=3), order=order)
        backwards = [each.id for each in here.nodes]
        while here.has_previous_page:
            part = Slice(last=3, before=here.start_cursor)
            here = await page(store, part, order=order)
            backwards = [each.id for each in here.nodes] + backwards
        assert backwards == expected


async def test_a_page_stays_put_while_newer_ones_come_in(
    rows: Rows, store: Store
) -> None:
    keys = [await rows.klantcontact(number) for number in range(4)]
    first = await page(store, Slice(first=2))
    await rows.klantcontact(50)
    second = await page(store, Slice(first=2, after=first.end_cursor))
    assert [each.id for each in (*first.nodes, *second.nodes)] == keys[::-1]


async def test_each_owner_has_its_own_page(rows: Rows, store: Store) -> None:
    jan, piet, nobody = await rows.persoon(), await rows.persoon(), uuid4()
    one = await rows.klantcontact(1, jan)
    both = await rows.klantcontact(2, jan, piet)
    await rows.klantcontact(3, None)
    found = await pages_of(store, (jan,), (piet,), (nobody,), (jan, piet))
    assert found == [[both, one], [both], [], [both, one]]


async def test_a_klantcontact_is_there_once_however_often_its_partijen_were_in_it(
    rows: Rows, store: Store
) -> None:
    jan, piet = await rows.persoon(), await rows.persoon()
    keys = [await rows.klantcontact(number, jan, jan, piet) for number in range(5)]
    found = await pages_of(store, (jan, piet), part=Slice(first=3))
    assert found == [keys[:1:-1]]
    asked = [Question((jan, piet), ALL), Question((jan,), ALL), Question(None, ALL)]
    assert await store.klantcontacten.count(asked) == [5, 5, 5]


@pytest.mark.parametrize("order", [NIEUWSTE_EERST, OUDSTE_EERST])
async def test_the_pages_of_several_partijen_together_are_one_list(
    rows: Rows, store: Store, order: Order
) -> None:
    jan, piet = await rows.persoon(), await rows.persoon()
    whose = [jan, piet, jan, jan, piet, jan, piet]
    keys = [await rows.klantcontact(nr, partij) for nr, partij in enumerate(whose)]
    owner, found = (jan, piet), []
    part = Slice(first=2)
    for _ in range(4):
        asked = Question(owner, ALL)
        place = window(part, order, limits(100), question=asked)
        (here,) = await store.klantcontacten.find_by_partijen(
            [owner], ALL, order, [place]
        )
        found += [each.id for each in here.nodes]
        part = Slice(first=2, after=here.end_cursor)
    assert found == (keys if order is OUDSTE_EERST else keys[::-1])
    (last,) = await pages_of(store, owner, part=Slice(last=3), order=order)
    assert last == found[-3:]


async def test_a_page_of_many_owners_is_one_statement(
    rows: Rows, store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    owners = [(await rows.persoon(),) for _ in range(5)]
    caplog.set_level(logging.DEBUG, "gateway.store.statements")
    await pages_of(store, *owners)
    assert len(caplog.messages) == 1


async def test_filters(rows: Rows, store: Store) -> None:
    jan = await rows.persoon(BSN)
    old = await rows.klantcontact(1, jan, kanaal="telefoon")
    new = await rows.klantcontact(9, None, kanaal="balie", vertrouwelijk=True)
    out = await rows.klantcontact(5, jan, initiator=False, kanaal="brief")
    bare = await rows.klantcontact(7)
    zaak = "https://zaken.example/zaken/api/v1/zaken/1"
    await rows.onderwerp(old, "zaak", url=zaak)
    bsn = Identificatie("brp", "bsn", BSN)
    for asked, expected in {
        KlantcontactFilter(van=day(5)): [new, bare, out],
        KlantcontactFilter(tot=day(5)): [old],
        KlantcontactFilter(kanalen=("balie", "brief")): [new, out],
        KlantcontactFilter(vertrouwelijk=True): [new],
        KlantcontactFilter(vertrouwelijk=False): [bare, out, old],
        KlantcontactFilter(richting="inkomend"): [new, old],
        KlantcontactFilter(richting="uitgaand"): [out],
        KlantcontactFilter(onderwerp_url=zaak): [old],
        KlantcontactFilter(identificatie=bsn): [out, old],
        KlantcontactFilter(identificatie=bsn, tot=day(5)): [old],
    }.items():
        assert await ids(store, asked) == expected, asked
        assert await store.klantcontacten.count([Question(None, asked)]) == [
            len(expected)
        ]
    asked = KlantcontactFilter(kanalen=("telefoon",))
    assert await pages_of(store, (jan,), asked=asked) == [[old]]
    assert await store.klantcontacten.count([Question((jan,), asked)]) == [1]


async def test_a_number_finds_its_klantcontact(rows: Rows, store: Store) -> None:
    key = await rows.klantcontact(1, nummer=4711)
    await rows.klantcontact(2)
    assert await ids(store, KlantcontactFilter(nummer=4711)) == [key]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("paspoort", True),
        ("paspoorten", True),
        ("rijbewijs", False),
        ('"nieuw paspoort"', True),
        ('"paspoort nieuw"', False),
        ("paspoort -kwijt", False),
        ("spoed", True),
    ],
)
async def test_words_are_found_in_onderwerp_and_inhoud(
    rows: Rows, store: Store, words: str, found: bool
) -> None:
    key = await rows.klantcontact(1)
    await rows.onderwerp(key, "tekst", tekst="Een nieuw paspoort, want het is kwijt")
    await rows.insert(
        tables.inhoudsdelen,
        klantcontact_id=key,
        volgorde=1,
        vorm="tekst",
        tekst="Mevrouw wil het verlengen, met spoed",
    )
    expected = [key] if found else []
    assert await ids(store, KlantcontactFilter(tekst=words)) == expected


async def test_an_identificatie_must_match_on_one_and_the_same_row(
    rows: Rows, store: Store
) -> None:
    # Nine digits may be a BSN of one and an RSIN of another.
    jan = await rows.persoon(BSN)
    org = await rows.organisatie("12345678")
    await rows.identificatie(org, "hr", "rsin", "111222333")
    mine = await rows.klantcontact(1, jan)
    await rows.klantcontact(2, org)
    for identificatie, expected in (
        (Identificatie("brp", "bsn", BSN), [mine]),
        (Identificatie("hr", "rsin", BSN), []),
        (Identificatie("brp", "bsn", "111222333"), []),
        (Identificatie("hr", "kvk_nummer", "111222333"), []),
        (Identificatie("brp", "bsn", BSN, land="BE"), []),
    ):
        asked = KlantcontactFilter(identificatie=identificatie)
        assert await ids(store, asked) == expected


async def test_the_thread_goes_both_ways_and_through_an_interne_taak(
    rows: Rows, store: Store
) -> None:
    first = await rows.klantcontact(1)
    taak = await rows.interne_taak(first)
    called_back = await rows.klantcontact(2)
    await rows.onderwerp(called_back, "interne_taak", interne_taak_id=taak)
    answered = await rows.klantcontact(3)
    await rows.onderwerp(answered, "klantcontact", onderwerp_klantcontact_id=first)
    # The same link in two ways is one place in the thread.
    await rows.onderwerp(answered, "interne_taak", 2, interne_taak_id=taak)
    asked = [first, called_back, answered]
    vorige = await store.klantcontacten.vorige_by_klantcontact(asked)
    assert [[each.id for each in found] for found in vorige] == [[], [first], [first]]
    vervolg = await store.klantcontacten.vervolg_by_klantcontact(asked)
    assert [[each.id for each in found] for found in vervolg] == [
        [called_back, answered],
        [],
        [],
    ]


async def test_richting_is_told_by_who_took_the_initiative(
    rows: Rows, store: Store
) -> None:
    incoming = await rows.klantcontact(1, None)
    outgoing = await rows.klantcontact(1, None, None, initiator=False)
    nobody = await rows.klantcontact(1)
    found = await store.klantcontacten.richting_by_klantcontact(
        [outgoing, nobody, incoming]
    )
    assert found == ["uitgaand", None, "inkomend"]


async def test_what_is_not_there_is_none(
    rows: Rows, store: Store, database: AsyncEngine
) -> None:
    here, gone = await rows.klantcontact(1), await rows.klantcontact(2)
    async with database.connect() as connection:
        await connection.execute(
            delete(tables.klantcontacten).where(tables.klantcontacten.c.id == gone)
        )
    found = await store.klantcontacten.klantcontacten_by_id([gone, here, here])
    assert [each and each.id for each in found] == [None, here, here]


async def test_a_partijs_page_is_read_from_the_index_in_the_klantbeelds_order(
    rows: Rows,
    store: Store,
    database: AsyncEngine,
    caplog: pytest.LogCaptureFixture,
) -> None:
    jan = await rows.persoon()
    await rows.klantcontact(1, jan)
    caplog.set_level(logging.DEBUG, "gateway.store.statements")
    await pages_of(store, (jan,))
    (statement,) = caplog.messages
    async with database.connect() as connection:
        # A table of one row is otherwise read whole, whatever its indexes.
        await connection.exec_driver_sql("SET enable_seqscan = off")
        await connection.exec_driver_sql("SET enable_bitmapscan = off")
        values = ([0], [jan], 21)
        explained = await connection.exec_driver_sql(f"EXPLAIN {statement}", values)
        plan = "\n".join(row[0] for row in explained)
    page = plan[plan.index("Limit") :]
    assert "Index Only Scan using ix_betrokkenen_klantbeeld" in page
    assert "Sort" not in page
