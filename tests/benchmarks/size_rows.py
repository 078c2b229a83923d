"""An invented municipality of any size, made by PostgreSQL itself.

Everything follows from numbers: the same size gives the same rows, whatever the
machine, but for the keys that nothing refers to. Nobody in it exists: a BSN here begins
with nine, which none that was given out does, and a KVK-nummer with two noughts.

One partij has one klantcontact in 200, a few hundred on average have three in ten
together, and the others none to about ten each.
"""

from collections.abc import AsyncIterator, Mapping
from enum import StrEnum
from hashlib import md5
from types import MappingProxyType
from typing import NamedTuple
from uuid import UUID

import asyncpg

BEGIN, YEARS = "2021-01-01 00:00+00", 5
CHUNK = 25_000
ACTOREN = 300
AFDELINGEN = range(281, 296)
"""The actoren that are departments, by number; the work of each is large."""


class Size(NamedTuple):
    """How much there is."""

    klantcontacten: int
    partijen: int

    @property
    def busy(self) -> range:
        """The numbers of the partijen that have some hundreds each; at least 50."""
        return range(2, 2 + max(5, self.partijen // 200))

    @property
    def busy_personen(self) -> list[int]:
        """Those that are natural persons."""
        return [number for number in self.busy if number % 10 in range(1, 9)]


BUSIEST = 1
"""The number of the partij with the most klantcontacten."""


def bsn(number: int) -> str:
    """The BSN of a partij, by its number; it keeps the elfproef."""
    return _with_check(f"9{number:06}")


def _with_check(prefix: str) -> str:
    """Add two digits, of which the first keeps the second below ten."""
    for digit in "01":
        digits = map(int, prefix + digit)
        check = sum(w * d for w, d in zip(range(9, 1, -1), digits, strict=True)) % 11
        if check < 10:
            return f"{prefix}{digit}{check}"
    raise AssertionError


def kvk_nummer(number: int) -> str:
    """The KVK-nummer of a partij, by its number, a tenfold."""
    return f"00{number:06}"


def zaak(number: int) -> str:
    """The URL of a zaak; there are 400,000 that klantcontacten may be about.

    The klantcontact of any tenfold below a thousand is about the zaak of that number.
    """
    key = UUID(md5(f"zaak{number}".encode(), usedforsecurity=False).hexdigest())
    return f"https://registers.example/zaak/api/v1/{key}"


class Kind(StrEnum):
    """What has a key that follows from its number."""

    ACTOR = "actor"
    PARTIJ = "partij"
    KLANTCONTACT = "klantcontact"
    BETROKKENE = "betrokkene"
    TAAK = "taak"


def key_of(kind: Kind, number: int) -> UUID:
    """The key of one of them."""
    return UUID(md5(f"{kind}{number}".encode(), usedforsecurity=False).hexdigest())


def pseudonym(number: int) -> str:
    """What a partij is called in the trail, by its number."""
    return f"{number:032x}"


async def load(connection: asyncpg.Connection, size: Size) -> AsyncIterator[str]:
    """Fill an empty, migrated store; says how far it is.

    Args:
        connection: of the owner.
        size: how much.
    """
    await connection.execute(_functions(size))
    await connection.execute(_ACTOREN.format(actoren=ACTOREN))
    for first in range(1, size.partijen + 1, CHUNK):
        last = min(first + CHUNK - 1, size.partijen)
        for statement in _OF_PARTIJEN.values():
            await connection.execute(statement, first, last)
        yield f"{last} partijen"
    for first in range(1, size.klantcontacten + 1, CHUNK):
        last = min(first + CHUNK - 1, size.klantcontacten)
        for statement in _OF_KLANTCONTACTEN.values():
            await connection.execute(statement, first, last)
        yield f"{last} klantcontacten"
    await connection.execute("VACUUM (ANALYZE)")
    # The first pass leaves pages whose rows may still be new to somebody: reading those
    # costs more.
    await connection.execute("VACUUM")
    yield "vacuumed and analyzed"


_WORDS = (
    "de het een van en is op te in met voor niet dat aan om ook over bij naar er maar"
    " afspraak aanvraag paspoort rijbewijs verhuizing adres brief belasting aanslag"
    " bezwaar vergunning bouw boom straat lantaarn afval container melding overlast"
    " uitkering toeslag jeugd zorg vervoer parkeren kenteken balie terugbellen collega"
    " termijn besluit document kopie uittreksel huwelijk geboorte overlijden school"
    " leerplicht subsidie evenement markt ondernemer horeca inspectie brandweer riool"
    " wateroverlast stoeptegel fietspad speeltuin kapvergunning erfpacht mantelzorg"
)


def _functions(size: Size) -> str:
    """Functions of numbers, for the session only.

    `pick` is even over 0 … choices - 1; `whose` is the partij of a klantcontact.
    """
    busy, quiet, words = len(size.busy), size.busy.stop, _WORDS.split()
    return f"""
CREATE FUNCTION pg_temp.pick(number bigint, salt bigint, choices bigint)
RETURNS bigint IMMUTABLE LANGUAGE sql AS $$
    SELECT (hashint8extended(number, salt) & 9223372036854775807) % choices $$;
CREATE FUNCTION pg_temp.key(kind text, number bigint)
RETURNS uuid IMMUTABLE LANGUAGE sql AS $$ SELECT md5(kind || number)::uuid $$;
CREATE FUNCTION pg_temp.whose(number bigint)
RETURNS bigint IMMUTABLE LANGUAGE sql AS $$ SELECT CASE
    WHEN number % 200 = 0 THEN {BUSIEST}
    WHEN pg_temp.pick(number, 1, 10) < 3 THEN 2 + pg_temp.pick(number, 2, {busy})
    ELSE {quiet} + pg_temp.pick(number, 3, {size.partijen - quiet + 1}) END $$;
CREATE FUNCTION pg_temp.moment(number bigint)
RETURNS timestamptz IMMUTABLE LANGUAGE sql AS $$
    SELECT timestamptz '{BEGIN}' + number
        * (interval '{YEARS * 365} days' / {size.klantcontacten}) $$;
CREATE FUNCTION pg_temp.is_recent(number bigint)
RETURNS boolean IMMUTABLE LANGUAGE sql AS $$
    SELECT number > {int(size.klantcontacten * 0.93)} $$;
CREATE FUNCTION pg_temp.words(number bigint, fewest int, more int)
RETURNS text IMMUTABLE LANGUAGE sql AS $$
    SELECT string_agg((ARRAY['{"', '".join(words)}'])[
        1 + pg_temp.pick(number * 100 + place, 20, {len(words)})], ' ')
        || ' kenmerk' || pg_temp.pick(number, 21, 99991)
    FROM generate_series(1, fewest + pg_temp.pick(number, 22, more)) AS place $$;
"""  # noqa: S608 - numbers and words of our own


_ACTOREN = """
INSERT INTO actoren (id, soort_actor, naam, functie)
SELECT pg_temp.key('actor', a),
       CASE WHEN a <= 280 THEN 'medewerker'
            WHEN a <= 295 THEN 'organisatorische_eenheid'
            ELSE 'geautomatiseerde_actor' END,
       'Actor ' || a, CASE WHEN a <= 280 THEN 'Klantadviseur' END
FROM generate_series(1, {actoren}) AS a
"""

# The digits of a BSN, as in `bsn`.
_BSN = """
FROM generate_series($1::bigint, $2) AS p,
     LATERAL (SELECT '9' || lpad(p::text, 6, '0') AS prefix) AS seven,
     LATERAL (SELECT sum((10 - i) * substr(prefix, i, 1)::int) AS total
              FROM generate_series(1, 7) AS i) AS weighed,
     LATERAL (SELECT CASE WHEN total % 11 = 10 THEN 1 ELSE 0 END AS eighth) AS eight
"""

_OF_PARTIJEN: Mapping[str, str] = MappingProxyType(
    {
        "partijen": """
INSERT INTO partijen (id, nummer, soort_partij, soort_subject, voornaam, achternaam,
    naam, indicatie_geheimhouding, voorkeurstaal, namens_partij_id, namens_soort_partij,
    formeel, vastgesteld_op)
SELECT pg_temp.key('partij', p), p,
       CASE WHEN acts THEN 'contactpersoon' WHEN company THEN 'organisatie'
            ELSE 'persoon' END,
       CASE WHEN company THEN 'niet_natuurlijk_persoon'
            WHEN NOT acts THEN 'natuurlijk_persoon' END,
       CASE WHEN NOT company THEN 'Voornaam' || pg_temp.pick(p, 30, 2000) END,
       CASE WHEN NOT company THEN 'Achternaam' || pg_temp.pick(p, 31, 20000) END,
       CASE WHEN company THEN 'Bedrijf ' || p END,
       pg_temp.pick(p, 32, 100) = 0, 'nld',
       CASE WHEN acts THEN pg_temp.key('partij', p - 9) END,
       CASE WHEN acts THEN 'organisatie' END,
       CASE WHEN acts THEN true END,
       CASE WHEN acts THEN timestamptz '2021-01-01 00:00+00' END
FROM generate_series($1::bigint, $2) AS p,
     LATERAL (SELECT p % 10 = 0 AS company, p % 50 = 9 AND p > 9 AS acts) AS soort
""",
        "bsn": f"""
INSERT INTO externe_identificaties (partij_id, soort_subject, register, soort, waarde)
SELECT pg_temp.key('partij', p), 'natuurlijk_persoon', 'brp', 'bsn',
       prefix || eighth || (total + 2 * eighth) % 11
{_BSN}
WHERE p % 10 <> 0 AND p % 10 <> 9
""",
        "kvk_nummer": """
INSERT INTO externe_identificaties (partij_id, soort_subject, register, soort, waarde)
SELECT pg_temp.key('partij', p), 'niet_natuurlijk_persoon', 'hr', 'kvk_nummer',
       '00' || lpad(p::text, 6, '0')
FROM generate_series($1::bigint, $2) AS p WHERE p % 10 = 0
""",
        "digitale_adressen": """
INSERT INTO digitale_adressen (partij_id, soort, adres, standaard)
SELECT pg_temp.key('partij', p), soort, adres, true
FROM generate_series($1::bigint, $2) AS p,
     LATERAL (VALUES ('email', 'partij' || p || '@voorbeeld.example'),
                     ('telefoonnummer', '+999' || lpad(p::text, 9, '0')))
         AS reached (soort, adres)
WHERE pg_temp.pick(p, 33, 100) < 75 OR p < 100
""",
        "adressen": """
INSERT INTO adressen (partij_id, soort, vorm, straatnaam, huisnummer, postcode, plaats)
SELECT pg_temp.key('partij', p), 'bezoekadres', 'straatadres',
       'Voorbeeldstraat ' || pg_temp.pick(p, 34, 900), 1 + pg_temp.pick(p, 35, 200),
       1000 + pg_temp.pick(p, 36, 9000) || ' AB', 'Voorbeeldstad'
FROM generate_series($1::bigint, $2) AS p WHERE pg_temp.pick(p, 37, 100) < 70
""",
        "correspondentieadressen": """
INSERT INTO adressen (partij_id, soort, vorm, postbusnummer, postcode, plaats)
SELECT pg_temp.key('partij', p), 'correspondentieadres', 'postbus',
       1 + pg_temp.pick(p, 38, 90000), '1234 AB', 'Voorbeeldstad'
FROM generate_series($1::bigint, $2) AS p WHERE pg_temp.pick(p, 39, 100) < 8
""",
        "rekeningnummers": """
INSERT INTO rekeningnummers (partij_id, iban)
SELECT pg_temp.key('partij', p), 'NL00TEST' || lpad(p::text, 10, '0')
FROM generate_series($1::bigint, $2) AS p WHERE pg_temp.pick(p, 40, 100) < 25
""",
        "toestemmingen": """
INSERT INTO toestemmingen (partij_id, gegeven_op)
SELECT pg_temp.key('partij', p), timestamptz '2021-06-01 00:00+00'
FROM generate_series($1::bigint, $2) AS p WHERE pg_temp.pick(p, 41, 100) < 20
""",
        "vertegenwoordigingen": """
INSERT INTO vertegenwoordigingen
SELECT pg_temp.key('partij', p), pg_temp.key('partij', p - 1)
FROM generate_series($1::bigint, $2) AS p WHERE p > 1 AND pg_temp.pick(p, 42, 100) < 25
""",
    }
)

_OF_KLANTCONTACTEN: Mapping[str, str] = MappingProxyType(
    {
        "klantcontacten": """
INSERT INTO klantcontacten (id, nummer, kanaal, plaatsgevonden_op, beeindigd_op, taal,
    vertrouwelijk, indicatie_contact_gelukt, identiteit_middel, identiteit_niveau,
    identiteit_grond, identiteit_vastgesteld_door_id, identiteit_vastgesteld_op)
SELECT pg_temp.key('klantcontact', n), n,
       (ARRAY['telefoon', 'balie', 'e-mail', 'chat', 'brief', 'formulier'])[
           1 + pg_temp.pick(n, 50, 6)],
       moment, moment + interval '1 second' * (60 + pg_temp.pick(n, 51, 900)), 'nld',
       pg_temp.pick(n, 52, 100) < 2, pg_temp.pick(n, 53, 100) < 95,
       CASE WHEN known THEN 'DigiD' END, CASE WHEN known THEN 'substantieel' END,
       CASE WHEN known THEN 'zelf' END,
       CASE WHEN known THEN pg_temp.key('actor', 1 + pg_temp.pick(n, 54, 280)) END,
       CASE WHEN known THEN moment END
FROM generate_series($1::bigint, $2) AS n,
     LATERAL (SELECT pg_temp.moment(n) AS moment, pg_temp.pick(n, 55, 4) = 0 AS known)
         AS fact
""",
        "klantcontact_actoren": """
INSERT INTO klantcontact_actoren
SELECT DISTINCT pg_temp.key('klantcontact', n), pg_temp.key('actor', actor)
FROM generate_series($1::bigint, $2) AS n,
     LATERAL (VALUES (1 + pg_temp.pick(n, 56, 280)),
                     (CASE WHEN pg_temp.pick(n, 57, 10) = 0
                      THEN 281 + pg_temp.pick(n, 58, 20) END)) AS who (actor)
WHERE actor IS NOT NULL
""",
        "betrokkenen": """
INSERT INTO betrokkenen
    (klantcontact_id, plaatsgevonden_op, partij_id, rol, initiator)
SELECT pg_temp.key('klantcontact', n), pg_temp.moment(n),
       pg_temp.key('partij', pg_temp.whose(n)), 'belanghebbende',
       pg_temp.pick(n, 59, 10) < 8
FROM generate_series($1::bigint, $2) AS n
""",
        # Half of them are partijen, the others known for this klantcontact only.
        "second betrokkenen": """
INSERT INTO betrokkenen (id, klantcontact_id, plaatsgevonden_op, partij_id, rol,
    initiator, voornaam, achternaam)
SELECT pg_temp.key('betrokkene', n), pg_temp.key('klantcontact', n), pg_temp.moment(n),
       CASE WHEN is_partij THEN pg_temp.key('partij', pg_temp.whose(n + 7)) END,
       'vertegenwoordiger', false,
       CASE WHEN NOT is_partij THEN 'Voornaam' END,
       CASE WHEN NOT is_partij THEN 'Achternaam' || pg_temp.pick(n, 60, 20000) END
FROM generate_series($1::bigint, $2) AS n,
     LATERAL (SELECT pg_temp.pick(n, 61, 2) = 0 AS is_partij) AS fact
WHERE pg_temp.pick(n, 62, 10) < 2
""",
        "digitale adressen of betrokkenen": """
INSERT INTO digitale_adressen (betrokkene_id, soort, adres)
SELECT pg_temp.key('betrokkene', n), 'email', 'betrokkene' || n || '@voorbeeld.example'
FROM generate_series($1::bigint, $2) AS n
WHERE pg_temp.pick(n, 62, 10) < 2 AND pg_temp.pick(n, 61, 2) = 1
""",
        "interne_taken": """
INSERT INTO interne_taken
    (id, nummer, klantcontact_id, plaatsgevonden_op, gevraagde_handeling, toelichting,
     status, toegewezen_op, verwerkt_op)
SELECT pg_temp.key('taak', n), n, pg_temp.key('klantcontact', n), pg_temp.moment(n),
       'Terugbellen', pg_temp.words(n + 1, 5, 20),
       CASE WHEN is_open THEN 'te_verwerken' ELSE 'verwerkt' END, pg_temp.moment(n),
       CASE WHEN NOT is_open THEN pg_temp.moment(n) + interval '2 days' END
FROM generate_series($1::bigint, $2) AS n,
     LATERAL (SELECT pg_temp.is_recent(n) OR pg_temp.pick(n, 63, 100) = 0 AS is_open)
         AS fact
WHERE n % 7 = 0
""",
        "interne_taak_actoren": """
INSERT INTO interne_taak_actoren
    (interne_taak_id, actor_id, status, plaatsgevonden_op)
SELECT id, pg_temp.key('actor', CASE pg_temp.pick(n, 64, 2)
    WHEN 0 THEN 281 + pg_temp.pick(n, 65, 15) ELSE 1 + pg_temp.pick(n, 66, 280) END),
       status, plaatsgevonden_op
FROM generate_series($1::bigint, $2) AS n JOIN interne_taken ON id = pg_temp.key('taak', n)
WHERE n % 7 = 0
""",
        "onderwerpen": """
INSERT INTO onderwerpen (klantcontact_id, volgorde, vorm, tekst, url, code_register,
    code_objecttype, code_soort_object_id, object_id, interne_taak_id,
    onderwerp_klantcontact_id)
SELECT pg_temp.key('klantcontact', n), place, vorm,
       CASE vorm WHEN 'tekst' THEN pg_temp.words(n * 3 + place, 2, 8) END,
       CASE WHEN by_url THEN 'https://registers.example/' || vorm || '/api/v1/'
           || pg_temp.key(vorm, number) END,
       CASE WHEN by_parts THEN 'zaaksysteem' END, CASE WHEN by_parts THEN 'zaak' END,
       CASE WHEN by_parts THEN 'uuid' END,
       CASE WHEN by_parts THEN pg_temp.key(vorm, number)::text END,
       CASE vorm WHEN 'interne_taak' THEN pg_temp.key('taak', 7 * ((n - 1) / 7)) END,
       CASE vorm WHEN 'klantcontact'
           THEN pg_temp.key('klantcontact', 1 + pg_temp.pick(n, 68, n - 1)) END
FROM generate_series($1::bigint, $2) AS n,
     LATERAL generate_series(1, 1 + (pg_temp.pick(n, 69, 100) < 30)::int
                                  + (pg_temp.pick(n, 69, 100) < 5)::int) AS place,
     LATERAL (SELECT n % 10 = 0 AND n < 1000 AS known) AS fact,
     LATERAL (SELECT CASE WHEN known THEN n ELSE pg_temp.pick(n, 67, 400000) END
         AS number) AS what,
     LATERAL (SELECT CASE WHEN known AND place = 1 THEN 45
         ELSE pg_temp.pick(n * 4 + place, 70, 100) END AS chance) AS thrown,
     LATERAL (SELECT CASE
         WHEN chance < 45 OR n < 10 THEN 'tekst' WHEN chance < 84 THEN 'zaak'
         WHEN chance < 89 THEN 'klanttaak' WHEN chance < 94 THEN 'object'
         WHEN chance < 97 THEN 'interne_taak' ELSE 'klantcontact' END AS vorm) AS kind,
     LATERAL (SELECT vorm = 'zaak' AND chance >= 80 AS by_parts) AS parts,
     LATERAL (SELECT vorm IN ('zaak', 'klanttaak', 'object') AND NOT by_parts AS by_url)
         AS url
""",
        "inhoudsdelen": """
INSERT INTO inhoudsdelen (klantcontact_id, volgorde, vorm, tekst)
SELECT pg_temp.key('klantcontact', n), 1, 'tekst', pg_temp.words(n * 2, 15, 45)
FROM generate_series($1::bigint, $2) AS n
""",
        "documenten": """
INSERT INTO inhoudsdelen (klantcontact_id, volgorde, onderdeel, vorm, url)
SELECT pg_temp.key('klantcontact', n), 2, 'bijlage', 'informatieobject',
       'https://registers.example/documenten/api/v1/' || pg_temp.key('document', n)
FROM generate_series($1::bigint, $2) AS n WHERE pg_temp.pick(n, 71, 100) < 30
""",
        # As in `pseudonym`.
        "inzagen": """
INSERT INTO inzagen (moment, trace_id, soort_aanvrager, wie, uitgever, client,
    betrokkene, soort_betrokkene, wat, operatie, verwerking, verwerking_uri)
SELECT pg_temp.moment(n) + interval '1 hour', md5('trace' || n), 'medewerker',
       'medewerker' || pg_temp.pick(n, 72, 280), 'https://inloggen.example', 'werkplek',
       lpad(to_hex(pg_temp.whose(n)), 32, '0'), 'partij', ARRAY['klantbeeld'],
       'Klantbeeld', 'klantcontact', 'https://verwerkingen.example/klantcontact'
FROM generate_series($1::bigint, $2) AS n WHERE n % 2 = 0
""",
    }
)
