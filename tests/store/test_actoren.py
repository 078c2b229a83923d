from uuid import UUID, uuid4

import pytest

from gateway.identificator import Identificator
from gateway.store import tables
from gateway.store.actoren import (
    OP_NAAM,
    ActorFilter,
    GeautomatiseerdeActor,
    Medewerker,
    OrganisatorischeEenheid,
)
from gateway.store.keyset import Slice, window
from gateway.store.store import Store
from tests.store.rows import Rows, limits

pytestmark = pytest.mark.anyio


@pytest.fixture
async def three(rows: Rows) -> list[UUID]:
    """A medewerker, an organisatorische eenheid and a geautomatiseerde actor."""
    return [
        await rows.insert(
            tables.actoren,
            soort_actor="medewerker",
            naam="Ans 50%",
            functie="Balie",
            code_register="hr",
            code_objecttype="mdw",
            code_soort_object_id="email",
            object_id="ans@example.nl",
        ),
        await rows.insert(
            tables.actoren,
            soort_actor="organisatorische_eenheid",
            naam="Burgerzaken",
            omschrijving="Paspoorten",
        ),
        await rows.insert(
            tables.actoren,
            soort_actor="geautomatiseerde_actor",
            naam="Chatbot",
            functie="Antwoordt",
            indicatie_actief=False,
        ),
    ]


async def test_each_kind_has_its_own_record(store: Store, three: list[UUID]) -> None:
    found = await store.actoren.actoren_by_id([*three, uuid4()])
    ans, desk, bot, nobody = found
    assert isinstance(ans, Medewerker)
    assert ans.identificator == Identificator("hr", "mdw", "email", "ans@example.nl")
    assert ans.functie == "Balie"
    assert isinstance(desk, OrganisatorischeEenheid)
    assert (desk.omschrijving, desk.identificator) == ("Paspoorten", None)
    assert isinstance(bot, GeautomatiseerdeActor)
    assert (bot.functie, bot.indicatie_actief) == ("Antwoordt", False)
    assert nobody is None


async def test_who_took_part_comes_by_name(
    rows: Rows, store: Store, three: list[UUID]
) -> None:
    contact, none = await rows.klantcontact(1), await rows.klantcontact(2)
    for key in three[::-1]:
        await rows.link(
            tables.klantcontact_actoren, klantcontact_id=contact, actor_id=key
        )
    found = await store.actoren.actoren_by_klantcontact([none, contact])
    assert [[actor.id for actor in actoren] for actoren in found] == [[], three]


async def test_to_whom_a_taak_is_assigned(
    rows: Rows, store: Store, three: list[UUID]
) -> None:
    taak = await rows.interne_taak(await rows.klantcontact(1))
    await rows.assigned(taak, three[1])
    found = await store.actoren.actoren_by_interne_taak([taak])
    assert [[actor.naam for actor in actoren] for actoren in found] == [["Burgerzaken"]]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (ActorFilter(), [0, 1, 2]),
        (ActorFilter(soort_actor="medewerker"), [0]),
        (ActorFilter(naam="BURGER"), [1]),
        (ActorFilter(naam="50%"), [0]),
        (ActorFilter(naam="%"), [0]),
        (ActorFilter(indicatie_actief=True), [0, 1]),
        (ActorFilter(indicatie_actief=True, naam="chat"), []),
    ],
)
async def test_filters(
    store: Store, three: list[UUID], asked: ActorFilter, expected: list[int]
) -> None:
    place = window(Slice(), OP_NAAM, limits(10), question=asked)
    page = await store.actoren.find(asked, place)
    assert [actor.id for actor in page.nodes] == [three[index] for index in expected]
    assert await store.actoren.count([asked]) == [len(expected)]


async def test_pages_by_name(store: Store, three: list[UUID]) -> None:
    asked, found = ActorFilter(), []
    part = Slice(first=2)
    for _ in range(2):
        place = window(part, OP_NAAM, limits(10), question=asked)
        page = await store.actoren.find(asked, place)
        found += [actor.id for actor in page.nodes]
        part = Slice(first=2, after=page.end_cursor)
    assert found == three
