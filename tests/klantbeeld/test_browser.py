"""The query page in a real browser."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser import opened

pytestmark = pytest.mark.browser


@pytest.fixture
def page(served: str) -> Iterator[Page]:
    """The query page of a gateway that asks nobody who they are."""
    with opened(served) as page:
        yield page


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
    page.get_by_text("Wie vraagt").click()
    page.get_by_role("button", name="Vraag stellen").click()
    expect(page.get_by_role("status")).to_have_text(re.compile("^HTTP 200"))
    box = page.locator("html").bounding_box()
    assert box is not None
    for locator in page.locator("select, textarea, input, button, pre").all():
        inner = locator.bounding_box()
        assert inner is not None
        assert inner["x"] >= 0
        assert inner["x"] + inner["width"] <= width
