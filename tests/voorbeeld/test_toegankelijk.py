"""That everybody can use it: axe-core, a keyboard only, a narrow window, large text."""

from collections.abc import Callable, Mapping
from itertools import pairwise
from types import MappingProxyType

import pytest
from playwright.sync_api import Route, expect

from tests.browser import violations
from tests.voorbeeld.visiting import (
    BY_QUESTIONS,
    NARROW,
    NARROWEST,
    SANNE,
    WIDE,
    Portal,
    Scheme,
    Visit,
    focused,
)

pytestmark = [pytest.mark.browser, pytest.mark.npm]

INWONER, MEDEWERKER = "/inwoner.html", "/medewerker.html"


def at_login(visit: Visit) -> None:
    expect(visit.page.get_by_role("radio").first).to_be_visible()


def contacts(visit: Visit) -> None:
    visit.log_in("Sanne van der Veldt")
    expect(visit.heading("Contacten")).to_be_visible()


def failed(visit: Visit) -> None:
    visit.page.route("**/graphql", lambda route: route.abort())
    visit.log_in("Sanne van der Veldt")
    expect(visit.page.get_by_role("alert")).to_be_visible()


def searching(visit: Visit) -> None:
    visit.log_in("Yvonne Tieleman")
    visit.search("1")
    expect(visit.page.locator("#number-fout")).to_be_visible()


def found(visit: Visit) -> None:
    visit.log_in("Yvonne Tieleman")
    visit.search(SANNE)
    expect(visit.heading("Contacten")).to_be_visible()


def working(visit: Visit) -> None:
    visit.log_in("Yvonne Tieleman")
    visit.press("Werklijst")
    expect(visit.page.locator(".work")).to_be_visible()


def recording(visit: Visit) -> None:
    found(visit)
    visit.press("Gesprek vastleggen")
    visit.page.get_by_label("Een collega belt terug").check()
    visit.press("Vastleggen")
    expect(visit.heading("Het gesprek is nog niet vastgelegd")).to_be_visible()


STATES: Mapping[str, tuple[str, Callable[[Visit], None]]] = MappingProxyType(
    {
        "index": ("", lambda _: None),
        "login": (INWONER, at_login),
        "contacts": (INWONER, contacts),
        "failed": (INWONER, failed),
        "searching": (MEDEWERKER, searching),
        "found": (MEDEWERKER, found),
        "working": (MEDEWERKER, working),
        "recording": (MEDEWERKER, recording),
    }
)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("state", STATES)
def test_axe_finds_nothing_serious(
    incomplete: Portal, state: str, scheme: Scheme
) -> None:
    """Without a register, so that what is said of that is looked at too."""
    path, reach = STATES[state]
    with incomplete.visited(path, scheme=scheme, refused=True) as visit:
        reach(visit)
        assert violations(visit.page) == []
        visit.page.set_viewport_size({"width": NARROW, "height": 740})
        assert violations(visit.page) == []


@pytest.mark.parametrize("state", STATES)
def test_nothing_scrolls_sideways(incomplete: Portal, state: str) -> None:
    """In 320 pixels; and in 640 as large as 1280 is at a zoom of 200 %."""
    path, reach = STATES[state]
    with incomplete.visited(path, width=NARROWEST, refused=True) as visit:
        reach(visit)
        assert not visit.scrolls_sideways()
        visit.page.set_viewport_size({"width": WIDE // 2, "height": 430})
        assert not visit.scrolls_sideways()


def test_long_words_do_not_scroll_sideways(portal: Portal) -> None:
    def lengthened(route: Route) -> None:
        answer = route.fetch().json()
        contact = answer["data"]["klantbeeld"]["klantcontacten"]["nodes"][0]
        contact["kanaalNaam"] = "Rioolwaterzuiveringsinstallatie" * 3
        contact["onderwerpen"].append({"tekst": "Hottentottententen" * 6})
        answer["data"]["klantbeeld"]["partij"]["nummer"] = "9" * 80
        route.fulfill(json=answer)

    with portal.visited(INWONER, width=NARROWEST) as visit:
        visit.page.route("**/graphql", lengthened)
        contacts(visit)
        expect(visit.page.locator(".kanaal").first).to_contain_text("Rioolwater")
        assert not visit.scrolls_sideways()


@pytest.mark.parametrize("state", STATES)
def test_headings_are_in_order_and_the_page_has_one_title(
    incomplete: Portal, state: str
) -> None:
    path, reach = STATES[state]
    with incomplete.visited(path, refused=True) as visit:
        reach(visit)
        levels = [
            int(each.evaluate("heading => heading.tagName[1]"))
            for each in visit.page.get_by_role("heading").all()
        ]
        assert levels.count(1) == 1
        steps = pairwise(levels)
        assert [each for each in steps if each[1] > each[0] + 1] == []


def tabbed_to(visit: Visit, name: str) -> None:
    """Press Tab until something with this name has the focus."""
    for _ in range(60):
        visit.page.keyboard.press("Tab")
        if (
            visit.page.evaluate("document.activeElement.innerText ?? ''").strip()
            == name
        ):
            return
    raise AssertionError(f"Tab does not lead to {name}")


def test_a_keyboard_is_enough_for_a_resident(portal: Portal) -> None:
    with portal.visited("") as visit:
        tabbed_to(visit, "Mijn contacten")
        visit.page.keyboard.press("Enter")
        at_login(visit)
        visit.page.keyboard.press("Tab")
        focused(visit.page.get_by_role("link", name="Naar de inhoud"))
        visit.page.keyboard.press("Enter")
        focused(visit.page.locator("main"))
        visit.page.keyboard.press("Tab")
        focused(visit.page.get_by_role("radio").first)
        visit.page.keyboard.press("Enter")
        focused(visit.heading("Contacten met de gemeente"))
        expect(visit.page.locator("article")).to_have_count(10)
        tabbed_to(visit, "Meer laden")
        visit.page.keyboard.press("Enter")
        focused(visit.contact(10))
        visit.page.keyboard.press("Shift+Tab")
        assert visit.page.evaluate("document.activeElement.closest('article').id")


def test_a_keyboard_is_enough_for_an_employee(portal: Portal) -> None:
    with portal.visited(MEDEWERKER) as visit:
        at_login(visit)
        tabbed_to(visit, "Inloggen")
        visit.page.keyboard.press("Enter")
        focused(visit.heading("Klant zoeken"))
        visit.page.keyboard.press("Tab")
        visit.page.keyboard.press("Tab")
        focused(visit.page.get_by_label("Nummer", exact=True))
        visit.page.keyboard.type(SANNE)
        for chosen in BY_QUESTIONS:
            visit.page.keyboard.press("Tab")
            visit.page.keyboard.type(chosen)
        visit.page.keyboard.press("Tab")
        visit.page.keyboard.press("Enter")
        focused(visit.heading("Klantbeeld van Sanne van der Veldt"))
        expect(visit.page.locator("article")).to_have_count(10)


def test_what_has_the_focus_can_be_seen(portal: Portal) -> None:
    with portal.visited(INWONER) as visit:
        at_login(visit)
        for _ in range(4):
            visit.page.keyboard.press("Tab")
            outline = visit.page.evaluate(
                "getComputedStyle(document.activeElement).outline"
            )
            assert outline == "rgb(176, 71, 12) solid 3px"


@pytest.mark.parametrize(
    ("motion", "duration"), [("no-preference", "0.15s"), ("reduce", "0s")]
)
def test_nothing_moves_for_who_does_not_want_that(
    portal: Portal, motion: str, duration: str
) -> None:
    with portal.visited(INWONER) as visit:
        visit.page.emulate_media(
            reduced_motion="reduce" if motion == "reduce" else "no-preference"
        )
        content = visit.page.locator("#login .content")
        assert (
            content.evaluate("each => getComputedStyle(each).transitionDuration")
            == duration
        )
