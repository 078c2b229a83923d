"""How records are destroyed: with all that is theirs, in the transaction of the note of it.

Nothing is left that says what they held: the trail of changes keeps that there was a
change, by whom and when, and loses the values and the reason.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import cast
from uuid import UUID, uuid4

import msgspec
from sqlalchemy import (
    CompoundSelect,
    Date,
    Delete,
    Table,
    Update,
    and_,
    any_,
    cast as sql_cast,
    delete,
    func,
    select,
    union_all,
    update,
)
from sqlalchemy.dialects.postgresql import insert

from gateway.store.reader import uuids
from gateway.store.retention.draden import keys
from gateway.store.retention.trail import list_to_wipe, parts_of, wipe
from gateway.store.tables import (
    adressen,
    betrokkenen,
    digitale_adressen,
    idempotentiesleutels,
    importsleutels,
    klantcontacten,
    laatste_contacten,
    onderwerpen,
    partijen,
    vernietigingen,
)
from gateway.store.writing.transaction import Transaction

VERNIETIGD = "vernietigd"
"""In the place of what an import knows of the content of a record."""


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
    await _forget(tx, run, klantcontacten, contacts)
    await _forget(tx, run, partijen, whole)
    for root, ids in ((klantcontacten, contacts), (partijen, whole)):
        parts = union_all(*(statement for _, statement in parts_of(root)))
        await tx.run(_blanked(parts), {"ids": ids})
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
    await _forget(tx, run, betrokkenen, found)
    for table in (adressen, digitale_adressen):
        await tx.run(_delete(table, "betrokkene_id"), {"ids": found})
    nothing = dict.fromkeys(
        (
            *("partij_id", "voorletters", "voornaam", "voorvoegsel_achternaam"),
            *("achternaam", "organisatienaam"),
        )
    )
    await tx.run(update(betrokkenen).where(mine).values(nothing), {"ids": list(ids)})


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


async def _forget(tx: Transaction, run: Run, root: Table, ids: Sequence[UUID]) -> None:
    """Have the trail say no more of these than that there were changes."""
    await (wipe if run.owns else list_to_wipe)(tx, root, ids)


def _blanked(parts: CompoundSelect[tuple[object, ...]]) -> Update:
    """Have the keys of an import say no more than that these came: never again."""
    mine = importsleutels.c.record_id.in_(parts)
    return update(importsleutels).where(mine).values(inhoud=VERNIETIGD)


def _delete(table: Table, column: str) -> Delete:
    return delete(table).where(table.c[column] == any_(uuids("ids")))


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
