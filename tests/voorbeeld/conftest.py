from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser import CHROMIUM, FLAGS
from tests.demo.running import running
from tests.voorbeeld.visiting import PATIENCE, Portal


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("no chromium on this machine; .ci/run installs it")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


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
