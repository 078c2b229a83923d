"""Rows that keep every rule, of what goes with showing, recording, destroying and importing.

They are added to the world of `valid_rows.py`, and lead to nothing else.
"""

from datetime import date
from uuid import UUID

from sqlalchemy import Table

from gateway.store.tables import (
    anonieme_contacten,
    idempotentiesleutels,
    importsleutels,
    inzagen,
    laatste_contacten,
    mutaties,
    te_wissen_mutaties,
    verificatiecodes,
    verificatietellingen,
    vernietigingen,
)
from tests.store.valid_rows import DIGITAAL_ADRES, LATER, MOMENT, PERSOON, Row

WIE, NAMENS_WIE, WIENS = "1" * 32, "2" * 32, "3" * 32
INZAGE: Row = {
    "moment": MOMENT,
    "trace_id": "0" * 32,
    "soort_aanvrager": "klant",
    "wie": WIE,
    "client": "portaal",
    "betrokkene": WIENS,
    "soort_betrokkene": "partij",
    "wat": ["mijnKlantbeeld"],
    "operatie": "Overzicht",
    "verwerking": "inzage",
    "verwerking_uri": "https://verwerkingen.example/1",
}
MUTATIE: Row = {
    "moment": MOMENT,
    "trace_id": "0" * 32,
    "soort_aanvrager": "klant",
    "wie": WIE,
    "client": "portaal",
    "verwerking": "eigen gegevens",
    "mutatie": "wijzigDigitaalAdres",
    "handeling": "gewijzigd",
    "soort": "digitaal adres",
    "record_id": DIGITAAL_ADRES,
    "oud": {"adres": "an@example.nl"},
}

RECORDING: dict[str, tuple[Table, Row]] = {
    "inzage": (inzagen, INZAGE),
    "inzage namens een ander": (
        inzagen,
        INZAGE | {"soort_aanvrager": "vertegenwoordiger", "namens": NAMENS_WIE},
    ),
    "inzage van medewerker": (
        inzagen,
        INZAGE
        | {
            "soort_aanvrager": "medewerker",
            "wie": "m.jansen",
            "uitgever": "https://inloggen.example",
            "identiteit_middel": "controlevragen",
            "identiteit_niveau": "midden",
            "identiteit_grond": "zelf",
        },
    ),
    "inzage in iemand die niets noemt": (
        inzagen,
        INZAGE
        | {
            "soort_aanvrager": "systeem",
            "wie": "rapportage",
            "uitgever": "https://inloggen.example",
            "client": None,
            "betrokkene": None,
            "soort_betrokkene": None,
            "operatie": None,
        },
    ),
    "mutatie": (mutaties, MUTATIE),
    "mutatie die iets maakt": (
        mutaties,
        MUTATIE | {"handeling": "gemaakt", "oud": None},
    ),
    "mutatie namens een ander": (
        mutaties,
        MUTATIE | {"soort_aanvrager": "vertegenwoordiger", "namens": NAMENS_WIE},
    ),
    "mutatie van medewerker": (
        mutaties,
        MUTATIE
        | {
            "soort_aanvrager": "medewerker",
            "wie": "m.jansen",
            "uitgever": "https://inloggen.example",
            "handeling": "verwijderd",
            "reden": "Dubbel",
        },
    ),
    "idempotentiesleutel": (
        idempotentiesleutels,
        {
            "aanvrager": WIE,
            "mutatie": "registreerPersoon",
            "sleutel": "1",
            "vraag": "4" * 32,
            "uitkomst": {"partij": str(PERSOON)},
            "moment": MOMENT,
        },
    ),
    "anoniem contact": (
        anonieme_contacten,
        {"kanaal": "balie", "dag": date(2026, 3, 2), "aantal": 1},
    ),
    "verificatiecode": (
        verificatiecodes,
        {
            "digitaal_adres_id": DIGITAAL_ADRES,
            "code": "5" * 32,
            "verloopt_op": LATER,
        },
    ),
    "verificatietelling": (
        verificatietellingen,
        {"adres": "6" * 32, "verloopt_op": LATER, "verzonden": 1, "pogingen": 1},
    ),
    "vernietiging": (
        vernietigingen,
        {
            "run": UUID(int=40),
            "moment": LATER,
            "soort": "klantcontact",
            "record_id": UUID(int=41),
            "grond": "laatste taak verwerkt",
            "vervallen_op": date(2026, 3, 1),
        },
    ),
    "laatste contact": (
        laatste_contacten,
        {"partij_id": PERSOON, "dag": date(2026, 3, 1)},
    ),
    "te wissen mutatie": (te_wissen_mutaties, {"mutatie_id": UUID(int=44)}),
    "importsleutel": (
        importsleutels,
        {
            "bron": "https://open-klant.example/klantinteracties/api/v1",
            "soort": "partij",
            "bron_id": UUID(int=42),
            "record_id": PERSOON,
            "inhoud": "6" * 64,
            "moment": MOMENT,
        },
    ),
}
