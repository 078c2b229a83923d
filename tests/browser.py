"""A page in a real browser, which may reach the gateway and nothing else."""

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import pytest
from playwright.sync_api import Page, Request, sync_playwright

CHROMIUM = shutil.which("chromium")
FLAGS = [
    "--no-sandbox",  # root has none
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
]


@contextmanager
def opened(address: str, *, says: Sequence[str] = ()) -> Iterator[Page]:
    """A page, opened; what it says on the console fails the test.

    So does a request to elsewhere, or for an address with more in it than a path.

    Args:
        address: what is opened.
        says: what is to be said on the console, and nothing else.
    """
    if CHROMIUM is None:
        pytest.skip("no chromium on this machine; .ci/run installs it")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = browser.new_page(viewport={"width": 1280, "height": 860})
        said: list[str] = []
        asked: list[Request] = []
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("request", lambda request: asked.append(request))  # noqa: PLW0108 - Playwright reads the signature
        page.goto(address)
        yield page
        browser.close()
        assert said == list(says), said
        gateway = address.partition("#")[0]
        assert all(request.url.startswith(gateway) for request in asked)
        assert all("?" not in request.url for request in asked)
