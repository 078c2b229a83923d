"""What an employee sees and does."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Route, expect

from tests.demo.running import running
from tests.voorbeeld.visiting import (
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
        focused(visit.heading("Klantbeeld"))
        expect(visit.page.locator("article")).to_have_count(10)
        assert operations(visit) == ["Klantbeeld"]


def test_the_number_and_how_it_was_established_are_variables(portal: Portal) -> None:
    with portal.visited(MEDEWERKER) as visit:
        visit.log_in(WHO)
        visit.page.get_by_label("Middel").select_option(
            "Legitimatiebewijs aan de balie"
        )
        visit.page.get_by_label("Zekerheid").select_option("Hoog")
        visit.page.get_by_label("Mag dit weten, want").select_option(
            "Is gemachtigd door een persoon"
        )
        visit.search(SANNE)
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
        expect(visit.page.locator("#klantbeeld .lead")).to_have_text(
            "Stichting Stadsfeest Voorbeeldstad"
        )
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
        ("BSN", "999993654", "Een BSN heeft negen cijfers. Kijk of het nummer klopt."),
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
        expect(first).to_contain_text("Terugbellen over een plek op de weekmarkt")
        expect(first).to_contain_text("Henk")
        expect(first).to_contain_text("0600000202")
        expect(visit.page.locator(".work > li")).to_have_count(7)
        assert operations(visit) == ["Werklijst"]


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


def to_record(visit: Visit) -> None:
    found(visit)
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
        ]
        assert visit.page.locator("#record-form .error:visible").count() == 4
        visit.page.get_by_role("link", name="Een telefoonnummer is").click()
        focused(wrong.nth(2))
        assert operations(visit) == ["Klantbeeld", "Actoren", "Registreer"]


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
        focused(visit.heading("Klantbeeld"))
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
        focused(visit.heading("Klantbeeld"))
        expect(visit.page.locator("article")).to_have_count(10)
        assert operations(visit) == ["Klantbeeld", "Actoren"]
