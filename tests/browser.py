"""Pages in a real browser, which may reach what is tested and nothing else."""

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import cast

import pytest
from playwright.sync_api import Browser, Page, Request, sync_playwright

from tests.frontend.npm import modules

_CHROMIUM = shutil.which("chromium")
_FLAGS = [
    "--no-sandbox",  # root has none
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
]
_SERIOUS = """axe.run(document).then(({violations}) => violations
  .filter(({impact}) => ['serious', 'critical'].includes(impact))
  .flatMap(({id, nodes}) => nodes.map(({target}) => [id, target.join(' ')])))"""


@contextmanager
def launched() -> Iterator[Browser]:
    """A browser; without Chromium, the test is skipped."""
    if _CHROMIUM is None:
        pytest.skip("no chromium on this machine; .ci/run installs it")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_CHROMIUM, args=_FLAGS)
        yield browser
        browser.close()


@contextmanager
def watched(
    page: Page, within: str, *, may_say: str | None = None
) -> Iterator[Sequence[str]]:
    """Watch a page, before it is opened; it is closed afterwards.

    What it says on the console fails the test. So does a request to elsewhere, or for an
    address with more in it than a path.

    Args:
        page: in a browser.
        within: how each address begins that it may ask for.
        may_say: what may stand in what it says.

    Yields:
        The addresses that it asked for, so far.
    """
    said: list[str] = []
    urls: list[str] = []

    def remember(request: Request) -> None:
        urls.append(request.url)

    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", remember)
    yield urls
    page.close()
    assert [each for each in said if may_say is None or may_say not in each] == []
    assert [url for url in urls if not url.startswith(within)] == []
    assert [url for url in urls if "?" in url] == []


@contextmanager
def opened(address: str, *, may_say: str | None = None) -> Iterator[Page]:
    """A page, opened in a browser of its own, and watched.

    Args:
        address: what is opened; all that it asks for is below it.
        may_say: what may stand in what it says on the console.
    """
    with launched() as browser:
        page = browser.new_page(viewport={"width": 1280, "height": 860})
        with watched(page, address.partition("#")[0], may_say=may_say):
            page.goto(address)
            yield page


def violations(page: Page) -> Sequence[tuple[str, str]]:
    """What axe-core finds serious or critical: the rule, and a selector of where."""
    axe = modules() / "axe-core" / "axe.min.js"
    # Given to the browser, not to the page: its policy allows no script but its own.
    page.evaluate(axe.read_text(encoding="utf-8"))
    found = cast("list[list[str]]", page.evaluate(_SERIOUS))
    return [(rule, where) for rule, where in found]
