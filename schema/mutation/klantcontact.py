"""Klantcontacten: recorded, added to, corrected; betrokkenen are linked."""

from datetime import datetime
from typing import Annotated, cast
from uuid import UUID

import strawberry

from gateway.errors import BadInput, Missing
from gateway.identity.policy.fields import FIELDS
from gateway.identity.sight.passed import Reached
from gateway.recording.klantcontacten import aanvullen, corrigeren, koppelen
from gateway.recording.klantcontacten.gegevens import KlantcontactGegevens
from gateway.recording.klantcontacten.registreren import registreer
from gateway.recording.recorder import Question, Uitkomst
from schema.connection import given
from schema.enums import Rol
from schema.klantcontact import Klantcontact
from schema.mutation.klantcontact_invoer import (
    InhoudsdeelInput,
    KlantcontactInput,
    OnderwerpInput,
)
from schema.mutation.klantcontact_lezen import (
    each_of,
    inhoudsdeel_of,
    klantcontact_of,
    onderwerp_of,
)
from schema.mutation.partij import looked_up
from schema.mutation.payload import Fout, Idempotentiesleutel, Info, record, sleutel_of
from schema.mutation.reading import keys_of, struct_of, values_of
from schema.node import key_of
from schema.vaststelling import IdentiteitsvaststellingInput, vaststelling_of

PAD = "invoer"


@strawberry.type(description="Wat een mutatie van een klantcontact opleverde.")
class KlantcontactPayload:
    """The klantcontact as it is now, or why it was not recorded."""

    klantcontact: Klantcontact | None = strawberry.field(
        description="Het klantcontact zoals het nu is; leeg als het er niet is, of als de"
        " vrager het niet mag zien."
    )
    fouten: list[Fout] = strawberry.field(
        description="Wat er niet klopt; dan is er niets vastgelegd."
    )
    waarschuwingen: list[Fout] = strawberry.field(
        description="Waarmee het toch is vastgelegd."
    )


@strawberry.input(description="Wat er tijdens een klantcontact bij komt.")
class AanvullingInput:
    """`klantcontacten.aanvullen.Aanvulling`."""

    onderwerpen: list[OnderwerpInput] = strawberry.field(
        default_factory=list, description="Waar het nog meer over ging."
    )
    inhoud: list[InhoudsdeelInput] = strawberry.field(
        default_factory=list, description="Wat er verder is uitgewisseld."
    )
    actoren: list[strawberry.ID] = strawberry.field(
        default_factory=list,
        description="Wie er nog meer meededen, zoals een collega na doorverbinden.",
    )
    beeindigd_op: datetime | None = strawberry.field(
        default=strawberry.UNSET,
        description="Wanneer het contact eindigde; daarna kan er niets meer bij.",
    )


@strawberry.input(description="Wat een onderwerp had moeten zijn.")
class OnderwerpCorrectieInput:
    """`klantcontacten.corrigeren.OnderwerpCorrectie`."""

    id: strawberry.ID = strawberry.field(description="De sleutel van het onderwerp.")
    wordt: OnderwerpInput = strawberry.field(description="Wat het had moeten zijn.")


@strawberry.input(description="Wat een inhoudsdeel had moeten zijn.")
class InhoudsdeelCorrectieInput:
    """`klantcontacten.corrigeren.InhoudCorrectie`."""

    id: strawberry.ID = strawberry.field(description="De sleutel van het inhoudsdeel.")
    wordt: InhoudsdeelInput = strawberry.field(description="Wat het had moeten zijn.")


@strawberry.input(description="Wat er van een betrokkene had moeten staan.")
class BetrokkeneCorrectieInput:
    """`klantcontacten.corrigeren.BetrokkeneCorrectie`."""

    id: strawberry.ID = strawberry.field(description="De sleutel van de betrokkene.")
    rol: Rol | None = strawberry.field(default=strawberry.UNSET, description="De rol.")
    initiator: bool | None = strawberry.field(
        default=strawberry.UNSET,
        description="Of het initiatief van deze betrokkene uitging.",
    )
    ontkoppel: bool = strawberry.field(
        default=False,
        description="Of het een fout was dat deze betrokkene als een partij gekend is."
        " Wie het wel was, is daarna met `koppelBetrokkene` vast te leggen.",
    )


@strawberry.input(
    description="Wat er aan een klantcontact hersteld wordt; wat ontbreekt, blijft."
)
class CorrectieInput:
    """`klantcontacten.corrigeren.Correctie`."""

    reden: str = strawberry.field(description="Waarom; blijft bewaard.")
    kanaal: str | None = strawberry.field(
        default=strawberry.UNSET,
        description="Het kanaal, een code uit `referentielijsten.kanalen`.",
    )
    plaatsgevonden_op: datetime | None = strawberry.field(
        default=strawberry.UNSET, description="Wanneer het begon; mag niet leeg worden."
    )
    beeindigd_op: datetime | None = strawberry.field(
        default=strawberry.UNSET, description="Wanneer het eindigde."
    )
    taal: str | None = strawberry.field(
        default=strawberry.UNSET, description="De taal (ISO 639-2, zoals nld)."
    )
    vertrouwelijk: bool | None = strawberry.field(
        default=strawberry.UNSET, description="Of het vertrouwelijk is."
    )
    indicatie_contact_gelukt: bool | None = strawberry.field(
        default=strawberry.UNSET, description="Of er contact tot stand kwam."
    )
    onderwerpen: list[OnderwerpCorrectieInput] = strawberry.field(
        default_factory=list, description="Onderwerpen die anders waren."
    )
    inhoud: list[InhoudsdeelCorrectieInput] = strawberry.field(
        default_factory=list, description="Inhoudsdelen die anders waren."
    )
    betrokkenen: list[BetrokkeneCorrectieInput] = strawberry.field(
        default_factory=list, description="Betrokkenen van wie iets anders was."
    )


KlantcontactInvoer = Annotated[
    KlantcontactInput, strawberry.argument(description="Het klantcontact.")
]
KlantcontactId = Annotated[
    strawberry.ID, strawberry.argument(description="De sleutel van het klantcontact.")
]
Aanvulling = Annotated[
    AanvullingInput, strawberry.argument(description="Wat erbij komt.")
]
Correctie = Annotated[
    CorrectieInput, strawberry.argument(description="Wat er hersteld wordt.")
]
BetrokkeneId = Annotated[
    strawberry.ID, strawberry.argument(description="De sleutel van de betrokkene.")
]
PartijId = Annotated[
    strawberry.ID, strawberry.argument(description="De sleutel van de partij.")
]
Vastgesteld = Annotated[
    IdentiteitsvaststellingInput,
    strawberry.argument(description="Hoe is vastgesteld wie de betrokkene was."),
]


@strawberry.type
class KlantcontactMutations:
    """Root fields."""

    @strawberry.mutation(
        description="Leg een klantcontact vast, met betrokkenen, actoren, onderwerpen,"
        " inhoud en interne taken: alles tegelijk, of niets. Een contact zonder gekende"
        " partij en zonder opvolging wordt niet vastgelegd, alleen geteld."
    )
    async def registreer_klantcontact(
        self,
        info: Info,
        invoer: KlantcontactInvoer,
        idempotentiesleutel: Idempotentiesleutel = strawberry.UNSET,
    ) -> KlantcontactPayload | None:
        asked = klantcontact_of(invoer, PAD)
        admit(asked, info)
        sleutel = sleutel_of(idempotentiesleutel)
        found = await record(
            info,
            Question("registreerKlantcontact", sleutel, asked),
            lambda recording: registreer(asked, recording, PAD),
        )
        return await payload(found, info)

    @strawberry.mutation(
        description="Vul een klantcontact aan zolang het duurt, zoals na doorverbinden."
        " Wat er al stond, blijft staan."
    )
    async def vul_inhoud_aan(
        self,
        info: Info,
        id: KlantcontactId,  # noqa: A002 - Relay's name
        invoer: Aanvulling,
        idempotentiesleutel: Idempotentiesleutel = strawberry.UNSET,
    ) -> KlantcontactPayload | None:
        key = key_of(id, "Klantcontact", "id")
        asked = aanvullen.Aanvulling(
            onderwerpen=each_of(invoer.onderwerpen, onderwerp_of, f"{PAD}.onderwerpen"),
            inhoud=each_of(invoer.inhoud, inhoudsdeel_of, f"{PAD}.inhoud"),
            actoren=keys_of(invoer.actoren, "Actor", f"{PAD}.actoren"),
            beeindigd_op=given(invoer.beeindigd_op),
        )
        sleutel = sleutel_of(idempotentiesleutel)
        found = await record(
            info,
            Question("vulInhoudAan", sleutel, (key, asked)),
            lambda recording: aanvullen.vul_aan(key, asked, recording, PAD),
        )
        return await payload(found, info, key)

    @strawberry.mutation(
        description="Herstel een fout in een klantcontact, met de reden. Wat er stond"
        " blijft bewaard in het logboek van wijzigingen."
    )
    async def corrigeer_klantcontact(
        self,
        info: Info,
        id: KlantcontactId,  # noqa: A002 - Relay's name
        invoer: Correctie,
    ) -> KlantcontactPayload | None:
        key = key_of(id, "Klantcontact", "id")
        asked = correctie_of(invoer)
        found = await record(
            info,
            Question("corrigeerKlantcontact", None, asked),
            lambda recording: corrigeren.corrigeer(key, asked, recording, PAD),
        )
        return await payload(found, info, key)

    @strawberry.mutation(
        description="Leg vast als welke partij een betrokkene gekend is, nadat is"
        " vastgesteld wie het was. Gegevens van de betrokkene gaan niet naar de partij."
    )
    async def koppel_betrokkene(
        self,
        info: Info,
        betrokkene_id: BetrokkeneId,
        partij_id: PartijId,
        identiteitsvaststelling: Vastgesteld,
    ) -> KlantcontactPayload | None:
        betrokkene = key_of(betrokkene_id, "Betrokkene", "betrokkeneId")
        partij = key_of(partij_id, "Partij", "partijId")
        stated = vaststelling_of(identiteitsvaststelling)
        if stated is None:
            raise BadInput("identiteitsvaststelling", "must be given")
        found = await record(
            info,
            Question("koppelBetrokkene", None, (betrokkene, partij)),
            lambda recording: koppelen.koppel(betrokkene, partij, stated, recording),
        )
        return await payload(found, info)


def admit(asked: KlantcontactGegevens, info: Info) -> None:
    """See that who asks may record all that is in a klantcontact.

    Raises:
        Denied: a partij or an interne taak takes a right that they do not have.
        LimitExceeded: they looked up too many people.
    """
    sight, roots = info.context.sight, FIELDS["Mutation"].fields
    named = [each.partij for each in asked.betrokkenen if each.partij is not None]
    needed = ["registreerPersoon"] if named else []
    needed += ["registreerInterneTaak"] if asked.interne_taken else []
    for name in needed:
        refused = sight.decided(roots[name])
        if refused is not None:
            raise refused
    for each in named:
        whose = None if each.identificatie is None else looked_up(each.identificatie)
        if whose is not None:
            sight.look_up(whose)


def correctie_of(asked: CorrectieInput) -> corrigeren.Correctie:
    """Read a correction.

    Raises:
        BadInput: an id is none; or what may not be empty, is; names the argument.
    """
    values = values_of(asked)
    parts: dict[str, object] = {
        "onderwerpen": each_of(
            asked.onderwerpen, _onderwerp_correctie, f"{PAD}.onderwerpen"
        ),
        "inhoud": each_of(asked.inhoud, _inhoud_correctie, f"{PAD}.inhoud"),
        "betrokkenen": each_of(
            asked.betrokkenen, _betrokkene_correctie, f"{PAD}.betrokkenen"
        ),
    }
    return struct_of(values | parts, corrigeren.Correctie)


def _onderwerp_correctie(
    asked: OnderwerpCorrectieInput, argument: str
) -> corrigeren.OnderwerpCorrectie:
    key = key_of(asked.id, "Onderwerp", f"{argument}.id")
    wordt = onderwerp_of(asked.wordt, f"{argument}.wordt")
    return corrigeren.OnderwerpCorrectie(key, wordt)


def _inhoud_correctie(
    asked: InhoudsdeelCorrectieInput, argument: str
) -> corrigeren.InhoudCorrectie:
    key = key_of(asked.id, "Inhoudsdeel", f"{argument}.id")
    wordt = inhoudsdeel_of(asked.wordt, f"{argument}.wordt")
    return corrigeren.InhoudCorrectie(key, wordt)


def _betrokkene_correctie(
    asked: BetrokkeneCorrectieInput, argument: str
) -> corrigeren.BetrokkeneCorrectie:
    values = values_of(asked)
    key = key_of(asked.id, "Betrokkene", f"{argument}.id")
    return struct_of(values | {"id": key}, corrigeren.BetrokkeneCorrectie, argument)


async def payload(
    found: Uitkomst, info: Info, asked: UUID | None = None
) -> KlantcontactPayload:
    """Give a klantcontact as it is now, as far as who asks may see it.

    Args:
        found: what was recorded.
        info: of the operation.
        asked: the klantcontact asked for, to show of one that did not change.
    """
    key = found.sleutels.get("klantcontact", asked)
    seen: list[object] = [None]
    if key is not None:
        records = await info.context.store.klantcontacten.klantcontacten_by_id([key])
        sight = info.context.sight
        seen = [*await sight.klantcontacten(records, Reached.INTERACTIE)]
    (shown,) = (None if isinstance(each, Missing) else each for each in seen)
    return KlantcontactPayload(
        klantcontact=cast("Klantcontact | None", shown),
        fouten=cast("list[Fout]", list(found.fouten)),
        waarschuwingen=cast("list[Fout]", list(found.waarschuwingen)),
    )
