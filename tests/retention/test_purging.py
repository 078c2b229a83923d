"""What goes, what stays, and that it can be done in parts."""

import asyncio
from collections.abc import Iterable
from datetime import date, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select, text, update
from sqlalchemy.ext.asyncio import AsyncEngine

from gateway.identificator import Identificator
from gateway.retention.purging import Purge
from gateway.retention.termijnen import Archief, Reden, Termijn
from gateway.settings.retention import RetentionSettings
from gateway.store import tables
from gateway.store.retention.draden import Zaakverwijzing
from gateway.store.writing.transaction import Writer
from tests.retention.conftest import NOW, TERMS, Archieven, going, purged
from tests.retention.everything import MARK, OTHERS, everything
from tests.retention.whole import WAITING, count, texts
from tests.store.recording_rows import MUTATIE, RECORDING
from tests.store.rows import Rows, day
from tests.store.valid_rows import IDENTIFICATOR

pytestmark = pytest.mark.anyio

URL = "https://zaken.example/zaken/api/v1/zaken/1"
ZAAK = Zaakverwijzing(URL, None)
OBJECT = Zaakverwijzing(URL, None, is_zaak=False)
PAST = Termijn(date(2026, 5, 1), "archiefactiedatum van zaak 1")
LATE = 140
"""A day so late that no term of `TERMS` is over."""


async def test_zelfstandige_gegevens_go_with_their_dossier(
    rows: Rows, writer: Writer, owner: AsyncEngine
) -> None:
    key = await rows.klantcontact(0, None)
    await rows.onderwerp(key, "zaak", url=URL)
    await rows.interne_taak(key, status="verwerkt", verwerkt_op=day(1))
    assert await purged(writer, {ZAAK: PAST}) == [("klantcontact", key, PAST)]
    assert await count(
        owner, "klantcontacten", "betrokkenen", "onderwerpen", "interne_taken"
    ) == [0, 0, 0, 0]


async def test_what_was_destroyed_is_noted_and_not_what_it_said(
    rows: Rows, writer: Writer, owner: AsyncEngine
) -> None:
    key = await rows.klantcontact(0, None, kanaal="telefoon")
    await purged(writer)
    noted = tables.vernietigingen.c
    said = [each for each in noted if each.name not in ("id", "run")]
    async with owner.connect() as connection:
        (row,) = await connection.execute(select(*said))
    grond = "zelfstandige gegevens: 30 dagen na contact of laatste taak"
    assert row == (NOW, "klantcontact", key, grond, date(2026, 2, 4))


async def test_nothing_changes_unless_asked(
    rows: Rows, writer: Writer, owner: AsyncEngine
) -> None:
    key = await rows.klantcontact(0, None)
    assert going(await purged(writer, apply=False)) == {key}
    assert await count(owner, "klantcontacten", "vernietigingen") == [1, 0]


async def test_the_last_verwerkte_taak_begins_the_term(
    rows: Rows, writer: Writer
) -> None:
    key = await rows.klantcontact(0, None)
    for done in (2, LATE, 1):
        await rows.interne_taak(key, status="verwerkt", verwerkt_op=day(done))
    assert await purged(writer) == [("klantcontact", key, Reden.NOG_NIET)]


async def test_an_open_taak_keeps_what_is_due(rows: Rows, writer: Writer) -> None:
    key = await rows.klantcontact(0, None)
    await rows.interne_taak(key, status="verwerkt", verwerkt_op=day(1))
    await rows.interne_taak(key)
    assert await purged(writer) == [("klantcontact", key, Reden.OPEN_TAAK)]


async def test_a_klantcontact_of_both_kinds_is_aangehaakt(
    rows: Rows, writer: Writer
) -> None:
    persoon = await rows.persoon("123456782")
    # 47 days ago: too long for zelfstandige gegevens, and not for this.
    key = await rows.klantcontact(100, None, persoon)
    assert (await purged(writer))[0] == ("klantcontact", key, Reden.NOG_NIET)


async def test_whatever_may_be_a_zaak_is_looked_up_as_it_was_recorded(
    rows: Rows, owner: AsyncEngine, writer: Writer
) -> None:
    key = await rows.klantcontact(0, None)
    await rows.onderwerp(key, "tekst", 1, tekst="Parkeren")
    await rows.onderwerp(key, "zaak", 2, **IDENTIFICATOR)
    await rows.onderwerp(key, "object", 3, url=URL)
    await rows.onderwerp(key, "klanttaak", 4, **IDENTIFICATOR)
    archieven = Archieven({})
    with pytest.raises(KeyError):
        async for _ in Purge(writer, archieven, TERMS, now=NOW, apply=True).run():
            pass
    four = Identificator("oud-zaaksysteem", "zaak", "zaaknummer", "Z-1")
    assert sorted(archieven.asked, key=str) == sorted(
        [
            Zaakverwijzing(None, four),
            Zaakverwijzing(None, four, is_zaak=False),
            OBJECT,
        ],
        key=str,
    )
    assert await count(owner, "klantcontacten") == [1]


async def test_a_zaak_that_was_recorded_as_an_object_keeps_its_dossier(
    rows: Rows, writer: Writer
) -> None:
    key = await rows.klantcontact(0, None)
    await rows.onderwerp(key, "object", url=URL)
    kept = Reden.BLIJVEND_BEWAREN
    assert await purged(writer, {OBJECT: kept}) == [("klantcontact", key, kept)]


async def test_an_object_that_is_no_zaak_keeps_nothing(
    rows: Rows, writer: Writer
) -> None:
    key = await rows.klantcontact(0, None)
    await rows.onderwerp(key, "object", url=URL)
    assert going(await purged(writer, {OBJECT: None})) == {key}


async def test_nothing_of_somebody_is_left(
    rows: Rows, writer: Writer, owner: AsyncEngine
) -> None:
    await everything(rows)
    assert len(going(await purged(writer))) == 4
    left = await texts(owner)
    assert left.count(MARK) == 0
    assert left.count(OTHERS) == 1  # the address of who works for the municipality


# Threads.


async def follow_up(rows: Rows, number: int, *earlier: UUID) -> UUID:
    """A klantcontact that followed on others: on a taak of the first."""
    key = await rows.klantcontact(number, None)
    for volgorde, each in enumerate(earlier, 1):
        taak = await rows.interne_taak(each, status="verwerkt", verwerkt_op=day(1))
        await rows.onderwerp(key, "interne_taak", volgorde, interne_taak_id=taak)
    return key


@pytest.mark.parametrize("size", [1, 2, 100])
async def test_a_thread_goes_as_one(
    rows: Rows, writer: Writer, owner: AsyncEngine, size: int
) -> None:
    first, second = [await rows.klantcontact(number, None) for number in range(2)]
    answer = await follow_up(rows, 3, first, second)
    last = await rows.klantcontact(4, None)
    await rows.onderwerp(last, "klantcontact", onderwerp_klantcontact_id=answer)
    settings = TERMS.model_copy(update={"batch_size": size})
    judged = await purged(writer, settings=settings)
    assert going(judged) == {first, second, answer, last}
    assert await count(owner, "klantcontacten", "vernietigingen") == [0, 4]


async def test_what_keeps_one_of_a_thread_keeps_all(
    rows: Rows, writer: Writer, owner: AsyncEngine
) -> None:
    first = await rows.klantcontact(0, None)
    answer = await follow_up(rows, LATE, first)
    assert {(each.id, each.oordeel) for each in await purged(writer)} == {
        (first, Reden.NOG_NIET),
        (answer, Reden.NOG_NIET),
    }
    assert await count(owner, "klantcontacten", "onderwerpen") == [2, 1]


async def test_klantcontacten_that_are_about_each_other_go(
    rows: Rows, writer: Writer
) -> None:
    one, other = [await rows.klantcontact(number, None) for number in range(2)]
    await rows.onderwerp(one, "klantcontact", onderwerp_klantcontact_id=other)
    await rows.onderwerp(other, "klantcontact", onderwerp_klantcontact_id=one)
    assert going(await purged(writer)) == {one, other}


# Partijen.


async def test_a_partij_goes_with_all_that_is_its_own(
    rows: Rows, writer: Writer, owner: AsyncEngine
) -> None:
    persoon, other = await rows.persoon("123456782"), await rows.persoon()
    adres = {"soort": "email", "adres": "an@example.nl"}
    key = await rows.insert(tables.digitale_adressen, partij_id=persoon, **adres)
    async with owner.begin() as connection:
        preferred = update(tables.partijen).values(voorkeurs_digitaal_adres_id=key)
        await connection.execute(preferred.where(tables.partijen.c.id == persoon))
    await rows.link(
        tables.vertegenwoordigingen,
        vertegenwoordigende_partij_id=other,
        vertegenwoordigde_partij_id=persoon,
    )
    await rows.klantcontact(0, persoon)
    term = Termijn(date(2026, 4, 5), "90 dagen na laatste contact")
    assert ("partij", persoon, term) in await purged(writer)
    assert await count(
        owner,
        "externe_identificaties",
        "digitale_adressen",
        "vertegenwoordigingen",
        "laatste_contacten",
        "partijen",
    ) == [0, 0, 0, 0, 1]


async def test_a_partij_stays_as_long_as_a_klantcontact_of_it_does(
    rows: Rows, writer: Writer
) -> None:
    persoon = await rows.persoon("123456782")
    await rows.klantcontact(0, persoon)
    settings = RetentionSettings(partij_days=90)
    judged = await purged(writer, settings=settings)
    assert judged[1] == ("partij", persoon, Reden.KLANTCONTACT)


async def test_the_last_contact_is_known_after_it_was_destroyed(
    rows: Rows, writer: Writer, owner: AsyncEngine
) -> None:
    persoon = await rows.persoon("123456782")
    await rows.klantcontact(0, persoon)
    await rows.klantcontact(10, persoon)
    without = RetentionSettings(klantcontact_days=60)
    assert len(going(await purged(writer, settings=without))) == 2
    async with owner.connect() as connection:
        ((_, dag),) = await connection.execute(select(tables.laatste_contacten))
    assert dag == date(2026, 1, 15)
    (judged,) = await purged(writer)
    term = Termijn(date(2026, 4, 15), "90 dagen na laatste contact")
    assert judged == ("partij", persoon, term)


@pytest.mark.parametrize("apply", [False, True])
async def test_who_acted_for_another_keeps_that_one_until_both_are_due(
    rows: Rows, writer: Writer, *, apply: bool
) -> None:
    organisatie, other = await rows.organisatie("12345678"), await rows.persoon()
    contactpersoon = await rows.contactpersoon(organisatie)
    await rows.contactpersoon(other, "persoon", id=UUID(int=7))
    await rows.klantcontact(LATE, UUID(int=7))
    for partij in (organisatie, other):
        await rows.klantcontact(0, partij)
    judged = {each.id: each.oordeel for each in await purged(writer, apply=apply)}
    assert isinstance(judged[organisatie], Termijn)
    assert isinstance(judged[contactpersoon], Termijn)
    assert judged[other] is Reden.CONTACTPERSOON


async def test_a_partij_of_which_no_contact_is_known_stays(
    rows: Rows, writer: Writer
) -> None:
    persoon = await rows.persoon("123456782")
    assert await purged(writer) == [("partij", persoon, Reden.CONTACT_ONBEKEND)]


@pytest.mark.parametrize("number", [0, LATE])
async def test_consent_and_changes_tell_when_somebody_was_in_touch(
    rows: Rows, writer: Writer, number: int
) -> None:
    one, other = await rows.persoon(), await rows.persoon()
    await rows.insert(tables.toestemmingen, partij_id=one, gegeven_op=day(number))
    change = MUTATIE | {"record_id": other, "moment": day(number)}
    await rows.insert(tables.mutaties, **change)
    expected = {one, other} if number == 0 else set()
    assert going(await purged(writer)) == expected


# Retries.


@pytest.mark.parametrize("apply", [False, True])
async def test_keys_of_retries_go_when_they_are_old(
    rows: Rows, writer: Writer, owner: AsyncEngine, *, apply: bool
) -> None:
    _, sleutel = RECORDING["idempotentiesleutel"]
    for number, age in enumerate((31, 29)):
        changed = {"sleutel": str(number), "moment": NOW - timedelta(days=age)}
        await rows.insert(tables.idempotentiesleutels, **sleutel | changed)
    run = Purge(writer, Archieven({}), RetentionSettings(), now=NOW, apply=apply)
    assert [each async for each in run.run()] == []
    assert run.retries == 1
    assert await count(owner, "idempotentiesleutels") == [1 if apply else 2]


# In parts.


async def test_a_run_that_was_stopped_is_gone_on_with(
    rows: Rows, writer: Writer, owner: AsyncEngine
) -> None:
    keys = {await rows.klantcontact(number, None) for number in range(5)}
    settings = TERMS.model_copy(update={"batch_size": 2})
    run = Purge(writer, Archieven({}), settings, now=NOW, apply=True).run()
    assert (await anext(run)).id in keys
    await run.aclose()
    assert await count(owner, "klantcontacten", "vernietigingen") == [3, 2]
    assert len(going(await purged(writer, settings=settings))) == 3
    assert await count(owner, "klantcontacten", "vernietigingen") == [0, 5]


async def test_how_far_it_is_is_told(rows: Rows, writer: Writer) -> None:
    for number in range(3):
        await rows.klantcontact(number, None)
    await rows.persoon()
    told: list[tuple[int, int]] = []
    settings = TERMS.model_copy(update={"batch_size": 2})

    def tell(number: int, total: int) -> None:
        told.append((number, total))

    run = Purge(
        writer, Archieven({}), settings, now=NOW, apply=False, progress=tell
    ).run()
    assert len([each async for each in run]) == 4
    assert told == [(2, 4), (1, 4), (0, 4), (1, 4)]


class Meanwhile(Archieven):
    """Somebody does something between the reading of a batch and its destruction."""

    def __init__(self, known: Archief, rows: Rows, contact: UUID) -> None:
        super().__init__(known)
        self._rows, self._contact = rows, contact

    async def __call__(self, asked: Iterable[Zaakverwijzing]) -> Archief:
        await self._rows.interne_taak(self._contact)
        return await super().__call__(asked)


async def test_what_changed_meanwhile_is_left_for_the_next_run(
    rows: Rows, writer: Writer, owner: AsyncEngine
) -> None:
    changed, same = [await rows.klantcontact(number, None) for number in range(2)]
    archief = Meanwhile({}, rows, changed)
    run = Purge(writer, archief, TERMS, now=NOW, apply=True).run()
    judged = [each async for each in run]
    assert ("klantcontact", changed, Reden.GEWIJZIGD) in judged
    assert going(judged) == {same}
    assert await count(owner, "klantcontacten") == [1]


async def test_who_is_writing_goes_before_a_batch_that_collides(
    rows: Rows, writer: Writer, owner: AsyncEngine
) -> None:
    key = await rows.klantcontact(0, None)
    theirs = select(tables.betrokkenen.c.id).with_for_update()
    later = select(tables.klantcontacten.c.id).with_for_update()
    async with owner.connect() as watching, owner.begin() as writing:
        # It waits for the purge, and has more patience.
        await writing.execute(text("SET LOCAL deadlock_timeout = '60s'"))
        await writing.execute(theirs)
        purging = asyncio.create_task(purged(writer))
        while not await watching.scalar(WAITING):
            await watching.rollback()
        await writing.execute(later)
    assert await purging == [("klantcontact", key, Reden.GEWIJZIGD)]
    assert going(await purged(writer)) == {key}


async def test_a_partij_that_is_in_touch_meanwhile_stays(
    rows: Rows, writer: Writer, owner: AsyncEngine
) -> None:
    persoon = await rows.persoon("123456782")
    await rows.insert(tables.toestemmingen, partij_id=persoon, gegeven_op=day(0))
    theirs = select(tables.partijen.c.id).with_for_update()
    async with owner.connect() as watching, owner.begin() as writing:
        await writing.execute(theirs)
        purging = asyncio.create_task(purged(writer))
        while not await watching.scalar(WAITING):
            await watching.rollback()
        again = {"ingetrokken_op": day(LATE)}
        await writing.execute(update(tables.toestemmingen).values(again))
    assert await purging == [("partij", persoon, Reden.GEWIJZIGD)]
    assert await purged(writer) == [("partij", persoon, Reden.NOG_NIET)]
