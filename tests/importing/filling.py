"""Puts records into the stand-in, by the contract: what is not given is not filled in."""

from collections.abc import Sequence
from typing import cast

from gateway.registers.records import Json
from tests.importing.standin import RESOURCES, OpenKlant, Payload, stub, uuid

NO_ADRES: Payload = {
    "nummeraanduidingId": "",
    "straatnaam": "",
    "huisnummer": None,
    "huisnummertoevoeging": "",
    "postcode": "",
    "stad": "",
    "adresregel1": "",
    "adresregel2": "",
    "adresregel3": "",
    "land": "",
}
KENMERKEN: dict[str, Payload] = {
    "medewerker": {"functie": "Adviseur", "emailadres": "", "telefoonnummer": ""},
    "organisatorische_eenheid": {
        "omschrijving": "",
        "emailadres": "",
        "telefoonnummer": "",
        "faxnummer": "",
    },
    "geautomatiseerde_actor": {"functie": "Chatbot", "omschrijving": ""},
}


class Filling:
    """Adds records, each with the next uuid of its resource; gives that uuid."""

    def __init__(self, standin: OpenKlant) -> None:
        self._standin = standin

    def add(self, resource: str, payload: Payload, **given: Json) -> str:
        """Add a record as it is."""
        there = self._standin.records[resource]
        key = uuid(RESOURCES.index(resource) + 1, len(there) + 1)
        there[key] = stub(resource, key) | payload | given
        return key

    def change(self, resource: str, key: str, **given: Json) -> None:
        """Change properties of a record."""
        self._standin.records[resource][key].update(given)

    def actor(self, soort: str = "medewerker", **given: Json) -> str:
        payload: Payload = {
            "naam": "J. Jansen",
            "soortActor": soort,
            "indicatieActief": True,
            "actoridentificator": None,
            "actorIdentificatie": dict(KENMERKEN[soort]),
        }
        return self.add("actoren", payload, **given)

    def partij(self, soort: str, payload: Payload, **given: Json) -> str:
        whole: Payload = {
            "nummer": None,
            "interneNotitie": "",
            "betrokkenen": [],
            "categorieRelaties": [],
            "digitaleAdressen": [],
            "voorkeursDigitaalAdres": None,
            "vertegenwoordigden": [],
            "rekeningnummers": [],
            "voorkeursRekeningnummer": None,
            "partijIdentificatoren": [],
            "soortPartij": soort,
            "indicatieGeheimhouding": None,
            "voorkeurstaal": "",
            "indicatieActief": True,
            "bezoekadres": None,
            "correspondentieadres": None,
            "partijIdentificatie": payload,
        }
        return self.add("partijen", whole, **given)

    def persoon(self, achternaam: str, bsn: str | None = None, **given: Json) -> str:
        name: Payload = {"contactnaam": a_naam(achternaam), "volledigeNaam": achternaam}
        key = self.partij("persoon", name, **given)
        if bsn is not None:
            self.identificator(key, "natuurlijk_persoon", "bsn", bsn, register="brp")
        return key

    def organisatie(self, naam: str, kvk_nummer: str | None, **given: Json) -> str:
        key = self.partij("organisatie", {"naam": naam}, **given)
        if kvk_nummer is not None:
            self.identificator(key, "niet_natuurlijk_persoon", "kvk_nummer", kvk_nummer)
        return key

    def contactpersoon(self, achternaam: str, namens: str | None) -> str:
        work = None if namens is None else stub("partijen", namens)
        name: Payload = {
            "contactnaam": a_naam(achternaam),
            "volledigeNaam": achternaam,
            "werkteVoorPartij": work,
        }
        return self.partij("contactpersoon", name)

    def identificator(
        self,
        partij: str | None,
        objecttype: str,
        soort: str,
        waarde: str,
        *,
        register: str = "hr",
        onder: str | None = None,
    ) -> str:
        parent = None if onder is None else stub("partij-identificatoren", onder)
        payload: Payload = {
            "identificeerdePartij": partij and stub("partijen", partij),
            "anderePartijIdentificator": "",
            "partijIdentificator": {
                "codeObjecttype": objecttype,
                "codeSoortObjectId": soort,
                "objectId": waarde,
                "codeRegister": register,
            },
            "subIdentificatorVan": parent,
        }
        key = self.add("partij-identificatoren", payload)
        if partij is not None:
            whole = self._standin.records["partij-identificatoren"][key]
            self._part("partijen", partij, "partijIdentificatoren", whole)
        return key

    def digitaal_adres(
        self,
        soort: str,
        adres: str,
        *,
        partij: str | None = None,
        betrokkene: str | None = None,
        **given: Json,
    ) -> str:
        payload: Payload = {
            "verstrektDoorBetrokkene": betrokkene and stub("betrokkenen", betrokkene),
            "verstrektDoorPartij": partij and stub("partijen", partij),
            "adres": adres,
            "soortDigitaalAdres": soort,
            "isStandaardAdres": False,
            "omschrijving": "",
            "referentie": "",
            "verificatieDatum": None,
        }
        key = self.add("digitaleadressen", payload, **given)
        for resource, owner in (("partijen", partij), ("betrokkenen", betrokkene)):
            if owner is not None:
                named = stub("digitaleadressen", key)
                self._part(resource, owner, "digitaleAdressen", named)
        return key

    def rekeningnummer(self, partij: str | None, iban: str, **given: Json) -> str:
        owner = partij and stub("partijen", partij)
        payload: Payload = {"partij": owner, "iban": iban, "bic": ""}
        return self.add("rekeningnummers", payload, **given)

    def vertegenwoordiging(self, wie: str, wiens: str) -> str:
        payload: Payload = {
            "vertegenwoordigendePartij": stub("partijen", wie),
            "vertegenwoordigdePartij": stub("partijen", wiens),
        }
        return self.add("vertegenwoordigingen", payload)

    def categorie_relatie(self, partij: str) -> str:
        key = self.add("categorieen", {"naam": "Ondernemer"})
        naam: Payload = {**stub("categorieen", key), "naam": "Ondernemer"}
        payload: Payload = {
            "partij": stub("partijen", partij),
            "categorie": naam,
            "beginDatum": "2026-01-01",
            "eindDatum": None,
        }
        return self.add("categorie-relaties", payload)

    def klantcontact(
        self, day: int, *actoren: str, onderwerp: str = "Vraag", **given: Json
    ) -> str:
        payload: Payload = {
            "gingOverOnderwerpobjecten": [],
            "hadBetrokkenActoren": [
                self._standin.records["actoren"].get(key, stub("actoren", key))
                for key in actoren
            ],
            "omvatteBijlagen": [],
            "hadBetrokkenen": [],
            "leiddeTotInterneTaken": [],
            "nummer": None,
            "referentienummer": None,
            "kanaal": "telefoon",
            "onderwerp": onderwerp,
            "inhoud": "",
            "reactie": "",
            "indicatieContactGelukt": True,
            "hoofdOnderwerpType": "",
            "verdereActieOndernomen": False,
            "taal": "nld",
            "vertrouwelijk": False,
            "plaatsgevondenOp": f"2026-01-{day:02}T10:30:00+01:00",
            "metadata": {},
        }
        return self.add("klantcontacten", payload, **given)

    def betrokkene(
        self, klantcontact: str, partij: str | None = None, **given: Json
    ) -> str:
        payload: Payload = {
            "wasPartij": partij and stub("partijen", partij),
            "hadKlantcontact": stub("klantcontacten", klantcontact),
            "digitaleAdressen": [],
            "bezoekadres": dict(NO_ADRES),
            "correspondentieadres": None,
            "contactnaam": None,
            "volledigeNaam": "",
            "rol": "klant",
            "organisatienaam": "",
            "initiator": True,
        }
        key = self.add("betrokkenen", payload, **given)
        return self._named(klantcontact, "hadBetrokkenen", "betrokkenen", key)

    def onderwerp(
        self, klantcontact: str | None, *codes: str, was: str | None = None
    ) -> str:
        """Give codeRegister, codeObjecttype, codeSoortObjectId and objectId, or `was`."""
        payload: Payload = {
            "klantcontact": klantcontact and stub("klantcontacten", klantcontact),
            "wasKlantcontact": was and stub("klantcontacten", was),
            "onderwerpobjectidentificator": an_identificator(codes),
        }
        key = self.add("onderwerpobjecten", payload)
        field = "gingOverOnderwerpobjecten"
        return self._named(klantcontact, field, "onderwerpobjecten", key)

    def bijlage(self, klantcontact: str | None, *codes: str) -> str:
        owner = klantcontact and stub("klantcontacten", klantcontact)
        payload: Payload = {
            "wasBijlageVanKlantcontact": owner,
            "bijlageidentificator": an_identificator(codes),
        }
        key = self.add("bijlagen", payload)
        return self._named(klantcontact, "omvatteBijlagen", "bijlagen", key)

    def interne_taak(self, klantcontact: str, *actoren: str, **given: Json) -> str:
        assigned: list[Json] = [stub("actoren", key) for key in actoren]
        payload: Payload = {
            "nummer": None,
            "referentienummer": None,
            "gevraagdeHandeling": "Terugbellen",
            "aanleidinggevendKlantcontact": stub("klantcontacten", klantcontact),
            "toegewezenAanActor": assigned[0],
            "toegewezenAanActoren": assigned,
            "toelichting": "",
            "status": "te_verwerken",
            "toegewezenOp": "2026-01-10T09:00:00Z",
            "afgehandeldOp": None,
        }
        key = self.add("internetaken", payload, **given)
        return self._named(klantcontact, "leiddeTotInterneTaken", "internetaken", key)

    def _named(
        self, klantcontact: str | None, field: str, resource: str, key: str
    ) -> str:
        if klantcontact is not None:
            self._part("klantcontacten", klantcontact, field, stub(resource, key))
        return key

    def _part(self, resource: str, owner: str, field: str, part: Payload) -> None:
        record = self._standin.records[resource][owner]
        cast("list[Payload]", record[field]).append(part)


def a_naam(achternaam: str) -> Payload:
    return {
        "voorletters": "A.",
        "voornaam": "Anna",
        "voorvoegselAchternaam": "",
        "achternaam": achternaam,
    }


def an_identificator(codes: Sequence[str]) -> Payload | None:
    if not codes:
        return None
    names = ("codeRegister", "codeObjecttype", "codeSoortObjectId", "objectId")
    return dict(zip(names, codes, strict=True))
