"""What every mutation of a partij takes and gives."""

from typing import cast
from uuid import UUID

import strawberry

from gateway.errors import Missing
from gateway.recording.fouten import FoutCode
from gateway.recording.recorder import Question, Uitkomst, Work
from gateway.recording.vaststelling import Vastgesteld
from schema.connection import given
from schema.mutation.payload import Fout, Info, record
from schema.node import key_of
from schema.partij import Partij
from schema.vaststelling import IdentiteitsvaststellingInput, vaststelling_of


@strawberry.type(description="Wat een mutatie van een partij opleverde.")
class PartijPayload:
    """The partij as it is now, or why nothing changed."""

    partij: Partij | None = strawberry.field(
        description="De partij zoals die nu is, ook als de gegeven versie verouderd was;"
        " leeg als die er niet (meer) is."
    )
    fouten: list[Fout] = strawberry.field(
        description="Wat er niet klopt; dan is er niets vastgelegd."
    )


async def recorded(
    question: Question, work: Work, info: Info, known: Vastgesteld
) -> PartijPayload:
    """Have it recorded, and give the partij as it is then.

    Raises:
        GatewayError: the store does not answer, or not in time.
    """
    return await payload_of(await record(info, question, work), info, known)


async def payload_of(
    found: Uitkomst, info: Info, known: Vastgesteld, asked: UUID | None = None
) -> PartijPayload:
    """Give the partij as it is now.

    Args:
        found: what it came to.
        info: of the field.
        known: whether the partij may be disclosed.
        asked: which, of what tells the current one when what was seen is not.
    """
    keys = [key for name, key in found.sleutels.items() if name == "partij"]
    if asked is not None and any(e.code is FoutCode.VEROUDERD for e in found.fouten):
        keys = [asked]
    sight, store = info.context.sight, info.context.store.partijen
    records = await store.partijen_by_id(keys) if keys else [None]
    (seen,) = await sight.partijen(records, disclosed=known.disclosed)
    return PartijPayload(
        partij=None if isinstance(seen, Missing) else cast("Partij", seen),
        fouten=cast("list[Fout]", list(found.fouten)),
    )


def vastgesteld(info: Info, asked: IdentiteitsvaststellingInput | None) -> Vastgesteld:
    """Say what is known of who gives the data.

    Raises:
        BadInput: what is stated breaks a rule.
    """
    sight = info.context.sight
    stated = vaststelling_of(given(asked))
    disclosed = sight.caller.is_klant or sight.undisclosed(stated) is None
    return Vastgesteld(stated, disclosed)


def partij_key(value: str) -> UUID:
    """Read the id of a partij.

    Raises:
        BadInput: it is no such id.
    """
    return key_of(value, "Partij", "id")
