"""Verifying a digitaal adres by a code that is sent there."""

from typing import Annotated

import strawberry

from gateway.recording.contactgegevens import verificatie
from gateway.recording.recorder import Question
from schema.mutation.contactgegevens import Vaststelling, change
from schema.mutation.digitaal_adres import (
    DigitaalAdresId,
    DigitaalAdresPayload,
    payload,
)
from schema.mutation.payload import Info, recorder_of
from schema.node import key_of
from schema.scalars import Identificatienummer

Code = Annotated[
    Identificatienummer,
    strawberry.argument(description="De code van zes cijfers die is ontvangen."),
]


@strawberry.type
class VerificatieMutations:
    """Root fields."""

    @strawberry.mutation(
        description="Stuur een code naar een e-mailadres of telefoonnummer van een partij."
        " Een nieuwe code vervangt de vorige."
    )
    async def vraag_verificatie_aan(
        self,
        info: Info,
        id: DigitaalAdresId,  # noqa: A002 - Relay's name
        identiteitsvaststelling: Vaststelling = strawberry.UNSET,
    ) -> DigitaalAdresPayload | None:
        key = key_of(id, "DigitaalAdres", "id")
        aanvraag = verificatie.Aanvraag(recorder_of(info).desk.verzending)
        found = await change(
            info,
            identiteitsvaststelling,
            Question("vraagVerificatieAan", None, key),
            lambda recording: aanvraag.vraag_aan(key, recording),
        )
        await aanvraag.verzend(info.context.deadline)
        return await payload(found, info)

    @strawberry.mutation(
        description="Bevestig een digitaal adres met de code die daar is ontvangen. Na te"
        " veel verkeerde codes is de code niet meer te gebruiken."
    )
    async def bevestig_verificatie(
        self,
        info: Info,
        id: DigitaalAdresId,  # noqa: A002 - Relay's name
        code: Code,
        identiteitsvaststelling: Vaststelling = strawberry.UNSET,
    ) -> DigitaalAdresPayload | None:
        key = key_of(id, "DigitaalAdres", "id")
        found = await change(
            info,
            identiteitsvaststelling,
            Question("bevestigVerificatie", None, key),
            lambda recording: verificatie.bevestig(key, str(code), recording),
        )
        return await payload(found, info)
