"""`klantbeeld import open-klant`, as it is run: what it prints, its code, and its end."""

import asyncio
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import httpx
import pytest
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send
from typer.testing import CliRunner

from gateway.__main__ import app
from gateway.demo.servers import Background, bound, port_of
from tests.importing.conftest import Here, an_import, written
from tests.importing.filling import Filling
from tests.importing.standin import BASE, TOKEN, OpenKlant

pytestmark = pytest.mark.anyio

PATH = httpx.URL(BASE).path
HEADER = "what\tsoort\tuuid\tfield\trule"


class Served:
    """The stand-in, over HTTP."""

    def __init__(self, standin: OpenKlant) -> None:
        self._standin = standin

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        request = Request(scope)
        asked = httpx.Request(
            request.method, str(request.url), headers=request.headers.raw
        )
        answer = await self._standin.handle_async_request(asked)
        media = answer.headers["content-type"]
        response = Response(answer.content, answer.status_code, media_type=media)
        await response(scope, receive, send)


@pytest.fixture
def environment(
    standin: OpenKlant, database_url: str, tmp_path: Path
) -> Iterator[Mapping[str, str]]:
    """The settings of a gateway beside the stand-in, which is served."""
    nothing = tmp_path / "empty.toml"
    nothing.touch()
    listening = bound(0)
    with Background(Served(standin), listening):
        open_klant = {
            "base_url": f"http://127.0.0.1:{port_of(listening)}{PATH}",
            "token": TOKEN,
        }
        yield {
            "KLANTBEELD_CONFIG": str(nothing),
            "KLANTBEELD_DATABASE_URL": database_url,
            "KLANTBEELD_OPEN_KLANT": json.dumps(open_klant),
        }


def test_what_comes_along_is_counted(
    there: Filling, environment: Mapping[str, str]
) -> None:
    there.persoon("Bakker", "999993653")
    result = CliRunner().invoke(app, ["import", "open-klant"], env=environment)
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr.splitlines() == [
        HEADER,
        "partij: 1 made",
        "partij_identificator: 1 made",
        "nothing was left out",
    ]


def test_what_does_not_is_a_line_and_exit_code_1(
    there: Filling, environment: Mapping[str, str]
) -> None:
    key = there.persoon("Bakker")
    adres = there.digitaal_adres("telefoonnummer", "14010", partij=key)
    result = CliRunner().invoke(
        app, ["import", "open-klant", "--since", "2026-01-01"], env=environment
    )
    rule = "is no telephone number of somebody"
    line = f"left out\tdigitaal_adres\t{adres}\tadres\t{rule}"
    assert (result.exit_code, result.stdout) == (1, f"{line}\n")
    assert result.stderr.splitlines() == [
        HEADER,
        "partij: 1 made",
        "1 left out; each has a line",
    ]


def test_what_stops_it_is_said_in_words(
    standin: OpenKlant, environment: Mapping[str, str]
) -> None:
    standin.before = lambda _path: httpx.Response(403, json={})
    result = CliRunner().invoke(app, ["import", "open-klant"], env=environment)
    assert result.exit_code == 1
    stopped = "stopped: register open-klant: status 403; run it again to go on"
    assert result.stderr.splitlines() == [HEADER, stopped]


async def test_one_that_is_killed_while_it_writes_goes_on(
    there: Filling,
    standin: OpenKlant,
    environment: Mapping[str, str],
    here: Here,
    other_url: str,
    elsewhere: Here,
) -> None:
    fill_with_much(there)
    await an_import(standin, other_url, page_size=500).run()
    expected = await written(elsewhere)
    killed = await started(environment)
    while await number_of(here) < 30:
        assert killed.returncode is None
        await asyncio.sleep(0.01)
    killed.send_signal(signal.SIGKILL)
    assert await killed.wait() == -signal.SIGKILL
    assert await (await started(environment)).wait() == 0
    assert await written(here) == expected
    assert len(expected["klantcontacten"]) == 100


async def started(environment: Mapping[str, str]) -> asyncio.subprocess.Process:
    command = [sys.executable, "-m", "gateway", "import", "open-klant"]
    none = subprocess.DEVNULL
    env = {**os.environ, **environment}
    return await asyncio.create_subprocess_exec(
        *command, env=env, stdout=none, stderr=none
    )


async def number_of(here: Here) -> int:
    found = await here.value("SELECT count(*) FROM klantcontacten")
    assert isinstance(found, int)
    return found


def fill_with_much(there: Filling) -> None:
    """Put 100 klantcontacten there, of 20 people."""
    actor = there.actor()
    people = [there.persoon(f"Bakker {number}") for number in range(20)]
    for number in range(100):
        contact = there.klantcontact(number % 28 + 1, actor, inhoud=f"Vraag {number}")
        key = there.betrokkene(contact, people[number % 20])
        there.digitaal_adres("email", f"{number}@x.nl", betrokkene=key)
        there.interne_taak(contact, actor)
