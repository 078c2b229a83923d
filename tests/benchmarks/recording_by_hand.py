"""A klantcontact recorded as somebody would write it who had no graph, and no rules.

The same rows as the gateway's, with statements for just these, in one transaction. What
was asked is taken as it is: nothing is checked, nobody has rights, nobody asks again.
"""

import json
from itertools import count
from uuid import UUID, uuid4

import asyncpg

from schema.node import decode_id
from tests.recording.asking import Payload
from tests.recording.stories import BSN, STATED, bekend, contact, taak

NAAM = {"voornaam": "An", "achternaam": "Jansen"}
KNOWN = """
SELECT p.id FROM partijen p JOIN externe_identificaties e ON e.partij_id = p.id
WHERE e.register = 'brp' AND e.soort = 'bsn' AND e.waarde = $1 FOR UPDATE OF p
"""
KLANTCONTACT = """
INSERT INTO klantcontacten (id, kanaal, plaatsgevonden_op, vertrouwelijk,
  identiteit_middel, identiteit_niveau, identiteit_grond,
  identiteit_vastgesteld_door_id, identiteit_vastgesteld_op)
VALUES ($1, $2, now(), false, $3, $4, $5, $6, now())
"""
BETROKKENE = """
INSERT INTO betrokkenen
  (id, klantcontact_id, plaatsgevonden_op, partij_id, rol, initiator, voornaam, achternaam)
VALUES (gen_random_uuid(), $1, now(), $2, $3, $4, $5, $6)
"""
ACTOR = "INSERT INTO klantcontact_actoren (klantcontact_id, actor_id) VALUES ($1, $2)"
ONDERWERP = """
INSERT INTO onderwerpen (id, klantcontact_id, volgorde, vorm, tekst)
VALUES (gen_random_uuid(), $1, 1, 'tekst', $2)
"""
INHOUD = """
INSERT INTO inhoudsdelen (id, klantcontact_id, volgorde, vorm, tekst)
VALUES (gen_random_uuid(), $1, 1, 'tekst', $2)
"""
TAAK = """
INSERT INTO interne_taken
  (id, klantcontact_id, plaatsgevonden_op, gevraagde_handeling, status, toegewezen_op)
VALUES ($1, $2, now(), $3, 'te_verwerken', now())
"""
TOEGEWEZEN = """
INSERT INTO interne_taak_actoren (interne_taak_id, actor_id, status, plaatsgevonden_op)
VALUES ($1, $2, 'te_verwerken', now())
"""
MUTATIES = """
INSERT INTO mutaties (id, moment, trace_id, soort_aanvrager, wie, verwerking, mutatie,
  handeling, soort, record_id)
VALUES (gen_random_uuid(), now(), $1, 'medewerker', 'An', 'klantcontact',
  'registreerKlantcontact', 'gemaakt', $2, $3)
"""
SLEUTEL = """
INSERT INTO idempotentiesleutels
  (id, aanvrager, mutatie, sleutel, vraag, uitkomst, moment)
VALUES (gen_random_uuid(), $1, 'registreerKlantcontact', $2, $1, $3, now())
"""
HASH = "0" * 32


def asked(actor: str) -> Payload:
    """What is asked of the gateway: a call about a passport, by one who is a partij."""
    who = bekend(contactnaam=NAAM)
    known = {"identiteitsvaststelling": STATED, "interneTaken": [taak(actor)]}
    return contact(actor, who, **known)


class ByHand:
    """It, on a pool."""

    def __init__(self, pool: asyncpg.Pool, actor: str) -> None:
        """Take the pool, and the id of who answers the telephone."""
        self._pool = pool
        _, self._actor = decode_id(actor, "actor")
        self._asked = asked(actor)
        self._numbers = count()

    async def register(self) -> None:
        """Register one."""
        key, todo = uuid4(), uuid4()
        sleutel = f"by-hand-{next(self._numbers)}"
        async with self._pool.acquire() as db, db.transaction():
            partij = await db.fetchval(KNOWN, BSN)
            await self._itself(db, key, partij)
            await db.execute(ONDERWERP, key, self._asked["onderwerpen"][0]["tekst"])
            await db.execute(INHOUD, key, self._asked["inhoud"][0]["tekst"])
            (taken,) = self._asked["interneTaken"]
            await db.execute(TAAK, todo, key, taken["gevraagdeHandeling"])
            await db.execute(TOEGEWEZEN, todo, self._actor)
            noted = [(HASH, "klantcontact", key), (HASH, "interne_taak", todo)]
            await db.executemany(MUTATIES, noted)
            uitkomst = json.dumps({"sleutels": {"klantcontact": str(key)}})
            await db.execute(SLEUTEL, HASH, sleutel, uitkomst)

    async def _itself(
        self,
        db: "asyncpg.pool.PoolConnectionProxy[asyncpg.Record]",
        key: UUID,
        partij: UUID,
    ) -> None:
        (who,) = self._asked["betrokkenen"]
        stated = self._asked["identiteitsvaststelling"]
        kanaal, niveau = self._asked["kanaal"], stated["niveau"]
        how = (stated["middel"], niveau, stated["grond"])
        await db.execute(KLANTCONTACT, key, kanaal, *how, self._actor)
        await db.execute(ACTOR, key, self._actor)
        rol, initiator = who["rol"], who["initiator"]
        await db.execute(BETROKKENE, key, partij, rol, initiator, *NAAM.values())
