"""Partijen are changed, emptied and removed; their consent is given and withdrawn."""

from functools import partial
from typing import Annotated

import strawberry

from gateway.recording.partijen import (
    toestemming,
    verwijderen,
)
from gateway.recording.partijen.wijzigen import PartijWijziging, Wijziging, wijzig
from gateway.recording.recorder import Question
from gateway.retention.archief import read_archief
from schema.mutation.contactgegevens import PartijId, Vaststelling
from schema.mutation.gegevens import ContactnaamInput
from schema.mutation.partij_payload import (
    PartijPayload,
    partij_key,
    payload_of,
    recorded,
    vastgesteld,
)
from schema.mutation.payload import Info, record
from schema.mutation.reading import struct_of, values_of


@strawberry.input(description="Wat aan een partij wijzigt; wat ontbreekt, blijft.")
class WijzigPartijInput:
    """`partijen.wijzigen.PartijWijziging`; null empties."""

    contactnaam: ContactnaamInput | None = strawberry.field(
        default=strawberry.UNSET,
        description="De hele contactnaam, in plaats van de vorige.",
    )
    naam: str | None = strawberry.field(
        default=strawberry.UNSET, description="De naam van een organisatie."
    )
    interne_notitie: str | None = strawberry.field(
        default=strawberry.UNSET,
        description="Voor intern gebruik; nooit aan de klant te tonen.",
    )
    indicatie_geheimhouding: bool | None = strawberry.field(
        default=strawberry.UNSET, description="Of om geheimhouding is gevraagd."
    )
    voorkeurstaal: str | None = strawberry.field(
        default=strawberry.UNSET,
        description="De taal die de klant verkiest (ISO 639-2, zoals nld; dut is die"
        " taal ook).",
    )
    indicatie_actief: bool | None = strawberry.field(
        default=strawberry.UNSET,
        description="Of de contactgegevens nog te gebruiken zijn; mag niet leeg worden.",
    )
    toestemming_hergebruik: bool = strawberry.field(
        default=False,
        description="Of de klant nu toestemming geeft om deze gegevens voor andere"
        " contacten te gebruiken; zonder, nu of eerder, komen ze niet bij een partij.",
    )


Versie = Annotated[
    int,
    strawberry.argument(
        description="De versie die de vrager zag; is die verouderd, dan wijzigt er niets."
    ),
]
Invoer = Annotated[
    WijzigPartijInput, strawberry.argument(description="Wat er wijzigt.")
]


@strawberry.type
class PartijMutations:
    """Root fields."""

    @strawberry.mutation(
        description="Wijzig wat een partij van zichzelf zegt. Een klant wijzigt alleen de"
        " eigen partij."
    )
    async def wijzig_partij(
        self,
        info: Info,
        id: PartijId,  # noqa: A002 - Relay's name
        versie: Versie,
        invoer: Invoer,
        identiteitsvaststelling: Vaststelling = strawberry.UNSET,
    ) -> PartijPayload | None:
        values = values_of(invoer)
        consents = bool(values.pop("toestemming_hergebruik"))
        changes = struct_of(values, PartijWijziging)
        key, known = partij_key(id), vastgesteld(info, identiteitsvaststelling)
        asked = Wijziging(key, versie, changes, consents, known)
        question = Question("wijzigPartij", None, asked)
        found = await record(info, question, partial(wijzig, asked))
        return await payload_of(found, info, known, key)

    @strawberry.mutation(
        description="Leg vast dat een klant toestemming geeft om contactgegevens te"
        " hergebruiken; een klant doet dat alleen voor de eigen partij."
    )
    async def geef_toestemming(
        self,
        info: Info,
        id: PartijId,  # noqa: A002 - Relay's name
        identiteitsvaststelling: Vaststelling = strawberry.UNSET,
    ) -> PartijPayload | None:
        known = vastgesteld(info, identiteitsvaststelling)
        asked = toestemming.Gevraagd(partij_key(id), known)
        work = partial(toestemming.geef, asked)
        question = Question("geefToestemming", None, asked)
        return await recorded(question, work, info, known)

    @strawberry.mutation(
        description="Trek toestemming voor hergebruik in. De partij houdt niet meer dan"
        " haar nummer en identificaties; contactgegevens worden verwijderd."
    )
    async def trek_toestemming_in(
        self,
        info: Info,
        id: PartijId,  # noqa: A002 - Relay's name
        identiteitsvaststelling: Vaststelling = strawberry.UNSET,
    ) -> PartijPayload | None:
        known = vastgesteld(info, identiteitsvaststelling)
        asked = toestemming.Gevraagd(partij_key(id), known)
        work = partial(toestemming.trek_in, asked)
        question = Question("trekToestemmingIn", None, asked)
        return await recorded(question, work, info, known)

    @strawberry.mutation(
        description="Verwijder een partij met alles wat van haar alleen is, voor zover"
        " bewaartermijnen dat toelaten; `fouten` zegt wat haar houdt."
    )
    async def verwijder_partij(
        self,
        info: Info,
        id: PartijId,  # noqa: A002 - Relay's name
        identiteitsvaststelling: Vaststelling = strawberry.UNSET,
    ) -> PartijPayload | None:
        known = vastgesteld(info, identiteitsvaststelling)
        asked = verwijderen.Gevraagd(partij_key(id), known)
        archief = partial(read_archief, info.context.registers)
        question = Question("verwijderPartij", None, asked)
        return await recorded(
            question,
            lambda recording: verwijderen.verwijder(asked, recording, archief),
            info,
            known,
        )
