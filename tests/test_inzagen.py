"""Who was shown what of somebody, afterwards: `klantbeeld inzagen`."""

import asyncio
import os
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from msgspec.structs import replace
from sqlalchemy.ext.asyncio import AsyncEngine
from typer.testing import CliRunner

from gateway import identificatie
from gateway.__main__ import app
from gateway.deadline import Deadline
from gateway.errors import InvalidSettings
from gateway.identity.pseudonyms import Pseudonyms
from gateway.inzagen import CannotTell, inzagen
from gateway.settings import Settings
from gateway.store.audit import Audit, Inzage
from gateway.store.database import create_connections, create_database
from gateway.store.statements import Statements
from tests.keys import KEY
from tests.municipality import BENCH_BSN
from tests.store.rows import Rows

PSEUDONYMS = Pseudonyms(KEY.encode())
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
TRACE = "0af7651916cd43dd8448eb211c80319c"
BY_EMPLOYEE = Inzage(
    moment=NOON,
    trace_id=TRACE,
    soort_aanvrager="medewerker",
    wie="bsch02",
    uitgever="https://inloggen.example",
    namens=None,
    client="kcc",
    wat=("klantbeeld", "partij"),
    operatie="Balie",
    verwerking="klantcontact",
    verwerking_uri="https://verwerkingen.example/1",
    identiteit_middel="controlevragen",
    identiteit_niveau="laag",
    identiteit_grond="zelf",
)
OWN = PSEUDONYMS.identificatie(identificatie.bsn(BENCH_BSN)).value
BY_KLANT = replace(
    BY_EMPLOYEE,
    moment=NOON + timedelta(days=1),
    soort_aanvrager="klant",
    wie=OWN,
    uitgever=None,
    client=None,
    wat=("mijnKlantbeeld",),
    verwerking="inzage",
    identiteit_middel=None,
    identiteit_niveau=None,
    identiteit_grond=None,
)
LINES = [
    "\t".join(parts)
    for parts in (
        (
            NOON.astimezone().isoformat(),
            "medewerker",
            "bsch02",
            "https://inloggen.example",
            "kcc",
            "klantbeeld, partij",
            "klantcontact https://verwerkingen.example/1 (controlevragen, laag, zelf)",
            TRACE,
        ),
        (
            BY_KLANT.moment.astimezone().isoformat(),
            "klant",
            "zelf",
            "-",
            "-",
            "mijnKlantbeeld",
            "inzage https://verwerkingen.example/1",
            TRACE,
        ),
    )
]


def settings(url: str, **more: object) -> Settings:
    identity = {"pseudonym_key": KEY}
    return Settings.model_validate({"database_url": url, "identity": identity} | more)


async def written(url: str, partij: UUID, inzagen: Sequence[Inzage]) -> None:
    """Have the trail hold these of a partij."""
    statements = Statements(create_connections(url, pool_size=1))
    audit, whom = Audit(statements), [PSEUDONYMS.partij(partij)]
    for each in inzagen:
        await audit.write(each, whom, Deadline.after(60))
    await statements.aclose()


@pytest.fixture
async def sanne(database: AsyncEngine, database_url: str) -> UUID:
    """Shown by an employee, and to herself the day after; another was shown too."""
    rows = Rows(database)
    key, other = await rows.persoon(BENCH_BSN), await rows.persoon("999990019")
    await written(database_url, key, [BY_KLANT, BY_EMPLOYEE])
    await written(database_url, other, [BY_EMPLOYEE])
    return key


@pytest.mark.anyio
@pytest.mark.usefixtures("sanne")
async def test_all_that_was_shown_of_somebody_is_told_oldest_first(
    database_url: str,
) -> None:
    assert await inzagen(settings(database_url), f"bsn {BENCH_BSN}\n") == LINES


@pytest.mark.anyio
@pytest.mark.usefixtures("sanne")
async def test_a_day_may_be_named_to_begin_with(database_url: str) -> None:
    since = NOON + timedelta(hours=1)
    asked = f"bsn {BENCH_BSN}"
    assert await inzagen(settings(database_url), asked, since) == LINES[1:]


@pytest.mark.anyio
async def test_of_a_company_all_its_partijen_are_told_by_each_of_its_numbers(
    database: AsyncEngine, database_url: str
) -> None:
    rows = Rows(database)
    one, other = [await rows.organisatie("99990018") for _ in range(2)]
    await written(database_url, one, [BY_EMPLOYEE])
    await written(database_url, other, [BY_EMPLOYEE])
    await rows.identificatie(one, "hr", "rsin", "009990185")
    branch = {"kvk_nummer": "99990018"}
    await rows.identificatie(one, "hr", "vestigingsnummer", "000099990110", **branch)
    counted = {
        asked: len(await inzagen(settings(database_url), asked))
        for asked in (
            "kvk_nummer 99990018",
            "rsin 009990185",
            "vestigingsnummer 000099990110 99990018",
            "nummer 1",
        )
    }
    assert list(counted.values()) == [2, 1, 1, 1]


@pytest.mark.anyio
async def test_for_whom_somebody_acted_is_told(database_url: str, sanne: UUID) -> None:
    acted = replace(
        BY_KLANT, soort_aanvrager="vertegenwoordiger", wie="a" * 32, namens=OWN
    )
    await written(database_url, sanne, [acted])
    since = BY_KLANT.moment
    found = await inzagen(settings(database_url), f"bsn {BENCH_BSN}", since)
    names = {each.split("\t")[2] for each in found}
    assert names == {"zelf", f"{'a' * 32} namens zelf"}


@pytest.mark.anyio
async def test_what_a_token_said_steers_no_terminal(
    database_url: str, sanne: UUID
) -> None:
    await written(database_url, sanne, [replace(BY_EMPLOYEE, wie="x\x1b[2J\ty\nz")])
    found = await inzagen(settings(database_url), f"bsn {BENCH_BSN}")
    assert "x?[2J?y?z" in {each.split("\t")[2] for each in found}


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ("", "say on standard input whose"),
        (BENCH_BSN, "say on standard input whose"),
        ("bsn", "say on standard input whose"),
        (f"bsn {BENCH_BSN} {BENCH_BSN}", "say on standard input whose"),
        ("bsn 99999365", "bsn: must have 9 digits"),
        ("bsn ٩٩٩٩٩٣٦٥٣", "bsn: must have 9 digits"),
        ("vestigingsnummer 000099990110 1", "vestigingsnummer: must have 8 digits"),
        ("nummer x", "say on standard input whose"),
        (f"rsin {BENCH_BSN}", "nobody is known by this now"),
        ("nummer 9999999999", "nobody is known by this now"),
    ],
)
@pytest.mark.usefixtures("sanne")
async def test_who_is_not_named_or_known_is_told_without_repeating_it(
    database_url: str, asked: str, message: str
) -> None:
    with pytest.raises(CannotTell, match=message) as told:
        await inzagen(settings(database_url), asked)
    assert BENCH_BSN not in str(told.value)


@pytest.mark.anyio
async def test_without_a_key_nobody_can_be_found() -> None:
    keyless = settings("postgresql://x@127.0.0.1:1/x", identity={})
    with pytest.raises(InvalidSettings, match="PSEUDONYM_KEY"):
        await inzagen(keyless, f"bsn {BENCH_BSN}")


# The command.


def run(url: str, folder: Path, given: str, *arguments: str) -> tuple[int, str, str]:
    """Run it; gives its code, and what it said on both outputs."""
    empty = folder / "empty.toml"
    empty.touch()
    environment: dict[str, str | None] = {
        name: None for name in os.environ if name.startswith("KLANTBEELD_")
    }
    environment |= {
        "KLANTBEELD_CONFIG": str(empty),
        "KLANTBEELD_DATABASE_URL": url,
        "KLANTBEELD_IDENTITY__PSEUDONYM_KEY": KEY,
    }
    asked = ["inzagen", *arguments]
    result = CliRunner().invoke(app, asked, input=given, env=environment)
    return result.exit_code, result.stdout, result.stderr


HEADING = "moment\taanvrager\twie\tuitgever\tclient\twat\twaarom\ttrace\n"


def filled(url: str) -> None:
    async def fill() -> None:
        engine = create_database(url, pool_size=1)
        key = await Rows(engine).persoon(BENCH_BSN)
        await engine.dispose()
        await written(url, key, [BY_EMPLOYEE, BY_KLANT])

    asyncio.run(fill())


def test_the_command_prints_a_line_each(database_url: str, tmp_path: Path) -> None:
    filled(database_url)
    said = run(database_url, tmp_path, f"bsn {BENCH_BSN}\n")
    assert said == (0, "".join(f"{each}\n" for each in LINES), HEADING)


def test_the_command_says_when_there_is_nothing(
    database_url: str, tmp_path: Path
) -> None:
    filled(database_url)
    given = (f"bsn {BENCH_BSN}\n", "--since", "2026-03-05")
    said = run(database_url, tmp_path, *given)
    assert said == (0, "", f"{HEADING}nobody was shown anything\n")


def test_the_command_says_what_is_wrong(database_url: str, tmp_path: Path) -> None:
    said = run(database_url, tmp_path, f"bsn {BENCH_BSN}\n")
    assert said == (1, "", "nobody is known by this now\n")


def test_a_database_that_is_not_there_is_told(tmp_path: Path) -> None:
    code, out, error = run(
        "postgresql://x:geheim@127.0.0.1:1/x", tmp_path, f"bsn {BENCH_BSN}\n"
    )
    assert (code, out) == (1, "")
    assert error.startswith("no connection to the database")
    assert "geheim" not in error
