"""When a partij was last in touch, as what was changed of it tells."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from gateway.retention.termijnen import Reden, Termijn
from gateway.store import tables
from gateway.store.writing.transaction import Writer
from tests.retention.conftest import purged
from tests.retention.whole import count
from tests.store.recording_rows import MUTATIE
from tests.store.rows import Rows, day

pytestmark = pytest.mark.anyio

LATE = 140
"""A day so late that no term is over."""

OWNED: Mapping[str, tuple[str, Mapping[str, object]]] = {
    "adres": (
        "adressen",
        {"soort": "bezoekadres", "vorm": "straatadres", "straatnaam": "Dorpsstraat"},
    ),
    "digitaal_adres": (
        "digitale_adressen",
        {"soort": "email", "adres": "an@example.nl"},
    ),
    "rekeningnummer": ("rekeningnummers", {"iban": "NL91ABNA0417164300"}),
    "externe_identificatie": (
        "externe_identificaties",
        {
            "soort_subject": "natuurlijk_persoon",
            "subject_url": "https://brp.example/personen/1",
        },
    ),
    "toestemming": ("toestemmingen", {"gegeven_op": day(0)}),
}
"""What hangs on a partij, by what the trail calls it."""


async def long_ago(rows: Rows) -> UUID:
    """Somebody who was in touch when the time began."""
    key = await rows.persoon("123456782")
    await rows.link(tables.laatste_contacten, partij_id=key, dag=day(0).date())
    return key


@pytest.mark.parametrize("soort", OWNED)
@pytest.mark.parametrize("handeling", ["gemaakt", "gewijzigd"])
async def test_what_hangs_on_a_partij_and_was_changed_tells(
    rows: Rows, writer: Writer, owner: AsyncEngine, soort: str, handeling: str
) -> None:
    persoon = await long_ago(rows)
    name, values = OWNED[soort]
    key = await rows.insert(tables.metadata.tables[name], partij_id=persoon, **values)
    done = {"soort": soort, "record_id": key, "handeling": handeling, "oud": None}
    await rows.insert(tables.mutaties, **MUTATIE | done | {"moment": day(0)})
    await rows.insert(tables.mutaties, **MUTATIE | done | {"moment": day(LATE)})
    assert await purged(writer) == [("partij", persoon, Reden.NOG_NIET)]
    assert await count(owner, "partijen") == [1]


@pytest.mark.parametrize("soort", [*OWNED, "vertegenwoordiging"])
async def test_what_was_removed_from_a_partij_tells(
    rows: Rows, writer: Writer, owner: AsyncEngine, soort: str
) -> None:
    persoon = await long_ago(rows)
    gone = {"handeling": "verwijderd", "oud": {"partij_id": str(persoon)}}
    what = {"soort": soort, "record_id": UUID(int=5), "moment": day(LATE)}
    await rows.insert(tables.mutaties, **MUTATIE | gone | what)
    assert await purged(writer) == [("partij", persoon, Reden.NOG_NIET)]
    assert await count(owner, "partijen") == [1]


async def test_what_was_changed_of_others_tells_nothing(
    rows: Rows, writer: Writer
) -> None:
    persoon, ander = await long_ago(rows), await rows.persoon()
    name, values = OWNED["digitaal_adres"]
    key = await rows.insert(tables.metadata.tables[name], partij_id=ander, **values)
    gone = {"handeling": "verwijderd", "oud": {"partij_id": str(ander)}}
    late = {"record_id": key, "moment": day(LATE)}
    await rows.insert(tables.mutaties, **MUTATIE | late)
    await rows.insert(tables.mutaties, **MUTATIE | late | gone)
    term = Termijn(date(2026, 4, 5), "90 dagen na laatste contact")
    judged = {each.id: each.oordeel for each in await purged(writer)}
    assert judged == {persoon: term, ander: Reden.NOG_NIET}


async def test_what_an_import_changed_is_no_contact(rows: Rows, writer: Writer) -> None:
    persoon = await rows.persoon("123456782")
    name, values = OWNED["digitaal_adres"]
    key = await rows.insert(tables.metadata.tables[name], partij_id=persoon, **values)
    imported = {"mutatie": "import open-klant", "verwerking": "import"}
    for record_id in (persoon, key):
        done = imported | {"record_id": record_id, "moment": day(0)}
        await rows.insert(tables.mutaties, **MUTATIE | done)
    assert await purged(writer) == [("partij", persoon, Reden.CONTACT_ONBEKEND)]
