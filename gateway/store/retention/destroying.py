"""How records are destroyed: with all that is theirs, in the transaction of the note of it.

Nothing is left that says what they held: the trail of changes keeps that there was a
change, by whom and when, and loses the values and the reason. Only the owner of the
database may take these away; what the gateway itself removes is listed for the owner.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import cast
from uuid import UUID, uuid4

import msgspec
from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Date,
    Delete,
    Select,
    Table,
    Text,
    and_,
    any_,
    cast as sql_cast,
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
    adressen,
    betrokkenen,
    digitale_adressen,
    idempotentiesleutels,
    klantcontacten,
    laatste_contacten,
    metadata,
    mutaties,
    onderwerpen,
    partijen,
    te_wissen_mutaties,
    vernietigingen,
)
from gateway.store.writing.transaction import Transaction


class Vervallen(msgspec.Struct, frozen=True):
    """A record whose time has come.

    Attributes:
        soort: klantcontact or partij.
        grond: which term, or which zaak's archive data, said so.
        op: the day on which its time had come.
    """

    soort: str
    id: UUID
    grond: str
    op: date


class Run(msgspec.Struct, frozen=True):
    """What destructions have in common.

    Attributes:
        owns: whether the trail of changes may be changed in it.
    """

    moment: datetime
    owns: bool = True
    id: UUID = msgspec.field(default_factory=uuid4)


async def destroy(tx: Transaction, run: Run, due: Sequence[Vervallen]) -> None:
    """Destroy klantcontacten and partijen, and note it.

    Args:
        tx: has them locked; nothing outside refers to them.
        run: of whom this is part.
        due: threads must be whole.
    """
    contacts = [each.id for each in due if each.soort == "klantcontact"]
    whole = [each.id for each in due if each.soort == "partij"]
    # Before they go: what refers to them is found by them.
    await _wipe_trail(tx, run, klantcontacten, contacts)
    await _wipe_trail(tx, run, partijen, whole)
    await tx.run(_REMEMBER, {"ids": contacts})
    # These may refer to one another.
    await tx.run(_delete(onderwerpen, "klantcontact_id"), {"ids": contacts})
    await tx.run(_delete(klantcontacten, "id"), {"ids": contacts})
    await tx.run(_delete(partijen, "id"), {"ids": whole})
    notes = [
        {"run": run.id, "moment": run.moment, "soort": each.soort}
        | {"record_id": each.id, "grond": each.grond, "vervallen_op": each.op}
        for each in due
    ]
    await tx.insert(vernietigingen, notes)


async def unlink(tx: Transaction, run: Run, partij: UUID, ids: Sequence[UUID]) -> None:
    """Have a partij be nobody in klantcontacten that stay.

    Args:
        tx: has them locked.
        run: of whom this is part.
        partij: whose betrokkenen lose name, addresses and link, and keep their rol.
        ids: of klantcontacten.
    """
    mine = and_(
        betrokkenen.c.partij_id == partij,
        betrokkenen.c.klantcontact_id == any_(uuids("ids")),
    )
    found = keys(await tx.run(select(betrokkenen.c.id).where(mine), {"ids": list(ids)}))
    await _wipe_trail(tx, run, betrokkenen, found)
    for table in (adressen, digitale_adressen):
        await tx.run(_delete(table, "betrokkene_id"), {"ids": found})
    nothing = dict.fromkeys(
        (
            *("partij_id", "voorletters", "voornaam", "voorvoegsel_achternaam"),
            *("achternaam", "organisatienaam"),
        )
    )
    await tx.run(update(betrokkenen).where(mine).values(nothing), {"ids": list(ids)})


async def may_wipe(tx: Transaction) -> bool:
    """Whether the role that asks may change the trail of changes."""
    ((may,),) = await tx.run(select(func.has_table_privilege(mutaties.name, "UPDATE")))
    return may is True


async def wipe_what_was_left(tx: Transaction) -> int:
    """Wipe from the trail what the gateway could not; the number of rows."""
    gone = select(vernietigingen.c.record_id)
    left = select(te_wissen_mutaties.c.mutatie_id)
    which = or_(mutaties.c.id.in_(left), mutaties.c.record_id.in_(gone))
    wiped = await tx.run(_wipe(which))
    await tx.run(delete(te_wissen_mutaties))
    return len(wiped)


async def count_retries(tx: Transaction, before: datetime) -> int:
    """Say how many keys of retries are older."""
    old = idempotentiesleutels.c.moment < before
    statement = select(func.count()).select_from(idempotentiesleutels).where(old)
    ((number,),) = await tx.run(statement)
    return cast("int", number)


async def delete_retries(tx: Transaction, before: datetime, limit: int) -> int:
    """Delete keys of retries that are older; how many, at most `limit`."""
    sleutels = idempotentiesleutels.c
    some = select(sleutels.id).where(sleutels.moment < before).limit(limit)
    gone = delete(idempotentiesleutels).where(sleutels.id.in_(some))
    return len(await tx.run(gone.returning(sleutels.id)))


def parts_of(root: Table) -> Iterator[tuple[Table, Select[tuple[object, ...]]]]:
    """Give what goes with rows of a table by its keys (parameter `ids`), and how to find it.

    Whatever table comes later is among them when its key cascades.
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


def removed_from() -> ColumnElement[bool]:
    """Find in the trail what was removed from records before (parameter `ids`)."""
    owners = (
        _OUD.op("->>")(text(f"'{owner}'"))
        for owner in ("partij_id", "betrokkene_id", "klantcontact_id")
    )
    is_removal = mutaties.c.handeling == text("'verwijderd'")
    # As the index says it.
    return is_removal & (
        func.coalesce(*owners) == any_(sql_cast(uuids("ids"), ARRAY(Text)))
    )


async def _wipe_trail(
    tx: Transaction, run: Run, root: Table, ids: Sequence[UUID]
) -> None:
    """Wipe what the trail of changes says these held, or list it for the owner."""
    if not ids:
        return
    every = union_all(*(statement for _, statement in parts_of(root)))
    about = {"ids": keys(await tx.run(every, {"ids": list(ids)}))}
    for which in (mutaties.c.record_id == any_(uuids("ids")), removed_from()):
        if run.owns:
            await tx.run(_wipe(which), about)
            continue
        listed = select(mutaties.c.id).where(which, _SAYS_SOMETHING)
        await tx.run(
            insert(te_wissen_mutaties)
            .from_select(["mutatie_id"], listed)
            .on_conflict_do_nothing(),
            about,
        )


def _delete(table: Table, column: str) -> Delete:
    return delete(table).where(table.c[column] == any_(uuids("ids")))


def _wipe(which: ColumnElement[bool]) -> ReturningUpdate[tuple[object, ...]]:
    nothing = {"oud": null(), "reden": null()}
    wiped = update(mutaties).where(which, _SAYS_SOMETHING).values(nothing)
    return wiped.returning(mutaties.c.id)


_OUD = mutaties.c.oud
_SAYS_SOMETHING = or_(_OUD.is_not(None), mutaties.c.reden.is_not(None))
_DAY = sql_cast(func.max(betrokkenen.c.plaatsgevonden_op), Date).label("dag")
_LAST = (
    select(betrokkenen.c.partij_id, _DAY)
    .where(
        betrokkenen.c.klantcontact_id == any_(uuids("ids")),
        betrokkenen.c.partij_id.is_not(None),
    )
    .group_by(betrokkenen.c.partij_id)
)
_REMEMBERED = insert(laatste_contacten).from_select(["partij_id", "dag"], _LAST)
_REMEMBER = _REMEMBERED.on_conflict_do_update(
    index_elements=["partij_id"],
    set_={"dag": func.greatest(laatste_contacten.c.dag, _REMEMBERED.excluded.dag)},
)
