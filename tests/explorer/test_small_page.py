"""The small page, which is there when the explorer could not be built."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import opened
from tests.demo.running import Shown

pytestmark = pytest.mark.browser


def asked(page: Page) -> None:
    page.get_by_role("button", name="Vraag stellen").click()
    expect(page.get_by_role("status")).to_have_text(re.compile("^HTTP 200"))


def test_it_says_how_to_get_the_explorer(bare: Shown) -> None:
    with opened(bare.address) as page:
        expect(page.get_by_text("GraphiQL, met documentatie en tabs")).to_have_text(
            "GraphiQL, met documentatie en tabs, komt hier als Klantbeeld opnieuw wordt"
            " geïnstalleerd op een machine met npm en toegang tot een npm-register."
        )


@pytest.mark.parametrize(
    ("number", "field"), [(0, "mijnKlantbeeld"), (1, "klantbeeld")]
)
def test_a_link_asks_as_whom_it_is_for(bare: Shown, number: int, field: str) -> None:
    with opened(bare.links[number]) as page:
        asked(page)
        answer = page.get_by_role("region", name="Antwoord")
        expect(answer).to_contain_text("Sanne van der Veldt")
        expect(answer).to_contain_text(f'"{field}"')
        expect(page.get_by_text("Token: ingevuld")).to_be_visible()
        assert page.url == bare.address


def test_another_link_in_the_same_tab_is_heeded_too(bare: Shown) -> None:
    resident, employee = bare.links
    with opened(resident) as page:
        asked(page)
        page.goto(employee)
        expect(page.get_by_label("Wie vraagt in deze demo")).to_have_value("medewerker")
        expect(page.get_by_role("status")).to_have_text("Nog niets gevraagd.")
        expect(page.locator("#answer")).to_be_empty()
        asked(page)
        expect(page.locator("#answer")).to_contain_text('"digitaleAdressen"')
        assert page.url == bare.address


def test_who_has_no_token_is_told_where_it_belongs(bare: Shown) -> None:
    with opened(bare.address) as page:
        page.get_by_label("Wie vraagt in deze demo").select_option("")
        expect(page.get_by_label("Token")).to_be_hidden()
        expect(page.get_by_text("Token: leeg")).to_be_visible()
        asked(page)
        expect(page.get_by_role("status")).to_contain_text("UNAUTHENTICATED (")
        expect(page.get_by_role("status")).to_contain_text(
            "; plak een geldig token bij Token"
        )
        page.get_by_label("Token").fill(bare.tokens["klant"])
        asked(page)
        expect(page.locator("#answer")).to_contain_text("Sanne van der Veldt")


def test_every_example_goes_without_a_mistake(bare: Shown) -> None:
    with opened(bare.address) as page:
        examples = page.get_by_label("Voorbeeld")
        assert examples.locator("option").count() == 6
        for index in range(6):
            examples.select_option(index=index)
            page.get_by_label("Vraag (GraphQL)").press("Control+Enter")
            expect(page.get_by_role("status")).to_have_text(re.compile("^HTTP 200"))
            answer = page.get_by_role("region", name="Antwoord")
            expect(answer).to_contain_text('"complete": true')


def test_a_mistake_can_be_read(bare: Shown) -> None:
    with opened(bare.links[1]) as page:
        page.get_by_label("Variabelen").fill('{"bsn": "123"}')
        page.get_by_role("button", name="Vraag stellen").click()
        answer = page.get_by_role("region", name="Antwoord")
        expect(answer).to_contain_text("$bsn: must be 9 digits that pass the 11-proef")
        page.get_by_label("Variabelen").fill("{")
        page.get_by_role("button", name="Vraag stellen").click()
        expect(page.get_by_role("status")).to_contain_text("geen JSON")


@pytest.mark.parametrize("size", [(1280, 860), (390, 800)])
def test_nothing_falls_off_the_side(bare: Shown, size: tuple[int, int]) -> None:
    width, height = size
    with opened(bare.address) as page:
        page.set_viewport_size({"width": width, "height": height})
        page.locator("summary").click()
        asked(page)
        for locator in page.locator("select, textarea, input, button, pre").all():
            inner = locator.bounding_box()
            assert inner is not None
            assert inner["x"] >= 0
            assert inner["x"] + inner["width"] <= width
