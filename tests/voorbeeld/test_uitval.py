"""What is said when something is missing, old or not to be had at all."""

import pytest
from playwright.sync_api import Route, expect

from tests.voorbeeld.visiting import Portal, Visit, answered, focused, operations

pytestmark = pytest.mark.browser

INWONER = "/inwoner.html"
SANNE = "Sanne van der Veldt"
DOCUMENT = "Gegevens over een document zijn nu niet op te halen."


def failure(visit: Visit, title: str) -> None:
    alert = visit.page.get_by_role("alert")
    expect(alert.get_by_role("heading")).to_have_text(title)


def contacts(visit: Visit, number: int = 10) -> None:
    expect(visit.page.locator("article")).to_have_count(number)


def test_one_banner_says_what_is_missing(incomplete: Portal) -> None:
    with incomplete.visited(INWONER) as visit:
        visit.log_in(SANNE)
        banner = visit.page.get_by_role("region", name="Niet alles is te zien")
        expect(banner).to_contain_text(
            "Gegevens over documenten zijn nu niet op te halen. De rest ziet u wel."
        )
        contacts(visit)
        expect(visit.page.get_by_role("status").last).to_have_text(
            "10 van 60 contacten opgehaald. Niet alles is te zien"
        )
        expect(visit.page.get_by_text("ZAAK-2026-0000000178")).to_have_count(2)


def test_each_place_says_that_it_is_missing(incomplete: Portal) -> None:
    with incomplete.visited(INWONER) as visit:
        visit.log_in(SANNE)
        contacts(visit)
        expect(visit.page.get_by_text(DOCUMENT)).to_have_count(10)
        expect(visit.contact(2).get_by_text(DOCUMENT)).to_have_count(2)


def test_what_is_missing_can_be_asked_again(incomplete: Portal) -> None:
    with incomplete.visited(INWONER) as visit:
        visit.log_in(SANNE)
        contacts(visit)
        visit.press("Meer laden")
        contacts(visit, 20)
        visit.press("Probeer opnieuw")
        focused(visit.heading("Contacten met de gemeente"))
        contacts(visit, 20)
        assert operations(visit) == [
            "MijnKlantbeeld",
            "MijnVolgendeContacten",
            "MijnKlantbeeld",
        ]
        assert visit.asked[2]["variables"] == {"first": 20}


def test_an_employee_is_told_too(incomplete: Portal) -> None:
    with incomplete.visited("/medewerker.html") as visit:
        visit.log_in("Yvonne Tieleman")
        visit.search("999993653")
        expect(visit.heading("Niet alles is te zien")).to_be_visible()
        expect(visit.page.get_by_text(DOCUMENT)).to_have_count(10)
        assert operations(visit) == ["Klantbeeld"]


def test_what_stood_in_tells_how_old_it_is(portal: Portal) -> None:
    with portal.visited(INWONER) as visit:
        answered(visit.page, {"stale": {"zaken": 84, "documenten": 600}})
        visit.log_in(SANNE)
        banner = visit.page.get_by_role("region", name="Niet alles is actueel")
        expect(banner).to_contain_text(
            "Gegevens uit het register zaken zijn nu niet bij te werken. U ziet wat 84"
            " seconden geleden bekend was."
        )
        expect(banner).to_contain_text("U ziet wat 10 minuten geleden bekend was.")


def test_without_a_network_one_can_try_again(portal: Portal) -> None:
    with portal.visited(INWONER, refused=True) as visit:
        visit.page.route("**/graphql", lambda route: route.abort())
        visit.log_in(SANNE)
        failure(visit, "Geen verbinding")
        visit.page.unroute("**/graphql")
        visit.press("Probeer opnieuw")
        contacts(visit)
        expect(visit.page.get_by_role("alert")).to_have_count(0)


def test_what_fails_further_on_leaves_what_is_there(portal: Portal) -> None:
    with portal.visited(INWONER, refused=True) as visit:
        visit.log_in(SANNE)
        contacts(visit)
        visit.page.route("**/graphql", lambda route: route.abort())
        visit.press("Meer laden")
        failure(visit, "Geen verbinding")
        expect(visit.page.get_by_role("alert")).to_be_in_viewport()
        contacts(visit)
        visit.page.unroute("**/graphql")
        visit.press("Probeer opnieuw")
        contacts(visit, 20)


def test_a_token_that_is_not_believed_leads_to_logging_in(portal: Portal) -> None:
    def spoilt(route: Route) -> None:
        logins = route.fetch().json()
        route.fulfill(json=[each | {"token": each["token"][:-6]} for each in logins])

    with portal.visited(INWONER, refused=True) as visit:
        visit.page.route("**/logins.json", spoilt)
        visit.page.reload()
        visit.log_in(SANNE)
        failure(visit, "U bent niet meer ingelogd")
        visit.page.unroute("**/logins.json")
        visit.press("Opnieuw inloggen")
        focused(visit.heading("Inloggen"))
        expect(visit.page.locator("#login .content[aria-busy]")).to_have_count(0)
        visit.log_in(SANNE)
        contacts(visit)


def test_who_asks_too_much_waits_as_long_as_is_said(portal: Portal) -> None:
    def busy(route: Route) -> None:
        error = {"extensions": {"code": "LIMIT_EXCEEDED"}}
        headers = {"Retry-After": "1"}
        route.fulfill(status=429, headers=headers, json={"errors": [error]})

    with portal.visited(INWONER, refused=True) as visit:
        visit.page.route("**/graphql", busy)
        visit.log_in(SANNE)
        failure(visit, "Het is nu te druk")
        again = visit.page.get_by_role("button", name="Probeer opnieuw")
        expect(
            visit.page.get_by_text("Probeer het over 1 seconde opnieuw")
        ).to_be_visible()
        expect(again).to_be_disabled()
        visit.page.unroute("**/graphql")
        expect(again).to_be_enabled()
        again.click()
        contacts(visit)


def test_what_cannot_be_shown_at_all_says_so(portal: Portal) -> None:
    def down(route: Route) -> None:
        error = {"extensions": {"code": "REGISTER_UNAVAILABLE"}}
        route.fulfill(status=503, json={"errors": [error]})

    with portal.visited(INWONER, refused=True) as visit:
        visit.page.route("**/graphql", down)
        visit.log_in(SANNE)
        failure(visit, "Er ging iets mis")


def test_who_is_known_too_unsurely_is_told_what_helps(portal: Portal) -> None:
    def unsure(route: Route) -> None:
        reason = {"code": "STEP_UP_REQUIRED", "level": "substantieel"}
        error = {"path": ["klantbeeld"], "extensions": reason}
        data = {"ik": {"namens": False}, "klantbeeld": None}
        route.fulfill(json={"data": data, "errors": [error], "extensions": {}})

    with portal.visited(INWONER) as visit:
        visit.page.route("**/graphql", unsure)
        visit.log_in(SANNE)
        failure(visit, "Meer zekerheid nodig")


def test_while_one_waits_that_is_said(portal: Portal) -> None:
    held: list[Route] = []
    with portal.visited(INWONER) as visit:
        visit.page.route("**/graphql", lambda route: held.append(route))  # noqa: PLW0108 - Playwright reads the signature
        visit.log_in(SANNE)
        expect(visit.page.get_by_text("Bezig met ophalen …")).to_be_visible()
        held[0].continue_()
        contacts(visit)
        expect(visit.page.get_by_text("Bezig met ophalen …")).to_have_count(0)


def test_an_employee_who_may_not_see_the_work_list_is_told_so(portal: Portal) -> None:
    def forbidden(route: Route) -> None:
        error = {"path": ["interneTaken"], "extensions": {"code": "FORBIDDEN"}}
        data = {"interneTaken": None}
        route.fulfill(json={"data": data, "errors": [error], "extensions": {}})

    with portal.visited("/medewerker.html") as visit:
        visit.page.route("**/graphql", forbidden)
        visit.log_in("Yvonne Tieleman")
        visit.press("Werklijst")
        failure(visit, "Dit is niet voor u")


def test_who_looked_for_too_many_is_told_so(portal: Portal) -> None:
    def too_many(route: Route) -> None:
        error = {"path": ["klantbeeld"], "extensions": {"code": "LIMIT_EXCEEDED"}}
        answer = {"data": {"klantbeeld": None}, "errors": [error], "extensions": {}}
        route.fulfill(json=answer)

    with portal.visited("/medewerker.html") as visit:
        visit.page.route("**/graphql", too_many)
        visit.log_in("Yvonne Tieleman")
        visit.search("999993653")
        failure(visit, "Te veel klanten in een uur")


@pytest.mark.parametrize("body", ["null", "<p>Bad gateway</p>"])
def test_what_is_no_answer_of_the_gateway_is_none(portal: Portal, body: str) -> None:
    with portal.visited(INWONER) as visit:
        visit.page.route("**/graphql", lambda route: route.fulfill(body=body))
        visit.log_in(SANNE)
        failure(visit, "Geen verbinding")


def test_contact_data_that_cannot_be_had_are_said_to_be_missing(portal: Portal) -> None:
    def down(route: Route) -> None:
        answer = route.fetch().json()
        path = ["klantbeeld", "partij", "digitaleAdressen"]
        answer["data"]["klantbeeld"]["partij"]["digitaleAdressen"] = None
        error = {"path": path, "extensions": {"code": "INTERNAL"}}
        route.fulfill(json=answer | {"errors": [error]})

    with portal.visited(INWONER) as visit:
        visit.page.route("**/graphql", down)
        visit.log_in(SANNE)
        banner = visit.page.get_by_role("region", name="Niet alles is te zien")
        expect(banner).to_contain_text(
            "Gegevens over telefoonnummers en adressen zijn nu niet op te halen."
        )
        expect(visit.page.get_by_role("region", name="Uw gegevens")).to_contain_text(
            "E-mailadressen en telefoonnummers zijn nu niet op te halen."
        )
