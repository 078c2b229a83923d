"""Every field of the graph and its rule; a field that is not here is not served.

A type that is `seen` shows records that must have passed `gateway.identity.sight.sight`. The
others hold values of such a record, or what only comes with it.
"""

from collections.abc import Mapping
from types import MappingProxyType

import msgspec

from gateway.identity.policy import rules
from gateway.identity.policy.rules import Rule


class FieldRule(msgspec.Struct, frozen=True):
    """The rule of one field, and whether its records must have passed."""

    rule: Rule
    seen: bool


class TypeRules(msgspec.Struct, frozen=True):
    """What holds for one type.

    Attributes:
        fields: by name in the graph.
        seen: whether its records must have passed.
    """

    fields: Mapping[str, Rule]
    seen: bool


def _seen(*rows: tuple[Rule, str]) -> TypeRules:
    return TypeRules(_fields(*rows), True)


def _along(names: str) -> TypeRules:
    return TypeRules(_fields((rules.HIERBOVEN, names)), False)


def _fields(*rows: tuple[Rule, str]) -> Mapping[str, Rule]:
    return MappingProxyType(
        {name: rule for rule, names in rows for name in names.split()}
    )


def _roots(*rows: tuple[Rule, str]) -> TypeRules:
    named = {
        name: msgspec.structs.replace(rule, operation=name)
        for name, rule in _fields(*rows).items()
    }
    return TypeRules(MappingProxyType(named), False)


def _came_to(*rows: tuple[Rule, str]) -> TypeRules:
    return TypeRules(_fields(*rows, (rules.HIERBOVEN, "fouten")), False)


_PARTIJ = (
    (rules.PARTIJ, "id nummer soortPartij"),
    (
        rules.PARTIJGEGEVENS,
        (
            "indicatieGeheimhouding voorkeurstaal voorkeurstaalNaam indicatieActief"
            " bezoekadres correspondentieadres digitaleAdressen voorkeursDigitaalAdres rekeningnummers"
            " toestemmingHergebruik versie"
        ),
    ),
    (rules.NOTITIES, "interneNotitie"),
    (rules.IDENTIFICATIES, "externeIdentificaties"),
    (rules.RELATIES, "vertegenwoordigden vertegenwoordigers"),
    (rules.PARTIJGEGEVENS, "contactpersonen"),
    (rules.KLANTCONTACTEN_VAN, "klantcontacten"),
)
_LISTED = ("Partij", "Klantcontact", "InterneTaak", "Actor", "Inzage", "Mutatie")
_VERWIJZING = "id url uuid bron identificator"

FIELDS: Mapping[str, TypeRules] = MappingProxyType(
    {
        "Query": _roots(
            # What is in the lists is of nobody, and forms are shown before one logs in.
            (rules.VRIJ, "_service ik referentielijsten"),
            (rules.EIGEN, "mijnKlantbeeld mijnInzage"),
            (rules.ZOEKEN, "klantbeeld partijen"),
            (rules.PARTIJ, "partij"),
            (rules.KLANTCONTACT, "klantcontact"),
            (rules.KLANTCONTACTEN_ZOEKEN, "klantcontacten"),
            (rules.INTERNE_TAAK, "interneTaken"),
            (rules.ACTOREN_ZOEKEN, "actoren"),
            (rules.INGELOGD, "node"),
        ),
        "Mutation": _roots(
            (
                rules.PARTIJ_REGISTREREN,
                (
                    "registreerPersoon registreerOrganisatie registreerContactpersoon"
                    " voegExterneIdentificatieToe verwijderExterneIdentificatie"
                    " voegVertegenwoordigingToe verwijderVertegenwoordiging"
                ),
            ),
            (rules.PARTIJ_VERWIJDEREN, "verwijderPartij"),
            (
                rules.PARTIJ_SCHRIJVEN,
                (
                    "wijzigPartij geefToestemming trekToestemmingIn"
                    " voegDigitaalAdresToe wijzigDigitaalAdres verwijderDigitaalAdres"
                    " kiesVoorkeursDigitaalAdres zetAdres verwijderAdres"
                    " voegRekeningnummerToe verwijderRekeningnummer vraagVerificatieAan"
                    " bevestigVerificatie"
                ),
            ),
            (
                rules.KLANTCONTACT_SCHRIJVEN,
                "registreerKlantcontact vulInhoudAan koppelBetrokkene",
            ),
            (rules.KLANTCONTACT_CORRIGEREN, "corrigeerKlantcontact"),
            (
                rules.INTERNE_TAAK_SCHRIJVEN,
                "registreerInterneTaak verwerkInterneTaak herrouteerInterneTaak",
            ),
            (rules.ACTOR_SCHRIJVEN, "registreerActor wijzigActor"),
        ),
        # What a mutation came to: what was recorded, to who may see that.
        "Fout": _along("code pad melding"),
        "PartijPayload": _came_to((rules.PARTIJ, "partij")),
        "AdresPayload": _came_to((rules.PARTIJ, "partij")),
        "DigitaalAdresPayload": _came_to((rules.PARTIJ, "partij digitaalAdres")),
        "RekeningnummerPayload": _came_to((rules.PARTIJ, "partij rekeningnummer")),
        "KlantcontactPayload": _came_to(
            (rules.KLANTCONTACT, "klantcontact"), (rules.HIERBOVEN, "waarschuwingen")
        ),
        "InterneTaakPayload": _came_to((rules.INTERNE_TAAK, "interneTaak")),
        "VerwerkInterneTaakPayload": _came_to(
            (rules.INTERNE_TAAK, "interneTaak"),
            (rules.KLANTCONTACT, "klantcontact"),
            (rules.HIERBOVEN, "waarschuwingen"),
        ),
        "HerrouteerInterneTaakPayload": _came_to(
            (rules.INTERNE_TAAK, "interneTaak nieuweTaak")
        ),
        "ActorPayload": _came_to((rules.ACTOR, "actor")),
        # Who asks, told to themselves.
        "_Service": _along("sdl"),
        "Ik": _along(
            "soort niveau client rechten verwerking verwerkingen namens hoedanigheden"
        ),
        "KlantHoedanigheid": _along("soort kvkNummer vestigingsnummer gekozen"),
        # Codes, and what they are called.
        "Referentielijsten": _along("kanalen talen landen soortenDigitaalAdres"),
        "Referentiewaarde": _along("code naam"),
        # What belongs together for one klant.
        "Klantbeeld": _seen(
            (rules.PARTIJ, "partij partijen"),
            (rules.PARTIJGEGEVENS, "contactpersonen"),
            (rules.KLANTCONTACTEN_VAN, "klantcontacten"),
            (rules.INTERNE_TAKEN_VAN, "interneTaken"),
        ),
        "MijnInzage": _seen((rules.EIGEN, "klantbeeld inzagen mutaties")),
        "Inzage": _along("moment soortAanvrager wat verwerking verwerkingUri"),
        "Mutatie": _along("moment soortAanvrager verwerking handeling soort"),
        # Partijen.
        "Persoon": _seen(*_PARTIJ, (rules.PARTIJGEGEVENS, "contactnaam")),
        "Organisatie": _seen(*_PARTIJ, (rules.PARTIJGEGEVENS, "naam")),
        "Contactpersoon": _seen(
            *_PARTIJ,
            (rules.PARTIJGEGEVENS, "contactnaam hoedanigheid formeel vastgesteldOp"),
            (rules.PARTIJGEGEVENS, "namens"),
        ),
        "ExterneIdentificatie": _along(
            "id register soort waarde land landNaam kvkNummer subjectUrl subjectNaam"
            " subjectGeboortedatum subjectPlaats"
        ),
        "Rekeningnummer": _along("id iban bic"),
        "Toestemming": TypeRules(
            _fields(
                (rules.HIERBOVEN, "gegevenOp ingetrokkenOp"),
                (rules.KLANTCONTACT, "klantcontact"),
            ),
            False,
        ),
        "Contactnaam": _along(
            "voorletters voornaam voorvoegselAchternaam achternaam volledigeNaam"
        ),
        "Adres": _along(
            "vorm nummeraanduidingId straatnaam huisnummer huisnummertoevoeging"
            " postbusnummer antwoordnummer postcode plaats adresregel1 adresregel2"
            " adresregel3 land landNaam"
        ),
        "DigitaalAdres": _along(
            "id soort soortNaam adres omschrijving platform verificatieDatum standaard versie"
        ),
        # Klantcontacten and their parts.
        "Klantcontact": _seen(
            (
                rules.KLANTCONTACT,
                (
                    "id nummer kanaal kanaalNaam plaatsgevondenOp beeindigdOp taal"
                    " taalNaam vertrouwelijk"
                    " indicatieContactGelukt duur richting identiteitsvaststelling"
                    " betrokkenen contactgegevens actoren onderwerpen inhoud vorige"
                    " vervolg"
                ),
            ),
            (rules.INTERNE_TAAK, "interneTaken"),
        ),
        "Identiteitsvaststelling": _seen(
            (rules.KLANTCONTACT, "middel niveau grond vastgesteldOp vastgesteldDoor")
        ),
        "Betrokkene": _seen(
            (rules.KLANTCONTACT, "id rol initiator"),
            (
                rules.CONTACTGEGEVENS,
                (
                    "contactnaam organisatienaam bezoekadres correspondentieadres"
                    " digitaleAdressen"
                ),
            ),
            (rules.PARTIJ, "partij"),
        ),
        # Of the partij's own only what was disclosed: each field sees to that.
        "Contactgegevens": _seen(
            (rules.KLANTCONTACT, "betrokkene"),
            (
                rules.CONTACTGEGEVENS,
                (
                    "contactnaam organisatienaam herkomstNaam bezoekadres"
                    " herkomstBezoekadres correspondentieadres"
                    " herkomstCorrespondentieadres digitaleAdressen"
                    " voorkeursDigitaalAdres herkomstDigitaleAdressen"
                    " redenenNietGebruiken"
                ),
            ),
        ),
        "TekstOnderwerp": _seen((rules.KLANTCONTACT, "id tekst")),
        "ZaakOnderwerp": _seen((rules.KLANTCONTACT, _VERWIJZING), (rules.ZAAK, "zaak")),
        "KlanttaakOnderwerp": _seen(
            (rules.KLANTCONTACT, _VERWIJZING), (rules.OBJECT, "klanttaak")
        ),
        "ObjectOnderwerp": _seen(
            (rules.KLANTCONTACT, _VERWIJZING), (rules.OBJECT, "object")
        ),
        "InterneTaakOnderwerp": _seen(
            (rules.KLANTCONTACT, "id"), (rules.INTERNE_TAAK, "interneTaak")
        ),
        "KlantcontactOnderwerp": _seen((rules.KLANTCONTACT, "id klantcontact")),
        "TekstInhoud": _seen((rules.KLANTCONTACT, "id onderdeel tekst")),
        "DocumentInhoud": _seen(
            (rules.KLANTCONTACT, f"{_VERWIJZING} onderdeel"),
            (rules.DOCUMENT, "document"),
        ),
        "ObjectInhoud": _seen(
            (rules.KLANTCONTACT, f"{_VERWIJZING} onderdeel"), (rules.OBJECT, "object")
        ),
        "Identificator": _along(
            "codeRegister codeObjecttype codeSoortObjectId objectId"
        ),
        "InterneTaak": _seen(
            (
                rules.INTERNE_TAAK,
                (
                    "id nummer gevraagdeHandeling toelichting status toegewezenOp"
                    " verwerktOp wachtSinds versie actoren"
                ),
            ),
            (rules.KLANTCONTACT, "klantcontact"),
        ),
        # Who acts for the municipality.
        "Medewerker": _seen(
            (rules.ACTOR, "id soortActor"),
            (
                rules.MEDEWERKER,
                "naam indicatieActief identificator functie emailadres telefoonnummer",
            ),
        ),
        "OrganisatorischeEenheid": _seen(
            (
                rules.ACTOR,
                (
                    "id soortActor naam indicatieActief identificator omschrijving"
                    " emailadres telefoonnummer"
                ),
            )
        ),
        "GeautomatiseerdeActor": _seen(
            (
                rules.ACTOR,
                "id soortActor naam indicatieActief identificator functie omschrijving",
            )
        ),
        # What lives in registers.
        "Zaak": _seen(
            (
                rules.ZAAK,
                (
                    "url uuid identificatie bronorganisatie omschrijving toelichting"
                    " registratiedatum startdatum einddatum einddatumGepland"
                    " uiterlijkeEinddatumAfdoening vertrouwelijkheidaanduiding"
                    " betalingsindicatie zaaktype status resultaat hoofdzaak deelzaken"
                ),
            )
        ),
        "Status": _along("url uuid datumStatusGezet statustoelichting statustype"),
        "Resultaat": _along("url uuid toelichting resultaattype"),
        "ZaakType": _along(
            "url identificatie omschrijving omschrijvingGeneriek onderwerp doel"
            " toelichting doorlooptijd servicenorm indicatieInternOfExtern"
            " vertrouwelijkheidaanduiding"
        ),
        "StatusType": _along(
            "url omschrijving omschrijvingGeneriek statustekst volgnummer isEindstatus"
            " informeren"
        ),
        "ResultaatType": _along("url omschrijving omschrijvingGeneriek toelichting"),
        "Document": _seen(
            (
                rules.DOCUMENT,
                (
                    "url uuid identificatie bronorganisatie titel beschrijving"
                    " creatiedatum ontvangstdatum verzenddatum status"
                    " vertrouwelijkheidaanduiding formaat taal taalNaam versie"
                    " beginRegistratie"
                    " bestandsnaam bestandsomvang trefwoorden informatieobjecttype"
                ),
            ),
            (rules.AUTEUR, "auteur"),
        ),
        "InformatieObjectType": _along(
            "url omschrijving informatieobjectcategorie vertrouwelijkheidaanduiding"
        ),
        "OverigObject": _seen(
            (rules.OBJECT, "url uuid type data startAt endAt registrationAt")
        ),
        "ObjectType": _along("url uuid name namePlural description"),
        "Klanttaak": _seen(
            (
                rules.OBJECT,
                (
                    "titel status soort verloopdatum eigenaar url formulier ogonebetaling"
                    " object"
                ),
            ),
            (rules.ZAAK, "zaak"),
        ),
        "KlanttaakFormulier": _along("soort value"),
        "Ogonebetaling": _along("betaalkenmerk bedrag"),
        # Lists of these.
        **{
            f"{name}Connection": _along("edges nodes pageInfo totalCount")
            for name in _LISTED
        },
        **{f"{name}Edge": _along("node cursor") for name in _LISTED},
        "PageInfo": _along("hasNextPage hasPreviousPage startCursor endCursor"),
    }
)
