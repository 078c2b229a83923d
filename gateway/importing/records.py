"""What an Open Klant's answers hold: its contract's property names, in snake_case.

Only the contract's shape is checked here; whether a value is one that we can keep is
decided where it is put into a row. Texts that are not filled in come as "", and are read
so when they are absent or null.

Source: Open Klant 2.18, klantinteracties 0.9.0.
"""

from collections.abc import Sequence
from datetime import date
from typing import Annotated
from uuid import UUID

import msgspec

from gateway.registers.records import DateTime

Text = str | None


class Payload(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """Whatever an answer holds."""


class Stub(Payload, frozen=True):
    """What names another record."""

    uuid: UUID


class Contactnaam(Payload, frozen=True):
    """GW `Contactnaam`."""

    voorletters: Text = ""
    voornaam: Text = ""
    voorvoegsel_achternaam: Text = ""
    achternaam: Text = ""


class Adres(Payload, frozen=True):
    """A bezoekadres or correspondentieadres."""

    nummeraanduiding_id: Text = ""
    straatnaam: Text = ""
    huisnummer: int | None = None
    huisnummertoevoeging: Text = ""
    postcode: Text = ""
    stad: Text = ""
    adresregel1: Text = ""
    adresregel2: Text = ""
    adresregel3: Text = ""
    land: Text = ""


class DigitaalAdres(Stub, frozen=True):
    """An e-mail address, phone number or other address."""

    adres: str
    soort_digitaal_adres: str
    verstrekt_door_betrokkene: Stub | None = None
    verstrekt_door_partij: Stub | None = None
    is_standaard_adres: bool = False
    omschrijving: Text = ""
    referentie: Text = ""
    verificatie_datum: date | None = None


class Identificator(Payload, frozen=True):
    """A reference in four parts, none of which must be there."""

    object_id: Text = ""
    code_objecttype: Text = ""
    code_register: Text = ""
    code_soort_object_id: Text = ""


class ActorIdentificatie(Payload, frozen=True):
    """What an actor has beside a name, of any soort."""

    functie: Text = ""
    omschrijving: Text = ""
    emailadres: Text = ""
    telefoonnummer: Text = ""
    faxnummer: Text = ""


class Actor(Stub, frozen=True):
    """Who acts for the municipality."""

    naam: str
    soort_actor: str
    indicatie_actief: bool = True
    actoridentificator: Identificator | None = None
    actor_identificatie: ActorIdentificatie | None = None


class PartijIdentificator(Stub, frozen=True):
    """What names a partij elsewhere."""

    partij_identificator: Identificator
    identificeerde_partij: Stub | None = None
    andere_partij_identificator: Text = ""
    sub_identificator_van: Stub | None = None


class PartijIdentificatie(Payload, frozen=True):
    """What a partij is called, of any soort; no identification at all."""

    naam: Text = ""
    contactnaam: Contactnaam | None = None
    werkte_voor_partij: Stub | None = None


class PartijParts(Payload, frozen=True):
    """What was asked for with `expand`."""

    digitale_adressen: Sequence[DigitaalAdres] | None = None


class Partij(Stub, frozen=True):
    """A persoon, organisatie or contactpersoon."""

    soort_partij: str
    indicatie_actief: bool
    nummer: Text = ""
    interne_notitie: Text = ""
    indicatie_geheimhouding: bool | None = None
    voorkeurstaal: Text = ""
    bezoekadres: Adres | None = None
    correspondentieadres: Adres | None = None
    digitale_adressen: Sequence[Stub] | None = None
    voorkeurs_digitaal_adres: Stub | None = None
    voorkeurs_rekeningnummer: Stub | None = None
    partij_identificatoren: Sequence[PartijIdentificator] | None = None
    partij_identificatie: PartijIdentificatie | None = None
    expand: PartijParts = msgspec.field(default=PartijParts(), name="_expand")


class Rekeningnummer(Stub, frozen=True):
    """A bank account."""

    iban: str
    bic: Text = ""
    partij: Stub | None = None


class Vertegenwoordiging(Stub, frozen=True):
    """Who acted for whom."""

    vertegenwoordigende_partij: Stub
    vertegenwoordigde_partij: Stub


class BetrokkeneParts(Payload, frozen=True):
    """What was asked for with `expand`."""

    digitale_adressen: Sequence[DigitaalAdres] | None = None


class Betrokkene(Stub, frozen=True):
    """Who took part in a klantcontact."""

    rol: str
    initiator: bool
    was_partij: Stub | None = None
    digitale_adressen: Sequence[Stub] | None = None
    bezoekadres: Adres | None = None
    correspondentieadres: Adres | None = None
    contactnaam: Contactnaam | None = None
    organisatienaam: Text = ""
    expand: BetrokkeneParts = msgspec.field(default=BetrokkeneParts(), name="_expand")


class Onderwerpobject(Stub, frozen=True):
    """What a klantcontact was about."""

    klantcontact: Stub | None = None
    was_klantcontact: Stub | None = None
    onderwerpobjectidentificator: Identificator | None = None


class Bijlage(Stub, frozen=True):
    """A part of what a klantcontact contained."""

    was_bijlage_van_klantcontact: Stub | None = None
    bijlageidentificator: Identificator | None = None


class InterneTaak(Stub, frozen=True):
    """What must be done to follow up a klantcontact."""

    gevraagde_handeling: str
    aanleidinggevend_klantcontact: Stub
    status: str
    toegewezen_op: DateTime
    afgehandeld_op: DateTime | None = None
    toelichting: Text = ""
    nummer: Text = ""
    referentienummer: Text = ""
    toegewezen_aan_actor: Stub | None = None
    toegewezen_aan_actoren: Sequence[Stub] | None = None


class KlantcontactParts(Payload, frozen=True):
    """What was asked for with `expand`."""

    had_betrokkenen: Sequence[Betrokkene] | None = None
    leidde_tot_interne_taken: Sequence[InterneTaak] | None = None
    ging_over_onderwerpobjecten: Sequence[Onderwerpobject] | None = None
    omvatte_bijlagen: Sequence[Bijlage] | None = None


class Klantcontact(Stub, frozen=True):
    """A contact, with all its parts."""

    kanaal: str
    taal: str
    vertrouwelijk: bool
    onderwerp: Text = ""
    inhoud: Text = ""
    reactie: Text = ""
    nummer: Text = ""
    referentienummer: Text = ""
    indicatie_contact_gelukt: bool | None = None
    hoofd_onderwerp_type: Text = ""
    verdere_actie_ondernomen: bool = False
    # OAS says optional; Open Klant 2.18 always sends it.
    plaatsgevonden_op: DateTime | None = None
    metadata: dict[str, object] | None = None
    had_betrokken_actoren: Sequence[Stub] | None = None
    had_betrokkenen: Sequence[Stub] | None = None
    leidde_tot_interne_taken: Sequence[Stub] | None = None
    ging_over_onderwerpobjecten: Sequence[Stub] | None = None
    omvatte_bijlagen: Sequence[Stub] | None = None
    expand: KlantcontactParts = msgspec.field(
        default=KlantcontactParts(), name="_expand"
    )


class Page(Payload, frozen=True):
    """Some records of a list, each still to be read by itself.

    Attributes:
        count: of the whole list.
        next: where the next page is; that address is not used.
    """

    count: Annotated[int, msgspec.Meta(ge=0)]
    results: Sequence[msgspec.Raw]
    next: str | None = None
