"""Klantcontacten and their parts."""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    SmallInteger,
    Table,
    UniqueConstraint,
    Uuid,
    func,
    text,
)

from gateway.store.tables.columns import (
    NO_VERWIJZING,
    URL_OR_IDENTIFICATOR,
    contactnaam,
    key,
    metadata,
    moment,
    nummer,
    one_of,
    reference,
    taal,
    text_of,
    verwijzing,
)

klantcontacten = Table(
    "klantcontacten",
    metadata,
    key(),
    nummer(),
    text_of("kanaal", 50),
    moment("plaatsgevonden_op", required=True),
    moment("beeindigd_op"),
    taal("taal"),
    Column("vertrouwelijk", Boolean, nullable=False, server_default=text("false")),
    Column("indicatie_contact_gelukt", Boolean),
    # How the identity was established: all of it, or nothing.
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
    reference("identiteit_vastgesteld_door_id -> actoren"),
    moment("identiteit_vastgesteld_op"),
    CheckConstraint(
        "num_nonnulls(identiteit_middel, identiteit_niveau, identiteit_grond,"
        " identiteit_vastgesteld_door_id, identiteit_vastgesteld_op) IN (0, 5)",
        name="identiteit_heel",
    ),
    # There is no planned klantcontact (seed basisterminologie, kenmerk 5). A minute
    # is left for clocks that differ.
    CheckConstraint(
        "plaatsgevonden_op <= clock_timestamp() + interval '1 minute'",
        name="niet_in_de_toekomst",
    ),
    CheckConstraint("beeindigd_op >= plaatsgevonden_op", name="duur"),
    CheckConstraint(
        "beeindigd_op <= clock_timestamp() + interval '1 minute'", name="is_beeindigd"
    ),
    UniqueConstraint("id", "plaatsgevonden_op"),
    Index(
        "ix_klantcontacten_plaatsgevonden_op",
        text("plaatsgevonden_op DESC"),
        text("id DESC"),
    ),
)

klantcontact_actoren = Table(
    "klantcontact_actoren",
    metadata,
    Column(
        "klantcontact_id",
        Uuid,
        ForeignKey("klantcontacten.id", ondelete="CASCADE"),
        primary_key=True,
    ),
    Column("actor_id", Uuid, ForeignKey("actoren.id"), primary_key=True, index=True),
)

betrokkenen = Table(
    "betrokkenen",
    metadata,
    key(),
    Column("klantcontact_id", Uuid, nullable=False),
    # The klantcontact's own moment, so that one index holds a partij's klantcontacten
    # in the klantbeeld's order.
    moment("plaatsgevonden_op", required=True),
    reference("partij_id -> partijen"),
    # `belanghebbende` is the seed's word for the contract's `klant`.
    one_of("rol", "belanghebbende", "vertegenwoordiger"),
    Column("initiator", Boolean, nullable=False),
    *contactnaam(),
    text_of("organisatienaam", 200),
    ForeignKeyConstraint(
        ["klantcontact_id", "plaatsgevonden_op"],
        ["klantcontacten.id", "klantcontacten.plaatsgevonden_op"],
        name="fk_betrokkenen_klantcontact",
        onupdate="CASCADE",
        ondelete="CASCADE",
    ),
    Index("ix_betrokkenen_klantcontact", "klantcontact_id"),
    Index(
        "ix_betrokkenen_klantbeeld",
        "partij_id",
        text("plaatsgevonden_op DESC"),
        text("klantcontact_id DESC"),
    ),
)

onderwerpen = Table(
    "onderwerpen",
    metadata,
    key(),
    reference("klantcontact_id -> klantcontacten", required=True, owned=True),
    Column("volgorde", SmallInteger, nullable=False),
    one_of(
        "vorm", "tekst", "zaak", "klanttaak", "object", "interne_taak", "klantcontact"
    ),
    text_of("tekst", 1000),
    *verwijzing(),
    reference("interne_taak_id -> interne_taken"),
    reference("onderwerp_klantcontact_id -> klantcontacten"),
    # Exactly the one form that `vorm` names.
    CheckConstraint(
        "(vorm = 'tekst') = (tekst IS NOT NULL)"
        " AND (vorm = 'interne_taak') = (interne_taak_id IS NOT NULL)"
        " AND (vorm = 'klantcontact') = (onderwerp_klantcontact_id IS NOT NULL)"
        f" AND CASE WHEN vorm IN ('zaak', 'klanttaak', 'object')"
        f" THEN {URL_OR_IDENTIFICATOR} ELSE {NO_VERWIJZING} END",
        name="een_vorm",
    ),
    CheckConstraint(
        "onderwerp_klantcontact_id <> klantcontact_id", name="niet_zichzelf"
    ),
    CheckConstraint("volgorde >= 1", name="volgorde"),
    UniqueConstraint("klantcontact_id", "volgorde"),
    Index("ix_onderwerpen_url", "url"),
    Index("ix_onderwerpen_object_id", "object_id"),
    Index("ix_onderwerpen_interne_taak", "interne_taak_id"),
    Index("ix_onderwerpen_vervolg", "onderwerp_klantcontact_id"),
    Index(
        "ix_onderwerpen_tekst",
        func.to_tsvector(text("'dutch'"), text("tekst")),
        postgresql_using="gin",
    ),
)

inhoudsdelen = Table(
    "inhoudsdelen",
    metadata,
    key(),
    reference("klantcontact_id -> klantcontacten", required=True, owned=True),
    Column("volgorde", SmallInteger, nullable=False),
    # Parts that share it are representations of one content.
    text_of("onderdeel", 40),
    one_of("vorm", "tekst", "informatieobject", "object"),
    text_of("tekst", 10_000),
    *verwijzing(),
    CheckConstraint(
        "(vorm = 'tekst') = (tekst IS NOT NULL)"
        f" AND CASE WHEN vorm IN ('informatieobject', 'object')"
        f" THEN {URL_OR_IDENTIFICATOR} ELSE {NO_VERWIJZING} END",
        name="een_vorm",
    ),
    CheckConstraint("volgorde >= 1", name="volgorde"),
    UniqueConstraint("klantcontact_id", "volgorde"),
    Index("ix_inhoudsdelen_url", "url"),
    Index(
        "ix_inhoudsdelen_tekst",
        func.to_tsvector(text("'dutch'"), text("tekst")),
        postgresql_using="gin",
    ),
)
