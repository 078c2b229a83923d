"""Closed lists, spelled as in the contracts; each value with its meaning."""

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

import strawberry
from strawberry.types.enum import StrawberryEnumDefinition

from gateway.identity.caller import SoortAanvrager
from gateway.identity.levels import Betrouwbaarheidsniveau
from gateway.identity.vaststelling import Grond
from gateway.registers import catalogi, documenten, klanttaak, zaken
from gateway.store.contactgegevens import Herkomst, RedenNietGebruiken
from gateway.vertrouwelijkheid import Vertrouwelijkheidaanduiding

E = TypeVar("E", bound=type[StrEnum])


def described(cls: E, description: str, values: Mapping[str, str]) -> E:
    """Make a GraphQL enum: lower-case values, each with what it means.

    Strawberry takes descriptions of values only in place of the values themselves,
    which a StrEnum does not allow; records hold the values as plain strings.
    """
    made = strawberry.enum(cls, description=description)
    # Strawberry sets it; the type of an enum does not say so.
    definition: StrawberryEnumDefinition = made.__strawberry_definition__  # type: ignore[attr-defined]
    for value in definition.values:
        value.name = str(value.value)
        value.description = values[value.name]
    return made


class SoortPartij(StrEnum):
    """GW `Soort partij`."""

    PERSOON = "persoon"
    ORGANISATIE = "organisatie"
    CONTACTPERSOON = "contactpersoon"


class Hoedanigheid(StrEnum):
    """In what capacity a contactpersoon acted."""

    WERKNEMER = "werknemer"
    EIGENAAR = "eigenaar"
    GEMACHTIGDE = "gemachtigde"
    ANDERS = "anders"


class SoortDigitaalAdres(StrEnum):
    """Open Klant's three, and social media."""

    EMAIL = "email"
    TELEFOONNUMMER = "telefoonnummer"
    SOCIAL_MEDIA = "social_media"
    OVERIG = "overig"


class VormAdres(StrEnum):
    """The forms of an address."""

    STRAATADRES = "straatadres"
    POSTBUS = "postbus"
    ANTWOORDNUMMER = "antwoordnummer"
    BUITENLAND = "buitenland"


class Rol(StrEnum):
    """GW `Klantcontactrol`; `belanghebbende` is the contract's `klant`."""

    BELANGHEBBENDE = "belanghebbende"
    VERTEGENWOORDIGER = "vertegenwoordiger"


class Richting(StrEnum):
    """Who took the initiative."""

    INKOMEND = "inkomend"
    UITGAAND = "uitgaand"


class SoortActor(StrEnum):
    """GW `Soort actor`, spelled as in Open Klant."""

    MEDEWERKER = "medewerker"
    ORGANISATORISCHE_EENHEID = "organisatorische_eenheid"
    GEAUTOMATISEERDE_ACTOR = "geautomatiseerde_actor"


class Taakstatus(StrEnum):
    """GW `Taakstatus`."""

    TE_VERWERKEN = "te_verwerken"
    VERWERKT = "verwerkt"


class SoortHoedanigheid(StrEnum):
    """As whom a klant asks (A0862)."""

    PERSOON = "persoon"
    ORGANISATIE = "organisatie"
    VESTIGING = "vestiging"


class KlantcontactOrde(StrEnum):
    """Orders of klantcontacten."""

    NIEUWSTE_EERST = "nieuwste_eerst"
    OUDSTE_EERST = "oudste_eerst"


class InterneTaakOrde(StrEnum):
    """Orders of interne taken."""

    LANGST_WACHTEND_EERST = "langst_wachtend_eerst"
    KORTST_WACHTEND_EERST = "kortst_wachtend_eerst"


described(
    SoortPartij,
    "Wat voor partij dit is.",
    {
        "persoon": "Een natuurlijk persoon, ook zonder BSN of inschrijving.",
        "organisatie": "Een organisatie, in welk register dan ook of in geen enkel.",
        "contactpersoon": "Een persoon die namens een ander handelde.",
    },
)
described(
    Hoedanigheid,
    "In welke hoedanigheid een contactpersoon optrad.",
    {
        "werknemer": "Als werknemer van de organisatie.",
        "eigenaar": "Als eigenaar van de organisatie.",
        "gemachtigde": "Met een machtiging.",
        "anders": "Op een andere manier.",
    },
)
described(
    SoortDigitaalAdres,
    "Soort digitaal adres.",
    {
        "email": "Een e-mailadres.",
        "telefoonnummer": "Een telefoonnummer, vast of mobiel.",
        "social_media": "Een naam op een platform voor sociale media.",
        "overig": "Een ander digitaal adres.",
    },
)
described(
    VormAdres,
    "De vorm van een adres.",
    {
        "straatadres": "Een adres in Nederland, met straat of BAG-nummeraanduiding.",
        "postbus": "Een postbus in Nederland.",
        "antwoordnummer": "Een antwoordnummer in Nederland.",
        "buitenland": "Een adres buiten Nederland, in vrije adresregels.",
    },
)
described(
    Rol,
    "De rol van een betrokkene bij een klantcontact.",
    {
        "belanghebbende": "De uiteindelijk belanghebbende; heet in de API-standaard"
        " `klant`.",
        "vertegenwoordiger": "Handelde namens een ander of een organisatie.",
    },
)
described(
    Richting,
    "Van wie het initiatief tot een klantcontact uitging.",
    {
        "inkomend": "Van een betrokkene: iemand zocht contact met de gemeente.",
        "uitgaand": "Van de gemeente.",
    },
)
described(
    SoortActor,
    "Wat voor actor dit is.",
    {
        "medewerker": "Een medewerker van de gemeente.",
        "organisatorische_eenheid": "Een afdeling of team.",
        "geautomatiseerde_actor": "Een systeem, zoals een chatbot.",
    },
)
described(
    Taakstatus,
    "Hoe ver een interne taak is; `verwerkt` zegt niets over de uitkomst.",
    {
        "te_verwerken": "Er moet nog iets gebeuren.",
        "verwerkt": "Er hoeft niets meer te gebeuren.",
    },
)
described(
    Betrouwbaarheidsniveau,
    "Hoe zeker de vaststelling van een identiteit is, van laag naar hoog (eIDAS).",
    {
        "laag": "Bijvoorbeeld DigiD Basis of eHerkenning 2.",
        "midden": "Bijvoorbeeld DigiD Midden of eHerkenning 2+.",
        "substantieel": "Bijvoorbeeld DigiD Substantieel of eHerkenning 3.",
        "hoog": "Bijvoorbeeld DigiD Hoog of eHerkenning 4.",
    },
)
described(
    SoortAanvrager,
    "Wat voor aanvrager iemand is.",
    {
        "klant": "Een inwoner of bedrijf, voor zichzelf.",
        "vertegenwoordiger": "Iemand namens een inwoner of bedrijf.",
        "medewerker": "Een medewerker van de gemeente.",
        "systeem": "Een toepassing, zonder dat er iemand achter zit.",
        "anoniem": "Iemand van wie niets bekend is.",
    },
)
described(
    SoortHoedanigheid,
    "Als wie een inwoner of bedrijf vraagt; prive en zakelijk blijven gescheiden.",
    {
        "persoon": "Als natuurlijk persoon.",
        "organisatie": "Als organisatie of onderneming.",
        "vestiging": "Als een vestiging daarvan.",
    },
)
described(
    Grond,
    "Op grond waarvan iemand gegevens van een partij mag verstrekken of inzien.",
    {
        "zelf": "Het zijn de eigen gegevens.",
        "gemachtigd_persoon": "Formeel gemachtigd door een andere persoon.",
        "gemachtigd_organisatie": "Formeel gemachtigd door een organisatie.",
    },
)
described(
    Herkomst,
    "Wie gegevens opgaf.",
    {
        "betrokkene": "De betrokkene, alleen voor dit klantcontact.",
        "partij": "De partij als wie de betrokkene gekend is.",
    },
)
described(
    RedenNietGebruiken,
    "Waarom gegevens van een partij niet zijn te gebruiken.",
    {
        "geheimhouding": "Er is om geheimhouding gevraagd.",
        "niet_actief": "De gegevens zijn niet meer in gebruik.",
    },
)
described(
    KlantcontactOrde,
    "Volgorde van klantcontacten, naar het moment waarop ze plaatsvonden.",
    {
        "nieuwste_eerst": "Het laatste contact voorop.",
        "oudste_eerst": "Het eerste contact voorop.",
    },
)
described(
    InterneTaakOrde,
    "Volgorde van interne taken, naar wachttijd vanaf het klantcontact.",
    {
        "langst_wachtend_eerst": "De langste wachttijd voorop.",
        "kortst_wachtend_eerst": "De kortste wachttijd voorop.",
    },
)
described(
    Vertrouwelijkheidaanduiding,
    "Hoe vertrouwelijk een zaak of document is, van laag naar hoog.",
    {
        "openbaar": "Voor iedereen.",
        "beperkt_openbaar": "Voor iedereen, met beperkingen.",
        "intern": "Voor de eigen organisatie.",
        "zaakvertrouwelijk": "Voor wie bij de zaak betrokken is.",
        "vertrouwelijk": "Voor aangewezen medewerkers.",
        "confidentieel": "Voor een kleine kring.",
        "geheim": "Geheim.",
        "zeer_geheim": "Zeer geheim.",
    },
)
described(
    zaken.Betalingsindicatie,
    "Of de kosten van een zaak zijn betaald.",
    {
        "nvt": "Er zijn geen kosten.",
        "nog_niet": "Nog niet betaald.",
        "gedeeltelijk": "Voor een deel betaald.",
        "geheel": "Helemaal betaald.",
        "gefactureerd": "Er is een factuur gestuurd.",
        "gecrediteerd": "De factuur is gecrediteerd.",
        "betaald": "De factuur is betaald.",
    },
)
described(
    catalogi.IndicatieInternOfExtern,
    "Of een zaak van dit type binnen of buiten de organisatie begint.",
    {"intern": "Begint binnen de organisatie.", "extern": "Begint erbuiten."},
)
described(
    documenten.Documentstatus,
    "Hoe ver een document is.",
    {
        "in_bewerking": "Er wordt aan gewerkt.",
        "ter_vaststelling": "Ligt ter vaststelling voor.",
        "definitief": "Staat vast.",
        "gearchiveerd": "Staat vast en is gearchiveerd.",
    },
)
described(
    klanttaak.KlanttaakStatus,
    "Hoe ver een klanttaak is.",
    {
        "open": "De klant kan ermee beginnen.",
        "ingediend": "De klant is klaar (oude vorm van `afgerond`).",
        "afgerond": "De klant is klaar; de gemeente heeft het nog niet verwerkt.",
        "verwerkt": "De gemeente heeft het verwerkt.",
        "gesloten": "Afgesloten, niets meer mee te doen.",
    },
)
described(
    klanttaak.KlanttaakSoort,
    "Wat de klant moet doen.",
    {
        "url": "Een webadres volgen.",
        "portaalformulier": "Een formulier invullen.",
        "ogonebetaling": "Betalen.",
    },
)
