from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser import launched
from tests.demo.running import running
from tests.voorbeeld.visiting import PATIENCE, Portal


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with launched() as browser:
        yield browser


@pytest.fixture(scope="module")
def portal(public_folder: Path, browser: Browser) -> Iterator[Portal]:
    """Of a demo that runs now."""
    with running(public_folder / "portal", "--port", "0", patience=PATIENCE) as demo:
        yield Portal(browser, demo.started().address)


@pytest.fixture(scope="module")
def incomplete(public_folder: Path, browser: Browser) -> Iterator[Portal]:
    """Of a demo without the register of documenten."""
    without = ("--without", "documenten")
    with running(
        public_folder / "incomplete", "--port", "0", *without, patience=PATIENCE
    ) as demo:
        yield Portal(browser, demo.started().address)
