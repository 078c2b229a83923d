"""Visiting the portal in a real browser, which may reach the demo and nothing else."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Literal

from playwright.sync_api import Browser, Locator, Page, Request, Route, expect

from tests.browser import watched

Scheme = Literal["light", "dark"]
WIDE, NARROW, NARROWEST = 1280, 360, 320
PATIENCE = 900.0
"""Seconds that the visits of one module may take."""

SANNE = "999993653"
PERSONAL = re.compile(r"\d{8,9}|eyJ")
"""A BSN, a KVK-nummer or a token."""

ESTABLISHED = ("Middel", "Zekerheid", "Mag dit weten, want")
BY_QUESTIONS = ("Controlevragen", "Midden", "Het gaat over de beller zelf")
"""How an employee says that it was established who it is; nothing is chosen for them."""

_REFUSED = "Failed to load resource"


@dataclass(frozen=True)
class Visit:
    """A page of the portal, and what it asked of the graph."""

    page: Page
    asked: list[Mapping[str, object]] = field(default_factory=list)

    def heading(self, name: str) -> Locator:
        return self.page.get_by_role("heading", name=name, exact=True)

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).click()

    def log_in(self, who: str) -> None:
        self.page.get_by_label(who).check()
        self.press("Inloggen")

    def search(
        self,
        number: str,
        kind: str = "BSN",
        established: Sequence[str] = BY_QUESTIONS,
    ) -> None:
        """Look for somebody, and state how it was established who they are."""
        self.page.get_by_label(kind, exact=True).check()
        self.page.get_by_label("Nummer", exact=True).fill(number)
        for label, option in zip(ESTABLISHED, established, strict=True):
            self.page.get_by_label(label).select_option(option)
        self.press("Zoeken")

    def contact(self, number: int) -> Locator:
        """One of the klantcontacten on the page, the newest is 0."""
        return self.page.locator("article").nth(number)

    def scrolls_sideways(self) -> bool:
        return bool(
            self.page.evaluate("document.documentElement.scrollWidth > innerWidth")
        )


@dataclass(frozen=True)
class Portal:
    """The portal of a demo.

    Attributes:
        browser: to visit it with.
        graph: the address of the graph.
    """

    browser: Browser
    graph: str

    @property
    def address(self) -> str:
        return self.graph.replace("/graphql", "/voorbeeld")

    @contextmanager
    def visited(
        self,
        path: str,
        *,
        width: int = WIDE,
        scheme: Scheme = "light",
        refused: bool = False,
        scale: float = 1,
    ) -> Iterator[Visit]:
        """A page, opened and watched; nothing personal may be in addresses or be kept.

        Args:
            path: of the page, below that of the portal.
            width: of the window, in pixels of CSS.
            scheme: of colours.
            refused: whether the browser may say that a request was refused.
            scale: physical pixels for one of CSS.
        """
        context = self.browser.new_context(
            viewport={"width": width, "height": 860},
            color_scheme=scheme,
            device_scale_factor=scale,
        )
        page = context.new_page()
        visit = Visit(page)
        page.on("request", lambda request: _remember(visit, request))
        origin = self.graph.removesuffix("/graphql")
        may_say = _REFUSED if refused else None
        with watched(page, f"{origin}/", may_say=may_say) as urls:
            page.goto(f"{self.address}{path}")
            yield visit
            paths = [url.removeprefix(origin) for url in (*urls, page.url)]
            kept = page.evaluate("[localStorage.length, sessionStorage.length]")
            cookies = context.cookies()
        context.close()
        assert [each for each in paths if PERSONAL.search(each) or "?" in each] == []
        assert (kept, cookies) == ([0, 0], [])


def _remember(visit: Visit, request: Request) -> None:
    if request.url.endswith("/graphql"):
        visit.asked.append(json.loads(request.post_data or "{}"))


def operations(visit: Visit) -> list[str]:
    """The names of what was asked, in order: one for each request."""
    found = []
    for each in visit.asked:
        names = re.findall(
            r"^(?:query|mutation) (\w+)", str(each["query"]), re.MULTILINE
        )
        found.append(" ".join(names))
    return found


def answered(page: Page, change: Mapping[str, object]) -> None:
    """From now on, change answers: what is told of them in `extensions.klantbeeld`."""

    def fulfil(route: Route) -> None:
        response = route.fetch()
        answer = response.json()
        answer["extensions"]["klantbeeld"] |= change
        route.fulfill(response=response, json=answer)

    page.route("**/graphql", fulfil)


def focused(locator: Locator) -> None:
    expect(locator).to_be_focused()
