"""Partijen as clients give them: inputs, and what these become."""

from datetime import date, datetime

import msgspec
import strawberry

from gateway.errors import BadInput
from gateway.identificatie import Identificatie
from gateway.recording.partijen.gegevens import NamensGegevens, PartijGegevens
from gateway.recording.waarden.externe_identificaties import ExterneIdentificatie
from schema.connection import given
from schema.enums import Hoedanigheid, SoortPartij
from schema.externe_identificatie import (
    IdentificatieInput,
    OverigeIdentificatieInput,
    VestigingInput,
    identificatie_of,
)
from schema.mutation.gegevens import AdresInput, ContactnaamInput, DigitaalAdresInput
from schema.mutation.reading import struct_of, values_of
from schema.node import key_of
from schema.scalars import BSN, RSIN, URL, KVKNummer


@strawberry.input(
    description="Waarmee een ander register een partij aanduidt: hooguit een van `bsn`,"
    " `rsin`, `kvkNummer`, `vestiging` en `overig`; en het webadres daar of, waar"
    " verwijzen niet mogelijk is, een paar overgenomen gegevens."
)
class ExterneIdentificatieInput:
    """`waarden.externe_identificaties.ExterneIdentificatie`."""

    bsn: BSN | None = strawberry.field(
        default=strawberry.UNSET,
        description="Het burgerservicenummer van een persoon (BRP).",
    )
    rsin: RSIN | None = strawberry.field(
        default=strawberry.UNSET,
        description="Het RSIN van een organisatie (Handelsregister).",
    )
    kvk_nummer: KVKNummer | None = strawberry.field(
        default=strawberry.UNSET,
        description="Het KVK-nummer van een organisatie (Handelsregister).",
    )
    vestiging: VestigingInput | None = strawberry.field(
        default=strawberry.UNSET,
        description="Het nummer van een vestiging, onder haar KVK-nummer.",
    )
    overig: OverigeIdentificatieInput | None = strawberry.field(
        default=strawberry.UNSET,
        description="Een nummer uit een ander register, ook een buitenlands.",
    )
    subject_url: URL | None = strawberry.field(
        default=strawberry.UNSET,
        description="Het adres van de persoon of organisatie in het register.",
    )
    subject_naam: str | None = strawberry.field(
        default=strawberry.UNSET,
        description="De naam, overgenomen waar verwijzen niet mogelijk is.",
    )
    subject_geboortedatum: date | None = strawberry.field(
        default=strawberry.UNSET, description="De geboortedatum, zo overgenomen."
    )
    subject_plaats: str | None = strawberry.field(
        default=strawberry.UNSET, description="De plaats, zo overgenomen."
    )


@strawberry.input(
    description="Namens wie een contactpersoon optrad, zoals dat toen is vastgesteld."
    " Geen bewijs van een machtiging nu."
)
class NamensInput:
    """`partijen.gegevens.NamensGegevens`."""

    partij: strawberry.ID = strawberry.field(
        description="De persoon of organisatie namens wie."
    )
    hoedanigheid: Hoedanigheid | None = strawberry.field(
        default=strawberry.UNSET, description="In welke hoedanigheid."
    )
    formeel: bool = strawberry.field(
        description="Of de vertegenwoordiging formeel was vastgesteld."
    )
    vastgesteld_op: datetime = strawberry.field(description="Wanneer dat was.")


@strawberry.input
class GegevensInput:
    """What all inputs of a partij have in common."""

    indicatie_geheimhouding: bool | None = strawberry.field(
        default=strawberry.UNSET, description="Of om geheimhouding is gevraagd."
    )
    voorkeurstaal: str | None = strawberry.field(
        default=strawberry.UNSET,
        description="De taal die de klant verkiest (ISO 639-2, zoals nld; dut is die"
        " taal ook).",
    )
    adressen: list[AdresInput] = strawberry.field(
        default_factory=list, description="Hooguit een van elke soort."
    )
    digitale_adressen: list[DigitaalAdresInput] = strawberry.field(
        default_factory=list, description="Waarop de partij digitaal bereikbaar is."
    )


@strawberry.input(
    description="Als welke partij iemand gekend is of wordt. Een partij die er al is,"
    " wordt alleen aangevuld; zonder toestemming voor hergebruik krijgt die niet meer dan"
    " een nummer en een identificatie."
)
class PartijgegevensInput(GegevensInput):
    """`partijen.gegevens.PartijGegevens`, of any soort."""

    soort_partij: SoortPartij = strawberry.field(description="Wat voor partij.")
    identificatie: ExterneIdentificatieInput | None = strawberry.field(
        default=strawberry.UNSET,
        description="Waarmee een register de partij aanduidt; alleen een contactpersoon"
        " hoeft die niet te hebben.",
    )
    contactnaam: ContactnaamInput | None = strawberry.field(
        default=strawberry.UNSET,
        description="Hoe een persoon of contactpersoon wil worden aangesproken.",
    )
    naam: str | None = strawberry.field(
        default=strawberry.UNSET, description="De naam van een organisatie."
    )
    namens: NamensInput | None = strawberry.field(
        default=strawberry.UNSET,
        description="Van een contactpersoon: namens wie die optrad.",
    )


@strawberry.input
class RegistreerPartijInput(GegevensInput):
    """What inputs have in common that register a partij by itself."""

    interne_notitie: str | None = strawberry.field(
        default=strawberry.UNSET,
        description="Voor intern gebruik; nooit aan de klant te tonen.",
    )
    toestemming_hergebruik: bool = strawberry.field(
        default=False,
        description="Of de klant nu toestemming geeft om deze gegevens voor andere"
        " contacten te gebruiken. Zonder, nu of eerder, krijgt een partij niet meer dan"
        " een nummer en een identificatie.",
    )


@strawberry.input(description="Een persoon die de gemeente kent.")
class RegistreerPersoonInput(RegistreerPartijInput):
    """A persoon."""

    identificatie: ExterneIdentificatieInput = strawberry.field(
        description="Waarmee een register deze persoon aanduidt."
    )
    contactnaam: ContactnaamInput | None = strawberry.field(
        default=strawberry.UNSET,
        description="Hoe deze persoon wil worden aangesproken; hoeft niet overeen te"
        " komen met de BRP.",
    )


@strawberry.input(description="Een organisatie die de gemeente kent.")
class RegistreerOrganisatieInput(RegistreerPartijInput):
    """An organisatie."""

    identificatie: ExterneIdentificatieInput = strawberry.field(
        description="Waarmee een register deze organisatie aanduidt."
    )
    naam: str | None = strawberry.field(
        default=strawberry.UNSET,
        description="De naam; hoeft niet overeen te komen met het Handelsregister.",
    )


@strawberry.input(
    description="Een persoon die namens een ander optrad. Zonder identificatie ontstaat"
    " altijd een nieuwe."
)
class RegistreerContactpersoonInput(RegistreerPartijInput):
    """A contactpersoon."""

    namens: NamensInput = strawberry.field(description="Namens wie, en hoe.")
    identificatie: ExterneIdentificatieInput | None = strawberry.field(
        default=strawberry.UNSET,
        description="Waarmee een register deze contactpersoon aanduidt; nooit een BSN,"
        " want dat hoort bij de persoon zelf.",
    )
    contactnaam: ContactnaamInput | None = strawberry.field(
        default=strawberry.UNSET,
        description="Hoe deze persoon wil worden aangesproken.",
    )


RegistreerInput = (
    RegistreerPersoonInput | RegistreerOrganisatieInput | RegistreerContactpersoonInput
)


def gegevens_of(
    asked: PartijgegevensInput | RegistreerInput,
    argument: str,
    soort: SoortPartij | None = None,
) -> PartijGegevens:
    """Read what a partij is registered with.

    Args:
        asked: what is given.
        argument: where.
        soort: of what says not itself of which soort it is.

    Raises:
        BadInput: an id is none, or an identificatie is of several kinds.
    """
    values = values_of(asked)
    for each in ("identificatie", "namens", "toestemming_hergebruik"):
        values.pop(each, None)
    found = struct_of({"soort_partij": soort, **values}, PartijGegevens, argument)
    named = given(asked.identificatie)
    with_namens = (PartijgegevensInput, RegistreerContactpersoonInput)
    namens = given(asked.namens) if isinstance(asked, with_namens) else None
    where = f"{argument}.identificatie"
    return msgspec.structs.replace(
        found,
        identificatie=named and externe_identificatie_of(named, where),
        namens=namens and _namens_of(namens, f"{argument}.namens"),
    )


def externe_identificatie_of(
    asked: ExterneIdentificatieInput, argument: str
) -> ExterneIdentificatie:
    """Read what names a partij elsewhere.

    Raises:
        BadInput: it is of several kinds, or of one that has an input of its own.
    """
    numbers = ("bsn", "rsin", "kvk_nummer", "vestiging", "overig")
    found = {name: getattr(asked, name) for name in numbers}
    count = sum(given(each) is not None for each in found.values())
    if count > 1:
        rule = "must give at most one of bsn, rsin, kvkNummer, vestiging and overig"
        raise BadInput(argument, rule)
    named = identificatie_of(IdentificatieInput(**found), argument) if count else None
    return ExterneIdentificatie(
        **(msgspec.structs.asdict(named) if named is not None else {}),
        subject_url=given(asked.subject_url),
        subject_naam=given(asked.subject_naam),
        subject_geboortedatum=given(asked.subject_geboortedatum),
        subject_plaats=given(asked.subject_plaats),
    )


def looked_up(named: ExterneIdentificatie) -> Identificatie | None:
    """Say who is looked for by it; None of a name that was copied."""
    if named.register and named.soort and named.waarde:
        return Identificatie(
            named.register, named.soort, named.waarde, named.land, named.kvk_nummer
        )
    if named.subject_url is not None:
        return Identificatie("klantbeeld", "subject_url", named.subject_url)
    return None


def _namens_of(asked: NamensInput, argument: str) -> NamensGegevens:
    return NamensGegevens(
        partij_id=key_of(asked.partij, "Partij", f"{argument}.partij"),
        formeel=asked.formeel,
        vastgesteld_op=asked.vastgesteld_op,
        hoedanigheid=given(asked.hoedanigheid),
    )
