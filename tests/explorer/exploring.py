"""Using the explorer as somebody does: by what is on the screen."""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import cast

from playwright.sync_api import Locator, Page, Response, expect

from gateway.demo.standins.records import Payload
from tests.browser import opened

PATIENCE = 20_000.0
"""Milliseconds: the bundle is large, and the machine may be busy."""


WRITE = """([text, file]) => __MONACO.editor.getModels()
  .find(({uri}) => uri.path.endsWith(file)).setValue(text)"""

MARKERS = """() => __MONACO.editor.getModelMarkers({})
  .map(({resource, message}) => `${resource.path}: ${message}`)"""


class Explorer:
    """The explorer in a browser."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.caller = page.get_by_label("Wie vraagt in deze tab")
        self.status = page.get_by_role("status")
        self.cost = page.locator("footer .cost")
        self.tabs = page.get_by_role("tab")

    def ready(self) -> None:
        """Wait until the schema is there, and with it the documentation."""
        expect(self.caller).to_be_enabled(timeout=PATIENCE)
        expect(self.query).to_contain_text("MijnKlantbeeld", timeout=PATIENCE)

    @property
    def query(self) -> Locator:
        return self.page.get_by_label("Operation Editor").locator(".view-lines")

    @property
    def answer(self) -> Locator:
        """As far as it is on the screen."""
        return self.page.locator(".result-window .view-lines")

    def ask(self) -> Payload:
        """Press the button; what came over the wire, once it is told."""
        with self.page.expect_response(_is_asked) as response:
            self.page.get_by_label("Execute query").click()
        expect(self.status).to_have_text(re.compile(r"^HTTP \d+.*\.$"))
        read = response.value.json()
        assert isinstance(read, dict)
        return read

    def tab(self, name: str) -> None:
        """Open a tab."""
        self.page.get_by_role("button", name=name, exact=True).click()
        self.page.wait_for_timeout(200)  # GraphiQL waits a tenth of a second itself

    def write(self, text: str, file: str = "operation.graphql") -> None:
        """Put something else in the tab that is open; typing adds brackets itself."""
        self.page.evaluate(WRITE, [text, file])
        self.page.wait_for_timeout(200)

    def markers(self) -> Sequence[str]:
        """What the editors call a mistake, once they looked at it."""
        self.page.wait_for_timeout(2000)  # half a second before each looks, and another
        return cast("list[str]", self.page.evaluate(MARKERS))


def _is_asked(response: Response) -> bool:
    """Whether somebody asked, and not GraphiQL about the schema."""
    return "IntrospectionQuery" not in (
        response.request.post_data or "IntrospectionQuery"
    )


@contextmanager
def exploring(
    address: str, *, width: int = 1280, height: int = 800, may_say: str | None = None
) -> Iterator[Explorer]:
    """The explorer, ready to be used."""
    with opened(address, may_say=may_say) as page:
        page.set_viewport_size({"width": width, "height": height})
        explorer = Explorer(page)
        explorer.ready()
        yield explorer
