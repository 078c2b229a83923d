"""What was destroyed because its time had come: never what it said, nor of whom.

And what that needs to know later: when a partij was last in touch, once the
klantcontact that told has gone; and what of the trail of changes goes too.
"""

from sqlalchemy import (
    Column,
    Date,
    ForeignKey,
    Table,
    UniqueConstraint,
    Uuid,
)

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

# Of the klantcontacten of a partij that were destroyed: the day of the last one.
laatste_contacten = Table(
    "laatste_contacten",
    metadata,
    Column(
        "partij_id",
        Uuid,
        ForeignKey("partijen.id", ondelete="CASCADE"),
        primary_key=True,
    ),
    Column("dag", Date, nullable=False),
)

# Of what the gateway itself removed: the trail is the owner's to change, who comes by
# with `klantbeeld purge`.
te_wissen_mutaties = Table(
    "te_wissen_mutaties",
    metadata,
    Column("mutatie_id", Uuid, primary_key=True),
)
