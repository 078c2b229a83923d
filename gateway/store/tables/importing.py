"""What came from another store, so that a repeated import finds it again."""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Index,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    text,
)

from gateway.store.tables.columns import metadata, moment, text_of

importsleutels = Table(
    "importsleutels",
    metadata,
    Column(
        "bron",
        Text,
        CheckConstraint("length(bron) BETWEEN 1 AND 1000", name="bron"),
        primary_key=True,
    ),
    Column(
        "soort",
        Text,
        CheckConstraint("length(soort) BETWEEN 1 AND 40", name="soort"),
        primary_key=True,
    ),
    Column("bron_id", Uuid, primary_key=True),
    Column("record_id", Uuid, nullable=False),
    # A keyed hash of what was made of it; the same is not written again.
    text_of("inhoud", 64, required=True),
    moment("moment", required=True),
    # Whether the row was here already, made by others.
    Column("gevonden", Boolean, nullable=False, server_default=text("false")),
    # Two stores may both know somebody; one knows nobody twice.
    UniqueConstraint("bron", "soort", "record_id"),
    # Found when the record is destroyed, or disclosed.
    Index("ix_importsleutels_record", "record_id"),
)
