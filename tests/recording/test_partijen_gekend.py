"""Who is gekend: found, made, or completed; in one transaction (seed V6898)."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime
from uuid import UUID

import msgspec
import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine

from gateway.deadline import Deadline
from gateway.identity.caller import ONTWIKKELAAR
from gateway.identity.pseudonyms import Pseudonyms
from gateway.recording.partijen.gegevens import PartijGegevens
from gateway.recording.partijen.gekend import gekende_partij, heeft_toestemming, vind
from gateway.recording.recorder import Desk, Question, Recorder, Recording, Uitkomst
from gateway.recording.waarden.digitale_adressen import DigitaalAdres
from gateway.recording.waarden.externe_identificaties import ExterneIdentificatie
from gateway.recording.waarden.namen import Contactnaam
from gateway.settings.recording import RecordingSettings
from gateway.store.tables import digitale_adressen, mutaties, partijen
from gateway.store.writing.transaction import Writer
from tests.recording.conftest import Counted

pytestmark = pytest.mark.anyio

NOW = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
BSN = ExterneIdentificatie(register="brp", soort="bsn", waarde="999993653")
SANNE = PartijGegevens(
    soort_partij="persoon",
    identificatie=BSN,
    contactnaam=Contactnaam(voornaam="Sanne"),
    digitale_adressen=(DigitaalAdres(soort="email", adres="sanne@voorbeeld.example"),),
)
WITH_TELEPHONE = msgspec.structs.replace(
    SANNE,
    contactnaam=Contactnaam(voornaam="Suzanne"),
    voorkeurstaal="nld",
    digitale_adressen=(
        DigitaalAdres(soort="email", adres="ander@voorbeeld.example"),
        DigitaalAdres(soort="telefoonnummer", adres="06 1234 5678"),
    ),
)


class Office:
    """Records as the gateway does, without the graph."""

    def __init__(self, engine: AsyncEngine) -> None:
        self.engine = engine
        self.desk = Desk(
            Writer(engine),
            Pseudonyms(b"secret"),
            RecordingSettings(),
            owns=lambda _: True,
            clock=lambda: NOW,
        )

    async def ask(self, asked: PartijGegevens, *, toestemming: bool) -> Uitkomst:
        async def work(recording: Recording) -> Uitkomst:
            key = await gekende_partij(
                asked, recording, "partij", toestemming=toestemming
            )
            return Uitkomst({"partij": key})

        recorder = Recorder(self.desk, ONTWIKKELAAR, Deadline.after(30))
        return await recorder.record(Question("test", None, None), work)

    async def has_consented(self, key: UUID) -> bool:
        async with self.desk.writer.transaction(Deadline.after(30)) as tx:
            recorder = Recorder(self.desk, ONTWIKKELAAR, Deadline.after(30))
            recording = Recording(tx, NOW, recorder, None)
            assert await vind(SANNE, recording) == key
            return await heeft_toestemming(recording, key)

    async def texts(self, *columns: str) -> Sequence[tuple[object, ...]]:
        asked = select(*(partijen.c[name] for name in columns))
        async with self.engine.connect() as connection:
            return [tuple(row) for row in await connection.execute(asked)]


@pytest.fixture
def desk(database: AsyncEngine) -> Office:
    return Office(database)


async def test_without_consent_a_partij_holds_no_more_than_who_it_is(
    desk: Office, rows_now: Counted
) -> None:
    """V6898, the third case; R1.4, R3.5."""
    made = await desk.ask(SANNE, toestemming=False)
    assert await rows_now() == {
        "partijen": 1,
        "externe_identificaties": 1,
        "mutaties": 2,
    }
    assert await desk.texts("voornaam", "naam", "voorkeurstaal") == [(None, None, None)]
    assert not await desk.has_consented(made.sleutels["partij"])


async def test_with_consent_a_new_partij_holds_what_was_given(
    desk: Office, rows_now: Counted
) -> None:
    """V6898, the fourth case; R1.5."""
    made = await desk.ask(SANNE, toestemming=True)
    assert await rows_now() == {
        "partijen": 1,
        "externe_identificaties": 1,
        "digitale_adressen": 1,
        "toestemmingen": 1,
        "mutaties": 4,
    }
    assert await desk.texts("voornaam") == [("Sanne",)]
    assert await desk.has_consented(made.sleutels["partij"])


async def test_an_empty_partij_is_completed_once_there_is_consent(
    desk: Office,
) -> None:
    made = await desk.ask(SANNE, toestemming=False)
    again = await desk.ask(SANNE, toestemming=True)
    assert again.sleutels == made.sleutels
    assert await desk.texts("voornaam", "versie") == [("Sanne", 2)]


async def test_own_values_are_never_overwritten_and_only_kinds_without_any_filled(
    desk: Office,
) -> None:
    """R4.11; consent given earlier counts."""
    await desk.ask(SANNE, toestemming=True)
    await desk.ask(WITH_TELEPHONE, toestemming=False)
    assert await desk.texts("voornaam", "voorkeurstaal") == [("Sanne", "nld")]
    asked = select(digitale_adressen.c.adres).order_by(digitale_adressen.c.adres)
    async with desk.engine.connect() as connection:
        found = [*await connection.scalars(asked)]
    assert found == ["0612345678", "sanne@voorbeeld.example"]


async def test_a_partij_without_consent_is_given_back_as_it_is(
    desk: Office, rows_now: Counted
) -> None:
    await desk.ask(SANNE, toestemming=False)
    before = await rows_now()
    await desk.ask(WITH_TELEPHONE, toestemming=False)
    assert await rows_now() == before


async def test_what_stood_there_before_completion_is_noted(desk: Office) -> None:
    await desk.ask(SANNE, toestemming=False)
    await desk.ask(SANNE, toestemming=True)
    asked = select(mutaties.c.oud).where(mutaties.c.handeling == "gewijzigd")
    async with desk.engine.connect() as connection:
        assert [*await connection.scalars(asked)] == [{"voornaam": None}]


async def test_many_who_look_for_one_person_find_one_partij(
    desk: Office, rows_now: Counted
) -> None:
    """R6.1."""
    answers = await asyncio.gather(
        *(desk.ask(SANNE, toestemming=True) for _ in range(5))
    )
    assert len({each.sleutels["partij"] for each in answers}) == 1
    assert (await rows_now())["partijen"] == 1


async def test_mistakes_are_told_where_the_graph_has_them(
    desk: Office, rows_now: Counted
) -> None:
    wrong = PartijGegevens(
        soort_partij="organisatie",
        identificatie=ExterneIdentificatie(
            register="Trésor", soort="SIREN", waarde="1", land="Frankrijk"
        ),
        contactnaam=Contactnaam(),
        digitale_adressen=(DigitaalAdres(soort="email", adres="geen"),),
    )
    found = await desk.ask(wrong, toestemming=True)
    assert [(each.code.value, each.pad) for each in found.fouten] == [
        ("niet_toegestaan", "partij.contactnaam"),
        ("verplicht", "partij.contactnaam"),
        ("ongeldig", "partij.identificatie.overig.land"),
        ("ongeldig", "partij.identificatie.overig.soort"),
        ("ongeldig", "partij.digitaleAdressen.0.adres"),
    ]
    assert await rows_now() == {}
