"""The demo municipality's own store, loaded from JSON files.

A file nests what hangs together: a partij with its adressen, a story with its
klantcontacten. Keys are the columns of `gateway/store/tables/`; a key that follows
from the nesting is left out, and what comes as a list is rows of another table.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import cast

import msgspec
from sqlalchemy import bindparam, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from gateway.demo.standins.records import Json, Payload
from gateway.store import tables

Rows = Mapping[str, Sequence[Payload]]


class Counts(msgspec.Struct, frozen=True):
    """How many of each were loaded."""

    actoren: int
    partijen: int
    klantcontacten: int
    betrokkenen: int
    onderwerpen: int
    inhoudsdelen: int
    interne_taken: int


# Of each kind of record, the lists in it, and which column of their rows is which
# column of the record.
_PARTS: Mapping[str, Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {
        "partijen": {
            "externe_identificaties": {"partij_id": "id"},
            "adressen": {"partij_id": "id"},
            "digitale_adressen": {"partij_id": "id"},
            "rekeningnummers": {"partij_id": "id"},
            "toestemmingen": {"partij_id": "id"},
            "vertegenwoordigingen": {"vertegenwoordigende_partij_id": "id"},
        },
        "klantcontacten": {
            "betrokkenen": {
                "klantcontact_id": "id",
                "plaatsgevonden_op": "plaatsgevonden_op",
            },
            "onderwerpen": {"klantcontact_id": "id"},
            "inhoudsdelen": {"klantcontact_id": "id"},
            "interne_taken": {
                "klantcontact_id": "id",
                "plaatsgevonden_op": "plaatsgevonden_op",
            },
        },
        "betrokkenen": {
            "adressen": {"betrokkene_id": "id"},
            "digitale_adressen": {"betrokkene_id": "id"},
        },
    }
)
# Of each kind of record that lists actoren, the table that links them to it, and which
# of its columns is which column of the record.
_ACTOREN: Mapping[str, tuple[str, Mapping[str, str]]] = MappingProxyType(
    {
        "klantcontacten": ("klantcontact_actoren", {"klantcontact_id": "id"}),
        "interne_taken": (
            "interne_taak_actoren",
            {
                "interne_taak_id": "id",
                "status": "status",
                "plaatsgevonden_op": "plaatsgevonden_op",
            },
        ),
    }
)
# Whatever is referred to comes first.
_ORDER = (
    tables.actoren,
    tables.partijen,
    tables.externe_identificaties,
    tables.rekeningnummers,
    tables.vertegenwoordigingen,
    tables.klantcontacten,
    tables.klantcontact_actoren,
    tables.toestemmingen,
    tables.betrokkenen,
    tables.adressen,
    tables.digitale_adressen,
    tables.interne_taken,
    tables.interne_taak_actoren,
    tables.onderwerpen,
    tables.inhoudsdelen,
)
_NUMBERED = (tables.partijen, tables.klantcontacten, tables.interne_taken)
_VOORKEUR = "voorkeurs_digitaal_adres_id"


async def load(
    connection: AsyncConnection, fixtures: Path, rewrite: Callable[[str], str]
) -> Counts:
    """Insert all actoren, partijen and klantcontacten, within the caller's transaction.

    Numbers given out afterwards follow on the highest one loaded.

    Args:
        connection: of a role that owns the tables (others may not set a sequence);
            the tables are empty.
        fixtures: the folder that has `klantbeeld/`.
        rewrite: applied to the URL of every reference.
    """
    rows = read(fixtures)
    for table in _ORDER:
        values = [_values(table.name, row, rewrite) for row in rows[table.name]]
        await connection.execute(insert(table), values)
    await _prefer_digitale_adressen(connection, rows["partijen"])
    for table in _NUMBERED:
        highest = select(func.max(table.c.nummer)).scalar_subquery()
        sequence = func.pg_get_serial_sequence(table.name, "nummer")
        await connection.execute(select(func.setval(sequence, highest)))
    return Counts(**{name: len(rows[name]) for name in Counts.__struct_fields__})


def read(fixtures: Path) -> Rows:
    """Read all rows, by table; each names the row that it hangs on."""
    rows: defaultdict[str, list[Payload]] = defaultdict(list)
    for kind in ("actoren", "partijen"):
        for record in _files(fixtures / "klantbeeld" / kind):
            _unnest(rows, kind, record)
    for story in _files(fixtures / "klantbeeld" / "klantcontacten"):
        for record in _listed(story["klantcontacten"]):
            _unnest(rows, "klantcontacten", record)
    # A contactpersoon refers to the partij that it acted for.
    rows["partijen"].sort(key=lambda row: row["soort_partij"] == "contactpersoon")
    return rows


def _files(folder: Path) -> Iterator[Payload]:
    for path in sorted(folder.glob("*.json")):
        yield msgspec.json.decode(path.read_bytes())


def _listed(value: Json) -> list[Payload]:
    return cast("list[Payload]", value)


def _unnest(rows: defaultdict[str, list[Payload]], kind: str, record: Payload) -> None:
    parts = _PARTS.get(kind, {})
    for name, inherited in parts.items():
        known = _inherited(record, inherited)
        for part in _listed(record[name]):
            _unnest(rows, name, known | part)
    if kind in _ACTOREN:
        link, inherited = _ACTOREN[kind]
        known = _inherited(record, inherited)
        for actor in cast("list[str]", record["actoren"]):
            rows[link].append(known | {"actor_id": actor})
    lists = {*parts, "actoren"}
    rows[kind].append({name: record[name] for name in record if name not in lists})


def _inherited(record: Payload, columns: Mapping[str, str]) -> Payload:
    return {column: record[own] for column, own in columns.items()}


def _values(
    table: str, row: Payload, rewrite: Callable[[str], str]
) -> dict[str, object]:
    """Give every column a value of the type that the driver expects.

    But the version: it begins as the table says.
    """
    columns = tables.metadata.tables[table].c
    urls = {"url", "subject_url"}
    if row.get("code_soort_object_id") == "url":
        urls.add("object_id")
    named = [each.key for each in columns if each.key != "versie"]
    values: dict[str, object] = dict.fromkeys(named)
    for name, value in row.items():
        # A preferred address and its partij refer to each other: set afterwards.
        if name != _VOORKEUR:
            read_as = columns[name].type.python_type
            found = rewrite(str(value)) if name in urls else value
            values[name] = msgspec.convert(found, read_as)
    return values


async def _prefer_digitale_adressen(
    connection: AsyncConnection, partijen: Sequence[Payload]
) -> None:
    partij = tables.partijen
    statement = (
        update(partij)
        .where(partij.c.id == bindparam("partij"))
        .values({_VOORKEUR: bindparam("adres")})
    )
    preferred = [
        {"partij": row["id"], "adres": row[_VOORKEUR]}
        for row in partijen
        if _VOORKEUR in row
    ]
    await connection.execute(statement, preferred)
