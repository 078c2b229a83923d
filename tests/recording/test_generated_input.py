"""Anything at all as input of every mutation: mistakes are told, and then none is written.

KLANTBEELD_EXAMPLES=2000 asks that many of each mutation, other ones in every run.
"""

import json
import os
from collections.abc import AsyncIterator, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple, Protocol

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from sqlalchemy.ext.asyncio import AsyncEngine

from gateway.app import create_app
from gateway.demo.addresses import Addresses
from gateway.demo.run import gateway_settings
from gateway.identity.caller import Caller
from gateway.settings.recording import RecordingSettings
from tests.identity.callers import OneDoor, klant
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
from tests.recording.test_rights import TABLE

pytestmark = pytest.mark.anyio

ASKED = os.environ.get("KLANTBEELD_EXAMPLES")
REFUSED = frozenset({"BAD_INPUT", "LIMIT_EXCEEDED"})
# A contact that serves no purpose is counted, and so is a wrong code.
COUNTED: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "dient_geen_doel": frozenset({"anonieme_contacten", "idempotentiesleutels"}),
        "ongeldig": frozenset({"verificatietellingen"}),
        "te_vaak": frozenset({"verificatietellingen"}),
    }
)


# What a klant does for the own partij: contact data, and consent to reuse.
OWN = [name for name in MUTATIONS if TABLE[name].split()[1].startswith(".")]


class Answer(NamedTuple):
    """What was said: the status, codes of errors, codes of mistakes, and all of it.

    Attributes:
        done: whether there is an answer in which there are no mistakes.
    """

    status: int
    errors: set[str]
    fouten: set[str]
    text: str
    done: bool


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
        fouten = [each for payload in payloads for each in payload["fouten"]]
        return Answer(
            found.status_code,
            {each["extensions"]["code"] for each in content.get("errors", ())},
            {each["code"] for each in fouten},
            json.dumps([content.get("errors"), fouten]),
            done=bool(payloads) and not fouten,
        )


class Opened(Protocol):
    def __call__(
        self, caller: Caller | None = None
    ) -> AbstractAsyncContextManager[Office]:
        """Start one; without a caller nobody is asked who they are."""


@pytest.fixture
def opened(database_url: str, owner: AsyncEngine, tmp_path: Path) -> Opened:
    recording = RecordingSettings(outbox=tmp_path / "verzonden")
    usual = gateway_settings(database_url, Addresses())
    settings = usual.model_copy(
        update={"recording": recording, "limits": WIDE, **PATIENT}
    )

    @asynccontextmanager
    async def start(caller: Caller | None = None) -> AsyncIterator[Office]:
        door = None if caller is None else OneDoor(caller)
        app = create_app(settings, transport=a_network(), door=door)
        async with owner.connect() as connection, asked_in_process(app) as client:
            world = World(connection)
            await world.begin()
            yield Office(client, world)

    return start


def drawn(name: str) -> list[Question]:
    """Draw questions with this mutation."""
    found: list[Question] = []

    @settings(
        max_examples=int(ASKED or 60),
        derandomize=ASKED is None,
        suppress_health_check=[*HealthCheck],
    )
    @given(questions(name))
    def draw(question: Question) -> None:
        found.append(question)

    draw()
    return found


async def wrong(
    office: Office, question: Question, refused: frozenset[str] = REFUSED
) -> list[str]:
    """Ask it; what should not have been."""
    answer = await office.ask(question)
    changed = await office.world.changed()
    if changed:
        await office.world.begin()
    if answer.done:
        changed = set()
    changed -= {x for code in answer.fouten for x in COUNTED.get(code, ())}
    told = (number for number in (BENCH_BSN, OTHER_BSN) if number in answer.text)
    return [
        *(f"the status {status}" for status in {answer.status} - {200, 400, 413}),
        *(f"the error {code}" for code in answer.errors - refused),
        *(f"mistakes, but {name} changed" for name in changed),
        *(f"{number} told" for number in told),
    ]


@pytest.mark.parametrize("name", MUTATIONS)
async def test_mistakes_are_told_and_then_nothing_is_written(
    opened: Opened, name: str
) -> None:
    async with opened() as office:
        found = [(await wrong(office, each), each) for each in drawn(name)]
    assert [each for each in found if each[0]] == []


@pytest.mark.parametrize("name", OWN)
async def test_a_klant_too_is_told_mistakes_and_then_nothing_is_written(
    opened: Opened, name: str
) -> None:
    # What a klant may not see of the own partij, is refused in the answer.
    refused = REFUSED | {"FORBIDDEN"}
    async with opened(klant()) as portal:
        found = [(await wrong(portal, each, refused), each) for each in drawn(name)]
    assert [each for each in found if each[0]] == []
