"""The command line: what it prints, and with what code it ends."""

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Protocol
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from graphql import build_client_schema, build_schema, find_breaking_changes
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route
from typer.testing import CliRunner, Result

from gateway.__main__ import app
from gateway.demo.addresses import Addresses, StandinName
from gateway.demo.servers import Background, bound, port_of
from gateway.demo.standins.credentials import TOKEN
from gateway.demo.standins.objecten import create_objecten
from gateway.documenting.page import documentation
from gateway.serve import is_loopback, listening
from gateway.store.embedded import SUPERUSER, EmbeddedPostgres
from gateway.store.migrate import head
from schema import schema
from tests.demo.standins import write_fixtures
from tests.municipality import ROOT


class Run(Protocol):
    """Runs a command, with these settings only."""

    def __call__(self, *arguments: str, **settings: str) -> Result: ...


SECRET = "een-geheim-dat-niemand-mag-zien"


@pytest.fixture
def run(tmp_path: Path) -> Run:
    def invoke(*arguments: str, **settings: str) -> Result:
        environment: dict[str, str | None] = {
            name: None for name in os.environ if name.startswith("KLANTBEELD_")
        }
        nothing = tmp_path / "empty.toml"
        nothing.touch()
        environment["KLANTBEELD_CONFIG"] = str(nothing)
        environment |= {
            f"KLANTBEELD_{name.upper()}": value for name, value in settings.items()
        }
        return CliRunner().invoke(app, [*arguments], env=environment)

    return invoke


def test_without_a_command_it_helps(run: Run) -> None:
    shown = run().output
    for command in (
        "demo",
        "serve",
        "migrate",
        "schema",
        "check",
        "subscribe",
        "inzagen",
        "purge",
        "disclose",
    ):
        assert command in shown


def test_the_schema_is_printed(run: Run) -> None:
    result = run("schema")
    assert (result.exit_code, result.stdout) == (0, schema.as_str() + "\n")


def test_the_schema_is_printed_to_read(run: Run) -> None:
    result = run("schema", "--docs")
    assert result.exit_code == 0
    assert result.stdout == documentation(schema.as_str())


def test_the_schema_is_printed_for_tools(run: Run) -> None:
    result = run("schema", "--json")
    assert result.exit_code == 0
    read = build_client_schema(json.loads(result.stdout)["data"])
    printed = build_schema(schema.as_str())
    assert find_breaking_changes(read, printed) == []
    one_of = schema.as_str().count("Input @oneOf {")
    assert result.stdout.count('"isOneOf": true') == one_of == 3


@pytest.mark.parametrize("options", [[], ["--docs"], ["--json"]])
def test_what_is_printed_is_utf_8_and_whole_or_a_failure(
    options: list[str], tmp_path: Path
) -> None:
    command = [sys.executable, "-m", "gateway", "schema", *options]
    environment = {"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "latin-1"}
    file = tmp_path / "schema"
    ended = []
    for name in (str(file), "/dev/full"):
        with Path(name).open("wb") as out:
            done = subprocess.run(  # noqa: S603 - our own arguments
                command,
                stdout=out,
                stderr=subprocess.PIPE,
                env=environment,
                check=False,
            )
        ended.append((done.returncode, done.stderr))
    assert "één" in file.read_text("utf-8")
    full = b"it cannot be written (No space left on device)\n"
    assert ended == [(0, b""), (1, full)]


def test_the_schema_is_printed_one_way_only(run: Run) -> None:
    result = run("schema", "--docs", "--json")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "choose one of --docs and --json" in result.stderr


@pytest.mark.parametrize("command", ["serve", "migrate", "check", "subscribe"])
def test_all_problems_of_the_settings_are_told_at_once(run: Run, command: str) -> None:
    register = (
        '[{"name": "Zaken", "kind": "zaken", "base_url": "zaken",'
        f' "client_id": "x", "secret": "{SECRET}"}}]'
    )
    result = run(
        command,
        registers=register,
        max_page_size="0",
        identity__development="true",
    )
    assert (result.exit_code, result.stdout) == (1, "")
    told = result.stderr.splitlines()
    assert [line.partition(":")[0] for line in told] == [
        "KLANTBEELD_DATABASE_URL",
        "KLANTBEELD_REGISTERS[0].name",
        "KLANTBEELD_REGISTERS[0].base_url",
        "KLANTBEELD_MAX_PAGE_SIZE",
    ]
    assert SECRET not in result.output


@pytest.mark.parametrize("command", ["serve", "check", "subscribe"])
def test_registers_that_contradict_each_other_are_told(run: Run, command: str) -> None:
    one = '{"name": "%s", "kind": "objecten", "base_url": "https://%s", "token": "x"}'
    settings = {
        "database_url": "postgresql://x@/x",
        "registers": f"[{one % ('a', 'x.example')}, {one % ('b', 'X.example:443')}]",
        "identity__development": "true",
    }
    result = run(command, **settings)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "registers: base_url of b is that of a\n"


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "gemeente.example"])  # noqa: S104
def test_it_serves_this_machine_only(run: Run, host: str) -> None:
    settings = {"database_url": "postgresql://x@/x", "identity__development": "true"}
    result = run("serve", "--host", host, **settings)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("no issuer is configured")
    assert result.stderr.count("\n") == 1


def test_that_nobody_is_asked_must_be_meant(run: Run) -> None:
    result = run("serve", database_url="postgresql://x@/x")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == (
        "KLANTBEELD_IDENTITY__ISSUERS: none, so nobody could be asked who they are; for"
        " development on this machine, set KLANTBEELD_IDENTITY__DEVELOPMENT=true\n"
    )


@pytest.mark.parametrize("command", ["serve", "migrate", "check"])
def test_a_variable_that_is_no_setting_is_told(run: Run, command: str) -> None:
    result = run(command, database_url="mysql://x", limit__max_depth="3")
    assert result.exit_code == 1
    assert result.stderr.splitlines()[0] == (
        "WARNING: KLANTBEELD_LIMIT__MAX_DEPTH: there is no such setting; is it"
        " KLANTBEELD_LIMITS__MAX_DEPTH?"
    )
    assert "KLANTBEELD_DATABASE_URL: must be" in result.stderr


def test_what_is_wrong_with_documents_is_told_beside_who_is_asked(
    run: Run, tmp_path: Path
) -> None:
    nowhere = str(tmp_path / "nowhere.json")
    settings = {"database_url": "postgresql://x@/x", "identity__development": "true"}
    one = '{"name": "%s", "kind": "objecten", "base_url": "https://%s", "token": "x"}'
    listed = f"[{one % ('a', 'x.example')}, {one % ('b', 'X.example:443')}]"
    result = run(
        "serve", **settings, registers=listed, limits__trusted_documents=nowhere
    )
    assert result.stderr.splitlines() == [
        f"limits.trusted_documents: {nowhere} cannot be read: No such file or directory",
        "registers: base_url of b is that of a",
    ]


@pytest.mark.parametrize("host", ["127.0.0.1", "127.1.2.3", "::1", "localhost"])
def test_loopback_is_this_machine(host: str) -> None:
    assert is_loopback(host)


def test_it_serves(run: Run, database_url: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    statuses: list[int] = []

    def look_and_end() -> None:
        try:
            statuses.append(status_of(f"http://127.0.0.1:{port}/graphql"))
        finally:
            os.kill(os.getpid(), signal.SIGINT)

    threading.Thread(target=look_and_end).start()
    settings = {"database_url": database_url, "identity__development": "true"}
    result = run("serve", "--port", str(port), **settings)
    assert result.exit_code == 0
    assert statuses == [400]
    assert result.stderr.startswith("WARNING: no issuer is configured")


def test_a_port_is_taken_as_one_of_tcp() -> None:
    with listening("127.0.0.1", 0) as taken:
        taken.listen()
        with socket.create_connection(taken.getsockname()):
            accepted, _ = taken.accept()
            # What asyncio looks at before it switches Nagle's algorithm off.
            assert accepted.proto == socket.IPPROTO_TCP
            accepted.close()


def status_of(address: str) -> int:
    """Of a GET, once there is an answer."""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        try:
            with urlopen(address) as answer:
                return int(answer.status)
        except URLError as error:
            if status := getattr(error, "code", None):
                return int(status)
    raise AssertionError("no answer")


def test_migrating_says_what_it_did(
    run: Run, postgres: EmbeddedPostgres, database_name: str, database_url: str
) -> None:
    owner = postgres.url(SUPERUSER, database_name)
    result = run("migrate", database_url=database_url, migration_url=owner)
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        f"schema was at {head()}",
        "role klantbeeld was there",
        "role klantbeeld may read and write rows",
    ]


def test_a_migration_without_an_owner_uses_the_only_address(
    run: Run, postgres: EmbeddedPostgres, database_name: str
) -> None:
    result = run("migrate", database_url=postgres.url(SUPERUSER, database_name))
    assert result.exit_code == 0
    assert result.stdout.endswith("owns the schema and runs the gateway\n")


def test_a_migration_that_cannot_be_done_is_told(run: Run) -> None:
    result = run("migrate", database_url=f"postgresql://x:{SECRET}@127.0.0.1:1/x")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("no connection to the database")
    assert SECRET not in result.stderr


def test_a_check_that_finds_nothing_wrong_ends_well(
    run: Run, database_url: str
) -> None:
    result = run("check", database_url=database_url)
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "ok    settings: valid",
        f"ok    database: at {head()}",
        "ok    registers: none configured",
        "ok    identity: no issuer is configured, so nobody is asked who they are",
    ]


def test_a_check_that_finds_something_wrong_does_not(run: Run) -> None:
    result = run("check", database_url="postgresql://x@127.0.0.1:1/x")
    assert result.exit_code == 1
    assert result.stdout.splitlines()[1].startswith("FAIL  database: no connection")


def test_subscribing_says_what_is_missing_for_it(run: Run) -> None:
    result = run("subscribe", database_url="postgresql://x@/x")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.splitlines() == [
        "KLANTBEELD_NOTIFICATIES_SECRET: is needed to subscribe",
        "KLANTBEELD_NOTIFICATIES_CALLBACK_URL: is needed to subscribe",
        "KLANTBEELD_REGISTERS: none is of kind notificaties",
        "KLANTBEELD_REGISTERS: none has records that change",
    ]


@pytest.mark.parametrize(
    ("kanaal", "code", "stdout", "stderr"),
    [
        ("objecten", 0, "abonnement made, for objecten", ""),
        (
            "zaken",
            1,
            "has no kanaal objecten, so nothing is told of that",
            "no abonnement, since it has no kanaal of use",
        ),
    ],
)
def test_subscribing_says_what_it_did(
    run: Run, kanaal: str, code: int, stdout: str, stderr: str
) -> None:
    listening = bound(0)
    with Background(a_notificaties_api(kanaal), listening):
        known = f'"client_id": "x", "secret": "{SECRET}"'
        registers = (
            '[{"name": "objecten", "kind": "objecten", "base_url": "http://x.example",'
            ' "token": "x"}, {"name": "nrc", "kind": "notificaties",'
            f' "base_url": "http://127.0.0.1:{port_of(listening)}", {known}}}]'
        )
        result = run(
            "subscribe",
            database_url="postgresql://x@/x",
            registers=registers,
            notificaties_secret=SECRET,
            notificaties_callback_url="https://klantbeeld.example/notificaties",
        )
    assert result.exit_code == code
    assert result.stdout == f"register nrc: {stdout}\n"
    assert result.stderr == (f"register nrc: {stderr}\n" if stderr else "")


def a_notificaties_api(kanaal: str) -> Starlette:
    """One that has this kanaal, and no abonnementen."""
    made = {"POST": 201, "GET": 200}

    async def abonnement(request: Request) -> JSONResponse:
        return JSONResponse([], made[request.method])

    async def kanalen(_request: Request) -> JSONResponse:
        return JSONResponse([{"naam": kanaal}])

    return Starlette(
        routes=[
            Route("/kanaal", kanalen),
            Route("/abonnement", abonnement, methods=["GET", "POST"]),
        ]
    )


def test_a_deep_check_says_row_by_row_what_holds(
    run: Run, database_url: str, tmp_path: Path
) -> None:
    listening = bound(0)
    origin = f"http://localhost:{port_of(listening)}"
    addresses = Addresses({StandinName.OBJECTEN: origin})
    standin = create_objecten(write_fixtures(tmp_path), addresses)
    register = (
        '[{"name": "objecten", "kind": "objecten", "base_url": "%s", "token": "%s"}]'
    )
    registers = register % (addresses.base("objecten"), TOKEN)
    with Background(standin, listening):
        result = run("check", "--deep", database_url=database_url, registers=registers)
    rows = result.stdout.splitlines()
    assert result.exit_code == 0
    assert rows[2] == "ok    register objecten: answers"
    assert (
        rows[4]
        == "holds    register objecten: tells its version in API-version (2.7.0)"
    )
    assert [row.partition(" ")[0] for row in rows].count("holds") == 46
    assert [row for row in rows if row.startswith(("differs", "unknown"))] == [
        f"unknown  register objecten: a page has {size} (it has no more than {most})"
        for size, most in (
            ("100 records unless told", 100),
            ("no more than 500, silently", 500),
        )
    ]


def test_a_deep_check_that_finds_no_register_does_not_end_well(
    run: Run, database_url: str
) -> None:
    register = (
        '[{"name": "objecten", "kind": "objecten", "base_url": "http://127.0.0.1:1",'
        ' "token": "x"}]'
    )
    result = run("check", "--deep", database_url=database_url, registers=register)
    assert result.exit_code == 1
    assert result.stdout.splitlines()[2:] == [
        "FAIL  register objecten: no connection",
        "ok    identity: no issuer is configured, so nobody is asked who they are",
        "unknown  register objecten: no connection",
    ]


def test_a_demo_says_that_its_port_is_taken(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "data"
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        result = run("demo", "--port", str(port), data_dir=str(folder))
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == (
        f"port {port} cannot be used (Address already in use); choose another with"
        " --port, or any free one with --port 0\n"
    )
    assert not folder.exists()


def test_a_demo_says_that_its_folder_cannot_be_used(run: Run, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    folder = tmp_path / "file" / "data"
    result = run("demo", "--port", "0", data_dir=str(folder))
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == (
        f"the folder {folder} cannot be used (Not a directory); choose another folder"
        " with KLANTBEELD_DATA_DIR\n"
    )


def test_a_demo_says_that_its_folder_has_too_long_a_name(
    run: Run, public_folder: Path
) -> None:
    folder = public_folder / ("x" * 100)
    result = run("demo", "--port", "0", data_dir=str(folder))
    assert result.exit_code == 1
    assert "has too long a name" in result.stderr
    assert result.stderr.count("\n") == 1


def test_a_demo_does_not_leave_off_what_it_does_not_have(run: Run) -> None:
    result = run("demo", "--without", "besluiten")
    assert result.exit_code == 2
    assert "documenten" in result.stderr


def test_a_taken_port_is_one_sentence(run: Run) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        settings = {"database_url": "postgresql://x@/x"}
        result = run("serve", "--port", port, **settings, identity__development="true")
    assert result.exit_code == 1
    assert result.stderr == f"port {port} is taken: choose another with --port\n"
