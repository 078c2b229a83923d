"""What must be done to follow up a klantcontact."""

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Table,
    Uuid,
    text,
)

from gateway.store.tables.columns import (
    key,
    metadata,
    moment,
    nummer,
    one_of,
    reference,
    text_of,
    versie,
)

interne_taken = Table(
    "interne_taken",
    metadata,
    key(),
    nummer(),
    reference("klantcontact_id -> klantcontacten", required=True, owned=True),
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
    Column(
        "interne_taak_id",
        Uuid,
        ForeignKey("interne_taken.id", ondelete="CASCADE"),
        primary_key=True,
    ),
    Column("actor_id", Uuid, ForeignKey("actoren.id"), primary_key=True, index=True),
)
