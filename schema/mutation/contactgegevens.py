"""What all mutations of a partij's contact data take, and give."""

from collections.abc import Sequence
from typing import Annotated, cast
from uuid import UUID

import strawberry

from gateway.errors import Missing
from gateway.recording.recorder import Question, Recording, Uitkomst, Work
from gateway.recording.vaststelling import demand_vastgesteld
from schema.mutation.partij_payload import vastgesteld
from schema.mutation.payload import Info, record
from schema.node import key_of
from schema.partij import Partij
from schema.vaststelling import IdentiteitsvaststellingInput

PartijId = Annotated[
    strawberry.ID, strawberry.argument(description="De sleutel van de partij.")
]
Vaststelling = Annotated[
    IdentiteitsvaststellingInput | None,
    strawberry.argument(
        description="Met wie een medewerker spreekt: die geeft de gegevens, en mag dat."
        " Wie voor zichzelf vraagt hoeft dit niet."
    ),
]
Toestemming = Annotated[
    bool,
    strawberry.argument(
        description="Of de klant nu toestemming geeft om contactgegevens te hergebruiken."
        " Zonder toestemming, nu of eerder, worden ze niet bij een partij bewaard."
    ),
]


async def change(
    info: Info,
    stated: IdentiteitsvaststellingInput | None,
    question: Question,
    work: Work,
) -> Uitkomst:
    """Have it recorded, if it is certain enough who gives these data.

    Raises:
        BadInput: what is stated breaks a rule.
        GatewayError: the store does not answer, or not in time.
    """
    known = vastgesteld(info, stated)

    async def when_certain(recording: Recording) -> Uitkomst:
        demand_vastgesteld(known, recording)
        return await work(recording)

    found = await record(info, question, when_certain)
    # A retry is answered before anybody looks at what is stated.
    return found if known.disclosed else Uitkomst(fouten=found.fouten)


async def fetch_partij(found: Uitkomst, info: Info) -> Partij | None:
    """Read the partij as it is now; to a klant it must still be their own."""
    keys = keys_in(found, "partij")
    records = await info.context.store.partijen.partijen_by_id(keys) if keys else [None]
    (seen,) = await info.context.sight.partijen(records, disclosed=True)
    return None if isinstance(seen, Missing) else cast("Partij", seen)


def keys_in(found: Uitkomst, name: str) -> Sequence[UUID]:
    """Give the key of what was recorded, if there is one."""
    return [key for each, key in found.sleutels.items() if each == name]


def partij_key(value: str) -> UUID:
    """Read the id of a partij.

    Raises:
        BadInput: it is no such id.
    """
    return key_of(value, "Partij", "partij")
