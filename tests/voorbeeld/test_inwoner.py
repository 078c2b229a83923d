"""What a resident, a company and who acts for one see."""

from collections.abc import Mapping, Sequence

import pytest
from playwright.sync_api import Locator, Route, expect

from tests.voorbeeld.visiting import NARROW, WIDE, Portal, Visit, focused, operations

pytestmark = pytest.mark.browser

INWONER = "/inwoner.html"
SANNE = "Sanne van der Veldt"


def facts(place: Locator) -> dict[str, str]:
    """The pairs of a list of facts."""
    terms = [each.strip() for each in place.locator("dt").all_inner_texts()]
    values = [each.strip() for each in place.locator("dd").all_inner_texts()]
    return dict(zip(terms, values, strict=True))


def open_contacts(visit: Visit, who: str = SANNE) -> None:
    visit.log_in(who)
    expect(visit.heading("Contacten")).to_be_visible()


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_one_question_gives_the_whole_page(portal: Portal, width: int) -> None:
    with portal.visited(INWONER, width=width) as visit:
        open_contacts(visit)
        expect(visit.page.locator("article")).to_have_count(10)
        expect(visit.page.get_by_role("status").last).to_have_text(
            "10 van 60 contacten opgehaald"
        )
        focused(visit.heading("Contacten met de gemeente"))
        assert operations(visit) == ["MijnKlantbeeld"]
        assert visit.asked[0]["variables"] == {"first": 10}


def test_contacts_stand_by_month_the_newest_first(portal: Portal) -> None:
    with portal.visited(INWONER) as visit:
        open_contacts(visit)
        months = visit.page.locator(".maand")
        assert [
            (
                each.locator("h3").inner_text().lower(),
                each.locator("article").count(),
            )
            for each in months.all()
        ] == [
            ("oktober 2026", 1),
            ("september 2026", 1),
            ("augustus 2026", 2),
            ("juli 2026", 2),
            ("juni 2026", 2),
            ("mei 2026", 2),
        ]


def test_a_contact_tells_how_when_who_and_what(portal: Portal) -> None:
    with portal.visited(INWONER) as visit:
        open_contacts(visit)
        contact = visit.contact(1)
        expect(contact.get_by_role("heading")).to_have_text(
            "Boomwortels duwen het fietspad omhoog"
        )
        expect(contact.locator(".when")).to_contain_text("Telefoon")
        expect(contact.get_by_role("time")).to_have_text(
            "Maandag 14 september 2026 om 09:20"
        )
        expect(contact).to_contain_text(
            "Van u aan Beheer openbare ruimte en een medewerker."
        )
        expect(contact).to_contain_text("Het fietspad is nog steeds gevaarlijk.")


def test_a_zaak_is_shown_with_how_far_it_is_and_what_came_of_it(portal: Portal) -> None:
    with portal.visited(INWONER) as visit:
        open_contacts(visit)
        zaak = visit.contact(8).locator(".reference").first
        expect(zaak).to_contain_text("Aanvraag parkeervergunning behandelen")
        assert facts(zaak) == {
            "Zaaknummer": "ZAAK-2026-0000000295",
            "Status": "Afgehandeld",
            "Resultaat": "Verleend",
            "Afgerond op": "8 mei 2026",
        }


def test_of_a_document_is_shown_what_it_is(portal: Portal) -> None:
    with portal.visited(INWONER) as visit:
        open_contacts(visit)
        documents = visit.contact(2).locator(".reference:has-text('Document')")
        assert [each.locator(".name").inner_text() for each in documents.all()] == [
            "Foto van het buurtfeest",
            "Chatgesprek 3 augustus",
        ]
        expect(documents.first.locator(".about")).to_contain_text(
            "JPEG-afbeelding, 335 kB, "
        )


def test_what_is_nowhere_connected_is_said_in_its_place(portal: Portal) -> None:
    with portal.visited(INWONER) as visit:
        open_contacts(visit)
        assert visit.page.locator(".absent").all_inner_texts() == [
            (
                "Gegevens over een document staan in een systeem dat hier niet is"
                " aangesloten."
            ),
            "Gegevens over een zaak staan in een systeem dat hier niet is aangesloten.",
        ]
        expect(visit.heading("Niet alles is te zien")).to_have_count(0)


def test_open_tasks_stand_at_the_top_what_is_due_first_in_front(portal: Portal) -> None:
    with portal.visited(INWONER) as visit:
        open_contacts(visit)
        tasks = visit.page.get_by_role("region", name="Wat u nog kunt doen")
        expect(tasks).to_contain_text(
            "Uit de contacten die hieronder staan. In oudere contacten kan er meer staan."
        )
        assert tasks.get_by_role("listitem").all_inner_texts() == [
            (
                "Kies een moment voor de schouw van het fietspad\n\n"
                "Op een website, voor 18 december 2026"
            ),
            (
                "Vul uw aanvraag voor zonnepanelen aan\n\n"
                "Met een formulier (niet in dit voorbeeld), voor 31 december 2026"
            ),
            (
                "Beoordeel hoe we uw meldingen afhandelden\n\n"
                "Op een website, voor 5 januari 2027"
            ),
            (
                "Laat ons weten of uw buurtfeest in 2027 doorgaat\n\n"
                "Met een formulier (niet in dit voorbeeld), voor 31 januari 2027"
            ),
        ]
        assert tasks.get_by_role("link").count() == 2


def changed(visit: Visit, taken: Sequence[Mapping[str, str]]) -> None:
    """From now on, change the klanttaken of answers, each as the next says."""
    changes = iter(taken)

    def fulfil(route: Route) -> None:
        answer = route.fetch().json()
        for contact in answer["data"]["klantbeeld"]["klantcontacten"]["nodes"]:
            for each in contact["onderwerpen"]:
                if each.get("klanttaak"):
                    each["klanttaak"] |= next(changes, taken[-1])
        route.fulfill(json=answer)

    visit.page.route("**/graphql", fulfil)


def test_that_older_contacts_may_have_tasks_is_said(portal: Portal) -> None:
    with portal.visited(INWONER) as visit:
        changed(visit, [{"status": "afgerond"}])
        open_contacts(visit)
        tasks = visit.page.get_by_role("region", name="Wat u nog kunt doen")
        expect(tasks).to_contain_text(
            "In de contacten die hieronder staan, is dat niets. In oudere contacten kan"
            " er meer staan."
        )
        for number in range(20, 70, 10):
            visit.press("Meer laden")
            expect(visit.page.locator("article")).to_have_count(number)
        expect(tasks).to_have_count(0)


def test_a_task_without_an_address_keeps_its_title(portal: Portal) -> None:
    with portal.visited(INWONER) as visit:
        changed(visit, [{"url": ""}])
        open_contacts(visit)
        tasks = visit.page.get_by_role("region", name="Wat u nog kunt doen")
        expect(tasks.locator(".name")).to_have_count(4)
        expect(tasks.locator(".name").first).to_have_text(
            "Kies een moment voor de schouw van het fietspad"
        )


def test_what_a_register_calls_an_address_is_only_a_link_to_the_web(
    portal: Portal,
) -> None:
    """A script or a file may stand where a klanttaak's address belongs."""
    given = ["javascript:alert(1)", "data:text/html,x", "/voorbeeld", " ", "file:///x"]
    with portal.visited(INWONER) as visit:
        changed(visit, [{"url": each} for each in given])
        open_contacts(visit)
        tasks = visit.page.get_by_role("region", name="Wat u nog kunt doen")
        assert tasks.get_by_role("listitem").count() == 4
        assert tasks.get_by_role("link").count() == 0


def test_contacts_with_the_same_heading_are_told_apart(portal: Portal) -> None:
    with portal.visited(INWONER) as visit:
        open_contacts(visit)
        expect(visit.contact(1)).to_have_accessible_name(
            "Boomwortels duwen het fietspad omhoog"
            " Telefoon Maandag 14 september 2026 om 09:20"
        )
        expect(visit.page.get_by_role("heading", name="Contact: ")).to_have_count(0)


def test_more_is_asked_by_cursor_and_read_on_at_the_first_of_it(portal: Portal) -> None:
    with portal.visited(INWONER) as visit:
        open_contacts(visit)
        visit.press("Meer laden")
        expect(visit.page.locator("article")).to_have_count(20)
        focused(visit.contact(10))
        assert operations(visit) == ["MijnKlantbeeld", "MijnVolgendeContacten"]
        variables = visit.asked[1]["variables"]
        assert isinstance(variables, dict)
        assert sorted(variables) == ["after", "first"]


def test_the_last_page_ends_it(portal: Portal) -> None:
    with portal.visited(INWONER) as visit:
        open_contacts(visit)
        for number in range(20, 70, 10):
            visit.press("Meer laden")
            expect(visit.page.locator("article")).to_have_count(number)
        expect(visit.page.get_by_role("button", name="Meer laden")).to_have_count(0)
        expect(
            visit.page.get_by_text("60 contacten, het nieuwste eerst")
        ).to_be_visible()
        assert len(visit.asked) == 6


def test_a_thread_leads_to_the_other_contact(portal: Portal) -> None:
    with portal.visited(INWONER) as visit:
        open_contacts(visit)
        visit.contact(1).get_by_role(
            "link", name="Webformulier van 9 juni 2026"
        ).click()
        focused(visit.contact(7))
        expect(visit.contact(7)).to_contain_text(
            "Gevolgd door: Telefoon van 14 september"
        )
        assert len(visit.asked) == 1


def test_own_contact_data_are_shown(portal: Portal) -> None:
    with portal.visited(INWONER) as visit:
        open_contacts(visit)
        region = visit.page.get_by_role("region", name="Uw gegevens")
        assert region.locator("dt").all_inner_texts() == [
            "Naam",
            "Klantnummer",
            "E-mailadres",
            "Sociale media",
            "Telefoonnummer",
            "Telefoonnummer",
            "Bezoekadres",
            "Postadres",
        ]
        expect(region).to_contain_text(
            "Privé, heeft de voorkeur, bevestigd op 9 januari"
        )
        expect(region).to_contain_text("Lindenlaan 12")


def test_who_acts_for_somebody_sees_for_whom(portal: Portal) -> None:
    with portal.visited(INWONER) as visit:
        open_contacts(visit, "Bewindvoering De Ankerplaats")
        expect(
            visit.page.get_by_text("U bekijkt de contacten van Ria Kuipers.")
        ).to_be_visible()
        expect(visit.page.locator("#who")).to_have_text(
            "Bewindvoering De Ankerplaats, namens Ria Kuipers, met eHerkenning 3"
        )
        expect(visit.contact(0)).to_contain_text(
            "Van Belastingen en kwijtschelding aan Ria Kuipers."
        )
        expect(visit.heading("Gegevens van Ria Kuipers")).to_be_visible()


def test_a_company_sees_its_own(portal: Portal) -> None:
    with portal.visited(INWONER) as visit:
        open_contacts(visit, "Stichting Stadsfeest Voorbeeldstad")
        expect(visit.page.locator("article")).to_have_count(5)
        expect(visit.contact(3)).to_contain_text("en u aan Berichtenservice.")
        assert operations(visit) == ["MijnKlantbeeld"]


def test_who_is_not_known_is_told_so(portal: Portal) -> None:
    def nobody(route: Route) -> None:
        error = {"path": ["klantbeeld"], "extensions": {"code": "NOT_FOUND"}}
        data = {"ik": {"namens": False}, "klantbeeld": None}
        route.fulfill(json={"data": data, "errors": [error], "extensions": {}})

    with portal.visited(INWONER) as visit:
        visit.page.route("**/graphql", nobody)
        visit.log_in(SANNE)
        expect(
            visit.page.get_by_text("Er is nog niets van u vastgelegd.")
        ).to_be_visible()
        assert len(visit.asked) == 1


def test_who_logs_out_leaves_nothing(portal: Portal) -> None:
    with portal.visited(INWONER) as visit:
        open_contacts(visit)
        visit.press("Uitloggen")
        focused(visit.heading("Inloggen"))
        expect(visit.page.locator("article")).to_have_count(0)
        assert SANNE not in visit.page.locator("header").inner_text()
        assert "Lindenlaan" not in visit.page.content()


def test_an_answer_that_comes_after_logging_out_is_not_shown(portal: Portal) -> None:
    held: list[Route] = []
    with portal.visited(INWONER) as visit:
        visit.page.route("**/graphql", lambda route: held.append(route))  # noqa: PLW0108 - Playwright reads the signature
        visit.log_in(SANNE)
        expect(visit.page.get_by_text("Bezig met ophalen …")).to_be_visible()
        visit.press("Uitloggen")
        with visit.page.expect_response("**/graphql"):
            held[0].continue_()
        focused(visit.heading("Inloggen"))
        visit.page.wait_for_load_state("networkidle")
        expect(visit.page.locator("article")).to_have_count(0)
