"""What a question reads does not grow with the store: it is found by index.

The store is just large enough for PostgreSQL to prefer its indexes. Of a million
klantcontacten `python -m tests.benchmarks.size` asks the same.
"""

import asyncio
from collections.abc import Iterator, Mapping, Sequence, Set as AbstractSet
from pathlib import Path
from types import MappingProxyType

import pytest

from gateway.store.embedded import EmbeddedPostgres
from tests.benchmarks.size_plans import CUSTOM, Asked, explain
from tests.benchmarks.size_questions import (
    COMPANY,
    FREQUENT,
    INZAGEN,
    OWN_PAGE,
    PAGE,
    QUESTIONS,
    RARE,
    THREADS,
    WORK_LIST,
    gateway,
)
from tests.benchmarks.size_rows import BUSIEST, Kind, Size, bsn, key_of
from tests.benchmarks.size_stores import Planned, Store
from tests.conftest import run

pytestmark = pytest.mark.anyio
SIZE = Size(klantcontacten=20_000, partijen=4_000)
# Two of these are indexes of a few rows of a table: of partijen that act for another, and
# of interne taken that are open. That a large store does not read any of them from end
# to end is tested of the plans for one.
SMALL = frozenset(
    {
        "actoren",
        "interne_taken",
        "rekeningnummers",
        "vertegenwoordigingen",
        "ix_interne_taken_te_verwerken",
        "ix_partijen_namens",
    }
)
NAMES = (*QUESTIONS, INZAGEN)
# Where PostgreSQL expects so many klantcontacten that a small store's are read from end
# to end; what leads to them is found by index all the same.
LED_BY: Mapping[str, AbstractSet[str]] = MappingProxyType(
    {
        THREADS: {"ix_onderwerpen_vervolg"},
        RARE: {"ix_onderwerpen_tekst", "ix_inhoudsdelen_tekst"},
        FREQUENT: {"ix_onderwerpen_tekst", "ix_inhoudsdelen_tekst"},
    }
)
READ_ALL = frozenset({"klantcontacten", "ix_onderwerpen_interne_taak"})
TAKEN_BY: Mapping[str, AbstractSet[str]] = MappingProxyType(
    {
        PAGE: {"ix_interne_taken_klantcontact", "pk_interne_taken"},
        WORK_LIST: {
            "ix_interne_taak_actoren_werklijst",
            "pk_interne_taak_actoren",
            "uq_interne_taken_id_status_plaatsgevonden_op",
        },
        THREADS: {
            "ix_interne_taken_klantcontact",
            "ix_onderwerpen_interne_taak",
            "pk_interne_taken",
        },
        COMPANY: {"ix_interne_taken_klantcontact"},
        "interne taak by nummer": {"uq_interne_taken_nummer"},
    }
)
# What each question finds, and how many rows and index entries it may look at for that.
COSTS: Mapping[str, tuple[int, int]] = MappingProxyType(
    {
        PAGE: (50, 1_000),
        OWN_PAGE: (50, 1_000),
        WORK_LIST: (6, 400),
        "how many klantcontacten a partij has": (313, 480),
        THREADS: (50, 22_000),
        "klantcontacten of a partij, by text": (39, 1_500),
        "klantcontacten of a partij, by richting": (50, 300),
        COMPANY: (24, 480),
        "klantcontacten by onderwerp": (1, 6),
        "klantcontacten of everybody, a day": (11, 40),
        "klantcontacten of everybody, the newest": (50, 170),
        "klantcontacten by nummer": (1, 2),
        "klantcontacten by identificatie": (50, 800),
        RARE: (1, 20_010),
        FREQUENT: (50, 27_000),
        "partijen by digitaal adres": (1, 2),
        "partijen by nummer": (1, 1),
        "partijen by identificatie": (1, 2),
        "interne taak by nummer": (1, 2),
        INZAGEN: (2, 3),
    }
)
NEWEST = "ORDER BY plaatsgevonden_op DESC, id DESC LIMIT 50"
Plans = Mapping[str, Sequence[Planned]]


@pytest.fixture(scope="module")
def at_size(postgres: EmbeddedPostgres) -> Iterator[Store]:
    """A municipality whose tables are worth an index."""
    store = Store(postgres, SIZE, "at_size", SMALL)
    asyncio.run(store.make())
    yield store
    run(postgres, f"DROP DATABASE {store.name} WITH (FORCE)")


@pytest.fixture(scope="module")
def plans(at_size: Store, tmp_path_factory: pytest.TempPathFactory) -> Plans:
    """The statements of each question, asked once through a gateway, and planned."""
    folder = tmp_path_factory.mktemp("records")
    numbers = at_size.size.busy_personen[:1]

    async def all_planned() -> Plans:
        asked = await at_size.statements(NAMES, numbers, folder)
        return {name: await at_size.planned(asked[name][0]) for name in NAMES}

    return asyncio.run(all_planned())


@pytest.mark.parametrize("name", [each for each in NAMES if each not in LED_BY])
def test_no_table_is_read_from_end_to_end(plans: Plans, name: str) -> None:
    planned = plans[name]
    assert [(each.asked.sql, each.scanned) for each in planned if each.scanned] == []
    assert planned != []


@pytest.mark.parametrize("name", LED_BY)
def test_what_leads_to_klantcontacten_is_found_by_index(
    plans: Plans, name: str
) -> None:
    planned = plans[name]
    assert set().union(*(each.scanned for each in planned)) <= READ_ALL
    for ways in zip(*(each.plans for each in planned), strict=True):
        assert set().union(*(each.indexes for each in ways)) >= LED_BY[name]


@pytest.mark.parametrize("name", NAMES)
def test_where_there_is_too_much_to_read_all_is_found_by_index(
    plans: Plans, name: str
) -> None:
    far = [each.far for each in plans[name]]
    assert set().union(*(each.scanned for each in far)) == set()
    used = set().union(*(each.indexes for each in far))
    assert {each for each in used if "interne_ta" in each} == TAKEN_BY.get(name, set())
    assert used >= LED_BY.get(name, set())


@pytest.mark.parametrize("name", NAMES)
def test_no_more_is_looked_at_than_a_question_is_worth(plans: Plans, name: str) -> None:
    _, most = COSTS[name]
    looked_at = [each.usual.rows_read for each in plans[name]]
    assert sum(looked_at) <= most, looked_at


async def test_every_question_finds_something(at_size: Store, tmp_path: Path) -> None:
    number = at_size.size.busy_personen[0]
    async with gateway(at_size.url, tmp_path) as asked:
        found = {name: await asked.ask(name, number) for name in NAMES}
    assert found == {name: found for name, (found, _) in COSTS.items()}


async def test_a_table_that_is_read_from_end_to_end_is_noticed(at_size: Store) -> None:
    statements = [Asked("SELECT * FROM partijen WHERE voornaam = $1", ("'An'",))]
    (planned,) = await at_size.planned(statements)
    assert planned.scanned == planned.far.scanned == {"partijen"}
    assert planned.usual.rows_read == SIZE.partijen


async def test_an_index_that_is_read_from_end_to_end_is_noticed(at_size: Store) -> None:
    never = "SELECT id FROM klantcontacten WHERE (nummer > 0) <> $1::boolean"
    (planned,) = await at_size.planned([Asked(f"{never} {NEWEST}", ("'true'",))])
    assert planned.scanned == {"ix_klantcontacten_plaatsgevonden_op"}
    assert planned.usual.rows_read == SIZE.klantcontacten


async def test_an_index_that_a_limit_stops_is_not_read_from_end_to_end(
    at_size: Store,
) -> None:
    newest = "SELECT id FROM klantcontacten"
    (planned,) = await at_size.planned([Asked(f"{newest} {NEWEST}", ())])
    assert planned.scanned == set()
    assert planned.usual.rows_read == 50


async def test_one_partij_has_one_klantcontact_in_two_hundred(at_size: Store) -> None:
    async with at_size.owned() as connection:
        asked = "SELECT count(*) FROM betrokkenen WHERE partij_id = $1 AND rol = $2"
        key = key_of(Kind.PARTIJ, BUSIEST)
        assert await connection.fetchval(asked, key, "belanghebbende") == 100


async def test_each_bsn_follows_from_a_number_and_begins_with_nine(
    at_size: Store,
) -> None:
    personen = [each for each in range(1, 4_001) if each % 10 not in {0, 9}]
    async with at_size.owned() as connection:
        asked = "SELECT waarde FROM externe_identificaties WHERE soort = 'bsn'"
        found = [str(waarde) for (waarde,) in await connection.fetch(asked)]
    assert sorted(found) == [bsn(each) for each in personen]
    assert {each[0] for each in found} == {"9"}


async def test_what_only_was_planned_did_not_run(at_size: Store) -> None:
    asked = Asked("DELETE FROM rekeningnummers WHERE iban = $1", ("'NL'",))
    async with at_size.owned() as connection:
        plan = await explain(connection, asked, CUSTOM)
    assert plan.ms == 0
