"""Where a partij can be reached, or a betrokkene for one klantcontact."""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    Index,
    Integer,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from gateway.store.tables.columns import (
    key,
    land,
    metadata,
    one_of,
    reference,
    text_of,
    versie,
)

adressen = Table(
    "adressen",
    metadata,
    key(),
    reference("partij_id -> partijen", owned=True),
    reference("betrokkene_id -> betrokkenen", owned=True),
    one_of("soort", "bezoekadres", "correspondentieadres"),
    one_of("vorm", "straatadres", "postbus", "antwoordnummer", "buitenland"),
    Column(
        "nummeraanduiding_id",
        Text,
        CheckConstraint("nummeraanduiding_id ~ '^[0-9]{16}$'", name="bag"),
    ),
    text_of("straatnaam", 255),
    Column("huisnummer", Integer),
    text_of("huisnummertoevoeging", 20),
    Column("postbusnummer", Integer),
    Column("antwoordnummer", Integer),
    Column(
        "postcode",
        Text,
        CheckConstraint("postcode ~ '^[1-9][0-9]{3} [A-Z]{2}$'", name="postcode"),
    ),
    text_of("plaats", 255),
    text_of("adresregel1", 80),
    text_of("adresregel2", 80),
    text_of("adresregel3", 80),
    land(),
    CheckConstraint("num_nonnulls(partij_id, betrokkene_id) = 1", name="een_eigenaar"),
    CheckConstraint("huisnummer BETWEEN 1 AND 99999", name="huisnummer"),
    CheckConstraint(
        "huisnummertoevoeging IS NULL OR huisnummer IS NOT NULL",
        name="toevoeging_bij_huisnummer",
    ),
    CheckConstraint(
        "CASE vorm"
        " WHEN 'straatadres' THEN num_nonnulls(postbusnummer, antwoordnummer) = 0"
        " AND land IS NULL AND num_nonnulls(nummeraanduiding_id, straatnaam,"
        " adresregel1) >= 1"
        " WHEN 'postbus' THEN postbusnummer > 0 AND antwoordnummer IS NULL"
        " AND num_nonnulls(nummeraanduiding_id, straatnaam, huisnummer, land) = 0"
        " WHEN 'antwoordnummer' THEN antwoordnummer > 0 AND postbusnummer IS NULL"
        " AND num_nonnulls(nummeraanduiding_id, straatnaam, huisnummer, land) = 0"
        " ELSE land IS NOT NULL AND land <> 'NL' AND adresregel1 IS NOT NULL"
        " AND num_nonnulls(nummeraanduiding_id, straatnaam, huisnummer, postbusnummer,"
        " antwoordnummer, postcode) = 0 END IS TRUE",
        name="vorm_past",
    ),
    CheckConstraint(
        "soort = 'correspondentieadres' OR vorm IN ('straatadres', 'buitenland')",
        name="bezoek_is_een_plek",
    ),
    UniqueConstraint("partij_id", "soort"),
    UniqueConstraint("betrokkene_id", "soort"),
)

digitale_adressen = Table(
    "digitale_adressen",
    metadata,
    key(),
    reference("partij_id -> partijen", owned=True),
    reference("betrokkene_id -> betrokkenen", owned=True),
    one_of("soort", "email", "telefoonnummer", "social_media", "overig"),
    text_of("adres", 254, required=True),
    text_of("omschrijving", 40),
    text_of("platform", 40),
    Column("verificatie_datum", Date),
    Column("standaard", Boolean, nullable=False, server_default=text("false")),
    versie(),
    # A digital address always belongs to a partij or a betrokkene (B1995).
    CheckConstraint("num_nonnulls(partij_id, betrokkene_id) = 1", name="een_eigenaar"),
    CheckConstraint(
        "(soort = 'social_media') = (platform IS NOT NULL)", name="platform_hoort"
    ),
    CheckConstraint("partij_id IS NOT NULL OR NOT standaard", name="standaard_partij"),
    CheckConstraint(
        "soort <> 'email' OR adres ~ '^[^@[:space:]]+@[^@[:space:]]+\\.[^@[:space:]]+$'",
        name="email",
    ),
    CheckConstraint(
        "soort <> 'telefoonnummer' OR"
        " adres ~ '^(0[1-9][0-9]{8}|\\+[0-9]{9,15}|00[0-9]{7,13})$'"
        # Service numbers are nobody's (Open Klant 2.18).
        " AND adres !~ '^0[89]00'",
        name="telefoonnummer",
    ),
    UniqueConstraint("id", "partij_id"),
    Index(
        "uq_digitale_adressen_standaard",
        "partij_id",
        "soort",
        unique=True,
        postgresql_where=text("standaard"),
    ),
    Index("ix_digitale_adressen_partij", "partij_id"),
    Index("ix_digitale_adressen_betrokkene", "betrokkene_id"),
    Index("ix_digitale_adressen_adres", "adres"),
)
