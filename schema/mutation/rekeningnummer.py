"""Rekeningnummers of a partij: added, and removed."""

from typing import Annotated, cast

import strawberry

from gateway.recording.contactgegevens import rekeningnummers
from gateway.recording.recorder import Question, Uitkomst
from gateway.recording.waarden.rekeningnummers import Rekeningnummer as Gegevens
from schema.mutation.contactgegevens import (
    PartijId,
    Toestemming,
    Vaststelling,
    change,
    fetch_partij,
    keys_in,
    partij_key,
)
from schema.mutation.payload import Fout, Idempotentiesleutel, Info, sleutel_of
from schema.mutation.reading import struct_of, values_of
from schema.node import key_of
from schema.partij import Partij, Rekeningnummer
from schema.scalars import Identificatienummer


@strawberry.input(description="Een bankrekening.")
class RekeningnummerInput:
    """The values of `gateway.recording.waarden.rekeningnummers.Rekeningnummer`."""

    iban: Identificatienummer = strawberry.field(description="Het IBAN; spaties mogen.")
    bic: str | None = strawberry.field(
        default=strawberry.UNSET, description="De BIC van de bank."
    )


@strawberry.type(description="Wat een mutatie van een rekeningnummer opleverde.")
class RekeningnummerPayload:
    """What stands there now, or why nothing changed."""

    rekeningnummer: Rekeningnummer | None = strawberry.field(
        description="Het rekeningnummer; leeg als het er niet is."
    )
    partij: Partij | None = strawberry.field(
        description="De partij zoals die nu is; leeg als die er niet is."
    )
    fouten: list[Fout] = strawberry.field(
        description="Wat er niet klopt; dan is er niets vastgelegd."
    )


NieuwRekeningnummer = Annotated[
    RekeningnummerInput, strawberry.argument(description="Het rekeningnummer.")
]
RekeningnummerId = Annotated[
    strawberry.ID, strawberry.argument(description="De sleutel van het rekeningnummer.")
]


@strawberry.type
class RekeningnummerMutations:
    """Root fields."""

    @strawberry.mutation(description="Voeg aan een partij een rekeningnummer toe.")
    async def voeg_rekeningnummer_toe(
        self,
        info: Info,
        partij: PartijId,
        invoer: NieuwRekeningnummer,
        toestemming_hergebruik: Toestemming = False,
        identiteitsvaststelling: Vaststelling = strawberry.UNSET,
        idempotentiesleutel: Idempotentiesleutel = strawberry.UNSET,
    ) -> RekeningnummerPayload | None:
        key = partij_key(partij)
        asked = struct_of(values_of(invoer), Gegevens)
        question = Question(
            "voegRekeningnummerToe",
            sleutel_of(idempotentiesleutel),
            (key, asked, toestemming_hergebruik),
        )
        found = await change(
            info,
            identiteitsvaststelling,
            question,
            lambda recording: rekeningnummers.voeg_toe(
                key, asked, recording, toestemming=toestemming_hergebruik
            ),
        )
        return await _payload(found, info)

    @strawberry.mutation(description="Verwijder een rekeningnummer van een partij.")
    async def verwijder_rekeningnummer(
        self,
        info: Info,
        id: RekeningnummerId,  # noqa: A002 - Relay's name
        identiteitsvaststelling: Vaststelling = strawberry.UNSET,
    ) -> RekeningnummerPayload | None:
        key = key_of(id, "Rekeningnummer", "id")
        found = await change(
            info,
            identiteitsvaststelling,
            Question("verwijderRekeningnummer", None, key),
            lambda recording: rekeningnummers.verwijder(key, recording),
        )
        return await _payload(found, info)


async def _payload(found: Uitkomst, info: Info) -> RekeningnummerPayload:
    partij = await fetch_partij(found, info)
    wanted = [] if partij is None else keys_in(found, "rekeningnummer")
    store = info.context.store.partijen
    of = await store.rekeningnummers_by_partij(keys_in(found, "partij"))
    mine = [each for some in of for each in some if each.id in wanted]
    return RekeningnummerPayload(
        rekeningnummer=cast("Rekeningnummer | None", next(iter(mine), None)),
        partij=partij,
        fouten=cast("list[Fout]", list(found.fouten)),
    )
