"""A frontend's CI starts the demo, asks it something, and ends it: `ci.sh`."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.demo.running import ROOT, servers_on

SCRIPT = Path(__file__).parent / "ci.sh"
PATIENCE = 120.0


@pytest.fixture
def workplace(public_folder: Path) -> Path:
    folder = public_folder / "ci"
    folder.mkdir(exist_ok=True)
    return folder


def started(workplace: Path, data: Path) -> "subprocess.Popen[str]":
    """What a CI does, where klantbeeld is installed."""
    programs = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return subprocess.Popen(  # noqa: S603 - our own arguments
        ["/bin/sh", SCRIPT],
        cwd=workplace,
        env={**os.environ, "PATH": programs, "KLANTBEELD_DATA_DIR": str(data)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def run(workplace: Path, data: Path) -> tuple[int, str, str]:
    """The code with which it ends, and what it says and complains of."""
    with started(workplace, data) as script:
        said, complained = script.communicate(timeout=PATIENCE)
    return script.returncode, said, complained


def waited_for(text: str, log: Path) -> None:
    """Read what the demo says until this is in it."""
    until = time.monotonic() + PATIENCE
    while not (log.exists() and text in log.read_text()):
        assert time.monotonic() < until
        time.sleep(0.05)  # a file tells nobody that it grows


def test_it_asks_a_demo_that_leaves_nothing(workplace: Path) -> None:
    code, said, complained = run(workplace, workplace / "data")
    assert (code, complained) == (0, "")
    assert json.loads(said)["data"] == {
        "mijnKlantbeeld": {"partij": {"nummer": "1001"}}
    }
    shown = (workplace / "demo.log").read_text().splitlines()
    assert sum(line.startswith("GraphQL: http://127.0.0.1:") for line in shown) == 1
    assert shown[-1] == "Everything has ended."
    assert servers_on(workplace / "data") == set()


def test_it_fails_when_the_demo_does(workplace: Path) -> None:
    (workplace / "file").touch()
    code, said, complained = run(workplace, workplace / "file" / "data")
    assert (code, said) == (1, "")
    assert "cannot be used (Not a directory)" in complained


def test_a_job_that_is_cancelled_leaves_nothing(workplace: Path) -> None:
    log, data = workplace / "demo.log", workplace / "data"
    log.unlink(missing_ok=True)
    with started(workplace, data) as script:
        waited_for("PostgreSQL", log)
        script.terminate()
        script.communicate(timeout=PATIENCE)
    assert script.returncode == 143
    assert log.read_text().splitlines()[-1] == "Everything has ended."
    assert servers_on(data) == set()


def test_the_readme_has_the_script() -> None:
    shown = f"```sh\n{SCRIPT.read_text()}```\n"
    assert (ROOT / "README.md").read_text().count(shown) == 1
