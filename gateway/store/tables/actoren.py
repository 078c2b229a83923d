"""Who acts for the municipality."""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Index,
    Table,
    UniqueConstraint,
    text,
)

from gateway.store.tables.columns import (
    key,
    metadata,
    one_of,
    text_of,
)

actoren = Table(
    "actoren",
    metadata,
    key(),
    one_of(
        "soort_actor",
        "medewerker",
        "organisatorische_eenheid",
        "geautomatiseerde_actor",
    ),
    text_of("naam", 200, required=True),
    Column("indicatie_actief", Boolean, nullable=False, server_default=text("true")),
    text_of("functie", 40),
    text_of("omschrijving", 200),
    text_of("emailadres", 254),
    text_of("telefoonnummer", 20),
    text_of("code_register", 200),
    text_of("code_objecttype", 200),
    text_of("code_soort_object_id", 200),
    text_of("object_id", 200),
    CheckConstraint(
        "CASE soort_actor"
        " WHEN 'medewerker' THEN omschrijving IS NULL"
        " WHEN 'organisatorische_eenheid' THEN functie IS NULL"
        " ELSE num_nonnulls(emailadres, telefoonnummer) = 0 END",
        name="kenmerken_naar_soort",
    ),
    CheckConstraint(
        "num_nonnulls(code_register, code_objecttype, code_soort_object_id,"
        " object_id) IN (0, 4)",
        name="identificator_heel",
    ),
    UniqueConstraint(
        "code_register",
        "code_objecttype",
        "code_soort_object_id",
        "object_id",
        name="uq_actoren_identificator",
    ),
    Index("ix_actoren_naam", "naam", "id"),
)
