import json
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

import msgspec
import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine

from gateway import identificatie
from gateway.deadline import Deadline
from gateway.identity.caller import Caller, SoortAanvrager
from gateway.identity.levels import Betrouwbaarheidsniveau
from gateway.identity.pseudonyms import Pseudonyms
from gateway.identity.tokens.claims import Subject
from gateway.identity.trail.processing import create_log
from gateway.identity.trail.trail import NoActivity, NotWritten, Seen, Trail
from gateway.identity.vaststelling import Grond, Vaststelling
from gateway.settings import TraceSettings
from gateway.store.audit import Audit
from gateway.store.database import create_connections
from gateway.store.statements import Statements
from gateway.store.tables import inzagen
from tests.identity.records import (
    AN,
    BO,
    ENDED,
    MEDEWERKER,
    STARTED,
    TRACE,
    TRACE_ID,
    URI,
)
from tests.keys import KEY

pytestmark = pytest.mark.anyio

PSEUDONYMS = Pseudonyms(KEY.encode())
BSN, KVK = identificatie.bsn("999993653"), identificatie.kvk_nummer("12345678")
KLANT = Caller(
    soort=SoortAanvrager.KLANT,
    issuer="https://inloggen.voorbeeldstad.example",
    client="portaal",
    subject="999993653",
    klanten=(BSN, KVK),
    klant=KVK,
    verwerking=MEDEWERKER.verwerking,
)
VERTEGENWOORDIGER = msgspec.structs.replace(
    KLANT,
    soort=SoortAanvrager.VERTEGENWOORDIGER,
    vertegenwoordiger=Subject("bsn", "999993653", (BSN,)),
)
SEEN = Seen(
    caller=MEDEWERKER,
    trace=TRACE,
    operation="Balie",
    fields=("partij", "klantbeeld", "partij"),
    started=STARTED,
    ended=ENDED,
    shown=(AN, BO, AN),
)
ROW = {
    "moment": datetime.fromtimestamp(ENDED, UTC),
    "trace_id": TRACE_ID,
    "soort_aanvrager": "medewerker",
    "wie": "m.jansen",
    "uitgever": "https://kcc.voorbeeldstad.example",
    "namens": None,
    "client": "kcc",
    "betrokkene": AN.value,
    "soort_betrokkene": "BSN",
    "wat": ["klantbeeld", "partij"],
    "operatie": "Balie",
    "verwerking": "klantcontact",
    "verwerking_uri": URI,
    "identiteit_middel": None,
    "identiteit_niveau": None,
    "identiteit_grond": None,
}


@pytest.fixture
def records(tmp_path: Path) -> Path:
    return tmp_path / "records.jsonl"


@asynccontextmanager
async def a_trail(url: str, path: Path) -> AsyncIterator[Trail]:
    log = create_log(TraceSettings(file=path))
    statements = Statements(create_connections(url, pool_size=5))
    trail = Trail(log, Audit(statements), PSEUDONYMS)
    yield trail
    trail.close()
    await statements.aclose()


@pytest.fixture
async def trail(database_url: str, records: Path) -> AsyncIterator[Trail]:
    async with a_trail(database_url, records) as made:
        yield made


async def rows(database: AsyncEngine) -> Sequence[dict[str, object]]:
    columns = [column for column in inzagen.c if column.name != "id"]
    async with database.connect() as connection:
        found = await connection.execute(
            select(*columns).order_by(inzagen.c.betrokkene)
        )
        return [dict(row._asdict()) for row in found]


def written(path: Path) -> str:
    return path.read_text() if path.exists() else ""


def subjects(path: Path) -> list[str | None]:
    """Whom the records are about."""
    lines = [json.loads(line) for line in written(path).splitlines()]
    return [line["attributes"].get("dpl.core.data_subject_id") for line in lines]


def told(path: Path, *words: str) -> list[str]:
    """Which of these words the records hold."""
    return [word for word in words if word in written(path)]


def logged(caplog: pytest.LogCaptureFixture) -> str:
    """Why nothing may be shown."""
    (message,) = caplog.messages
    return message.removeprefix("nothing is shown, since it is not written: ")


async def test_everybody_is_written_down_once_in_both(
    trail: Trail, database: AsyncEngine, records: Path
) -> None:
    await trail.write(SEEN, Deadline.after(60))
    bo = {"betrokkene": BO.value, "soort_betrokkene": "partij"}
    assert await rows(database) == [ROW, ROW | bo]
    assert subjects(records) == [None, AN.value, BO.value]


async def test_no_employee_is_in_a_processing_record(
    trail: Trail, records: Path
) -> None:
    await trail.write(SEEN, Deadline.after(60))
    assert told(records, "jansen", "kcc", "Balie", "klantcontact") == []


async def test_where_nobody_was_shown_nothing_is_written(
    trail: Trail, database: AsyncEngine, records: Path
) -> None:
    await trail.write(
        msgspec.structs.replace(SEEN, shown=(), caller=KLANT), Deadline.after(60)
    )
    assert (await rows(database), subjects(records)) == ([], [])


async def test_somebody_whom_nothing_names_is_written_down_too(
    trail: Trail, database: AsyncEngine, records: Path
) -> None:
    seen = msgspec.structs.replace(SEEN, shown=(), unnamed=True)
    await trail.write(seen, Deadline.after(60))
    nobody = {"betrokkene": None, "soort_betrokkene": None}
    assert await rows(database) == [ROW | nobody]
    assert subjects(records) == [None]


async def test_what_a_medewerker_stated_is_written_down(
    trail: Trail, database: AsyncEngine
) -> None:
    middel = "vragen 999993653 an@x.example"
    stated = Vaststelling(middel, Betrouwbaarheidsniveau.LAAG, Grond.ZELF)
    seen = msgspec.structs.replace(
        SEEN, shown=(AN, BO), vaststelling=stated, disclosed=frozenset({AN})
    )
    await trail.write(seen, Deadline.after(60))
    of_an = {
        "identiteit_middel": "vragen … …",
        "identiteit_niveau": "laag",
        "identiteit_grond": "zelf",
    }
    # Of whom it was not stated, it says nothing.
    of_bo = {"betrokkene": BO.value, "soort_betrokkene": BO.soort}
    found = sorted(await rows(database), key=lambda row: str(row["betrokkene"]))
    assert found == [ROW | of_an, ROW | of_bo]


async def test_a_klant_is_written_down_as_the_token_knows_them(
    trail: Trail, database: AsyncEngine
) -> None:
    seen = msgspec.structs.replace(SEEN, shown=(AN,), caller=KLANT)
    await trail.write(seen, Deadline.after(60))
    wie = PSEUDONYMS.identificatie(BSN).value
    own = {"soort_aanvrager": "klant", "wie": wie, "client": "portaal"}
    assert await rows(database) == [ROW | own | {"uitgever": None}]


async def test_a_vertegenwoordiger_is_written_down_with_whom_they_act_for(
    trail: Trail, database: AsyncEngine
) -> None:
    seen = msgspec.structs.replace(SEEN, shown=(AN,), caller=VERTEGENWOORDIGER)
    await trail.write(seen, Deadline.after(60))
    both = {
        "soort_aanvrager": "vertegenwoordiger",
        "wie": PSEUDONYMS.identificatie(BSN).value,
        "uitgever": None,
        "namens": PSEUDONYMS.identificatie(KVK).value,
        "client": "portaal",
    }
    assert await rows(database) == [ROW | both]


@pytest.mark.parametrize(
    ("operation", "told"),
    [(None, None), ("Van_999993653", "Van_…"), ("x" * 200, "x" * 100)],
)
async def test_the_name_of_an_operation_is_short_and_holds_no_number(
    trail: Trail, database: AsyncEngine, operation: str | None, told: str | None
) -> None:
    seen = msgspec.structs.replace(SEEN, shown=(AN,), operation=operation)
    await trail.write(seen, Deadline.after(60))
    assert await rows(database) == [ROW | {"operatie": told}]


async def test_after_the_deadline_there_is_still_time_to_write(
    trail: Trail, database: AsyncEngine
) -> None:
    await trail.write(SEEN, Deadline.after(0))
    assert len(await rows(database)) == 2


async def test_without_processing_records_nothing_may_be_shown(
    database_url: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with a_trail(database_url, tmp_path / "no folder" / "x.jsonl") as trail:
        with pytest.raises(NotWritten, match="what is shown cannot be written") as seen:
            await trail.write(SEEN, Deadline.after(60))
    assert seen.value.extensions == {
        "code": "REGISTER_UNAVAILABLE",
        "register": "klantbeeld",
        "retryable": True,
    }
    assert logged(caplog) == "register verwerkingen: the records were not written"


async def test_without_the_audit_trail_nothing_may_be_shown(
    records: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    nowhere = f"postgresql://x@/x?host={quote(str(tmp_path))}"
    async with a_trail(nowhere, records) as trail:
        with pytest.raises(NotWritten):
            await trail.write(SEEN, Deadline.after(60))
    assert logged(caplog) == "register klantbeeld: the store does not answer"


async def test_a_bug_in_writing_is_not_an_outage(
    trail: Trail, database: AsyncEngine
) -> None:
    wrong = AN._replace(value="999993653")
    with pytest.raises(Exception, match="ck_inzagen_betrokkene"):
        await trail.write(
            msgspec.structs.replace(SEEN, shown=(wrong,)), Deadline.after(60)
        )
    assert await rows(database) == []


async def test_without_a_processing_activity_nothing_is_written(
    trail: Trail, database: AsyncEngine, records: Path
) -> None:
    caller = msgspec.structs.replace(MEDEWERKER, verwerking=None)
    with pytest.raises(NoActivity):
        await trail.write(
            msgspec.structs.replace(SEEN, caller=caller), Deadline.after(60)
        )
    assert (await rows(database), subjects(records)) == ([], [])
