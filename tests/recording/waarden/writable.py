"""Every kind of value, and the rows it becomes in a world that is there already."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from typing import Any

import msgspec
from hypothesis import strategies as st
from sqlalchemy import Table

from gateway.identificator import Identificator
from gateway.identity.levels import Betrouwbaarheidsniveau
from gateway.identity.vaststelling import Grond, Vaststelling
from gateway.recording.fouten import Fouten
from gateway.recording.waarden.actoren import NOT_OF, check_actor
from gateway.recording.waarden.adressen import Adres, check_adressen
from gateway.recording.waarden.delen import (
    Inhoudsdeel,
    Onderwerp,
    check_inhoud,
    check_onderwerpen,
)
from gateway.recording.waarden.digitale_adressen import (
    DigitaalAdres,
    Eigenaar,
    check_digitale_adressen,
)
from gateway.recording.waarden.externe_identificaties import (
    ExterneIdentificatie,
    check_externe_identificatie,
)
from gateway.recording.waarden.interne_taken import (
    InterneTaak,
    check_interne_taak,
    check_verwerkt_op,
)
from gateway.recording.waarden.klantcontacten import (
    Klantcontact,
    check_klantcontact,
    check_vaststelling,
)
from gateway.recording.waarden.namen import (
    Contactnaam,
    check_contactnaam,
    check_organisatienaam,
)
from gateway.recording.waarden.partijen import (
    Namens,
    Partij,
    check_namens,
    check_partij,
)
from gateway.recording.waarden.rekeningnummers import (
    Rekeningnummer,
    check_rekeningnummer,
)
from gateway.recording.waarden.verwijzingen import (
    Verwijzing,
    check_identificator,
    check_verwijzing,
)
from gateway.store import tables
from tests.recording.waarden.generated import MOMENTS, NOW, TEXTS, S, near
from tests.store.valid_rows import (
    ACTOR,
    ANDER_KLANTCONTACT,
    BETROKKEN,
    BETROKKENE,
    INTERNE_TAAK,
    KLANTCONTACT,
    MOMENT,
    NAMENS,
    NATUURLIJK,
    NIET_NATUURLIJK,
    PERSOON,
    Row,
)

Rows = list[tuple[Table, Row]]

URL = "https://registers.example/1"
PARTS = Identificator("oud", "zaak", "zaaknummer", "Z-1")


class Kind(msgspec.Struct, frozen=True):
    """One kind of value.

    Attributes:
        values: to draw from.
        check: gives it as it is to be written.
        rows: what is inserted of what was checked.
    """

    values: st.SearchStrategy[Any]
    check: Callable[[Any, Fouten], Any]
    rows: Callable[[Any], Rows]


def columns(value: msgspec.Struct) -> Row:
    return msgspec.structs.asdict(value)


def several(right: Sequence[S]) -> st.SearchStrategy[tuple[S, ...]]:
    return st.lists(near(right), max_size=3).map(tuple)


def checked_klantcontact(
    value: tuple[Klantcontact, Vaststelling], fouten: Fouten
) -> tuple[Klantcontact, Vaststelling]:
    return (
        check_klantcontact(value[0], "", fouten, now=NOW, kanalen=frozenset()),
        check_vaststelling(value[1], "", fouten),
    )


def checked_taak(
    value: tuple[InterneTaak, datetime], fouten: Fouten
) -> tuple[InterneTaak, datetime]:
    check_verwerkt_op(value[1], "", fouten, toegewezen_op=NOW, now=NOW)
    return check_interne_taak(value[0], "", fouten), value[1]


def klantcontact_rows(value: tuple[Klantcontact, Vaststelling]) -> Rows:
    identiteit = {
        "identiteit_middel": value[1].middel,
        "identiteit_niveau": value[1].niveau,
        "identiteit_grond": value[1].grond,
        "identiteit_vastgesteld_door_id": ACTOR,
        "identiteit_vastgesteld_op": NOW,
    }
    return [(tables.klantcontacten, columns(value[0]) | identiteit)]


ADRESSEN = [
    Adres(soort="bezoekadres", vorm="straatadres", straatnaam="Markt", huisnummer=1),
    Adres(
        soort="correspondentieadres",
        vorm="straatadres",
        nummeraanduiding_id="0503200000000001",
    ),
    Adres(soort="correspondentieadres", vorm="postbus", postbusnummer=1),
    Adres(soort="correspondentieadres", vorm="antwoordnummer", antwoordnummer=1),
    Adres(soort="bezoekadres", vorm="buitenland", land="BE", adresregel1="Markt 1"),
]
DIGITALE_ADRESSEN = [
    DigitaalAdres(soort="email", adres="an@example.nl"),
    DigitaalAdres(soort="telefoonnummer", adres="015 260 24 11"),
    DigitaalAdres(soort="social_media", adres="@an", platform="x"),
    DigitaalAdres(soort="overig", adres="An"),
]
IDENTIFICATIES = [
    ExterneIdentificatie(register="brp", soort="bsn", waarde="999993653"),
    ExterneIdentificatie(register="hr", soort="rsin", waarde="123456782"),
    ExterneIdentificatie(register="hr", soort="kvk_nummer", waarde="12345678"),
    ExterneIdentificatie(
        register="hr",
        soort="vestigingsnummer",
        waarde="000012345678",
        kvk_nummer="12345678",
    ),
    ExterneIdentificatie(register="kbo", soort="kbo_id", waarde="0403", land="BE"),
    ExterneIdentificatie(subject_url=URL, soort_subject="natuurlijk_persoon"),
    ExterneIdentificatie(subject_url=URL, soort_subject="niet_natuurlijk_persoon"),
    ExterneIdentificatie(
        subject_naam="An",
        subject_geboortedatum=date(1970, 1, 1),
        soort_subject="natuurlijk_persoon",
    ),
]
ONDERWERPEN = [
    Onderwerp(vorm="tekst", tekst="Afval"),
    Onderwerp(vorm="zaak", verwijzing=Verwijzing(url=URL)),
    Onderwerp(vorm="klanttaak", verwijzing=Verwijzing(identificator=PARTS)),
    Onderwerp(vorm="object", verwijzing=Verwijzing(url=URL)),
    Onderwerp(vorm="interne_taak", interne_taak_id=INTERNE_TAAK),
    Onderwerp(vorm="klantcontact", onderwerp_klantcontact_id=ANDER_KLANTCONTACT),
]
INHOUD = [
    Inhoudsdeel(vorm="tekst", tekst="Goedendag", onderdeel="mail"),
    Inhoudsdeel(vorm="informatieobject", verwijzing=Verwijzing(url=URL)),
    Inhoudsdeel(vorm="object", verwijzing=Verwijzing(identificator=PARTS)),
]
PARTIJEN = [
    Partij(soort_partij="persoon", contactnaam=Contactnaam(voornaam="An")),
    Partij(soort_partij="organisatie", naam="Bakkerij", voorkeurstaal="fry"),
]


def deel_rows(table: Table, values: Sequence[Onderwerp | Inhoudsdeel]) -> Rows:
    return [
        (table, {"klantcontact_id": KLANTCONTACT, "volgorde": at} | value.columns())
        for at, value in enumerate(values, start=1)
    ]


def identificatie_rows(value: ExterneIdentificatie) -> Rows:
    whose = {
        None: PERSOON,
        "natuurlijk_persoon": NATUURLIJK,
        "niet_natuurlijk_persoon": NIET_NATUURLIJK,
    }
    partij = {"partij_id": whose[value.soort_subject]}
    return [(tables.externe_identificaties, partij | columns(value))]


def checked_actor(value: Row, fouten: Fouten) -> Row:
    soort = str(value["soort_actor"])
    return check_actor(value, "", fouten, soort_actor=soort)


KINDS: dict[str, Kind] = {
    "adressen van partij": Kind(
        several(ADRESSEN),
        lambda value, fouten: check_adressen(value, "", fouten),
        lambda value: [
            (tables.adressen, {"partij_id": PERSOON, **columns(each)}) for each in value
        ],
    ),
    "digitale adressen van partij": Kind(
        several(DIGITALE_ADRESSEN),
        lambda value, fouten: check_digitale_adressen(
            value, "", fouten, eigenaar=Eigenaar.PARTIJ
        ),
        lambda value: [
            (tables.digitale_adressen, {"partij_id": PERSOON, **columns(each)})
            for each in value
        ],
    ),
    "digitale adressen van betrokkene": Kind(
        several(DIGITALE_ADRESSEN),
        lambda value, fouten: check_digitale_adressen(
            value, "", fouten, eigenaar=Eigenaar.BETROKKENE
        ),
        lambda value: [
            (tables.digitale_adressen, {"betrokkene_id": BETROKKENE, **columns(each)})
            for each in value
        ],
    ),
    "rekeningnummer": Kind(
        near([Rekeningnummer("NL91ABNA0417164300", "ABNANL2A")]),
        lambda value, fouten: check_rekeningnummer(value, "", fouten),
        lambda value: [
            (tables.rekeningnummers, {"partij_id": PERSOON, **columns(value)})
        ],
    ),
    "externe identificatie": Kind(
        near(IDENTIFICATIES),
        lambda value, fouten: check_externe_identificatie(value, "", fouten),
        identificatie_rows,
    ),
    "partij": Kind(
        near(PARTIJEN),
        lambda value, fouten: check_partij(value, "", fouten),
        lambda value: [
            (
                tables.partijen,
                (NAMENS if value.soort_partij == "contactpersoon" else {})
                | value.columns(),
            )
        ],
    ),
    "namens": Kind(
        near([Namens(formeel=True, vastgesteld_op=NOW, hoedanigheid="eigenaar")]),
        lambda value, fouten: check_namens(value, "", fouten, now=NOW),
        lambda value: [(tables.partijen, NAMENS | columns(value))],
    ),
    "betrokkene": Kind(
        st.tuples(near([Contactnaam("A.", "An", "de", "Wit")]), st.none() | TEXTS),
        lambda value, fouten: (
            check_contactnaam(value[0], "", fouten),
            check_organisatienaam(value[1], "", fouten),
        ),
        lambda value: [
            (
                tables.betrokkenen,
                BETROKKEN | columns(value[0]) | {"organisatienaam": value[1]},
            )
        ],
    ),
    "klantcontact": Kind(
        st.tuples(
            near(
                [
                    Klantcontact(
                        plaatsgevonden_op=NOW - timedelta(hours=1), beeindigd_op=NOW
                    )
                ]
            ),
            near(
                [
                    Vaststelling(
                        "controlevragen", Betrouwbaarheidsniveau.LAAG, Grond.ZELF
                    )
                ]
            ),
        ),
        checked_klantcontact,
        klantcontact_rows,
    ),
    "onderwerpen": Kind(
        several(ONDERWERPEN),
        lambda value, fouten: check_onderwerpen(value, "", fouten),
        lambda value: deel_rows(tables.onderwerpen, value),
    ),
    "inhoud": Kind(
        several(INHOUD),
        lambda value, fouten: check_inhoud(value, "", fouten),
        lambda value: deel_rows(tables.inhoudsdelen, value),
    ),
    "verwijzing": Kind(
        near([Verwijzing(url=URL), Verwijzing(identificator=PARTS)]),
        lambda value, fouten: check_verwijzing(value, "", fouten),
        lambda value: deel_rows(
            tables.onderwerpen, [Onderwerp(vorm="zaak", verwijzing=value)]
        ),
    ),
    "identificator": Kind(
        near([PARTS]),
        lambda value, fouten: check_identificator(value, "", fouten),
        lambda value: [
            (
                tables.actoren,
                {"soort_actor": "medewerker", "naam": "An", **columns(value)},
            )
        ],
    ),
    "interne taak": Kind(
        st.tuples(near([InterneTaak(gevraagde_handeling="Terugbellen")]), MOMENTS),
        checked_taak,
        lambda value: [
            (
                tables.interne_taken,
                columns(value[0])
                | {
                    "klantcontact_id": KLANTCONTACT,
                    "plaatsgevonden_op": MOMENT,
                    "status": "verwerkt",
                    "toegewezen_op": NOW,
                    "verwerkt_op": value[1],
                },
            )
        ],
    ),
    "actor": Kind(
        st.fixed_dictionaries(
            {
                "soort_actor": st.sampled_from([*NOT_OF, "hond"]),
                "naam": st.just("An") | TEXTS,
            },
            optional={
                name: st.none() | TEXTS
                for name in ("functie", "omschrijving", "emailadres", "telefoonnummer")
            },
        ),
        checked_actor,
        lambda value: [(tables.actoren, value)],
    ),
}
