"""A demo with the explorer, and one without."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from gateway.edge.explorer.build_hook import build
from tests.demo.running import Shown, running
from tests.frontend.npm import program
from tests.municipality import ROOT

EDGE = ROOT / "gateway" / "edge"
BUNDLE = EDGE / "static" / "explorer"
PATIENCE = 1200.0
"""Seconds that a demo may be there, for all tests of this folder."""


@pytest.fixture(scope="session")
def built() -> Path:
    """The bundle, as the sources are now."""
    program("npm")
    build(EDGE / "explorer", BUNDLE)
    return BUNDLE


@pytest.fixture(scope="session")
def shown(built: Path, public_folder: Path) -> Iterator[Shown]:
    """What a demo with the explorer showed."""
    assert built.is_dir()
    folder = public_folder / "explorer"
    with running(folder, "--port", "0", patience=PATIENCE) as demo:
        yield demo.started()


@pytest.fixture(scope="session")
def bare(public_folder: Path) -> Iterator[Shown]:
    """What a demo showed of an installation that came without npm."""
    root = public_folder / "bare"
    without = shutil.ignore_patterns("explorer", "__pycache__")
    for name in ("gateway", "schema", "fixtures"):
        shutil.copytree(ROOT / name, root / name, ignore=without)
    folder = public_folder / "bare-data"
    with running(folder, "--port", "0", root=root, patience=PATIENCE) as demo:
        yield demo.started()
