"""GraphQL over HTTP, as graphql-http audits it."""

import json
import os
import socket
import subprocess
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import uvicorn

from gateway.app import create_app
from gateway.settings import Settings
from tests.frontend.npm import modules, program

pytestmark = pytest.mark.npm

AUDITS = Path(__file__).parent / "audits.cjs"
PATIENCE = 60.0
"""Seconds; they take one."""


@pytest.fixture
def address(database_url: str) -> Iterator[str]:
    """A gateway on a port of its own; all settings as they are by default."""
    settings = {"database_url": database_url, "identity": {"development": True}}
    app = create_app(Settings.model_validate(settings))
    server = uvicorn.Server(uvicorn.Config(app, log_config=None, access_log=False))
    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=server.run, args=([listening],))
        thread.start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/graphql"
        server.should_exit = True
        thread.join()


def test_every_audit_passes(address: str, tell: Callable[[str], None]) -> None:
    done = subprocess.run(  # noqa: S603 - our own arguments
        [program("node"), str(AUDITS), address],
        env={**os.environ, "NODE_PATH": str(modules())},
        capture_output=True,
        check=True,
        timeout=PATIENCE,
    )
    audits = json.loads(done.stdout)
    levels = ("MUST", "SHOULD", "MAY")
    of = Counter(each["name"].split()[0] for each in audits)
    passed = Counter(
        each["name"].split()[0] for each in audits if each["status"] == "ok"
    )
    counts = ", ".join(f"{level} {passed[level]} of {of[level]}" for level in levels)
    tell(f"audits of graphql-http: {passed.total()} of {of.total()} ({counts})")
    assert [each for each in audits if each["status"] != "ok"] == []
    assert of == {"MUST": 13, "SHOULD": 23, "MAY": 25}
