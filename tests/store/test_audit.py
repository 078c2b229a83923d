from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

import asyncpg
import msgspec
import pytest
from sqlalchemy import Row, delete, select, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine

from gateway.deadline import Deadline
from gateway.errors import DeadlineExceeded, RegisterUnavailable
from gateway.store.audit import Audit, Inzage
from gateway.store.database import create_connections
from gateway.store.statements import Statements
from gateway.store.tables import inzagen

pytestmark = pytest.mark.anyio

AN, BO = "a" * 32, "b" * 32
INZAGE = Inzage(
    moment=datetime(2026, 3, 2, 9, 30, tzinfo=UTC),
    trace_id="0af7651916cd43dd8448eb211c80319c",
    soort_aanvrager="medewerker",
    wie="m.jansen",
    uitgever="https://inloggen.example",
    namens=None,
    client="kcc",
    wat=("klantbeeld", "partij"),
    operatie="Balie",
    verwerking="klantcontact",
    verwerking_uri="https://verwerkingen.example/1",
    identiteit_middel="controlevragen",
    identiteit_niveau="midden",
    identiteit_grond="zelf",
)
SHOWN = ((AN, "BSN"), (BO, "partij"), (None, None))


@pytest.fixture
def audit(statements: Statements) -> Audit:
    return Audit(statements)


async def found(database: AsyncEngine) -> Sequence[Row[*tuple[object, ...]]]:
    columns = [column for column in inzagen.c if column.name != "id"]
    async with database.connect() as connection:
        rows = await connection.execute(select(*columns).order_by(inzagen.c.betrokkene))
        return rows.all()


async def test_every_person_has_a_row(audit: Audit, database: AsyncEngine) -> None:
    await audit.write(INZAGE, SHOWN, Deadline.after(60))
    common = msgspec.structs.asdict(INZAGE) | {"wat": ["klantbeeld", "partij"]}
    assert [row._asdict() for row in await found(database)] == [
        {**common, "betrokkene": betrokkene, "soort_betrokkene": soort}
        for betrokkene, soort in SHOWN
    ]


async def test_who_saw_somebody_can_be_asked(
    audit: Audit, database: AsyncEngine
) -> None:
    other = msgspec.structs.replace(INZAGE, wie="b.smit")
    await audit.write(INZAGE, [(AN, "BSN")], Deadline.after(60))
    await audit.write(other, [(AN, "BSN"), (BO, "BSN")], Deadline.after(60))
    asked = select(inzagen.c.wie).where(inzagen.c.betrokkene == BO)
    async with database.connect() as connection:
        assert (await connection.execute(asked)).scalars().all() == ["b.smit"]


@pytest.mark.parametrize(
    "change", [update(inzagen).values(wie="niemand"), delete(inzagen)]
)
async def test_what_was_written_cannot_be_changed_by_who_wrote_it(
    audit: Audit, database: AsyncEngine, change: object
) -> None:
    await audit.write(INZAGE, SHOWN, Deadline.after(60))
    async with database.connect() as connection:
        with pytest.raises(DBAPIError, match="permission denied"):
            await connection.execute(change)  # type: ignore[call-overload]
    assert len(await found(database)) == 3


async def test_a_row_that_breaks_a_rule_is_refused_and_none_is_written(
    audit: Audit, database: AsyncEngine
) -> None:
    with pytest.raises(asyncpg.CheckViolationError):
        await audit.write(INZAGE, [*SHOWN, ("999993653", "BSN")], Deadline.after(60))
    assert await found(database) == []


async def test_after_its_deadline_nothing_is_written(
    audit: Audit, database: AsyncEngine
) -> None:
    with pytest.raises(DeadlineExceeded):
        await audit.write(INZAGE, SHOWN, Deadline.after(0))
    assert await found(database) == []


async def test_an_outage_of_the_database_is_told(tmp_path: Path) -> None:
    url = f"postgresql://x@/x?host={quote(str(tmp_path))}"
    statements = Statements(create_connections(url, pool_size=1))
    with pytest.raises(RegisterUnavailable, match="the store does not answer"):
        await Audit(statements).write(INZAGE, SHOWN, Deadline.after(60))
    await statements.aclose()
