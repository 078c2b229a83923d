"""What axe-core finds in the explorer and in the small page."""

from collections.abc import Callable
from typing import Literal

import pytest
from playwright.sync_api import Page, expect

from tests.browser import opened, violations
from tests.demo.running import Shown
from tests.explorer.exploring import Explorer, exploring

pytestmark = pytest.mark.browser

# What GraphiQL itself does, and no setting of it changes.
ACCEPTED = {
    # A tab holds the button that opens it and the one that closes it; both have names
    # and can be reached with Tab.
    ("nested-interactive", ".graphiql-tab"),
    # An item of the history is called by what pressing it does, in English, while it
    # shows the name of the operation.
    ("label-content-name-mismatch", ".graphiql-history-item-label"),
}
MATCHES = "([target, selector]) => document.querySelector(target).matches(selector)"


def unaccepted(page: Page) -> list[tuple[str, str]]:
    """Rule and selector of what is serious or critical, and is not accepted."""
    return [
        (rule, target)
        for rule, target in violations(page)
        if not any(
            rule == accepted and page.evaluate(MATCHES, [target, selector])
            for accepted, selector in ACCEPTED
        )
    ]


def answered(explorer: Explorer) -> None:
    explorer.ask()
    expect(explorer.answer).to_contain_text("Sanne van der Veldt")


def documented(explorer: Explorer) -> None:
    explorer.page.get_by_label("Show Documentation Explorer").click()
    docs = explorer.page.get_by_label("Documentation Explorer", exact=True)
    docs.get_by_role("link", name="Query", exact=True).first.click()
    expect(docs).to_contain_text("Wat er te vragen is.")


def remembered(explorer: Explorer) -> None:
    explorer.ask()
    explorer.page.get_by_label("Show History").click()
    expect(explorer.page.get_by_label("Edit label")).to_be_visible()


def headed(explorer: Explorer) -> None:
    explorer.page.get_by_role("button", name="Headers", exact=True).click()


def helped(explorer: Explorer) -> None:
    explorer.page.get_by_label("Open short keys dialog").click()
    expect(explorer.page.get_by_role("dialog")).to_be_visible()


def settled(explorer: Explorer) -> None:
    explorer.page.get_by_label("Open settings dialog").click()
    expect(explorer.page.get_by_role("dialog")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize(
    "act", [answered, documented, remembered, headed, helped, settled]
)
def test_nothing_serious_is_in_the_way(
    shown: Shown,
    act: Callable[[Explorer], None],
    width: int,
    scheme: Literal["light", "dark"],
) -> None:
    with exploring(shown.address, width=width) as explorer:
        explorer.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        explorer.page.reload()
        explorer.ready()
        act(explorer)
        assert unaccepted(explorer.page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_is_in_the_small_page_either(
    bare: Shown, scheme: Literal["light", "dark"]
) -> None:
    with opened(bare.address) as page:
        page.emulate_media(color_scheme=scheme)
        page.get_by_role("button", name="Vraag stellen").click()
        expect(page.locator("#answer")).to_contain_text("Sanne van der Veldt")
        assert violations(page) == []
