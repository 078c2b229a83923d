"""What an answer left behind: processing records in a file, and rows in `inzagen`."""

import json
from collections.abc import AsyncIterator, Iterable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol, TypeAlias, cast
from uuid import UUID, uuid4

import httpx
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gateway.app import create_app
from gateway.demo.addresses import Addresses
from gateway.demo.run import gateway_settings
from gateway.identity.caller import Caller
from gateway.identity.pseudonyms import Pseudonym, Pseudonyms
from gateway.registers.wire.transport import Transport
from gateway.settings import IdentitySettings, Settings, TraceSettings
from gateway.store.database import create_database
from gateway.store.tables import inzagen
from tests.identity.callers import OneDoor
from tests.keys import KEY
from tests.klantbeeld.conftest import PATIENT
from tests.registers.builders import Clock

Json: TypeAlias = dict[str, object]
Shown = list[tuple[str | None, str | None]]

PSEUDONYMS = Pseudonyms(KEY.encode())
PARENT = "b7ad6b7169203331"
ACTIVITY, SUBJECT = "dpl.core.processing_activity_id", "dpl.core.data_subject_id"
SUBJECT_TYPE = "dpl.core.data_subject_id_type"
STATED = {"middel": "controlevragen", "niveau": "laag", "grond": "zelf"}
"""What an employee states about who calls."""


def partij(key: str) -> Pseudonym:
    return PSEUDONYMS.partij(UUID(key))


def betrokkene(key: str) -> Pseudonym:
    return PSEUDONYMS.betrokkene(UUID(key))


def shown(pseudonyms: Iterable[tuple[str | None, str | None]]) -> Shown:
    """Persons in an order of their own, each as often as given."""
    return sorted(pseudonyms, key=str)


@dataclass(frozen=True)
class Left:
    """What one request left.

    Attributes:
        answer: as it was given.
        records: of its trace, oldest first.
        rows: of its trace, by betrokkene.
    """

    answer: httpx.Response
    records: list[Json]
    rows: list[Json]

    @property
    def data(self) -> Json:
        """What was answered, where nothing was refused."""
        content: Json = self.answer.json()
        assert "errors" not in content, content["errors"]
        return cast("Json", content["data"])

    @property
    def codes(self) -> list[object]:
        """The codes of its errors."""
        errors: list[dict[str, Json]] = self.answer.json().get("errors", [])
        return [each["extensions"]["code"] for each in errors]

    @property
    def whom(self) -> Shown:
        """Whom the records name; the rows name the same."""
        named = [_attributes(each) for each in self.records[1:]]
        found = shown((each[SUBJECT], each[SUBJECT_TYPE]) for each in named)
        in_rows = shown(
            (_text(each["betrokkene"]), _text(each["soort_betrokkene"]))
            for each in self.rows
        )
        assert [each for each in in_rows if each != (None, None)] == found
        return in_rows


def _attributes(record: Json) -> dict[str, str]:
    return cast("dict[str, str]", record["attributes"])


def _text(value: object) -> str | None:
    return None if value is None else str(value)


@dataclass(frozen=True)
class Trailed:
    """A gateway that writes down what it shows.

    Attributes:
        door: lets in whom the test wants.
        file: of processing records.
        sent: to ask it, and see each answer leave.
    """

    client: httpx.AsyncClient
    door: OneDoor
    file: Path
    engine: AsyncEngine
    sent: "Leaving"

    async def ask(
        self,
        query: str,
        *,
        trace: str | None = None,
        **variables: object,
    ) -> Left:
        """Ask in a trace of its own, or a given one."""
        trace = trace or uuid4().hex
        traced = {"traceparent": f"00-{trace}-{PARENT}-01"}
        body = {"query": query, "variables": variables}
        answer = await self.client.post("/graphql", json=body, headers=traced)
        return Left(answer, self.records(trace), await self.rows(trace))

    def records(self, trace: str) -> list[Json]:
        """The processing records of a trace."""
        lines = self.file.read_text().splitlines() if self.file.exists() else []
        found: list[Json] = [json.loads(line) for line in lines]
        return [each for each in found if each["trace_id"] == trace]

    async def rows(self, trace: str) -> list[Json]:
        """The rows of the audit trail of a trace, without their keys and moments."""
        columns = [each for each in inzagen.c if each.name not in {"id", "moment"}]
        statement = select(*columns).where(inzagen.c.trace_id == trace)
        async with self.engine.connect() as connection:
            found = await connection.execute(statement.order_by(inzagen.c.betrokkene))
            return [dict(each._asdict()) for each in found]


@dataclass
class Leaving:
    """Stands before a gateway, and calls when an answer begins to leave."""

    app: ASGIApp
    watch: list["Watch"] = field(default_factory=list)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def leaves(message: Message) -> None:
            if message["type"] == "http.response.start":
                for each in self.watch:
                    await each.look()
            await send(message)

        await self.app(scope, receive, leaves)


@dataclass
class Watch:
    """Looks what is written of a trace, at the moment an answer leaves."""

    trailed: Trailed
    trace: str
    seen: list[tuple[int, int]] = field(default_factory=list)

    async def look(self) -> None:
        records, rows = self.trailed.records(self.trace), self.trailed.rows(self.trace)
        self.seen.append((len(records), len(await rows)))


def trailing(url: str, file: Path, **changed: object) -> Settings:
    """Settings of a gateway that writes down what it shows."""
    traced = {
        "identity": IdentitySettings.model_validate({"pseudonym_key": KEY}),
        "traces": TraceSettings(file=file),
    }
    settings = gateway_settings(url, Addresses())
    return settings.model_copy(update={**PATIENT, **traced, **changed})


class Open(Protocol):
    def __call__(
        self, caller: Caller, **changed: object
    ) -> AbstractAsyncContextManager[Trailed]:
        """Start a gateway of the test's own, for a caller."""


@asynccontextmanager
async def a_trail(
    url: str, transport: Transport, file: Path, caller: Caller, **changed: object
) -> AsyncIterator[Trailed]:
    """Start a gateway on a database.

    Args:
        url: the runtime role's.
        transport: to the registers.
        file: takes the processing records.
        caller: who asks.
        changed: settings that are not the usual ones.
    """
    settings, door = trailing(url, file, **changed), OneDoor(caller)
    app = create_app(settings, transport=transport, timer=Clock(), door=door)
    leaving, engine = Leaving(app), create_database(url, pool_size=2)
    client = httpx.AsyncClient(
        transport=httpx.ASGITransport(leaving), base_url="http://localhost"
    )
    async with app.router.lifespan_context(app), client:
        yield Trailed(client, door, file, engine, leaving)
    await engine.dispose()
