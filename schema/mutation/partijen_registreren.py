"""Partijen are registered: found by what names them, or made."""

from functools import partial
from typing import Annotated, cast

import strawberry

from gateway.recording.partijen.registreren import Registratie, registreer
from gateway.recording.recorder import Question
from schema.enums import SoortPartij
from schema.mutation.contactgegevens import Vaststelling
from schema.mutation.partij import (
    RegistreerContactpersoonInput,
    RegistreerInput,
    RegistreerOrganisatieInput,
    RegistreerPersoonInput,
    gegevens_of,
    looked_up,
)
from schema.mutation.partij_payload import (
    PartijPayload,
    recorded,
    vastgesteld,
)
from schema.mutation.payload import Idempotentiesleutel, Info, sleutel_of
from schema.vaststelling import IdentiteitsvaststellingInput

PAD = "invoer"

Persoon = Annotated[RegistreerPersoonInput, strawberry.argument(description="Wie.")]
Organisatie = Annotated[
    RegistreerOrganisatieInput, strawberry.argument(description="Welke.")
]
Contactpersoon = Annotated[
    RegistreerContactpersoonInput, strawberry.argument(description="Wie.")
]


@strawberry.type
class RegistratieMutations:
    """Root fields: found by what names them, or made."""

    @strawberry.mutation(
        description="Registreer een persoon, of vind die op identificatie. Een partij die"
        " er al is, wordt nooit overschreven: wat zij nog niet heeft, wordt met"
        " toestemming aangevuld."
    )
    async def registreer_persoon(
        self,
        info: Info,
        invoer: Persoon,
        identiteitsvaststelling: Vaststelling = strawberry.UNSET,
        idempotentiesleutel: Idempotentiesleutel = strawberry.UNSET,
    ) -> PartijPayload | None:
        asked = _registratie(info, invoer, SoortPartij.PERSOON, identiteitsvaststelling)
        sleutel = sleutel_of(idempotentiesleutel)
        return await _registreer(Question("registreerPersoon", sleutel, asked), info)

    @strawberry.mutation(
        description="Registreer een organisatie, of vind die op identificatie, zoals een"
        " persoon."
    )
    async def registreer_organisatie(
        self,
        info: Info,
        invoer: Organisatie,
        identiteitsvaststelling: Vaststelling = strawberry.UNSET,
        idempotentiesleutel: Idempotentiesleutel = strawberry.UNSET,
    ) -> PartijPayload | None:
        soort = SoortPartij.ORGANISATIE
        asked = _registratie(info, invoer, soort, identiteitsvaststelling)
        sleutel = sleutel_of(idempotentiesleutel)
        question = Question("registreerOrganisatie", sleutel, asked)
        return await _registreer(question, info)

    @strawberry.mutation(
        description="Registreer wie namens een ander optrad, of vind die op"
        " identificatie en namens wie."
    )
    async def registreer_contactpersoon(
        self,
        info: Info,
        invoer: Contactpersoon,
        identiteitsvaststelling: Vaststelling = strawberry.UNSET,
        idempotentiesleutel: Idempotentiesleutel = strawberry.UNSET,
    ) -> PartijPayload | None:
        soort = SoortPartij.CONTACTPERSOON
        asked = _registratie(info, invoer, soort, identiteitsvaststelling)
        sleutel = sleutel_of(idempotentiesleutel)
        question = Question("registreerContactpersoon", sleutel, asked)
        return await _registreer(question, info)


def _registratie(
    info: Info,
    invoer: RegistreerInput,
    soort: SoortPartij,
    stated: IdentiteitsvaststellingInput | None,
) -> Registratie:
    gegevens = gegevens_of(invoer, PAD, soort)
    consents, known = invoer.toestemming_hergebruik, vastgesteld(info, stated)
    return Registratie(gegevens, consents, known)


async def _registreer(question: Question, info: Info) -> PartijPayload:
    asked = cast("Registratie", question.asked)
    named = asked.gegevens.identificatie
    whose = None if named is None else looked_up(named)
    if whose is not None:
        info.context.sight.look_up(whose)
    work = partial(registreer, asked)
    return await recorded(question, work, info, asked.vastgesteld)
