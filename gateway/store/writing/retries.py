"""What a mutation came to, for who asks it again."""

from datetime import datetime
from typing import cast
from uuid import UUID, uuid4

import msgspec
from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert

from gateway.store.tables import idempotentiesleutels
from gateway.store.writing.transaction import Transaction


class Retry(msgspec.Struct, frozen=True):
    """What identifies a question.

    Attributes:
        aanvrager: a pseudonym of who asks.
        mutatie: its name in the graph.
        sleutel: chosen by who asks.
        vraag: a keyed hash of what is asked.
    """

    aanvrager: str
    mutatie: str
    sleutel: str
    vraag: str


class Answered(msgspec.Struct, frozen=True):
    """What it came to before, and whether the same was asked."""

    uitkomst: object
    is_same: bool


async def claim(tx: Transaction, retry: Retry, moment: datetime) -> UUID | Answered:
    """Take a key, or say what it came to; who has it meanwhile is waited for.

    Returns:
        The key of the row that `settle` fills; or what stood there.
    """
    claimed = await tx.run(
        insert(idempotentiesleutels)
        .values(id=uuid4(), moment=moment, uitkomst={}, **msgspec.structs.asdict(retry))
        .on_conflict_do_nothing()
        .returning(idempotentiesleutels.c.id)
    )
    if claimed:
        return cast("UUID", claimed[0][0])
    columns = idempotentiesleutels.c
    (found,) = await tx.run(
        select(columns.uitkomst, columns.vraag).where(
            columns.aanvrager == retry.aanvrager,
            columns.mutatie == retry.mutatie,
            columns.sleutel == retry.sleutel,
        )
    )
    return Answered(found.uitkomst, found.vraag == retry.vraag)


async def settle(tx: Transaction, key: UUID, uitkomst: object) -> None:
    """Keep what a claimed question came to."""
    await tx.run(
        update(idempotentiesleutels)
        .where(idempotentiesleutels.c.id == key)
        .values(uitkomst=uitkomst)
    )
