"""Nobody's values anywhere but where they belong: every operation, in every weather.

All persons of the demo are marked: what names, finds or describes them must be in no log
line, span, error, address, header or key, whatever is asked and whatever fails.
"""

import asyncio
import base64
import json
import logging
import re
import socket
import time
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

import asyncpg
import httpx
import pytest
import uvicorn
from sqlalchemy import select

from gateway.app import create_app
from gateway.deadline import Deadline
from gateway.demo.callers import KLANT, MEDEWERKER, identity_settings
from gateway.demo.issuer import Issuer
from gateway.edge.asking.asked import Question as QuestionAtTheEdge
from gateway.edge.rates import Rates
from gateway.identity.caller import ANONIEM, Caller, Claimed
from gateway.identity.door import Door, IssuerDoor
from gateway.process import Process
from gateway.registers.wire.transport import Transport
from gateway.settings import IdentitySettings, Settings
from gateway.store.database import create_database
from gateway.store.embedded import SUPERUSER, EmbeddedPostgres
from gateway.store.tables import digitale_adressen, inzagen
from tests.conftest import RUNTIME, run
from tests.identity.callers import (
    OneDoor,
    klant,
    medewerker,
    systeem,
    vertegenwoordiger,
)
from tests.keys import KEY
from tests.klantbeeld.conftest import a_network
from tests.klantbeeld.emissions import Emitted, Logged, Wire, found_in, keys_below
from tests.klantbeeld.marked import (
    ALL_OF_THEM,
    BSN,
    MAIL,
    NAME,
    NO_QUESTIONS,
    ROOTS,
    Question,
    good,
    marked,
)
from tests.klantbeeld.rights import GRAPH, WIDE
from tests.klantbeeld.trails import trailing
from tests.municipality import BENCH_BSN, Network
from tests.registers.builders import Clock, Gate

pytestmark = pytest.mark.anyio

OTHER_BSNS = ("999993367", "999990019", "999990421")

CALLERS: Mapping[str, Caller] = MappingProxyType(
    {
        "klant": klant(),
        "vertegenwoordiger": vertegenwoordiger(),
        "medewerker": medewerker(),
        "systeem": systeem(),
        "anoniem": ANONIEM,
    }
)


def echo(status: int) -> httpx.MockTransport:
    """Registers that repeat whom it was about."""
    said = {"code": "fout", "detail": ALL_OF_THEM, "invalidParams": [ALL_OF_THEM]}
    headers = {"X-Over": BSN, "API-version": NAME}
    return httpx.MockTransport(
        lambda _: httpx.Response(status, json=said, headers=headers)
    )


def bug() -> httpx.MockTransport:
    def answer(_request: httpx.Request) -> httpx.Response:
        raise RuntimeError(ALL_OF_THEM)

    return httpx.MockTransport(answer)


def registers(weather: str) -> Transport:
    """The registers as they are in this weather."""
    network = a_network()
    if weather == "registers down":
        network.stopped = set(network.standins)
    if weather == "registers that end too soon":
        network.rewrite = lambda body: body[: len(body) // 2]
    if weather == "registers that say something else":
        network.rewrite = _otherwise
    if weather == "slow registers":
        network.gate = Gate()
    others = {
        "registers that refuse": echo(403),
        "registers that fail": echo(500),
        "registers that find it wrong": echo(400),
        "a bug": bug(),
    }
    return others.get(weather, network)


def _otherwise(body: bytes) -> bytes:
    """Give what the contract does not allow."""
    names = rb'"(startdatum|titel|creatiedatum|data|count|omschrijving)":'
    other = f'"\\1": ["{ALL_OF_THEM}"], "vorige":'.encode()
    return re.sub(names, other, body)


WEATHERS = (
    "fine",
    "registers down",
    "registers that end too soon",
    "registers that say something else",
    "registers that refuse",
    "registers that fail",
    "registers that find it wrong",
    "slow registers",
    "a bug",
    "no database",
    "a database that repeats what it finds",
    "a database that was changed",
    "nowhere to write it down",
)


@pytest.fixture(scope="module")
def broken(loaded: str, postgres: EmbeddedPostgres) -> Iterator[Mapping[str, str]]:
    """Databases that do not do as they should."""
    assert loaded
    columns = ", ".join(
        each.name for each in digitale_adressen.c if each.name != "adres"
    )
    repeating = f"""
        CREATE FUNCTION repeat_it(given text) RETURNS text LANGUAGE plpgsql AS
          $$ BEGIN RAISE EXCEPTION 'no: %', given USING DETAIL = given; END $$;
        ALTER TABLE digitale_adressen RENAME TO these;
        CREATE VIEW digitale_adressen AS
          SELECT {columns}, repeat_it(adres) AS adres FROM these;
        GRANT SELECT ON digitale_adressen TO {RUNTIME};
    """  # noqa: S608
    statements = {
        "a_copy_that_repeats": repeating,
        "a_copy_that_was_changed": "ALTER TABLE partijen RENAME achternaam TO naam_2",
    }
    for name, statement in statements.items():
        run(postgres, f"CREATE DATABASE {name} TEMPLATE voorbeeldstad")
        asyncio.run(_run_in(postgres.url(SUPERUSER, name), statement))
    yield {
        "a database that repeats what it finds": postgres.url(
            RUNTIME, "a_copy_that_repeats"
        ),
        "a database that was changed": postgres.url(RUNTIME, "a_copy_that_was_changed"),
        "no database": "postgresql://x@127.0.0.1:1/x",
    }
    for name in statements:
        run(postgres, f"DROP DATABASE {name} WITH (FORCE)")


async def _run_in(url: str, statement: str) -> None:
    connection = await asyncpg.connect(url)
    await connection.execute(statement)
    await connection.close()


@dataclass
class Gateway:
    """One that is listened to.

    Attributes:
        data: of all answers, for who may see it.
        statuses: of all answers.
    """

    transport: httpx.ASGITransport
    door: OneDoor
    wire: Wire
    emitted: Emitted
    data: list[str] = field(default_factory=list)
    statuses: set[int] = field(default_factory=set)

    async def ask(
        self, question: Question, headers: Mapping[str, str] | None = None
    ) -> None:
        """Ask, and keep apart what an answer may show."""
        answer = await self.send(json.dumps(question.body()), headers)
        content = json.loads(answer)
        if content.get("data"):
            self.data.append(json.dumps(content.pop("data"), ensure_ascii=False))
        if not question.in_own_words:
            self.emitted.add("errors", json.dumps(content, ensure_ascii=False))

    async def send(
        self, body: str, headers: Mapping[str, str] | None = None, query: str = ""
    ) -> str:
        """Send a body; below httpx's client, which logs."""
        request = httpx.Request(
            "GET" if query else "POST",
            f"http://localhost/graphql{query}",
            content=body,
            headers={"Content-Type": "application/json", **(headers or {})},
        )
        answer = await self.transport.handle_async_request(request)
        self.statuses.add(answer.status_code)
        self.emitted.add("answer header", str(answer.headers.multi_items()))
        return (await answer.aread()).decode()


@asynccontextmanager
async def listened_to(
    settings: Settings, registers: Transport, *, door: Door | None = None
) -> AsyncIterator[Gateway]:
    """Start one, and take all it says until it has ended; then search its memory."""
    emitted, one_door = Emitted(), OneDoor(ANONIEM)
    wire = Wire(registers, emitted)
    with Logged(emitted):
        app = create_app(settings, transport=wire, timer=Clock(), door=door or one_door)
        async with app.router.lifespan_context(app):
            yield Gateway(httpx.ASGITransport(app), one_door, wire, emitted)
            for key in keys_below(app):
                emitted.add("key", key)
    emitted.add("settings", repr(settings))
    file = settings.traces.file
    if file.exists():
        emitted.add("processing records", file.read_text())
    for row in await rows(settings.database_url.get_secret_value()):
        emitted.add("audit trail", str(row))


async def rows(url: str) -> list[object]:
    """The audit trail, but for who asked by which client, and what these said."""
    engine = create_database(url, pool_size=1)
    said = {"wie", "client", "operatie", "identiteit_middel"}
    columns = [each for each in inzagen.c if each.name not in said]
    try:
        async with engine.connect() as connection:
            return [*(await connection.execute(select(*columns))).all()]
    except OSError:
        return []
    finally:
        await engine.dispose()


def test_every_root_field_is_driven() -> None:
    assert GRAPH.query_type is not None
    assert set(ROOTS) == set(GRAPH.query_type.fields)


# Whoever asks, whatever is asked.


@pytest.mark.parametrize("name", CALLERS)
async def test_nobodys_values_are_emitted_whoever_asks(
    name: str, loaded: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    settings = trailing(loaded, tmp_path / "verwerkingen.jsonl", limits=WIDE)
    async with listened_to(settings, a_network()) as gateway:
        gateway.door.lets_in = CALLERS[name]
        for root in ROOTS:
            await gateway.ask(good(root))
            for question in marked(root):
                await gateway.ask(question)
        for question in NO_QUESTIONS:
            await gateway.ask(question)
    gateway.emitted.add("output", "".join(capfd.readouterr()))
    assert gateway.emitted.found() == []
    assert gateway.statuses == {200}
    assert bool(gateway.wire.to_zaken) is (name != "anoniem")
    named = found_in(" ".join(gateway.wire.to_zaken)) & {BSN, BENCH_BSN, *OTHER_BSNS}
    assert named == ({BENCH_BSN} if CALLERS[name].is_klant else set())


async def test_a_klant_is_shown_what_is_searched_for(
    loaded: str, tmp_path: Path
) -> None:
    settings = trailing(loaded, tmp_path / "verwerkingen.jsonl", limits=WIDE)
    async with listened_to(settings, a_network()) as gateway:
        gateway.door.lets_in = klant()
        await gateway.ask(good("mijnKlantbeeld"))
    mine = {BENCH_BSN, "sanne.vanderveldt@example.nl", "0600000101"}
    assert mine <= found_in(" ".join(gateway.data))
    places = {"request", "request header", "request body", "errors", "answer header"}
    written = {"processing records", "audit trail", "settings", "key"}
    written |= {"log of gateway.store.statements"}  # at level debug, without values
    told = {"log of gateway.process"}  # how many graphql-core ran, if it did
    assert gateway.emitted.places() - told == places | written


# Whatever fails.


@pytest.mark.parametrize("weather", WEATHERS)
async def test_nobodys_values_are_emitted_whatever_fails(
    weather: str,
    loaded: str,
    broken: Mapping[str, str],
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
) -> None:
    file = tmp_path / "verwerkingen.jsonl"
    if weather == "nowhere to write it down":
        file = tmp_path / "no folder" / file.name
    deadline = 0.3 if weather == "slow registers" else 30.0
    url, transport = broken.get(weather, loaded), registers(weather)
    settings = trailing(url, file, limits=WIDE, deadline_seconds=deadline)
    async with listened_to(settings, transport) as gateway:
        for caller in (klant(), medewerker()):
            gateway.door.lets_in = caller
            for root in ROOTS:
                await gateway.ask(good(root))
        if isinstance(transport, Network) and transport.gate:
            transport.gate.open()
    gateway.emitted.add("output", "".join(capfd.readouterr()))
    assert gateway.emitted.found() == []
    assert gateway.statuses == STATUSES.get(weather, {200})
    logged = gateway.emitted.said("log of gateway.edge.errors")
    assert ("internal error" in logged) is (weather in BUGS)
    fails = weather not in {"fine", *BUGS, *STATUSES}
    assert ("of register" in logged) is fails


STATUSES = {"nowhere to write it down": {200, 503}}
BUGS = (
    "a bug",
    "a database that repeats what it finds",
    "a database that was changed",
)


async def test_a_bug_in_who_asks_is_told_without_what_it_was_about(
    loaded: str, tmp_path: Path
) -> None:
    class Broken(OneDoor):
        async def caller(self, said: str | None, _claimed: Claimed) -> Caller:
            raise ValueError(said)

    settings = trailing(loaded, tmp_path / "verwerkingen.jsonl")
    door = Broken(ANONIEM)
    async with listened_to(settings, a_network(), door=door) as gateway:
        for root in ROOTS:
            await gateway.ask(good(root), {"Authorization": ALL_OF_THEM})
    assert gateway.statuses == {500}
    assert "log of gateway.edge.errors" in gateway.emitted.places()
    assert gateway.emitted.found() == []


# What headers and bodies say.


def tokens(issuer: Issuer) -> Iterator[str]:
    """What stands in Authorization: of who is believed, and of who is not."""
    yield f"Bearer {issuer.mint(KLANT.claims)}"
    yield f"Bearer {issuer.mint(MEDEWERKER.claims)}"
    for claims in (
        {"sub": NAME},
        {"sub": BSN[::-1]},
        {"sub_id_type": NAME},
        {"acr": ALL_OF_THEM},
        {"azp": NAME},
        {"iss": f"https://{NAME}.example"},
        {"aud": MAIL},
        {"exp": 1},
        {"represents": {"sub": NAME}},
    ):
        yield f"Bearer {issuer.mint({**KLANT.claims, **claims})}"
    mine = issuer.mint(KLANT.claims)
    head, payload, _ = mine.split(".")
    yield f"Bearer {head}.{payload}.{NAME}"
    yield f"Bearer {Issuer().mint({**KLANT.claims, 'name': NAME})}"
    yield from (f"Bearer {ALL_OF_THEM}", f"Basic {BSN}", BSN, f"Bearer {NAME}")


HEADERS: tuple[dict[str, str], ...] = (
    {"Klantbeeld-Purpose": NAME},
    {"Klantbeeld-Purpose": BSN},
    {"Klantbeeld-Capacity": f"persoon {BENCH_BSN}"},
    {"Klantbeeld-Capacity": f"vestiging {NAME}"},
    {"Klantbeeld-Deadline": BSN},
    {"Klantbeeld-Deadline": NAME},
    {"traceparent": f"00-{BSN}-{BSN}-01"},
    {"traceparent": NAME, "tracestate": f"van={NAME}"},
    {"Content-Type": f"text/{NAME}"},
    {"Accept": f"{MAIL}"},
    {"X-Forwarded-For": NAME, "User-Agent": NAME, "Cookie": f"bsn={BSN}"},
    {"Host": f"{NAME}.example"},
)
BODIES = (
    f'{{"query": "{{ik {{ soort }}}}", "variables": "{NAME}"}}',
    f'{{"query": {BSN}}}',
    f'{{"query": "{{ ik {{ soort }} }}", "operationName": {{"{NAME}": "{MAIL}"}}}}',
    f'{{"{NAME}": "{BSN}"}}',
    f'{{"documentId": "{NAME}"}}',
    f'{{"query": "", "extensions": {{"persistedQuery": "{NAME}"}}}}',
    f"{NAME} {BSN}",
    f'["{NAME}"]',
    f'{{"query": "{NAME}',
)


async def test_nobodys_values_are_emitted_whatever_a_client_sends(
    loaded: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    issuer = Issuer()
    identity = IdentitySettings.model_validate(identity_settings(issuer.url, KEY))
    network = Network(a_network().standins, issuer)
    file = tmp_path / "verwerkingen.jsonl"
    settings = trailing(loaded, file, limits=WIDE, identity=identity)
    bearer = {"Authorization": f"Bearer {issuer.mint(KLANT.claims)}"}
    app_door = IssuerDoor(identity, transport=network)
    async with listened_to(settings, network, door=app_door) as gateway:
        for each in tokens(issuer):
            await gateway.ask(good("mijnKlantbeeld"), {"Authorization": each})
        for headers in HEADERS:
            await gateway.ask(good("mijnKlantbeeld"), {**bearer, **headers})
        for body in BODIES:
            gateway.emitted.add("errors", await gateway.send(body, bearer))
        asked = f"?query={{ik{{soort}}}}&variables={NAME}&bsn={BSN}"
        gateway.emitted.add("errors", await gateway.send("", bearer, asked))
        by_name = f'?query={{klantbeeld(identificatie:{{bsn:"{BSN}"}}){{complete}}}}'
        gateway.emitted.add("errors", await gateway.send("", bearer, by_name))
    gateway.emitted.add("output", "".join(capfd.readouterr()))
    assert gateway.emitted.found() == []
    assert gateway.statuses == {200, 400, 401, 403, 405, 415}
    assert BENCH_BSN in " ".join(gateway.data)


# As a process, with a server around it.


async def test_a_server_logs_nothing_of_what_it_is_sent(
    loaded: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    settings = trailing(loaded, tmp_path / "verwerkingen.jsonl", limits=WIDE)
    emitted, door = Emitted(), OneDoor(klant())
    with Logged(emitted):
        app = create_app(settings, transport=bug(), door=door)
        # As `gateway.serve` does, which leaves the access log off.
        config = uvicorn.Config(app, log_config=None, access_log=False)
        with socket.create_server(("127.0.0.1", 0)) as listening:
            server = uvicorn.Server(config)
            served = asyncio.create_task(server.serve(sockets=[listening]))
            port = listening.getsockname()[1]
            asked = json.dumps(good("mijnKlantbeeld").body())
            answers = [
                await exchanged(port, line, body)
                for line, body in (
                    ("POST /graphql HTTP/1.1", asked),
                    (f"GET /graphql?query={NAME} HTTP/1.1", ""),
                    (f"GET /{BSN} HTTP/1.1", ""),
                    (f"{NAME} {BSN}", ""),
                )
            ]
            server.should_exit = True
            await served
    emitted.add("output", "".join(capfd.readouterr()))
    assert answers == ["200", "200", "404", "400"]
    assert {"log of uvicorn.error", "log of gateway.edge.errors"} <= emitted.places()
    assert emitted.found() == []


async def exchanged(port: int, line: str, body: str) -> str:
    """Send a request as bytes, once there is somebody; gives the answer's status."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    size = len(body.encode())
    kind = "Content-Type: application/json"
    head = f"{line}\r\nHost: localhost\r\n{kind}\r\nContent-Length: {size}"
    writer.write(f"{head}\r\nConnection: close\r\n\r\n{body}".encode())
    answer = await reader.read()
    writer.close()
    await writer.wait_closed()
    return answer.decode().split(" ", 2)[1]


# What a log line could hold of us, and whether the search works.


@pytest.mark.parametrize("name", CALLERS)
def test_who_asks_is_not_in_what_is_written_of_a_context(
    name: str, loaded: str, tmp_path: Path
) -> None:
    settings = trailing(loaded, tmp_path / "verwerkingen.jsonl")
    rates = Rates(settings.limits, time.monotonic)
    process = Process(
        settings, None, timer=Clock(), door=None, rates=rates, strangers=rates
    )
    caller = CALLERS[name]
    context = process.context(Deadline.after(1), caller)
    asked = QuestionAtTheEdge("{ ik }", {"bsn": BSN}, NAME)
    kept = (caller, context, context.sight, context.witness, settings, process, asked)
    assert found_in(" ".join(map(repr, kept))) == set()
    assert KEY not in repr(settings)


@pytest.mark.parametrize(
    "text",
    [
        BSN,
        f"Van_{BSN}",
        f"https://x.example/?wie={NAME}",
        "https://x.example/?wie=merkteken%40voorbeeld.example",
        f"Bearer x.{base64.urlsafe_b64encode(ALL_OF_THEM.encode()).decode()}.y",
        "Sanne woont: sanne.vanderveldt@example.nl",
    ],
)
def test_what_is_emitted_is_found(text: str) -> None:
    emitted = Emitted()
    with Logged(emitted):
        logging.getLogger("any.of.them").debug("said: %s", text)
    ((where, _, _),) = emitted.found()
    assert where == "log of any.of.them"


def test_what_is_remembered_by_a_value_is_found() -> None:
    def remembering(memory: object) -> Callable[[], object]:
        return lambda: memory

    kept = remembering([{"a": {("x", BSN): 1}}, {NAME}])
    assert found_in(" ".join(keys_below(kept))) == {BSN, NAME}
