"""What names a partij elsewhere, and whom it represented: added, and removed."""

from functools import partial
from typing import Annotated

import strawberry

from gateway.recording.partijen import (
    identificaties,
    vertegenwoordiging,
)
from gateway.recording.recorder import Question
from schema.connection import given
from schema.mutation.contactgegevens import PartijId, Vaststelling
from schema.mutation.partij import (
    ExterneIdentificatieInput,
    externe_identificatie_of,
    looked_up,
)
from schema.mutation.partij_payload import (
    PartijPayload,
    partij_key,
    recorded,
    vastgesteld,
)
from schema.mutation.payload import Idempotentiesleutel, Info, sleutel_of
from schema.node import key_of
from schema.vaststelling import IdentiteitsvaststellingInput


@strawberry.input(description="Welke externe identificatie een fout was.")
class HerstelInput:
    """`partijen.identificaties.Herstel`."""

    externe_identificatie: strawberry.ID = strawberry.field(
        description="De sleutel van wat vervalt."
    )
    reden: str = strawberry.field(description="Waarom; blijft bewaard.")


Identificatie = Annotated[
    ExterneIdentificatieInput,
    strawberry.argument(description="Waarmee een register de partij aanduidt."),
]
Herstelt = Annotated[
    HerstelInput | None,
    strawberry.argument(
        description="Welke identificatie hierdoor vervalt; alleen om een fout te"
        " herstellen."
    ),
]
IdentificatieId = Annotated[
    strawberry.ID,
    strawberry.argument(description="De sleutel van de externe identificatie."),
]
Reden = Annotated[
    str, strawberry.argument(description="Welke fout dit herstelt; blijft bewaard.")
]
Vertegenwoordiger = Annotated[
    strawberry.ID, strawberry.argument(description="De partij die vertegenwoordigde.")
]
Vertegenwoordigde = Annotated[
    strawberry.ID, strawberry.argument(description="De partij voor wie.")
]


@strawberry.type
class PartijKoppelingMutations:
    """Root fields."""

    @strawberry.mutation(
        description="Voeg toe waarmee een register een partij aanduidt. Een partij is"
        " hooguit één natuurlijk of niet-natuurlijk persoon, nooit beide."
    )
    async def voeg_externe_identificatie_toe(
        self,
        info: Info,
        id: PartijId,  # noqa: A002 - Relay's name
        identificatie: Identificatie,
        herstelt: Herstelt = strawberry.UNSET,
        identiteitsvaststelling: Vaststelling = strawberry.UNSET,
        idempotentiesleutel: Idempotentiesleutel = strawberry.UNSET,
    ) -> PartijPayload | None:
        known = vastgesteld(info, identiteitsvaststelling)
        named = externe_identificatie_of(identificatie, "identificatie")
        wrong = given(herstelt)
        asked = identificaties.Toevoeging(
            partij_key(id), named, None if wrong is None else _herstel(wrong), known
        )
        whose = looked_up(named)
        if whose is not None:
            info.context.sight.look_up(whose)
        work = partial(identificaties.voeg_toe, asked)
        sleutel = sleutel_of(idempotentiesleutel)
        question = Question("voegExterneIdentificatieToe", sleutel, asked)
        return await recorded(question, work, info, known)

    @strawberry.mutation(
        description="Verwijder een externe identificatie die een fout was; niet de"
        " laatste van een persoon of organisatie."
    )
    async def verwijder_externe_identificatie(
        self,
        info: Info,
        id: IdentificatieId,  # noqa: A002 - Relay's name
        reden: Reden,
        identiteitsvaststelling: Vaststelling = strawberry.UNSET,
    ) -> PartijPayload | None:
        known = vastgesteld(info, identiteitsvaststelling)
        key = key_of(id, "ExterneIdentificatie", "id")
        asked = identificaties.Verwijdering(key, reden, known)
        work = partial(identificaties.verwijder, asked)
        question = Question("verwijderExterneIdentificatie", None, asked)
        return await recorded(question, work, info, known)

    @strawberry.mutation(
        description="Leg vast dat een partij een andere vertegenwoordigde, zoals dat is"
        " vastgesteld. Geen bewijs van een machtiging later."
    )
    async def voeg_vertegenwoordiging_toe(
        self,
        info: Info,
        vertegenwoordiger: Vertegenwoordiger,
        vertegenwoordigde: Vertegenwoordigde,
        identiteitsvaststelling: Vaststelling = strawberry.UNSET,
        idempotentiesleutel: Idempotentiesleutel = strawberry.UNSET,
    ) -> PartijPayload | None:
        both = (vertegenwoordiger, vertegenwoordigde)
        asked = _vertegenwoordiging(info, *both, identiteitsvaststelling)
        work = partial(vertegenwoordiging.voeg_toe, asked)
        sleutel = sleutel_of(idempotentiesleutel)
        question = Question("voegVertegenwoordigingToe", sleutel, asked)
        return await recorded(question, work, info, asked.vastgesteld)

    @strawberry.mutation(description="Verwijder een vastgelegde vertegenwoordiging.")
    async def verwijder_vertegenwoordiging(
        self,
        info: Info,
        vertegenwoordiger: Vertegenwoordiger,
        vertegenwoordigde: Vertegenwoordigde,
        identiteitsvaststelling: Vaststelling = strawberry.UNSET,
    ) -> PartijPayload | None:
        both = (vertegenwoordiger, vertegenwoordigde)
        asked = _vertegenwoordiging(info, *both, identiteitsvaststelling)
        work = partial(vertegenwoordiging.verwijder, asked)
        question = Question("verwijderVertegenwoordiging", None, asked)
        return await recorded(question, work, info, asked.vastgesteld)


def _vertegenwoordiging(
    info: Info, own: str, other: str, stated: IdentiteitsvaststellingInput | None
) -> vertegenwoordiging.Gevraagd:
    return vertegenwoordiging.Gevraagd(
        key_of(own, "Partij", "vertegenwoordiger"),
        key_of(other, "Partij", "vertegenwoordigde"),
        vastgesteld(info, stated),
    )


def _herstel(asked: HerstelInput) -> identificaties.Herstel:
    where = "herstelt.externeIdentificatie"
    key = key_of(asked.externe_identificatie, "ExterneIdentificatie", where)
    return identificaties.Herstel(key, asked.reden)
