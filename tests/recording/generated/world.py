"""What stands in the store while anything at all is asked: something of every kind."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from types import MappingProxyType
from uuid import UUID

from sqlalchemy import Table, insert, text
from sqlalchemy.ext.asyncio import AsyncConnection

from gateway.store import tables
from schema.node import encode_id
from tests.municipality import BENCH_BSN
from tests.store import valid_rows as valid

Row = dict[str, object]

INACTIVE, TOLD, ENDED, DONE = (UUID(int=number) for number in (12, 13, 22, 33))
ONDERWERP, INHOUD, GEKEND = (UUID(int=number) for number in (40, 41, 42))
IDENTIFICATIE, REKENING, CODE = (UUID(int=number) for number in (50, 51, 52))

WORLD: Sequence[tuple[Table, Row]] = (
    *valid.WORLD,
    (
        tables.actoren,
        {"id": INACTIVE, **valid.MEDEWERKER, "indicatie_actief": False},
    ),
    (
        tables.klantcontacten,
        {
            "id": ENDED,
            "plaatsgevonden_op": valid.MOMENT,
            "beeindigd_op": valid.LATER,
            **valid.IDENTITEIT,
        },
    ),
    (
        tables.interne_taken,
        {"id": DONE, **valid.TAAK, "status": "verwerkt", "verwerkt_op": valid.LATER},
    ),
    valid.VALID["actor bij taak"],
    (
        tables.betrokkenen,
        {"id": GEKEND, **valid.BETROKKEN, "partij_id": valid.NATUURLIJK},
    ),
    (tables.onderwerpen, {"id": ONDERWERP, **valid.VALID["onderwerp tekst"][1]}),
    (tables.inhoudsdelen, {"id": INHOUD, **valid.VALID["inhoud tekst"][1]}),
    (
        tables.externe_identificaties,
        {"id": IDENTIFICATIE, **valid.VALID["bsn"][1], "waarde": BENCH_BSN},
    ),
    (tables.adressen, {**valid.VALID["straatadres"][1], "partij_id": valid.NATUURLIJK}),
    (tables.rekeningnummers, {"id": REKENING, **valid.VALID["rekeningnummer"][1]}),
    (
        tables.digitale_adressen,
        {**valid.VALID["telefoonnummer"][1], "id": TOLD, "partij_id": valid.NATUURLIJK},
    ),
    *(
        (tables.toestemmingen, {"partij_id": each, "gegeven_op": valid.MOMENT})
        for each in (valid.NATUURLIJK, valid.PERSOON, valid.ORGANISATIE)
    ),
    (
        tables.verificatiecodes,
        {
            "id": CODE,
            "digitaal_adres_id": TOLD,
            "code": "0" * 32,
            "verloopt_op": datetime(2199, 1, 1, tzinfo=UTC),
        },
    ),
    (tables.vertegenwoordigingen, valid.VALID["vertegenwoordiging"][1]),
)

_KEYS: Mapping[str, Sequence[UUID]] = MappingProxyType(
    {
        "Partij": (
            valid.NATUURLIJK,
            valid.PERSOON,
            valid.ORGANISATIE,
            valid.CONTACTPERSOON,
            valid.NIET_NATUURLIJK,
            valid.ABSENT,
        ),
        "Actor": (valid.ACTOR, valid.ANDERE_ACTOR, INACTIVE, valid.ABSENT),
        "Klantcontact": (
            valid.KLANTCONTACT,
            valid.ANDER_KLANTCONTACT,
            ENDED,
            valid.ABSENT,
        ),
        "InterneTaak": (valid.INTERNE_TAAK, DONE, valid.ABSENT),
        "Betrokkene": (valid.BETROKKENE, GEKEND, valid.ABSENT),
        "DigitaalAdres": (TOLD, valid.DIGITAAL_ADRES, valid.ABSENT),
        "ExterneIdentificatie": (IDENTIFICATIE, valid.ABSENT),
        "Rekeningnummer": (REKENING, valid.ABSENT),
        "Onderwerp": (ONDERWERP, valid.ABSENT),
        "Inhoudsdeel": (INHOUD, valid.ABSENT),
    }
)
IDS: Mapping[str, Sequence[str]] = MappingProxyType(
    {kind: tuple(encode_id(kind, key) for key in keys) for kind, keys in _KEYS.items()}
)
"""Ids by kind; the last of each is of nothing."""

_TABLES = sorted(tables.metadata.tables)
# Of few rows this is faster than TRUNCATE; what they refer to goes too.
_EMPTY = [
    text("SET LOCAL session_replication_role = replica"),
    *(text(f"DELETE FROM {name}") for name in _TABLES),  # noqa: S608 - our own names
    text("SET LOCAL session_replication_role = origin"),
]
_DIGESTS = text(
    " UNION ALL ".join(
        f"SELECT '{name}', md5(string_agg(t::text, '|' ORDER BY t::text)) FROM {name} t"  # noqa: S608 - our own names
        for name in _TABLES
    )
)


class World:
    """It, in a database of the test's own."""

    def __init__(self, connection: AsyncConnection) -> None:
        """Take a connection of the owner, on which nothing has begun."""
        self._connection = connection
        self._before: Mapping[str, str | None] = {}

    async def begin(self) -> None:
        """Make it anew."""
        for each in _EMPTY:
            await self._connection.execute(each)
        for table, row in WORLD:
            await self._connection.execute(insert(table).values(row))
        self._before = await self._digests()
        await self._connection.commit()

    async def changed(self) -> set[str]:
        """Say in which tables anything is otherwise than it was."""
        now = await self._digests()
        await self._connection.commit()
        return {name for name, digest in now.items() if digest != self._before[name]}

    async def _digests(self) -> dict[str, str | None]:
        found = await self._connection.execute(_DIGESTS)
        return {str(name): digest for name, digest in found}
