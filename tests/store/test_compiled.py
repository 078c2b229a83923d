"""What is remembered of statements: their text, and nothing of what was asked."""

import gc
from datetime import UTC, datetime

import pytest

from gateway.deadline import Deadline
from gateway.identificatie import Identificatie
from gateway.store.actoren import OP_NAAM, ActorFilter
from gateway.store.compiled import Compiled
from gateway.store.interne_taken import (
    LANGST_WACHTEND_EERST,
    InterneTaakFilter,
    Question as TakenQuestion,
)
from gateway.store.keyset import Slice, window
from gateway.store.klantcontacten import NIEUWSTE_EERST, KlantcontactFilter, Question
from gateway.store.partijen import OP_NUMMER, PartijFilter
from gateway.store.statements import Statements
from gateway.store.store import Store
from tests.store.rows import limits

pytestmark = pytest.mark.anyio

MARK, NUMBER, YEAR = "m4rk", 4815162342, 1999
WHO = Identificatie(MARK, MARK, MARK, land=MARK, kvk_nummer=MARK)
MOMENT = datetime(YEAR, 1, 1, tzinfo=UTC)
CONTACTEN = KlantcontactFilter(
    van=MOMENT,
    tot=MOMENT,
    kanalen=(MARK,),
    richting="inkomend",
    tekst=MARK,
    vertrouwelijk=True,
    onderwerp_url=MARK,
    onderwerp_codes=(MARK,),
    onderwerp_uuid=MARK,
    identificatie=WHO,
    nummer=NUMBER,
    zonder_vertrouwelijk=True,
)
PARTIJEN = PartijFilter(
    identificatie=WHO, nummer=NUMBER, digitaal_adres=MARK, soort_partij=MARK
)
TAKEN = TakenQuestion(None, InterneTaakFilter(status=MARK, nummer=NUMBER))
ACTOREN = ActorFilter(soort_actor=MARK, naam=MARK, indicatie_actief=True)


async def ask_all(store: Store) -> None:
    """Ask what can be asked with values of somebody's own."""
    place = window(Slice(), NIEUWSTE_EERST, limits(10), question=0)
    await store.klantcontacten.find(CONTACTEN, NIEUWSTE_EERST, place)
    await store.klantcontacten.find_by_partijen(
        [()], CONTACTEN, NIEUWSTE_EERST, [place]
    )
    await store.klantcontacten.count(
        [Question(None, CONTACTEN), Question((), CONTACTEN)]
    )
    place = window(Slice(), OP_NUMMER, limits(10), question=0)
    await store.partijen.find(PARTIJEN, place)
    await store.partijen.all_of(PARTIJEN)
    await store.partijen.count([PARTIJEN])
    await store.partijen.named_by(WHO)
    await store.partijen.vestigingen_by_kvk_nummer(MARK)
    place = window(Slice(), LANGST_WACHTEND_EERST, limits(10), question=0)
    await store.interne_taken.find(TAKEN, LANGST_WACHTEND_EERST, place)
    await store.interne_taken.count([TAKEN])
    place = window(Slice(), OP_NAAM, limits(10), question=0)
    await store.actoren.find(ACTOREN, place)
    await store.actoren.count([ACTOREN])


async def test_no_value_that_was_asked_for_is_remembered(
    statements: Statements,
) -> None:
    await ask_all(Store(statements, Deadline.after(60)))
    kept = [repr(each) for each in gc.get_objects() if isinstance(each, Compiled)]
    asked = (MARK, str(NUMBER), str(YEAR))
    assert [each for each in kept if any(value in each for value in asked)] == []
    assert any("websearch_to_tsquery" in each for each in kept)


async def test_what_is_asked_again_is_not_compiled_again(store: Store) -> None:
    await ask_all(store)
    before = sum(isinstance(each, Compiled) for each in gc.get_objects())
    await ask_all(store)
    assert sum(isinstance(each, Compiled) for each in gc.get_objects()) == before
