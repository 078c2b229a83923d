"""What the rows of `recording_rows.py` may not be: a change that breaks one rule."""

from uuid import UUID

from tests.store.recording_rows import NAMENS_WIE, WIENS
from tests.store.valid_rows import LATER, PERSOON, Row

NO_PSEUDONYM = ("999993653", "A" * 32, "1" * 31, "1" * 33, f"{'1' * 32}\n")

# constraint, valid row -> changes
RECORDING_REFUSALS: dict[tuple[str, str], list[Row]] = {
    **{
        (f"ck_inzagen_{column}", "inzage namens een ander"): [
            {column: x} for x in NO_PSEUDONYM
        ]
        for column in ("trace_id", "betrokkene", "namens")
    },
    ("ck_inzagen_soort_aanvrager", "inzage"): [{"soort_aanvrager": "anoniem"}],
    ("ck_inzagen_klant_bij_pseudoniem", "inzage"): [{"wie": x} for x in NO_PSEUDONYM],
    ("ck_inzagen_klant_bij_pseudoniem", "inzage namens een ander"): [{"wie": "an"}],
    ("ck_inzagen_uitgever_van_naam", "inzage"): [{"uitgever": "https://x.example"}],
    ("ck_inzagen_uitgever_van_naam", "inzage van medewerker"): [{"uitgever": None}],
    ("ck_inzagen_namens_wie", "inzage"): [{"namens": WIENS}],
    ("ck_inzagen_namens_wie", "inzage namens een ander"): [{"namens": None}],
    ("ck_inzagen_betrokkene_heel", "inzage"): [
        {"betrokkene": None},
        {"soort_betrokkene": None},
    ],
    ("ck_inzagen_wat", "inzage"): [{"wat": []}],
    ("ck_inzagen_verwerking_uri", "inzage"): [
        {"verwerking_uri": x} for x in ("inzage", "ftp://x/1", " https://x/1")
    ],
    ("ck_inzagen_identiteit_niveau", "inzage van medewerker"): [
        {"identiteit_niveau": "zeker"}
    ],
    ("ck_inzagen_identiteit_grond", "inzage van medewerker"): [
        {"identiteit_grond": "buren"}
    ],
    ("ck_inzagen_identiteit_heel", "inzage van medewerker"): [
        {"identiteit_middel": None},
        {"identiteit_niveau": None},
        {"identiteit_grond": None},
    ],
    **{
        (f"ck_mutaties_{column}", "mutatie namens een ander"): [
            {column: x} for x in NO_PSEUDONYM
        ]
        for column in ("trace_id", "namens")
    },
    ("ck_mutaties_soort_aanvrager", "mutatie van medewerker"): [
        {"soort_aanvrager": "anoniem", "wie": WIENS}
    ],
    ("ck_mutaties_klant_bij_pseudoniem", "mutatie"): [{"wie": x} for x in NO_PSEUDONYM],
    ("ck_mutaties_klant_bij_pseudoniem", "mutatie namens een ander"): [{"wie": "an"}],
    ("ck_mutaties_handeling", "mutatie"): [{"handeling": "gelezen"}],
    ("ck_mutaties_oud", "mutatie"): [{"handeling": "gemaakt"}],
    **{
        (f"ck_idempotentiesleutels_{column}", "idempotentiesleutel"): [
            {column: x} for x in NO_PSEUDONYM
        ]
        for column in ("aanvrager", "vraag")
    },
    ("ck_anonieme_contacten_aantal", "anoniem contact"): [{"aantal": 0}],
    ("ck_verificatiecodes_code", "verificatiecode"): [
        {"code": x} for x in ("123456", *NO_PSEUDONYM)
    ],
    ("ck_verificatietellingen_adres", "verificatietelling"): [
        {"adres": x} for x in ("an@example.nl", *NO_PSEUDONYM)
    ],
    ("ck_verificatietellingen_verzonden", "verificatietelling"): [{"verzonden": -1}],
    ("ck_verificatietellingen_pogingen", "verificatietelling"): [{"pogingen": -1}],
    ("ck_vernietigingen_soort", "vernietiging"): [{"soort": "actor"}],
}

# constraint, valid row, changes of the first, changes of the second
RECORDING_TWICE: list[tuple[str, str, Row, Row]] = [
    (
        "uq_idempotentiesleutels_sleutel",
        "idempotentiesleutel",
        {},
        {"vraag": "7" * 32, "moment": LATER},
    ),
    ("uq_verificatiecodes_digitaal_adres_id", "verificatiecode", {}, {"code": WIENS}),
    (
        "uq_vernietigingen_soort_record_id",
        "vernietiging",
        {},
        {"run": UUID(int=43), "grond": "verzoek"},
    ),
    (
        "uq_importsleutels_bron_soort_record_id",
        "importsleutel",
        {},
        {"bron_id": UUID(int=43)},
    ),
    ("pk_importsleutels", "importsleutel", {}, {"record_id": UUID(int=43)}),
    ("pk_anonieme_contacten", "anoniem contact", {}, {"aantal": 2}),
]
# One row of the first, and one of the second with its changes
RECORDING_TOGETHER: list[tuple[str, str, Row]] = [
    ("idempotentiesleutel", "idempotentiesleutel", {"aanvrager": NAMENS_WIE}),
    ("idempotentiesleutel", "idempotentiesleutel", {"mutatie": "registreerActor"}),
    ("idempotentiesleutel", "idempotentiesleutel", {"sleutel": "2"}),
    ("anoniem contact", "anoniem contact", {"kanaal": "telefoon"}),
    ("mutatie", "mutatie", {}),
    ("vernietiging", "vernietiging", {"soort": "partij"}),
    ("importsleutel", "importsleutel", {"soort": "klantcontact", "record_id": PERSOON}),
]
