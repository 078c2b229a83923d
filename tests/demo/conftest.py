from collections.abc import Iterator
from pathlib import Path

import pytest

from gateway.demo.standins.conduct import Conduct
from gateway.demo.standins.documenten import create_documenten
from gateway.demo.standins.objecten import create_objecten
from gateway.demo.standins.zaken import create_zaken
from tests.demo.running import Shown, running
from tests.demo.standins import (
    ADDRESSES,
    CRS,
    OBJECTS,
    ZGW,
    Client,
    clock,
    write_fixtures,
)


@pytest.fixture(scope="session")
def few(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A handful of records, as the fixtures of the demo are laid out."""
    return write_fixtures(tmp_path_factory.mktemp("few"))


@pytest.fixture
def conduct() -> Conduct:
    """Of the three below; a test may ask for another by parametrising it."""
    return Conduct()


@pytest.fixture
def zaken(few: Path, conduct: Conduct) -> Client:
    standin = create_zaken(few, ADDRESSES, clock=clock, conduct=conduct)
    return Client(standin, ADDRESSES.base("zaken"), {**ZGW, **CRS})


@pytest.fixture
def documenten(few: Path, conduct: Conduct) -> Client:
    standin = create_documenten(few, ADDRESSES, clock=clock, conduct=conduct)
    return Client(standin, ADDRESSES.base("documenten"), ZGW)


@pytest.fixture
def objecten(few: Path, conduct: Conduct) -> Client:
    standin = create_objecten(few, ADDRESSES, conduct=conduct)
    return Client(standin, ADDRESSES.base("objecten"), {**OBJECTS, **CRS})


@pytest.fixture(scope="module")
def shown(public_folder: Path) -> Iterator[Shown]:
    """What a demo showed that runs now."""
    with running(public_folder / "asked", "--port", "0") as demo:
        yield demo.started()
