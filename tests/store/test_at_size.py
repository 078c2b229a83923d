"""What a question reads does not grow with the store: it is found by index.

The store is just large enough for PostgreSQL to prefer its indexes. Of a million
klantcontacten `python -m tests.benchmarks.size` asks the same.
"""

import asyncio
from collections.abc import Iterator, Mapping, Sequence, Set as AbstractSet
from types import MappingProxyType

import pytest

from gateway.store.embedded import EmbeddedPostgres
from tests.benchmarks.size_plans import CUSTOM, Asked, explain
from tests.benchmarks.size_questions import (
    FREQUENT,
    INZAGEN,
    QUESTIONS,
    RARE,
    THREADS,
)
from tests.benchmarks.size_rows import BUSIEST, Kind, Size, bsn, key_of
from tests.benchmarks.size_stores import Store
from tests.conftest import run

pytestmark = pytest.mark.anyio
SIZE = Size(klantcontacten=20_000, partijen=4_000)
SMALL = frozenset(
    {"actoren", "interne_taken", "rekeningnummers", "vertegenwoordigingen"}
)
NAMES = (*QUESTIONS, INZAGEN)
# Where PostgreSQL expects so many klantcontacten that a small store's are read from end
# to end; what leads to them is found by index all the same.
LED_BY: Mapping[str, AbstractSet[str]] = MappingProxyType(
    {
        THREADS: {"ix_onderwerpen_vervolg", "ix_onderwerpen_interne_taak"},
        RARE: {"ix_onderwerpen_tekst", "ix_inhoudsdelen_tekst"},
        FREQUENT: {"ix_onderwerpen_tekst", "ix_inhoudsdelen_tekst"},
    }
)
Heard = Mapping[str, Sequence[Asked]]


@pytest.fixture(scope="module")
def at_size(postgres: EmbeddedPostgres) -> Iterator[Store]:
    """A municipality whose tables are worth an index."""
    store = Store(postgres, SIZE, "at_size", SMALL)
    asyncio.run(store.make())
    yield store
    run(postgres, f"DROP DATABASE {store.name} WITH (FORCE)")


@pytest.fixture(scope="module")
def heard(at_size: Store, tmp_path_factory: pytest.TempPathFactory) -> Heard:
    """The statements of each question, asked once through a gateway."""
    folder = tmp_path_factory.mktemp("records")
    numbers = at_size.size.busy_personen[:1]
    asked = asyncio.run(at_size.statements(NAMES, numbers, folder))
    return {name: times[0] for name, times in asked.items()}


@pytest.mark.parametrize("name", [each for each in NAMES if each not in LED_BY])
async def test_no_table_is_read_from_end_to_end(
    at_size: Store, heard: Heard, name: str
) -> None:
    planned = await at_size.planned(heard[name])
    assert [(each.asked.sql, each.scanned) for each in planned if each.scanned] == []
    assert planned != []


@pytest.mark.parametrize("name", LED_BY)
async def test_what_leads_to_klantcontacten_is_found_by_index(
    at_size: Store, heard: Heard, name: str
) -> None:
    planned = await at_size.planned(heard[name])
    assert set().union(*(each.scanned for each in planned)) <= {"klantcontacten"}
    for plans in zip(*(each.plans for each in planned), strict=True):
        assert set().union(*(each.indexes for each in plans)) >= LED_BY[name]


async def test_a_table_that_is_read_from_end_to_end_is_noticed(at_size: Store) -> None:
    statements = [Asked("SELECT * FROM partijen WHERE voornaam = $1", ("'An'",))]
    (planned,) = await at_size.planned(statements)
    assert planned.scanned == {"partijen"}
    assert planned.usual.rows_read == SIZE.partijen


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
