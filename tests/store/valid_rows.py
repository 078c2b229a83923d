"""Rows that keep every rule: the world of the constraint tests.

`WORLD` is in the database already; `VALID` has one more row of every form, each of
which can be added to it.
"""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from sqlalchemy import Table

from gateway.store.tables import (
    actoren,
    adressen,
    betrokkenen,
    digitale_adressen,
    externe_identificaties,
    inhoudsdelen,
    interne_taak_actoren,
    interne_taken,
    klantcontact_actoren,
    klantcontacten,
    onderwerpen,
    partijen,
    rekeningnummers,
    toestemmingen,
    vertegenwoordigingen,
)

Row = dict[str, object]

MOMENT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
LATER = MOMENT + timedelta(minutes=5)

PERSOON, ORGANISATIE, CONTACTPERSOON = UUID(int=1), UUID(int=2), UUID(int=3)
NATUURLIJK, NIET_NATUURLIJK = UUID(int=4), UUID(int=5)
ANDER_NATUURLIJK, ANDER_NIET_NATUURLIJK = UUID(int=6), UUID(int=7)
ACTOR, ANDERE_ACTOR = UUID(int=10), UUID(int=11)
KLANTCONTACT, ANDER_KLANTCONTACT = UUID(int=20), UUID(int=21)
BETROKKENE, INTERNE_TAAK, DIGITAAL_ADRES = UUID(int=30), UUID(int=31), UUID(int=32)
NEW, ABSENT = UUID(int=98), UUID(int=99)

URL = "https://registers.example/api/v1/1"
IDENTIFICATOR: Row = {
    "code_register": "oud-zaaksysteem",
    "code_objecttype": "zaak",
    "code_soort_object_id": "zaaknummer",
    "object_id": "Z-1",
}
NATUURLIJK_PERSOON: Row = {
    "partij_id": NATUURLIJK,
    "soort_subject": "natuurlijk_persoon",
}
NIET_NATUURLIJK_PERSOON: Row = {
    "partij_id": NIET_NATUURLIJK,
    "soort_subject": "niet_natuurlijk_persoon",
}
NAMENS: Row = {
    "soort_partij": "contactpersoon",
    "namens_partij_id": PERSOON,
    "namens_soort_partij": "persoon",
    "formeel": False,
    "vastgesteld_op": MOMENT,
}
IDENTITEIT: Row = {
    "identiteit_middel": "DigiD",
    "identiteit_niveau": "substantieel",
    "identiteit_grond": "zelf",
    "identiteit_vastgesteld_door_id": ACTOR,
    "identiteit_vastgesteld_op": MOMENT,
}
TAAK: Row = {
    "klantcontact_id": KLANTCONTACT,
    "plaatsgevonden_op": MOMENT,
    "gevraagde_handeling": "Terugbellen",
    "status": "te_verwerken",
    "toegewezen_op": MOMENT,
}
BETROKKEN: Row = {
    "klantcontact_id": KLANTCONTACT,
    "plaatsgevonden_op": MOMENT,
    "rol": "belanghebbende",
    "initiator": True,
}
MEDEWERKER: Row = {"soort_actor": "medewerker", "naam": "An"}
EMAIL: Row = {"partij_id": PERSOON, "soort": "email", "adres": "an@example.nl"}
EIGEN_SOORT = {"soort_subject": "natuurlijk_persoon", "soort_partij": "persoon"}
EIGEN_NIET = {"soort_subject": "niet_natuurlijk_persoon", "soort_partij": "organisatie"}

WORLD: list[tuple[Table, Row]] = [
    (partijen, {"id": PERSOON, "soort_partij": "persoon"}),
    (partijen, {"id": ORGANISATIE, "soort_partij": "organisatie"}),
    (partijen, {"id": CONTACTPERSOON, **NAMENS}),
    (partijen, {"id": NATUURLIJK, **EIGEN_SOORT}),
    (partijen, {"id": ANDER_NATUURLIJK, **EIGEN_SOORT}),
    (partijen, {"id": NIET_NATUURLIJK, **EIGEN_NIET}),
    (partijen, {"id": ANDER_NIET_NATUURLIJK, **EIGEN_NIET}),
    (actoren, {"id": ACTOR, **MEDEWERKER}),
    (actoren, {"id": ANDERE_ACTOR, **MEDEWERKER}),
    (klantcontacten, {"id": KLANTCONTACT, "plaatsgevonden_op": MOMENT}),
    (klantcontacten, {"id": ANDER_KLANTCONTACT, "plaatsgevonden_op": MOMENT}),
    (betrokkenen, {"id": BETROKKENE, **BETROKKEN}),
    (interne_taken, {"id": INTERNE_TAAK, **TAAK}),
    (digitale_adressen, {"id": DIGITAAL_ADRES, **EMAIL}),
]


def _identificatie(whose: Row, register: str, soort: str, waarde: str) -> Row:
    return {**whose, "register": register, "soort": soort, "waarde": waarde}


def _adres(vorm: str, **more: object) -> Row:
    return {
        "partij_id": PERSOON,
        "soort": "correspondentieadres",
        "vorm": vorm,
        **more,
    }


def _digitaal(soort: str, adres: str, **more: object) -> Row:
    return {"partij_id": PERSOON, "soort": soort, "adres": adres, **more}


def _deel(vorm: str, **more: object) -> Row:
    return {"klantcontact_id": KLANTCONTACT, "volgorde": 1, "vorm": vorm, **more}


VALID: dict[str, tuple[Table, Row]] = {
    "persoon": (partijen, {"soort_partij": "persoon"}),
    "organisatie": (partijen, {"soort_partij": "organisatie"}),
    "contactpersoon": (partijen, NAMENS),
    "contactpersoon van organisatie": (
        partijen,
        NAMENS
        | {"namens_partij_id": ORGANISATIE, "namens_soort_partij": "organisatie"},
    ),
    "bsn": (
        externe_identificaties,
        _identificatie(NATUURLIJK_PERSOON, "brp", "bsn", "123456782"),
    ),
    "rsin": (
        externe_identificaties,
        _identificatie(NIET_NATUURLIJK_PERSOON, "hr", "rsin", "123456782"),
    ),
    "kvk_nummer": (
        externe_identificaties,
        _identificatie(NIET_NATUURLIJK_PERSOON, "hr", "kvk_nummer", "12345678"),
    ),
    "vestigingsnummer": (
        externe_identificaties,
        _identificatie(
            NIET_NATUURLIJK_PERSOON, "hr", "vestigingsnummer", "000012345678"
        )
        | {"kvk_nummer": "12345678"},
    ),
    "ander nummer": (
        externe_identificaties,
        {"partij_id": PERSOON, "register": "x", "soort": "x", "waarde": "x"},
    ),
    "persoon bij url": (
        externe_identificaties,
        NATUURLIJK_PERSOON | {"subject_url": URL},
    ),
    "organisatie bij url": (
        externe_identificaties,
        NIET_NATUURLIJK_PERSOON | {"subject_url": URL},
    ),
    "overgenomen": (
        externe_identificaties,
        NATUURLIJK_PERSOON
        | {
            "subject_naam": "An de Wit",
            "subject_geboortedatum": date(1970, 1, 1),
            "subject_plaats": "Delft",
        },
    ),
    "toestemming": (toestemmingen, {"partij_id": PERSOON, "gegeven_op": MOMENT}),
    "straatadres": (adressen, _adres("straatadres", straatnaam="Markt", huisnummer=1)),
    "bag-adres": (
        adressen,
        _adres("straatadres", nummeraanduiding_id="0503200000000001"),
    ),
    "postbus": (adressen, _adres("postbus", postbusnummer=1)),
    "antwoordnummer": (adressen, _adres("antwoordnummer", antwoordnummer=1)),
    "buitenland": (adressen, _adres("buitenland", land="BE", adresregel1="Markt 1")),
    "adres van betrokkene": (
        adressen,
        _adres("postbus", postbusnummer=1)
        | {"partij_id": None, "betrokkene_id": BETROKKENE},
    ),
    "email": (digitale_adressen, EMAIL),
    "telefoonnummer": (digitale_adressen, _digitaal("telefoonnummer", "0152602411")),
    "social_media": (digitale_adressen, _digitaal("social_media", "@an", platform="x")),
    "overig": (digitale_adressen, _digitaal("overig", "an")),
    "email van betrokkene": (
        digitale_adressen,
        EMAIL | {"partij_id": None, "betrokkene_id": BETROKKENE},
    ),
    "rekeningnummer": (
        rekeningnummers,
        {"partij_id": PERSOON, "iban": "NL91ABNA0417164300", "bic": "ABNANL2A"},
    ),
    "vertegenwoordiging": (
        vertegenwoordigingen,
        {
            "vertegenwoordigende_partij_id": CONTACTPERSOON,
            "vertegenwoordigde_partij_id": PERSOON,
        },
    ),
    "medewerker": (actoren, MEDEWERKER),
    "eenheid": (actoren, {"soort_actor": "organisatorische_eenheid", "naam": "KCC"}),
    "automaat": (actoren, {"soort_actor": "geautomatiseerde_actor", "naam": "Bot"}),
    "actor van elders": (actoren, MEDEWERKER | IDENTIFICATOR),
    "klantcontact": (
        klantcontacten,
        {"plaatsgevonden_op": MOMENT, "beeindigd_op": LATER},
    ),
    "klantcontact met identiteit": (
        klantcontacten,
        {"plaatsgevonden_op": MOMENT, **IDENTITEIT},
    ),
    "actor bij klantcontact": (
        klantcontact_actoren,
        {"klantcontact_id": KLANTCONTACT, "actor_id": ACTOR},
    ),
    "betrokkene": (betrokkenen, BETROKKEN | {"partij_id": PERSOON}),
    "onderwerp tekst": (onderwerpen, _deel("tekst", tekst="Afval")),
    "onderwerp zaak": (onderwerpen, _deel("zaak", url=URL)),
    "onderwerp klanttaak": (onderwerpen, _deel("klanttaak", url=URL)),
    "onderwerp object": (onderwerpen, _deel("object", **IDENTIFICATOR)),
    "onderwerp interne_taak": (
        onderwerpen,
        _deel("interne_taak", interne_taak_id=INTERNE_TAAK),
    ),
    "onderwerp klantcontact": (
        onderwerpen,
        _deel("klantcontact", onderwerp_klantcontact_id=ANDER_KLANTCONTACT),
    ),
    "inhoud tekst": (inhoudsdelen, _deel("tekst", tekst="Goedendag")),
    "inhoud informatieobject": (
        inhoudsdelen,
        _deel("informatieobject", url=URL, onderdeel="bijlage"),
    ),
    "inhoud object": (inhoudsdelen, _deel("object", **IDENTIFICATOR)),
    "taak": (interne_taken, TAAK),
    "verwerkte taak": (
        interne_taken,
        TAAK | {"status": "verwerkt", "verwerkt_op": LATER},
    ),
    "actor bij taak": (
        interne_taak_actoren,
        {
            "interne_taak_id": INTERNE_TAAK,
            "actor_id": ACTOR,
            "status": "te_verwerken",
            "plaatsgevonden_op": MOMENT,
        },
    ),
}
