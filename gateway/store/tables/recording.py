"""What goes with recording: retries, who changed what, codes, and what is only counted."""

from sqlalchemy import (
    CheckConstraint,
    Column,
    Date,
    Index,
    Integer,
    SmallInteger,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

from gateway.store.tables.audit import PSEUDONYM, pseudonym
from gateway.store.tables.columns import (
    key,
    metadata,
    moment,
    one_of,
    reference,
    text_of,
)

# What a mutation came to, so that who asks again with the same key gets that.
idempotentiesleutels = Table(
    "idempotentiesleutels",
    metadata,
    key(),
    Column(
        "aanvrager",
        Text,
        CheckConstraint(f"aanvrager {PSEUDONYM}", name="aanvrager"),
        nullable=False,
    ),
    text_of("mutatie", 60, required=True),
    text_of("sleutel", 100, required=True),
    # A keyed hash of what was asked: the same key is for the same question only.
    Column(
        "vraag",
        Text,
        CheckConstraint(f"vraag {PSEUDONYM}", name="vraag"),
        nullable=False,
    ),
    # Keys of what was made; nothing of what it says.
    Column("uitkomst", JSONB, nullable=False),
    moment("moment", required=True),
    UniqueConstraint(
        "aanvrager", "mutatie", "sleutel", name="uq_idempotentiesleutels_sleutel"
    ),
    Index("ix_idempotentiesleutels_moment", "moment"),
)

# Who recorded, changed or removed what, and what stood there before (B8694).
mutaties = Table(
    "mutaties",
    metadata,
    key(),
    moment("moment", required=True),
    Column(
        "trace_id",
        Text,
        CheckConstraint(f"trace_id {PSEUDONYM}", name="trace_id"),
        nullable=False,
    ),
    one_of("soort_aanvrager", "klant", "vertegenwoordiger", "medewerker", "systeem"),
    text_of("wie", 255, required=True),
    text_of("uitgever", 255),
    pseudonym("namens"),
    text_of("client", 255),
    text_of("verwerking", 60, required=True),
    text_of("mutatie", 60, required=True),
    one_of("handeling", "gemaakt", "gewijzigd", "verwijderd"),
    text_of("soort", 40, required=True),
    Column("record_id", Uuid, nullable=False),
    text_of("reden", 1000),
    # Of what was changed or removed: the values that stood there.
    Column("oud", JSONB(none_as_null=True)),
    CheckConstraint("handeling <> 'gemaakt' OR oud IS NULL", name="oud"),
    CheckConstraint(
        f"soort_aanvrager IN ('medewerker', 'systeem') OR wie {PSEUDONYM}",
        name="klant_bij_pseudoniem",
    ),
    Index("ix_mutaties_record", "record_id", "moment"),
    # What was removed from a record: found when that is destroyed, or disclosed.
    Index(
        "ix_mutaties_verwijderd",
        text(
            "(COALESCE(oud ->> 'partij_id', oud ->> 'betrokkene_id',"
            " oud ->> 'klantcontact_id'))"
        ),
        postgresql_where=text("handeling = 'verwijderd'"),
    ),
)

# Contacts that are no klantcontact (seed V6898, the first case): nobody's, so counted.
anonieme_contacten = Table(
    "anonieme_contacten",
    metadata,
    Column(
        "kanaal",
        Text,
        CheckConstraint("length(kanaal) BETWEEN 1 AND 50", name="kanaal"),
        primary_key=True,
    ),
    Column("dag", Date, primary_key=True),
    Column(
        "aantal",
        Integer,
        CheckConstraint("aantal >= 1", name="aantal"),
        nullable=False,
    ),
)

# One open code for each digital address; never the code itself.
verificatiecodes = Table(
    "verificatiecodes",
    metadata,
    key(),
    reference("digitaal_adres_id -> digitale_adressen", required=True, owned=True),
    Column(
        "code",
        Text,
        CheckConstraint(f"code {PSEUDONYM}", name="code"),
        nullable=False,
    ),
    moment("verloopt_op", required=True),
    UniqueConstraint("digitaal_adres_id"),
)


def _count(name: str) -> Column[object]:
    return Column(
        name,
        SmallInteger,
        CheckConstraint(f"{name} >= 0", name=name),
        nullable=False,
        server_default=text("0"),
    )


# How many codes went to an address of a partij, and how many were wrong. By a keyed
# hash, so that this stays when the address is changed, or goes and comes back.
verificatietellingen = Table(
    "verificatietellingen",
    metadata,
    Column(
        "adres",
        Text,
        CheckConstraint(f"adres {PSEUDONYM}", name="adres"),
        primary_key=True,
    ),
    moment("verloopt_op", required=True),
    _count("verzonden"),
    _count("pogingen"),
)
