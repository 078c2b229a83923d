"""What a read of the store costs this process, alone and with others.

    python -m tests.benchmarks.statements

The parts of fifty klantcontacten, in turn, in one run: by SQLAlchemy's own execution and
pool, one statement each; compiled once, one statement each; and together, as one. The
cheapest of each counts: the rest is what else this machine does.
"""

import asyncio
import sys
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from uuid import UUID

from sqlalchemy import Select, any_, select
from sqlalchemy.ext.asyncio import AsyncEngine

from gateway.deadline import Deadline
from gateway.demo.addresses import Addresses
from gateway.identificatie import bsn
from gateway.store import tables
from gateway.store.compiled import Compiled, compiled
from gateway.store.database import create_connections, create_database
from gateway.store.embedded import EmbeddedPostgres
from gateway.store.keyset import Limits, Slice, window
from gateway.store.klantcontacten import NIEUWSTE_EERST, KlantcontactFilter
from gateway.store.reader import Reader, uuids
from gateway.store.statements import Statements
from gateway.store.store import Store
from tests.benchmarks.measuring import Measured, a_folder
from tests.benchmarks.page import fill
from tests.municipality import BENCH_BSN

ROUNDS = 15
REPEATED = 20


def parts(name: str) -> Select[*tuple[object, ...]]:
    table = tables.metadata.tables[name]
    mine = table.c.klantcontact_id == any_(uuids("ids"))
    return select(*table.c).where(mine).order_by(table.c.id)


PARTS = [*map(parts, ("betrokkenen", "onderwerpen", "inhoudsdelen", "interne_taken"))]


async def by_sqlalchemy(
    engine: AsyncEngine,
    statements: Sequence[Select[*tuple[object, ...]]],
    ids: list[UUID],
) -> None:
    async def run(statement: Select[*tuple[object, ...]]) -> None:
        async with engine.connect() as connection:
            rows = (await connection.execute(statement, {"ids": ids})).all()
            [tuple(row) for row in rows]

    for _ in range(REPEATED):
        await asyncio.gather(*map(run, statements))


async def read(
    statements: Statements, asked: Sequence[Compiled], ids: list[UUID]
) -> None:
    for _ in range(REPEATED):
        reader = Reader(statements, Deadline.after(60))
        await asyncio.gather(*(reader.rows(each, ids=ids) for each in asked))


async def fifty(store: Store) -> list[UUID]:
    """The klantcontacten of a page."""
    whose = (await store.partijen.named_by(bsn(BENCH_BSN))).everyone
    page = window(Slice(first=50), NIEUWSTE_EERST, Limits(50, b"k" * 32), question=0)
    (found,) = await store.klantcontacten.find_by_partijen(
        [whose], KlantcontactFilter(), NIEUWSTE_EERST, [page]
    )
    return [each.id for each in found.nodes]


async def main(postgres: EmbeddedPostgres) -> None:
    url = await fill(postgres, Addresses())
    engine = create_database(url, pool_size=5)
    statements = Statements(create_connections(url, pool_size=5))
    ids = await fifty(Store(statements, Deadline.after(60)))
    alone = [compiled(each) for each in PARTS]
    quick = [compiled(each, quick=True) for each in PARTS]
    for number in (1, len(PARTS)):
        ways: dict[str, Callable[[], Awaitable[None]]] = {
            "SQLAlchemy": partial(by_sqlalchemy, engine, PARTS[:number], ids),
            "compiled": partial(read, statements, alone[:number], ids),
            "together": partial(read, statements, quick[:number], ids),
        }
        shown = {name: Measured() for name in ways}
        for round_ in range(ROUNDS + 1):
            for name, way in ways.items():
                await (shown[name] if round_ else Measured()).run(way)
        least = {name: min(each.cpu) * 1000 for name, each in shown.items()}
        for name, cpu in least.items():
            sys.stdout.write(
                f"{number} at once, {name:10} {cpu / REPEATED:.3f} ms CPU,"
                f" {min(shown[name].wall) * 1000 / REPEATED:.2f} ms waiting:"
                f" {least['SQLAlchemy'] / cpu:.1f} times less\n"
            )
    await statements.aclose()
    await engine.dispose()


if __name__ == "__main__":
    with a_folder() as folder, EmbeddedPostgres(folder / "page", durable=False) as it:
        asyncio.run(main(it))
