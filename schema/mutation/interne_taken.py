"""Interne taken: registered, verwerkt, and passed on."""

from datetime import datetime
from typing import Annotated, cast
from uuid import UUID

import strawberry

from gateway.identity.policy.fields import FIELDS
from gateway.recording import taakverloop
from gateway.recording.klantcontacten.gegevens import KlantcontactGegevens
from gateway.recording.recorder import Question, Uitkomst
from schema.connection import given
from schema.interne_taak import InterneTaak
from schema.klantcontact import Klantcontact
from schema.mutation import klantcontact
from schema.mutation.interne_taak import TaakInput, taak_of
from schema.mutation.klantcontact_invoer import KlantcontactInput
from schema.mutation.klantcontact_lezen import klantcontact_of
from schema.mutation.payload import Fout, Idempotentiesleutel, Info, record, sleutel_of
from schema.mutation.reading import keys_of, struct_of, values_of
from schema.node import key_of

PAD = "invoer"


@strawberry.input(description="Hoe een interne taak is verwerkt.")
class VerwerkInterneTaakInput:
    """`gateway.recording.taakverloop.Verwerking`."""

    verwerkt_op: datetime | None = strawberry.field(
        default=strawberry.UNSET, description="Wanneer; zonder: nu."
    )
    klantcontact: KlantcontactInput | None = strawberry.field(
        default=strawberry.UNSET,
        description="Het klantcontact waarin de klant antwoord kreeg; wordt tegelijk"
        " vastgelegd, met deze taak als onderwerp.",
    )


@strawberry.input(description="Naar wie een interne taak gaat, en waarom.")
class HerrouteerInterneTaakInput:
    """`gateway.recording.taakverloop.Herroutering`."""

    reden: str = strawberry.field(
        description="Waarom de taak hier niet hoorde; komt onder de toelichting ervan."
    )
    actoren: list[strawberry.ID] = strawberry.field(
        description="Aan wie de nieuwe taak is toegewezen: minstens één, en in gebruik."
    )
    gevraagde_handeling: str | None = strawberry.field(
        default=strawberry.UNSET,
        description="Wat er moet gebeuren; zonder: hetzelfde.",
    )
    toelichting: str | None = strawberry.field(
        default=strawberry.UNSET, description="Uitleg erbij; zonder: dezelfde."
    )


@strawberry.type(description="Wat het registreren van een interne taak opleverde.")
class InterneTaakPayload:
    """The taak as it is now, or why there is none."""

    interne_taak: InterneTaak | None = strawberry.field(
        description="De taak zoals die nu is; leeg als die er niet is."
    )
    fouten: list[Fout] = strawberry.field(
        description="Wat er niet klopt; dan is er niets vastgelegd."
    )


@strawberry.type(description="Wat het verwerken van een interne taak opleverde.")
class VerwerkInterneTaakPayload:
    """The taak as it is now, also when it was not changed."""

    interne_taak: InterneTaak | None = strawberry.field(
        description="De taak zoals die nu is, ook bij fouten; leeg als die er niet is."
    )
    klantcontact: Klantcontact | None = strawberry.field(
        description="Het klantcontact waarin de klant antwoord kreeg, als dat tegelijk"
        " is vastgelegd."
    )
    fouten: list[Fout] = strawberry.field(
        description="Wat er niet klopt; dan is er niets vastgelegd."
    )
    waarschuwingen: list[Fout] = strawberry.field(
        description="Waarmee het klantcontact toch is vastgelegd."
    )


@strawberry.type(description="Wat het herrouteren van een interne taak opleverde.")
class HerrouteerInterneTaakPayload:
    """The taak as it is now, also when it was not changed, and the one in its place."""

    interne_taak: InterneTaak | None = strawberry.field(
        description="De taak zoals die nu is, ook bij fouten; leeg als die er niet is."
    )
    nieuwe_taak: InterneTaak | None = strawberry.field(
        description="De taak die ervoor in de plaats komt."
    )
    fouten: list[Fout] = strawberry.field(
        description="Wat er niet klopt; dan is er niets vastgelegd."
    )


KlantcontactId = Annotated[
    strawberry.ID,
    strawberry.argument(description="De sleutel van het klantcontact van de taak."),
]
TaakId = Annotated[
    strawberry.ID, strawberry.argument(description="De sleutel van de taak.")
]
Versie = Annotated[int, strawberry.argument(description="De versie die is gezien.")]
Taak = Annotated[TaakInput, strawberry.argument(description="De taak.")]
Verwerking = Annotated[
    VerwerkInterneTaakInput | None,
    strawberry.argument(description="Hoe de taak is verwerkt."),
]
Herroutering = Annotated[
    HerrouteerInterneTaakInput, strawberry.argument(description="Waarheen, en waarom.")
]


@strawberry.type
class InterneTaakMutations:
    """Root fields."""

    @strawberry.mutation(
        description="Registreer wat er naar aanleiding van een eerder vastgelegd"
        " klantcontact moet gebeuren."
    )
    async def registreer_interne_taak(
        self,
        info: Info,
        klantcontact_id: KlantcontactId,
        invoer: Taak,
        idempotentiesleutel: Idempotentiesleutel = strawberry.UNSET,
    ) -> InterneTaakPayload | None:
        key = key_of(klantcontact_id, "Klantcontact", "klantcontactId")
        asked = taak_of(invoer, PAD)
        found = await record(
            info,
            Question(
                "registreerInterneTaak", sleutel_of(idempotentiesleutel), (key, asked)
            ),
            lambda recording: taakverloop.registreer(key, asked, recording),
        )
        return InterneTaakPayload(
            interne_taak=await _taak(found.sleutels.get("interne_taak"), info),
            fouten=_told(found),
        )

    @strawberry.mutation(
        description="Leg vast dat een interne taak is verwerkt, en zo nodig tegelijk het"
        " klantcontact waarin de klant antwoord kreeg."
    )
    async def verwerk_interne_taak(
        self,
        info: Info,
        id: TaakId,  # noqa: A002 - Relay's name
        versie: Versie,
        invoer: Verwerking = strawberry.UNSET,
        idempotentiesleutel: Idempotentiesleutel = strawberry.UNSET,
    ) -> VerwerkInterneTaakPayload | None:
        key = key_of(id, "InterneTaak", "id")
        answer = given(invoer) or VerwerkInterneTaakInput()
        asked = taakverloop.Verwerking(
            versie=versie,
            verwerkt_op=given(answer.verwerkt_op),
            klantcontact=_klantcontact(given(answer.klantcontact), info),
        )
        sleutel = sleutel_of(idempotentiesleutel)
        found = await record(
            info,
            Question("verwerkInterneTaak", sleutel, (key, asked)),
            lambda recording: taakverloop.verwerk(key, asked, recording),
        )
        contact = await klantcontact.payload(found, info)
        return VerwerkInterneTaakPayload(
            interne_taak=await _taak(key, info),
            klantcontact=contact.klantcontact,
            fouten=contact.fouten,
            waarschuwingen=contact.waarschuwingen,
        )

    @strawberry.mutation(
        description="Geef een interne taak door die hier niet hoorde: deze is verwerkt,"
        " met uitleg, en voor hetzelfde klantcontact komt er een andere."
    )
    async def herrouteer_interne_taak(
        self,
        info: Info,
        id: TaakId,  # noqa: A002 - Relay's name
        versie: Versie,
        invoer: Herroutering,
        idempotentiesleutel: Idempotentiesleutel = strawberry.UNSET,
    ) -> HerrouteerInterneTaakPayload | None:
        key = key_of(id, "InterneTaak", "id")
        actoren = keys_of(invoer.actoren, "Actor", f"{PAD}.actoren")
        values = values_of(invoer) | {"versie": versie, "actoren": actoren}
        asked = struct_of(values, taakverloop.Herroutering)
        sleutel = sleutel_of(idempotentiesleutel)
        found = await record(
            info,
            Question("herrouteerInterneTaak", sleutel, (key, asked)),
            lambda recording: taakverloop.herrouteer(key, asked, recording),
        )
        return HerrouteerInterneTaakPayload(
            interne_taak=await _taak(key, info),
            nieuwe_taak=await _taak(found.sleutels.get("nieuwe_taak"), info),
            fouten=_told(found),
        )


def _klantcontact(
    asked: KlantcontactInput | None, info: Info
) -> KlantcontactGegevens | None:
    """Read the answer to a klant.

    Raises:
        Denied: who asks may record no klantcontacten.
        BadInput: an id is none, or of something else; names the argument.
    """
    if asked is None:
        return None
    rule = FIELDS["Mutation"].fields["registreerKlantcontact"]
    refused = info.context.sight.decided(rule)
    if refused is not None:
        raise refused
    answer = klantcontact_of(asked, f"{PAD}.klantcontact")
    klantcontact.admit(answer, info)
    return answer


async def _taak(key: UUID | None, info: Info) -> InterneTaak | None:
    """Read a taak as it is now; None if who asks may not see it."""
    if key is None:
        return None
    (found,) = await info.context.store.interne_taken.interne_taken_by_id([key])
    if found is None:
        return None
    (seen,) = info.context.sight.interne_taken([found])
    return cast("InterneTaak", seen) if seen is found else None


def _told(found: Uitkomst) -> list[Fout]:
    return cast("list[Fout]", list(found.fouten))
