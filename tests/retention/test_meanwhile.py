"""A question that runs while what it is about is destroyed.

The gateway reads in several statements. Each table is held back in turn, so that what came
before was read before the destruction, and what comes after is read after it.
"""

import asyncio
from collections.abc import AsyncIterator
from typing import cast

import pytest
from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncEngine

from gateway.app import create_app
from gateway.demo.addresses import Addresses
from gateway.demo.municipality import load
from gateway.demo.run import gateway_settings
from gateway.store import tables
from gateway.store.retention.destroying import Run, Vervallen, destroy
from gateway.store.retention.draden import keys
from gateway.store.writing.transaction import Transaction
from tests.klantbeeld.conftest import (
    PATIENT,
    Municipality,
    a_network,
    asked_in_process,
)
from tests.municipality import BENCH_BSN, FIXTURES, KLANTBEELD
from tests.retention.conftest import NOW
from tests.retention.whole import WAITING

pytestmark = pytest.mark.anyio

WORK = """
{ interneTaken(filter: {status: te_verwerken}, first: 50) { totalCount nodes {
    nummer status toegewezenOp wachtSinds actoren { naam }
    klantcontact {
      nummer plaatsgevondenOp
      betrokkenen { rol contactnaam { volledigeNaam } digitaleAdressen { adres }
        partij { nummer ... on Contactpersoon { namens { nummer } } } }
      onderwerpen { ... on InterneTaakOnderwerp { interneTaak { nummer
        klantcontact { nummer interneTaken { nummer } } } }
        ... on KlantcontactOnderwerp { klantcontact { nummer } } }
      inhoud { ... on TekstInhoud { tekst } }
      interneTaken { nummer klantcontact { nummer } }
    } } } }
"""
PAGE_READS = (
    *("partijen", "externe_identificaties", "adressen", "digitale_adressen"),
    *("klantcontacten", "betrokkenen", "onderwerpen", "inhoudsdelen"),
    *("interne_taken", "klantcontact_actoren", "actoren"),
)
WORK_READS = (
    *("interne_taken", "interne_taak_actoren", "actoren", "klantcontacten"),
    *("betrokkenen", "digitale_adressen", "partijen", "onderwerpen", "inhoudsdelen"),
)


async def doomed(tx: Transaction) -> list[Vervallen]:
    """All klantcontacten and partijen: what somebody asks for is among them."""
    return [
        Vervallen(soort, key, "termijn", NOW.date())
        for soort, table in (
            ("klantcontact", tables.klantcontacten),
            ("partij", tables.partijen),
        )
        for key in keys(await tx.run(select(table.c.id)))
    ]


async def asked_meanwhile(
    owner: AsyncEngine, gateway: Municipality, held_back: str, query: str
) -> dict[str, object]:
    """Ask, and destroy everything once the question waits for a table."""
    variables = {"identificatie": {"bsn": BENCH_BSN}, "first": 50}
    given = variables if query == KLANTBEELD else {}
    async with owner.connect() as watching, owner.begin() as connection:
        tx = Transaction(connection)
        everything = await doomed(tx)
        await connection.execute(
            text(f"LOCK TABLE {held_back} IN ACCESS EXCLUSIVE MODE")
        )
        question = asyncio.create_task(gateway.ask(query, **given))
        while not await watching.scalar(WAITING):
            await watching.rollback()
            assert not question.done(), "it did not read this"
        await destroy(tx, Run(NOW), everything)
        await connection.commit()
        return await question


@pytest.fixture
async def gateway(owner: AsyncEngine, database_url: str) -> AsyncIterator[Municipality]:
    async with owner.begin() as connection:
        await load(connection, FIXTURES, Addresses().rewrite)
    network = a_network()
    settings = gateway_settings(database_url, Addresses())
    app = create_app(settings.model_copy(update=PATIENT), transport=network)
    async with asked_in_process(app) as client:
        yield Municipality(client, network)


@pytest.mark.parametrize(
    ("query", "held_back"),
    [
        *(pytest.param(KLANTBEELD, each, id=f"page-{each}") for each in PAGE_READS),
        *(pytest.param(WORK, each, id=f"work-{each}") for each in WORK_READS),
    ],
)
async def test_nothing_breaks_whatever_was_read_before_it_went(
    owner: AsyncEngine, gateway: Municipality, query: str, held_back: str
) -> None:
    answer = await asked_meanwhile(owner, gateway, held_back, query)
    errors = cast("list[dict[str, dict[str, str]]]", answer.get("errors", []))
    codes = {each["extensions"]["code"] for each in errors}
    assert codes - {"NOT_FOUND", "UNKNOWN_REGISTER"} == set()
    assert answer["data"] is not None
