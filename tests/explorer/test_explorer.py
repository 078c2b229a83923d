"""GraphiQL as the gateway serves it, in a real browser, with the network closed."""

import re
from typing import cast

import pytest
from playwright.sync_api import expect

from gateway.demo.standins.records import Payload
from tests.browser import opened
from tests.demo.running import Shown
from tests.explorer.exploring import Explorer, exploring

pytestmark = pytest.mark.browser

TABS = {
    "MijnKlantbeeld": "klant",
    "KlantbeeldVanBeller": "medewerker",
    "ContactenInPeriode": "medewerker",
    "Draad": "medewerker",
    "Storing": "klant",
    "Vastleggen": "medewerker",
}

REFUSED = (
    "Failed to load resource: the server responded with a status of 400 (Bad Request)"
)
"""What Chromium says of such an answer, whatever a page does with it."""


def codes(answer: Payload) -> set[str]:
    errors = cast("list[dict[str, dict[str, str]]]", answer.get("errors", []))
    return {each["extensions"]["code"] for each in errors}


def test_it_opens_with_a_tab_for_each_example_each_as_its_own_caller(
    shown: Shown,
) -> None:
    with exploring(shown.address) as explorer:
        assert explorer.page.title() == "Klantbeeld \u2013 verkenner"
        assert explorer.page.locator("html").get_attribute("lang") == "nl"
        assert explorer.tabs.all_inner_texts() == list(TABS)
        for name, caller in TABS.items():
            explorer.tab(name)
            expect(explorer.caller).to_have_value(caller)
            expect(explorer.query).to_contain_text(name)


def test_no_tab_begins_with_what_its_editors_call_a_mistake(shown: Shown) -> None:
    with exploring(shown.address) as explorer:
        for name in TABS:
            explorer.tab(name)
            assert explorer.markers() == []


def test_variables_are_still_checked_but_for_what_has_a_default(shown: Shown) -> None:
    with exploring(shown.address) as explorer:
        explorer.tab("Vastleggen")
        explorer.write('{"invoer": {"kanaal": 3}}', "variables.json")
        assert sorted(each.partition(": ")[2] for each in explorer.markers()) == [
            "Incorrect type. Expected one of string, null.",
            'Missing property "actoren".',
            'Missing property "betrokkenen".',
        ]


def test_an_answer_is_shown_with_what_it_cost(shown: Shown) -> None:
    with exploring(shown.address) as explorer:
        answer = explorer.ask()
        expect(explorer.answer).to_contain_text("Sanne van der Veldt")
        assert codes(answer) == {"UNKNOWN_REGISTER"}
        expect(explorer.status).to_have_text(
            "HTTP 200, volledig; fouten: 2 \xd7 UNKNOWN_REGISTER."
        )
        number, ms = r"[\d.]+", r"[\d.,]+ ms"
        expect(explorer.cost).to_have_text(
            re.compile(
                rf"^Na {ms}; in de gateway {ms} \(CPU {ms}\); "
                rf"(gevraagd aan .* {number}\xd7 in {ms}|geen register gevraagd); "
                rf"{number} uit het geheugen; {number} SQL-opdracht(en)?\.$"
            )
        )


def failed(code: str, **more: str) -> Payload:
    return {"message": "no", "extensions": {"code": code, **more}}


LACKING: Payload = {
    "data": {"ik": None},
    "errors": [
        failed("REGISTER_UNAVAILABLE", register="documenten"),
        failed("FORBIDDEN"),
        failed("REGISTER_UNAVAILABLE", register="documenten"),
        failed("DEADLINE_EXCEEDED", register="zaken"),
    ],
    "extensions": {"klantbeeld": {"complete": False, "stale": {"objecten": 84}}},
}


def test_what_matters_is_told_first_also_where_costs_are_not(shown: Shown) -> None:
    with exploring(shown.address) as explorer:
        explorer.page.route("**/graphql", lambda route: route.fulfill(json=LACKING))
        explorer.ask()
        expect(explorer.status).to_have_text(
            "HTTP 200, niet volledig: documenten (2 \xd7 REGISTER_UNAVAILABLE) en zaken"
            " (1 \xd7 DEADLINE_EXCEEDED); verouderd: objecten 84 s oud;"
            " fouten: 1 \xd7 FORBIDDEN."
        )
        expect(explorer.cost).to_have_text(re.compile(r"^Na [\d.]+ ms\.$"))


def test_what_is_told_is_of_the_tab_that_is_open(shown: Shown) -> None:
    with exploring(shown.address) as explorer:
        explorer.ask()
        explorer.tab("Draad")
        expect(explorer.status).to_have_text("Nog niets gevraagd.")
        expect(explorer.cost).to_be_empty()
        explorer.ask()
        expect(explorer.status).to_have_text("HTTP 200, volledig.")
        explorer.tab("MijnKlantbeeld")
        expect(explorer.status).to_contain_text("UNKNOWN_REGISTER")


def test_a_new_tab_asks_as_who_did_in_the_one_before(shown: Shown) -> None:
    with exploring(shown.address) as explorer:
        explorer.caller.select_option("bedrijf")
        explorer.page.get_by_label("New tab").click()
        expect(explorer.tabs).to_have_count(len(TABS) + 1)
        expect(explorer.caller).to_have_value("bedrijf")
        explorer.write("query Wie { ik { soort } }")
        assert explorer.ask()["data"] == {"ik": {"soort": "klant"}}
        explorer.tab("Draad")
        expect(explorer.caller).to_have_value("medewerker")


def test_a_link_opens_its_example_and_leaves_nothing_in_the_address(
    shown: Shown,
) -> None:
    with exploring(f"{shown.address}#example=0") as explorer:
        explorer.page.goto(f"{shown.address}#example=5")
        expect(explorer.query).to_contain_text("mutation Vastleggen")
        expect(explorer.caller).to_have_value("medewerker")
        assert explorer.page.url == shown.address
        data = cast("dict[str, Payload]", explorer.ask()["data"])
        assert data["registreerKlantcontact"]["fouten"] == []


def test_who_asks_decides_what_is_seen(shown: Shown) -> None:
    with exploring(shown.address) as explorer:
        explorer.write("{ ik { soort } mijnKlantbeeld { partij { nummer } } }")
        as_klant = explorer.ask()
        explorer.caller.select_option("medewerker")
        as_medewerker = explorer.ask()
        explorer.caller.select_option("")
        as_nobody = explorer.ask()
    assert as_klant["data"] == {
        "ik": {"soort": "klant"},
        "mijnKlantbeeld": {"partij": {"nummer": "1001"}},
    }
    assert as_medewerker["data"] == {
        "ik": {"soort": "medewerker"},
        "mijnKlantbeeld": None,
    }
    assert codes(as_medewerker) == {"FORBIDDEN"}
    assert codes(as_nobody) == {"UNAUTHENTICATED"}


def test_documentation_is_in_dutch(shown: Shown) -> None:
    with exploring(shown.address) as explorer:
        page = explorer.page
        page.get_by_label("Show Documentation Explorer").click()
        docs = page.get_by_label("Documentation Explorer", exact=True)
        docs.get_by_role("link", name="Query", exact=True).first.click()
        expect(docs).to_contain_text("Wat er te vragen is.")
        docs.get_by_role("link", name="mijnKlantbeeld", exact=True).click()
        expect(docs).to_contain_text("Het eigen klantbeeld van de inwoner")


def test_a_mistake_is_told_where_one_looks(shown: Shown) -> None:
    with exploring(shown.address, may_say=REFUSED) as explorer:
        explorer.write("{ mijnKlantbeel { partij { nummer } } }")
        explorer.ask()
        expect(explorer.answer).to_contain_text("Cannot query field 'mijnKlantbeel'")
        expect(explorer.status).to_contain_text("HTTP 400")


def test_what_was_asked_is_found_again(shown: Shown) -> None:
    with exploring(shown.address) as explorer:
        explorer.write("query Eerder { ik { soort } }")
        explorer.ask()
        explorer.tab("Draad")
        explorer.page.get_by_label("Show History").click()
        history = explorer.page.get_by_label("History", exact=True)
        history.get_by_text("Eerder", exact=True).click()
        expect(explorer.query).to_contain_text("query Eerder")
        expect(explorer.caller).to_have_value("klant")


def kept_as(explorer: Explorer, name: str) -> None:
    """Wait until it is kept who asks; GraphiQL waits half a second with that."""
    for _ in range(100):
        if f"vrager:{name}" in explorer.page.evaluate(KEPT)["here"]:
            return
        explorer.page.wait_for_timeout(100)
    raise AssertionError(f"{name} was not kept")


KEPT = """() => ({
  here: JSON.stringify({...sessionStorage}),
  longer: localStorage.length,
  cookies: document.cookie,
})"""


def test_no_token_is_kept_and_nothing_longer_than_the_tab(shown: Shown) -> None:
    with exploring(shown.address) as explorer:
        explorer.tab("Draad")
        explorer.ask()
        explorer.page.get_by_label("Show History").click()
        kept_as(explorer, "medewerker")
        kept = explorer.page.evaluate(KEPT)
        assert (kept["longer"], kept["cookies"]) == (0, "")
        assert "graphiql:queries" in kept["here"]
        assert re.findall(r"eyJ|Bearer", kept["here"]) == []


def test_loaded_anew_a_tab_asks_as_who_it_did(shown: Shown) -> None:
    with exploring(shown.address) as explorer:
        explorer.caller.select_option("bedrijf")
        kept_as(explorer, "bedrijf")
        explorer.page.reload()
        explorer.ready()
        expect(explorer.caller).to_have_value("bedrijf")
        assert explorer.tabs.all_inner_texts() == list(TABS)
        explorer.ask()
        expect(explorer.answer).to_contain_text("Stichting Stadsfeest Voorbeeldstad")


def test_on_a_telephone_nothing_is_beside_the_screen_nor_the_outcome_below(
    shown: Shown,
) -> None:
    with exploring(shown.address, width=390, height=844) as explorer:
        explorer.ask()
        expect(explorer.answer).to_contain_text("Sanne van der Veldt")
        width = explorer.page.evaluate("document.documentElement.scrollWidth")
        assert width == 390
        page = explorer.page.get_by_label("Operation Editor").bounding_box()
        answer = explorer.page.locator(".graphiql-response").bounding_box()
        assert page is not None
        assert answer is not None
        assert answer["y"] >= page["y"] + page["height"]
        status = explorer.status.bounding_box()
        assert status is not None
        assert status["y"] + status["height"] == 844


def test_who_is_nobodys_demo_says_who_asks_in_headers(plain: str) -> None:
    with opened(plain) as page:
        headers = page.get_by_label("Headers", exact=True)
        expect(headers).to_contain_text("Wie vraagt, zegt dat hier", timeout=20_000)
        expect(page.get_by_label("Wie vraagt in deze tab")).to_have_count(0)
        explorer = Explorer(page)
        explorer.write("query Wie { ik { soort } }")
        assert explorer.ask()["data"] == {"ik": {"soort": "systeem"}}
