"""Recording: versions, retries, who changed what; and destruction, and import.

Written out and never changed again.

Revision: 0003
"""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

VERSIONED = ("partijen", "interne_taken", "digitale_adressen")

TABLES = (
    """
    CREATE TABLE idempotentiesleutels (
        id UUID DEFAULT gen_random_uuid() NOT NULL,
        aanvrager TEXT NOT NULL CONSTRAINT ck_idempotentiesleutels_aanvrager CHECK (aanvrager ~ '^[0-9a-f]{32}$'),
        mutatie TEXT NOT NULL CONSTRAINT ck_idempotentiesleutels_mutatie CHECK (length(mutatie) BETWEEN 1 AND 60),
        sleutel TEXT NOT NULL CONSTRAINT ck_idempotentiesleutels_sleutel CHECK (length(sleutel) BETWEEN 1 AND 100),
        vraag TEXT NOT NULL CONSTRAINT ck_idempotentiesleutels_vraag CHECK (vraag ~ '^[0-9a-f]{32}$'),
        uitkomst JSONB NOT NULL,
        moment TIMESTAMP WITH TIME ZONE NOT NULL,
        CONSTRAINT pk_idempotentiesleutels PRIMARY KEY (id),
        CONSTRAINT uq_idempotentiesleutels_sleutel UNIQUE (aanvrager, mutatie, sleutel)
    )
    """,
    """
    CREATE INDEX ix_idempotentiesleutels_moment ON idempotentiesleutels (moment)
    """,
    """
    CREATE TABLE mutaties (
        id UUID DEFAULT gen_random_uuid() NOT NULL,
        moment TIMESTAMP WITH TIME ZONE NOT NULL,
        trace_id TEXT NOT NULL CONSTRAINT ck_mutaties_trace_id CHECK (trace_id ~ '^[0-9a-f]{32}$'),
        soort_aanvrager TEXT NOT NULL CONSTRAINT ck_mutaties_soort_aanvrager CHECK (soort_aanvrager IN ('klant', 'vertegenwoordiger', 'medewerker', 'systeem')),
        wie TEXT NOT NULL CONSTRAINT ck_mutaties_wie CHECK (length(wie) BETWEEN 1 AND 255),
        uitgever TEXT CONSTRAINT ck_mutaties_uitgever CHECK (length(uitgever) BETWEEN 1 AND 255),
        namens TEXT CONSTRAINT ck_mutaties_namens CHECK (namens ~ '^[0-9a-f]{32}$'),
        client TEXT CONSTRAINT ck_mutaties_client CHECK (length(client) BETWEEN 1 AND 255),
        verwerking TEXT NOT NULL CONSTRAINT ck_mutaties_verwerking CHECK (length(verwerking) BETWEEN 1 AND 60),
        mutatie TEXT NOT NULL CONSTRAINT ck_mutaties_mutatie CHECK (length(mutatie) BETWEEN 1 AND 60),
        handeling TEXT NOT NULL CONSTRAINT ck_mutaties_handeling CHECK (handeling IN ('gemaakt', 'gewijzigd', 'verwijderd')),
        soort TEXT NOT NULL CONSTRAINT ck_mutaties_soort CHECK (length(soort) BETWEEN 1 AND 40),
        record_id UUID NOT NULL,
        reden TEXT CONSTRAINT ck_mutaties_reden CHECK (length(reden) BETWEEN 1 AND 1000),
        oud JSONB,
        CONSTRAINT pk_mutaties PRIMARY KEY (id),
        CONSTRAINT ck_mutaties_oud CHECK (handeling <> 'gemaakt' OR oud IS NULL),
        CONSTRAINT ck_mutaties_klant_bij_pseudoniem CHECK (soort_aanvrager IN ('medewerker', 'systeem') OR wie ~ '^[0-9a-f]{32}$')
    )
    """,
    """
    CREATE INDEX ix_mutaties_record ON mutaties (record_id, moment)
    """,
    """
    CREATE INDEX ix_mutaties_verwijderd ON mutaties
        ((COALESCE(oud ->> 'partij_id', oud ->> 'betrokkene_id', oud ->> 'klantcontact_id')))
        WHERE handeling = 'verwijderd'
    """,
    """
    CREATE INDEX ix_toestemmingen_klantcontact ON toestemmingen (klantcontact_id)
    """,
    """
    CREATE TABLE anonieme_contacten (
        kanaal TEXT NOT NULL CONSTRAINT ck_anonieme_contacten_kanaal CHECK (length(kanaal) BETWEEN 1 AND 50),
        dag DATE NOT NULL,
        aantal INTEGER NOT NULL CONSTRAINT ck_anonieme_contacten_aantal CHECK (aantal >= 1),
        CONSTRAINT pk_anonieme_contacten PRIMARY KEY (kanaal, dag)
    )
    """,
    """
    CREATE TABLE verificatiecodes (
        id UUID DEFAULT gen_random_uuid() NOT NULL,
        digitaal_adres_id UUID NOT NULL,
        code TEXT NOT NULL CONSTRAINT ck_verificatiecodes_code CHECK (code ~ '^[0-9a-f]{32}$'),
        verloopt_op TIMESTAMP WITH TIME ZONE NOT NULL,
        CONSTRAINT pk_verificatiecodes PRIMARY KEY (id),
        CONSTRAINT uq_verificatiecodes_digitaal_adres_id UNIQUE (digitaal_adres_id),
        CONSTRAINT fk_verificatiecodes_digitaal_adres_id FOREIGN KEY(digitaal_adres_id) REFERENCES digitale_adressen (id) ON DELETE CASCADE
    )
    """,
    """
    CREATE TABLE verificatietellingen (
        adres TEXT NOT NULL CONSTRAINT ck_verificatietellingen_adres CHECK (adres ~ '^[0-9a-f]{32}$'),
        verloopt_op TIMESTAMP WITH TIME ZONE NOT NULL,
        verzonden SMALLINT DEFAULT 0 NOT NULL CONSTRAINT ck_verificatietellingen_verzonden CHECK (verzonden >= 0),
        pogingen SMALLINT DEFAULT 0 NOT NULL CONSTRAINT ck_verificatietellingen_pogingen CHECK (pogingen >= 0),
        CONSTRAINT pk_verificatietellingen PRIMARY KEY (adres)
    )
    """,
    """
    CREATE TABLE vernietigingen (
        id UUID DEFAULT gen_random_uuid() NOT NULL,
        run UUID NOT NULL,
        moment TIMESTAMP WITH TIME ZONE NOT NULL,
        soort TEXT NOT NULL CONSTRAINT ck_vernietigingen_soort CHECK (soort IN ('klantcontact', 'partij')),
        record_id UUID NOT NULL,
        grond TEXT NOT NULL CONSTRAINT ck_vernietigingen_grond CHECK (length(grond) BETWEEN 1 AND 200),
        vervallen_op DATE NOT NULL,
        CONSTRAINT pk_vernietigingen PRIMARY KEY (id),
        CONSTRAINT uq_vernietigingen_soort_record_id UNIQUE (soort, record_id)
    )
    """,
    """
    CREATE TABLE laatste_contacten (
        partij_id UUID NOT NULL,
        dag DATE NOT NULL,
        CONSTRAINT pk_laatste_contacten PRIMARY KEY (partij_id),
        CONSTRAINT fk_laatste_contacten_partij_id FOREIGN KEY(partij_id) REFERENCES partijen (id) ON DELETE CASCADE
    )
    """,
    """
    CREATE TABLE te_wissen_mutaties (
        mutatie_id UUID NOT NULL,
        CONSTRAINT pk_te_wissen_mutaties PRIMARY KEY (mutatie_id)
    )
    """,
    """
    CREATE TABLE importsleutels (
        bron TEXT NOT NULL CONSTRAINT ck_importsleutels_bron CHECK (length(bron) BETWEEN 1 AND 1000),
        soort TEXT NOT NULL CONSTRAINT ck_importsleutels_soort CHECK (length(soort) BETWEEN 1 AND 40),
        bron_id UUID NOT NULL,
        record_id UUID NOT NULL,
        inhoud TEXT NOT NULL CONSTRAINT ck_importsleutels_inhoud CHECK (length(inhoud) BETWEEN 1 AND 64),
        moment TIMESTAMP WITH TIME ZONE NOT NULL,
        gevonden BOOLEAN DEFAULT false NOT NULL,
        CONSTRAINT pk_importsleutels PRIMARY KEY (bron, soort, bron_id),
        CONSTRAINT uq_importsleutels_bron_soort_record_id UNIQUE (bron, soort, record_id)
    )
    """,
    "CREATE INDEX ix_importsleutels_record ON importsleutels (record_id)",
)

WERKLIJST = (
    "ALTER TABLE interne_taken ADD COLUMN plaatsgevonden_op TIMESTAMP WITH TIME ZONE",
    """
    UPDATE interne_taken SET plaatsgevonden_op = klantcontacten.plaatsgevonden_op
    FROM klantcontacten WHERE klantcontacten.id = interne_taken.klantcontact_id
    """,
    """
    ALTER TABLE interne_taken
        ALTER COLUMN plaatsgevonden_op SET NOT NULL,
        ADD CONSTRAINT uq_interne_taken_id_status_plaatsgevonden_op UNIQUE (id, status, plaatsgevonden_op),
        DROP CONSTRAINT fk_interne_taken_klantcontact_id,
        ADD CONSTRAINT fk_interne_taken_klantcontact FOREIGN KEY (klantcontact_id, plaatsgevonden_op)
            REFERENCES klantcontacten (id, plaatsgevonden_op) ON UPDATE CASCADE ON DELETE CASCADE
    """,
    """
    ALTER TABLE interne_taak_actoren
        ADD COLUMN status TEXT CONSTRAINT ck_interne_taak_actoren_status CHECK (status IN ('te_verwerken', 'verwerkt')),
        ADD COLUMN plaatsgevonden_op TIMESTAMP WITH TIME ZONE
    """,
    """
    UPDATE interne_taak_actoren SET status = interne_taken.status, plaatsgevonden_op = interne_taken.plaatsgevonden_op
    FROM interne_taken WHERE interne_taken.id = interne_taak_actoren.interne_taak_id
    """,
    """
    ALTER TABLE interne_taak_actoren
        ALTER COLUMN status SET NOT NULL,
        ALTER COLUMN plaatsgevonden_op SET NOT NULL,
        DROP CONSTRAINT fk_interne_taak_actoren_interne_taak_id,
        ADD CONSTRAINT fk_interne_taak_actoren_interne_taak FOREIGN KEY (interne_taak_id, status, plaatsgevonden_op)
            REFERENCES interne_taken (id, status, plaatsgevonden_op) ON UPDATE CASCADE ON DELETE CASCADE
    """,
    "DROP INDEX ix_interne_taak_actoren_actor_id",
    """
    CREATE INDEX ix_interne_taak_actoren_werklijst ON interne_taak_actoren
        (actor_id, status, plaatsgevonden_op, interne_taak_id)
    """,
)


def upgrade() -> None:
    """Number the versions of what is changed, and make the tables and the work list."""
    for table in VERSIONED:
        op.execute(
            f"ALTER TABLE {table} ADD COLUMN versie INTEGER DEFAULT 1 NOT NULL"
            f" CONSTRAINT ck_{table}_versie CHECK (versie >= 1)"
        )
    for statement in (*TABLES, *WERKLIJST):
        op.execute(statement)
