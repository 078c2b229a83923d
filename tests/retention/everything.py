"""A person of whom every table holds something, and another beside them.

What is said of the person is marked, and so is what is said of the other: to see that it is
given, or gone, and of the other that it is not.
"""

from datetime import date
from typing import NamedTuple
from uuid import UUID

from gateway import identificatie
from gateway.identity.pseudonyms import Pseudonyms
from gateway.store import tables
from tests.keys import KEY
from tests.municipality import BENCH_BSN
from tests.store.recording_rows import INZAGE, MUTATIE, RECORDING
from tests.store.rows import BEGIN, Rows, day

PSEUDONYMS = Pseudonyms(KEY.encode())
OWN = PSEUDONYMS.identificatie(identificatie.bsn(BENCH_BSN)).value

MARK, OTHERS = "Wegwijs", "Zwijgzaam"
"""In what is said of the person, and of the other."""


class Everything(NamedTuple):
    """Keys of what was inserted."""

    persoon: UUID
    ander: UUID
    klantcontact: UUID


async def everything(rows: Rows) -> Everything:
    """Insert a row of every table for one person, who was in touch once."""
    persoon = await _persoon(rows)
    ander = await rows.persoon("111222333", achternaam=OTHERS)
    await rows.contactpersoon(persoon, "persoon", achternaam=OTHERS)
    for one, two in ((persoon, ander), (ander, persoon)):
        await rows.link(
            tables.vertegenwoordigingen,
            vertegenwoordigende_partij_id=one,
            vertegenwoordigde_partij_id=two,
        )
    contact = await _klantcontact(rows, persoon, ander)
    consent = {"gegeven_op": BEGIN, "klantcontact_id": contact}
    await rows.insert(tables.toestemmingen, partij_id=persoon, **consent)
    await _trails(rows, persoon, contact)
    return Everything(persoon, ander, contact)


async def _persoon(rows: Rows) -> UUID:
    key = await rows.persoon(BENCH_BSN, achternaam=MARK, interne_notitie=MARK)
    await rows.insert(tables.rekeningnummers, partij_id=key, iban="NL91ABNA0417164300")
    await rows.link(tables.laatste_contacten, partij_id=key, dag=date(2025, 12, 1))
    await _bereikbaar(rows, partij_id=key)
    return key


async def _bereikbaar(rows: Rows, **owner: UUID) -> None:
    """Give somebody an address of either kind."""
    street = {"soort": "bezoekadres", "vorm": "straatadres", "straatnaam": MARK}
    await rows.insert(tables.adressen, **street, **owner)
    email = {"soort": "email", "adres": f"{MARK}@example.nl"}
    key = await rows.insert(tables.digitale_adressen, **email, **owner)
    _, code = RECORDING["verificatiecode"]
    await rows.insert(tables.verificatiecodes, **code | {"digitaal_adres_id": key})


async def _klantcontact(rows: Rows, persoon: UUID, ander: UUID) -> UUID:
    actor = {"soort_actor": "medewerker", "naam": "An de Balie"}
    by = await rows.insert(tables.actoren, **actor, emailadres=f"{OTHERS}@example.nl")
    key = await rows.klantcontact(0, ander)
    mine = {"klantcontact_id": key, "plaatsgevonden_op": BEGIN, "initiator": True}
    betrokkene = await rows.insert(
        tables.betrokkenen,
        **mine,
        partij_id=persoon,
        rol="belanghebbende",
        achternaam=MARK,
    )
    await rows.insert(
        tables.betrokkenen, **mine, rol="vertegenwoordiger", achternaam=OTHERS
    )
    await _bereikbaar(rows, betrokkene_id=betrokkene)
    await rows.link(tables.klantcontact_actoren, klantcontact_id=key, actor_id=by)
    await rows.onderwerp(key, "tekst", tekst=MARK)
    said = {"volgorde": 1, "vorm": "tekst", "tekst": MARK}
    await rows.insert(tables.inhoudsdelen, klantcontact_id=key, **said)
    done = {"status": "verwerkt", "verwerkt_op": day(1), "toelichting": MARK}
    taak = await rows.interne_taak(key, **done)
    await rows.assigned(taak, by)
    return key


async def _trails(rows: Rows, persoon: UUID, contact: UUID) -> None:
    whose = {"betrokkene": PSEUDONYMS.partij(persoon).value, "wie": OWN}
    await rows.insert(tables.inzagen, **INZAGE | whose)
    await rows.insert(tables.inzagen, **INZAGE)
    old = {"moment": BEGIN, "oud": {"tekst": MARK}, "reden": MARK}
    for key in (persoon, contact):
        await rows.insert(tables.mutaties, **MUTATIE | old | {"record_id": key})
    gone = {"handeling": "verwijderd", "record_id": UUID(int=90)}
    removed = {"partij_id": str(persoon), "adres": MARK}
    await rows.insert(tables.mutaties, **MUTATIE | old | gone | {"oud": removed})
    _, sleutel = RECORDING["idempotentiesleutel"]
    aanvrager = PSEUDONYMS.digest("aanvrager", OWN, "", "")
    await rows.insert(tables.idempotentiesleutels, **sleutel | {"aanvrager": aanvrager})
    _, imported = RECORDING["importsleutel"]
    await rows.link(tables.importsleutels, **imported | {"record_id": persoon})
