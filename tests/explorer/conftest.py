"""A demo with the explorer, and one without."""

import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn

from gateway.app import create_app
from gateway.demo.addresses import Addresses
from gateway.demo.run import gateway_settings
from gateway.demo.servers import bound, port_of, quiet
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


@pytest.fixture
def plain(built: Path, database_url: str) -> Iterator[str]:
    """The address of a gateway that asks nobody who they are, and knows nobody."""
    assert built.is_dir()
    app = create_app(gateway_settings(database_url, Addresses()))
    server = uvicorn.Server(quiet(app, lifespan=True))
    with bound(0) as listening:
        thread = threading.Thread(target=server.run, args=([listening],))
        thread.start()
        yield f"http://127.0.0.1:{port_of(listening)}/graphql"
        server.should_exit = True
        thread.join()
