"""Digitale adressen of a partij: added, changed, removed, and preferred."""

from typing import Annotated, cast

import strawberry

from gateway.recording.contactgegevens import digitale_adressen
from gateway.recording.recorder import Question, Uitkomst
from gateway.recording.waarden.digitale_adressen import DigitaalAdres as Gegevens
from schema.connection import given
from schema.digitaal_adres import DigitaalAdres
from schema.mutation.contactgegevens import (
    PartijId,
    Toestemming,
    Vaststelling,
    change,
    fetch_partij,
    keys_in,
    partij_key,
)
from schema.mutation.gegevens import DigitaalAdresInput
from schema.mutation.payload import Fout, Idempotentiesleutel, Info, sleutel_of
from schema.mutation.reading import struct_of, values_of
from schema.node import key_of
from schema.partij import Partij
from schema.scalars import Identificatienummer


@strawberry.input(
    description="Wat aan een digitaal adres wijzigt; wat ontbreekt, blijft. Een adres van"
    " een andere soort is een ander adres."
)
class WijzigDigitaalAdresInput:
    """Null empties what may be empty."""

    adres: Identificatienummer | None = strawberry.field(
        default=strawberry.UNSET,
        description="Het adres zelf; mag niet leeg worden. Een ander adres is niet meer"
        " bevestigd.",
    )
    omschrijving: str | None = strawberry.field(
        default=strawberry.UNSET, description="Zoals `werk` of `mobiel`."
    )
    platform: str | None = strawberry.field(
        default=strawberry.UNSET, description="Bij sociale media: welk."
    )
    standaard: bool | None = strawberry.field(
        default=strawberry.UNSET,
        description="Of dit het eerste van zijn soort is; dan is het vorige dat niet"
        " meer.",
    )


@strawberry.type(description="Wat een mutatie van een digitaal adres opleverde.")
class DigitaalAdresPayload:
    """What stands there now, or why nothing changed."""

    digitaal_adres: DigitaalAdres | None = strawberry.field(
        description="Het digitale adres zoals het nu is; leeg als het er niet is."
    )
    partij: Partij | None = strawberry.field(
        description="De partij zoals die nu is; leeg als die er niet is."
    )
    fouten: list[Fout] = strawberry.field(
        description="Wat er niet klopt; dan is er niets vastgelegd."
    )


DigitaalAdresId = Annotated[
    strawberry.ID, strawberry.argument(description="De sleutel van het digitale adres.")
]
Voorkeur = Annotated[
    strawberry.ID | None,
    strawberry.argument(
        description="Een digitaal adres van deze partij; zonder heeft de partij geen"
        " voorkeur."
    ),
]
NieuwDigitaalAdres = Annotated[
    DigitaalAdresInput, strawberry.argument(description="Het digitale adres.")
]
Wijziging = Annotated[
    WijzigDigitaalAdresInput, strawberry.argument(description="Wat er wijzigt.")
]
Versie = Annotated[
    int, strawberry.argument(description="De versie die de vrager heeft gezien.")
]


@strawberry.type
class DigitaalAdresMutations:
    """Root fields."""

    @strawberry.mutation(
        description="Voeg aan een partij een e-mailadres, telefoonnummer of ander digitaal"
        " adres toe."
    )
    async def voeg_digitaal_adres_toe(
        self,
        info: Info,
        partij: PartijId,
        invoer: NieuwDigitaalAdres,
        toestemming_hergebruik: Toestemming = False,
        identiteitsvaststelling: Vaststelling = strawberry.UNSET,
        idempotentiesleutel: Idempotentiesleutel = strawberry.UNSET,
    ) -> DigitaalAdresPayload | None:
        key = partij_key(partij)
        asked = struct_of(values_of(invoer), Gegevens)
        question = Question(
            "voegDigitaalAdresToe",
            sleutel_of(idempotentiesleutel),
            (key, asked, toestemming_hergebruik),
        )
        found = await change(
            info,
            identiteitsvaststelling,
            question,
            lambda recording: digitale_adressen.voeg_toe(
                key, asked, recording, toestemming=toestemming_hergebruik
            ),
        )
        return await payload(found, info)

    @strawberry.mutation(
        description="Wijzig een digitaal adres van een partij. Bij een verouderde versie"
        " staat het adres zoals het nu is in het antwoord."
    )
    async def wijzig_digitaal_adres(
        self,
        info: Info,
        id: DigitaalAdresId,  # noqa: A002 - Relay's name
        versie: Versie,
        invoer: Wijziging,
        toestemming_hergebruik: Toestemming = False,
        identiteitsvaststelling: Vaststelling = strawberry.UNSET,
    ) -> DigitaalAdresPayload | None:
        key = key_of(id, "DigitaalAdres", "id")
        asked = struct_of(values_of(invoer), digitale_adressen.DigitaalAdresWijziging)
        found = await change(
            info,
            identiteitsvaststelling,
            Question("wijzigDigitaalAdres", None, asked),
            lambda recording: digitale_adressen.wijzig(
                key, versie, asked, recording, toestemming=toestemming_hergebruik
            ),
        )
        return await payload(found, info)

    @strawberry.mutation(description="Verwijder een digitaal adres van een partij.")
    async def verwijder_digitaal_adres(
        self,
        info: Info,
        id: DigitaalAdresId,  # noqa: A002 - Relay's name
        identiteitsvaststelling: Vaststelling = strawberry.UNSET,
    ) -> DigitaalAdresPayload | None:
        key = key_of(id, "DigitaalAdres", "id")
        found = await change(
            info,
            identiteitsvaststelling,
            Question("verwijderDigitaalAdres", None, key),
            lambda recording: digitale_adressen.verwijder(key, recording),
        )
        return await payload(found, info)

    @strawberry.mutation(
        description="Kies het digitale adres dat een partij boven andere verkiest."
    )
    async def kies_voorkeurs_digitaal_adres(
        self,
        info: Info,
        partij: PartijId,
        digitaal_adres: Voorkeur = strawberry.UNSET,
        identiteitsvaststelling: Vaststelling = strawberry.UNSET,
    ) -> DigitaalAdresPayload | None:
        owner, chosen = partij_key(partij), given(digitaal_adres)
        key = chosen and key_of(chosen, "DigitaalAdres", "digitaalAdres")
        found = await change(
            info,
            identiteitsvaststelling,
            Question("kiesVoorkeursDigitaalAdres", None, (owner, key)),
            lambda recording: digitale_adressen.kies_voorkeur(
                owner, key or None, recording
            ),
        )
        return await payload(found, info)


async def payload(found: Uitkomst, info: Info) -> DigitaalAdresPayload:
    """Read what stands there now, of a partij that may be seen."""
    partij = await fetch_partij(found, info)
    keys = [] if partij is None else keys_in(found, "digitaal_adres")
    store = info.context.store.adressen
    records = await store.digitale_adressen_by_id(keys) if keys else [None]
    return DigitaalAdresPayload(
        digitaal_adres=cast("DigitaalAdres | None", records[0]),
        partij=partij,
        fouten=cast("list[Fout]", list(found.fouten)),
    )
