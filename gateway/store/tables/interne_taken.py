"""What must be done to follow up a klantcontact."""

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Table,
    UniqueConstraint,
    Uuid,
    text,
)

from gateway.store.tables.columns import (
    key,
    metadata,
    moment,
    nummer,
    one_of,
    text_of,
    versie,
)

interne_taken = Table(
    "interne_taken",
    metadata,
    key(),
    nummer(),
    Column("klantcontact_id", Uuid, nullable=False),
    # The klantcontact's own moment, from which the klant waits.
    moment("plaatsgevonden_op", required=True),
    text_of("gevraagde_handeling", 200, required=True),
    text_of("toelichting", 1000),
    one_of("status", "te_verwerken", "verwerkt"),
    moment("toegewezen_op", required=True),
    moment("verwerkt_op"),
    versie(),
    CheckConstraint(
        "(status = 'verwerkt') = (verwerkt_op IS NOT NULL)", name="verwerkt_op"
    ),
    CheckConstraint("verwerkt_op >= toegewezen_op", name="eerst_toegewezen"),
    ForeignKeyConstraint(
        ["klantcontact_id", "plaatsgevonden_op"],
        ["klantcontacten.id", "klantcontacten.plaatsgevonden_op"],
        name="fk_interne_taken_klantcontact",
        onupdate="CASCADE",
        ondelete="CASCADE",
    ),
    UniqueConstraint("id", "status", "plaatsgevonden_op"),
    Index("ix_interne_taken_klantcontact", "klantcontact_id"),
    Index(
        "ix_interne_taken_te_verwerken",
        "klantcontact_id",
        postgresql_where=text("status = 'te_verwerken'"),
    ),
)

interne_taak_actoren = Table(
    "interne_taak_actoren",
    metadata,
    Column("interne_taak_id", Uuid, primary_key=True),
    Column("actor_id", Uuid, ForeignKey("actoren.id"), primary_key=True),
    # The taak's own, so that one index holds an actor's work list in its order.
    one_of("status", "te_verwerken", "verwerkt"),
    moment("plaatsgevonden_op", required=True),
    ForeignKeyConstraint(
        ["interne_taak_id", "status", "plaatsgevonden_op"],
        ["interne_taken.id", "interne_taken.status", "interne_taken.plaatsgevonden_op"],
        name="fk_interne_taak_actoren_interne_taak",
        onupdate="CASCADE",
        ondelete="CASCADE",
    ),
    Index(
        "ix_interne_taak_actoren_werklijst",
        "actor_id",
        "status",
        "plaatsgevonden_op",
        "interne_taak_id",
    ),
)
