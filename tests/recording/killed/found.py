"""What stands in the store in the end, as plain as it can be compared."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from gateway.store.database import create_database
from tests.recording.killed.registering import Clients, whose

WHOLE = text("""
SELECT k.id,
  (SELECT array_agg(coalesce(o.tekst, o.url) ORDER BY o.volgorde)
    FROM onderwerpen o WHERE o.klantcontact_id = k.id),
  (SELECT array_agg(i.tekst) FROM inhoudsdelen i WHERE i.klantcontact_id = k.id),
  (SELECT array_agg(t.gevraagde_handeling) FROM interne_taken t
    JOIN interne_taak_actoren ON interne_taak_id = t.id WHERE t.klantcontact_id = k.id),
  (SELECT array_agg(a.naam) FROM klantcontact_actoren
    JOIN actoren a ON a.id = actor_id WHERE klantcontact_id = k.id),
  (SELECT array_agg(b.achternaam) FROM betrokkenen b WHERE b.klantcontact_id = k.id),
  (SELECT array_agg(coalesce(e.waarde, d.adres)) FROM betrokkenen b
    LEFT JOIN externe_identificaties e USING (partij_id)
    LEFT JOIN digitale_adressen d ON d.betrokkene_id = b.id
    WHERE b.klantcontact_id = k.id)
FROM klantcontacten k
""")
PARTIJEN = text(
    "SELECT waarde FROM partijen JOIN externe_identificaties e ON partij_id"
    " = partijen.id"
)
MADE = text(
    "SELECT soort, record_id FROM mutaties WHERE handeling = 'gemaakt'"
    " AND soort = 'klantcontact'"
)
ANSWERS = text(
    "SELECT uitkomst -> 'sleutels' ->> 'klantcontact', moment FROM idempotentiesleutels"
)
TABLES = (
    "betrokkenen",
    "digitale_adressen",
    "externe_identificaties",
    "inhoudsdelen",
    "interne_taken",
    "klantcontacten",
    "onderwerpen",
    "partijen",
)


class Found(NamedTuple):
    """All of it.

    Attributes:
        klantcontacten: each with all its parts.
        bsns: of partijen.
        made: klantcontacten of which it was noted that they were made.
        answers: klantcontacten that are given again to who asks again.
        rows: how many each table has.
    """

    klantcontacten: list[tuple[object, ...]]
    bsns: list[str]
    made: list[UUID]
    answers: list[UUID]
    rows: Mapping[str, int]


class Stored(NamedTuple):
    """What was found, and when each klantcontact was begun."""

    found: Found
    moments: Mapping[UUID, datetime]


async def read(database_url: str) -> Stored:
    """Read it."""
    engine = create_database(database_url, pool_size=1)
    async with engine.connect() as connection:
        answers = (await connection.execute(ANSWERS)).all()
        found = Found(
            sorted([*map(tuple, await connection.execute(WHOLE))], key=str),
            sorted(await connection.scalars(PARTIJEN)),
            sorted(row[1] for row in await connection.execute(MADE)),
            sorted(UUID(each[0]) for each in answers),
            {name: await _count(connection, name) for name in TABLES},
        )
    await engine.dispose()
    return Stored(found, {UUID(each[0]): each[1] for each in answers})


async def _count(connection: AsyncConnection, name: str) -> int:
    counted = text(f"SELECT count(*) FROM {name}")  # noqa: S608 - our own names
    return int(await connection.scalar(counted) or 0)


def expected(clients: Clients) -> Found:
    """What was acknowledged, each once and whole, and nothing else."""
    total, keys = clients.number, clients.acknowledged
    known = {whose(number, total) for number in range(total)}
    persons = sorted(each for each in known if each is not None)
    anonymous = sum(whose(number, total) is None for number in range(total))
    once = dict.fromkeys(
        ["betrokkenen", "inhoudsdelen", "interne_taken", "klantcontacten"], total
    )
    persoon = dict.fromkeys(["partijen", "externe_identificaties"], len(persons))
    rows = {**once, **persoon, "digitale_adressen": anonymous, "onderwerpen": 2 * total}
    return Found(
        sorted((_whole(keys[n], n, whose(n, total)) for n in range(total)), key=str),
        persons,
        sorted(keys.values()),
        sorted(keys.values()),
        rows,
    )


def _whole(key: UUID, number: int, bsn: str | None) -> tuple[object, ...]:
    parts: Sequence[list[str]] = (
        [f"Onderwerp {number}", f"https://zaken.example/{number}"],
        [f"Inhoud {number}"],
        [f"Taak {number}"],
        ["KCC"],
        [f"Klant {number}"],
        [bsn or "0612345678"],
    )
    return (key, *parts)
