"""What an employee sees and does."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Route, expect

from tests.demo.running import running
from tests.voorbeeld.visiting import (
    BY_QUESTIONS,
    NARROW,
    PATIENCE,
    SANNE,
    WIDE,
    Portal,
    Visit,
    focused,
    operations,
)

pytestmark = pytest.mark.browser

MEDEWERKER = "/medewerker.html"
WHO = "Yvonne Tieleman"
RECORDED = re.compile(r"Gesprek \d+ is vastgelegd\.")


def found(visit: Visit, number: str = SANNE, kind: str = "BSN") -> None:
    visit.log_in(WHO)
    visit.search(number, kind)
    expect(visit.heading("Contacten")).to_be_visible()


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_who_is_on_the_phone_is_found_in_one_question(
    portal: Portal, width: int
) -> None:
    with portal.visited(MEDEWERKER, width=width) as visit:
        found(visit)
        focused(visit.heading("Klantbeeld van Sanne van der Veldt"))
        expect(visit.page.get_by_role("status").last).to_have_text(
            "Klantbeeld van Sanne van der Veldt. 10 van 60 contacten opgehaald"
        )
        expect(visit.page).to_have_title(re.compile(r"^Klantbeeld \W Gemeente"))
        expect(visit.page.locator("article")).to_have_count(10)
        assert operations(visit) == ["Klantbeeld"]


def test_the_number_and_how_it_was_established_are_variables(portal: Portal) -> None:
    with portal.visited(MEDEWERKER) as visit:
        visit.log_in(WHO)
        visit.search(
            SANNE,
            established=[
                "Legitimatiebewijs aan de balie",
                "Hoog",
                "Is gemachtigd door een persoon",
            ],
        )
        expect(visit.heading("Contacten")).to_be_visible()
        assert SANNE not in str(visit.asked[0]["query"])
        assert visit.asked[0]["variables"] == {
            "wie": {"bsn": SANNE},
            "vaststelling": {
                "middel": "legitimatiebewijs",
                "niveau": "hoog",
                "grond": "gemachtigd_persoon",
            },
            "first": 10,
        }


def test_colleagues_have_names_and_interne_taken_are_shown(portal: Portal) -> None:
    with portal.visited(MEDEWERKER) as visit:
        found(visit)
        contact = visit.contact(1)
        expect(contact).to_contain_text(
            "Van Sanne van der Veldt aan Beheer openbare ruimte en Yvonne Tieleman."
        )
        expect(contact).to_contain_text("Interne taak 7040")
        expect(contact).to_contain_text("Schouw van het fietspad voorbereiden")
        waiting = visit.page.get_by_role("region", name="Hier wacht deze klant op")
        assert waiting.locator(".kind").all_inner_texts() == [
            "Interne taak 7032",
            "Interne taak 7040",
        ]


def test_a_company_is_found_by_its_number(portal: Portal) -> None:
    with portal.visited(MEDEWERKER) as visit:
        found(visit, "99990021", "KVK-nummer")
        expect(visit.heading("Contactgegevens")).to_be_visible()
        expect(
            visit.heading("Klantbeeld van Stichting Stadsfeest Voorbeeldstad")
        ).to_be_visible()
        assert visit.asked[0]["variables"] == {
            "wie": {"kvkNummer": "99990021"},
            "vaststelling": {
                "middel": "controlevragen",
                "niveau": "midden",
                "grond": "zelf",
            },
            "first": 10,
        }


@pytest.mark.parametrize(
    ("kind", "number", "said"),
    [
        ("BSN", "", "Een BSN heeft negen cijfers. Kijk of het nummer klopt."),
        ("BSN", "999993654", "Dit is geen geldig BSN. Kijk of het nummer klopt."),
        (
            "KVK-nummer",
            "999900212",
            "Een KVK-nummer heeft acht cijfers. Kijk of het nummer klopt.",
        ),
    ],
)
def test_a_number_that_cannot_be_is_not_asked(
    portal: Portal, kind: str, number: str, said: str
) -> None:
    with portal.visited(MEDEWERKER) as visit:
        visit.log_in(WHO)
        visit.search(number, kind)
        field = visit.page.get_by_label("Nummer", exact=True)
        focused(field)
        expect(field).to_have_accessible_description(
            f"Bijvoorbeeld BSN 999993653 of KVK-nummer 99990021. Let op: {said}"
        )
        assert visit.asked == []
        other = {"BSN": "KVK-nummer", "KVK-nummer": "BSN"}[kind]
        visit.page.get_by_label(other, exact=True).check()
        expect(visit.page.locator("#number-fout")).to_be_hidden()


def test_an_employee_states_how_it_was_established_who_it_is(portal: Portal) -> None:
    with portal.visited(MEDEWERKER) as visit:
        visit.log_in(WHO)
        visit.page.get_by_label("Nummer", exact=True).fill(SANNE)
        visit.press("Zoeken")
        focused(visit.page.get_by_label("Middel"))
        assert visit.page.locator(".error:visible").all_inner_texts() == [
            "Kies hoe u dat heeft vastgesteld.",
            "Kies hoe zeker het is.",
            "Kies waarom deze persoon dit mag weten.",
        ]
        assert visit.asked == []


def test_who_is_not_known_is_said_not_to_be(portal: Portal) -> None:
    with portal.visited(MEDEWERKER) as visit:
        visit.log_in(WHO)
        visit.search("123456782")
        expect(
            visit.page.get_by_text("Er is niemand gekend met dit nummer.")
        ).to_be_visible()
        assert operations(visit) == ["Klantbeeld"]


def test_more_is_asked_of_the_same_person(portal: Portal) -> None:
    with portal.visited(MEDEWERKER) as visit:
        found(visit)
        visit.press("Meer laden")
        expect(visit.page.locator("article")).to_have_count(20)
        focused(visit.contact(10))
        assert operations(visit) == ["Klantbeeld", "VolgendeContacten"]


def test_the_work_list_is_one_question(portal: Portal) -> None:
    with portal.visited(MEDEWERKER) as visit:
        visit.log_in(WHO)
        visit.press("Werklijst")
        focused(visit.heading("Werklijst"))
        first = visit.page.locator(".work > li").first
        expect(first.get_by_role("heading", level=2)).to_have_text(
            "Terugbellen over een plek op de weekmarkt"
        )
        expect(first).to_contain_text("Henk")
        expect(first.get_by_role("link", name="0600000202")).to_have_attribute(
            "href", "tel:0600000202"
        )
        expect(visit.page.locator(".work > li")).to_have_count(7)
        expect(visit.page.get_by_text("Te verwerken", exact=True)).to_have_count(0)
        assert operations(visit) == ["Werklijst"]


def test_the_work_list_says_which_number_is_for_what(portal: Portal) -> None:
    with portal.visited(MEDEWERKER) as visit:
        visit.log_in(WHO)
        visit.press("Werklijst")
        sanne = visit.page.locator(".reach").filter(has_text="Sanne").first
        phones = sanne.locator("dd:has(a)")
        expect(phones).to_have_text(
            [
                "0600000101Mobiel, bevestigd op 9 januari 2024",
                "0990000101Thuis",
            ]
        )
        jeroen = visit.page.locator(".reach").filter(has_text="Jeroen Haverkamp")
        expect(jeroen).to_contain_text(
            "Er is geen telefoonnummer of e-mailadres bekend."
        )


def test_who_logs_out_leaves_nobody_on_the_page(portal: Portal) -> None:
    with portal.visited(MEDEWERKER) as visit:
        found(visit)
        visit.press("Uitloggen")
        focused(visit.heading("Inloggen"))
        expect(visit.page.get_by_role("navigation")).to_have_count(0)
        expect(visit.page.locator("#number")).to_have_value("")
        assert "Sanne" not in visit.page.content()


@pytest.fixture(scope="module")
def written(public_folder: Path, browser: Browser) -> Iterator[Portal]:
    """Of a demo in which something is recorded."""
    with running(public_folder / "written", "--port", "0", patience=PATIENCE) as demo:
        yield Portal(browser, demo.started().address)


def to_record(visit: Visit, established: Sequence[str] = BY_QUESTIONS) -> None:
    visit.log_in(WHO)
    visit.search(SANNE, established=established)
    visit.press("Gesprek vastleggen")
    expect(visit.page.get_by_label("Waar ging het over?")).to_be_visible()


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
    by_name = ("Controlevragen", "Laag", "Het gaat over de beller zelf")
    with written.visited(MEDEWERKER) as visit:
        to_record(visit, by_name)
        shown = visit.page.locator("#record-form .facts")
        assert shown.locator("dd").all_inner_texts() == list(by_name)
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
        visit.page.get_by_label("Waar ging het over?").fill("Geluid van het terras")
        visit.page.get_by_label("Wat is er besproken?").fill("Vraagt om stilte na elf.")
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
        visit.page.get_by_label("Waar ging het over?").fill("Geluid van het terras")
        visit.page.get_by_label("Wat is er besproken?").fill("Vraagt om stilte na elf.")
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


def test_what_was_filled_in_for_another_is_gone(written: Portal) -> None:
    held: list[Route] = []
    with written.visited(MEDEWERKER) as visit:
        to_record(visit)
        visit.page.get_by_label("Waar ging het over?").fill("Geluid van het terras")
        visit.press("Klant zoeken")
        visit.search("99990021", "KVK-nummer")
        expect(visit.page.locator("article")).to_have_count(5)
        visit.page.route("**/graphql", lambda route: held.append(route))  # noqa: PLW0108 - Playwright reads the signature
        visit.press("Gesprek vastleggen")
        focused(visit.heading("Telefoongesprek vastleggen"))
        expect(visit.page.locator("#record-form")).to_have_count(0)
        held[0].continue_()
        expect(visit.page.get_by_label("Waar ging het over?")).to_have_value("")
        expect(
            visit.page.get_by_text("Gesprek met Stichting Stadsfeest Voorbeeldstad")
        ).to_be_visible()


def test_what_is_not_recorded_after_all_leads_back(written: Portal) -> None:
    with written.visited(MEDEWERKER) as visit:
        to_record(visit)
        visit.press("Annuleren")
        focused(visit.heading("Klantbeeld van Sanne van der Veldt"))
        expect(visit.page.locator("article")).to_have_count(10)
        assert operations(visit) == ["Klantbeeld", "Actoren"]
