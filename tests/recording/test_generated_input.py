"""Anything at all as input of every mutation: mistakes are told, and then none is written.

KLANTBEELD_EXAMPLES=2000 asks that many of each mutation, other ones in every run.
"""

import json
import os
from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from sqlalchemy.ext.asyncio import AsyncEngine

from gateway.app import create_app
from gateway.demo.addresses import Addresses
from gateway.demo.run import gateway_settings
from gateway.settings.recording import RecordingSettings
from tests.klantbeeld.conftest import PATIENT, a_network, asked_in_process
from tests.klantbeeld.rights import WIDE
from tests.municipality import BENCH_BSN
from tests.recording.generated.questions import (
    MUTATIONS,
    OTHER_BSN,
    Question,
    questions,
)
from tests.recording.generated.world import World

pytestmark = pytest.mark.anyio

ASKED = os.environ.get("KLANTBEELD_EXAMPLES")
REFUSED = frozenset({"BAD_INPUT", "LIMIT_EXCEEDED"})
# A contact that serves no purpose is counted, and so is a wrong code.
COUNTED: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "dient_geen_doel": frozenset({"anonieme_contacten", "idempotentiesleutels"}),
        "ongeldig": frozenset({"verificatiecodes"}),
        "te_vaak": frozenset({"verificatiecodes"}),
    }
)


class Answer(NamedTuple):
    """What was said: the status, codes of errors, codes of mistakes, and all of it."""

    status: int
    errors: set[str]
    fouten: set[str]
    text: str


class Office(NamedTuple):
    """A gateway that lets its caller do all, and the store behind it."""

    client: httpx.AsyncClient
    world: World

    async def ask(self, question: Question) -> Answer:
        """Send it as it is; JSON can say what no text can."""
        body = json.dumps(question._asdict()).encode()
        headers = {"Content-Type": "application/json"}
        found = await self.client.post("/graphql", content=body, headers=headers)
        content: dict[str, Any] = found.json()
        payloads = [each for each in (content.get("data") or {}).values() if each]
        return Answer(
            found.status_code,
            {each["extensions"]["code"] for each in content.get("errors", ())},
            {each["code"] for payload in payloads for each in payload["fouten"]},
            json.dumps([content.get("errors"), [p["fouten"] for p in payloads]]),
        )


@pytest.fixture
async def office(
    database_url: str, owner: AsyncEngine, tmp_path: Path
) -> AsyncIterator[Office]:
    recording = RecordingSettings(outbox=tmp_path / "verzonden")
    usual = gateway_settings(database_url, Addresses())
    changed = {"recording": recording, "limits": WIDE, **PATIENT}
    app = create_app(usual.model_copy(update=changed), transport=a_network())
    async with owner.connect() as connection, asked_in_process(app) as client:
        world = World(connection)
        await world.begin()
        yield Office(client, world)


def drawn(name: str) -> list[Question]:
    """Draw questions with this mutation."""
    found: list[Question] = []

    @settings(
        max_examples=int(ASKED or 60),
        derandomize=ASKED is None,
        database=None,
        deadline=None,
        suppress_health_check=[*HealthCheck],
    )
    @given(questions(name))
    def draw(question: Question) -> None:
        found.append(question)

    draw()
    return found


async def wrong(office: Office, question: Question) -> list[str]:
    """Ask it; what should not have been."""
    answer = await office.ask(question)
    changed = await office.world.changed()
    if changed:
        await office.world.begin()
    if answer.errors or answer.fouten:
        changed -= {x for code in answer.fouten for x in COUNTED.get(code, ())}
    else:
        changed = set()
    told = (number for number in (BENCH_BSN, OTHER_BSN) if number in answer.text)
    return [
        *(f"the status {status}" for status in {answer.status} - {200, 400, 413}),
        *(f"the error {code}" for code in answer.errors - REFUSED),
        *(f"mistakes, but {name} changed" for name in changed),
        *(f"{number} told" for number in told),
    ]


@pytest.mark.parametrize("name", MUTATIONS)
async def test_mistakes_are_told_and_then_nothing_is_written(
    office: Office, name: str
) -> None:
    found = [(await wrong(office, each), each) for each in drawn(name)]
    assert [each for each in found if each[0]] == []
