"""Of runs: what they ask, in which order, and what ends them."""

from datetime import UTC, datetime

import httpx
import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from gateway.errors import InvalidSettings
from gateway.importing.run import ImportStopped
from gateway.importing.source import PAUSES
from gateway.settings import Settings
from gateway.store.migrate import head
from tests.importing.conftest import Here, Importing
from tests.importing.filling import Filling
from tests.importing.standin import BASE, OpenKlant, Payload

pytestmark = pytest.mark.anyio


async def about(here: Here) -> list[tuple[object, ...]]:
    """Days of klantcontacten, with those of what they are about."""
    return await here.rows(
        "SELECT date_part('day', k.plaatsgevonden_op)::int,"
        " date_part('day', e.plaatsgevonden_op)::int"
        " FROM klantcontacten k JOIN onderwerpen o ON o.klantcontact_id = k.id"
        " JOIN klantcontacten e ON e.id = o.onderwerp_klantcontact_id ORDER BY 1"
    )


def a_404() -> httpx.Response:
    media = {"Content-Type": "application/problem+json"}
    return httpx.Response(404, headers=media, content=b'{"code": "not_found"}')


async def test_a_thread_of_klantcontacten_comes_whole(
    there: Filling, importing: Importing, here: Here, standin: OpenKlant
) -> None:
    first = there.klantcontact(1)
    second = there.klantcontact(2)
    third = there.klantcontact(3)
    there.onderwerp(second, was=first)
    there.onderwerp(third, was=second)
    await importing.run()
    assert await about(here) == [(2, 1), (3, 2)]
    # With pages of two, the second is waiting when its first comes.
    assert standin.asked["klantcontacten/…"] == 2


async def test_klantcontacten_about_each_other_come_as_far_as_they_can(
    there: Filling, importing: Importing, here: Here
) -> None:
    one, two = there.klantcontact(1), there.klantcontact(2)
    there.onderwerp(one, was=two)
    there.onderwerp(two, was=one)
    await importing.run()
    rule = "refers to what was not taken over"
    told = ("left out", "onderwerpobject", "wasKlantcontact", rule)
    assert [each for each in importing.told if each[0] == "left out"] == [told]
    outcome = await importing.run()
    assert outcome.left_out == 0
    assert await about(here) == [(1, 2), (2, 1)]


async def test_since_a_day_leaves_out_what_was_before_and_not_followed_up_since(
    there: Filling, importing: Importing, here: Here, standin: OpenKlant
) -> None:
    actor = there.actor()
    for day in (1, 2, 3, 4):
        there.betrokkene(there.klantcontact(day, actor))
    there.interne_taak(
        next(iter(standin.records["klantcontacten"])),
        actor,
        status="verwerkt",
        toegewezenOp="2026-01-01T12:00:00Z",
        afgehandeldOp="2026-01-03T12:00:00Z",
    )
    await importing.run(since=datetime(2026, 1, 3, tzinfo=UTC))
    days = "SELECT date_part('day', plaatsgevonden_op)::int FROM klantcontacten"
    assert await here.rows(f"{days} ORDER BY 1") == [(1,), (3,), (4,)]
    assert standin.asked["klantcontacten/…"] == 3
    assert importing.told == []


async def test_an_outage_is_waited_for(
    there: Filling, importing: Importing, standin: OpenKlant, here: Here
) -> None:
    there.actor()
    left = iter(range(2))

    def fail(_path: str) -> httpx.Response | None:
        return None if next(left, None) is None else httpx.Response(503)

    standin.before = fail
    await importing.run()
    assert importing.pauses == [1.0, 2.0]
    assert await here.value("SELECT count(*) FROM actoren") == 1


async def test_one_that_lasts_stops_it_and_what_came_before_stays(
    there: Filling, importing: Importing, standin: OpenKlant, here: Here
) -> None:
    there.actor()
    standin.before = lambda path: httpx.Response(503) if path == "partijen" else None
    with pytest.raises(
        ImportStopped, match="stopped: register open-klant: "
    ) as stopped:
        await importing.run()
    assert str(stopped.value).endswith("; run it again to go on")
    assert importing.pauses == [*PAUSES]
    assert await here.value("SELECT count(*) FROM actoren") == 1


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (httpx.Response(401, json={}), "status 401"),
        (a_404(), "a list is not there"),
        (httpx.Response(200, json={"count": "veel"}), "a list is outside its contract"),
    ],
)
async def test_what_is_no_list_stops_it(
    importing: Importing, standin: OpenKlant, answer: httpx.Response, why: str
) -> None:
    standin.before = lambda _path: answer
    with pytest.raises(ImportStopped) as stopped:
        await importing.run()
    expected = f"stopped: register open-klant: {why}; run it again to go on"
    assert str(stopped.value) == expected
    assert importing.pauses == []


async def test_a_list_that_changes_while_it_is_read_is_told(
    there: Filling, importing: Importing, standin: OpenKlant
) -> None:
    for _ in range(3):
        there.actor()
    uuids = list(standin.records["actoren"])

    def remove(_path: str) -> None:
        if standin.asked["actoren"] == 1 and uuids:
            # Newest first: the page before was that of the last two.
            del standin.records["actoren"][uuids.pop()]

    standin.before = remove
    await importing.run()
    rule = "1 of the list did not come: run it again"
    assert importing.told == [("left out", "actoren", "", rule)]


async def test_a_list_that_ends_too_soon_lacks_as_many_as_it_counts(
    there: Filling, importing: Importing, standin: OpenKlant
) -> None:
    for _ in range(7):
        there.actor()
    standin.after = lambda body: body.update({"next": None})
    outcome = await importing.run()
    rule = "5 of the list did not come: run it again"
    assert importing.told == [("left out", "actoren", "", rule)]
    assert outcome.left_out == 1


async def test_a_list_that_has_more_than_it_counts_is_told(
    there: Filling, importing: Importing, standin: OpenKlant
) -> None:
    there.actor()
    standin.after = lambda body: body.update(count=0)
    await importing.run()
    rule = "the list changed while it was read: run it again"
    assert importing.told == [("noted", "actoren", "", rule)]


@pytest.mark.parametrize("repeats", [True, False])
async def test_a_list_that_goes_on_and_brings_nothing_new_stops_it(
    there: Filling, importing: Importing, standin: OpenKlant, *, repeats: bool
) -> None:
    for _ in range(3):
        there.actor()
    pages: list[Payload] = []

    def go_on(body: Payload) -> None:
        pages.append(dict(body))
        first = pages[0]["results"] if repeats or len(pages) == 1 else []
        body.update(next="https://x.example/", results=first)

    standin.after = go_on
    with pytest.raises(ImportStopped) as stopped:
        await importing.run()
    why = "register open-klant: a list goes on, and brings nothing new"
    assert str(stopped.value) == f"stopped: {why}; run it again to go on"
    assert len(pages) == 2


async def test_a_klantcontact_that_is_only_in_the_list_is_left_out(
    there: Filling, importing: Importing, standin: OpenKlant
) -> None:
    there.betrokkene(there.klantcontact(3, there.actor()))

    def lose(path: str) -> httpx.Response | None:
        return a_404() if path.startswith("klantcontacten/") else None

    standin.before = lose
    await importing.run(since=datetime(2026, 1, 3, tzinfo=UTC))
    rule = "is in its list, and not at its own address: run it again"
    assert importing.told == [("left out", "klantcontact", "", rule)]


async def test_a_record_outside_the_contract_stops_no_other(
    there: Filling, importing: Importing, here: Here
) -> None:
    there.add("actoren", {"naam": None, "soortActor": "medewerker"})
    there.add("actoren", {"uuid": "geen", "naam": "x", "soortActor": "medewerker"})
    there.actor()
    await importing.run()
    assert [str(line) for line in importing.lines] == [
        "left out\tactor\t-\tuuid\tis outside the contract",
        f"left out\tactor\t{importing.lines[1].uuid}\tnaam\tis outside the contract",
    ]
    assert await here.value("SELECT count(*) FROM actoren") == 1


async def test_without_an_open_klant_there_is_nothing_to_import_from(
    importing: Importing,
) -> None:
    importing.settings = importing.settings.model_copy(update={"open_klant": None})
    with pytest.raises(InvalidSettings) as refused:
        await importing.run()
    problem = "base_url and token are needed to import from it"
    assert refused.value.problems == (f"KLANTBEELD_OPEN_KLANT: {problem}",)


async def test_a_database_of_another_version_is_left_alone(
    importing: Importing, owner: AsyncEngine, standin: OpenKlant
) -> None:
    async with owner.begin() as connection:
        await connection.execute(
            text("UPDATE alembic_version SET version_num = '0002'")
        )
    with pytest.raises(ImportStopped) as stopped:
        await importing.run()
    assert str(stopped.value) == f"database: {head()} is needed; run klantbeeld migrate"
    assert standin.asked.total() == 0


async def test_an_open_klant_by_another_address_is_another_only_when_that_is_said(
    there: Filling, importing: Importing, here: Here
) -> None:
    there.actor()
    await importing.run()
    first, open_klant = importing.settings, importing.settings.open_klant
    assert open_klant is not None

    def at(base_url: str, *, another: bool) -> Settings:
        changes = {"base_url": base_url, "another": another}
        changed = open_klant.model_copy(update=changes)
        return first.model_copy(update={"open_klant": changed})

    elsewhere = BASE.replace("openklant", "klantinteracties-api")
    importing.settings = at(elsewhere, another=False)
    with pytest.raises(ImportStopped) as stopped:
        await importing.run()
    assert str(stopped.value) == (
        f"KLANTBEELD_OPEN_KLANT__BASE_URL: imports before were from {BASE}; give that,"
        " or another = true when this is another Open Klant"
    )
    for settings in (at(elsewhere, another=True), at(elsewhere, another=False), first):
        importing.settings = settings
        await importing.run()
    assert await here.value("SELECT count(*) FROM actoren") == 2


async def test_how_far_it_is_is_shown(there: Filling, importing: Importing) -> None:
    for _ in range(3):
        there.actor()
    await importing.run()
    shown = [each.removeprefix("\r\033[K") for each in importing.shown[:3]]
    assert shown == [
        "actoren                  [################........] 2 of 3",
        "actoren                  [########################] 3 of 3",
        "",
    ]
