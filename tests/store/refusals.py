"""What each constraint refuses: a valid row of `valid_rows.py`, with a change that breaks it.

Every change breaks one rule only, since PostgreSQL tells only the first.
"""

from datetime import UTC, date, datetime, timedelta

from tests.store.valid_rows import (
    ABSENT,
    ANDER_KLANTCONTACT,
    BETROKKENE,
    CONTACTPERSOON,
    DIGITAAL_ADRES,
    IDENTIFICATOR,
    INTERNE_TAAK,
    KLANTCONTACT,
    MOMENT,
    NATUURLIJK,
    NEW,
    NIET_NATUURLIJK,
    PERSOON,
    URL,
    Row,
)

EARLIER = MOMENT - timedelta(seconds=1)
FUTURE = datetime(2999, 1, 1, tzinfo=UTC)
NO_ELFPROEF = (
    "123456783",
    "000000000",
    "000000001",
    "12345678",
    "1234567820",
    "12345678a",
    "-23456782",
    " 23456782",
    "123456782\n",
    "\uff11\uff12\uff13\uff14\uff15\uff16\uff17\uff18\uff12",
)
LANDEN = ("nl", "N", "NLD", "N1", "NL\n")
TALEN = ("nl", "NLD", "n1d", "nld\n")
NO_IDENTIFICATOR: Row = dict.fromkeys(IDENTIFICATOR)
HALF_AN_IDENTIFICATOR: list[Row] = [{name: None} for name in IDENTIFICATOR]
URLS = ("ftp://x/1", "/zaken/1", " https://x/1", f"https://x/{'x' * 1000}")

# constraint, valid row -> changes
REFUSALS: dict[tuple[str, str], list[Row]] = {
    ("ck_partijen_soort_partij", "persoon"): [{"soort_partij": "bedrijf"}],
    ("ck_partijen_soort_subject", "persoon"): [{"soort_subject": "rechtspersoon"}],
    ("ck_partijen_voorkeurstaal", "persoon"): [{"voorkeurstaal": x} for x in TALEN],
    ("ck_partijen_hoedanigheid", "contactpersoon"): [{"hoedanigheid": "buur"}],
    ("ck_partijen_namens_soort_partij", "contactpersoon"): [
        {"namens_partij_id": CONTACTPERSOON, "namens_soort_partij": "contactpersoon"}
    ],
    ("ck_partijen_namens_alleen_contactpersoon", "contactpersoon"): [
        {"namens_partij_id": None},
        {"namens_soort_partij": None},
        {"formeel": None},
        {"vastgesteld_op": None},
        {"id": NEW, "namens_partij_id": NEW},
        {"soort_partij": "persoon"},
    ],
    ("ck_partijen_namens_alleen_contactpersoon", "persoon"): [
        {"formeel": False},
        {"vastgesteld_op": MOMENT},
        {"hoedanigheid": "anders"},
        {"namens_soort_partij": "persoon"},
        {"namens_partij_id": PERSOON},
        {"soort_partij": "contactpersoon"},
    ],
    ("fk_partijen_namens", "contactpersoon"): [
        {"namens_soort_partij": "organisatie"},
        {"namens_partij_id": CONTACTPERSOON},
        {"namens_partij_id": ABSENT},
    ],
    ("ck_partijen_naam_naar_soort", "organisatie"): [
        {"voorletters": "A."},
        {"voornaam": "An"},
        {"voorvoegsel_achternaam": "de"},
        {"achternaam": "Wit"},
    ],
    ("ck_partijen_naam_naar_soort", "persoon"): [{"naam": "Bakkerij"}],
    ("ck_partijen_naam_naar_soort", "contactpersoon"): [{"naam": "Bakkerij"}],
    ("ck_partijen_natuurlijk_persoon_is_persoon", "organisatie"): [
        {"soort_subject": "natuurlijk_persoon"}
    ],
    ("ck_partijen_natuurlijk_persoon_is_persoon", "contactpersoon"): [
        {"soort_subject": "natuurlijk_persoon"}
    ],
    ("fk_partijen_voorkeurs_digitaal_adres", "persoon"): [
        {"voorkeurs_digitaal_adres_id": DIGITAAL_ADRES},
        {"voorkeurs_digitaal_adres_id": ABSENT},
    ],
    ("ck_externe_identificaties_noemt_iemand", "ander nummer"): [
        {"register": None, "soort": None, "waarde": None}
    ],
    ("ck_externe_identificaties_url_of_overgenomen", "persoon bij url"): [
        {"subject_naam": "An"}
    ],
    ("ck_externe_identificaties_url_of_overgenomen", "overgenomen"): [
        {"subject_url": URL}
    ],
    ("ck_externe_identificaties_overgenomen_met_naam", "bsn"): [
        {"subject_geboortedatum": date(1970, 1, 1)},
        {"subject_plaats": "Delft"},
    ],
    ("ck_externe_identificaties_waarde_met_soort", "persoon bij url"): [
        {"register": "brp"},
        {"soort": "x"},
        {"waarde": "1"},
        {"register": "x", "soort": "x"},
        {"register": "brp", "waarde": "123456782"},
        {"soort": "x", "waarde": "123456782"},
    ],
    ("ck_externe_identificaties_soort_subject", "ander nummer"): [
        {"soort_subject": "dier"}
    ],
    ("fk_externe_identificaties_soort_subject", "bsn"): [
        {"partij_id": NIET_NATUURLIJK},
        {"partij_id": PERSOON},
    ],
    ("fk_externe_identificaties_soort_subject", "kvk_nummer"): [
        {"partij_id": NATUURLIJK}
    ],
    ("fk_externe_identificaties_soort_subject", "overgenomen"): [
        {"partij_id": NIET_NATUURLIJK}
    ],
    ("ck_externe_identificaties_soort_past", "bsn"): [
        {"register": "hr"},
        {"register": "BRP"},
        {"soort_subject": None},
        {"soort_subject": "niet_natuurlijk_persoon", "partij_id": NIET_NATUURLIJK},
    ],
    **{
        ("ck_externe_identificaties_soort_past", soort): [
            {"register": "kvk"},
            {"soort_subject": None},
            {"soort_subject": "natuurlijk_persoon", "partij_id": NATUURLIJK},
        ]
        for soort in ("rsin", "kvk_nummer", "vestigingsnummer")
    },
    ("ck_externe_identificaties_van_wie", "persoon bij url"): [{"soort_subject": None}],
    **{
        (f"ck_{table}_nummer", row): [{"nummer": 0}, {"nummer": 10_000_000_000}]
        for table, row in (
            ("partijen", "persoon"),
            ("klantcontacten", "klantcontact"),
            ("interne_taken", "taak"),
        )
    },
    **{
        (f"ck_{table}_versie", row): [{"versie": 0}]
        for table, row in (
            ("partijen", "persoon"),
            ("interne_taken", "taak"),
            ("digitale_adressen", "email"),
        )
    },
    ("ck_externe_identificaties_van_wie", "overgenomen"): [
        {"soort_subject": None, "subject_geboortedatum": None}
    ],
    ("ck_externe_identificaties_geboortedatum_van_persoon", "overgenomen"): [
        {"soort_subject": "niet_natuurlijk_persoon", "partij_id": NIET_NATUURLIJK}
    ],
    ("ck_externe_identificaties_brp_kent_bsn", "ander nummer"): [
        {"register": "brp", "soort": x} for x in ("x", "burgerservicenummer", "rsin1")
    ],
    ("ck_externe_identificaties_soort_kleine_letters", "ander nummer"): [
        {"soort": x} for x in ("BSN", "Bsn", "bsn ", "1bsn", "b-s-n", "bsn\n")
    ],
    ("ck_externe_identificaties_bsn", "bsn"): [{"waarde": x} for x in NO_ELFPROEF],
    ("ck_externe_identificaties_rsin", "rsin"): [{"waarde": x} for x in NO_ELFPROEF],
    ("ck_externe_identificaties_kvk_nummer", "kvk_nummer"): [
        {"waarde": x} for x in ("1234567", "123456789", "1234567a", "12345678\n")
    ],
    ("ck_externe_identificaties_vestigingsnummer", "vestigingsnummer"): [
        {"waarde": "00001234567"},
        {"waarde": "00001234567a"},
        {"kvk_nummer": None},
        {"kvk_nummer": "1234567"},
        {"kvk_nummer": ""},
    ],
    **{
        ("ck_externe_identificaties_vestigingsnummer", name): [
            {"kvk_nummer": "12345678"}
        ]
        for name in ("bsn", "kvk_nummer", "ander nummer", "organisatie bij url")
    },
    ("ck_externe_identificaties_land", "ander nummer"): [{"land": x} for x in LANDEN],
    ("ck_externe_identificaties_subject_url", "persoon bij url"): [
        {"subject_url": x} for x in URLS
    ],
    ("ck_toestemmingen_eerst_gegeven", "toestemming"): [{"ingetrokken_op": EARLIER}],
    ("ck_adressen_soort", "straatadres"): [{"soort": "vakantieadres"}],
    ("ck_adressen_vorm", "straatadres"): [{"vorm": "woonboot"}],
    ("ck_adressen_bag", "bag-adres"): [
        {"nummeraanduiding_id": x} for x in ("1", "x" * 16, "1" * 17)
    ],
    ("ck_adressen_postcode", "straatadres"): [
        {"postcode": x} for x in ("2611GA", "0611 GA", "2611 ga", "2611 GAA")
    ],
    ("ck_adressen_land", "buitenland"): [{"land": x} for x in LANDEN],
    ("ck_adressen_huisnummer", "straatadres"): [
        {"huisnummer": x} for x in (0, -1, 100_000)
    ],
    ("ck_adressen_een_eigenaar", "postbus"): [
        {"partij_id": None},
        {"betrokkene_id": BETROKKENE},
    ],
    ("ck_adressen_toevoeging_bij_huisnummer", "straatadres"): [
        {"huisnummer": None, "huisnummertoevoeging": "bis"}
    ],
    ("ck_adressen_vorm_past", "straatadres"): [
        {"straatnaam": None},
        {"land": "BE"},
        {"postbusnummer": 1},
        {"antwoordnummer": 1},
    ],
    ("ck_adressen_vorm_past", "postbus"): [
        {"postbusnummer": None},
        {"nummeraanduiding_id": "0" * 16},
        {"postbusnummer": 0},
        {"antwoordnummer": 1},
        {"straatnaam": "Markt"},
        {"huisnummer": 1},
        {"land": "BE"},
    ],
    ("ck_adressen_vorm_past", "antwoordnummer"): [
        {"antwoordnummer": None},
        {"nummeraanduiding_id": "0" * 16},
        {"antwoordnummer": -1},
        {"postbusnummer": 1},
        {"straatnaam": "Markt"},
        {"huisnummer": 1},
        {"land": "BE"},
    ],
    ("ck_adressen_vorm_past", "buitenland"): [
        {"land": None},
        {"land": "NL"},
        {"adresregel1": None},
        {"straatnaam": "Markt"},
        {"huisnummer": 1},
        {"postbusnummer": 1},
        {"antwoordnummer": 1},
        {"postcode": "2611 GA"},
        {"nummeraanduiding_id": "0" * 16},
    ],
    ("ck_adressen_bezoek_is_een_plek", "postbus"): [{"soort": "bezoekadres"}],
    ("ck_adressen_bezoek_is_een_plek", "antwoordnummer"): [{"soort": "bezoekadres"}],
    ("ck_digitale_adressen_soort", "overig"): [{"soort": "fax"}],
    ("ck_digitale_adressen_een_eigenaar", "email"): [
        {"partij_id": None},
        {"betrokkene_id": BETROKKENE},
    ],
    ("ck_digitale_adressen_platform_hoort", "social_media"): [{"platform": None}],
    ("ck_digitale_adressen_platform_hoort", "overig"): [{"platform": "x"}],
    ("ck_digitale_adressen_standaard_partij", "email van betrokkene"): [
        {"standaard": True}
    ],
    ("ck_digitale_adressen_email", "email"): [
        {"adres": x} for x in ("an", "an@", "an@nl", "a n@x.nl", "a@b@x.nl", "a@x.nl\n")
    ],
    ("ck_digitale_adressen_telefoonnummer", "telefoonnummer"): [
        {"adres": x}
        for x in ("015 260 24 11", "005260", "015260241", "+3115", "tel", "0031")
    ],
    ("ck_rekeningnummers_iban_vorm", "rekeningnummer"): [
        {"iban": x} for x in ("", "NL91 ABNA 0417 1643 00", "nl91ABNA0417164300", "NL9")
    ],
    ("ck_rekeningnummers_bic_vorm", "rekeningnummer"): [
        {"bic": x} for x in ("", "ABNANL2", "ABNANL2AX", "abnanl2a")
    ],
    ("ck_vertegenwoordigingen_niet_zichzelf", "vertegenwoordiging"): [
        {"vertegenwoordigde_partij_id": CONTACTPERSOON}
    ],
    ("ck_actoren_soort_actor", "medewerker"): [{"soort_actor": "stagiair"}],
    ("ck_actoren_kenmerken_naar_soort", "medewerker"): [{"omschrijving": "x"}],
    ("ck_actoren_kenmerken_naar_soort", "eenheid"): [{"functie": "x"}],
    ("ck_actoren_kenmerken_naar_soort", "automaat"): [
        {"emailadres": "x"},
        {"telefoonnummer": "x"},
    ],
    ("ck_actoren_identificator_heel", "actor van elders"): HALF_AN_IDENTIFICATOR,
    ("ck_klantcontacten_taal", "klantcontact"): [{"taal": x} for x in TALEN],
    ("ck_klantcontacten_identiteit_niveau", "klantcontact met identiteit"): [
        {"identiteit_niveau": "zeker"}
    ],
    ("ck_klantcontacten_identiteit_grond", "klantcontact met identiteit"): [
        {"identiteit_grond": "buren"}
    ],
    ("ck_klantcontacten_identiteit_heel", "klantcontact met identiteit"): [
        {"identiteit_middel": None},
        {"identiteit_niveau": None},
        {"identiteit_grond": None},
        {"identiteit_vastgesteld_door_id": None},
        {"identiteit_vastgesteld_op": None},
    ],
    ("ck_klantcontacten_niet_in_de_toekomst", "klantcontact"): [
        {"plaatsgevonden_op": FUTURE, "beeindigd_op": None}
    ],
    ("ck_klantcontacten_duur", "klantcontact"): [{"beeindigd_op": EARLIER}],
    ("ck_klantcontacten_is_beeindigd", "klantcontact"): [{"beeindigd_op": FUTURE}],
    ("ck_betrokkenen_rol", "betrokkene"): [{"rol": "klant"}],
    ("fk_betrokkenen_klantcontact", "betrokkene"): [
        {"plaatsgevonden_op": EARLIER},
        {"klantcontact_id": ABSENT},
    ],
    ("ck_onderwerpen_vorm", "onderwerp tekst"): [{"vorm": "gesprek", "tekst": None}],
    ("ck_onderwerpen_volgorde", "onderwerp tekst"): [{"volgorde": 0}],
    ("ck_onderwerpen_url", "onderwerp zaak"): [{"url": x} for x in URLS],
    ("ck_onderwerpen_niet_zichzelf", "onderwerp klantcontact"): [
        {"onderwerp_klantcontact_id": KLANTCONTACT}
    ],
    ("ck_onderwerpen_een_vorm", "onderwerp tekst"): [
        {"tekst": None},
        {"vorm": "zaak"},
        {"url": URL},
        IDENTIFICATOR,
        {"object_id": "1"},
        {"interne_taak_id": INTERNE_TAAK},
        {"onderwerp_klantcontact_id": ANDER_KLANTCONTACT},
    ],
    **{
        ("ck_onderwerpen_een_vorm", f"onderwerp {vorm}"): [
            {"url": None},
            {"tekst": "x"},
            {"vorm": "tekst"},
            {"vorm": "interne_taak"},
            IDENTIFICATOR,
            {"object_id": "1"},
            {"code_register": "x"},
            {"interne_taak_id": INTERNE_TAAK},
            {"onderwerp_klantcontact_id": ANDER_KLANTCONTACT},
        ]
        for vorm in ("zaak", "klanttaak")
    },
    ("ck_onderwerpen_een_vorm", "onderwerp object"): [
        {"url": URL},
        {"tekst": "x"},
        *HALF_AN_IDENTIFICATOR,
        NO_IDENTIFICATOR,
        {"interne_taak_id": INTERNE_TAAK},
        {"onderwerp_klantcontact_id": ANDER_KLANTCONTACT},
    ],
    ("ck_onderwerpen_een_vorm", "onderwerp interne_taak"): [
        {"interne_taak_id": None},
        {"tekst": "x"},
        {"url": URL},
        IDENTIFICATOR,
        {"onderwerp_klantcontact_id": ANDER_KLANTCONTACT},
    ],
    ("ck_onderwerpen_een_vorm", "onderwerp klantcontact"): [
        {"onderwerp_klantcontact_id": None},
        {"tekst": "x"},
        {"url": URL},
        IDENTIFICATOR,
        {"interne_taak_id": INTERNE_TAAK},
    ],
    ("ck_inhoudsdelen_vorm", "inhoud tekst"): [{"vorm": "beeld", "tekst": None}],
    ("ck_inhoudsdelen_volgorde", "inhoud tekst"): [{"volgorde": 0}],
    ("ck_inhoudsdelen_url", "inhoud informatieobject"): [{"url": x} for x in URLS],
    ("ck_inhoudsdelen_een_vorm", "inhoud tekst"): [
        {"tekst": None},
        {"vorm": "object"},
        {"url": URL},
        IDENTIFICATOR,
        {"code_objecttype": "x"},
    ],
    ("ck_inhoudsdelen_een_vorm", "inhoud informatieobject"): [
        {"url": None},
        {"tekst": "x"},
        {"vorm": "tekst"},
        IDENTIFICATOR,
    ],
    ("ck_inhoudsdelen_een_vorm", "inhoud object"): [
        {"url": URL},
        {"tekst": "x"},
        *HALF_AN_IDENTIFICATOR,
        NO_IDENTIFICATOR,
    ],
    ("ck_interne_taken_status", "taak"): [{"status": "bezig"}],
    ("ck_interne_taken_verwerkt_op", "taak"): [
        {"status": "verwerkt"},
        {"verwerkt_op": MOMENT},
    ],
    ("ck_interne_taken_eerst_toegewezen", "verwerkte taak"): [{"verwerkt_op": EARLIER}],
    ("fk_interne_taken_klantcontact", "taak"): [
        {"plaatsgevonden_op": EARLIER},
        {"klantcontact_id": ABSENT},
    ],
    ("ck_interne_taak_actoren_status", "actor bij taak"): [{"status": "bezig"}],
    ("fk_interne_taak_actoren_interne_taak", "actor bij taak"): [
        {"status": "verwerkt"},
        {"plaatsgevonden_op": EARLIER},
        {"interne_taak_id": ABSENT},
    ],
}
