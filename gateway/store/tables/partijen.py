"""Partijen, and what belongs to nobody else."""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    text,
)

from gateway.store.tables.columns import (
    NO_NAME,
    contactnaam,
    elfproef,
    key,
    land,
    metadata,
    moment,
    nummer,
    one_of,
    reference,
    taal,
    text_of,
    versie,
)

partijen = Table(
    "partijen",
    metadata,
    key(),
    nummer(),
    one_of("soort_partij", "persoon", "organisatie", "contactpersoon"),
    # Whom the externe identificaties name: null while there are none that tell.
    one_of(
        "soort_subject", "natuurlijk_persoon", "niet_natuurlijk_persoon", required=False
    ),
    *contactnaam(),
    text_of("naam", 200),
    text_of("interne_notitie", 1000),
    Column("indicatie_geheimhouding", Boolean),
    taal("voorkeurstaal"),
    Column("indicatie_actief", Boolean, nullable=False, server_default=text("true")),
    Column("voorkeurs_digitaal_adres_id", Uuid),
    # Contactpersoon: for whom this person acted, as was established then.
    Column("namens_partij_id", Uuid),
    Column("namens_soort_partij", Text),
    one_of(
        "hoedanigheid", "werknemer", "eigenaar", "gemachtigde", "anders", required=False
    ),
    Column("formeel", Boolean),
    moment("vastgesteld_op"),
    versie(),
    UniqueConstraint("id", "soort_partij"),
    UniqueConstraint("id", "soort_subject"),
    # A contactpersoon acted for a persoon or an organisatie, never for another
    # contactpersoon (seed basisterminologie, Contactpersoon).
    ForeignKeyConstraint(
        ["namens_partij_id", "namens_soort_partij"],
        ["partijen.id", "partijen.soort_partij"],
        name="fk_partijen_namens",
    ),
    CheckConstraint(
        "namens_soort_partij IN ('persoon', 'organisatie')", name="namens_soort_partij"
    ),
    CheckConstraint(
        "CASE WHEN soort_partij = 'contactpersoon' THEN"
        " num_nonnulls(namens_partij_id, namens_soort_partij, formeel, vastgesteld_op)"
        " = 4 AND namens_partij_id <> id"
        " ELSE num_nonnulls(namens_partij_id, namens_soort_partij, hoedanigheid,"
        " formeel, vastgesteld_op) = 0 END",
        name="namens_alleen_contactpersoon",
    ),
    # One of contactnaam and naam, by soortPartij (B1304).
    CheckConstraint(
        f"CASE WHEN soort_partij = 'organisatie' THEN {NO_NAME} ELSE naam IS NULL END",
        name="naam_naar_soort",
    ),
    # Never the natural person of the BRP: that one is a persoon.
    CheckConstraint(
        "soort_partij = 'persoon' OR soort_subject IS DISTINCT FROM"
        " 'natuurlijk_persoon'",
        name="natuurlijk_persoon_is_persoon",
    ),
    # The address preferred is one of the partij's own.
    ForeignKeyConstraint(
        ["voorkeurs_digitaal_adres_id", "id"],
        ["digitale_adressen.id", "digitale_adressen.partij_id"],
        name="fk_partijen_voorkeurs_digitaal_adres",
        use_alter=True,
    ),
    Index("ix_partijen_namens", "namens_partij_id"),
)

externe_identificaties = Table(
    "externe_identificaties",
    metadata,
    key(),
    reference("partij_id -> partijen", required=True, owned=True),
    Column("soort_subject", Text),
    text_of("register", 40),
    text_of("soort", 40),
    text_of("waarde", 200),
    land(),
    Column("kvk_nummer", Text),
    Column(
        "subject_url",
        Text,
        CheckConstraint(
            "subject_url ~ '^https?://' AND length(subject_url) <= 1000",
            name="subject_url",
        ),
    ),
    # Where referring is impossible: a few identifying data, copied (seed
    # uitgangspunten, `aangehaakt`).
    text_of("subject_naam", 200),
    Column("subject_geboortedatum", Date),
    text_of("subject_plaats", 200),
    # Value, URL or copied data: at least one, and never URL and copy at once.
    CheckConstraint(
        "num_nonnulls(waarde, subject_url, subject_naam) >= 1", name="noemt_iemand"
    ),
    CheckConstraint(
        "subject_url IS NULL OR num_nonnulls(subject_naam, subject_geboortedatum,"
        " subject_plaats) = 0",
        name="url_of_overgenomen",
    ),
    CheckConstraint(
        "subject_naam IS NOT NULL OR num_nonnulls(subject_geboortedatum,"
        " subject_plaats) = 0",
        name="overgenomen_met_naam",
    ),
    CheckConstraint(
        "num_nonnulls(register, soort, waarde) IN (0, 3)", name="waarde_met_soort"
    ),
    # Whoever is named tells which kind of subject the partij is; a partij is never
    # both (seed uitgangspunten, cardinality 3).
    ForeignKeyConstraint(
        ["partij_id", "soort_subject"],
        ["partijen.id", "partijen.soort_subject"],
        name="fk_externe_identificaties_soort_subject",
        onupdate="CASCADE",
    ),
    # So that no BSN escapes its rules as another soort.
    CheckConstraint("soort ~ '^[a-z][a-z0-9_]*$'", name="soort_kleine_letters"),
    CheckConstraint("register <> 'brp' OR soort = 'bsn'", name="brp_kent_bsn"),
    CheckConstraint(
        "subject_geboortedatum IS NULL"
        " OR soort_subject IS NOT DISTINCT FROM 'natuurlijk_persoon'",
        name="geboortedatum_van_persoon",
    ),
    CheckConstraint(
        "soort_subject IN ('natuurlijk_persoon', 'niet_natuurlijk_persoon')",
        name="soort_subject",
    ),
    CheckConstraint(
        "CASE soort"
        " WHEN 'bsn' THEN register = 'brp'"
        " AND soort_subject IS NOT DISTINCT FROM 'natuurlijk_persoon'"
        " WHEN 'rsin' THEN register = 'hr'"
        " AND soort_subject IS NOT DISTINCT FROM 'niet_natuurlijk_persoon'"
        " WHEN 'kvk_nummer' THEN register = 'hr'"
        " AND soort_subject IS NOT DISTINCT FROM 'niet_natuurlijk_persoon'"
        " WHEN 'vestigingsnummer' THEN register = 'hr'"
        " AND soort_subject IS NOT DISTINCT FROM 'niet_natuurlijk_persoon'"
        " ELSE true END",
        name="soort_past",
    ),
    CheckConstraint(
        "num_nonnulls(subject_url, subject_naam) = 0 OR soort_subject IS NOT NULL",
        name="van_wie",
    ),
    CheckConstraint(f"soort <> 'bsn' OR {elfproef('waarde')}", name="bsn"),
    CheckConstraint(f"soort <> 'rsin' OR {elfproef('waarde')}", name="rsin"),
    CheckConstraint(
        "soort <> 'kvk_nummer' OR waarde ~ '^[0-9]{8}$'", name="kvk_nummer"
    ),
    CheckConstraint(
        "CASE WHEN soort = 'vestigingsnummer' THEN waarde ~ '^[0-9]{12}$'"
        " AND kvk_nummer IS NOT NULL AND kvk_nummer ~ '^[0-9]{8}$'"
        " ELSE kvk_nummer IS NULL END",
        name="vestigingsnummer",
    ),
    # At most one partij for a natural person (cardinality 1); any number for an
    # organisation (cardinality 2).
    Index(
        "uq_externe_identificaties_bsn",
        "waarde",
        unique=True,
        postgresql_where=text("soort = 'bsn'"),
    ),
    Index(
        "uq_externe_identificaties_persoon_url",
        "subject_url",
        unique=True,
        postgresql_where=text("soort_subject = 'natuurlijk_persoon'"),
    ),
    # A partij is one subject: one address of it, or one copy (cardinality 3).
    Index(
        "uq_externe_identificaties_subject",
        "partij_id",
        unique=True,
        postgresql_where=text("subject_url IS NOT NULL OR subject_naam IS NOT NULL"),
    ),
    # One of each known kind on one partij.
    Index(
        "uq_externe_identificaties_soort",
        "partij_id",
        "soort",
        unique=True,
        postgresql_where=text(
            "soort IN ('bsn', 'rsin', 'kvk_nummer', 'vestigingsnummer')"
        ),
    ),
    Index(
        "ix_externe_identificaties_waarde", "waarde", "soort", "register", "partij_id"
    ),
    Index("ix_externe_identificaties_partij", "partij_id"),
)

toestemmingen = Table(
    "toestemmingen",
    metadata,
    key(),
    reference("partij_id -> partijen", required=True, owned=True),
    moment("gegeven_op", required=True),
    moment("ingetrokken_op"),
    Column(
        "klantcontact_id", Uuid, ForeignKey("klantcontacten.id", ondelete="SET NULL")
    ),
    CheckConstraint("ingetrokken_op >= gegeven_op", name="eerst_gegeven"),
    # One consent for reuse stands at a time.
    Index(
        "uq_toestemmingen_geldend",
        "partij_id",
        unique=True,
        postgresql_where=text("ingetrokken_op IS NULL"),
    ),
    Index("ix_toestemmingen_partij", "partij_id", "gegeven_op"),
    Index("ix_toestemmingen_klantcontact", "klantcontact_id"),
)

rekeningnummers = Table(
    "rekeningnummers",
    metadata,
    key(),
    reference("partij_id -> partijen", required=True, owned=True),
    Column(
        "iban",
        Text,
        CheckConstraint("iban ~ '^[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}$'", name="iban_vorm"),
        nullable=False,
    ),
    Column(
        "bic",
        Text,
        CheckConstraint("bic ~ '^[A-Z0-9]{8}([A-Z0-9]{3})?$'", name="bic_vorm"),
    ),
    UniqueConstraint("partij_id", "iban"),
)

# What was established once, never proof of a mandate (seed basisterminologie).
vertegenwoordigingen = Table(
    "vertegenwoordigingen",
    metadata,
    Column(
        "vertegenwoordigende_partij_id",
        Uuid,
        ForeignKey("partijen.id", ondelete="CASCADE"),
        primary_key=True,
    ),
    Column(
        "vertegenwoordigde_partij_id",
        Uuid,
        ForeignKey("partijen.id", ondelete="CASCADE"),
        primary_key=True,
        index=True,
    ),
    CheckConstraint(
        "vertegenwoordigende_partij_id <> vertegenwoordigde_partij_id",
        name="niet_zichzelf",
    ),
)
