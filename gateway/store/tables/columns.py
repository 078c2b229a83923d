"""The columns that tables have in common, and the rules that go with them.

Lengths follow the data dictionary of VNG Klantinteracties 2.0.0 (GW) unless Open
Klant 2.18, the implementation that exists, is wider.
"""

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    DateTime,
    ForeignKey,
    Identity,
    Integer,
    MetaData,
    Text,
    Uuid,
    text,
)

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    }
)

NEW_UUID = text("gen_random_uuid()")


def key() -> Column[object]:
    """The technical key."""
    return Column("id", Uuid, primary_key=True, server_default=NEW_UUID)


def nummer() -> Column[object]:
    """The number people use among themselves, never a key (B4733).

    GW `Identificerend nummer`: at most ten digits.
    """
    return Column(
        "nummer",
        BigInteger,
        Identity(start=1, maxvalue=9_999_999_999),
        CheckConstraint("nummer BETWEEN 1 AND 9999999999", name="nummer"),
        nullable=False,
        unique=True,
    )


def versie() -> Column[object]:
    """How often a record was changed; who changes it says which one they saw."""
    return Column(
        "versie",
        Integer,
        CheckConstraint("versie >= 1", name="versie"),
        nullable=False,
        server_default=text("1"),
    )


def text_of(name: str, longest: int, *, required: bool = False) -> Column[object]:
    """A text of 1 to `longest` characters; what is unknown is null, never empty."""
    return Column(
        name,
        Text,
        CheckConstraint(f"length({name}) BETWEEN 1 AND {longest}", name=name),
        nullable=not required,
    )


def one_of(name: str, *values: str, required: bool = True) -> Column[object]:
    """A text from a closed list, spelled as in the contract."""
    listed = ", ".join(f"'{value}'" for value in values)
    return Column(
        name,
        Text,
        CheckConstraint(f"{name} IN ({listed})", name=name),
        nullable=not required,
    )


def moment(name: str, *, required: bool = False) -> Column[object]:
    """A moment, with its time zone."""
    return Column(name, DateTime(timezone=True), nullable=not required)


def contactnaam() -> list[Column[object]]:
    """GW `Contactnaam`: how someone wants to be called, not what the BRP says."""
    return [
        text_of("voorletters", 10),
        text_of("voornaam", 200),
        text_of("voorvoegsel_achternaam", 10),
        text_of("achternaam", 200),
    ]


def taal(name: str) -> Column[object]:
    """An ISO 639-2 code, either variant (`nld` and `dut`)."""
    return Column(name, Text, CheckConstraint(f"{name} ~ '^[a-z]{{3}}$'", name=name))


def land(name: str = "land") -> Column[object]:
    """An ISO 3166-1 alpha-2 code."""
    return Column(name, Text, CheckConstraint(f"{name} ~ '^[A-Z]{{2}}$'", name=name))


def verwijzing() -> list[Column[object]]:
    """A reference: any URL, or GW's four-part `Identificator`."""
    return [
        Column(
            "url",
            Text,
            CheckConstraint("url ~ '^https?://' AND length(url) <= 1000", name="url"),
        ),
        text_of("code_register", 200),
        text_of("code_objecttype", 200),
        text_of("code_soort_object_id", 200),
        text_of("object_id", 200),
    ]


def reference(
    target: str, *, required: bool = False, owned: bool = False
) -> Column[object]:
    """A reference to another table's key.

    Args:
        target: `<column> -> <table>`.
        required: whether it may be null.
        owned: whether this row goes when the other goes.
    """
    name, table = target.split(" -> ")
    return Column(
        name,
        Uuid,
        ForeignKey(f"{table}.id", ondelete="CASCADE" if owned else None),
        nullable=not required,
    )


URL_OR_IDENTIFICATOR = (
    "num_nonnulls(url, object_id) = 1 AND num_nonnulls("
    "code_register, code_objecttype, code_soort_object_id, object_id) IN (0, 4)"
)
NO_VERWIJZING = (
    "num_nonnulls(url, code_register, code_objecttype, code_soort_object_id,"
    " object_id) = 0"
)
NO_NAME = "num_nonnulls(voorletters, voornaam, voorvoegsel_achternaam, achternaam) = 0"


def elfproef(column: str) -> str:
    """The 11-proef of BSN and RSIN: 9·d1 + 8·d2 … + 2·d8 - 1·d9 (BRP API 2.7.0)."""
    weights = [9, 8, 7, 6, 5, 4, 3, 2, -1]
    total = " + ".join(
        f"{weight} * substr({column}, {place}, 1)::int"
        for place, weight in enumerate(weights, start=1)
    )
    # CASE, since only it promises that the digits are looked at first.
    return (
        f"CASE WHEN {column} ~ '^[0-9]{{9}}$' AND {column} <> '000000000'"
        f" THEN ({total}) % 11 = 0 ELSE false END"
    )
