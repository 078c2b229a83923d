import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import delete, func, insert, select, text, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from gateway.store.database import create_owner
from gateway.store.embedded import SUPERUSER, EmbeddedPostgres
from gateway.store.tables import (
    adressen,
    betrokkenen,
    digitale_adressen,
    externe_identificaties,
    inhoudsdelen,
    interne_taken,
    klantcontacten,
    metadata,
    onderwerpen,
    partijen,
    toestemmingen,
)
from tests.store import refusals, valid_rows
from tests.store.lengths import LONGEST
from tests.store.recording_refusals import (
    RECORDING_REFUSALS,
    RECORDING_TOGETHER,
    RECORDING_TWICE,
)
from tests.store.recording_rows import RECORDING
from tests.store.valid_rows import (
    ABSENT,
    ANDER_KLANTCONTACT,
    ANDER_NATUURLIJK,
    ANDER_NIET_NATUURLIJK,
    CONTACTPERSOON,
    DIGITAAL_ADRES,
    LATER,
    NATUURLIJK,
    NATUURLIJK_PERSOON,
    PERSOON,
    WORLD,
    Row,
)

pytestmark = pytest.mark.anyio

VALID = valid_rows.VALID | RECORDING
REFUSALS = refusals.REFUSALS | RECORDING_REFUSALS

ELFPROEF = ("111222333", "000000012", "010464554", "999993653", "100000010")

# Rows that refer with a column which the first row of their table must leave empty.
FREE_FOR = {
    ("klantcontact", "identiteit_vastgesteld_door_id"): "klantcontact met identiteit",
    ("straatadres", "betrokkene_id"): "adres van betrokkene",
    ("email", "betrokkene_id"): "email van betrokkene",
    ("onderwerp tekst", "interne_taak_id"): "onderwerp interne_taak",
    ("onderwerp tekst", "onderwerp_klantcontact_id"): "onderwerp klantcontact",
}
# Unique since they hold the key: there to be referred to, together with it.
TARGETS = {
    "uq_digitale_adressen_id_partij_id",
    "uq_interne_taken_id_status_plaatsgevonden_op",
    "uq_klantcontacten_id_plaatsgevonden_op",
    "uq_partijen_id_soort_partij",
    "uq_partijen_id_soort_subject",
}

OTHER: Row = {"partij_id": ANDER_NATUURLIJK}
OTHER_ORGANISATION: Row = {"partij_id": ANDER_NIET_NATUURLIJK}
STANDAARD: Row = {"standaard": True}

# constraint, valid row, changes of the first, changes of the second
TWICE: list[tuple[str, str, Row, Row]] = [
    ("uq_partijen_nummer", "persoon", {"nummer": 4711}, {"nummer": 4711}),
    ("uq_klantcontacten_nummer", "klantcontact", {"nummer": 4711}, {"nummer": 4711}),
    ("uq_interne_taken_nummer", "taak", {"nummer": 4711}, {"nummer": 4711}),
    ("uq_externe_identificaties_bsn", "bsn", {}, OTHER),
    ("uq_externe_identificaties_persoon_url", "persoon bij url", {}, OTHER),
    (
        "uq_externe_identificaties_subject",
        "persoon bij url",
        {},
        {"subject_url": "https://brp.example/personen/2"},
    ),
    (
        "uq_externe_identificaties_subject",
        "overgenomen",
        {},
        {"subject_naam": "Bo de Wit"},
    ),
    ("uq_externe_identificaties_soort", "bsn", {}, {"waarde": "111222333"}),
    ("uq_externe_identificaties_soort", "rsin", {}, {"waarde": "111222333"}),
    ("uq_externe_identificaties_soort", "kvk_nummer", {}, {"waarde": "87654321"}),
    ("uq_externe_identificaties_soort", "vestigingsnummer", {}, {"waarde": "0" * 12}),
    ("uq_toestemmingen_geldend", "toestemming", {}, {"gegeven_op": LATER}),
    ("uq_adressen_partij_id_soort", "postbus", {}, {"postbusnummer": 2}),
    ("uq_adressen_betrokkene_id_soort", "adres van betrokkene", {}, {}),
    ("uq_digitale_adressen_standaard", "email", STANDAARD, STANDAARD),
    ("uq_rekeningnummers_partij_id_iban", "rekeningnummer", {}, {"bic": None}),
    (
        "uq_actoren_identificator",
        "actor van elders",
        {},
        {"naam": "Bo"},
    ),
    ("uq_onderwerpen_klantcontact_id_volgorde", "onderwerp tekst", {}, {"tekst": "x"}),
    ("uq_inhoudsdelen_klantcontact_id_volgorde", "inhoud tekst", {}, {"tekst": "x"}),
    ("pk_klantcontact_actoren", "actor bij klantcontact", {}, {}),
    ("pk_interne_taak_actoren", "actor bij taak", {}, {}),
    ("pk_vertegenwoordigingen", "vertegenwoordiging", {}, {}),
    *RECORDING_TWICE,
]
# One row of the first, and one of the second with its changes
TOGETHER: list[tuple[str, str, Row]] = [
    ("kvk_nummer", "kvk_nummer", OTHER_ORGANISATION),
    ("rsin", "rsin", OTHER_ORGANISATION),
    ("vestigingsnummer", "vestigingsnummer", OTHER_ORGANISATION),
    ("organisatie bij url", "organisatie bij url", OTHER_ORGANISATION),
    ("organisatie bij url", "persoon bij url", {}),
    ("bsn", "bsn", {"waarde": "111222333", **OTHER}),
    ("bsn", "rsin", {}),
    ("bsn", "persoon bij url", {}),
    ("kvk_nummer", "vestigingsnummer", {}),
    ("ander nummer", "ander nummer", {}),
    ("postbus", "straatadres", {"soort": "bezoekadres"}),
    ("postbus", "adres van betrokkene", {}),
    ("email", "email", STANDAARD),
    ("rekeningnummer", "rekeningnummer", OTHER),
    ("actor van elders", "actor van elders", {"object_id": "Z-2"}),
    ("medewerker", "medewerker", {}),
    ("onderwerp tekst", "onderwerp zaak", {"volgorde": 2}),
    *RECORDING_TOGETHER,
]


@pytest.fixture(scope="module")
def world(
    postgres: EmbeddedPostgres, a_copy: Callable[[], AbstractContextManager[str]]
) -> Iterator[str]:
    """The address of a database in which the world of `valid_rows.py` is."""

    async def fill(url: str) -> None:
        async with create_owner(url).begin() as connection:
            for table, row in WORLD:
                await connection.execute(insert(table).values(row))

    with a_copy() as name:
        url = postgres.url(SUPERUSER, name)
        asyncio.run(fill(url))
        yield url


@pytest.fixture
async def db(world: str) -> AsyncIterator[AsyncConnection]:
    """A transaction in that world, undone after the test."""
    async with create_owner(world).connect() as connection:
        yield connection


async def add(db: AsyncConnection, name: str, changes: Row | None = None) -> None:
    table, row = VALID[name]
    await db.execute(insert(table).values(row | (changes or {})))


def broken(error: IntegrityError) -> object:
    """The name of the constraint that refused."""
    cause = error.orig and error.orig.__cause__
    return getattr(cause, "constraint_name", None)


def refused() -> list[pytest.ParameterSet]:
    return [
        pytest.param(constraint, row, change, id=f"{constraint}-{row}-{change}")
        for (constraint, row), changes in REFUSALS.items()
        for change in changes
    ]


def references() -> list[tuple[str, str]]:
    """Every column that refers by itself, with a valid row to break it in."""
    rows = {table.name: name for name, (table, _) in reversed(VALID.items())}
    return [
        (rows[table.name], column)
        for table in metadata.sorted_tables
        for constraint in table.foreign_key_constraints
        for column in constraint.column_keys
        if len(constraint.columns) == 1
    ]


@pytest.mark.parametrize("name", VALID)
async def test_a_row_that_keeps_every_rule_is_accepted(
    db: AsyncConnection, name: str
) -> None:
    await add(db, name)


@pytest.mark.parametrize(("constraint", "name", "change"), refused())
async def test_a_row_that_breaks_a_rule_is_refused(
    db: AsyncConnection, constraint: str, name: str, change: Row
) -> None:
    with pytest.raises(IntegrityError) as seen:
        await add(db, name, change)
    assert broken(seen.value) == constraint


@pytest.mark.parametrize(("constraint", "name", "first", "second"), TWICE)
async def test_what_is_unique_is_refused_the_second_time(
    db: AsyncConnection, constraint: str, name: str, *, first: Row, second: Row
) -> None:
    await add(db, name, first)
    with pytest.raises(IntegrityError) as seen:
        await add(db, name, second)
    assert broken(seen.value) == constraint


@pytest.mark.parametrize(("first", "second", "change"), TOGETHER)
async def test_what_is_not_unique_is_accepted_the_second_time(
    db: AsyncConnection, first: str, second: str, change: Row
) -> None:
    await add(db, first)
    await add(db, second, change)


@pytest.mark.parametrize(("name", "column"), LONGEST)
async def test_a_text_has_one_character_at_least_and_its_length_at_most(
    db: AsyncConnection, name: str, column: str
) -> None:
    longest = LONGEST[name, column]
    # Of one column the letters are limited too.
    letter = "e" if column == "soort" else "é"
    await add(db, name, {column: letter * longest})
    for wrong in ("", "x" * (longest + 1)):
        with pytest.raises(IntegrityError) as seen:
            async with db.begin_nested():
                await add(db, name, {column: wrong})
        assert broken(seen.value) == f"ck_{VALID[name][0].name}_{column}"


@pytest.mark.parametrize(("name", "column"), references())
async def test_what_is_referred_to_exists(
    db: AsyncConnection, name: str, column: str
) -> None:
    table, _ = VALID[FREE_FOR.get((name, column), name)]
    with pytest.raises(IntegrityError) as seen:
        await add(db, FREE_FOR.get((name, column), name), {column: ABSENT})
    assert broken(seen.value) == f"fk_{table.name}_{column}"


async def test_every_rule_has_a_case(db: AsyncConnection) -> None:
    rules = await db.execute(
        text(
            "SELECT conname FROM pg_constraint"
            " WHERE (contype IN ('c', 'f', 'u', 'x')"
            " OR contype = 'p' AND cardinality(conkey) > 1)"
            " AND conrelid::regclass::text = ANY (:tables) UNION SELECT indexrelid::regclass::text FROM pg_index"
            " WHERE indisunique AND NOT indisprimary"
            " AND indrelid::regclass::text = ANY (:tables)"
        ),
        {"tables": list(metadata.tables)},
    )
    lengths = {f"ck_{VALID[row][0].name}_{column}" for row, column in LONGEST}
    foreign = {f"fk_{VALID[row][0].name}_{column}" for row, column in references()}
    tried = {name for name, _ in REFUSALS} | {name for name, *_ in TWICE}
    assert set(rules.scalars()) == tried | lengths | foreign | TARGETS


async def test_a_partij_is_never_both_a_person_and_an_organisation(
    db: AsyncConnection,
) -> None:
    await add(db, "bsn")
    whole = {"soort_subject": "niet_natuurlijk_persoon"}
    with pytest.raises(IntegrityError) as seen:
        await db.execute(
            update(partijen).where(partijen.c.id == NATUURLIJK).values(whole)
        )
    assert broken(seen.value) == "ck_externe_identificaties_soort_past"


async def test_what_kind_a_partij_is_follows_to_what_names_it(
    db: AsyncConnection,
) -> None:
    await add(db, "ander nummer", NATUURLIJK_PERSOON)
    kind = {"soort_subject": "niet_natuurlijk_persoon"}
    await db.execute(update(partijen).where(partijen.c.id == NATUURLIJK).values(kind))
    rows = await db.execute(select(externe_identificaties.c.soort_subject))
    assert rows.scalars().all() == ["niet_natuurlijk_persoon"]


async def test_a_preferred_address_goes_with_its_partij_only(
    db: AsyncConnection,
) -> None:
    mine = partijen.c.id == PERSOON
    preferred = {"voorkeurs_digitaal_adres_id": DIGITAAL_ADRES}
    await db.execute(update(partijen).where(mine).values(preferred))
    with pytest.raises(IntegrityError) as seen:
        async with db.begin_nested():
            await db.execute(delete(digitale_adressen))
    assert broken(seen.value) == "fk_partijen_voorkeurs_digitaal_adres"
    await db.execute(delete(partijen).where(partijen.c.id == CONTACTPERSOON))
    await db.execute(delete(partijen).where(mine))
    assert await db.scalar(select(func.count()).select_from(digitale_adressen)) == 0


async def test_a_corrected_moment_is_the_betrokkenens_too(db: AsyncConnection) -> None:
    await db.execute(update(klantcontacten).values(plaatsgevonden_op=LATER))
    assert await db.scalar(select(betrokkenen.c.plaatsgevonden_op)) == LATER


async def test_a_clock_may_be_half_a_minute_ahead(db: AsyncConnection) -> None:
    moment = datetime.now(UTC) + timedelta(seconds=30)
    await add(db, "klantcontact", {"plaatsgevonden_op": moment, "beeindigd_op": moment})


async def test_a_consent_outlives_the_klantcontact_it_was_given_in(
    db: AsyncConnection,
) -> None:
    await add(db, "toestemming", {"klantcontact_id": ANDER_KLANTCONTACT})
    gone = klantcontacten.c.id == ANDER_KLANTCONTACT
    await db.execute(delete(klantcontacten).where(gone))
    rows = await db.execute(select(toestemmingen.c.klantcontact_id))
    assert rows.scalars().all() == [None]


async def test_a_consent_may_be_given_again_once_withdrawn(db: AsyncConnection) -> None:
    await add(db, "toestemming", {"ingetrokken_op": LATER})
    await add(db, "toestemming", {"gegeven_op": LATER})
    with pytest.raises(IntegrityError):
        await add(db, "toestemming", {"gegeven_op": LATER})


async def test_a_klantcontact_goes_with_all_that_is_its_own(
    db: AsyncConnection,
) -> None:
    for name in ("onderwerp tekst", "inhoud tekst", "actor bij klantcontact"):
        await add(db, name)
    await add(db, "adres van betrokkene")
    await db.execute(delete(klantcontacten))
    for table in (betrokkenen, onderwerpen, inhoudsdelen, adressen, interne_taken):
        assert await db.scalar(select(func.count()).select_from(table)) == 0


@pytest.mark.parametrize("waarde", ELFPROEF)
@pytest.mark.parametrize("soort", ["bsn", "rsin"])
async def test_a_number_that_passes_the_elfproef_is_accepted(
    db: AsyncConnection, soort: str, waarde: str
) -> None:
    await add(db, soort, {"waarde": waarde})
