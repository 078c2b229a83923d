"""The audit trail; and `midden`, a betrouwbaarheidsniveau below eIDAS's own.

Written out and never changed again. That the runtime role may only add to the trail is
said where its rights are: a table that comes later would have all of them.

Revision: 0002
"""

from alembic import op
from sqlalchemy import (
    ARRAY,
    CheckConstraint,
    Column,
    DateTime,
    PrimaryKeyConstraint,
    Text,
    Uuid,
    text,
)

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the trail, and allow one value more."""
    _niveau()
    _inzagen()


def _check(name: str, rule: str) -> CheckConstraint:
    return CheckConstraint(rule, name=op.f(name))


def _niveau() -> None:
    name = op.f("ck_klantcontacten_identiteit_niveau")
    op.drop_constraint(name, "klantcontacten")
    op.create_check_constraint(
        name,
        "klantcontacten",
        "identiteit_niveau IN ('laag', 'midden', 'substantieel', 'hoog')",
    )


def _inzagen() -> None:
    op.create_table(
        "inzagen",
        Column("id", Uuid, nullable=False, server_default=text("gen_random_uuid()")),
        Column("moment", DateTime(timezone=True), nullable=False),
        Column("trace_id", Text, nullable=False),
        Column("soort_aanvrager", Text, nullable=False),
        Column("wie", Text, nullable=False),
        Column("uitgever", Text),
        Column("namens", Text),
        Column("client", Text),
        Column("betrokkene", Text),
        Column("soort_betrokkene", Text),
        Column("wat", ARRAY(Text), nullable=False),
        Column("operatie", Text),
        Column("verwerking", Text, nullable=False),
        Column("verwerking_uri", Text, nullable=False),
        Column("identiteit_middel", Text),
        Column("identiteit_niveau", Text),
        Column("identiteit_grond", Text),
        PrimaryKeyConstraint("id", name="pk_inzagen"),
        _check("ck_inzagen_betrokkene", "betrokkene ~ '^[0-9a-f]{32}$'"),
        _check(
            "ck_inzagen_betrokkene_heel",
            "num_nonnulls(betrokkene, soort_betrokkene) IN (0, 2)",
        ),
        _check("ck_inzagen_client", "length(client) BETWEEN 1 AND 255"),
        _check(
            "ck_inzagen_identiteit_grond",
            "identiteit_grond IN ('zelf', 'gemachtigd_persoon', "
            "'gemachtigd_organisatie')",
        ),
        _check(
            "ck_inzagen_identiteit_heel",
            "num_nonnulls(identiteit_middel, identiteit_niveau, identiteit_grond)"
            " IN (0, 3)",
        ),
        _check(
            "ck_inzagen_identiteit_middel", "length(identiteit_middel) BETWEEN 1 AND 40"
        ),
        _check(
            "ck_inzagen_identiteit_niveau",
            "identiteit_niveau IN ('laag', 'midden', 'substantieel', 'hoog')",
        ),
        _check(
            "ck_inzagen_klant_bij_pseudoniem",
            "soort_aanvrager IN ('medewerker', 'systeem') OR wie ~ '^[0-9a-f]{32}$'",
        ),
        _check("ck_inzagen_namens", "namens ~ '^[0-9a-f]{32}$'"),
        _check(
            "ck_inzagen_namens_wie",
            "(soort_aanvrager = 'vertegenwoordiger') = (namens IS NOT NULL)",
        ),
        _check("ck_inzagen_operatie", "length(operatie) BETWEEN 1 AND 100"),
        _check(
            "ck_inzagen_soort_aanvrager",
            "soort_aanvrager IN ('klant', 'vertegenwoordiger', 'medewerker', 'systeem')",
        ),
        _check(
            "ck_inzagen_soort_betrokkene", "length(soort_betrokkene) BETWEEN 1 AND 40"
        ),
        _check("ck_inzagen_trace_id", "trace_id ~ '^[0-9a-f]{32}$'"),
        _check("ck_inzagen_uitgever", "length(uitgever) BETWEEN 1 AND 255"),
        _check(
            "ck_inzagen_uitgever_van_naam",
            "(soort_aanvrager IN ('medewerker', 'systeem')) = (uitgever IS NOT NULL)",
        ),
        _check("ck_inzagen_verwerking", "length(verwerking) BETWEEN 1 AND 60"),
        _check("ck_inzagen_verwerking_uri", "verwerking_uri ~ '^(https?|urn):'"),
        _check("ck_inzagen_wat", "cardinality(wat) >= 1"),
        _check("ck_inzagen_wie", "length(wie) BETWEEN 1 AND 255"),
    )
    op.create_index(
        "ix_inzagen_betrokkene", "inzagen", ["betrokkene", text("moment DESC")]
    )
