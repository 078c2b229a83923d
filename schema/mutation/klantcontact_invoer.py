"""What a klantcontact is recorded with, as a client gives it."""

from datetime import datetime

import strawberry

from schema.enums import Rol
from schema.mutation.gegevens import (
    AdresInput,
    ContactnaamInput,
    DigitaalAdresInput,
    VerwijzingInput,
)
from schema.mutation.interne_taak import TaakInput
from schema.mutation.partij import PartijgegevensInput
from schema.vaststelling import IdentiteitsvaststellingInput


@strawberry.input(
    one_of=True, description="Waar een klantcontact over ging: precies een van deze."
)
class OnderwerpInput:
    """`waarden.delen.Onderwerp`."""

    tekst: str | None = strawberry.field(
        default=strawberry.UNSET, description="Een omschrijving."
    )
    zaak: VerwijzingInput | None = strawberry.field(
        default=strawberry.UNSET, description="Een zaak."
    )
    klanttaak: VerwijzingInput | None = strawberry.field(
        default=strawberry.UNSET, description="Een taak van de klant."
    )
    object: VerwijzingInput | None = strawberry.field(
        default=strawberry.UNSET, description="Een ander object."
    )
    interne_taak: strawberry.ID | None = strawberry.field(
        default=strawberry.UNSET,
        description="De interne taak die aanleiding tot dit contact was.",
    )
    klantcontact: strawberry.ID | None = strawberry.field(
        default=strawberry.UNSET,
        description="Het eerdere klantcontact waarop dit een vervolg is.",
    )


@strawberry.input(
    description="Wat er is uitgewisseld: precies een van `tekst`, `document` en"
    " `object`. Interne opmerkingen horen hier niet."
)
class InhoudsdeelInput:
    """`waarden.delen.Inhoudsdeel`."""

    tekst: str | None = strawberry.field(
        default=strawberry.UNSET, description="Tekst, feitelijk weergegeven."
    )
    document: VerwijzingInput | None = strawberry.field(
        default=strawberry.UNSET, description="Een document."
    )
    object: VerwijzingInput | None = strawberry.field(
        default=strawberry.UNSET, description="Een gegevensobject."
    )
    onderdeel: str | None = strawberry.field(
        default=strawberry.UNSET,
        description="Delen met hetzelfde onderdeel zijn weergaven van één inhoud.",
    )


@strawberry.input(description="Wie bij een klantcontact betrokken was.")
class BetrokkeneInput:
    """`klantcontacten.gegevens.BetrokkeneGegevens`."""

    rol: Rol = strawberry.field(description="De rol.")
    initiator: bool = strawberry.field(
        description="Of het initiatief van deze betrokkene uitging."
    )
    partij_id: strawberry.ID | None = strawberry.field(
        default=strawberry.UNSET,
        description="Als welke partij de betrokkene al gekend is.",
    )
    partij: PartijgegevensInput | None = strawberry.field(
        default=strawberry.UNSET,
        description="Of: als welke partij de betrokkene gekend is of nu wordt. Alleen"
        " met een identiteitsvaststelling.",
    )
    toestemming_hergebruik: bool = strawberry.field(
        default=False,
        description="Of de klant nu toestemming geeft om de gegevens van `partij` voor"
        " andere contacten te gebruiken.",
    )
    contactnaam: ContactnaamInput | None = strawberry.field(
        default=strawberry.UNSET, description="De naam, alleen voor dit contact."
    )
    organisatienaam: str | None = strawberry.field(
        default=strawberry.UNSET,
        description="De organisatie, alleen voor dit contact.",
    )
    adressen: list[AdresInput] = strawberry.field(
        default_factory=list, description="Adressen, alleen voor opvolging hiervan."
    )
    digitale_adressen: list[DigitaalAdresInput] = strawberry.field(
        default_factory=list,
        description="Digitale adressen, alleen voor opvolging hiervan.",
    )


@strawberry.input(description="Een klantcontact met alles wat erbij hoort.")
class KlantcontactInput:
    """`klantcontacten.gegevens.KlantcontactGegevens`."""

    kanaal: str | None = strawberry.field(
        default=strawberry.UNSET,
        description="Het kanaal, een code uit `referentielijsten.kanalen`.",
    )
    plaatsgevonden_op: datetime | None = strawberry.field(
        default=strawberry.UNSET,
        description="Wanneer het begon; zonder: nu. Van een brief de dag waarop die is"
        " gescand, van een e-mail het moment van ontvangst.",
    )
    beeindigd_op: datetime | None = strawberry.field(
        default=strawberry.UNSET,
        description="Wanneer het eindigde; zolang het duurt, kan er inhoud bij.",
    )
    taal: str | None = strawberry.field(
        default=strawberry.UNSET,
        description="De taal (ISO 639-2, zoals nld; dut is die taal ook).",
    )
    vertrouwelijk: bool = strawberry.field(
        default=False, description="Of het contact vertrouwelijk is."
    )
    indicatie_contact_gelukt: bool | None = strawberry.field(
        default=strawberry.UNSET,
        description="Of er contact tot stand kwam. Alleen als dat niet zo is, mogen"
        " onderwerp en inhoud ontbreken.",
    )
    betrokkenen: list[BetrokkeneInput] = strawberry.field(
        description="Wie erbij betrokken waren, behalve de gemeente: minstens één."
    )
    actoren: list[strawberry.ID] = strawberry.field(
        description="Wie namens de gemeente meededen: minstens één."
    )
    onderwerpen: list[OnderwerpInput] = strawberry.field(
        default_factory=list, description="Waar het over ging, op volgorde."
    )
    inhoud: list[InhoudsdeelInput] = strawberry.field(
        default_factory=list, description="Wat er is uitgewisseld, op volgorde."
    )
    interne_taken: list[TaakInput] = strawberry.field(
        default_factory=list,
        description="Wat er binnen de gemeente moet gebeuren. Doorverbinden binnen het"
        " contact is geen opvolging.",
    )
    identiteitsvaststelling: IdentiteitsvaststellingInput | None = strawberry.field(
        default=strawberry.UNSET,
        description="Hoe is vastgesteld met wie de gemeente te maken had.",
    )
    vastgesteld_door: strawberry.ID | None = strawberry.field(
        default=strawberry.UNSET,
        description="Door welke actor; zonder: de eerste van `actoren`.",
    )
