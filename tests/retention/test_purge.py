"""`klantbeeld purge` on the municipality of the demo, with its registers."""

import asyncio
import os
import re
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest
from pydantic import SecretStr
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine
from typer.testing import CliRunner

from gateway.__main__ import app
from gateway.demo.addresses import Addresses, StandinName
from gateway.demo.municipality import load
from gateway.demo.run import gateway_settings
from gateway.demo.standins.conduct import Conduct
from gateway.demo.standins.zaken import create_zaken
from gateway.retention.purge import COLUMNS, CannotPurge, purge
from gateway.settings import Settings
from gateway.store.database import create_owner
from tests.municipality import FIXTURES, Network
from tests.retention.whole import WAITING, texts
from tests.store.rows import Rows

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)


@pytest.fixture
async def municipality(owner: AsyncEngine) -> None:
    async with owner.begin() as connection:
        await load(connection, FIXTURES, Addresses().rewrite)


@pytest.fixture
def network() -> Network:
    return Network({StandinName.ZAKEN: create_zaken(FIXTURES, Addresses())})


@pytest.fixture
def settings(database_url: str, owner_url: str) -> Settings:
    terms = {"zelfstandig_days": 30, "klantcontact_days": 365, "partij_days": 366}
    given = gateway_settings(database_url, Addresses(), retention=terms)
    return given.model_copy(update={"migration_url": SecretStr(owner_url)})


Ran = tuple[list[str], list[str]]
"""The listing, and the summary."""


async def run(settings: Settings, network: Network, *, apply: bool = False) -> Ran:
    listed: list[str] = []
    summary = await purge(
        settings, listed.append, apply=apply, transport=network, now=NOW
    )
    return listed, summary


KEPT = [
    "2 bewaard klantcontact: archiefnominatie of archiefactiedatum van zaak onbekend",
    "2 bewaard klantcontact: interne taak nog te verwerken",
    "71 bewaard klantcontact: termijn niet verstreken",
    "14 bewaard klantcontact: zaak wordt blijvend bewaard",
    "23 bewaard partij: termijn niet verstreken",
]
OLD_VALUES = "0 te vernietigen oude waarden van mutatie"
LINE = re.compile(
    r"(te vernietigen|bewaard)\t(klantcontact|partij)\t[0-9a-f-]{36}"
    r"\t(-|202[56]-[0-9]{2}-[0-9]{2})\t"
    r"(archiefactiedatum van zaak [0-9a-f-]{36}|366 dagen na laatste contact"
    r"|(aangehaakt klantcontact|zelfstandige gegevens): [0-9]+ dagen na contact of"
    r" laatste taak|zaak wordt blijvend bewaard|interne taak nog te verwerken"
    r"|archiefnominatie of archiefactiedatum van zaak onbekend)"
)


@pytest.mark.anyio
@pytest.mark.usefixtures("municipality")
async def test_a_listing_changes_nothing_and_says_no_more_than_keys_and_grounds(
    settings: Settings, network: Network, owner: AsyncEngine
) -> None:
    before = await texts(owner)
    listed, summary = await run(settings, network)
    assert summary == [
        *KEPT,
        "0 te vernietigen idempotentiesleutel",
        "61 te vernietigen klantcontact",
        "7 te vernietigen partij",
    ]
    assert [line for line in listed if not LINE.fullmatch(line)] == []
    assert await texts(owner) == before


@pytest.mark.anyio
@pytest.mark.usefixtures("municipality")
async def test_what_was_listed_is_what_is_destroyed(
    settings: Settings, network: Network
) -> None:
    listed, _ = await run(settings, network)
    done, summary = await run(settings, network, apply=True)
    as_done = [line.replace("te vernietigen", "vernietigd") for line in listed]
    assert sorted(done) == sorted(as_done)
    assert summary[-2:] == ["61 vernietigd klantcontact", "7 vernietigd partij"]
    again, rest = await run(settings, network, apply=True)
    assert [line for line in again if line.startswith("vernietigd")] == []
    assert rest == [*KEPT, "0 vernietigd idempotentiesleutel"]


@pytest.mark.anyio
async def test_old_values_are_counted_where_they_have_a_term(
    settings: Settings, network: Network
) -> None:
    retention = settings.retention.model_copy(update={"trail_days": 30})
    given = settings.model_copy(update={"retention": retention})
    assert await run(given, network) == (
        *([], ["0 te vernietigen idempotentiesleutel", OLD_VALUES]),
    )


@pytest.mark.anyio
@pytest.mark.usefixtures("municipality")
async def test_how_far_it_is_is_shown_where_there_is_a_terminal(
    settings: Settings, network: Network
) -> None:
    shown: list[str] = []
    await purge(
        settings,
        lambda _line: None,
        apply=False,
        show=shown.append,
        transport=network,
        now=NOW,
    )
    bars = [each.split("[")[-1] for each in shown if "[#" in each]
    assert bars == [
        "####################....] 150 of 180",
        "####################....] 154 of 180",
        "########################] 180 of 180",
    ]


@pytest.mark.anyio
@pytest.mark.usefixtures("municipality")
@pytest.mark.parametrize(("size", "requests"), [(200, 1), (20, 7)])
async def test_the_zaken_of_a_batch_are_one_request(
    settings: Settings, network: Network, size: int, requests: int
) -> None:
    terms = settings.retention.model_copy(update={"batch_size": size})
    settings = settings.model_copy(update={"retention": terms})
    await run(settings, network)
    assert network.counted() == {"POST /zaken/api/v1/zaken/_zoek": requests}


@pytest.mark.anyio
@pytest.mark.usefixtures("municipality")
async def test_while_the_register_is_down_what_it_decides_on_stays(
    settings: Settings, network: Network
) -> None:
    network.stopped.add(StandinName.ZAKEN)
    listed, summary = await run(settings, network, apply=True)
    silent = "zakenregister geeft geen antwoord"
    assert f"47 bewaard klantcontact: {silent}" in summary
    assert sum(line.endswith(silent) for line in listed) == 47
    assert "30 vernietigd klantcontact" in summary


@pytest.mark.anyio
@pytest.mark.usefixtures("municipality")
async def test_a_zaak_of_no_configured_register_keeps_what_it_decides_on(
    settings: Settings, network: Network
) -> None:
    _, summary = await run(settings.model_copy(update={"registers": ()}), network)
    assert "47 bewaard klantcontact: zaak in onbekend register" in summary
    assert network.asked() == []


@pytest.mark.anyio
@pytest.mark.usefixtures("municipality")
async def test_a_zaak_that_the_register_does_not_show_keeps_what_it_decides_on(
    settings: Settings, network: Network
) -> None:
    uuid = UUID("6829d3fc-5ee7-51c9-8394-9af58c9ad746")
    hidden = Conduct(hidden=frozenset({uuid}))
    standin = create_zaken(FIXTURES, Addresses(), conduct=hidden)
    _, summary = await run(settings, Network({StandinName.ZAKEN: standin}))
    unseen = "zaak niet gevonden, of niet voor ons zichtbaar"
    assert f"3 bewaard klantcontact: {unseen}" in summary


@pytest.mark.anyio
async def test_a_database_of_another_version_is_left_alone(
    settings: Settings, network: Network, owner: AsyncEngine
) -> None:
    async with owner.begin() as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = '1'"))
    with pytest.raises(CannotPurge, match="run klantbeeld migrate"):
        await run(settings, network, apply=True)


@pytest.mark.anyio
@pytest.mark.usefixtures("municipality")
async def test_a_database_that_goes_away_ends_it_and_says_that_it_can_be_run_again(
    settings: Settings, network: Network, owner: AsyncEngine
) -> None:
    end = text("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE NOT granted")
    async with owner.connect() as watching, owner.begin() as holding:
        await holding.execute(text("LOCK TABLE onderwerpen"))
        running = asyncio.create_task(run(settings, network, apply=True))
        while not await watching.scalar(WAITING):
            await watching.rollback()
        await watching.execute(end)
    with pytest.raises(CannotPurge, match="what was done is done: run it again"):
        await running
    _, summary = await run(settings, network, apply=True)
    assert summary[-2:] == ["61 vernietigd klantcontact", "7 vernietigd partij"]


@pytest.mark.anyio
@pytest.mark.usefixtures("municipality")
async def test_the_role_of_the_gateway_cannot_wipe_the_trail_so_nothing_goes(
    settings: Settings, network: Network, owner: AsyncEngine, database_url: str
) -> None:
    before = await texts(owner)
    runtime = settings.model_copy(update={"migration_url": SecretStr(database_url)})
    with pytest.raises(CannotPurge, match="KLANTBEELD_MIGRATION_URL"):
        await run(runtime, network, apply=True)
    assert await texts(owner) == before


# The command.


@pytest.mark.parametrize(
    ("arguments", "last"),
    [
        ((), "1 te vernietigen klantcontact"),
        (("--apply",), "1 vernietigd klantcontact"),
    ],
)
def test_the_command_lists_and_destroys_only_when_told(
    owner_url: str, tmp_path: Path, arguments: tuple[str, ...], last: str
) -> None:
    async def fill() -> UUID:
        engine = create_owner(owner_url)
        rows = Rows(engine.execution_options(isolation_level="AUTOCOMMIT"))
        key = await rows.klantcontact(0, None)
        await engine.dispose()
        return key

    key = asyncio.run(fill())
    empty = tmp_path / "empty.toml"
    empty.touch()
    environment: dict[str, str | None] = {
        name: None for name in os.environ if name.startswith("KLANTBEELD_")
    }
    environment |= {
        "KLANTBEELD_CONFIG": str(empty),
        "KLANTBEELD_DATABASE_URL": owner_url,
        "KLANTBEELD_RETENTION__ZELFSTANDIG_DAYS": "30",
    }
    result = CliRunner().invoke(app, ["purge", *arguments], env=environment)
    assert result.exit_code == 0
    assert result.stdout.split("\t")[2] == str(key)
    heading, *_, said = result.stderr.splitlines()
    assert (heading.split("\t"), said) == (COLUMNS.split(), last)
