"""What an import finds, adds and changes; its keys say what came from where."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import cast
from uuid import UUID

import msgspec
from sqlalchemy import (
    Boolean,
    ColumnElement,
    Table,
    and_,
    any_,
    case,
    column,
    exists,
    func,
    or_,
    select,
    table as named_table,
    true,
    update,
)
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import DBAPIError

from gateway.store.database import is_outage
from gateway.store.reader import uuids
from gateway.store.tables import (
    actoren,
    digitale_adressen,
    externe_identificaties,
    importsleutels,
    interne_taken,
    klantcontacten,
    metadata,
    partijen,
    toestemmingen,
)
from gateway.store.writing.transaction import Transaction, Violated

_S = importsleutels
_FOLLOWED: Mapping[str, tuple[Table, str, tuple[str, ...]]] = {
    "interne_taken": (klantcontacten, "klantcontact_id", ("plaatsgevonden_op",)),
    "interne_taak_actoren": (
        interne_taken,
        "interne_taak_id",
        ("status", "plaatsgevonden_op"),
    ),
}
_HEADS: Mapping[str, Table] = {
    "actor": actoren,
    "partij": partijen,
    "klantcontact": klantcontacten,
}


class Sleutel(msgspec.Struct, frozen=True):
    """What came from where.

    Attributes:
        soort: what kind of record it is.
        bron_id: its key there.
        record_id: its key here.
        inhoud: a keyed hash of what it was here after the last import.
        gevonden: whether others had made it here.
        is_here: whether an actor, partij or klantcontact still is.
    """

    soort: str
    bron_id: UUID
    record_id: UUID
    inhoud: str
    gevonden: bool = False
    is_here: bool = True


_SleutelRow = tuple[str, UUID, UUID, str, bool, bool]


class Consent(msgspec.Struct, frozen=True):
    """What a partij consented to.

    Attributes:
        stands: whether to reuse of its data; None when that was never asked.
        is_found: whether others had made it here.
    """

    stands: bool | None
    is_found: bool


class Key(msgspec.Struct, frozen=True):
    """A row of one kind, from one store."""

    bron: str
    soort: str
    table: str


@contextmanager
def refusals_reported() -> Iterator[None]:
    """Tell a value that PostgreSQL cannot hold like a rule that it breaks.

    Raises:
        Violated: never with the value.
    """
    try:
        yield
    except DBAPIError as error:
        if is_outage(error):
            raise
        raise Violated("value") from None


async def known(tx: Transaction, bron: str, bron_ids: Sequence[UUID]) -> list[Sleutel]:
    """Find what earlier imports brought of records."""
    is_here = case(
        *(
            (_S.c.soort == soort, exists().where(table.c.id == _S.c.record_id))
            for soort, table in _HEADS.items()
        ),
        else_=true(),
    ).cast(Boolean)
    columns = (_S.c.soort, _S.c.bron_id, _S.c.record_id, _S.c.inhoud, _S.c.gevonden)
    asked = select(*columns, is_here)
    mine = (_S.c.bron == bron) & (_S.c.bron_id == any_(uuids("ids")))
    rows = await tx.run(asked.where(mine), {"ids": list(bron_ids)})
    return [Sleutel(*cast("_SleutelRow", tuple(row))) for row in rows]


async def other_bron(tx: Transaction, bron: str) -> str | None:
    """Name a store that others were brought from, unless some were from this one."""
    mine = exists().where(_S.c.bron == bron)
    asked = select(func.min(_S.c.bron).label("bron"), mine.label("mine"))
    (found,) = await tx.run(asked)
    return None if found.mine else cast("str | None", found.bron)


async def keep(
    tx: Transaction, bron: str, sleutels: Sequence[Sleutel], moment: datetime
) -> None:
    """Remember what came from where for the first time.

    Raises:
        Violated: another import is at it.
    """
    common = {"bron": bron, "moment": moment}
    rows = [msgspec.structs.asdict(each) | common for each in sleutels]
    for row in rows:
        del row["is_here"]
    await tx.insert(_S, rows)


async def renew(tx: Transaction, bron: str, sleutel: Sleutel, moment: datetime) -> None:
    """Remember what is here since."""
    mine = (_S.c.bron == bron) & (_S.c.soort == sleutel.soort)
    changed = update(_S).where(mine & (_S.c.bron_id == sleutel.bron_id))
    await tx.run(changed.values(inhoud=sleutel.inhoud, moment=moment))


async def columns(
    tx: Transaction, table: str, key: UUID, names: Sequence[str]
) -> dict[str, object] | None:
    """Read some columns of a row, which nobody else changes before the end."""
    of = metadata.tables[table]
    asked = select(*(of.c[name] for name in names)).where(of.c.id == key)
    rows = await tx.run(asked.with_for_update(of=of))
    return dict(zip(names, rows[0], strict=True)) if rows else None


async def found(tx: Transaction, of: Key, where: Mapping[str, object]) -> UUID | None:
    """Find a row that no import brought; the first of several, by its key."""
    table = metadata.tables[of.table]
    asked = (
        select(table.c.id)
        .where(*(table.c[name] == value for name, value in where.items()))
        .where(~_brought(of, table))
        .order_by(table.c.id)
        .limit(1)
    )
    rows = await tx.run(asked)
    return cast("UUID", rows[0][0]) if rows else None


async def partij_named(
    tx: Transaction,
    bron: str,
    soort_partij: str,
    named: Sequence[tuple[str, str, str | None]],
) -> UUID | None:
    """Find the one partij of this soort that has one of these, and was not brought.

    Args:
        tx: where.
        bron: the store it may not have come from.
        soort_partij: of it.
        named: soort, waarde and kvk_nummer of identificaties.

    Returns:
        None where there is none, and where there are several.
    """
    if not named:
        return None
    e = externe_identificaties
    same = [
        and_(
            e.c.soort == soort,
            e.c.waarde == waarde,
            e.c.kvk_nummer.is_not_distinct_from(kvk_nummer),
        )
        for soort, waarde, kvk_nummer in named
    ]
    asked = (
        select(partijen.c.id)
        .distinct()
        .select_from(partijen.join(e, e.c.partij_id == partijen.c.id))
        .where(or_(*same), partijen.c.soort_partij == soort_partij)
        .where(~_brought(Key(bron, "partij", "partijen"), partijen))
        .limit(2)
    )
    rows = await tx.run(asked)
    return cast("UUID", rows[0][0]) if len(rows) == 1 else None


async def consent(tx: Transaction, bron: str, partij: UUID) -> Consent:
    """Read whether consent for reuse stands, of a partij that is here.

    Nobody gives or withdraws it before the end: who does, keeps the partij too.
    """
    await tx.run(select(partijen.c.id).where(partijen.c.id == partij).with_for_update())
    t = toestemmingen
    stands = select(func.bool_or(t.c.ingetrokken_op.is_(None)))
    mine = (_S.c.bron == bron) & (_S.c.soort == "partij") & (_S.c.record_id == partij)
    brought = exists().where(mine & ~_S.c.gevonden)
    of_it = stands.where(t.c.partij_id == partij).scalar_subquery()
    (found,) = await tx.run(select(of_it.label("stands"), brought.label("brought")))
    return Consent(found.stands, is_found=not found.brought)


async def is_free(tx: Transaction, table: str, nummer: int) -> bool:
    """Whether nothing has this number, which then becomes the largest if it is."""
    of = metadata.tables[table]
    if await tx.run(select(of.c.id).where(of.c.nummer == nummer)):
        return False
    # Numbers of our own go on after it, and never come to it.
    sequence = named_table(
        f"{table}_nummer_seq", column("last_value"), column("is_called", Boolean)
    )
    raised = select(func.setval(sequence.name, nummer)).where(
        (sequence.c.last_value < nummer) | ~sequence.c.is_called
    )
    await tx.run(raised)
    return True


def _brought(of: Key, table: Table) -> ColumnElement[bool]:
    """Whether an import from this store brought a row."""
    mine = (_S.c.bron == of.bron) & (_S.c.soort == of.soort)
    return exists().where(mine & (_S.c.record_id == table.c.id))


async def add(tx: Transaction, table: str, row: Mapping[str, object]) -> None:
    """Add a row; among others of its klantcontact it comes last.

    Raises:
        Violated: it breaks a rule of the tables.
    """
    of = metadata.tables[table]
    values = dict(row)
    if "volgorde" in of.c:
        mine = of.c.klantcontact_id == values["klantcontact_id"]
        last = select(func.coalesce(func.max(of.c.volgorde), 0) + 1).where(mine)
        values["volgorde"] = last.scalar_subquery()
    values |= _following(of, values)
    with refusals_reported():
        await tx.run(insert(of).values(values))


async def link(tx: Transaction, table: str, row: Mapping[str, object]) -> None:
    """Add a row that is only a pair of keys, unless it is there.

    Raises:
        Violated: it breaks a rule of the tables.
    """
    of = metadata.tables[table]
    values = dict(row) | _following(of, row)
    await tx.run(insert(of).values(values).on_conflict_do_nothing())


def _following(of: Table, row: Mapping[str, object]) -> dict[str, object]:
    """Give the columns that are those of the row it hangs on, as that is here."""
    on, key, names = _FOLLOWED.get(of.name, (of, "", ()))
    return {
        name: select(on.c[name]).where(on.c.id == row[key]).scalar_subquery()
        for name in names
    }


async def change(
    tx: Transaction, table: str, key: UUID, values: Mapping[str, object]
) -> None:
    """Change columns of a row, and its version where it has one.

    Raises:
        Violated: that would break a rule of the tables.
    """
    of = metadata.tables[table]
    more = {"versie": of.c.versie + 1} if "versie" in of.c else {}
    with refusals_reported():
        await tx.run(update(of).where(of.c.id == key).values(**values, **more))


async def has_standaard(
    tx: Transaction, partij: UUID, soort: str, besides: UUID
) -> bool:
    """Whether a partij has another digital address that is the one of its soort to use."""
    d = digitale_adressen
    asked = select(d.c.id).where(
        d.c.partij_id == partij, d.c.soort == soort, d.c.standaard, d.c.id != besides
    )
    return bool(await tx.run(asked))
