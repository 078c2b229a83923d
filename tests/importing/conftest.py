import json
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import UTC, datetime

import asyncpg
import pytest

from gateway.importing.lines import Line
from gateway.importing.run import Around, Outcome, import_open_klant
from gateway.settings import Settings
from gateway.store.embedded import EmbeddedPostgres
from tests.conftest import RUNTIME
from tests.importing.filling import Filling
from tests.importing.standin import BASE, TOKEN, OpenKlant
from tests.registers.builders import ZAKEN

WRITTEN = (
    *("actoren", "partijen", "externe_identificaties", "adressen"),
    *("digitale_adressen", "rekeningnummers", "vertegenwoordigingen"),
    *("klantcontacten", "klantcontact_actoren", "betrokkenen", "onderwerpen"),
    *("inhoudsdelen", "interne_taken", "interne_taak_actoren"),
)

Row = dict[str, object]
Rows = list[tuple[object, ...]]

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)

ALIASES = [
    {
        "code_register": ["openzaak", "open-zaak"],
        "code_objecttype": ["zaak", "zgw-Zaak"],
        "url": f"{ZAKEN}/zaken/{{id}}",
        "vorm": "zaak",
    }
]


@dataclass
class Importing:
    """Runs imports from the stand-in into this test's database.

    Attributes:
        settings: of the gateway.
        lines: of the last run, without its uuids' names.
        pauses: seconds that it waited for an answer.
    """

    standin: OpenKlant
    settings: Settings
    lines: list[Line] = field(default_factory=list)
    shown: list[str] = field(default_factory=list)
    pauses: list[float] = field(default_factory=list)

    async def run(self, since: datetime | None = None) -> Outcome:
        self.lines.clear()
        around = Around(self.standin, self._pause, lambda: NOW)
        return await import_open_klant(
            self.settings,
            self.lines.append,
            since=since,
            show=self.shown.append,
            around=around,
        )

    @property
    def told(self) -> list[tuple[str, str, str, str]]:
        """What was said, without of which record."""
        return [
            (str(each.verdict), each.soort, each.field, each.rule)
            for each in self.lines
        ]

    async def _pause(self, seconds: float) -> None:
        self.pauses.append(seconds)


@pytest.fixture
def standin() -> OpenKlant:
    return OpenKlant()


@pytest.fixture
def there(standin: OpenKlant) -> Filling:
    """Fills the other store."""
    return Filling(standin)


def an_import(standin: OpenKlant, database_url: str, page_size: int = 2) -> Importing:
    settings = Settings.model_validate(
        {
            "database_url": database_url,
            "open_klant": {
                "base_url": BASE,
                "token": TOKEN,
                "page_size": page_size,
                "aliases": ALIASES,
            },
        }
    )
    return Importing(standin, settings)


@pytest.fixture
def importing(standin: OpenKlant, database_url: str) -> Importing:
    return an_import(standin, database_url)


class Here:
    """Reads, and writes as others do, this test's database."""

    def __init__(self, connection: asyncpg.Connection) -> None:
        self._connection = connection

    async def rows(self, query: str, *values: object) -> Rows:
        found = await self._connection.fetch(query, *values)
        return [tuple(row) for row in found]

    async def value(self, query: str, *values: object) -> object:
        return (await self.rows(query, *values))[0][0]


@pytest.fixture
async def here(database_url: str) -> AsyncIterator[Here]:
    connection = await asyncpg.connect(database_url)
    yield Here(connection)
    await connection.close()


@pytest.fixture
def other_url(
    a_copy: Callable[[], AbstractContextManager[str]], postgres: EmbeddedPostgres
) -> Iterator[str]:
    """The address of another database."""
    with a_copy() as name:
        yield postgres.url(RUNTIME, name)


@pytest.fixture
async def elsewhere(other_url: str) -> AsyncIterator[Here]:
    """Reads the other database."""
    connection = await asyncpg.connect(other_url)
    yield Here(connection)
    await connection.close()


async def consents(here: Here, *, withdrawn: bool = False) -> None:
    """Have everybody who is here consent to reuse."""
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    await here.rows(
        "INSERT INTO toestemmingen (partij_id, gegeven_op, ingetrokken_op)"
        " SELECT id, $1, $2 FROM partijen",
        moment,
        moment if withdrawn else None,
    )


async def written(here: Here) -> dict[str, list[Row]]:
    """All that an import writes, by table; with the keys of the other store for ours.

    Numbers are left out: those of our own follow on each other, whoever gets them.
    """
    names = {
        str(record): f"{soort} {bron}"
        for record, soort, bron in await here.rows(
            "SELECT record_id, soort, bron_id FROM importsleutels"
            " WHERE soort <> 'voorkeurs_digitaal_adres'"
        )
    }
    return {
        table: sorted(
            (
                {
                    column: names.get(str(value), value)
                    for column, value in json.loads(str(row)).items()
                    if column != "nummer"
                }
                for (row,) in await here.rows(
                    f"SELECT to_jsonb(t)::text FROM {table} t"  # noqa: S608 - our own names
                )
            ),
            key=str,
        )
        for table in WRITTEN
    }
