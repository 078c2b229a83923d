"""Actoren: registered, and changed."""

from typing import Annotated, cast

import strawberry

from gateway.recording import actoren
from gateway.recording.recorder import Question, Uitkomst
from schema.actor import Actor
from schema.enums import SoortActor
from schema.mutation.gegevens import IdentificatorInput
from schema.mutation.payload import Fout, Idempotentiesleutel, Info, record, sleutel_of
from schema.mutation.reading import struct_of, values_of
from schema.node import key_of


@strawberry.input(description="Een actor die nog niet geregistreerd is.")
class RegistreerActorInput:
    """What it is registered with."""

    soort_actor: SoortActor = strawberry.field(description="Wat voor actor dit is.")
    naam: str = strawberry.field(description="De naam.")
    functie: str | None = strawberry.field(
        default=strawberry.UNSET,
        description="De functie van een medewerker of systeem.",
    )
    omschrijving: str | None = strawberry.field(
        default=strawberry.UNSET,
        description="Een omschrijving van een organisatorische eenheid of systeem.",
    )
    emailadres: str | None = strawberry.field(
        default=strawberry.UNSET, description="Het e-mailadres; niet van een systeem."
    )
    telefoonnummer: str | None = strawberry.field(
        default=strawberry.UNSET,
        description="Het telefoonnummer; niet van een systeem.",
    )
    identificator: IdentificatorInput | None = strawberry.field(
        default=strawberry.UNSET,
        description="Waarmee de actor in een ander register wordt aangeduid.",
    )


@strawberry.input(description="Wat aan een actor wijzigt; wat ontbreekt, blijft.")
class WijzigActorInput:
    """Null empties what may be empty."""

    naam: str | None = strawberry.field(
        default=strawberry.UNSET, description="De naam; mag niet leeg worden."
    )
    indicatie_actief: bool | None = strawberry.field(
        default=strawberry.UNSET,
        description="Of de actor aan nieuwe klantcontacten en taken kan meedoen.",
    )
    functie: str | None = strawberry.field(
        default=strawberry.UNSET, description="De functie."
    )
    omschrijving: str | None = strawberry.field(
        default=strawberry.UNSET, description="Een omschrijving."
    )
    emailadres: str | None = strawberry.field(
        default=strawberry.UNSET, description="Het e-mailadres."
    )
    telefoonnummer: str | None = strawberry.field(
        default=strawberry.UNSET, description="Het telefoonnummer."
    )


@strawberry.type(description="Wat een mutatie van een actor opleverde.")
class ActorPayload:
    """The actor as it is now, or why nothing changed."""

    actor: Actor | None = strawberry.field(
        description="De actor zoals die nu is; leeg als die er niet is."
    )
    fouten: list[Fout] = strawberry.field(
        description="Wat er niet klopt; dan is er niets vastgelegd."
    )


ActorInvoer = Annotated[
    RegistreerActorInput, strawberry.argument(description="De actor.")
]
ActorWijziging = Annotated[
    WijzigActorInput, strawberry.argument(description="Wat er wijzigt.")
]
ActorId = Annotated[
    strawberry.ID, strawberry.argument(description="De sleutel van de actor.")
]


@strawberry.type
class ActorMutations:
    """Root fields."""

    @strawberry.mutation(description="Registreer wie namens de gemeente optreedt.")
    async def registreer_actor(
        self,
        info: Info,
        invoer: ActorInvoer,
        idempotentiesleutel: Idempotentiesleutel = strawberry.UNSET,
    ) -> ActorPayload | None:
        asked = struct_of(values_of(invoer), actoren.ActorGegevens)
        sleutel = sleutel_of(idempotentiesleutel)
        found = await record(
            info,
            Question("registreerActor", sleutel, asked),
            lambda recording: actoren.registreer(asked, recording),
        )
        return await _payload(found, info)

    @strawberry.mutation(
        description="Wijzig een actor. Wie niet meer actief is, doet aan nieuwe"
        " klantcontacten en taken niet mee."
    )
    async def wijzig_actor(
        self,
        info: Info,
        id: ActorId,  # noqa: A002 - Relay's name
        invoer: ActorWijziging,
    ) -> ActorPayload | None:
        key = key_of(id, "Actor", "id")
        asked = struct_of(values_of(invoer), actoren.ActorWijziging)
        found = await record(
            info,
            Question("wijzigActor", None, asked),
            lambda recording: actoren.wijzig(key, asked, recording),
        )
        return await _payload(found, info)


async def _payload(found: Uitkomst, info: Info) -> ActorPayload:
    keys = [key for name, key in found.sleutels.items() if name == "actor"]
    records = await info.context.store.actoren.actoren_by_id(keys) if keys else [None]
    (actor,) = info.context.sight.let_pass(records)
    return ActorPayload(
        actor=cast("Actor | None", actor),
        fouten=cast("list[Fout]", list(found.fouten)),
    )
