"""A municipality as an Open Klant of some years has it, with what does not fit here."""

from tests.importing.filling import NO_ADRES, Filling, an_identificator
from tests.importing.standin import Payload, stub

BSN = "999993653"
ZAAK = "7f3c3a52-0f39-4a4e-9a3b-2f0a9f6d1c11"
DOCUMENT = "0b0a9f6d-3a52-4a4e-9a3b-7f3c2f0a1c22"


def fill(there: Filling) -> None:
    """Put it all there: 4 actoren, 5 partijen, 5 klantcontacten."""
    medewerker, afdeling = actoren(there)
    persoon = partijen(there)
    klantcontacten(there, persoon, medewerker, afdeling)
    orphans(there)


def actoren(there: Filling) -> tuple[str, str]:
    codes = ("obj", "mdw", "idf", "jansen")
    medewerker = there.actor(actoridentificator=an_identificator(codes))
    fax = {"omschrijving": "Post", "emailadres": "", "telefoonnummer": ""}
    afdeling = there.actor(
        "organisatorische_eenheid",
        naam="Burgerzaken",
        actorIdentificatie={**fax, "faxnummer": "0101234567"},
    )
    half = {"objectId": "x", "codeObjecttype": "", "codeRegister": "handmatig"}
    there.actor(naam="Oud", indicatieActief=False, actoridentificator={**half})
    there.actor("geautomatiseerde_actor", naam="Gem")
    return medewerker, afdeling


def partijen(there: Filling) -> str:
    """Give the person with the BSN."""
    straat: Payload = {
        "straatnaam": "Dorpsstraat",
        "huisnummer": 1,
        "postcode": "1234 AB",
    }
    persoon = there.persoon(
        "Bakker",
        BSN,
        nummer="0000000123",
        interneNotitie="Belt liefst na vijven",
        indicatieGeheimhouding=True,
        voorkeurstaal="nld",
        bezoekadres={**NO_ADRES, **straat, "stad": "Voorbeeldstad", "land": "NL"},
        correspondentieadres={**NO_ADRES, "adresregel1": "Postbus 12"},
    )
    email = there.digitaal_adres(
        "email", "anna@voorbeeld.nl", partij=persoon, isStandaardAdres=True
    )
    preferred = stub("digitaleadressen", email)
    there.change("partijen", persoon, voorkeursDigitaalAdres=preferred)
    portaal = {"referentie": "portaalvoorkeur", "omschrijving": "mobiel"}
    there.digitaal_adres("telefoonnummer", "06-12345678", partij=persoon, **portaal)
    there.digitaal_adres("telefoonnummer", "14010", partij=persoon)
    there.rekeningnummer(persoon, "nl91abna0417164300")
    there.rekeningnummer(persoon, "NL91ABNA0417164301")
    there.categorie_relatie(persoon)
    bedrijf = there.organisatie("Bakkerij De Korenaar", None, indicatieActief=False)
    kvk = there.identificator(bedrijf, "nnp", "kvk", "12345678")
    there.identificator(bedrijf, "vestiging", "vtn", "123456789012", onder=kvk)
    there.identificator(bedrijf, "nnp", "rsin", "123456789")
    there.contactpersoon("de Vries", bedrijf)
    there.contactpersoon("Zonder", None)
    ander = there.persoon("Jansen", None)
    there.vertegenwoordiging(ander, persoon)
    return persoon


def klantcontacten(
    there: Filling, persoon: str, medewerker: str, afdeling: str
) -> None:
    first = there.klantcontact(
        2,
        medewerker,
        onderwerp="Paspoort",
        inhoud="Wil een paspoort",
        reactie="Maak een afspraak",
        referentienummer="2026-0001",
        metadata={"wachttijd": "3"},
    )
    betrokkene = there.betrokkene(first, persoon)
    there.digitaal_adres("telefoonnummer", "+31612345678", betrokkene=betrokkene)
    there.onderwerp(first, "openzaak", "zgw-Zaak", "uuid", ZAAK)
    there.onderwerp(first, "handmatig", "boom", "nummer", "B-1")
    there.bijlage(first, "open-zaak", "DOCUMENT", "uuid", DOCUMENT)
    taak = there.interne_taak(first, afdeling, medewerker, nummer="77")
    there.change("internetaken", taak, status="verwerkt")
    second = there.klantcontact(3, medewerker, onderwerp="Antwoord")
    there.betrokkene(second, persoon, initiator=False)
    there.onderwerp(second, was=first)
    # Newest first, so that what it is about comes after it.
    planned = there.klantcontact(4, medewerker)
    there.change("klantcontacten", planned, plaatsgevondenOp="2999-01-01T00:00:00Z")
    there.betrokkene(planned, persoon)
    loose = there.klantcontact(5, hoofdOnderwerpType="https://x.example/zaaktype")
    there.onderwerp(loose, was=planned)
    unreadable = there.klantcontact(6, medewerker)
    there.change("klantcontacten", unreadable, vertrouwelijk="misschien")


def orphans(there: Filling) -> None:
    there.digitaal_adres("email", "van@niemand.nl")
    there.identificator(None, "natuurlijk_persoon", "bsn", BSN, register="brp")
    there.onderwerp(None, "openzaak", "zaak", "uuid", ZAAK)
    there.bijlage(None, "openzaak", "document", "uuid", DOCUMENT)
    there.rekeningnummer(None, "NL91ABNA0417164300")
