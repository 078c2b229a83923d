"""What the tests take from npm, installed once for each version of the lock file."""

import shutil
import subprocess
from pathlib import Path

import pytest

HERE = Path(__file__).parent
MODULES = HERE / "node_modules"
PATIENCE = 300.0
"""Seconds that an installation may take."""


def program(name: str) -> str:
    """Find a program of Node.js; without it, the test is skipped."""
    found = shutil.which(name)
    if found is None:
        pytest.skip(f"no {name} on this machine; .ci/run installs it")
    return found


def modules() -> Path:
    """The folder of the packages that `package-lock.json` names."""
    lock = (HERE / "package-lock.json").read_bytes()
    mark = MODULES / ".installed"
    if not mark.exists() or mark.read_bytes() != lock:
        subprocess.run(  # noqa: S603 - our own arguments
            [program("npm"), "ci"], cwd=HERE, check=True, timeout=PATIENCE
        )
        mark.write_bytes(lock)
    return MODULES
