"""What was destroyed because its time had come: never what it said, nor of whom."""

from sqlalchemy import Column, Date, Table, UniqueConstraint, Uuid

from gateway.store.tables.columns import key, metadata, moment, one_of, text_of

vernietigingen = Table(
    "vernietigingen",
    metadata,
    key(),
    Column("run", Uuid, nullable=False),
    moment("moment", required=True),
    one_of("soort", "klantcontact", "partij"),
    Column("record_id", Uuid, nullable=False),
    # Which term, or which zaak's archive data, said so.
    text_of("grond", 200, required=True),
    Column("vervallen_op", Date, nullable=False),
    UniqueConstraint("soort", "record_id"),
)
