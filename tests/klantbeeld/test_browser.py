"""The query page in a real browser, which may reach the gateway and nothing else."""

import re
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, Request, expect, sync_playwright

pytestmark = pytest.mark.browser

CHROMIUM = shutil.which("chromium")
FLAGS = [
    "--no-sandbox",  # root has none
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
]


@pytest.fixture
def page(served: str) -> Iterator[Page]:
    """The query page, opened; what it says on the console fails the test."""
    if CHROMIUM is None:
        pytest.skip("no chromium on this machine; .ci/run installs it")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = browser.new_page(viewport={"width": 1280, "height": 860})
        said: list[str] = []
        asked: list[Request] = []
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("request", lambda request: asked.append(request))  # noqa: PLW0108
        page.goto(served)
        yield page
        browser.close()
        assert said == []
        origin = served.removesuffix("/graphql")
        assert all(request.url.startswith(origin) for request in asked)


def test_an_example_is_there_and_is_answered(page: Page) -> None:
    expect(page.get_by_label("Vraag (GraphQL)")).to_have_value(re.compile("klantbeeld"))
    page.get_by_role("button", name="Vraag stellen").click()
    expect(page.get_by_role("status")).to_have_text(re.compile("^HTTP 200"))
    answer = page.get_by_role("region", name="Antwoord")
    expect(answer).to_contain_text("Sanne van der Veldt")
    expect(answer).to_contain_text("ZAAK-")


def test_every_example_goes_without_a_mistake(page: Page) -> None:
    examples = page.get_by_label("Voorbeeld")
    for index in range(examples.locator("option").count()):
        examples.select_option(index=index)
        page.get_by_label("Vraag (GraphQL)").press("Control+Enter")
        expect(page.get_by_role("status")).to_have_text(re.compile("^HTTP 200"))
        answer = page.get_by_role("region", name="Antwoord")
        expect(answer).to_contain_text('"data"')
        expect(answer).not_to_contain_text("BAD_INPUT")


def test_a_mistake_can_be_read(page: Page) -> None:
    page.get_by_label("Variabelen").fill('{"bsn": "123"}')
    page.get_by_role("button", name="Vraag stellen").click()
    answer = page.get_by_role("region", name="Antwoord")
    expect(answer).to_contain_text("$bsn: must be 9 digits that pass the 11-proef")
    page.get_by_label("Variabelen").fill("{")
    page.get_by_role("button", name="Vraag stellen").click()
    expect(page.get_by_role("status")).to_contain_text("geen JSON")


@pytest.mark.parametrize("size", [(1280, 860), (390, 800)])
def test_nothing_falls_off_the_side(page: Page, size: tuple[int, int]) -> None:
    width, height = size
    page.set_viewport_size({"width": width, "height": height})
    page.get_by_role("button", name="Vraag stellen").click()
    expect(page.get_by_role("status")).to_have_text(re.compile("^HTTP 200"))
    box = page.locator("html").bounding_box()
    assert box is not None
    for locator in page.locator("select, textarea, button, pre").all():
        inner = locator.bounding_box()
        assert inner is not None
        assert inner["x"] >= 0
        assert inner["x"] + inner["width"] <= width
