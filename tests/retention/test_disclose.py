"""Everything that is held on one person, and nothing of others."""

import asyncio
import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import cast
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine
from typer.testing import CliRunner

from gateway.__main__ import app
from gateway.errors import InvalidSettings
from gateway.inzagen import CannotTell
from gateway.retention.disclose import disclose
from gateway.settings import Settings
from gateway.store import tables
from gateway.store.database import create_owner
from gateway.store.retention.held import LEFT_OUT, covered
from tests.keys import KEY
from tests.municipality import BENCH_BSN
from tests.retention.everything import MARK, OTHERS, OWN, Everything, everything
from tests.store.recording_rows import MUTATIE
from tests.store.rows import Rows
from tests.store.valid_rows import Row

BSN = f"bsn {BENCH_BSN}"

Given = Mapping[str, list[dict[str, object]]]


def settings(url: str, **more: object) -> Settings:
    identity = {"pseudonym_key": KEY}
    return Settings.model_validate({"database_url": url, "identity": identity} | more)


async def given(url: str, asked: str = BSN) -> Given:
    return cast("Given", json.loads(await disclose(settings(url), asked)))


@pytest.mark.anyio
async def test_every_table_that_holds_something_is_given(
    rows: Rows, database_url: str
) -> None:
    await everything(rows)
    found = await given(database_url)
    assert {name: len(found[name]) for name in found} == {
        "partijen": 2,
        "externe_identificaties": 1,
        "rekeningnummers": 1,
        "toestemmingen": 1,
        "laatste_contacten": 1,
        "vertegenwoordigingen": 2,
        "klantcontacten": 1,
        "betrokkenen": 3,
        "klantcontact_actoren": 1,
        "onderwerpen": 1,
        "inhoudsdelen": 1,
        "interne_taken": 1,
        "interne_taak_actoren": 1,
        "adressen": 2,
        "digitale_adressen": 2,
        "verificatiecodes": 2,
        "actoren": 1,
        "inzagen": 1,
        "mutaties": 3,
        "importsleutels": 1,
        "idempotentiesleutels": 1,
    }


def refers(name: str) -> set[str]:
    """The tables that a row of this one hangs on, and those that these hang on."""
    found: set[str] = set()
    wanted = [name]
    while wanted:
        keys = tables.metadata.tables[wanted.pop()].foreign_key_constraints
        new = {key.referred_table.name for key in keys} - found
        found |= new
        wanted += new
    return found


def test_no_table_that_refers_to_somebody_is_forgotten() -> None:
    every = set(tables.metadata.tables)
    somebody = {"partijen", "klantcontacten"}
    refer = {name for name in every if refers(name) & somebody} | somebody
    assert refer - covered() == set()
    assert covered() | set(LEFT_OUT) == every
    assert covered() & set(LEFT_OUT) == set()


@pytest.mark.anyio
async def test_what_is_said_of_the_person_is_given_and_of_others_not(
    rows: Rows, database_url: str
) -> None:
    await everything(rows)
    said = await disclose(settings(database_url), BSN)
    # Name and note; two addresses and e-mail addresses; the betrokkene's name; onderwerp,
    # inhoud and taak; three changes of which two say it twice, and one its value too.
    assert said.count(MARK) == 2 + 4 + 1 + 3 + 6
    assert said.count(OTHERS) == 0
    assert said.count("5" * 32) == 0  # a code


@pytest.mark.anyio
async def test_of_who_took_part_too_no_more_is_given_than_that(
    rows: Rows, database_url: str
) -> None:
    await everything(rows)
    found = await given(database_url)
    own, *others = found["betrokkenen"]
    assert own["achternaam"] == MARK
    assert {frozenset(each) for each in others} == {
        frozenset({"id", "klantcontact_id", "rol", "initiator"})
    }
    assert [*found["actoren"][0]] == ["id", "soort_actor", "naam"]


@pytest.mark.anyio
@pytest.mark.parametrize(
    "who", [{"wie": OWN}, {"soort_aanvrager": "vertegenwoordiger", "namens": OWN}]
)
@pytest.mark.parametrize("handeling", ["gewijzigd", "verwijderd"])
async def test_of_what_they_changed_for_another_no_more_is_given_than_that(
    rows: Rows, database_url: str, who: Row, handeling: str
) -> None:
    await rows.persoon(BENCH_BSN)
    ander = await rows.persoon("111222333")
    said = {"reden": OTHERS, "oud": {"partij_id": str(ander), "adres": OTHERS}}
    changed = MUTATIE | said | who | {"handeling": handeling, "record_id": ander}
    key = await rows.insert(tables.mutaties, **changed)
    found = await given(database_url)
    assert json.dumps(found).count(OTHERS) == 0
    (row,) = found["mutaties"]
    assert row["id"] == str(key)
    assert set(tables.mutaties.c.keys()) - {*row} == {"record_id", "oud", "reden"}


@pytest.mark.anyio
async def test_what_they_changed_of_themselves_is_given_once_and_whole(
    rows: Rows, database_url: str
) -> None:
    persoon = await rows.persoon(BENCH_BSN)
    changed = MUTATIE | {"wie": OWN, "record_id": persoon, "reden": MARK}
    await rows.insert(tables.mutaties, **changed)
    (row,) = (await given(database_url))["mutaties"]
    assert (row["reden"], row["oud"]) == (MARK, MUTATIE["oud"])


@pytest.mark.anyio
async def test_whom_they_were_taken_for_by_mistake_is_not_given(
    rows: Rows, database_url: str
) -> None:
    persoon = await rows.persoon(BENCH_BSN)
    wrong = {"partij_id": str(persoon), "soort": "bsn", "waarde": "111222333"}
    repaired = {"soort": "externe_identificatie", "handeling": "verwijderd"}
    said = {"oud": wrong, "reden": OTHERS, "record_id": UUID(int=5)}
    await rows.insert(tables.mutaties, **MUTATIE | repaired | said)
    (row,) = (await given(database_url))["mutaties"]
    assert (row["record_id"], row["oud"], row["reden"]) == (
        *(str(UUID(int=5)), None, None),
    )


@pytest.mark.anyio
async def test_of_a_retry_is_given_that_it_was_and_not_what_it_came_to(
    rows: Rows, database_url: str
) -> None:
    await everything(rows)
    (row,) = (await given(database_url))["idempotentiesleutels"]
    assert [*row] == ["id", "mutatie", "moment"]


@pytest.mark.anyio
async def test_somebody_is_found_by_their_own_nummer_too(
    rows: Rows, database_url: str
) -> None:
    there = await everything(rows)
    found = await given(database_url)
    assert found["partijen"][0]["id"] == str(there.persoon)
    nummer = found["partijen"][0]["nummer"]
    assert await given(database_url, f"nummer {nummer}") == found


@pytest.mark.anyio
async def test_somebody_whom_no_number_names_is_found_by_their_own(
    rows: Rows, database_url: str
) -> None:
    natural = {"soort_subject": "natuurlijk_persoon"}
    key = await rows.insert(
        tables.partijen, soort_partij="persoon", nummer=4711, **natural
    )
    url = {"subject_url": "https://brp.example/personen/1"}
    await rows.insert(tables.externe_identificaties, partij_id=key, **natural, **url)
    found = await given(database_url, "nummer 4711")
    assert [each["id"] for each in found["partijen"]] == [str(key)]
    assert len(found["externe_identificaties"]) == 1


@pytest.mark.anyio
async def test_a_database_of_another_version_is_not_read(
    owner: AsyncEngine, database_url: str
) -> None:
    async with owner.begin() as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = '1'"))
    with pytest.raises(CannotTell, match="run klantbeeld migrate"):
        await disclose(settings(database_url), BSN)


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("asked", "message"),
    [(f"bsn {BENCH_BSN}", "nobody is known"), ("Sanne", "say on standard input whose")],
)
async def test_nobody_is_told_of_without_repeating_the_question(
    database_url: str, asked: str, message: str
) -> None:
    with pytest.raises(CannotTell, match=message) as told:
        await disclose(settings(database_url), asked)
    assert asked not in str(told.value)


@pytest.mark.anyio
async def test_without_a_key_the_trails_cannot_be_searched() -> None:
    keyless = settings("postgresql://x@127.0.0.1:1/x", identity={})
    with pytest.raises(InvalidSettings, match="PSEUDONYM_KEY"):
        await disclose(keyless, BSN)


def filled(url: str) -> Everything:
    async def fill() -> Everything:
        engine = create_owner(url)
        there = await everything(
            Rows(engine.execution_options(isolation_level="AUTOCOMMIT"))
        )
        await engine.dispose()
        return there

    return asyncio.run(fill())


def test_the_command_asks_whose_on_standard_input(
    owner_url: str, database_url: str, tmp_path: Path
) -> None:
    there = filled(owner_url)
    empty = tmp_path / "empty.toml"
    empty.touch()
    environment: dict[str, str | None] = {
        name: None for name in os.environ if name.startswith("KLANTBEELD_")
    }
    environment |= {
        "KLANTBEELD_CONFIG": str(empty),
        "KLANTBEELD_DATABASE_URL": database_url,
        "KLANTBEELD_IDENTITY__PSEUDONYM_KEY": KEY,
    }
    result = CliRunner().invoke(app, ["disclose"], input=f"{BSN}\n", env=environment)
    assert (result.exit_code, result.stderr) == (0, "")
    assert json.loads(result.stdout)["partijen"][0]["id"] == str(there.persoon)
