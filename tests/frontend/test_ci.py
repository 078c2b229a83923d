"""A frontend's CI starts the demo, asks it something, and ends it: `ci.sh`."""

import json
import os
import subprocess
import sys
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


def run(workplace: Path, data: Path) -> "subprocess.CompletedProcess[str]":
    """What a CI does, where klantbeeld is installed."""
    programs = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return subprocess.run(  # noqa: S603 - our own arguments
        ["/bin/sh", SCRIPT],
        cwd=workplace,
        env={**os.environ, "PATH": programs, "KLANTBEELD_DATA_DIR": str(data)},
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )


def test_it_asks_a_demo_that_leaves_nothing(workplace: Path) -> None:
    done = run(workplace, workplace / "data")
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["data"] == {
        "mijnKlantbeeld": {"partij": {"nummer": "1001"}}
    }
    shown = (workplace / "demo.log").read_text().splitlines()
    assert sum(line.startswith("GraphQL: http://127.0.0.1:") for line in shown) == 1
    assert shown[-1] == "Everything has ended."
    assert servers_on(workplace / "data") == set()


def test_it_fails_when_the_demo_does(workplace: Path) -> None:
    (workplace / "file").touch()
    done = run(workplace, workplace / "file" / "data")
    assert (done.returncode, done.stdout) == (1, "")
    assert "cannot be used (Not a directory)" in done.stderr


def test_the_readme_has_the_script() -> None:
    shown = f"```sh\n{SCRIPT.read_text()}```\n"
    assert (ROOT / "README.md").read_text().count(shown) == 1
