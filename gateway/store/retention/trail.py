"""What the trail of changes says of records that go: found, wiped, or listed to be.

Only the owner of the database may change the trail; what the gateway itself removes is
listed, for `klantbeeld purge` to wipe.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import chain
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Select,
    Table,
    Text,
    any_,
    case,
    cast,
    delete,
    func,
    null,
    or_,
    select,
    text,
    union_all,
    update,
)
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.sql.dml import ReturningUpdate

from gateway.store.reader import uuids
from gateway.store.retention.draden import keys
from gateway.store.tables import (
    metadata,
    mutaties,
    te_wissen_mutaties,
    vernietigingen,
)
from gateway.store.writing.transaction import Transaction

_OUD = mutaties.c.oud
_IS_REMOVAL = mutaties.c.handeling == text("'verwijderd'")
OWNERS = ("partij_id", "betrokkene_id", "klantcontact_id")
"""What says in old values whose it was that was removed."""


async def may_wipe(tx: Transaction) -> bool:
    """Whether the role that asks may change the trail of changes."""
    ((may,),) = await tx.run(select(func.has_table_privilege(mutaties.name, "UPDATE")))
    return may is True


async def wipe(tx: Transaction, root: Table, ids: Sequence[UUID]) -> None:
    """Take values and reasons from the trail of records that are still there.

    Args:
        tx: of the owner.
        root: the table they are in.
        ids: their keys.
    """
    for which, values in await _about(tx, root, ids):
        await tx.run(_wiped(which), values)


async def list_to_wipe(tx: Transaction, root: Table, ids: Sequence[UUID]) -> None:
    """List what is to be taken from the trail of records that are still there."""
    for which, values in await _about(tx, root, ids):
        listed = select(mutaties.c.id).where(which, _SAYS_SOMETHING)
        added = insert(te_wissen_mutaties).from_select(["mutatie_id"], listed)
        await tx.run(added.on_conflict_do_nothing(), values)


async def wipe_what_was_listed(tx: Transaction) -> None:
    """Wipe what the gateway could not, and what was noted of what is destroyed."""
    listed = select(te_wissen_mutaties.c.mutatie_id)
    gone = select(vernietigingen.c.record_id)
    await tx.run(_wiped(or_(mutaties.c.id.in_(listed), mutaties.c.record_id.in_(gone))))
    await tx.run(delete(te_wissen_mutaties))


async def count_older(tx: Transaction, before: datetime) -> int:
    """Say how many rows from before a moment have old values or a reason."""
    older = select(func.count()).select_from(mutaties)
    ((number,),) = await tx.run(older.where(mutaties.c.moment < before, _TELLS))
    return int(str(number))


async def wipe_older(
    tx: Transaction, before: datetime, after: UUID, limit: int
) -> list[UUID]:
    """Wipe rows from before a moment, by key; gives the keys.

    Of what was removed stays whose it was: so it is found when that is destroyed.

    Args:
        tx: of the owner.
        before: the moment.
        after: the last key that was done.
        limit: how many at most.
    """
    older = mutaties.c.moment < before
    some = select(mutaties.c.id).where(mutaties.c.id > after, older, _TELLS)
    ids = keys(await tx.run(some.order_by(mutaties.c.id).limit(limit)))
    left = case((_IS_REMOVAL & _OUD.is_not(None), _OWNER), else_=null())
    wiped = update(mutaties).where(mutaties.c.id == any_(uuids("ids")))
    await tx.run(wiped.values(oud=left, reden=null()), {"ids": ids})
    return ids


async def with_what_was_removed(tx: Transaction, ids: Sequence[UUID]) -> list[UUID]:
    """Add the keys of what was removed from records before, and from that in turn."""
    found = new = set(ids)
    while new:
        # Of a vertegenwoordiging the row has the key of a partij, who may be another.
        removed = select(mutaties.c.record_id).where(
            removed_from(), mutaties.c.soort != "vertegenwoordiging"
        )
        new = set(keys(await tx.run(removed, {"ids": list(new)}))) - found
        found = found | new
    return sorted(found)


def removed_from() -> ColumnElement[bool]:
    """Find what was removed from records before (parameter `ids`)."""
    return _IS_REMOVAL & (owner_of_removed() == any_(cast(uuids("ids"), ARRAY(Text))))


def owner_of_removed() -> ColumnElement[str]:
    """Give the key, as text, of the record that something was removed from."""
    # As the index says it.
    return func.coalesce(*(_OUD.op("->>")(text(f"'{owner}'")) for owner in OWNERS))


def parts_of(root: Table) -> Iterator[tuple[Table, Select[tuple[object, ...]]]]:
    """Give what goes with rows of a table (parameter `ids`), and how its keys are found.

    Whatever table comes later is among them when its foreign key cascades.
    """
    yield root, select(root.c.id).where(root.c.id == any_(uuids("ids")))
    found = {root: root.c.id == any_(uuids("ids"))}
    for table in metadata.sorted_tables:
        ways = [
            table.c[key.column_keys[0]].in_(
                select(key.referred_table.c.id).where(found[key.referred_table])
            )
            for key in table.foreign_key_constraints
            if key.ondelete == "CASCADE" and key.referred_table in found
        ]
        if ways and table not in found:
            found[table] = or_(*ways)
            if "id" in table.c:
                yield table, select(table.c.id).where(found[table])


async def _about(
    tx: Transaction, root: Table, ids: Sequence[UUID]
) -> list[tuple[ColumnElement[bool], dict[str, list[UUID]]]]:
    """Say which rows are about records, their parts, and what was removed from these."""
    if not ids:
        return []
    parts = union_all(*(statement for _, statement in parts_of(root)))
    there = keys(await tx.run(parts, {"ids": list(ids)}))
    every = {"ids": await with_what_was_removed(tx, there)}
    return [
        (mutaties.c.record_id == any_(uuids("ids")), every),
        (removed_from(), every),
    ]


def _wiped(which: ColumnElement[bool]) -> ReturningUpdate[tuple[object, ...]]:
    nothing = {"oud": null(), "reden": null()}
    wiped = update(mutaties).where(which, _SAYS_SOMETHING).values(nothing)
    return wiped.returning(mutaties.c.id)


_SAYS_SOMETHING = or_(_OUD.is_not(None), mutaties.c.reden.is_not(None))
_OWNER = func.jsonb_strip_nulls(
    func.jsonb_build_object(
        *chain.from_iterable(
            (text(f"'{owner}'"), _OUD.op("->")(text(f"'{owner}'"))) for owner in OWNERS
        )
    )
)
_TELLS = _SAYS_SOMETHING & or_(
    mutaties.c.reden.is_not(None), ~_IS_REMOVAL, _OUD != _OWNER
)
