"""The links that the demo shows, in a real browser."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import opened
from tests.demo.running import Shown

pytestmark = pytest.mark.browser


def asked(page: Page) -> None:
    page.get_by_role("button", name="Vraag stellen").click()
    expect(page.get_by_role("status")).to_have_text(re.compile("^HTTP 200"))


@pytest.mark.parametrize(
    ("number", "field"), [(0, "mijnKlantbeeld"), (1, "klantbeeld")]
)
def test_a_link_asks_as_whom_it_is_for(shown: Shown, number: int, field: str) -> None:
    with opened(shown.links[number]) as page:
        asked(page)
        answer = page.get_by_role("region", name="Antwoord")
        expect(answer).to_contain_text("Sanne van der Veldt")
        expect(answer).to_contain_text(f'"{field}"')
        expect(page.get_by_text("Wie vraagt: wie in het token staat")).to_be_visible()
        assert page.url == shown.address


def test_another_link_in_the_same_tab_is_heeded_too(shown: Shown) -> None:
    resident, employee = shown.links
    with opened(resident) as page:
        asked(page)
        page.goto(employee)
        expect(page.get_by_label("Doel")).to_have_value("klantcontact")
        expect(page.get_by_role("status")).to_have_text("Nog niets gevraagd.")
        expect(page.locator("#answer")).to_be_empty()
        asked(page)
        expect(page.locator("#answer")).to_contain_text('"digitaleAdressen"')
        assert page.url == shown.address


def test_who_has_no_token_is_told_where_it_belongs(shown: Shown) -> None:
    with opened(shown.address) as page:
        expect(page.get_by_label("Token")).to_be_hidden()
        asked(page)
        expect(page.get_by_role("status")).to_contain_text(
            "fouten: UNAUTHENTICATED (1); plak een geldig token bij Wie vraagt"
        )
        page.get_by_label("Token").fill(shown.tokens["klant"])
        page.get_by_label("Voorbeeld").select_option(index=1)
        asked(page)
        expect(page.locator("#answer")).to_contain_text("Sanne van der Veldt")
