"""Who was shown whom: written once, and changed by nobody.

The runtime role may add and read rows, no more (`gateway.store.migrate`). Retention is
the owner's business.
"""

from sqlalchemy import ARRAY, CheckConstraint, Column, Index, Table, Text, text

from gateway.store.tables.columns import key, metadata, moment, one_of, text_of

PSEUDONYM = "~ '^[0-9a-f]{32}$'"


def pseudonym(name: str) -> Column[object]:
    """Somebody, by a pseudonym of `gateway.identity.pseudonyms`."""
    return Column(name, Text, CheckConstraint(f"{name} {PSEUDONYM}", name=name))


inzagen = Table(
    "inzagen",
    metadata,
    key(),
    moment("moment", required=True),
    Column(
        "trace_id",
        Text,
        CheckConstraint(f"trace_id {PSEUDONYM}", name="trace_id"),
        nullable=False,
    ),
    # Who asked. OpenID Connect Core 1.0, section 2: a `sub` has 255 characters at most.
    one_of("soort_aanvrager", "klant", "vertegenwoordiger", "medewerker", "systeem"),
    text_of("wie", 255, required=True),
    # Whose name that is: another issuer may call somebody else so.
    text_of("uitgever", 255),
    pseudonym("namens"),
    text_of("client", 255),
    # Whom it showed; null for somebody whom nothing names.
    pseudonym("betrokkene"),
    text_of("soort_betrokkene", 40),
    # What was asked, and why.
    Column(
        "wat",
        ARRAY(Text),
        CheckConstraint("cardinality(wat) >= 1", name="wat"),
        nullable=False,
    ),
    text_of("operatie", 100),
    text_of("verwerking", 60, required=True),
    Column(
        "verwerking_uri",
        Text,
        CheckConstraint("verwerking_uri ~ '^(https?|urn):'", name="verwerking_uri"),
        nullable=False,
    ),
    # What a medewerker stated of the one they spoke with: all of it, or nothing.
    text_of("identiteit_middel", 40),
    one_of(
        "identiteit_niveau", "laag", "midden", "substantieel", "hoog", required=False
    ),
    one_of(
        "identiteit_grond",
        "zelf",
        "gemachtigd_persoon",
        "gemachtigd_organisatie",
        required=False,
    ),
    CheckConstraint(
        f"soort_aanvrager IN ('medewerker', 'systeem') OR wie {PSEUDONYM}",
        name="klant_bij_pseudoniem",
    ),
    CheckConstraint(
        "(soort_aanvrager IN ('medewerker', 'systeem')) = (uitgever IS NOT NULL)",
        name="uitgever_van_naam",
    ),
    CheckConstraint(
        "(soort_aanvrager = 'vertegenwoordiger') = (namens IS NOT NULL)",
        name="namens_wie",
    ),
    CheckConstraint(
        "num_nonnulls(betrokkene, soort_betrokkene) IN (0, 2)", name="betrokkene_heel"
    ),
    CheckConstraint(
        "num_nonnulls(identiteit_middel, identiteit_niveau, identiteit_grond)"
        " IN (0, 3)",
        name="identiteit_heel",
    ),
    Index("ix_inzagen_betrokkene", "betrokkene", text("moment DESC")),
)
