"""How an employee records a telephone call."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Dialog, Route, expect

from tests.demo.running import running
from tests.voorbeeld.visiting import (
    BY_QUESTIONS,
    PATIENCE,
    SANNE,
    Portal,
    Visit,
    focused,
    operations,
)

pytestmark = pytest.mark.browser

MEDEWERKER = "/medewerker.html"
WHO = "Yvonne Tieleman"
STICHTING = "99990021"
CALL = "Gesprek met Sanne van der Veldt"
ABOUT = "Geluid van het terras"
RECORDED = re.compile(r"Gesprek \d+ is vastgelegd\.")
FORGET = (
    "Wat u invulde over het gesprek met Sanne van der Veldt is nog niet vastgelegd, en"
    " gaat nu verloren. Wilt u toch verder?"
)


@pytest.fixture(scope="module")
def written(public_folder: Path, browser: Browser) -> Iterator[Portal]:
    """Of a demo in which something is recorded."""
    with running(public_folder / "written", "--port", "0", patience=PATIENCE) as demo:
        yield Portal(browser, demo.started().address)


def to_record(visit: Visit) -> None:
    visit.log_in(WHO)
    visit.search(SANNE)
    visit.press("Gesprek vastleggen")
    expect(visit.page.get_by_label("Waar ging het over?")).to_be_visible()


def filled(visit: Visit) -> None:
    visit.page.get_by_label("Waar ging het over?").fill(ABOUT)
    visit.page.get_by_label("Wat is er besproken?").fill("Vraagt om stilte na elf.")


def sent(visit: Visit) -> Route:
    """Have a call on its way to be recorded, for as long as is wanted."""
    held: list[Route] = []

    def hold(route: Route) -> None:
        if "mutation" in (route.request.post_data or ""):
            held.append(route)
        else:
            route.continue_()

    to_record(visit)
    filled(visit)
    visit.page.route("**/graphql", hold)
    visit.press("Vastleggen")
    expect(visit.page.get_by_text("Bezig met vastleggen …")).to_be_visible()
    return held[0]


def search_other(visit: Visit) -> None:
    visit.press("Klant zoeken")
    visit.search(STICHTING, "KVK-nummer")


def lost(route: Route) -> None:
    """What is asked is done, but the answer does not come."""
    route.fetch()
    route.abort()


def mistaken(visit: Visit, code: str, pad: str) -> None:
    """From now on, what is recorded has a mistake."""
    fout = {"code": code, "pad": pad, "melding": "Dit mag niet."}
    payload = {"klantcontact": None, "fouten": [fout]}
    answer = {"data": {"registreerKlantcontact": payload}, "extensions": {}}
    visit.page.route("**/graphql", lambda route: route.fulfill(json=answer))


def asked_to_forget(visit: Visit, button: str, *, agree: bool) -> str:
    """Press, and say whether what is filled in may go; gives what was asked."""
    said: list[str] = []

    def answer(dialog: Dialog) -> None:
        said.append(dialog.message)
        if agree:
            dialog.accept()
        else:
            dialog.dismiss()

    visit.page.once("dialog", answer)
    visit.press(button)
    return "".join(said)


def test_mistakes_stand_at_their_fields(written: Portal) -> None:
    with written.visited(MEDEWERKER) as visit:
        to_record(visit)
        visit.page.get_by_label("Een collega belt terug").check()
        visit.page.get_by_label("Telefoonnummer, alleen hiervoor").fill("06 1234")
        visit.page.get_by_label("Wat moet er gebeuren?").fill("")
        visit.press("Vastleggen")
        focused(visit.heading("Het gesprek is nog niet vastgelegd"))
        wrong = visit.page.locator("[aria-invalid]")
        assert [each.get_attribute("id") for each in wrong.all()] == [
            "onderwerp",
            "inhoud",
            "telefoon",
            "handeling",
            "toegewezen",
        ]
        said = visit.page.locator("#record-form .error:visible").all_inner_texts()
        assert [each for each in said if not each.startswith("Een telefoon")] == [
            "Vul in waar het over ging.",
            "Vul in wat er is besproken.",
            "Vul in wat er moet gebeuren.",
            "Kies wie er terugbelt.",
        ]
        visit.page.get_by_role("link", name="Een telefoonnummer is").click()
        focused(wrong.nth(2))
        assert operations(visit) == ["Klantbeeld", "Actoren", "Registreer"]


def test_who_is_logged_in_is_who_spoke_and_nothing_else_is_chosen(
    written: Portal,
) -> None:
    with written.visited(MEDEWERKER) as visit:
        to_record(visit)
        spoke = visit.page.get_by_label("Wie voerde het gesprek?")
        assert spoke.evaluate("each => each.selectedOptions[0].text") == WHO
        expect(visit.page.locator("#toegewezen")).to_have_value("")
        spoke.select_option("Kies …")
        visit.press("Vastleggen")
        expect(visit.page.locator("#actor-fout")).to_have_text(
            "Kies wie het gesprek voerde."
        )


def test_how_it_was_established_who_it_is_stands_in_the_form(written: Portal) -> None:
    with written.visited(MEDEWERKER) as visit:
        to_record(visit)
        shown = visit.page.locator("#record-form .facts")
        assert shown.locator("dd").all_inner_texts() == list(BY_QUESTIONS)


def test_who_is_not_sure_enough_for_the_gateway_is_told_what_helps(
    written: Portal,
) -> None:
    with written.visited(MEDEWERKER) as visit:
        to_record(visit)
        mistaken(visit, "identiteit_niet_vastgesteld", "identiteitsvaststelling.niveau")
        visit.press("Vastleggen")
        expect(visit.page.locator("#fouten")).to_contain_text(
            "Zoek deze klant opnieuw, en stel met zekerheid Midden of hoger vast"
            " met wie u spreekt."
        )


def test_that_a_call_is_recorded_is_said_also_when_the_rest_fails(
    written: Portal,
) -> None:
    held: list[Route] = []

    def only_recorded(route: Route) -> None:
        if "mutation" in (route.request.post_data or ""):
            held.append(route)
        else:
            route.abort()

    with written.visited(MEDEWERKER, refused=True) as visit:
        to_record(visit)
        filled(visit)
        visit.page.route("**/graphql", only_recorded)
        visit.press("Vastleggen")
        expect(visit.page.get_by_text("Bezig met vastleggen …")).to_be_visible()
        held[0].continue_()
        alert = visit.page.get_by_role("alert")
        expect(alert.get_by_role("heading")).to_have_text("Geen verbinding")
        expect(alert).to_contain_text(RECORDED)
        visit.page.unroute("**/graphql")
        visit.press("Probeer opnieuw")
        expect(visit.page.locator(".notice")).to_have_text(RECORDED)
        expect(visit.page.locator("article")).to_have_count(10)


def test_a_call_is_recorded_with_who_calls_back(written: Portal) -> None:
    with written.visited(MEDEWERKER) as visit:
        to_record(visit)
        visit.press("Vastleggen")
        focused(visit.heading("Het gesprek is nog niet vastgelegd"))
        filled(visit)
        visit.page.get_by_label("Een collega belt terug").check()
        visit.page.get_by_label("Telefoonnummer, alleen hiervoor").fill("06 12345678")
        visit.page.get_by_label("Wie belt terug?").select_option("Ilse Groot")
        visit.press("Vastleggen")
        contact = visit.contact(0)
        expect(contact.get_by_role("heading")).to_have_text("Geluid van het terras")
        expect(contact).to_contain_text("Vraagt om stilte na elf.")
        expect(contact).to_contain_text("Terugbellen")
        focused(visit.heading("Klantbeeld van Sanne van der Veldt"))
        expect(visit.page.locator(".notice")).to_have_text(RECORDED)
        expect(visit.page.locator("#klantbeeld .status")).to_have_text(RECORDED)
        assert operations(visit) == [
            "Klantbeeld",
            "Actoren",
            "Registreer",
            "Registreer",
            "Klantbeeld",
        ]
        visit.press("Werklijst")
        expect(visit.page.locator(".work > li")).to_have_count(8)


def test_what_is_filled_in_stays_while_one_looks_at_something_else(
    written: Portal,
) -> None:
    with written.visited(MEDEWERKER) as visit:
        to_record(visit)
        filled(visit)
        visit.press("Werklijst")
        expect(visit.page.locator(".work > li").first).to_be_visible()
        search_other(visit)
        expect(visit.page.locator("article")).to_have_count(5)
        visit.press(CALL)
        focused(visit.heading("Telefoongesprek vastleggen"))
        expect(visit.page.get_by_label("Waar ging het over?")).to_have_value(ABOUT)
        visit.press("Annuleren")
        focused(visit.heading("Klantbeeld van Sanne van der Veldt"))
        expect(visit.page.get_by_role("button", name=CALL)).to_have_count(0)


def test_what_was_filled_in_for_another_is_gone_when_one_agrees(
    written: Portal,
) -> None:
    with written.visited(MEDEWERKER) as visit:
        to_record(visit)
        filled(visit)
        search_other(visit)
        expect(visit.page.locator("article")).to_have_count(5)
        assert asked_to_forget(visit, "Gesprek vastleggen", agree=False) == FORGET
        expect(visit.page.locator("article")).to_have_count(5)
        assert asked_to_forget(visit, "Gesprek vastleggen", agree=True) == FORGET
        expect(visit.page.get_by_label("Waar ging het over?")).to_have_value("")
        expect(
            visit.page.get_by_text("Gesprek met Stichting Stadsfeest Voorbeeldstad")
        ).to_have_count(2)  # of the form, and what leads to it


def test_who_leaves_the_page_while_filling_in_is_warned(written: Portal) -> None:
    kinds: list[str] = []

    def stay(dialog: Dialog) -> None:
        kinds.append(dialog.type)
        dialog.dismiss()

    with written.visited(MEDEWERKER) as visit:
        to_record(visit)
        filled(visit)
        with visit.page.expect_event("dialog"):
            visit.page.once("dialog", stay)
            visit.page.get_by_role("link", name="Gemeente Voorbeeldstad").click(
                no_wait_after=True
            )
        assert kinds == ["beforeunload"]
        expect(visit.page.get_by_label("Waar ging het over?")).to_have_value(ABOUT)
        visit.press("Annuleren")


def test_who_is_logged_out_while_filling_in_is_warned(written: Portal) -> None:
    with written.visited(MEDEWERKER, refused=True) as visit:
        to_record(visit)
        filled(visit)
        visit.page.route("**/graphql", lambda route: route.fulfill(status=401))
        visit.press("Vastleggen")
        expect(visit.heading("U bent niet meer ingelogd")).to_be_visible()
        assert asked_to_forget(visit, "Opnieuw inloggen", agree=False) == FORGET
        expect(visit.page.get_by_label("Waar ging het over?")).to_have_value(ABOUT)
        assert asked_to_forget(visit, "Opnieuw inloggen", agree=True) == FORGET
        focused(visit.heading("Inloggen"))
        assert ABOUT not in visit.page.content()


def test_who_went_on_to_another_stays_there_when_a_call_is_recorded(
    written: Portal,
) -> None:
    with written.visited(MEDEWERKER) as visit:
        held = sent(visit)
        search_other(visit)
        expect(visit.page.locator("article")).to_have_count(5)
        held.continue_()
        expect(visit.page.locator("#news")).to_have_text(
            "Het gesprek met Sanne van der Veldt is vastgelegd."
        )
        expect(
            visit.heading("Klantbeeld van Stichting Stadsfeest Voorbeeldstad")
        ).to_be_visible()
        expect(visit.page.locator("article")).to_have_count(5)
        expect(visit.page.get_by_role("button", name=CALL)).to_have_count(0)
        assert operations(visit) == [
            "Klantbeeld",
            "Actoren",
            "Registreer",
            "Klantbeeld",
        ]


def test_who_went_on_is_told_too_when_it_is_not_recorded(written: Portal) -> None:
    with written.visited(MEDEWERKER, refused=True) as visit:
        held = sent(visit)
        visit.press("Werklijst")
        held.abort()
        expect(visit.page.locator("#news")).to_have_text(
            "Het is niet zeker of het gesprek met Sanne van der Veldt is vastgelegd."
        )
        focused(visit.heading("Werklijst"))
        visit.press(CALL)
        expect(visit.page.locator("#news")).to_be_empty()
        expect(visit.heading("Geen verbinding")).to_be_visible()


def test_who_logged_out_leaves_no_word_of_a_call(written: Portal) -> None:
    with written.visited(MEDEWERKER) as visit:
        held = sent(visit)
        assert asked_to_forget(visit, "Uitloggen", agree=True) == FORGET
        with visit.page.expect_response("**/graphql"):
            held.continue_()
        focused(visit.heading("Inloggen"))
        visit.page.wait_for_load_state("networkidle")
        expect(visit.page.locator("#news")).to_be_empty()


def test_a_call_of_which_the_answer_was_lost_is_said_to_be_recorded(
    written: Portal,
) -> None:
    with written.visited(MEDEWERKER, refused=True) as visit:
        to_record(visit)
        filled(visit)
        visit.page.route("**/graphql", lost)
        visit.press("Vastleggen")
        expect(visit.page.get_by_role("alert")).to_be_in_viewport()
        expect(visit.page.get_by_role("alert")).to_contain_text(
            "Het is niet zeker of dit is vastgelegd. Probeer het opnieuw: het wordt niet"
            " twee keer vastgelegd."
        )
        visit.page.unroute("**/graphql")
        visit.page.get_by_label("Wat is er besproken?").fill("Iets anders.")
        visit.press("Vastleggen")
        focused(visit.heading("Het gesprek is al vastgelegd"))
        expect(visit.heading("Het gesprek is nog niet vastgelegd")).to_have_count(0)
        visit.press("Naar de contacten")
        expect(visit.page.locator(".notice")).to_have_text("Het gesprek is vastgelegd.")
        expect(visit.contact(0)).to_contain_text("Vraagt om stilte na elf.")


def test_what_is_tried_again_is_what_is_filled_in_by_then(written: Portal) -> None:
    with written.visited(MEDEWERKER, refused=True) as visit:
        to_record(visit)
        filled(visit)
        visit.page.route("**/graphql", lambda route: route.abort())
        visit.press("Vastleggen")
        expect(visit.heading("Geen verbinding")).to_be_visible()
        visit.page.unroute("**/graphql")
        visit.page.get_by_label("Wat is er besproken?").fill("Vraagt om rust na tien.")
        visit.press("Probeer opnieuw")
        expect(visit.page.locator(".notice")).to_have_text(RECORDED)
        expect(visit.contact(0)).to_contain_text("Vraagt om rust na tien.")


def test_that_not_all_colleagues_can_be_chosen_is_said(written: Portal) -> None:
    def cut(route: Route) -> None:
        answer = route.fetch().json()
        if "actoren" in answer["data"]:
            actoren = answer["data"]["actoren"]
            actoren["nodes"] = actoren["nodes"][:3]
            actoren["pageInfo"]["hasNextPage"] = True
        route.fulfill(json=answer)

    with written.visited(MEDEWERKER) as visit:
        visit.page.route("**/graphql", cut)
        to_record(visit)
        expect(visit.page.locator("#actor")).to_have_accessible_description(
            "Alleen de eerste 3 medewerkers en afdelingen staan hier."
        )


def test_what_is_not_recorded_after_all_leads_back(written: Portal) -> None:
    with written.visited(MEDEWERKER) as visit:
        to_record(visit)
        visit.press("Annuleren")
        focused(visit.heading("Klantbeeld van Sanne van der Veldt"))
        expect(visit.page.locator("article")).to_have_count(10)
        assert operations(visit) == ["Klantbeeld", "Actoren"]
