"""What an employee sees and does."""

import re

import pytest
from playwright.sync_api import Route, expect

from tests.voorbeeld.visiting import (
    BY_QUESTIONS,
    NARROW,
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
        ("BSN", "000000000", "Dit is geen geldig BSN. Kijk of het nummer klopt."),
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
            visit.page.get_by_text("Er is niemand bekend met dit nummer.")
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


def test_spaces_in_a_number_do_not_matter(portal: Portal) -> None:
    with portal.visited(MEDEWERKER) as visit:
        found(visit, " 9999 93 653 ")
        variables = visit.asked[0]["variables"]
        assert isinstance(variables, dict)
        assert variables["wie"] == {"bsn": SANNE}


def test_who_is_known_too_unsurely_cannot_have_a_call_recorded(portal: Portal) -> None:
    with portal.visited(MEDEWERKER) as visit:
        visit.log_in(WHO)
        visit.search(SANNE, established=("Controlevragen", "Laag", BY_QUESTIONS[2]))
        expect(
            visit.page.get_by_text(
                "Een gesprek vastleggen kan niet met zekerheid Laag."
            )
        ).to_be_visible()
        expect(
            visit.page.get_by_role("button", name="Gesprek vastleggen")
        ).to_have_count(0)


def test_contact_data_that_are_withheld_are_said_to_be(portal: Portal) -> None:
    def withheld(route: Route) -> None:
        answer = route.fetch().json()
        answer["data"]["klantbeeld"]["partij"]["digitaleAdressen"] = None
        route.fulfill(json=answer)

    with portal.visited(MEDEWERKER) as visit:
        visit.page.route("**/graphql", withheld)
        found(visit)
        expect(
            visit.page.get_by_role("region", name="Contactgegevens")
        ).to_contain_text("E-mailadressen en telefoonnummers kunt u hier niet zien.")


def test_that_more_waits_than_is_shown_is_said(portal: Portal) -> None:
    def longer(route: Route) -> None:
        answer = route.fetch().json()
        klantbeeld = answer["data"].get("klantbeeld") or answer["data"]
        klantbeeld["interneTaken"] |= {
            "totalCount": 60,
            "pageInfo": {"hasNextPage": True},
        }
        route.fulfill(json=answer)

    with portal.visited(MEDEWERKER) as visit:
        visit.page.route("**/graphql", longer)
        found(visit)
        expect(
            visit.page.get_by_text("Er is meer. Hier staan de eerste 2 taken.")
        ).to_be_visible()
        visit.press("Werklijst")
        expect(visit.page.locator("#work .lead")).to_have_text(
            "60 taken te verwerken. Wie het langst wacht, staat bovenaan."
            " Hier staan de eerste 7."
        )
