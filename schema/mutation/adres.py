"""The bezoekadres and the correspondentieadres of a partij: put, and removed."""

from typing import Annotated, cast

import strawberry

from gateway.recording.contactgegevens import adressen
from gateway.recording.recorder import Question, Uitkomst
from gateway.recording.waarden.adressen import Adres
from schema.mutation.contactgegevens import (
    PartijId,
    Toestemming,
    Vaststelling,
    change,
    fetch_partij,
    partij_key,
)
from schema.mutation.enums import SoortAdres
from schema.mutation.gegevens import AdresInput
from schema.mutation.payload import Fout, Info
from schema.mutation.reading import struct_of, values_of
from schema.partij import Partij


@strawberry.type(description="Wat een mutatie van een adres opleverde.")
class AdresPayload:
    """The partij as it is now, or why nothing changed."""

    partij: Partij | None = strawberry.field(
        description="De partij zoals die nu is, met haar adressen; leeg als die er niet"
        " is."
    )
    fouten: list[Fout] = strawberry.field(
        description="Wat er niet klopt; dan is er niets vastgelegd."
    )


NieuwAdres = Annotated[AdresInput, strawberry.argument(description="Het adres.")]
Soort = Annotated[SoortAdres, strawberry.argument(description="Welk adres.")]


@strawberry.type
class AdresMutations:
    """Root fields."""

    @strawberry.mutation(
        description="Geef een partij een bezoekadres of correspondentieadres, in plaats"
        " van het vorige."
    )
    async def zet_adres(
        self,
        info: Info,
        partij: PartijId,
        invoer: NieuwAdres,
        toestemming_hergebruik: Toestemming = False,
        identiteitsvaststelling: Vaststelling = strawberry.UNSET,
    ) -> AdresPayload | None:
        key = partij_key(partij)
        asked = struct_of(values_of(invoer), Adres)
        found = await change(
            info,
            identiteitsvaststelling,
            Question("zetAdres", None, (key, asked)),
            lambda recording: adressen.zet(
                key, asked, recording, toestemming=toestemming_hergebruik
            ),
        )
        return await _payload(found, info)

    @strawberry.mutation(
        description="Verwijder het bezoekadres of correspondentieadres van een partij."
    )
    async def verwijder_adres(
        self,
        info: Info,
        partij: PartijId,
        soort: Soort,
        identiteitsvaststelling: Vaststelling = strawberry.UNSET,
    ) -> AdresPayload | None:
        key = partij_key(partij)
        found = await change(
            info,
            identiteitsvaststelling,
            Question("verwijderAdres", None, (key, soort)),
            lambda recording: adressen.verwijder(key, str(soort), recording),
        )
        return await _payload(found, info)


async def _payload(found: Uitkomst, info: Info) -> AdresPayload:
    return AdresPayload(
        partij=await fetch_partij(found, info),
        fouten=cast("list[Fout]", list(found.fouten)),
    )
