"""The first schema: what the tables say today, as it was then.

Written out and never changed again: a later change of the tables is a revision of its
own. There is no way back but a backup.

Revision: 0001
"""

from alembic import op
from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    ForeignKeyConstraint,
    Identity,
    Integer,
    PrimaryKeyConstraint,
    SmallInteger,
    Text,
    UniqueConstraint,
    Uuid,
    text,
)

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make all tables, in the order of their references."""
    _actoren()
    _partijen()
    _externe_identificaties()
    _klantcontacten()
    _rekeningnummers()
    _vertegenwoordigingen()
    _betrokkenen()
    _inhoudsdelen()
    _interne_taken()
    _klantcontact_actoren()
    _toestemmingen()
    _adressen()
    _digitale_adressen()
    _interne_taak_actoren()
    _onderwerpen()
    # The one reference against that order.
    op.create_foreign_key(
        "fk_partijen_voorkeurs_digitaal_adres",
        "partijen",
        "digitale_adressen",
        ["voorkeurs_digitaal_adres_id", "id"],
        ["id", "partij_id"],
    )


def _check(name: str, rule: str) -> CheckConstraint:
    return CheckConstraint(rule, name=op.f(name))


def _actoren() -> None:
    op.create_table(
        "actoren",
        Column("id", Uuid, nullable=False, server_default=text("gen_random_uuid()")),
        Column("soort_actor", Text, nullable=False),
        Column("naam", Text, nullable=False),
        Column(
            "indicatie_actief", Boolean, nullable=False, server_default=text("true")
        ),
        Column("functie", Text),
        Column("omschrijving", Text),
        Column("emailadres", Text),
        Column("telefoonnummer", Text),
        Column("code_register", Text),
        Column("code_objecttype", Text),
        Column("code_soort_object_id", Text),
        Column("object_id", Text),
        PrimaryKeyConstraint("id", name="pk_actoren"),
        UniqueConstraint(
            "code_register",
            "code_objecttype",
            "code_soort_object_id",
            "object_id",
            name="uq_actoren_identificator",
        ),
        _check(
            "ck_actoren_code_objecttype", "length(code_objecttype) BETWEEN 1 AND 200"
        ),
        _check("ck_actoren_code_register", "length(code_register) BETWEEN 1 AND 200"),
        _check(
            "ck_actoren_code_soort_object_id",
            "length(code_soort_object_id) BETWEEN 1 AND 200",
        ),
        _check("ck_actoren_emailadres", "length(emailadres) BETWEEN 1 AND 254"),
        _check("ck_actoren_functie", "length(functie) BETWEEN 1 AND 40"),
        _check(
            "ck_actoren_identificator_heel",
            "num_nonnulls(code_register, code_objecttype, code_soort_object_id,"
            " object_id) IN (0, 4)",
        ),
        _check(
            "ck_actoren_kenmerken_naar_soort",
            "CASE soort_actor WHEN 'medewerker' THEN omschrijving IS NULL WHEN "
            "'organisatorische_eenheid' THEN functie IS NULL ELSE "
            "num_nonnulls(emailadres, telefoonnummer) = 0 END",
        ),
        _check("ck_actoren_naam", "length(naam) BETWEEN 1 AND 200"),
        _check("ck_actoren_object_id", "length(object_id) BETWEEN 1 AND 200"),
        _check("ck_actoren_omschrijving", "length(omschrijving) BETWEEN 1 AND 200"),
        _check(
            "ck_actoren_soort_actor",
            "soort_actor IN ('medewerker', 'organisatorische_eenheid', "
            "'geautomatiseerde_actor')",
        ),
        _check("ck_actoren_telefoonnummer", "length(telefoonnummer) BETWEEN 1 AND 20"),
    )
    op.create_index("ix_actoren_naam", "actoren", ["naam", "id"])


def _partijen() -> None:
    op.create_table(
        "partijen",
        Column("id", Uuid, nullable=False, server_default=text("gen_random_uuid()")),
        Column(
            "nummer",
            BigInteger,
            Identity(start=1, maxvalue=9_999_999_999),
            nullable=False,
        ),
        Column("soort_partij", Text, nullable=False),
        Column("soort_subject", Text),
        Column("voorletters", Text),
        Column("voornaam", Text),
        Column("voorvoegsel_achternaam", Text),
        Column("achternaam", Text),
        Column("naam", Text),
        Column("interne_notitie", Text),
        Column("indicatie_geheimhouding", Boolean),
        Column("voorkeurstaal", Text),
        Column(
            "indicatie_actief", Boolean, nullable=False, server_default=text("true")
        ),
        Column("voorkeurs_digitaal_adres_id", Uuid),
        Column("namens_partij_id", Uuid),
        Column("namens_soort_partij", Text),
        Column("hoedanigheid", Text),
        Column("formeel", Boolean),
        Column("vastgesteld_op", DateTime(timezone=True)),
        PrimaryKeyConstraint("id", name="pk_partijen"),
        UniqueConstraint("id", "soort_partij", name="uq_partijen_id_soort_partij"),
        UniqueConstraint("id", "soort_subject", name="uq_partijen_id_soort_subject"),
        UniqueConstraint("nummer", name="uq_partijen_nummer"),
        ForeignKeyConstraint(
            ["namens_partij_id", "namens_soort_partij"],
            ["partijen.id", "partijen.soort_partij"],
            name="fk_partijen_namens",
        ),
        _check("ck_partijen_achternaam", "length(achternaam) BETWEEN 1 AND 200"),
        _check(
            "ck_partijen_hoedanigheid",
            "hoedanigheid IN ('werknemer', 'eigenaar', 'gemachtigde', 'anders')",
        ),
        _check(
            "ck_partijen_interne_notitie", "length(interne_notitie) BETWEEN 1 AND 1000"
        ),
        _check("ck_partijen_naam", "length(naam) BETWEEN 1 AND 200"),
        _check(
            "ck_partijen_naam_naar_soort",
            "CASE WHEN soort_partij = 'organisatie' THEN "
            "num_nonnulls(voorletters, voornaam, voorvoegsel_achternaam, "
            "achternaam) = 0 ELSE naam IS NULL END",
        ),
        _check(
            "ck_partijen_namens_alleen_contactpersoon",
            "CASE WHEN soort_partij = 'contactpersoon' THEN "
            "num_nonnulls(namens_partij_id, namens_soort_partij, formeel, "
            "vastgesteld_op) = 4 AND namens_partij_id <> id ELSE "
            "num_nonnulls(namens_partij_id, namens_soort_partij, hoedanigheid, "
            "formeel, vastgesteld_op) = 0 END",
        ),
        _check(
            "ck_partijen_namens_soort_partij",
            "namens_soort_partij IN ('persoon', 'organisatie')",
        ),
        _check(
            "ck_partijen_natuurlijk_persoon_is_persoon",
            "soort_partij = 'persoon' OR soort_subject IS DISTINCT FROM "
            "'natuurlijk_persoon'",
        ),
        _check("ck_partijen_nummer", "nummer BETWEEN 1 AND 9999999999"),
        _check(
            "ck_partijen_soort_partij",
            "soort_partij IN ('persoon', 'organisatie', 'contactpersoon')",
        ),
        _check(
            "ck_partijen_soort_subject",
            "soort_subject IN ('natuurlijk_persoon', 'niet_natuurlijk_persoon')",
        ),
        _check("ck_partijen_voorkeurstaal", "voorkeurstaal ~ '^[a-z]{3}$'"),
        _check("ck_partijen_voorletters", "length(voorletters) BETWEEN 1 AND 10"),
        _check("ck_partijen_voornaam", "length(voornaam) BETWEEN 1 AND 200"),
        _check(
            "ck_partijen_voorvoegsel_achternaam",
            "length(voorvoegsel_achternaam) BETWEEN 1 AND 10",
        ),
    )
    op.create_index("ix_partijen_namens", "partijen", ["namens_partij_id"])


def _externe_identificaties() -> None:
    op.create_table(
        "externe_identificaties",
        Column("id", Uuid, nullable=False, server_default=text("gen_random_uuid()")),
        Column("partij_id", Uuid, nullable=False),
        Column("soort_subject", Text),
        Column("register", Text),
        Column("soort", Text),
        Column("waarde", Text),
        Column("land", Text),
        Column("kvk_nummer", Text),
        Column("subject_url", Text),
        Column("subject_naam", Text),
        Column("subject_geboortedatum", Date),
        Column("subject_plaats", Text),
        PrimaryKeyConstraint("id", name="pk_externe_identificaties"),
        ForeignKeyConstraint(
            ["partij_id"],
            ["partijen.id"],
            name="fk_externe_identificaties_partij_id",
            ondelete="CASCADE",
        ),
        ForeignKeyConstraint(
            ["partij_id", "soort_subject"],
            ["partijen.id", "partijen.soort_subject"],
            name="fk_externe_identificaties_soort_subject",
            onupdate="CASCADE",
        ),
        _check(
            "ck_externe_identificaties_brp_kent_bsn",
            "register <> 'brp' OR soort = 'bsn'",
        ),
        _check(
            "ck_externe_identificaties_bsn",
            "soort <> 'bsn' OR CASE WHEN waarde ~ '^[0-9]{9}$' AND waarde <> "
            "'000000000' THEN (9 * substr(waarde, 1, 1)::int + 8 * "
            "substr(waarde, 2, 1)::int + 7 * substr(waarde, 3, 1)::int + 6 * "
            "substr(waarde, 4, 1)::int + 5 * substr(waarde, 5, 1)::int + 4 * "
            "substr(waarde, 6, 1)::int + 3 * substr(waarde, 7, 1)::int + 2 * "
            "substr(waarde, 8, 1)::int + -1 * substr(waarde, 9, 1)::int) % 11 ="
            " 0 ELSE false END",
        ),
        _check(
            "ck_externe_identificaties_geboortedatum_van_persoon",
            "subject_geboortedatum IS NULL OR soort_subject IS NOT DISTINCT "
            "FROM 'natuurlijk_persoon'",
        ),
        _check(
            "ck_externe_identificaties_kvk_nummer",
            "soort <> 'kvk_nummer' OR waarde ~ '^[0-9]{8}$'",
        ),
        _check("ck_externe_identificaties_land", "land ~ '^[A-Z]{2}$'"),
        _check(
            "ck_externe_identificaties_noemt_iemand",
            "num_nonnulls(waarde, subject_url, subject_naam) >= 1",
        ),
        _check(
            "ck_externe_identificaties_overgenomen_met_naam",
            "subject_naam IS NOT NULL OR num_nonnulls(subject_geboortedatum, "
            "subject_plaats) = 0",
        ),
        _check(
            "ck_externe_identificaties_register", "length(register) BETWEEN 1 AND 40"
        ),
        _check(
            "ck_externe_identificaties_rsin",
            "soort <> 'rsin' OR CASE WHEN waarde ~ '^[0-9]{9}$' AND waarde <> "
            "'000000000' THEN (9 * substr(waarde, 1, 1)::int + 8 * "
            "substr(waarde, 2, 1)::int + 7 * substr(waarde, 3, 1)::int + 6 * "
            "substr(waarde, 4, 1)::int + 5 * substr(waarde, 5, 1)::int + 4 * "
            "substr(waarde, 6, 1)::int + 3 * substr(waarde, 7, 1)::int + 2 * "
            "substr(waarde, 8, 1)::int + -1 * substr(waarde, 9, 1)::int) % 11 ="
            " 0 ELSE false END",
        ),
        _check("ck_externe_identificaties_soort", "length(soort) BETWEEN 1 AND 40"),
        _check(
            "ck_externe_identificaties_soort_kleine_letters",
            "soort ~ '^[a-z][a-z0-9_]*$'",
        ),
        _check(
            "ck_externe_identificaties_soort_past",
            "CASE soort WHEN 'bsn' THEN register = 'brp' AND soort_subject IS "
            "NOT DISTINCT FROM 'natuurlijk_persoon' WHEN 'rsin' THEN register ="
            " 'hr' AND soort_subject IS NOT DISTINCT FROM "
            "'niet_natuurlijk_persoon' WHEN 'kvk_nummer' THEN register = 'hr' "
            "AND soort_subject IS NOT DISTINCT FROM 'niet_natuurlijk_persoon' "
            "WHEN 'vestigingsnummer' THEN register = 'hr' AND soort_subject IS "
            "NOT DISTINCT FROM 'niet_natuurlijk_persoon' ELSE true END",
        ),
        _check(
            "ck_externe_identificaties_soort_subject",
            "soort_subject IN ('natuurlijk_persoon', 'niet_natuurlijk_persoon')",
        ),
        _check(
            "ck_externe_identificaties_subject_naam",
            "length(subject_naam) BETWEEN 1 AND 200",
        ),
        _check(
            "ck_externe_identificaties_subject_plaats",
            "length(subject_plaats) BETWEEN 1 AND 200",
        ),
        _check(
            "ck_externe_identificaties_subject_url",
            "subject_url ~ '^https?://' AND length(subject_url) <= 1000",
        ),
        _check(
            "ck_externe_identificaties_url_of_overgenomen",
            "subject_url IS NULL OR num_nonnulls(subject_naam, "
            "subject_geboortedatum, subject_plaats) = 0",
        ),
        _check(
            "ck_externe_identificaties_van_wie",
            "num_nonnulls(subject_url, subject_naam) = 0 OR soort_subject IS NOT NULL",
        ),
        _check(
            "ck_externe_identificaties_vestigingsnummer",
            "CASE WHEN soort = 'vestigingsnummer' THEN waarde ~ '^[0-9]{12}$' "
            "AND kvk_nummer IS NOT NULL AND kvk_nummer ~ '^[0-9]{8}$' ELSE "
            "kvk_nummer IS NULL END",
        ),
        _check("ck_externe_identificaties_waarde", "length(waarde) BETWEEN 1 AND 200"),
        _check(
            "ck_externe_identificaties_waarde_met_soort",
            "num_nonnulls(register, soort, waarde) IN (0, 3)",
        ),
    )
    op.create_index(
        "ix_externe_identificaties_partij", "externe_identificaties", ["partij_id"]
    )
    op.create_index(
        "ix_externe_identificaties_waarde",
        "externe_identificaties",
        ["waarde", "soort", "register", "partij_id"],
    )
    op.create_index(
        "uq_externe_identificaties_bsn",
        "externe_identificaties",
        ["waarde"],
        unique=True,
        postgresql_where=text("soort = 'bsn'"),
    )
    op.create_index(
        "uq_externe_identificaties_persoon_url",
        "externe_identificaties",
        ["subject_url"],
        unique=True,
        postgresql_where=text("soort_subject = 'natuurlijk_persoon'"),
    )
    op.create_index(
        "uq_externe_identificaties_soort",
        "externe_identificaties",
        ["partij_id", "soort"],
        unique=True,
        postgresql_where=text(
            "soort IN ('bsn', 'rsin', 'kvk_nummer', 'vestigingsnummer')"
        ),
    )
    op.create_index(
        "uq_externe_identificaties_subject",
        "externe_identificaties",
        ["partij_id"],
        unique=True,
        postgresql_where=text("subject_url IS NOT NULL OR subject_naam IS NOT NULL"),
    )


def _klantcontacten() -> None:
    op.create_table(
        "klantcontacten",
        Column("id", Uuid, nullable=False, server_default=text("gen_random_uuid()")),
        Column(
            "nummer",
            BigInteger,
            Identity(start=1, maxvalue=9_999_999_999),
            nullable=False,
        ),
        Column("kanaal", Text),
        Column("plaatsgevonden_op", DateTime(timezone=True), nullable=False),
        Column("beeindigd_op", DateTime(timezone=True)),
        Column("taal", Text),
        Column("vertrouwelijk", Boolean, nullable=False, server_default=text("false")),
        Column("indicatie_contact_gelukt", Boolean),
        Column("identiteit_middel", Text),
        Column("identiteit_niveau", Text),
        Column("identiteit_grond", Text),
        Column("identiteit_vastgesteld_door_id", Uuid),
        Column("identiteit_vastgesteld_op", DateTime(timezone=True)),
        PrimaryKeyConstraint("id", name="pk_klantcontacten"),
        UniqueConstraint(
            "id", "plaatsgevonden_op", name="uq_klantcontacten_id_plaatsgevonden_op"
        ),
        UniqueConstraint("nummer", name="uq_klantcontacten_nummer"),
        ForeignKeyConstraint(
            ["identiteit_vastgesteld_door_id"],
            ["actoren.id"],
            name="fk_klantcontacten_identiteit_vastgesteld_door_id",
        ),
        _check("ck_klantcontacten_duur", "beeindigd_op >= plaatsgevonden_op"),
        _check(
            "ck_klantcontacten_identiteit_grond",
            "identiteit_grond IN ('zelf', 'gemachtigd_persoon', "
            "'gemachtigd_organisatie')",
        ),
        _check(
            "ck_klantcontacten_identiteit_heel",
            "num_nonnulls(identiteit_middel, identiteit_niveau, "
            "identiteit_grond, identiteit_vastgesteld_door_id, "
            "identiteit_vastgesteld_op) IN (0, 5)",
        ),
        _check(
            "ck_klantcontacten_identiteit_middel",
            "length(identiteit_middel) BETWEEN 1 AND 40",
        ),
        _check(
            "ck_klantcontacten_identiteit_niveau",
            "identiteit_niveau IN ('laag', 'substantieel', 'hoog')",
        ),
        _check(
            "ck_klantcontacten_is_beeindigd",
            "beeindigd_op <= clock_timestamp() + interval '1 minute'",
        ),
        _check("ck_klantcontacten_kanaal", "length(kanaal) BETWEEN 1 AND 50"),
        _check(
            "ck_klantcontacten_niet_in_de_toekomst",
            "plaatsgevonden_op <= clock_timestamp() + interval '1 minute'",
        ),
        _check("ck_klantcontacten_nummer", "nummer BETWEEN 1 AND 9999999999"),
        _check("ck_klantcontacten_taal", "taal ~ '^[a-z]{3}$'"),
    )
    op.create_index(
        "ix_klantcontacten_plaatsgevonden_op",
        "klantcontacten",
        [text("plaatsgevonden_op DESC"), text("id DESC")],
    )


def _rekeningnummers() -> None:
    op.create_table(
        "rekeningnummers",
        Column("id", Uuid, nullable=False, server_default=text("gen_random_uuid()")),
        Column("partij_id", Uuid, nullable=False),
        Column("iban", Text, nullable=False),
        Column("bic", Text),
        PrimaryKeyConstraint("id", name="pk_rekeningnummers"),
        UniqueConstraint("partij_id", "iban", name="uq_rekeningnummers_partij_id_iban"),
        ForeignKeyConstraint(
            ["partij_id"],
            ["partijen.id"],
            name="fk_rekeningnummers_partij_id",
            ondelete="CASCADE",
        ),
        _check("ck_rekeningnummers_bic_vorm", "bic ~ '^[A-Z0-9]{8}([A-Z0-9]{3})?$'"),
        _check(
            "ck_rekeningnummers_iban_vorm", "iban ~ '^[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}$'"
        ),
    )


def _vertegenwoordigingen() -> None:
    op.create_table(
        "vertegenwoordigingen",
        Column("vertegenwoordigende_partij_id", Uuid, nullable=False),
        Column("vertegenwoordigde_partij_id", Uuid, nullable=False),
        PrimaryKeyConstraint(
            "vertegenwoordigende_partij_id",
            "vertegenwoordigde_partij_id",
            name="pk_vertegenwoordigingen",
        ),
        ForeignKeyConstraint(
            ["vertegenwoordigde_partij_id"],
            ["partijen.id"],
            name="fk_vertegenwoordigingen_vertegenwoordigde_partij_id",
            ondelete="CASCADE",
        ),
        ForeignKeyConstraint(
            ["vertegenwoordigende_partij_id"],
            ["partijen.id"],
            name="fk_vertegenwoordigingen_vertegenwoordigende_partij_id",
            ondelete="CASCADE",
        ),
        _check(
            "ck_vertegenwoordigingen_niet_zichzelf",
            "vertegenwoordigende_partij_id <> vertegenwoordigde_partij_id",
        ),
    )
    op.create_index(
        "ix_vertegenwoordigingen_vertegenwoordigde_partij_id",
        "vertegenwoordigingen",
        ["vertegenwoordigde_partij_id"],
    )


def _betrokkenen() -> None:
    op.create_table(
        "betrokkenen",
        Column("id", Uuid, nullable=False, server_default=text("gen_random_uuid()")),
        Column("klantcontact_id", Uuid, nullable=False),
        Column("plaatsgevonden_op", DateTime(timezone=True), nullable=False),
        Column("partij_id", Uuid),
        Column("rol", Text, nullable=False),
        Column("initiator", Boolean, nullable=False),
        Column("voorletters", Text),
        Column("voornaam", Text),
        Column("voorvoegsel_achternaam", Text),
        Column("achternaam", Text),
        Column("organisatienaam", Text),
        PrimaryKeyConstraint("id", name="pk_betrokkenen"),
        ForeignKeyConstraint(
            ["klantcontact_id", "plaatsgevonden_op"],
            ["klantcontacten.id", "klantcontacten.plaatsgevonden_op"],
            name="fk_betrokkenen_klantcontact",
            onupdate="CASCADE",
            ondelete="CASCADE",
        ),
        ForeignKeyConstraint(
            ["partij_id"], ["partijen.id"], name="fk_betrokkenen_partij_id"
        ),
        _check("ck_betrokkenen_achternaam", "length(achternaam) BETWEEN 1 AND 200"),
        _check(
            "ck_betrokkenen_organisatienaam",
            "length(organisatienaam) BETWEEN 1 AND 200",
        ),
        _check("ck_betrokkenen_rol", "rol IN ('belanghebbende', 'vertegenwoordiger')"),
        _check("ck_betrokkenen_voorletters", "length(voorletters) BETWEEN 1 AND 10"),
        _check("ck_betrokkenen_voornaam", "length(voornaam) BETWEEN 1 AND 200"),
        _check(
            "ck_betrokkenen_voorvoegsel_achternaam",
            "length(voorvoegsel_achternaam) BETWEEN 1 AND 10",
        ),
    )
    op.create_index(
        "ix_betrokkenen_klantbeeld",
        "betrokkenen",
        ["partij_id", text("plaatsgevonden_op DESC"), text("klantcontact_id DESC")],
    )
    op.create_index("ix_betrokkenen_klantcontact", "betrokkenen", ["klantcontact_id"])


def _inhoudsdelen() -> None:
    op.create_table(
        "inhoudsdelen",
        Column("id", Uuid, nullable=False, server_default=text("gen_random_uuid()")),
        Column("klantcontact_id", Uuid, nullable=False),
        Column("volgorde", SmallInteger, nullable=False),
        Column("onderdeel", Text),
        Column("vorm", Text, nullable=False),
        Column("tekst", Text),
        Column("url", Text),
        Column("code_register", Text),
        Column("code_objecttype", Text),
        Column("code_soort_object_id", Text),
        Column("object_id", Text),
        PrimaryKeyConstraint("id", name="pk_inhoudsdelen"),
        UniqueConstraint(
            "klantcontact_id",
            "volgorde",
            name="uq_inhoudsdelen_klantcontact_id_volgorde",
        ),
        ForeignKeyConstraint(
            ["klantcontact_id"],
            ["klantcontacten.id"],
            name="fk_inhoudsdelen_klantcontact_id",
            ondelete="CASCADE",
        ),
        _check(
            "ck_inhoudsdelen_code_objecttype",
            "length(code_objecttype) BETWEEN 1 AND 200",
        ),
        _check(
            "ck_inhoudsdelen_code_register", "length(code_register) BETWEEN 1 AND 200"
        ),
        _check(
            "ck_inhoudsdelen_code_soort_object_id",
            "length(code_soort_object_id) BETWEEN 1 AND 200",
        ),
        _check(
            "ck_inhoudsdelen_een_vorm",
            "(vorm = 'tekst') = (tekst IS NOT NULL) AND CASE WHEN vorm IN "
            "('informatieobject', 'object') THEN num_nonnulls(url, object_id) ="
            " 1 AND num_nonnulls(code_register, code_objecttype, "
            "code_soort_object_id, object_id) IN (0, 4) ELSE num_nonnulls(url, "
            "code_register, code_objecttype, code_soort_object_id, object_id) ="
            " 0 END",
        ),
        _check("ck_inhoudsdelen_object_id", "length(object_id) BETWEEN 1 AND 200"),
        _check("ck_inhoudsdelen_onderdeel", "length(onderdeel) BETWEEN 1 AND 40"),
        _check("ck_inhoudsdelen_tekst", "length(tekst) BETWEEN 1 AND 10000"),
        _check("ck_inhoudsdelen_url", "url ~ '^https?://' AND length(url) <= 1000"),
        _check("ck_inhoudsdelen_volgorde", "volgorde >= 1"),
        _check(
            "ck_inhoudsdelen_vorm", "vorm IN ('tekst', 'informatieobject', 'object')"
        ),
    )
    op.create_index(
        "ix_inhoudsdelen_tekst",
        "inhoudsdelen",
        [text("to_tsvector('dutch', tekst)")],
        postgresql_using="gin",
    )
    op.create_index("ix_inhoudsdelen_url", "inhoudsdelen", ["url"])


def _interne_taken() -> None:
    op.create_table(
        "interne_taken",
        Column("id", Uuid, nullable=False, server_default=text("gen_random_uuid()")),
        Column(
            "nummer",
            BigInteger,
            Identity(start=1, maxvalue=9_999_999_999),
            nullable=False,
        ),
        Column("klantcontact_id", Uuid, nullable=False),
        Column("gevraagde_handeling", Text, nullable=False),
        Column("toelichting", Text),
        Column("status", Text, nullable=False),
        Column("toegewezen_op", DateTime(timezone=True), nullable=False),
        Column("verwerkt_op", DateTime(timezone=True)),
        PrimaryKeyConstraint("id", name="pk_interne_taken"),
        UniqueConstraint("nummer", name="uq_interne_taken_nummer"),
        ForeignKeyConstraint(
            ["klantcontact_id"],
            ["klantcontacten.id"],
            name="fk_interne_taken_klantcontact_id",
            ondelete="CASCADE",
        ),
        _check("ck_interne_taken_eerst_toegewezen", "verwerkt_op >= toegewezen_op"),
        _check(
            "ck_interne_taken_gevraagde_handeling",
            "length(gevraagde_handeling) BETWEEN 1 AND 200",
        ),
        _check("ck_interne_taken_nummer", "nummer BETWEEN 1 AND 9999999999"),
        _check("ck_interne_taken_status", "status IN ('te_verwerken', 'verwerkt')"),
        _check(
            "ck_interne_taken_toelichting", "length(toelichting) BETWEEN 1 AND 1000"
        ),
        _check(
            "ck_interne_taken_verwerkt_op",
            "(status = 'verwerkt') = (verwerkt_op IS NOT NULL)",
        ),
    )
    op.create_index(
        "ix_interne_taken_klantcontact", "interne_taken", ["klantcontact_id"]
    )
    op.create_index(
        "ix_interne_taken_te_verwerken",
        "interne_taken",
        ["klantcontact_id"],
        postgresql_where=text("status = 'te_verwerken'"),
    )


def _klantcontact_actoren() -> None:
    op.create_table(
        "klantcontact_actoren",
        Column("klantcontact_id", Uuid, nullable=False),
        Column("actor_id", Uuid, nullable=False),
        PrimaryKeyConstraint(
            "klantcontact_id", "actor_id", name="pk_klantcontact_actoren"
        ),
        ForeignKeyConstraint(
            ["actor_id"], ["actoren.id"], name="fk_klantcontact_actoren_actor_id"
        ),
        ForeignKeyConstraint(
            ["klantcontact_id"],
            ["klantcontacten.id"],
            name="fk_klantcontact_actoren_klantcontact_id",
            ondelete="CASCADE",
        ),
    )
    op.create_index(
        "ix_klantcontact_actoren_actor_id", "klantcontact_actoren", ["actor_id"]
    )


def _toestemmingen() -> None:
    op.create_table(
        "toestemmingen",
        Column("id", Uuid, nullable=False, server_default=text("gen_random_uuid()")),
        Column("partij_id", Uuid, nullable=False),
        Column("gegeven_op", DateTime(timezone=True), nullable=False),
        Column("ingetrokken_op", DateTime(timezone=True)),
        Column("klantcontact_id", Uuid),
        PrimaryKeyConstraint("id", name="pk_toestemmingen"),
        ForeignKeyConstraint(
            ["klantcontact_id"],
            ["klantcontacten.id"],
            name="fk_toestemmingen_klantcontact_id",
            ondelete="SET NULL",
        ),
        ForeignKeyConstraint(
            ["partij_id"],
            ["partijen.id"],
            name="fk_toestemmingen_partij_id",
            ondelete="CASCADE",
        ),
        _check("ck_toestemmingen_eerst_gegeven", "ingetrokken_op >= gegeven_op"),
    )
    op.create_index(
        "ix_toestemmingen_partij", "toestemmingen", ["partij_id", "gegeven_op"]
    )
    op.create_index(
        "uq_toestemmingen_geldend",
        "toestemmingen",
        ["partij_id"],
        unique=True,
        postgresql_where=text("ingetrokken_op IS NULL"),
    )


def _adressen() -> None:
    op.create_table(
        "adressen",
        Column("id", Uuid, nullable=False, server_default=text("gen_random_uuid()")),
        Column("partij_id", Uuid),
        Column("betrokkene_id", Uuid),
        Column("soort", Text, nullable=False),
        Column("vorm", Text, nullable=False),
        Column("nummeraanduiding_id", Text),
        Column("straatnaam", Text),
        Column("huisnummer", Integer),
        Column("huisnummertoevoeging", Text),
        Column("postbusnummer", Integer),
        Column("antwoordnummer", Integer),
        Column("postcode", Text),
        Column("plaats", Text),
        Column("adresregel1", Text),
        Column("adresregel2", Text),
        Column("adresregel3", Text),
        Column("land", Text),
        PrimaryKeyConstraint("id", name="pk_adressen"),
        UniqueConstraint(
            "betrokkene_id", "soort", name="uq_adressen_betrokkene_id_soort"
        ),
        UniqueConstraint("partij_id", "soort", name="uq_adressen_partij_id_soort"),
        ForeignKeyConstraint(
            ["betrokkene_id"],
            ["betrokkenen.id"],
            name="fk_adressen_betrokkene_id",
            ondelete="CASCADE",
        ),
        ForeignKeyConstraint(
            ["partij_id"],
            ["partijen.id"],
            name="fk_adressen_partij_id",
            ondelete="CASCADE",
        ),
        _check("ck_adressen_adresregel1", "length(adresregel1) BETWEEN 1 AND 80"),
        _check("ck_adressen_adresregel2", "length(adresregel2) BETWEEN 1 AND 80"),
        _check("ck_adressen_adresregel3", "length(adresregel3) BETWEEN 1 AND 80"),
        _check("ck_adressen_bag", "nummeraanduiding_id ~ '^[0-9]{16}$'"),
        _check(
            "ck_adressen_bezoek_is_een_plek",
            "soort = 'correspondentieadres' OR vorm IN ('straatadres', 'buitenland')",
        ),
        _check(
            "ck_adressen_een_eigenaar", "num_nonnulls(partij_id, betrokkene_id) = 1"
        ),
        _check("ck_adressen_huisnummer", "huisnummer BETWEEN 1 AND 99999"),
        _check(
            "ck_adressen_huisnummertoevoeging",
            "length(huisnummertoevoeging) BETWEEN 1 AND 20",
        ),
        _check("ck_adressen_land", "land ~ '^[A-Z]{2}$'"),
        _check("ck_adressen_plaats", "length(plaats) BETWEEN 1 AND 255"),
        _check("ck_adressen_postcode", "postcode ~ '^[1-9][0-9]{3} [A-Z]{2}$'"),
        _check("ck_adressen_soort", "soort IN ('bezoekadres', 'correspondentieadres')"),
        _check("ck_adressen_straatnaam", "length(straatnaam) BETWEEN 1 AND 255"),
        _check(
            "ck_adressen_toevoeging_bij_huisnummer",
            "huisnummertoevoeging IS NULL OR huisnummer IS NOT NULL",
        ),
        _check(
            "ck_adressen_vorm",
            "vorm IN ('straatadres', 'postbus', 'antwoordnummer', 'buitenland')",
        ),
        _check(
            "ck_adressen_vorm_past",
            "CASE vorm WHEN 'straatadres' THEN num_nonnulls(postbusnummer, "
            "antwoordnummer) = 0 AND land IS NULL AND "
            "num_nonnulls(nummeraanduiding_id, straatnaam, adresregel1) >= 1 "
            "WHEN 'postbus' THEN postbusnummer > 0 AND antwoordnummer IS NULL "
            "AND num_nonnulls(nummeraanduiding_id, straatnaam, huisnummer, "
            "land) = 0 WHEN 'antwoordnummer' THEN antwoordnummer > 0 AND "
            "postbusnummer IS NULL AND num_nonnulls(nummeraanduiding_id, "
            "straatnaam, huisnummer, land) = 0 ELSE land IS NOT NULL AND land "
            "<> 'NL' AND adresregel1 IS NOT NULL AND "
            "num_nonnulls(nummeraanduiding_id, straatnaam, huisnummer, "
            "postbusnummer, antwoordnummer, postcode) = 0 END IS TRUE",
        ),
    )


def _digitale_adressen() -> None:
    op.create_table(
        "digitale_adressen",
        Column("id", Uuid, nullable=False, server_default=text("gen_random_uuid()")),
        Column("partij_id", Uuid),
        Column("betrokkene_id", Uuid),
        Column("soort", Text, nullable=False),
        Column("adres", Text, nullable=False),
        Column("omschrijving", Text),
        Column("platform", Text),
        Column("verificatie_datum", Date),
        Column("standaard", Boolean, nullable=False, server_default=text("false")),
        PrimaryKeyConstraint("id", name="pk_digitale_adressen"),
        UniqueConstraint("id", "partij_id", name="uq_digitale_adressen_id_partij_id"),
        ForeignKeyConstraint(
            ["betrokkene_id"],
            ["betrokkenen.id"],
            name="fk_digitale_adressen_betrokkene_id",
            ondelete="CASCADE",
        ),
        ForeignKeyConstraint(
            ["partij_id"],
            ["partijen.id"],
            name="fk_digitale_adressen_partij_id",
            ondelete="CASCADE",
        ),
        _check("ck_digitale_adressen_adres", "length(adres) BETWEEN 1 AND 254"),
        _check(
            "ck_digitale_adressen_een_eigenaar",
            "num_nonnulls(partij_id, betrokkene_id) = 1",
        ),
        _check(
            "ck_digitale_adressen_email",
            "soort <> 'email' OR adres ~ "
            "'^[^@[:space:]]+@[^@[:space:]]+\\.[^@[:space:]]+$'",
        ),
        _check(
            "ck_digitale_adressen_omschrijving", "length(omschrijving) BETWEEN 1 AND 40"
        ),
        _check("ck_digitale_adressen_platform", "length(platform) BETWEEN 1 AND 40"),
        _check(
            "ck_digitale_adressen_platform_hoort",
            "(soort = 'social_media') = (platform IS NOT NULL)",
        ),
        _check(
            "ck_digitale_adressen_soort",
            "soort IN ('email', 'telefoonnummer', 'social_media', 'overig')",
        ),
        _check(
            "ck_digitale_adressen_standaard_partij",
            "partij_id IS NOT NULL OR NOT standaard",
        ),
        _check(
            "ck_digitale_adressen_telefoonnummer",
            "soort <> 'telefoonnummer' OR adres ~ "
            "'^(0[1-9][0-9]{8}|\\+[0-9]{9,15}|00[0-9]{7,13})$' AND adres !~ "
            "'^0[89]00'",
        ),
    )
    op.create_index("ix_digitale_adressen_adres", "digitale_adressen", ["adres"])
    op.create_index(
        "ix_digitale_adressen_betrokkene", "digitale_adressen", ["betrokkene_id"]
    )
    op.create_index("ix_digitale_adressen_partij", "digitale_adressen", ["partij_id"])
    op.create_index(
        "uq_digitale_adressen_standaard",
        "digitale_adressen",
        ["partij_id", "soort"],
        unique=True,
        postgresql_where=text("standaard"),
    )


def _interne_taak_actoren() -> None:
    op.create_table(
        "interne_taak_actoren",
        Column("interne_taak_id", Uuid, nullable=False),
        Column("actor_id", Uuid, nullable=False),
        PrimaryKeyConstraint(
            "interne_taak_id", "actor_id", name="pk_interne_taak_actoren"
        ),
        ForeignKeyConstraint(
            ["actor_id"], ["actoren.id"], name="fk_interne_taak_actoren_actor_id"
        ),
        ForeignKeyConstraint(
            ["interne_taak_id"],
            ["interne_taken.id"],
            name="fk_interne_taak_actoren_interne_taak_id",
            ondelete="CASCADE",
        ),
    )
    op.create_index(
        "ix_interne_taak_actoren_actor_id", "interne_taak_actoren", ["actor_id"]
    )


def _onderwerpen() -> None:
    op.create_table(
        "onderwerpen",
        Column("id", Uuid, nullable=False, server_default=text("gen_random_uuid()")),
        Column("klantcontact_id", Uuid, nullable=False),
        Column("volgorde", SmallInteger, nullable=False),
        Column("vorm", Text, nullable=False),
        Column("tekst", Text),
        Column("url", Text),
        Column("code_register", Text),
        Column("code_objecttype", Text),
        Column("code_soort_object_id", Text),
        Column("object_id", Text),
        Column("interne_taak_id", Uuid),
        Column("onderwerp_klantcontact_id", Uuid),
        PrimaryKeyConstraint("id", name="pk_onderwerpen"),
        UniqueConstraint(
            "klantcontact_id",
            "volgorde",
            name="uq_onderwerpen_klantcontact_id_volgorde",
        ),
        ForeignKeyConstraint(
            ["interne_taak_id"],
            ["interne_taken.id"],
            name="fk_onderwerpen_interne_taak_id",
        ),
        ForeignKeyConstraint(
            ["klantcontact_id"],
            ["klantcontacten.id"],
            name="fk_onderwerpen_klantcontact_id",
            ondelete="CASCADE",
        ),
        ForeignKeyConstraint(
            ["onderwerp_klantcontact_id"],
            ["klantcontacten.id"],
            name="fk_onderwerpen_onderwerp_klantcontact_id",
        ),
        _check(
            "ck_onderwerpen_code_objecttype",
            "length(code_objecttype) BETWEEN 1 AND 200",
        ),
        _check(
            "ck_onderwerpen_code_register", "length(code_register) BETWEEN 1 AND 200"
        ),
        _check(
            "ck_onderwerpen_code_soort_object_id",
            "length(code_soort_object_id) BETWEEN 1 AND 200",
        ),
        _check(
            "ck_onderwerpen_een_vorm",
            "(vorm = 'tekst') = (tekst IS NOT NULL) AND (vorm = 'interne_taak')"
            " = (interne_taak_id IS NOT NULL) AND (vorm = 'klantcontact') = "
            "(onderwerp_klantcontact_id IS NOT NULL) AND CASE WHEN vorm IN "
            "('zaak', 'klanttaak', 'object') THEN num_nonnulls(url, object_id) "
            "= 1 AND num_nonnulls(code_register, code_objecttype, "
            "code_soort_object_id, object_id) IN (0, 4) ELSE num_nonnulls(url, "
            "code_register, code_objecttype, code_soort_object_id, object_id) ="
            " 0 END",
        ),
        _check(
            "ck_onderwerpen_niet_zichzelf",
            "onderwerp_klantcontact_id <> klantcontact_id",
        ),
        _check("ck_onderwerpen_object_id", "length(object_id) BETWEEN 1 AND 200"),
        _check("ck_onderwerpen_tekst", "length(tekst) BETWEEN 1 AND 1000"),
        _check("ck_onderwerpen_url", "url ~ '^https?://' AND length(url) <= 1000"),
        _check("ck_onderwerpen_volgorde", "volgorde >= 1"),
        _check(
            "ck_onderwerpen_vorm",
            "vorm IN ('tekst', 'zaak', 'klanttaak', 'object', 'interne_taak', "
            "'klantcontact')",
        ),
    )
    op.create_index("ix_onderwerpen_interne_taak", "onderwerpen", ["interne_taak_id"])
    op.create_index("ix_onderwerpen_object_id", "onderwerpen", ["object_id"])
    op.create_index(
        "ix_onderwerpen_tekst",
        "onderwerpen",
        [text("to_tsvector('dutch', tekst)")],
        postgresql_using="gin",
    )
    op.create_index("ix_onderwerpen_url", "onderwerpen", ["url"])
    op.create_index(
        "ix_onderwerpen_vervolg", "onderwerpen", ["onderwerp_klantcontact_id"]
    )
